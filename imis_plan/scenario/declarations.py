"""What all scenarios of a folder share: its units, its sources, and every parameter as `defaults.yaml` declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.facts.tables import as_sources
from imis_plan.scenario import roles
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import amended, blank, in_currency, lay
from imis_plan.scenario.parameter import Declaration, Layer, Parameter
from imis_plan.scenario.parameter_checks import Rules
from imis_plan.scenario.problems import Problem
from imis_plan.scenario.units import Units, units_from
from imis_plan.scenario.yaml_file import Document, Keys, read

SHARED = ("units", "sources", "defaults")


@dataclass(frozen=True)
class KnownNames:
    """Names of the model that parameter files may use."""

    drivers: frozenset[str]
    components: tuple[str, ...]


@dataclass(frozen=True)
class Declarations:
    """What all scenarios of a folder share. `groups` holds, for the keys of each group, the keys in it.

    sources : those of the facts, too; an entry of sources.yaml comes before one of the same key.
    """

    folder: Path
    units: Units
    sources: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    groups: Mapping[Keys, set[str]]
    roles: Mapping[str, dict[Any, Any]]
    known: KnownNames
    problems: tuple[Problem, ...]
    readable: bool
    _local: dict[str, dict[str, Parameter]] = field(default_factory=dict, repr=False, compare=False)

    def local(self, currency: str) -> dict[str, Parameter]:
        """The declared leaves with a currency in place of LCU, in a new dict."""
        if currency not in self._local:
            self._local[currency] = {path: in_currency(parameter, currency) for path, parameter in self.parameters.items()}
        return dict(self._local[currency])

    def rules(self, currency: str) -> Rules:
        """What the leaves of a scenario are held against."""
        return Rules(self.units.accepting(currency), self.sources, currency)


def declarations(folder: Path, known: KnownNames | None = None) -> Declarations:
    """The library of a folder; made again only after one of its files has changed."""
    return make(folder, known or known_names(), *(read(folder / f"{name}.yaml") for name in SHARED))


@lru_cache(maxsize=1)
def known_names() -> KnownNames:
    """The names of the model itself, imported late because the model is further down the line."""
    from imis_plan.model.components import COMPONENTS
    from imis_plan.model.drivers import DRIVER_NAMES

    return KnownNames(DRIVER_NAMES, tuple(COMPONENTS))


@lru_cache(maxsize=8)
def make(folder: Path, known: KnownNames, units_file: Document, sources: Document, defaults: Document) -> Declarations:
    """The library in three documents."""
    units, found = units_from(units_file)
    found += [*sources.problems, *defaults.problems, *source_problems(sources)]
    cited = {**as_sources(), **sources.data}
    rules, location = Rules(units, cited), Location(defaults, (), found)
    parameters = dict(declared(defaults.data, rules, location))
    words = dict(declared_roles(known, location))
    parameters |= dict(role_parameters(rules, location))
    readable = bool(units_file.data and defaults.data)
    return Declarations(folder, units, cited, parameters, groups(parameters), words, known, tuple(found), readable)


def source_problems(document: Document) -> Iterator[Problem]:
    """Entries of sources.yaml that do not name a work."""
    for key, entry in document.data.items():
        if not isinstance(entry, dict) or not entry.get("title"):
            yield document.problem((key,), "no title", "give title, publisher, address, date and licence")


def declared(data: dict[Any, Any], rules: Rules, location: Location) -> Iterator[tuple[str, Parameter]]:
    """Path and parameter of every parameter outside the roles, in a group and the groups in it."""
    for key, entry in data.items():
        here = location.below(key)
        if not isinstance(entry, dict):
            here.report("neither a parameter nor a group", "give a mapping with value, unit, source, ...", entry)
        elif is_parameter(entry):
            base = blank(entry, here, "defaults")
            yield base.path, lay(base, entry, Declaration, rules, here, "defaults")
        elif here.keys != (roles.ROLES,):
            yield from declared(entry, rules, here)


def is_parameter(entry: dict[Any, Any]) -> bool:
    """Whether a mapping is a parameter, complete or not: a group has nothing but mappings in it."""
    return "value" in entry or any(key in Declaration.model_fields for key, part in entry.items() if not isinstance(part, dict))


def declared_roles(known: KnownNames, location: Location) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Name and words of every role."""
    for name, data, here in roles_in(location):
        words = roles.words(data)
        roles.role_from(name, words, known.drivers, here)
        yield name, words


def role_parameters(rules: Rules, location: Location) -> Iterator[tuple[str, Parameter]]:
    """Path and parameter of every number of a role."""
    for _, data, here in roles_in(location):
        given = dict(roles.parameters(data))
        for part, base in blank_role(data, rules, here, "defaults"):
            entry, at = given.get(part), here.below(*part)
            yield base.path, base if entry is None else lay(base, entry, Declaration, rules, at, "defaults")


def roles_in(location: Location) -> Iterator[tuple[str, dict[Any, Any], Location]]:
    """Name, data and place of every role in a file."""
    data = location.document.data.get(roles.ROLES)
    for name, role in data.items() if isinstance(data, dict) else ():
        if isinstance(role, dict):
            yield str(name), role, location.below(roles.ROLES, name)


def blank_role(role: dict[Any, Any], rules: Rules, location: Location, layer: Layer) -> Iterator[tuple[Keys, Parameter]]:
    """Keys in the role of each parameter that it must have, and the parameter before anybody has given its value."""
    for part, entry in roles.declared(role):
        base = blank(entry, location.below(*part), layer)
        given = Declaration.model_validate({"required": True, **entry})
        yield part, amended(base, given, rules)


def groups(parameters: Mapping[str, Parameter]) -> dict[Keys, set[str]]:
    """Keys of each group, and the keys in it."""
    found: dict[Keys, set[str]] = {}
    for path in parameters:
        *above, last = path.split(".")
        while above or last:
            found.setdefault(tuple(above), set()).add(last)
            last = above.pop() if above else ""
    return found
