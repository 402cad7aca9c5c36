"""Expenditure categories of the ledger's rows in the workbook: the category of each line, and the parts of each row by category.

Contingency has no category of its own: it follows the lines that it is for, as in `analysis.costab`.
"""

from collections.abc import Iterator

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.analysis.costab import CATEGORIES, CONSULTANTS, CONTINGENCY, category, category_in_catalogue
from imis_plan.i18n.translate import _
from imis_plan.model.budget_line import RECURRENT
from imis_plan.model.economic_codes import STAFF
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.grid import quoted
from imis_plan.workbook.layout import title
from imis_plan.workbook.ledger_columns import AMOUNT, CATEGORY, COMPONENT, FOR, KIND, LedgerRow
from imis_plan.workbook.term import Term, constant, literal

# Component and kind of the lines that a contingency is for.
Group = tuple[str, str]


def category_text(plan: Plan, component: str, line: str, level: str, kind: str) -> str:
    """Name of the category of a line; empty for contingency."""
    return "" if component == CONTINGENCY else _(CATEGORIES[category(plan, component, line, level, kind)])


def role_categories(line: str, role: str) -> list[str]:
    """Names of the categories of a line of a role: where its posts are contracted, and where they are not."""
    return [_(CATEGORIES[key]) for key in (CONSULTANTS, category_in_catalogue(STAFF, line, role, RECURRENT))]


def category_weights(rows: list[LedgerRow]) -> dict[str, list[Term]]:
    """Category -> the part of each row that belongs to it, row by row. [1]"""
    found: dict[str, list[Term]] = {key: [] for key in CATEGORIES}
    names = {key: _(text) for key, text in CATEGORIES.items()}
    for years in rows_by_year(rows):
        base = [row for row in years if row.fields["component"] != CONTINGENCY]
        spans = {column: ledger_span(base, column) for column in (AMOUNT, CATEGORY, COMPONENT, KIND)}
        known = {key: amounts_by_group(base, text) for key, text in names.items()}
        groups = {key: groups_of(base, text) for key, text in names.items()}
        wholes = amounts_by_group(base)
        for row in years:
            group: Group = (row.fields["role_or_level"], row.fields["kind"])
            for key, text in names.items():
                if row.fields["component"] != CONTINGENCY:
                    found[key].append(weight_of_line(row, text))
                elif group in groups[key]:
                    part, whole = known[key].get(group, 0.0), wholes.get(group, 0.0)
                    found[key].append(weight_of_contingency(row, text, spans, part / whole if whole else 0.0))
                else:
                    found[key].append(constant(0.0))
    return found


def rows_by_year(rows: list[LedgerRow]) -> Iterator[list[LedgerRow]]:
    """The rows of each year."""
    for t in range(rows[-1].t + 1):
        yield [row for row in rows if row.t == t]


def amounts_by_group(base: list[LedgerRow], text: str | None = None) -> dict[Group, float]:
    """Amounts of lines by component and kind; of those of a category, or of all. [nominal LCU]"""
    sums: dict[Group, float] = {}
    for row in base:
        if text is None or category_now(row) == text:
            group = (row.fields["component"], row.fields["kind"])
            sums[group] = sums.get(group, 0.0) + row.value(AMOUNT)
    return sums


def groups_of(base: list[LedgerRow], text: str) -> set[Group]:
    """Components and kinds with lines that are, or by a choice in a cell may become, of a category."""
    return {(row.fields["component"], row.fields["kind"]) for row in base if CATEGORY in row.cells or category_now(row) == text}


def category_now(row: LedgerRow) -> str:
    """Current category of a row."""
    return str(row.cells[CATEGORY].value if CATEGORY in row.cells else row.texts[CATEGORY])


def weight_of_line(row: LedgerRow, text: str) -> Term:
    """Whether a line is of a category: a formula where a choice in a cell decides it."""
    now = float(category_now(row) == text)
    if CATEGORY not in row.cells:
        return constant(now)
    return Term(f"IF({in_ledger(xl_rowcol_to_cell(row.number, CATEGORY))}={literal(text)},1,0)", now)


def weight_of_contingency(row: LedgerRow, text: str, spans: dict[int, str], value: float) -> Term:
    """Part of a contingency that belongs to a category: that of the lines of its component and kind in its year."""
    component, kind = (in_ledger(xl_rowcol_to_cell(row.number, column)) for column in (FOR, KIND))
    group = f"{spans[COMPONENT]},{component},{spans[KIND]},{kind}"
    whole = f"SUMIFS({spans[AMOUNT]},{group})"
    return Term(f"IF({whole}=0,0,SUMIFS({spans[AMOUNT]},{group},{spans[CATEGORY]},{literal(text)})/{whole})", value)


def ledger_span(base: list[LedgerRow], column: int) -> str:
    """Address of a column of the lines of a year."""
    return in_ledger(xl_range_abs(base[0].number, column, base[-1].number, column))


def in_ledger(cells: str) -> str:
    """Cells of the ledger, as another sheet refers to them."""
    return f"{quoted(title('ledger'))}!{cells}"
