"""Taxes beside the net budget: by year, by component with foreign and local cost, and by payer: sums of the ledger."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localized
from imis_plan.model.components import COMPONENTS
from imis_plan.model.taxes import CONTINGENCY, bearer
from imis_plan.sections.naming import component_name
from imis_plan.workbook.layout import TOP
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel

# Column of the first number; the name of the row is before it.
FIRST = 1
FOREIGN, LOCAL, NET, TAX, GROSS = range(FIRST, FIRST + 5)
PART, OWN, FOR_OTHERS, OUTLAY, NOT_PAID = range(FIRST, FIRST + 5)
ZERO = Term("0", 0.0)


def write(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums) -> None:
    """Write the sheet."""
    sheet.put_title(
        _("Taxes"),
        _("Value added tax and duty, in nominal {currency}. All other amounts of this workbook are net of them.").format(
            currency=traced.start.base.about.currency
        ),
    )
    below = write_by_year(sheet, traced, sums, TOP - 1)
    below = write_by_component(sheet, sums, below + 2)
    write_by_payer(sheet, traced, sums, below + 2)
    sheet.finish(
        {0: 46} | dict.fromkeys(range(FIRST, FIRST + max(5, len(traced.years) + 1)), 20), freeze=(TOP, FIRST), head=TOP - 1
    )


def write_by_year(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> int:
    """Write net budget, taxes and both together, by year. Returns the last row."""
    last = FIRST + len(traced.years)
    sheet.put(top, 0, _("Taxes by year"), "head")
    write_years(sheet, traced, top, FIRST)
    sheet.put(top, last, _("Total"), sheet.styles("year", num_format="@"))
    columns = [0.0] * (len(traced.years) + 1)
    for row, (text, name) in enumerate({_("Net budget"): "ledger.amount", _("Taxes"): "ledger.tax"}.items(), top + 1):
        sheet.put(row, 0, text, "text")
        heads = [xl_rowcol_to_cell(top, FIRST + t, row_abs=True) for t in range(len(traced.years))]
        cells = [sums.total(name, year=(head, year)) for head, year in zip(heads, traced.years, strict=True)]
        cells.append(Term(f"SUM({xl_range(row, FIRST, row, last - 1)})", sum(cell.value for cell in cells)))
        sheet.put_row(row, cells, "amount", FIRST)
        columns = [a + cell.value for a, cell in zip(columns, cells, strict=True)]
    sheet.put(top + 3, 0, _("Budget with taxes"), "total_text")
    write_sums(sheet, top + 3, FIRST, (top + 1, top + 2), columns)
    return top + 3


def write_heads(sheet: SheetWriter, row: int, texts: Sequence[str]) -> None:
    """Write the headings of a table: what its rows are, then its columns."""
    sheet.put(row, 0, texts[0], "head")
    sheet.put_row(row, list(texts[1:]), "head_right", FIRST)


def write_by_component(sheet: SheetWriter, sums: LedgerSums, top: int) -> int:
    """Write foreign and local cost, taxes and both, by component. Returns the row of the total."""
    texts = [_("Component"), _("Foreign"), _("Local"), _("Net budget"), _("Taxes"), _("Budget with taxes")]
    write_heads(sheet, top, texts)
    first, last = top + 1, top + len(COMPONENTS)
    values = [0.0] * 5
    for row, component in enumerate(COMPONENTS, first):
        name, at = component_name(component), xl_rowcol_to_cell(row, 0, col_abs=True)
        sheet.put(row, 0, name, "text")
        net, tax = (sums.total(column, component=(at, name)) for column in ("ledger.amount", "ledger.tax"))
        foreign = contingency_part(row, first, net.value, values) if component == CONTINGENCY else foreign_cost(sums, at, name)
        local = Term(f"{xl_rowcol_to_cell(row, NET)}-{xl_rowcol_to_cell(row, FOREIGN)}", net.value - foreign.value)
        gross = Term(f"{xl_rowcol_to_cell(row, NET)}+{xl_rowcol_to_cell(row, TAX)}", net.value + tax.value)
        cells = [foreign, local, net, tax, gross]
        sheet.put_row(row, cells, "amount", FIRST)
        values = [a + cell.value for a, cell in zip(values, cells, strict=True)]
    sheet.put(last + 1, 0, _("Total"), "total_text")
    write_sums(sheet, last + 1, FIRST, (first, last), values)
    return last + 1


def foreign_cost(sums: LedgerSums, at: str, name: str) -> Term:
    """What a component buys on the world market. at : cell with its name."""
    market = _("world market")
    return sums.total("ledger.amount", component=(at, name), market=(literal(market), market))


def contingency_part(row: int, first: int, net: float, above: Sequence[float]) -> Term:
    """The foreign part of the contingency, divided as the base cost in the rows above. above : sums of their columns."""
    base, foreign = (f"SUM({xl_range(first, column, row - 1, column)})" for column in (NET, FOREIGN))
    cost = above[NET - FIRST]
    value = net * above[FOREIGN - FIRST] / cost if cost else 0.0
    return Term(f"IF({base}=0,0,{xl_rowcol_to_cell(row, NET)}*{foreign}/{base})", value)


def payers(traced: TracedModel) -> dict[str, list[tuple[str, str, str]]]:
    """Payer -> its rules and those whose taxes it bears: name of the column of payments, its funder, its bearer; the gap last."""
    rules = [(f"funding.{k + 1}.paid", localized(rule.funder), bearer(rule)) for k, rule in enumerate(traced.start.base.funding)]
    gap = _("not yet funded")
    rules.append(("funding.gap", gap, gap))
    names = dict.fromkeys([*(rule[1] for rule in rules[:-1]), *(rule[2] for rule in rules[:-1]), gap])
    return {name: [rule for rule in rules if name in rule[1:]] for name in names}


def write_by_payer(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> None:
    """Write what each payer pays: its part of the net budget, taxes on it, taxes for exempt funders."""
    texts = [_("Who bears the taxes"), _("Net budget"), _("Taxes on its own part"), _("Taxes for exempt funders"), _("To pay in all"),
             _("Taxes that others bear")]  # fmt: skip
    write_heads(sheet, top, texts)
    values = [0.0] * 5
    table = payers(traced)
    for row, (name, rules) in enumerate(table.items(), top + 1):
        sheet.put(row, 0, name, "text")
        net = added([sums.total(column) for column, funder, _bearer in rules if funder == name])
        own = added([tax_on(sums, column) for column, funder, who in rules if funder == name == who])
        others = added([tax_on(sums, column) for column, funder, who in rules if funder != name == who])
        not_paid = added([tax_on(sums, column) for column, funder, who in rules if funder == name != who])
        outlay = Term(f"SUM({xl_range(row, PART, row, FOR_OTHERS)})", net.value + own.value + others.value)
        cells = [net, own, others, outlay, not_paid]
        sheet.put_row(row, cells, "amount", FIRST)
        values = [a + cell.value for a, cell in zip(values, cells, strict=True)]
    sheet.put(top + 1 + len(table), 0, _("Total"), "total_text")
    write_sums(sheet, top + 1 + len(table), FIRST, (top + 1, top + len(table)), values)


def tax_on(sums: LedgerSums, column: str) -> Term:
    """The taxes on all payments of a rule."""
    value = float((sums.table[column] * sums.table["funding.tax_share"]).sum())
    return Term(f"SUMPRODUCT({column},funding.tax_share)", value)


def added(terms: Sequence[Term]) -> Term:
    """The sum of some cells or formulas, 0 of none."""
    return Term("+".join(term.text for term in terms), sum(term.value for term in terms)) if terms else ZERO
