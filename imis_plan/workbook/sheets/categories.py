"""Tables for lenders by expenditure category: base cost by year, contingencies, taxes and foreign cost, and who pays."""

from collections.abc import Callable, Sequence

import numpy as np
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.analysis.costab import CATEGORIES
from imis_plan.i18n.translate import _
from imis_plan.model.contingency import CONTINGENCY_LABELS, PRICE
from imis_plan.model.year_labels import year_label
from imis_plan.workbook.layout import TOP, title
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.funding import funders
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import WEIGHT, LedgerSums
from imis_plan.workbook.tracing import TracedModel

# Height of a row of heads with two lines.
TWO_LINES = 30
# Column of the first number; the name of the row is before it.
FIRST = 1
BASE, PHYSICAL, PRICES, TOTAL, FOREIGN, LOCAL, TAX, GROSS = range(FIRST, FIRST + 8)


def write(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums) -> None:
    """Write the sheet."""
    currency, year = traced.start.base.about.currency, traced.years[0]
    sheet.put_title(
        title("categories"),
        _("Base cost and physical contingency in {currency} of {year}, all else in nominal {currency}; net of taxes.").format(
            currency=currency, year=year_label(traced.start.base, year)
        ),
    )
    below = write_by_year(sheet, traced, sums, TOP - 1)
    below = write_all_years(sheet, sums, below + 2)
    below = write_by_financier(sheet, traced, sums, below + 2)
    last = FIRST + max(GROSS - FIRST, len(traced.years), len(funders(traced)) + 1)
    sheet.finish({0: 40} | dict.fromkeys(range(FIRST, last + 1), 18), freeze=(TOP, FIRST), head=TOP - 1)


def write_by_year(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> int:
    """Write base cost by category and year, then both contingencies and the total. Returns the last row."""
    last = FIRST + len(traced.years)
    sheet.put(top, 0, _("Project costs by expenditure category"), "head")
    write_years(sheet, traced, top, FIRST)
    sheet.put(top, last, _("Total"), sheet.styles("year", num_format="@"))
    years = [(xl_rowcol_to_cell(top, FIRST + t, row_abs=True), year) for t, year in enumerate(traced.years)]
    rows = []
    for row, text in enumerate(map(_, CATEGORIES.values()), top + 1):
        name = (xl_rowcol_to_cell(row, 0, col_abs=True), text)
        rows.append([sums.total("ledger.real", category=name, year=year) for year in years])
        write_row(sheet, row, text, rows[-1])
    end = top + 1 + len(rows)
    base = [sum(cell.value for cell in column) for column in zip(*rows, strict=True)]
    physical = [contingency_of_year(sums, year) for year in years]
    total = [sums.total("ledger.amount", year=year) for year in years]
    sheet.put(end, 0, _("Total base cost"), "total_text")
    write_sums(sheet, end, FIRST, (top + 1, end - 1), [*base, sum(base)])
    write_row(sheet, end + 1, _("Physical contingencies"), physical)
    price = [
        Term(f"{xl_rowcol_to_cell(end + 3, FIRST + t)}-SUM({xl_range(end, FIRST + t, end + 1, FIRST + t)})", value)
        for t, value in enumerate(whole.value - a - b.value for whole, a, b in zip(total, base, physical, strict=True))
    ]
    write_row(sheet, end + 2, _("Price contingencies"), price)
    write_row(sheet, end + 3, _("Total cost"), total, "total")
    return end + 3


def write_row(sheet: SheetWriter, row: int, text: str, cells: Sequence[Term], style: str = "amount") -> None:
    """Write a row of years with its sum."""
    sheet.put(row, 0, text, "total_text" if style == "total" else "text")
    span = xl_range(row, FIRST, row, FIRST + len(cells) - 1)
    sheet.put_row(row, [*cells, Term(f"SUM({span})", sum(cell.value for cell in cells))], style, FIRST)


def contingency_of_year(sums: LedgerSums, year: tuple[str, int]) -> Term:
    """Contingency of a year in prices of the first year, without the one for prices: rows without a category."""
    own, table = _(CONTINGENCY_LABELS[PRICE]), sums.table
    rows = (table["ledger.year"] == year[1]) & (table["ledger.category"] == "") & (table["ledger.line"] != own)
    text = f'SUMPRODUCT(ledger.real*(ledger.year={year[0]})*(ledger.category="")*(ledger.line<>{literal(own)}))'
    return Term(text, float(table["ledger.real"][rows].sum()))


def write_all_years(sheet: SheetWriter, sums: LedgerSums, top: int) -> int:
    """Write categories by base cost, contingencies, total, foreign and local cost and taxes. Returns the last row."""
    texts = [
        _("Base cost"), _("Physical contingencies"), _("Price contingencies"), _("Total cost"), _("Foreign"), _("Local"), _("Taxes"),
        _("Cost with taxes"),
    ]  # fmt: skip
    sheet.put(top, 0, _("All years"), "head")
    sheet.put_row(top, texts, "head_right", FIRST)
    sheet.worksheet.set_row(top, TWO_LINES)
    average = foreign_share(sums)

    def cells_of(row: int, key: str, text: str) -> list[Term]:
        """The cells of a category."""
        at = {column: xl_rowcol_to_cell(row, column) for column in range(FIRST, GROSS + 1)}
        base = sums.total("ledger.real", category=(xl_rowcol_to_cell(row, 0, col_abs=True), text))
        physical, total, tax = (
            weighted_contingency(sums, key),
            weighted(sums, key, "ledger.amount"),
            weighted(sums, key, "ledger.tax"),
        )
        foreign = foreign_cost(sums, key, text, average)
        return [
            base, physical, Term(f"{at[TOTAL]}-{at[BASE]}-{at[PHYSICAL]}", total.value - base.value - physical.value), total,
            foreign, Term(f"{at[TOTAL]}-{at[FOREIGN]}", total.value - foreign.value), tax,
            Term(f"{at[TOTAL]}+{at[TAX]}", total.value + tax.value),
        ]  # fmt: skip

    return write_table(sheet, top, cells_of)


def write_table(sheet: SheetWriter, top: int, cells_of: Callable[[int, str, str], list[Term]]) -> int:
    """Write a row for each category, then the total. Returns the last row."""
    columns: list[float] = []
    for row, (key, text) in enumerate(CATEGORIES.items(), top + 1):
        sheet.put(row, 0, _(text), "text")
        cells = cells_of(row, key, _(text))
        sheet.put_row(row, cells, "amount", FIRST)
        columns = [a + cell.value for a, cell in zip(columns or [0.0] * len(cells), cells, strict=True)]
    end = top + 1 + len(CATEGORIES)
    sheet.put(end, 0, _("Total"), "total_text")
    write_sums(sheet, end, FIRST, (top + 1, end - 1), columns)
    return end


def weighted(sums: LedgerSums, key: str, column: str) -> Term:
    """Sum of a column of the ledger or of a payer over what belongs to a category, contingency included."""
    value = float((sums.table[WEIGHT + key] * sums.table[column]).sum())
    return Term(f"SUMPRODUCT({WEIGHT}{key},{column})", value)


def weighted_contingency(sums: LedgerSums, key: str) -> Term:
    """Contingency of a category in prices of the first year, without the one for prices."""
    own, table = _(CONTINGENCY_LABELS[PRICE]), sums.table
    rows = (table["ledger.category"] == "") & (table["ledger.line"] != own)
    text = f'SUMPRODUCT({WEIGHT}{key}*ledger.real*(ledger.category="")*(ledger.line<>{literal(own)}))'
    return Term(text, float((table[WEIGHT + key] * table["ledger.real"])[rows].sum()))


def foreign_share(sums: LedgerSums) -> Term:
    """Foreign share of the whole base cost."""
    market, table = _("world market"), sums.table
    base = table["ledger.category"] != ""
    foreign = float(np.sum(table["ledger.amount"][base & (table["ledger.market"] == market)]))
    whole = float(np.sum(table["ledger.amount"][base]))
    texts = (f"SUMIFS(ledger.amount,ledger.market,{literal(market)})", 'SUMPRODUCT(ledger.amount*(ledger.category<>""))')
    return Term(f"IF({texts[1]}=0,0,{texts[0]}/{texts[1]})", foreign / whole if whole else 0.0)


def foreign_cost(sums: LedgerSums, key: str, text: str, average: Term) -> Term:
    """What a category buys on the world market, and the same share of its contingency as of the whole base cost."""
    market, table = _("world market"), sums.table
    base = sums.total("ledger.amount", category=(literal(text), text), market=(literal(market), market))
    value = float((table[WEIGHT + key] * table["ledger.amount"])[table["ledger.category"] == ""].sum())
    return Term(
        f'{base.text}+SUMPRODUCT({WEIGHT}{key}*ledger.amount*(ledger.category=""))*{average.text}',
        base.value + value * average.value,
    )


def write_by_financier(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> int:
    """Write the total cost of categories by who pays, what is not yet funded last. Returns the last row."""
    payers = funders(traced)
    sheet.put(top, 0, _("Expenditure categories by financier"), "head")
    sheet.put_row(top, [*payers, _("Total")], "head_right", FIRST)
    sheet.worksheet.set_row(top, TWO_LINES)

    def cells_of(row: int, key: str, _text: str) -> list[Term]:
        """The cells of a category."""
        parts = [[weighted(sums, key, column) for column in columns] for columns in payers.values()]
        cells = [Term("+".join(term.text for term in part), sum(term.value for term in part)) for part in parts]
        span = xl_range(row, FIRST, row, FIRST + len(payers) - 1)
        return [*cells, Term(f"SUM({span})", sum(cell.value for cell in cells))]

    return write_table(sheet, top, cells_of)
