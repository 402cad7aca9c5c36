"""The state of an explorer: one model, of which all controls and panels are views. It knows no widget."""

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import traitlets

from imis_plan.analysis.export import csv_text
from imis_plan.analysis.options import variant
from imis_plan.explore.results import Outcome, complete_ledger, outcome
from imis_plan.i18n import translate
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario import save as saving
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import WHAT_IF, Plan, load
from imis_plan.scenario.yaml_file import parse

LETTERS = ("A", "B", "C")


class WhatIf(traitlets.HasTraits):
    """A scenario, one of its options, and the parameters that its user moved.

    base : the scenario as its file has it. now : with the option and all changes. kept : letter -> an outcome to compare with.
    Each change makes a new `now`; what would be wrong raises BadInput and changes nothing.
    """

    scenario = traitlets.Unicode()
    option = traitlets.Unicode()
    changes = traitlets.Dict()
    kept = traitlets.Dict()
    # mypy would take them for None, which they are only before the first choice.
    base: Any = traitlets.Instance(Outcome, allow_none=True)
    now: Any = traitlets.Instance(Outcome, allow_none=True)

    def __init__(self, scenario: str, parameters: str | Path | None = None) -> None:
        super().__init__()
        self.parameters = parameters
        self.choose(scenario)

    @property
    def scenarios(self) -> list[str]:
        """Names of all scenarios that can be chosen."""
        return scenarios(self.parameters)

    @property
    def language(self) -> str:
        """The language of the scenario, if it can be spoken; else English."""
        return translate.available_language(self.base.plan.about.language)

    @property
    def start(self) -> Plan:
        """The plan before any change: the scenario with the option, if one is chosen."""
        return self._plan({})

    def choose(self, scenario: str, option: str = "") -> None:
        """Begin with another scenario: nothing is moved and nothing kept."""
        base = outcome(load(scenario, parameters=self.parameters))
        with self.hold_trait_notifications():
            self.scenario, self.option, self.changes, self.kept = scenario, "", {}, {}
            self.base = self.now = base
        if option:
            self.take_option(option)

    def take_option(self, option: str) -> None:
        """Another option, or none (""); what was moved stays moved."""
        self._become(self._plan(self.changes, option), option=option)

    def move(self, path: str, value: Any) -> None:
        """Set a parameter; at the value that it starts from it is moved no longer."""
        moved = {**self.changes, path: value}
        if value == self.start[path]:
            moved.pop(path)
        self._become(self._plan(moved), changes=moved)

    def type(self, path: str, text: str) -> None:
        """Set a parameter to what somebody typed, read as its file would read it."""
        self.move(path, typed(path, text))

    def reset(self, *paths: str) -> None:
        """Move parameters back; all of them if none is named."""
        moved = {path: value for path, value in self.changes.items() if paths and path not in paths}
        self._become(self._plan(moved), changes=moved)

    def keep(self, letter: str) -> None:
        """Keep what is shown under a letter, to compare with."""
        self.kept = {**self.kept, letter: self.now}

    def take_back(self, letter: str) -> None:
        """Show again what was kept."""
        kept = self.kept[letter].plan
        moved = {path: parameter.value for path, parameter in kept.parameters.items() if parameter.layer == WHAT_IF}
        self._become(self._plan(moved, kept.option or ""), changes=moved, option=kept.option or "")

    def save(self, name: str, note: str) -> Path:
        """Write a scenario that says what differs from the base; see `imis_plan.scenario.save`."""
        return saving.save(name.strip(), self.base.plan, self.now.plan, note)

    def ledger_csv(self) -> str:
        """The ledger of what is shown, with all its sentences."""
        return csv_text(complete_ledger(self.now))

    def _plan(self, moved: Mapping[str, Any], option: str | None = None) -> Plan:
        """The plan of the scenario with an option, by default the one chosen, and changes."""
        chosen = self.option if option is None else option
        plan = variant(self.base.plan, chosen) if chosen else self.base.plan
        return plan.replace(moved) if moved else plan

    def _become(self, plan: Plan, **traits: Any) -> None:
        """Show another plan. All traits change together, after everything that could go wrong."""
        now = self.base if plan is self.base.plan else outcome(plan)
        with self.hold_trait_notifications():
            for name, value in traits.items():
                setattr(self, name, value)
            self.now = now


def typed(path: str, text: str) -> Any:
    """What a text means as the value of a parameter, by the rules of the files."""
    document = parse(f"value: {text}", Path(WHAT_IF))
    if document.problems or [*document.data] != ["value"] or document.data["value"] is None:
        raise BadInput([Problem(WHAT_IF, None, path, "no value", "give a value", text)])
    return document.data["value"]


def spoken(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of something that shows a `state`, in the language of its scenario: each message from a page comes without one."""

    @wraps(method)
    def using_language(self: Any, *given: Any) -> Any:
        with translate.using_language(self.state.language):
            return method(self, *given)

    return using_language
