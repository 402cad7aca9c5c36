"""The total with project support beside the budget: a partner that it does not include, and the indirect cost of funders."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localized
from imis_plan.model.arrays import where
from imis_plan.model.money import local_amount
from imis_plan.model.project_support import CONTINGENCY, USUAL_RATE, indirect_cost, is_in_base, partner_lines
from imis_plan.model.tax_rates import net_price, tax_kind
from imis_plan.sections.economic_codes.tables import class_name
from imis_plan.sections.naming import component_name
from imis_plan.workbook.codes import codes_in
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import TOP
from imis_plan.workbook.ledger_columns import LedgerRow
from imis_plan.workbook.operand import Operand, inline, terms_of
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets import partner_contingency
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel, factors_of

RATE, FIRST = 1, 2


class SupportTerms(NamedTuple):
    """Formulas of the sheet that read inputs. partner : label of a line -> its cost by year; usual_rate : of indirect cost."""

    partner: dict[str, list[Term]]
    usual_rate: Term


def support_terms(traced: TracedModel) -> SupportTerms:
    """What a partner costs by year where the budget does not include it, and the usual share of indirect cost."""
    found = {}
    for budget_line in partner_lines(traced.evaluation):
        component, line, _dependencies = budget_line
        price = net_price(traced.evaluation.values, tax_kind(component, line), traced.parameter(line.price))
        amount = local_amount(line.quantity, price, *factors_of(traced, budget_line))
        included = traced.parameter(f"{component}.{line.line}.included")
        found[_(line.label)] = terms_of(where(included, 0.0, amount), len(traced.years))
    return SupportTerms(found, traced.parameter(USUAL_RATE).terms[0])


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow], sums: LedgerSums, terms: SupportTerms) -> Term:
    """Write the sheet. Returns a reference to the total of all years."""
    count, currency = len(traced.years), traced.start.base.about.currency
    sheet.put_title(
        _("Project support"),
        _("What projects pay for beside the budget, in nominal {currency}. Indirect cost is a share of the net base cost that its funder pays.").format(
            currency=currency
        ),
    )  # fmt: skip
    sheet.put_row(TOP - 1, [_("Item"), _("Rate")], "head")
    write_years(sheet, traced, TOP - 1, FIRST)
    sheet.put(TOP - 1, FIRST + count, _("Total"), sheet.styles("year", num_format="@"))
    heads = [(xl_rowcol_to_cell(TOP - 1, FIRST + t, row_abs=True), year) for t, year in enumerate(traced.years)]
    totals = [0.0] * (count + 1)
    number = TOP

    def add(name: str, rate: Term | None, cells: list[Term]) -> None:
        """Write a row of the table, and add it to the totals."""
        nonlocal number, totals
        sheet.put(number, 0, name, "text")
        if rate is not None:
            sheet.put(number, RATE, rate, sheet.styles("number", num_format="0.0%"))
        span = xl_range(number, FIRST, number, FIRST + count - 1)
        cells = [*cells, Term(f"SUM({span})", sum(cell.value for cell in cells))]
        sheet.put_row(number, cells, "amount", FIRST)
        totals = [a + cell.value for a, cell in zip(totals, cells, strict=True)]
        number += 1

    add(_("The budget"), None, [sums.total("ledger.amount", year=head) for head in heads])
    for label, cells in terms.partner.items():
        add(label, None, cells)
    last_partner = number - 1
    rules = [(k, rule) for k, rule in enumerate(traced.start.base.funding) if rule.indirect_cost]
    spans = [xl_range(TOP + 1, FIRST + t, last_partner, FIRST + t) for t in range(count)]
    partner = [Term(f"SUM({span})", sum(cells[t].value for cells in terms.partner.values())) for t, span in enumerate(spans)]
    below = number + 1 + max(len(rules), 1) + 2
    added = partner_contingency.write(sheet, traced, sums, (below, FIRST), list(zip(heads, partner, strict=True)))
    add(_("Contingency for the implementing partner"), None, added)
    for k, rule in rules:
        base = [paid_base(traced, rows, sums, k, head) for head in heads]
        rate = Term(repr(float(rule.indirect_cost)), rule.indirect_cost, constant=True)
        name = _("Indirect cost of {funder}").format(funder=localized(rule.funder))
        add(name, rate, indirect_cells(base, xl_rowcol_to_cell(number, RATE, col_abs=True), rate))
    if not rules:
        base = [whole_base(sums, *year) for year in zip(heads, partner, strict=True)]
        cells = indirect_cells(base, xl_rowcol_to_cell(number, RATE, col_abs=True), terms.usual_rate)
        add(_("Indirect cost, as if one project paid for everything"), terms.usual_rate, cells)
    sheet.put_row(number, [_("Total with project support"), ""], "total_text")
    write_sums(sheet, number, FIRST, (TOP, number - 1), totals)
    sheet.finish({0: 60, 1: 10} | dict.fromkeys(range(FIRST, FIRST + count + 1), 20), freeze=(TOP, FIRST), head=TOP - 1)
    return Term(address(sheet.name, number, FIRST + count), totals[-1], cell=True)


def indirect_cells(base: Sequence[Term], at: str, rate: Term) -> list[Term]:
    """Indirect cost on a base cost by year. at : the cell with the rate."""
    share = Operand([Term(at, rate.value, cell=True)], inline, series=False)
    return [indirect_cost(Operand([cost], inline, series=False), share).terms[0] for cost in base]


def paid_base(traced: TracedModel, rows: list[LedgerRow], sums: LedgerSums, k: int, head: tuple[str, int]) -> Term:
    """The base cost that a rule pays in a year: no contingency, and none of the classes that it leaves out."""
    rule, plan, column = traced.start.base.funding[k], traced.start.base, f"funding.{k + 1}.paid"
    classes = [code for code in codes_in(plan, rows)[0] if not is_in_base(rule, "", code)]
    reserve = component_name(CONTINGENCY)
    counted = (sums.table["ledger.year"] == head[1]) & (sums.table["ledger.component"] != reserve)
    parts = [f"SUMIFS({column},ledger.year,{head[0]},ledger.component,{literal('<>' + reserve)})"]
    for code in classes:
        criterion = f"ledger.class,{literal(class_name(code))}"
        parts.append(f"SUMIFS({column},ledger.year,{head[0]},ledger.component,{literal('<>' + reserve)},{criterion})")
        counted &= sums.table["ledger.class"] != class_name(code)
    return summed("-".join(parts), sums.table[column][counted])


def whole_base(sums: LedgerSums, head: tuple[str, int], partner: Term) -> Term:
    """The base cost of a year with the partner. partner : its cost in that year."""
    reserve = component_name(CONTINGENCY)
    whole = sums.total("ledger.amount", year=head)
    kept = sums.total("ledger.amount", component=(literal(reserve), reserve), year=head)
    return summed(f"{whole.text}-{kept.text}+{partner.text}", [whole.value, -kept.value, partner.value])


def summed(text: str, values: Any) -> Term:
    """A formula in brackets, with its value."""
    return Term(f"({text})", float(np.sum(values)))
