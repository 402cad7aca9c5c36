"""The parameters that a scenario file gives, at any depth of its groups; what to write in place of an unknown key."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from imis_plan.problems import closest_match, suggestion
from imis_plan.scenario import roles
from imis_plan.scenario.facility_types import GROUP as TYPES
from imis_plan.scenario.inheritance import BASED_ON
from imis_plan.scenario.location import Location
from imis_plan.scenario.moved import moved_suggestion
from imis_plan.scenario.open_questions import TO_CONFIRM
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.yaml_file import Keys, dotted
from imis_plan.sentence import sentence

# Keys of a scenario file that are no groups of parameters.
SECTIONS = (BASED_ON, TO_CONFIRM, "about", "roles", "lines", "options", "funding")


class Declared(Protocol):
    """What an overlay reads of `declarations.Declarations`."""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Declared parameters by path."""

    @property
    def groups(self) -> Mapping[Keys, set[str]]:
        """Keys of each group of parameters -> the keys in it."""

    @property
    def roles(self) -> Mapping[str, dict[Any, Any]]:
        """Declared roles by name."""

    def parameters_in(self, currency: str) -> dict[str, Parameter]:
        """The declared parameters with a currency instead of LCU."""


def given_parameters(data: dict[Any, Any], declarations: Declared, location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters in a group of a scenario file; unknown keys are reported."""
    for key, entry in data.items():
        here = location.below(key)
        if here.keys == TYPES:
            continue
        if here.keys in declarations.groups and key != roles.ROLES:
            yield from given_group(entry, declarations, here)
        elif dotted(here.keys) in declarations.parameters:
            yield entry, here
        elif location.keys or key not in SECTIONS:
            here.report("unknown key", key_suggestion(declarations, here, entry))


def given_group(entry: Any, declarations: Declared, location: Location) -> Iterator[tuple[Any, Location]]:
    """The parameters in the data of a group; no data is an empty group."""
    if isinstance(entry, dict):
        yield from given_parameters(entry, declarations, location)
    elif entry is not None:
        location.report("not a mapping of parameters", suggestion("", declarations.groups[location.keys]), entry)


def key_suggestion(declarations: Declared, location: Location, data: Any = None) -> str:
    """What to write instead of an unknown key: what replaces it, a key of the same group, or a parameter of another group."""
    if moved := moved_suggestion(dotted(location.keys), declarations.parameters, data):
        return moved
    *parents, key = location.keys
    siblings = declarations.groups.get(tuple(parents), set()) | (set() if parents else set(SECTIONS))
    siblings |= {TYPES[-1]} if tuple(parents) == TYPES[:-1] else set()
    same_group, any_group = suggestion(key, siblings), parameter_suggestion(dotted(location.keys), declarations.parameters)
    return any_group if any_group.startswith("did") and not same_group.startswith("did") else same_group


def parameter_suggestion(path: Any, parameters: Mapping[str, Parameter], data: Any = None) -> str:
    """What to write instead of an unknown path: the two parameters that replace it, or the closest match."""
    if moved := moved_suggestion(str(path), parameters, data):
        return moved
    name = str(path).rpartition(".")[2]
    same = [parameter for parameter in parameters if parameter.rpartition(".")[2] == name]
    match = closest_match(path, same or parameters) or (same[0] if same else None)
    return sentence("did you mean {name}?", name=match) if match else sentence("see defaults.yaml for the names")
