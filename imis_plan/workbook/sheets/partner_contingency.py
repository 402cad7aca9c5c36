"""The contingency of a partner that the budget does not include: what its base cost adds to the contingency of its component."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _
from imis_plan.model.arrays import round_to_cents, where
from imis_plan.model.budget_line import RECURRENT
from imis_plan.model.contingency import physical_contingency, price_contingency
from imis_plan.model.project_support import COMPONENT
from imis_plan.sections.naming import component_name
from imis_plan.workbook.factor_table import share_reference
from imis_plan.workbook.ledger_columns import kind_label
from imis_plan.workbook.operand import Operand, inline, terms_of
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import METHOD
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import YEARS, TracedModel


def write(
    sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, place: tuple[int, int], by_year: Sequence[tuple[Any, Term]]
) -> list[Term]:
    """Write the calculation, a row for each step. Returns what the partner adds, by year, for a row of the table above.

    place : row of its heading, column of the first year. by_year : the cell with the year and its value; cost of the partner.
    """
    top, first = place
    sheet.put(top, 0, _("Contingency for the implementing partner"), "bold")
    names = {"component": component_name(COMPONENT), "kind": kind_label(RECURRENT)}
    steps = [
        _("{component}, {kind}: base cost in the budget").format(**names),
        _("The same with the partner"),
        _("Share of physical contingency"),
        _("Share of price contingency"),
        _("Share of contingency by simulation"),
        _("Contingency in the budget"),
        _("The same with the partner"),
    ]
    for i, name in enumerate(steps, 1):
        sheet.put(top + i, 0, name, "text")
    added = []
    for t, (head, partner) in enumerate(by_year):
        at = Column(sheet, top + 1, first + t)
        criteria = {name: (literal(value), value) for name, value in names.items()}
        base = at.add(Operand([sums.total("ledger.amount", year=head, **criteria)], inline, series=False), "amount")
        whole = at.add(base + Operand([partner], inline, series=False), "amount")
        shares = [at.add(share, "factor") for share in shares_in_effect(traced, t)]
        without, reserve = (at.add(contingency(cost, *shares), "amount") for cost in (base, whole))
        added += round_to_cents(reserve - without).terms
    return added


class Column:
    """Cells of a year, written from the top down."""

    def __init__(self, sheet: SheetWriter, row: int, column: int) -> None:
        self.sheet, self.row, self.column = sheet, row, column

    def add(self, formula: Operand, style: str) -> Operand:
        """Write the next cell. Returns a reference to it."""
        (term,) = formula.terms
        self.sheet.put(self.row, self.column, term, style)
        cell = Term(xl_rowcol_to_cell(self.row, self.column), term.value, cell=True)
        self.row += 1
        return Operand([cell], inline, series=False)


def shares_in_effect(traced: TracedModel, t: int) -> list[Operand]:
    """Shares of physical and price contingency, 0 where another method is chosen, and of the simulated one, in a year. [1]"""
    by_lines = traced.parameter(METHOD) == "lines"
    margin = price_contingency(1.0, traced.parameter("contingency.price_margin"), traced.evaluation.values[YEARS][t])
    physical = traced.parameter(f"contingency.physical.{COMPONENT}")
    stated = [Operand(terms_of(where(by_lines, share, 0.0), 1), inline, series=False) for share in (physical, margin)]
    return [*stated, share_reference(traced.shares, RECURRENT, t)]


def contingency(base: Any, physical: Any, price: Any, simulated: Any) -> Any:
    """Contingency on a base cost of a component, kind and year: the amounts that the ledger rounds, added up. [same currency]"""
    margin = physical_contingency(base, physical)
    return round_to_cents(margin) + round_to_cents((base + margin) * price) + round_to_cents(base * simulated)
