"""What all scenarios of a folder share: units, sources, and every parameter as `defaults.yaml` declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from imis_plan.facts.tables import as_sources
from imis_plan.problems import Problem
from imis_plan.scenario import roles
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.folder import layers, parameter_file
from imis_plan.scenario.given_parameters import parameter_suggestion
from imis_plan.scenario.location import Location
from imis_plan.scenario.model_names import MODEL_NAMES, ModelNames
from imis_plan.scenario.overlay import (
    overlay,
    parameter_without_value,
    required_role_parameters,
    with_currency,
)
from imis_plan.scenario.parameter import Declaration, Parameter
from imis_plan.scenario.units import Units, units_from
from imis_plan.scenario.yaml_file import Document, Keys, read

SHARED = ("units", "sources", "defaults")


@dataclass(frozen=True, eq=False)
class Declarations:
    """What all scenarios of a folder share.

    groups : keys of each group of parameters -> the keys in it
    sources : entries of sources.yaml, and the sources of the facts; sources.yaml takes precedence
    readable : whether units.yaml and defaults.yaml have any content
    """

    folder: Path
    units: Units
    sources: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    groups: Mapping[Keys, set[str]]
    roles: Mapping[str, dict[Any, Any]]
    known: ModelNames
    problems: tuple[Problem, ...]
    readable: bool
    _by_currency: dict[str, dict[str, Parameter]] = field(default_factory=dict, repr=False, compare=False)

    def parameters_in(self, currency: str) -> dict[str, Parameter]:
        """The declared parameters with a currency instead of LCU, in a new dict."""
        if currency not in self._by_currency:
            self._by_currency[currency] = {path: with_currency(each, currency) for path, each in self.parameters.items()}
        return dict(self._by_currency[currency])

    def rules(self, currency: str) -> CheckContext:
        """What the parameters of a scenario are checked against."""
        return CheckContext(self.units.also_accepting(currency), self.sources, currency)


def declarations(folder: Path, known: ModelNames | None = None) -> Declarations:
    """The declarations of a folder; built again only after one of its files has changed."""
    documents = (read(parameter_file(folder, f"{name}.yaml")) for name in SHARED)
    return build_declarations(folder, known or MODEL_NAMES, *documents, read(layers(folder)[-1] / "sources.yaml"))


@lru_cache(maxsize=8)
def build_declarations(
    folder: Path, known: ModelNames, units_file: Document, sources: Document, defaults: Document, shipped_sources: Document
) -> Declarations:
    """The declarations in three documents. The sources of a folder add to those that the package's own parameters cite."""
    units, found = units_from(units_file)
    found += [*sources.problems, *defaults.problems, *source_problems(sources)]
    if not defaults.data and not defaults.problems:
        found.append(defaults.problem((), "no parameter", "declare the parameters, as in the defaults.yaml of imis_plan"))
    cited = {**as_sources(), **shipped_sources.data, **sources.data}
    rules, location = CheckContext(units, cited), Location(defaults, (), found)
    parameters = dict(declared_parameters(defaults.data, rules, location))
    texts = dict(declared_roles(known, location))
    parameters |= dict(role_parameters(rules, location))
    found += undeclared_limits(parameters)
    readable = bool(units_file.data and defaults.data)
    return Declarations(folder, units, cited, parameters, groups(parameters), texts, known, tuple(found), readable)


def source_problems(document: Document) -> Iterator[Problem]:
    """Entries of sources.yaml without a title."""
    for key, entry in document.data.items():
        if not isinstance(entry, dict) or not entry.get("title"):
            yield document.problem((key,), "no title", "give title, publisher, address, date and licence")


def declared_parameters(data: dict[Any, Any], rules: CheckContext, location: Location) -> Iterator[tuple[str, Parameter]]:
    """Path and parameter of every parameter in a group and its subgroups; roles are left out."""
    for key, entry in data.items():
        here = location.below(key)
        if not isinstance(entry, dict):
            here.report("neither a parameter nor a group", "give a mapping with value, unit, source, ...", entry)
        elif is_parameter(entry):
            base = parameter_without_value(entry, here, "defaults")
            yield base.path, overlay(base, entry, Declaration, rules, here, "defaults")
        elif here.keys != (roles.ROLES,):
            yield from declared_parameters(entry, rules, here)


def undeclared_limits(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    """Relations that read a parameter that is not declared."""
    for parameter in parameters.values():
        for path in dict.fromkeys(path for relation in parameter.at_most for path in relation.paths):
            if path not in parameters:
                remedy = parameter_suggestion(path, parameters)
                yield Problem(parameter.file, parameter.line, f"{parameter.path}.at_most", "no such parameter", remedy, path)


def is_parameter(entry: dict[Any, Any]) -> bool:
    """Whether a mapping is a parameter, complete or not: a group contains mappings only."""
    return "value" in entry or any(key in Declaration.model_fields for key, part in entry.items() if not isinstance(part, dict))


def declared_roles(known: ModelNames, location: Location) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Name and texts of every role."""
    for name, data, here in roles.roles_in(location):
        texts = roles.texts(data)
        roles.role_from(name, texts, known.drivers, here)
        yield name, texts


def role_parameters(rules: CheckContext, location: Location) -> Iterator[tuple[str, Parameter]]:
    """Path and parameter of every number of a role."""
    for _, data, here in roles.roles_in(location):
        given = dict(roles.given_parameters(data))
        for keys, base in required_role_parameters(data, rules, here, "defaults"):
            if (entry := given.get(keys)) is None:
                yield base.path, base
            else:
                yield base.path, overlay(base, entry, Declaration, rules, here.below(*keys), "defaults")


def groups(parameters: Mapping[str, Parameter]) -> dict[Keys, set[str]]:
    """Keys of each group -> the keys in it."""
    found: dict[Keys, set[str]] = {}
    for path in parameters:
        *parents, last = path.split(".")
        while parents or last:
            found.setdefault(tuple(parents), set()).add(last)
            last = parents.pop() if parents else ""
    return found
