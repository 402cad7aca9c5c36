"""Formulas of parameters: the value that the user typed, else that of the chosen option, else that of the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import (
    BASE,
    BLOCK_ROWS,
    FIRST,
    FIRST_NUMBER,
    GROWTH,
    INPUTS_TOP,
    OPTION,
    OPTION_GROWTH,
    OPTION_VALUE,
    TOP,
    USER_VALUE,
    defined_names,
    title,
)
from imis_plan.workbook.operand import CellExtractor, Operand
from imis_plan.workbook.parameter_cells import (
    Block,
    ParameterCells,
    cell_value,
    editable,
    group_of,
    has_several_values,
    option_rows,
    parameter_numbers,
)
from imis_plan.workbook.starting_point import STRUCTURE, StartingPoint
from imis_plan.workbook.term import Term, literal, reference

VECTORS = ("path", "history", "table")


@dataclass(frozen=True)
class ParameterCellsBuilder:
    """Builds the cells of parameters. names : of parameters in formulas; rows : of the options, by option and parameter."""

    start: StartingPoint
    years: tuple[int, ...]
    names: Mapping[str, str]
    rows: Mapping[tuple[str, str], int]

    def build(self, parameter: Parameter, row: int, top: int) -> ParameterCells:
        """The cells of a parameter. row : in the inputs; top : first row of its block in the inputs by year."""
        override = self.start.overrides.get(parameter.path)
        typed = None if override is None else cell_value(override.value)
        in_effect = None if has_several_values(parameter) else self.in_effect(parameter, row)
        block = self.block(parameter, top) if parameter.kind in VECTORS else None
        return ParameterCells(
            parameter, self.names[parameter.path], row, in_effect, None if isinstance(typed, (tuple, Mapping)) else typed, block
        )

    def in_effect(self, parameter: Parameter, row: int) -> Term:
        """Formula of the value in effect: the user's, else the option's, else the scenario's."""
        override, base = (xl_rowcol_to_cell(row, column) for column in (USER_VALUE, BASE))
        text = self.with_options(parameter.path, base, 0)
        return Term(
            f"IF(ISBLANK({override}),{text},{override})" if editable(parameter) else text,
            cell_value(self.effective_parameter(parameter).value),
        )

    def effective_parameter(self, parameter: Parameter) -> Parameter:
        """The parameter whose single value is in effect: the user's, the option's, or the scenario's."""
        override, changed = self.start.overrides.get(parameter.path), self.without_override(parameter)
        return next(one for one in (override, changed, parameter) if one is not None and not has_several_values(one))

    def without_override(self, parameter: Parameter) -> Parameter:
        """The parameter without the user's own value."""
        return self.variants(parameter.path).get(self.start.option, parameter)

    def with_options(self, path: str, otherwise: str, place: int | None) -> str:
        """Formula of the chosen option's value, else another formula. place : among its values; None for its growth."""
        text = otherwise
        for (option, changed), row in self.rows.items():
            if changed == path and (place is None or not (place == 0 and has_several_values(self.start.variants[option][path]))):
                column = OPTION_GROWTH if place is None else OPTION_VALUE + place
                cell = address(title("options"), row, column, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def block(self, parameter: Parameter, top: int) -> Block:
        """The rows of a parameter with several numbers."""
        labels = self.labels(parameter)
        now = parameter_numbers(self.start.plan.parameters[parameter.path], labels)
        plan = self.cells_without_override(parameter, top, labels)
        in_effect = []
        for i, value in enumerate(now):
            below, last = (xl_rowcol_to_cell(top + 2 + k, FIRST_NUMBER + i) for k in (0, 1))
            in_effect.append(Term(f"IF(ISBLANK({below}),{last},{below})", value))
        return Block(top, labels, tuple(plan), tuple(in_effect), self.growth(parameter))

    def labels(self, parameter: Parameter) -> tuple[int, ...]:
        """Headings of the columns of a block: years, or places in a list."""
        if parameter.kind == "path":
            return self.years
        return tuple(parameter.value) if parameter.kind == "history" else tuple(range(1, len(parameter.value) + 1))

    def growth(self, parameter: Parameter) -> Term | float | None:
        """Change per year of a path that is given as one number; None of any other parameter."""
        if parameter.kind != "path" or has_several_values(parameter):
            return None
        now, before = self.without_override(parameter).growth or 0.0, parameter.growth or 0.0
        text = self.with_options(parameter.path, literal(before), None)
        return before if text == literal(before) else Term(text, now)

    def cells_without_override(self, parameter: Parameter, top: int, labels: tuple[int, ...]) -> list[Term | float]:
        """Numbers in effect without the user's own ones: a list, or the first value with its growth."""
        changed, before = self.variants(parameter.path), self.without_override(parameter)
        override = self.start.overrides.get(parameter.path)
        now = parameter_numbers(
            override if override is not None and not has_several_values(override) and not has_several_values(before) else before,
            labels,
        )
        if parameter.kind == "path" and not has_several_values(parameter):
            return [self.grown_value(parameter, top, i, value) for i, value in enumerate(now)]
        cells: list[Term | float] = []
        for i, value in enumerate(parameter_numbers(parameter, labels)):
            text = self.listed_value(parameter.path, literal(value), i)
            cells.append(Term(text, now[i]) if changed else value)
        return cells

    def listed_value(self, path: str, otherwise: str, place: int) -> str:
        """Formula of the number that the chosen option lists at a place, or of its value with growth, else another formula."""
        text = otherwise
        for option, parameter in self.variants(path).items():
            row = self.rows[option, path]
            column = OPTION_VALUE + (place if has_several_values(parameter) or parameter.kind != "path" else 0)
            cell = address(title("options"), row, column, fixed=True)
            if not has_several_values(parameter) and parameter.kind == "path" and parameter.growth:
                cell += f"*(1+{address(title('options'), row, OPTION_GROWTH, fixed=True)})^{year_reference(place)}"
            text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def grown_value(self, parameter: Parameter, top: int, i: int, value: Any) -> Term:
        """Formula of the value in effect with its growth to the year; where the chosen option has a list, of its number there."""
        name, growth = self.names[parameter.path], xl_rowcol_to_cell(top + 3, GROWTH, col_abs=True)
        steady = not parameter.growth and not any(other.growth for other in self.variants(parameter.path).values())
        text = name if steady else f"{name}*(1+{growth})^{year_reference(i)}"
        for option, other in self.variants(parameter.path).items():
            if has_several_values(other):
                cell = address(title("options"), self.rows[option, parameter.path], OPTION_VALUE + i, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return Term(text, value)

    def variants(self, path: str) -> dict[str, Parameter]:
        """Option -> its version of a parameter, for the options that change it."""
        return {name: parameters[path] for name, parameters in self.start.variants.items() if path in parameters}


def year_reference(place: int) -> str:
    """Reference to the years since the first, in the sheet of drivers."""
    return address(title("drivers"), TOP, FIRST + place)


def locate_parameters(start: StartingPoint) -> dict[str, ParameterCells]:
    """Cells of every parameter, in the order of the inputs; above each group is a row for its heading."""
    parameters = start.base.parameters
    base_year, horizon = (int(start.base[path]) for path in STRUCTURE[:2])
    builder = ParameterCellsBuilder(
        start, tuple(range(base_year, base_year + horizon)), defined_names(parameters), option_rows(start)
    )
    found: dict[str, ParameterCells] = {}
    row, top, group = INPUTS_TOP, TOP - 1, ""
    for parameter in parameters.values():
        head = group_of(parameter.path)
        row, group = row + 1 + (head != group), head
        found[parameter.path] = builder.build(parameter, row, top)
        top += BLOCK_ROWS + 1 if found[parameter.path].block else 0
    return found


def parameter_operands(found: Mapping[str, ParameterCells], extract: CellExtractor) -> dict[str, Any]:
    """Parameter -> references to its cells, which formulas read."""
    return {path: parameter_operand(cells, extract) for path, cells in found.items()}


def parameter_operand(cells: ParameterCells, extract: CellExtractor) -> Any:
    """References to the cells of a parameter: one, one for each year, or one for each entry of a table."""
    block = cells.block
    if block is None and cells.in_effect is not None:
        return scalar_operand(cells, cells.in_effect, extract)
    if block is None:
        raise ValueError(f"{cells.parameter.path} has neither one value nor several")
    sheet = title("by_year_inputs")
    references = [
        reference(address(sheet, block.top + 1, FIRST_NUMBER + i), term.value) for i, term in enumerate(block.in_effect)
    ]
    if cells.parameter.kind == "path":
        return Operand([cell._replace(year=t) for t, cell in enumerate(references)], extract, series=True)
    each = [Operand([cell], extract, series=False) for cell in references]
    return dict(zip(block.labels, each, strict=True)) if cells.parameter.kind == "history" else tuple(each)


def scalar_operand(cells: ParameterCells, in_effect: Term, extract: CellExtractor) -> Operand:
    """A reference to the value in effect; for a switch, whether it is the word for yes."""
    cell = Operand([Term(cells.name, in_effect.value, cell=True, fixed=not editable(cells.parameter))], extract, series=False)
    return cell == _("yes") if cells.parameter.kind == "flag" else cell
