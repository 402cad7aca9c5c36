"""What stands in the yellow cells of a workbook."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.workbook.layout import ENTRIES, OWN, title
from imis_plan.workbook.parameter_cells import entries
from imis_plan.workbook.parameter_entry import Entry, numbers, several
from imis_plan.workbook.sheets.funding import OWN_CAP, OWN_SHARE, rule_row
from imis_plan.workbook.starting_point import METHOD, PERCENTILE, State

FORMULA = ("a formula", "give a number: an import never works out formulas")
NUMBER = ("not a number", "give a number, without unit, separators or %")
SWITCH = ("neither yes nor no", "choose from the list of the cell")
SIMULATED = ("rests on a simulation", "export again with --percentile")
BY_YEAR = ("both one number and numbers by year", "keep one of the two")


@dataclass(frozen=True)
class Typed:
    """A value that somebody typed for a parameter. problem : what is wrong and what would be right, if it is no value."""

    path: str
    cell: str
    value: Any
    problem: tuple[str, str] | None = None


def typed_in(book: Any, state: State) -> tuple[dict[str, Typed], dict[int, dict[str, Typed]]]:
    """What was typed: by parameter, and by rule of funding."""
    found = (typed_for(book, entry, state) for entry in entries(state).values())
    return {one.path: one for one in found if one is not None}, typed_rules(book, state)


def typed_for(book: Any, entry: Entry, state: State) -> Typed | None:
    """What was typed for a parameter; None where its cells are empty."""
    sheet, address = book[title("inputs")], xl_rowcol_to_cell(entry.row, OWN)
    said = sheet[address].value if entry.scalar else None
    single = None if said is None else checked(entry, f"{title('inputs')}!{address}", said, state)
    listed = typed_list(book, entry, state, single)
    if single is not None and listed is not None and single.problem is None:
        return listed
    return listed or single


def checked(entry: Entry, cell: str, said: Any, state: State) -> Typed:
    """One value as its parameter takes it."""
    path, kind = entry.parameter.path, entry.parameter.kind
    if is_formula(said):
        return Typed(path, cell, said, FORMULA)
    if kind == "flag":
        words = {_("yes").lower(): True, _("no").lower(): False}
        known = words.get(str(said).strip().lower()) if not isinstance(said, bool) else said
        return Typed(path, cell, said if known is None else known, SWITCH if known is None else None)
    if kind == "choice":
        barred = path == METHOD and said == PERCENTILE and state.base[METHOD] != PERCENTILE
        return Typed(path, cell, said, SIMULATED if barred else None)
    return as_number(path, cell, said, whole=entry.parameter.integer)


def as_number(path: str, cell: str, said: Any, *, whole: bool = False) -> Typed:
    """A number as it was typed; a whole one without a point."""
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return Typed(path, cell, said, FORMULA if is_formula(said) else NUMBER)
    return Typed(path, cell, int(said) if (whole or isinstance(said, float)) and float(said).is_integer() else said)


def is_formula(said: Any) -> bool:
    """Whether a cell holds a formula of any kind."""
    return (isinstance(said, str) and said.startswith("=")) or (
        said is not None and not isinstance(said, (str, int, float, bool))
    )


def typed_list(book: Any, entry: Entry, state: State, single: Typed | None) -> Typed | None:
    """Numbers typed for years or places, with those in effect where nothing was typed."""
    block, sheet = entry.block, title("by_year_inputs")
    if block is None:
        return None
    cells = [xl_rowcol_to_cell(block.top + 2, ENTRIES + i) for i in range(len(block.labels))]
    said = [book[sheet][cell].value for cell in cells]
    if all(value is None for value in said):
        return None
    path = entry.parameter.path
    each = [None if value is None else as_number(path, f"{sheet}!{cell}", value) for value, cell in zip(said, cells, strict=True)]
    for one in each:
        if one is not None and one.problem:
            return one
    before = without(entry, state, single)
    values = [old if one is None else one.value for one, old in zip(each, before, strict=True)]
    value: Any = dict(zip(block.labels, values, strict=True)) if entry.parameter.kind == "history" else values
    first = next(cell for cell, one in zip(cells, each, strict=True) if one is not None)
    return Typed(path, f"{sheet}!{first}", value)


def without(entry: Entry, state: State, single: Typed | None) -> list[float]:
    """The numbers in effect without those typed by year."""
    parameter, labels = state.plan.parameters[entry.parameter.path], entry.block.labels if entry.block else ()
    if single is not None and single.problem is None and not several(parameter):
        return [single.value * (1 + (parameter.growth or 0.0)) ** t for t in range(len(labels))]
    return numbers(parameter, labels)


def typed_rules(book: Any, state: State) -> dict[int, dict[str, Typed]]:
    """Shares and caps typed, by number of the rule."""
    sheet, found = title("funding"), {}
    for k, rule in enumerate(state.base.funding):
        limits = {"share": (OWN_SHARE, 1.0), "cap": (OWN_CAP, None)}
        typed = {}
        for name, (column, most) in limits.items():
            address = xl_rowcol_to_cell(rule_row(k), column)
            said = book[sheet][address].value
            if said is not None and getattr(rule, name) is not None:
                typed[name] = within(as_number(f"funding[{k}].{name}", f"{sheet}!{address}", said), most)
        if typed:
            found[k] = typed
    return found


def within(one: Typed, most: float | None) -> Typed:
    """A figure of a rule, held to its bounds."""
    if one.problem or (one.value >= 0 and (most is None or one.value <= most)):
        return one
    right = "give 0 to 1" if most is not None else "give 0 or more"
    return Typed(one.path, one.cell, one.value, ("out of bounds", right))
