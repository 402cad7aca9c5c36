"""Parameters as cells: what the user typed, else what the chosen option says, else what the scenario says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import (
    BASE,
    BLOCK,
    ENTRIES,
    FIRST,
    GROWTH,
    INPUTS_TOP,
    OPTION,
    OPTION_GROWTH,
    OPTION_VALUE,
    OWN,
    TOP,
    defined_names,
    title,
)
from imis_plan.workbook.operand import Aside, Operand
from imis_plan.workbook.parameter_entry import Block, Entry, editable, group_of, numbers, option_rows, several, words
from imis_plan.workbook.starting_point import STRUCTURE, State
from imis_plan.workbook.term import Term, literal, reference

VECTORS = ("path", "history", "table")


@dataclass(frozen=True)
class Maker:
    """Makes the entries of a state."""

    state: State
    years: tuple[int, ...]
    names: Mapping[str, str]
    rows: Mapping[tuple[str, str], int]

    def entry(self, parameter: Parameter, row: int, top: int) -> Entry:
        """The entry of a parameter. row : in the inputs; top : of its block in the inputs by year."""
        own = self.state.own.get(parameter.path)
        typed = None if own is None else words(own.value)
        effect = None if several(parameter) else self.effect(parameter, row)
        block = self.block(parameter, top) if parameter.kind in VECTORS else None
        return Entry(
            parameter, self.names[parameter.path], row, effect, None if isinstance(typed, (tuple, Mapping)) else typed, block
        )

    def effect(self, parameter: Parameter, row: int) -> Term:
        """The user's value, else the option's, else the scenario's."""
        own, base = (xl_rowcol_to_cell(row, column) for column in (OWN, BASE))
        text = self.by_option(parameter.path, base, 0)
        return Term(f"IF(ISBLANK({own}),{text},{own})" if editable(parameter) else text, words(self.start(parameter).value))

    def start(self, parameter: Parameter) -> Parameter:
        """The parameter whose one value is in effect: the user's, the option's, or the scenario's."""
        own, said = self.state.own.get(parameter.path), self.before(parameter)
        return next(one for one in (own, said, parameter) if one is not None and not several(one))

    def before(self, parameter: Parameter) -> Parameter:
        """The parameter without the user's own value."""
        return self.variants(parameter.path).get(self.state.option, parameter)

    def by_option(self, path: str, otherwise: str, place: int | None) -> str:
        """What the chosen option says, at a place among its values (None: its growth), else something else."""
        text = otherwise
        for (option, changed), row in self.rows.items():
            if changed == path and (place is None or not (place == 0 and several(self.state.variants[option][path]))):
                column = OPTION_GROWTH if place is None else OPTION_VALUE + place
                cell = address(title("options"), row, column, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def block(self, parameter: Parameter, top: int) -> Block:
        """The rows of a parameter with several numbers."""
        labels = self.labels(parameter)
        now = numbers(self.state.plan.parameters[parameter.path], labels)
        plan = self.plan_cells(parameter, top, labels)
        effect = []
        for i, value in enumerate(now):
            below, last = (xl_rowcol_to_cell(top + 2 + k, ENTRIES + i) for k in (0, 1))
            effect.append(Term(f"IF(ISBLANK({below}),{last},{below})", value))
        return Block(top, labels, tuple(plan), tuple(effect), self.growth(parameter))

    def labels(self, parameter: Parameter) -> tuple[int, ...]:
        """What the columns of a block are."""
        if parameter.kind == "path":
            return self.years
        return tuple(parameter.value) if parameter.kind == "history" else tuple(range(1, len(parameter.value) + 1))

    def growth(self, parameter: Parameter) -> Term | float | None:
        """Change a year of a path."""
        if parameter.kind != "path" or several(parameter):
            return None
        now, before = self.before(parameter).growth or 0.0, parameter.growth or 0.0
        text = self.by_option(parameter.path, literal(before), None)
        return before if text == literal(before) else Term(text, now)

    def plan_cells(self, parameter: Parameter, top: int, labels: tuple[int, ...]) -> list[Term | float]:
        """What holds without the user's own numbers by year: a list, or the first value with its growth."""
        said, before = self.variants(parameter.path), self.before(parameter)
        own = self.state.own.get(parameter.path)
        now = numbers(own if own is not None and not several(own) and not several(before) else before, labels)
        if parameter.kind == "path" and not several(parameter):
            return [self.grown(parameter, top, i, value) for i, value in enumerate(now)]
        cells: list[Term | float] = []
        for i, value in enumerate(numbers(parameter, labels)):
            text = self.listed(parameter.path, literal(value), i)
            cells.append(Term(text, now[i]) if said else value)
        return cells

    def listed(self, path: str, otherwise: str, place: int) -> str:
        """What the chosen option lists at a place, or its one value grown to the year, else something else."""
        text = otherwise
        for option, parameter in self.variants(path).items():
            row = self.rows[option, path]
            column = OPTION_VALUE + (place if several(parameter) or parameter.kind != "path" else 0)
            cell = address(title("options"), row, column, fixed=True)
            if not several(parameter) and parameter.kind == "path" and parameter.growth:
                cell += f"*(1+{address(title('options'), row, OPTION_GROWTH, fixed=True)})^{year(place)}"
            text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def grown(self, parameter: Parameter, top: int, i: int, value: Any) -> Term:
        """The value in effect with its growth to the year; where the chosen option has a list, what that says."""
        name, growth = self.names[parameter.path], xl_rowcol_to_cell(top + 3, GROWTH, col_abs=True)
        steady = not parameter.growth and not any(other.growth for other in self.variants(parameter.path).values())
        text = name if steady else f"{name}*(1+{growth})^{year(i)}"
        for option, other in self.variants(parameter.path).items():
            if several(other):
                cell = address(title("options"), self.rows[option, parameter.path], OPTION_VALUE + i, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return Term(text, value)

    def variants(self, path: str) -> dict[str, Parameter]:
        """What the options say of a parameter."""
        return {name: parameters[path] for name, parameters in self.state.variants.items() if path in parameters}


def year(place: int) -> str:
    """Reference to the years since the first, in the sheet of drivers."""
    return address(title("drivers"), TOP, FIRST + place)


def entries(state: State) -> dict[str, Entry]:
    """Every parameter of a state in the order of the inputs; a line is left above each group."""
    parameters = state.base.parameters
    base_year, horizon = (int(state.base[path]) for path in STRUCTURE[:2])
    maker = Maker(state, tuple(range(base_year, base_year + horizon)), defined_names(parameters), option_rows(state))
    found: dict[str, Entry] = {}
    row, top, group = INPUTS_TOP, TOP - 1, ""
    for parameter in parameters.values():
        head = group_of(parameter.path)
        row, group = row + 1 + (head != group), head
        found[parameter.path] = maker.entry(parameter, row, top)
        top += BLOCK + 1 if found[parameter.path].block else 0
    return found


def operands(found: Mapping[str, Entry], aside: Aside) -> dict[str, Any]:
    """Parameter -> what formulas read: references to cells."""
    return {path: operand(entry, aside) for path, entry in found.items()}


def operand(entry: Entry, aside: Aside) -> Any:
    """What formulas read of a parameter."""
    block = entry.block
    if block is None and entry.effect is not None:
        return single(entry, entry.effect, aside)
    if block is None:
        raise ValueError(f"{entry.parameter.path} has neither one value nor several")
    sheet = title("by_year_inputs")
    cells = [reference(address(sheet, block.top + 1, ENTRIES + i), term.value) for i, term in enumerate(block.effect)]
    if entry.parameter.kind == "path":
        return Operand([cell._replace(year=t) for t, cell in enumerate(cells)], aside, series=True)
    each = [Operand([cell], aside, series=False) for cell in cells]
    return dict(zip(block.labels, each, strict=True)) if entry.parameter.kind == "history" else tuple(each)


def single(entry: Entry, effect: Term, aside: Aside) -> Operand:
    """A reference to the value in effect; a switch is held against the word for yes."""
    cell = Operand([Term(entry.name, effect.value, cell=True, fixed=not editable(entry.parameter))], aside, series=False)
    return cell == _("yes") if entry.parameter.kind == "flag" else cell
