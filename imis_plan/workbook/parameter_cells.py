"""Parameters as cells: what the user typed, else what the chosen option says, else what the scenario says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.scenario.parameter import Leaf
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

    def entry(self, leaf: Leaf, row: int, top: int) -> Entry:
        """The entry of a parameter. row : in the inputs; top : of its block in the inputs by year."""
        own = self.state.own.get(leaf.path)
        typed = None if own is None else words(own.value)
        effect = None if several(leaf) else self.effect(leaf, row)
        block = self.block(leaf, top) if leaf.kind in VECTORS else None
        return Entry(leaf, self.names[leaf.path], row, effect, None if isinstance(typed, (tuple, Mapping)) else typed, block)

    def effect(self, leaf: Leaf, row: int) -> Term:
        """The user's value, else the option's, else the scenario's."""
        own, base = (xl_rowcol_to_cell(row, column) for column in (OWN, BASE))
        text = self.by_option(leaf.path, base, 0)
        return Term(f"IF(ISBLANK({own}),{text},{own})" if editable(leaf) else text, words(self.start(leaf).value))

    def start(self, leaf: Leaf) -> Leaf:
        """The leaf whose one value is in effect: the user's, the option's, or the scenario's."""
        own, said = self.state.own.get(leaf.path), self.before(leaf)
        return next(one for one in (own, said, leaf) if one is not None and not several(one))

    def before(self, leaf: Leaf) -> Leaf:
        """The leaf without the user's own value."""
        return self.variants(leaf.path).get(self.state.option, leaf)

    def by_option(self, path: str, otherwise: str, place: int | None) -> str:
        """What the chosen option says, at a place among its values (None: its growth), else something else."""
        text = otherwise
        for (option, changed), row in self.rows.items():
            if changed == path and (place is None or not (place == 0 and several(self.state.variants[option][path]))):
                column = OPTION_GROWTH if place is None else OPTION_VALUE + place
                cell = address(title("options"), row, column, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def block(self, leaf: Leaf, top: int) -> Block:
        """The rows of a parameter with several numbers."""
        labels = self.labels(leaf)
        now = numbers(self.state.plan.leaves[leaf.path], labels)
        plan = self.plan_cells(leaf, top, labels)
        effect = []
        for i, value in enumerate(now):
            below, last = (xl_rowcol_to_cell(top + 2 + k, ENTRIES + i) for k in (0, 1))
            effect.append(Term(f"IF(ISBLANK({below}),{last},{below})", value))
        return Block(top, labels, tuple(plan), tuple(effect), self.growth(leaf))

    def labels(self, leaf: Leaf) -> tuple[int, ...]:
        """What the columns of a block are."""
        if leaf.kind == "path":
            return self.years
        return tuple(leaf.value) if leaf.kind == "history" else tuple(range(1, len(leaf.value) + 1))

    def growth(self, leaf: Leaf) -> Term | float | None:
        """Change a year of a path."""
        if leaf.kind != "path" or several(leaf):
            return None
        now, before = self.before(leaf).growth or 0.0, leaf.growth or 0.0
        text = self.by_option(leaf.path, literal(before), None)
        return before if text == literal(before) else Term(text, now)

    def plan_cells(self, leaf: Leaf, top: int, labels: tuple[int, ...]) -> list[Term | float]:
        """What holds without the user's own numbers by year: a list, or the first value with its growth."""
        said, before = self.variants(leaf.path), self.before(leaf)
        own = self.state.own.get(leaf.path)
        now = numbers(own if own is not None and not several(own) and not several(before) else before, labels)
        if leaf.kind == "path" and not several(leaf):
            return [self.grown(leaf, top, i, value) for i, value in enumerate(now)]
        cells: list[Term | float] = []
        for i, value in enumerate(numbers(leaf, labels)):
            text = self.listed(leaf.path, literal(value), i)
            cells.append(Term(text, now[i]) if said else value)
        return cells

    def listed(self, path: str, otherwise: str, place: int) -> str:
        """What the chosen option lists at a place, or its one value grown to the year, else something else."""
        text = otherwise
        for option, leaf in self.variants(path).items():
            row = self.rows[option, path]
            column = OPTION_VALUE + (place if several(leaf) or leaf.kind != "path" else 0)
            cell = address(title("options"), row, column, fixed=True)
            if not several(leaf) and leaf.kind == "path" and leaf.growth:
                cell += f"*(1+{address(title('options'), row, OPTION_GROWTH, fixed=True)})^{year(place)}"
            text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return text

    def grown(self, leaf: Leaf, top: int, i: int, value: Any) -> Term:
        """The value in effect with its growth to the year; where the chosen option has a list, what that says."""
        name, growth = self.names[leaf.path], xl_rowcol_to_cell(top + 3, GROWTH, col_abs=True)
        steady = not leaf.growth and not any(other.growth for other in self.variants(leaf.path).values())
        text = name if steady else f"{name}*(1+{growth})^{year(i)}"
        for option, other in self.variants(leaf.path).items():
            if several(other):
                cell = address(title("options"), self.rows[option, leaf.path], OPTION_VALUE + i, fixed=True)
                text = f"IF({OPTION}={literal(option)},{cell},{text})"
        return Term(text, value)

    def variants(self, path: str) -> dict[str, Leaf]:
        """What the options say of a parameter."""
        return {name: leaves[path] for name, leaves in self.state.variants.items() if path in leaves}


def year(place: int) -> str:
    """Reference to the years since the first, in the sheet of drivers."""
    return address(title("drivers"), TOP, FIRST + place)


def entries(state: State) -> dict[str, Entry]:
    """Every parameter of a state in the order of the inputs; a line is left above each group."""
    leaves = state.base.leaves
    base_year, horizon = (int(state.base[path]) for path in STRUCTURE[:2])
    maker = Maker(state, tuple(range(base_year, base_year + horizon)), defined_names(leaves), option_rows(state))
    found: dict[str, Entry] = {}
    row, top, group = INPUTS_TOP, TOP - 1, ""
    for leaf in leaves.values():
        head = group_of(leaf.path)
        row, group = row + 1 + (head != group), head
        found[leaf.path] = maker.entry(leaf, row, top)
        top += BLOCK + 1 if found[leaf.path].block else 0
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
        raise ValueError(f"{entry.leaf.path} has neither one value nor several")
    sheet = title("by_year_inputs")
    cells = [reference(address(sheet, block.top + 1, ENTRIES + i), term.value) for i, term in enumerate(block.effect)]
    if entry.leaf.kind == "path":
        return Operand([cell._replace(year=t) for t, cell in enumerate(cells)], aside, series=True)
    each = [Operand([cell], aside, series=False) for cell in cells]
    return dict(zip(block.labels, each, strict=True)) if entry.leaf.kind == "history" else tuple(each)


def single(entry: Entry, effect: Term, aside: Aside) -> Operand:
    """A reference to the value in effect; a switch is held against the word for yes."""
    cell = Operand([Term(entry.name, effect.value, cell=True, fixed=not editable(entry.leaf))], aside, series=False)
    return cell == _("yes") if entry.leaf.kind == "flag" else cell
