"""Read a changed workbook: which input cells were filled, and whether any other cell was changed. Nothing is evaluated."""

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from imis_plan.i18n import translate
from imis_plan.problems import NO_VALUE, BadInput, Problem
from imis_plan.scenario.delimited_text import UnreadableText
from imis_plan.scenario.plan import Plan, load
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.sheet_rows import DAMAGED, NOT_A_WORKBOOK, refuse_foreign
from imis_plan.sentence import sentence
from imis_plan.workbook.fingerprint import fingerprint
from imis_plan.workbook.integrity import changed_cell_problems
from imis_plan.workbook.layout import OPTION
from imis_plan.workbook.starting_point import NO_OPTION, StartingPoint, starting_point
from imis_plan.workbook.user_inputs import UserInput, read_user_inputs
from imis_plan.workbook.write import expected_sheets

FILE_NAMES = ("scenario", "language", "structure", "fingerprint")


@dataclass(frozen=True)
class Changes:
    """What a workbook changes of a scenario.

    plan : the scenario with the option chosen in the workbook, without the user's values. typed : user inputs by parameter;
    rules : changed shares and caps by number of the funding rule.
    """

    file: str
    plan: Plan
    option: str
    typed: dict[str, UserInput]
    rules: dict[int, dict[str, UserInput]]


class WorkbookCells:
    """The cells of a workbook, by sheet, address or name; formulas as texts."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        try:
            refuse_foreign(content)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about formats and areas to print, which change no value
                self.workbook = load_workbook(BytesIO(content))
        except UnreadableText as error:
            raise self.unreadable(error.what, error.right) from None
        except (*DAMAGED, InvalidFileException) as error:
            raise self.unreadable(*NOT_A_WORKBOOK) from error

    def unreadable(self, what: str, right: str) -> BadInput:
        """The error for a file that is no workbook, or is damaged."""
        return BadInput([Problem(self.name, None, "", what, right)])

    def named(self, name: str) -> Any:
        """The value of a cell that has a name; None where there is none."""
        found = self.workbook.defined_names.get(name)
        try:
            for sheet, address in found.destinations if found is not None else ():
                if sheet in self.workbook.sheetnames:
                    return self.workbook[sheet][address.replace("$", "")].value
        except DAMAGED as error:  # a name for something that is no cell
            raise self.unreadable(sentence("{name} is the name of no cell", name=name), "export the workbook again") from error
        return None


def read_changes(path: Path, parameters: Path | None = None) -> Changes:
    """What a workbook changes.

    Raises BadInput with every cell that cannot be imported, or if the workbook was not exported by imis_plan or the scenario has
    changed since.
    """
    opened = WorkbookCells(content_of(path), path.name)
    facts = {name: opened.named(f"file.{name}") for name in FILE_NAMES}
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
        return changes_from(opened, facts, parameters)


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises BadInput if there is none."""
    if not path.is_file():
        what = not_a_file(path) or "no such file"
        raise BadInput([Problem(str(path), None, "", what, "name a workbook: imis-plan workbook --import FILE.xlsx")])
    return path.read_bytes()


def changes_from(opened: WorkbookCells, facts: dict[str, str], parameters: Path | None) -> Changes:
    """What a workbook exported by imis_plan changes."""
    plan = load(facts["scenario"], parameters=parameters, draft=True)
    try:
        structure = json.loads(facts["structure"])
    except ValueError as error:
        raise opened.unreadable("file.structure is no longer what was exported", "export the workbook again") from error
    start = starting_point(plan.replace(structure) if structure else plan)
    if fingerprint(start) != facts["fingerprint"]:
        right = sentence("export it again, and copy your values")
        raise BadInput(
            [Problem(opened.name, None, facts["scenario"], "the scenario has changed since this workbook was exported", right)]
        )
    option = opened.named(OPTION)
    problems = [
        *changed_cell_problems(opened.workbook, expected_sheets(start.plan), start, opened.name),
        *option_problem(opened, start, option),
    ]
    if problems:
        raise BadInput(problems)
    chosen = chosen_plan(start, option)
    typed, rules = read_user_inputs(opened.workbook, replace(start, plan=chosen, option=option))
    if problems := [
        *input_problems(typed.values(), opened.name),
        *input_problems((t for rule in rules.values() for t in rule.values()), opened.name),
        *parameter_problems(chosen, typed, opened.name),
    ]:
        raise BadInput(problems)
    return Changes(opened.name, chosen, option, typed, rules)


def chosen_plan(start: StartingPoint, option: str) -> Plan:
    """The scenario with the option chosen in the workbook."""
    if option == NO_OPTION:
        return start.base
    parameters = {**start.base.parameters, **start.variants[option]}
    return replace(start.base, parameters=parameters)


def option_problem(opened: WorkbookCells, start: StartingPoint, option: Any) -> Iterator[Problem]:
    """The problem of an unknown option."""
    if option != NO_OPTION and option not in start.variants:
        right = sentence("choose from {names}", names=", ".join([NO_OPTION, *start.variants]))
        yield Problem(opened.name, None, OPTION, "not an option of this workbook", right, option)


def input_problems(typed: Any, name: str) -> Iterator[Problem]:
    """User inputs that are no valid values."""
    for one in typed:
        if one.problem is not None:
            what, right = one.problem
            yield Problem(f"{name}: {one.cell}", None, one.path, what, right, one.value)


def parameter_problems(plan: Plan, typed: dict[str, UserInput], name: str) -> Iterator[Problem]:
    """Values that a parameter does not accept: of a wrong kind, out of bounds, or impossible together with others."""
    try:
        plan.replace({path: one.value for path, one in typed.items() if not one.problem})
    except BadInput as error:
        for problem in error.problems:
            one = typed.get(problem.path)
            value = one.value if one and problem.value is NO_VALUE else problem.value
            yield replace(problem, file=f"{name}: {one.cell}" if one else name, line=None, value=value)
