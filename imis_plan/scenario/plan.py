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
from imis_plan.scenario.declarations import Known, library
from imis_plan.scenario.folder import scenario_file, scenarios
from imis_plan.scenario.inheritance import lineage, rooted
from imis_plan.scenario.location import Place
from imis_plan.scenario.overlay import Change, changed, near, short_lists
from imis_plan.scenario.parameter import About, FundingRule, Leaf, Option, Role
from imis_plan.scenario.parameter_checks import Rules
from imis_plan.scenario.problems import BadInput, Fault, NoSuchParameter, suggestion
from imis_plan.scenario.scenario_file import country_leaves, funding_from, options_from, roles_from
from imis_plan.scenario.units import LCU
from imis_plan.scenario.yaml_file import Document, read

WHAT_IF: Final = "what-if"


@dataclass(frozen=True)
class Plan:
    """A scenario in effect, one option and all what-ifs applied. `plan[path]` is the value of a leaf.

    files : the file of the scenario, last, after those it builds on (`based_on`).
    """

    name: str
    option: str | None
    about: About
    leaves: Mapping[str, Leaf] = field(repr=False)
    roles: tuple[Role, ...] = field(repr=False)
    options: Mapping[str, Option] = field(repr=False)
    funding: tuple[FundingRule, ...] = field(repr=False)
    folder: Path = field(repr=False)
    sources: Mapping[str, Any] = field(repr=False)
    rules: Rules = field(repr=False, compare=False)
    files: tuple[Path, ...] = field(default=(), repr=False, compare=False)

    def __getitem__(self, path: str) -> Any:
        """The value of a leaf; a path that does not exist is a KeyError with the one that was probably meant."""
        if path not in self.leaves:
            raise NoSuchParameter(f"{path}: {near(path, self.leaves)}")
        return self.leaves[path].value

    def _ipython_key_completions_(self) -> list[str]:
        """What a notebook offers behind `plan["`."""
        return list(self.leaves)

    def _repr_html_(self) -> str:
        return html_repr.html(self.about, self.option, self.leaves, self.options)

    def replace(self, changes: Mapping[str, Any]) -> "Plan":
        """The plan with some leaves changed as a what-if: path -> value, or path -> mapping as in a file.

        Raises BadInput if a path or a value is wrong.
        """
        place = Place(Document(Path(WHAT_IF), WHAT_IF, first=None))
        new = changed(self.leaves, changes, Change(WHAT_IF, "what-if of the user"), self.rules, place)
        leaves = {**self.leaves, **new}
        raise_if([*place.found, *short_lists(leaves)])
        return replace(self, leaves=MappingProxyType(leaves))


def load(
    name: str | Path,
    option: str | None = None,
    parameters: str | Path | None = None,
    changes: Mapping[str, Any] | None = None,
    known: Known | None = None,
    **overrides: Any,
) -> Plan:
    """A scenario by its name, or by the path of its file.

    option : name of one of its options; where none is given, the one in IMIS_PLAN_OPTION
    parameters : folder of the parameter files, if not the usual one
    changes : what-if, path -> value; so are `overrides`, with `__` for the dot, and the JSON in IMIS_PLAN_SET

    Raises BadInput with all faults of all files.
    """
    base, variants = read_scenario(*scenario_file(name, parameters), known)
    option = option or os.environ.get("IMIS_PLAN_OPTION") or None
    plan = base if option is None else with_option(base, option, variants)
    spoken = {path.replace("__", "."): value for path, value in overrides.items()}
    what_if = {**from_environment(), **(changes or {}), **spoken}
    return plan.replace(what_if) if what_if else plan


def read_scenario(file: Path, folder: Path, known: Known | None) -> tuple[Plan, dict[str, dict[str, Leaf]]]:
    """The scenario in a file, and the leaves that each of its options changes."""
    return scenario_of(read(file), folder, known)


def scenario_of(document: Document, folder: Path, known: Known | None = None) -> tuple[Plan, dict[str, dict[str, Leaf]]]:
    """The scenario in a document, and the leaves that each of its options changes; nothing is read of the file itself."""
    shared = library(folder, known)
    place = Place(document, (), [*shared.faults, *document.faults])
    places = lineage(document, folder, place)
    for each in places:
        if not each.document.data and not each.document.faults:
            each.report("an empty file", "say what the scenario is about, and what differs from defaults.yaml")
    if not (rooted(places) and shared.readable):
        raise BadInput(place.found)
    about = about_from(shared, places)
    rules = shared.rules(about.currency if about else LCU)
    leaves = country_leaves(shared, rules, places)
    roles = roles_from(shared, places)
    options, variants = options_from(leaves, rules, places)
    funding = funding_from(shared, rules.currency, places)
    if about is None or place.found:
        raise BadInput(place.found)
    parts = (MappingProxyType(leaves), roles, MappingProxyType(options), funding)
    files = tuple(each.document.path for each in places)
    return Plan(document.path.stem, None, about, *parts, folder, shared.sources, rules, files), variants


def with_option(plan: Plan, option: str, variants: Mapping[str, Mapping[str, Leaf]]) -> Plan:
    """The plan with one of its options."""
    if option not in variants:
        file = f"{plan.folder.name}/{plan.name}.yaml"
        raise BadInput([Fault(file, None, "options", f"no option {option}", suggestion(option, variants))])
    return replace(plan, option=option, leaves=MappingProxyType({**plan.leaves, **variants[option]}))


def raise_if(found: Iterable[Fault]) -> None:
    """Raise what was found, if anything was."""
    if faults := list(found):
        raise BadInput(faults)


def from_environment() -> dict[str, Any]:
    """The what-if that a batch hands to the kernel of a notebook."""
    text = os.environ.get("IMIS_PLAN_SET", "")
    try:
        changes = json.loads(text or "{}")
    except ValueError:
        changes = None
    if not isinstance(changes, dict):
        raise BadInput([Fault("IMIS_PLAN_SET", None, "", "not a JSON object", 'give {"path": value}', text)])
    return changes


def check(
    names: Iterable[str | Path] | None = None, parameters: str | Path | None = None, known: Known | None = None
) -> list[Fault]:
    """All faults of some scenarios, or of all; each once."""
    found: dict[Fault, None] = {}
    for name in scenarios(parameters) if names is None else names:
        try:
            read_scenario(*scenario_file(name, parameters), known)
        except BadInput as error:
            found |= dict.fromkeys(error.faults)
    return list(BadInput(found).faults)
