"""The state of an explorer, which all controls and panels show. It does not depend on widgets."""

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import traitlets

from imis_plan.analysis.export import csv_text
from imis_plan.analysis.options import variant
from imis_plan.explore.results import Outcome, full_ledger, outcome
from imis_plan.i18n import translate
from imis_plan.model.year_labels import with_fiscal_year
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario import save as saving
from imis_plan.scenario.folder import available_scenarios, find_parameters
from imis_plan.scenario.number_text import plain_number
from imis_plan.scenario.plan import WHAT_IF, Plan, load
from imis_plan.scenario.yaml_file import parse

LETTERS = ("A", "B", "C")


class ExplorerState(traitlets.HasTraits):
    """A scenario, one of its options, and the parameters that the user changed.

    base : the scenario as in its file. current : with the option and all changes. snapshots : letter -> an outcome to compare.
    draft : whether typical values may stand for open questions; by default what the environment says.
    refused : path -> an entry that is not valid and not yet corrected; the figures do not include it.
    Each change creates a new `current`; an invalid one raises BadInput and changes nothing.
    """

    scenario = traitlets.Unicode()
    option = traitlets.Unicode()
    changes = traitlets.Dict()
    snapshots = traitlets.Dict()
    refused = traitlets.Dict()
    # Any, since mypy would infer None, which they are only before the first choice.
    base: Any = traitlets.Instance(Outcome, allow_none=True)
    current: Any = traitlets.Instance(Outcome, allow_none=True)

    def __init__(self, scenario: str, parameters: str | Path | None = None, *, draft: bool | None = None) -> None:
        super().__init__()
        self.parameters, self.draft = parameters, draft
        self.choose_scenario(scenario)

    @property
    def scenarios(self) -> list[str]:
        """Names of all scenarios that can be chosen."""
        return available_scenarios(find_parameters(self.parameters))

    @property
    def language(self) -> str:
        """The language of the scenario, if there is a catalogue for it; else English."""
        return translate.available_language(self.base.plan.about.language)

    @property
    def start_plan(self) -> Plan:
        """The plan before any change: the scenario with the chosen option, if any."""
        return self._plan({})

    def choose_scenario(self, scenario: str, option: str = "") -> None:
        """Begin with another scenario, without changes and snapshots."""
        base = outcome(load(scenario, parameters=self.parameters, draft=self.draft))
        with self.hold_trait_notifications():
            self.scenario, self.option, self.changes, self.snapshots, self.refused = scenario, "", {}, {}, {}
            self.base = self.current = base
        if option:
            self.choose_option(option)

    def choose_option(self, option: str) -> None:
        """Choose another option, or none (""); changes stay."""
        self._set_plan(self._plan(self.changes, option), option=option)

    def set_value(self, path: str, value: Any) -> None:
        """Set a parameter; its starting value removes the change."""
        moved = {**self.changes, path: value}
        if value == self.start_plan[path]:
            moved.pop(path)
        self._set_plan(self._plan(moved), changes=moved)

    def set_text(self, path: str, text: str) -> None:
        """Set a parameter to a typed value, which is read as in a parameter file."""
        self.set_value(path, parse_value(path, text))

    def reset(self, *paths: str) -> None:
        """Reset parameters; all of them if none is named."""
        moved = {path: value for path, value in self.changes.items() if paths and path not in paths}
        self._set_plan(self._plan(moved), changes=moved)

    def refuse(self, path: str, text: str) -> None:
        """Keep in mind that an entry was refused."""
        self.refused = {**self.refused, path: text}

    def accept(self, *paths: str) -> None:
        """Forget refused entries; all of them if none is named."""
        self.refused = {path: text for path, text in self.refused.items() if paths and path not in paths}

    def take_snapshot(self, letter: str) -> None:
        """Save the current what-if under a letter, to compare with."""
        self.snapshots = {**self.snapshots, letter: self.current}

    def restore_snapshot(self, letter: str) -> None:
        """Make a snapshot the current what-if."""
        snapshots = self.snapshots[letter].plan
        moved = {path: parameter.value for path, parameter in snapshots.parameters.items() if parameter.layer == WHAT_IF}
        self._set_plan(self._plan(moved, snapshots.option or ""), changes=moved, option=snapshots.option or "")

    def save(self, name: str, note: str) -> Path:
        """Write a scenario with the differences from the base; see `imis_plan.scenario.save`."""
        return saving.save(name.strip(), self.base.plan, self.current.plan, note)

    def ledger_csv(self) -> str:
        """The ledger of the current what-if, with the calculation of each row."""
        return csv_text(with_fiscal_year(self.current.plan, full_ledger(self.current)))

    def _plan(self, moved: Mapping[str, Any], option: str | None = None) -> Plan:
        """The plan of the scenario with an option, by default the one chosen, and changes."""
        chosen = self.option if option is None else option
        plan = variant(self.base.plan, chosen) if chosen else self.base.plan
        return plan.replace(moved) if moved else plan

    def _set_plan(self, plan: Plan, **traits: Any) -> None:
        """Make a plan the current one. All traits change together, after everything that could fail."""
        current = self.base if plan is self.base.plan else outcome(plan)
        with self.hold_trait_notifications():
            for name, value in traits.items():
                setattr(self, name, value)
            self.current = current


def parse_value(path: str, text: str) -> Any:
    """The value of a text, by the rules of parameter files; a number may have the decimal mark of the current language."""
    document = parse(f"value: {with_decimal_point(text)}", Path(WHAT_IF))
    if document.problems or [*document.data] != ["value"] or document.data["value"] is None:
        raise BadInput([Problem(WHAT_IF, None, path, "no value", "give a value", text)])
    return document.data["value"]


def with_decimal_point(text: str) -> str:
    """A number typed in a language with decimal commas (0,25) as files have it (0.25); any other text as it is."""
    mark = translate.localize_digits(".")
    return plain_number(text.strip(), mark) if mark != "." else text


def in_scenario_language(method: Callable[..., Any]) -> Callable[..., Any]:
    """Run a method in the language of the scenario of its `state`: callbacks of widgets start without a language."""

    @wraps(method)
    def using_language(self: Any, *given: Any, **named: Any) -> Any:
        with translate.using_language(self.state.language):
            return method(self, *given, **named)

    return using_language
