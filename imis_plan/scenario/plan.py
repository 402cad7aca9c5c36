"""Load a scenario: everything that a budget starts from, checked and frozen."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from imis_plan.scenario import html_repr
from imis_plan.scenario.about import about_from
from imis_plan.scenario.declarations import KnownNames, declarations
from imis_plan.scenario.folder import scenario_file, scenarios
from imis_plan.scenario.inheritance import lineage, rooted
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import Change, changed, near, short_lists
from imis_plan.scenario.parameter import About, FundingRule, Option, Parameter, Role
from imis_plan.scenario.parameter_checks import Rules
from imis_plan.scenario.problems import BadInput, NoSuchParameter, Problem, suggestion
from imis_plan.scenario.scenario_file import country_parameters, funding_from, options_from, roles_from
from imis_plan.scenario.units import LCU
from imis_plan.scenario.yaml_file import Document, read

WHAT_IF: Final = "what-if"


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario in effect, one option and all what-ifs applied. `plan[path]` is the value of a parameter.

    files : the file of the scenario, last, after those it builds on (`based_on`).
    """

    name: str
    option: str | None
    about: About
    parameters: Mapping[str, Parameter] = field(repr=False)
    roles: tuple[Role, ...] = field(repr=False)
    options: Mapping[str, Option] = field(repr=False)
    funding: tuple[FundingRule, ...] = field(repr=False)
    folder: Path = field(repr=False)
    sources: Mapping[str, Any] = field(repr=False)
    rules: Rules = field(repr=False)
    files: tuple[Path, ...] = field(default=(), repr=False)

    def __getitem__(self, path: str) -> Any:
        """The value of a parameter; a path that does not exist is a KeyError with the one that was probably meant."""
        if path not in self.parameters:
            raise NoSuchParameter(f"{path}: {near(path, self.parameters)}")
        return self.parameters[path].value

    def _ipython_key_completions_(self) -> list[str]:
        """What a notebook offers behind `plan["`."""
        return list(self.parameters)

    def _repr_html_(self) -> str:
        return html_repr.html(self.about, self.option, self.parameters, self.options)

    def replace(self, changes: Mapping[str, Any]) -> "Plan":
        """The plan with some leaves changed as a what-if: path -> value, or path -> mapping as in a file.

        Raises BadInput if a path or a value is wrong.
        """
        location = Location(Document(Path(WHAT_IF), WHAT_IF, first=None))
        new = changed(self.parameters, changes, Change(WHAT_IF, "what-if of the user"), self.rules, location)
        parameters = {**self.parameters, **new}
        raise_if([*location.found, *short_lists(parameters)])
        return replace(self, parameters=MappingProxyType(parameters))


def load(
    name: str | Path,
    option: str | None = None,
    parameters: str | Path | None = None,
    changes: Mapping[str, Any] | None = None,
    known: KnownNames | None = None,
    **overrides: Any,
) -> Plan:
    """A scenario by its name, or by the path of its file.

    option : name of one of its options; where none is given, the one in IMIS_PLAN_OPTION
    parameters : folder of the parameter files, if not the usual one
    changes : what-if, path -> value; so are `overrides`, with `__` for the dot, and the JSON in IMIS_PLAN_SET

    Raises BadInput with all problems of all files.
    """
    base, variants = read_scenario(*scenario_file(name, parameters), known)
    option = option or os.environ.get("IMIS_PLAN_OPTION") or None
    plan = base if option is None else with_option(base, option, variants)
    spoken = {path.replace("__", "."): value for path, value in overrides.items()}
    what_if = {**from_environment(), **(changes or {}), **spoken}
    return plan.replace(what_if) if what_if else plan


def read_scenario(file: Path, folder: Path, known: KnownNames | None) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a file, and the leaves that each of its options changes."""
    return scenario_of(read(file), folder, known)


def scenario_of(
    document: Document, folder: Path, known: KnownNames | None = None
) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a document, and the leaves that each of its options changes; nothing is read of the file itself."""
    shared = declarations(folder, known)
    location = Location(document, (), [*shared.problems, *document.problems])
    locations = lineage(document, folder, location)
    for each in locations:
        if not each.document.data and not each.document.problems:
            each.report("an empty file", "say what the scenario is about, and what differs from defaults.yaml")
    if not (rooted(locations) and shared.readable):
        raise BadInput(location.found)
    about = about_from(shared, locations)
    rules = shared.rules(about.currency if about else LCU)
    parameters = country_parameters(shared, rules, locations)
    roles = roles_from(shared, locations)
    options, variants = options_from(parameters, rules, locations)
    funding = funding_from(shared, rules.currency, locations)
    if about is None or location.found:
        raise BadInput(location.found)
    parts = (MappingProxyType(parameters), roles, MappingProxyType(options), funding)
    files = tuple(each.document.path for each in locations)
    return Plan(document.path.stem, None, about, *parts, folder, shared.sources, rules, files), variants


def with_option(plan: Plan, option: str, variants: Mapping[str, Mapping[str, Parameter]]) -> Plan:
    """The plan with one of its options."""
    if option not in variants:
        file = f"{plan.folder.name}/{plan.name}.yaml"
        raise BadInput([Problem(file, None, "options", f"no option {option}", suggestion(option, variants))])
    return replace(plan, option=option, parameters=MappingProxyType({**plan.parameters, **variants[option]}))


def raise_if(found: Iterable[Problem]) -> None:
    """Raise what was found, if anything was."""
    if problems := list(found):
        raise BadInput(problems)


def from_environment() -> dict[str, Any]:
    """The what-if that a batch hands to the kernel of a notebook."""
    text = os.environ.get("IMIS_PLAN_SET", "")
    try:
        changes = json.loads(text or "{}")
    except ValueError:
        changes = None
    if not isinstance(changes, dict):
        raise BadInput([Problem("IMIS_PLAN_SET", None, "", "not a JSON object", 'give {"path": value}', text)])
    return changes


def check(
    names: Iterable[str | Path] | None = None, parameters: str | Path | None = None, known: KnownNames | None = None
) -> list[Problem]:
    """All problems of some scenarios, or of all; each once."""
    found: dict[Problem, None] = {}
    for name in scenarios(parameters) if names is None else names:
        try:
            read_scenario(*scenario_file(name, parameters), known)
        except BadInput as error:
            found |= dict.fromkeys(error.problems)
    return list(BadInput(found).problems)
