"""A changed workbook taken apart: which yellow cells were filled, and whether anything else was touched. Nothing is evaluated."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from imis_plan.i18n import translate
from imis_plan.problems import NO_VALUE, BadInput, Problem
from imis_plan.scenario.plan import Plan, load
from imis_plan.workbook.fingerprint import fingerprint
from imis_plan.workbook.integrity import touched
from imis_plan.workbook.layout import OPTION
from imis_plan.workbook.starting_point import NO_OPTION, State, state_of
from imis_plan.workbook.user_inputs import Typed, typed_in
from imis_plan.workbook.write import pages_of

FACTS = ("scenario", "language", "structure", "fingerprint")


@dataclass(frozen=True)
class Changes:
    """What a workbook changes of a scenario.

    plan : the scenario as the workbook has it, with the option chosen in it, before the user's values. typed : what was typed, by
    parameter; rules : share and cap by number of the rule of funding, where they were changed.
    """

    file: str
    plan: Plan
    option: str
    typed: dict[str, Typed]
    rules: dict[int, dict[str, Typed]]


class Sheets:
    """The cells of a workbook, by sheet, address or name; formulas as texts."""

    def __init__(self, content: bytes, name: str) -> None:
        try:
            self.book = load_workbook(BytesIO(content))
        except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
            raise BadInput(
                [Problem(name, None, "", "not a workbook that can be read", "give a file of Excel 2007 or later (.xlsx)")]
            ) from error
        self.name = name

    def named(self, name: str) -> Any:
        """The value of a cell that has a name; None where there is none."""
        found = self.book.defined_names.get(name)
        for sheet, address in found.destinations if found is not None else ():
            if sheet in self.book.sheetnames:
                return self.book[sheet][address.replace("$", "")].value
        return None


def changes_in(path: Path, parameters: Path | None = None) -> Changes:
    """What a workbook changes.

    Raises BadInput with every cell that cannot be taken over, or when the workbook is not one of ours or of another state of
    the scenario.
    """
    sheets = Sheets(content_of(path), path.name)
    facts = {name: sheets.named(f"file.{name}") for name in FACTS}
    if not all(isinstance(fact, str) for fact in facts.values()):
        raise BadInput(
            [
                Problem(
                    path.name, None, "", "not a workbook of imis_plan", "write one with: imis-plan workbook NAME --out FILE.xlsx"
                )
            ]
        )
    if facts["language"] not in translate.languages():
        raise BadInput(
            [Problem(path.name, None, "language", "there is no catalogue for it", "export the workbook again", facts["language"])]
        )
    with translate.using_language(facts["language"]):
        return found_in(sheets, facts, parameters)


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises BadInput if there is none."""
    if not path.is_file():
        raise BadInput([Problem(str(path), None, "", "no such file", "name a workbook: imis-plan workbook --import FILE.xlsx")])
    return path.read_bytes()


def found_in(sheets: Sheets, facts: dict[str, str], parameters: Path | None) -> Changes:
    """What a workbook of ours changes."""
    plan = load(facts["scenario"], parameters=parameters)
    structure = json.loads(facts["structure"])
    state = state_of(plan.replace(structure) if structure else plan)
    if fingerprint(state) != facts["fingerprint"]:
        right = "export it again, and carry your values over"
        raise BadInput(
            [Problem(sheets.name, None, facts["scenario"], "the scenario has changed since this workbook was written", right)]
        )
    option = sheets.named(OPTION)
    problems = [
        *touched(sheets.book, pages_of(state.plan), state, sheets.name),
        *option_problem(sheets, state, option),
    ]
    if problems:
        raise BadInput(problems)
    chosen = chosen_plan(state, option)
    typed, rules = typed_in(sheets.book, replace(state, plan=chosen, option=option))
    if problems := [
        *wrong(typed.values(), sheets.name),
        *wrong((t for rule in rules.values() for t in rule.values()), sheets.name),
        *unfit(chosen, typed, sheets.name),
    ]:
        raise BadInput(problems)
    return Changes(sheets.name, chosen, option, typed, rules)


def chosen_plan(state: State, option: str) -> Plan:
    """The scenario with the option that is chosen in the workbook."""
    if option == NO_OPTION:
        return state.base
    parameters = {**state.base.parameters, **state.variants[option]}
    return replace(state.base, parameters=parameters)


def option_problem(sheets: Sheets, state: State, option: Any) -> Iterator[Problem]:
    """An option that cannot be chosen."""
    if option != NO_OPTION and option not in state.variants:
        right = f"choose from {', '.join([NO_OPTION, *state.variants])}"
        yield Problem(sheets.name, None, OPTION, "no option that this workbook has", right, option)


def wrong(typed: Any, name: str) -> Iterator[Problem]:
    """What was typed and is no value."""
    for one in typed:
        if one.problem is not None:
            what, right = one.problem
            yield Problem(f"{name}: {one.cell}", None, one.path, what, right, one.value)


def unfit(plan: Plan, typed: dict[str, Typed], name: str) -> Iterator[Problem]:
    """Values that the parameters do not take: a wrong kind, or out of bounds."""
    for one in typed.values():
        if one.problem:
            continue
        try:
            plan.replace({one.path: one.value})
        except BadInput as error:
            for problem in error.problems:
                yield Problem(
                    f"{name}: {one.cell}",
                    None,
                    problem.path,
                    problem.message,
                    problem.remedy,
                    problem.value if problem.value is not NO_VALUE else one.value,
                )
