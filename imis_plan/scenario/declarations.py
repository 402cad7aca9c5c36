"""What all scenarios of a folder share: its units, its sources, and every parameter as `defaults.yaml` declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.scenario import roles
from imis_plan.scenario.location import Place
from imis_plan.scenario.overlay import amended, blank, in_currency, lay
from imis_plan.scenario.parameter import Declaration, Layer, Leaf
from imis_plan.scenario.parameter_checks import Rules
from imis_plan.scenario.problems import Fault
from imis_plan.scenario.units import Units, units_from
from imis_plan.scenario.yaml_file import Document, Keys, read

SHARED = ("units", "sources", "defaults")


@dataclass(frozen=True)
class Known:
    """Names of the model that parameter files may use."""

    drivers: frozenset[str]
    components: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """What all scenarios of a folder share. `groups` holds, for the keys of each group, the keys in it."""

    folder: Path
    units: Units
    sources: Mapping[str, Any]
    leaves: Mapping[str, Leaf]
    groups: Mapping[Keys, set[str]]
    roles: Mapping[str, dict[Any, Any]]
    known: Known
    faults: tuple[Fault, ...]
    readable: bool
    _local: dict[str, dict[str, Leaf]] = field(default_factory=dict, repr=False, compare=False)

    def local(self, currency: str) -> dict[str, Leaf]:
        """The declared leaves with a currency in place of LCU, in a new dict."""
        if currency not in self._local:
            self._local[currency] = {path: in_currency(leaf, currency) for path, leaf in self.leaves.items()}
        return dict(self._local[currency])

    def rules(self, currency: str) -> Rules:
        """What the leaves of a scenario are held against."""
        return Rules(self.units, self.sources, currency)


def library(folder: Path, known: Known | None = None) -> Library:
    """The library of a folder; made again only after one of its files has changed."""
    return make(folder, known or known_names(), *(read(folder / f"{name}.yaml") for name in SHARED))


@lru_cache(maxsize=1)
def known_names() -> Known:
    """The names of the model itself, imported late because the model is further down the line."""
    from imis_plan.model.components import COMPONENTS
    from imis_plan.model.drivers import NAMES

    return Known(NAMES, tuple(COMPONENTS))


@lru_cache(maxsize=8)
def make(folder: Path, known: Known, units_file: Document, sources: Document, defaults: Document) -> Library:
    """The library in three documents."""
    units, found = units_from(units_file)
    found += [*sources.faults, *defaults.faults, *source_faults(sources)]
    rules, place = Rules(units, sources.data), Place(defaults, (), found)
    leaves = dict(declared(defaults.data, rules, place))
    words = dict(declared_roles(known, place))
    leaves |= dict(role_leaves(rules, place))
    readable = bool(units_file.data and defaults.data)
    return Library(folder, units, sources.data, leaves, groups(leaves), words, known, tuple(found), readable)


def source_faults(document: Document) -> Iterator[Fault]:
    """Entries of sources.yaml that do not name a work."""
    for key, entry in document.data.items():
        if not isinstance(entry, dict) or not entry.get("title"):
            yield document.fault((key,), "no title", "give title, publisher, address, date and licence")


def declared(data: dict[Any, Any], rules: Rules, place: Place) -> Iterator[tuple[str, Leaf]]:
    """Path and leaf of every parameter outside the roles, in a group and the groups in it."""
    for key, entry in data.items():
        here = place.below(key)
        if not isinstance(entry, dict):
            here.report("neither a parameter nor a group", "give a mapping with value, unit, source, ...", entry)
        elif is_leaf(entry):
            base = blank(entry, here, "defaults")
            yield base.path, lay(base, entry, Declaration, rules, here, "defaults")
        elif here.keys != (roles.ROLES,):
            yield from declared(entry, rules, here)


def is_leaf(entry: dict[Any, Any]) -> bool:
    """Whether a mapping is a leaf, complete or not: a group has nothing but mappings in it."""
    return "value" in entry or any(key in Declaration.model_fields for key, part in entry.items() if not isinstance(part, dict))


def declared_roles(known: Known, place: Place) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Name and words of every role."""
    for name, data, here in roles_in(place):
        words = roles.words(data)
        roles.role_from(name, words, known.drivers, here)
        yield name, words


def role_leaves(rules: Rules, place: Place) -> Iterator[tuple[str, Leaf]]:
    """Path and leaf of every number of a role."""
    for _, data, here in roles_in(place):
        given = dict(roles.leaves(data))
        for part, base in blank_role(data, rules, here, "defaults"):
            entry, at = given.get(part), here.below(*part)
            yield base.path, base if entry is None else lay(base, entry, Declaration, rules, at, "defaults")


def roles_in(place: Place) -> Iterator[tuple[str, dict[Any, Any], Place]]:
    """Name, data and place of every role in a file."""
    data = place.document.data.get(roles.ROLES)
    for name, role in data.items() if isinstance(data, dict) else ():
        if isinstance(role, dict):
            yield str(name), role, place.below(roles.ROLES, name)


def blank_role(role: dict[Any, Any], rules: Rules, place: Place, layer: Layer) -> Iterator[tuple[Keys, Leaf]]:
    """Keys in the role of each leaf that it must have, and the leaf before anybody has given its value."""
    for part, entry in roles.declared(role):
        base = blank(entry, place.below(*part), layer)
        given = Declaration.model_validate({"required": True, **entry})
        yield part, amended(base, given, rules)


def groups(leaves: Mapping[str, Leaf]) -> dict[Keys, set[str]]:
    """Keys of each group, and the keys in it."""
    found: dict[Keys, set[str]] = {}
    for path in leaves:
        *above, last = path.split(".")
        while above or last:
            found.setdefault(tuple(above), set()).add(last)
            last = above.pop() if above else ""
    return found
