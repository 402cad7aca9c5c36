"""The ledger, and the funding of each of its rows."""

from typing import Any

from imis_plan.analysis.costab import CATEGORIES
from imis_plan.i18n.translate import _, localized
from imis_plan.model.contingency import RISK
from imis_plan.model.year_labels import year_label
from imis_plan.workbook import ledger_columns
from imis_plan.workbook.allocation import AMOUNT_COLUMN, FIRST_PAID_COLUMN, Allocation
from imis_plan.workbook.cell_formats import year_format
from imis_plan.workbook.layout import LEDGER_TOP
from imis_plan.workbook.ledger_columns import LedgerRow
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel

WIDTHS = {
    ledger_columns.YEAR: 11, ledger_columns.COMPONENT: 25, ledger_columns.LINE: 34, ledger_columns.FOR: 24, ledger_columns.KIND: 11, ledger_columns.MARKET: 15, ledger_columns.QUANTITY: 14, ledger_columns.UNIT: 12,
    ledger_columns.UNIT_PRICE: 13, ledger_columns.CURRENCY: 9, ledger_columns.PRICE_YEAR: 7, ledger_columns.INDEX: 10, ledger_columns.RATE: 12, ledger_columns.AMOUNT: 17, ledger_columns.USD: 15,
    ledger_columns.REAL: 17, ledger_columns.TAX: 15, ledger_columns.GRADE: 10, ledger_columns.QUANTITY_GRADE: 10, ledger_columns.GFS: 36, ledger_columns.ACCOUNT: 36, ledger_columns.CATEGORY: 26, ledger_columns.RESIDUAL: 17, ledger_columns.SOURCE: 44, ledger_columns.WORKING: 90,
}  # fmt: skip
# Columns whose text continues in a second line; what is right of the taxes (grades, codes, sources) is for the screen.
WRAPPED = (ledger_columns.COMPONENT, ledger_columns.LINE, ledger_columns.FOR, ledger_columns.KIND)
LAST_PRINTED = ledger_columns.TAX
LOOKS = {
    ledger_columns.QUANTITY: "quantity", ledger_columns.UNIT_PRICE: "price", ledger_columns.INDEX: "factor", ledger_columns.RATE: "factor", ledger_columns.YEAR: "calendar",
    ledger_columns.PRICE_YEAR: "calendar", ledger_columns.AMOUNT: "amount", ledger_columns.USD: "amount", ledger_columns.REAL: "amount", ledger_columns.TAX: "amount", ledger_columns.RESIDUAL: "amount", ledger_columns.UNIT: "wrapped_after", ledger_columns.CURRENCY: "after",
    ledger_columns.GRADE: "after",
}  # fmt: skip


NUMBERS = (
    ledger_columns.QUANTITY,
    ledger_columns.UNIT_PRICE,
    ledger_columns.INDEX,
    ledger_columns.RATE,
    ledger_columns.AMOUNT,
    ledger_columns.USD,
    ledger_columns.REAL,
    ledger_columns.TAX,
    ledger_columns.RESIDUAL,
)
# Columns with a total over the rows that a filter shows, by their names in formulas.
SHOWN = {
    ledger_columns.AMOUNT: "ledger.amount",
    ledger_columns.USD: "ledger.usd",
    ledger_columns.REAL: "ledger.real",
    ledger_columns.TAX: "ledger.tax",
    ledger_columns.RESIDUAL: "ledger.residual",
}


def headings(currency: str, base_year: str) -> list[str]:
    """Headings of the ledger."""
    return [
        _("Year"), _("Component"), _("Line"), _("For"), _("Kind"), _("Market"), _("Quantity"), _("Unit"), _("Price per unit"), _("Currency"),
        _("Price year"), _("Price index"), _("Exchange rate"), _("Amount, {currency}").format(currency=currency), _("Amount, USD"),
        _("Amount in {currency}, prices of {year}").format(currency=currency, year=base_year), _("Taxes, {currency}").format(currency=currency), _("Grade of price"), _("Grade of quantity"),
        _("Economic class"), _("Account"), _("Expenditure category"), _("Residual value at the end, {currency}").format(currency=currency), _("Source of the price"), _("Calculation at export"),
    ]  # fmt: skip


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow]) -> None:
    """Write the ledger."""
    currency = traced.start.base.about.currency
    sheet.put_title(
        _("Ledger"),
        _("Amount = quantity x price x index x exchange rate, to the cent. Every total of this workbook is a sum of this sheet."),
    )
    for column, head in enumerate(headings(currency, year_label(traced.start.base, traced.years[0]))):
        sheet.put(LEDGER_TOP - 1, column, head, "head_right" if column in NUMBERS else "head")
    sheet.put(LEDGER_TOP - 2, ledger_columns.RATE, _("Rows shown"), "total_text")
    for column, name in SHOWN.items():
        total = float(sum(row.value(column) for row in rows))
        sheet.put(LEDGER_TOP - 2, column, Term(f"SUBTOTAL(109,{name})", total), "total")
    sheet.worksheet.set_row(LEDGER_TOP - 1, 30)
    years = year_styles(sheet, traced)
    looks = {column: sheet.styles("wrapped" if column in WRAPPED else LOOKS.get(column, "text")) for column in WIDTHS}
    for row in rows:
        own = {ledger_columns.YEAR: years[row.t]}
        if row.fields["line"] == RISK:
            own[ledger_columns.UNIT_PRICE] = sheet.styles("simulated")
        for column, look in (looks | own).items():
            sheet.put(row.number, column, row.cells.get(column, row.texts.get(column)), look)
        sheet.fit_height(row.number, {WIDTHS[column]: str(row.texts[column]) for column in WRAPPED})
    sheet.worksheet.autofilter(LEDGER_TOP - 1, 0, rows[-1].number, max(WIDTHS))
    sheet.finish(WIDTHS, freeze=(LEDGER_TOP, ledger_columns.KIND), head=LEDGER_TOP - 1, last=LAST_PRINTED)


def year_styles(sheet: SheetWriter, traced: TracedModel) -> list[Any]:
    """The format of each budget year, which shows it by its name."""
    return [sheet.styles("calendar", num_format=year_format(traced.start.base, year)) for year in traced.years]


def write_allocation(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow], paid: Allocation) -> None:
    """Write what each funding rule pays of each row."""
    sheet.put_title(
        sheet.name,
        _("Funding rules in their order: each applies to what the rules before it left; a cap is used up year by year."),
    )
    sheet.put_row(LEDGER_TOP - 1, [_("Year"), _("Component"), _("Line"), _("For"), _("Kind")], "head")
    sheet.put(
        LEDGER_TOP - 1, AMOUNT_COLUMN, _("Amount, {currency}").format(currency=traced.start.base.about.currency), "head_right"
    )
    widths = {0: 11, 1: 25, 2: 34, 3: 24, 4: 11, AMOUNT_COLUMN: 17}
    for k, (rule, columns) in enumerate(zip(traced.start.base.funding, paid.columns, strict=True)):
        sheet.put(LEDGER_TOP - 1, columns.paid, f"{k + 1}. {localized(rule.funder)}", "head_right")
        if columns.offered is not None and columns.offered_above is not None:
            money = cap_currency(rule, traced)
            sheet.put(
                LEDGER_TOP - 1,
                columns.offered,
                _("rule {k} without its cap, {currency}").format(k=k + 1, currency=money),
                "head_right",
            )
            sheet.put(
                LEDGER_TOP - 1,
                columns.offered_above,
                _("rule {k} in the rows above, {currency}").format(k=k + 1, currency=money),
                "head_right",
            )
    sheet.put(LEDGER_TOP - 1, paid.gap, _("not yet funded"), "head_right")
    sheet.put(LEDGER_TOP - 1, paid.tax_share, _("Taxes per unit of money"), "head_right")
    sheet.worksheet.set_row(LEDGER_TOP - 1, 45)
    years, wrapped = year_styles(sheet, traced), sheet.styles("wrapped")
    for row in rows:
        sheet.put(row.number, 0, row.texts[ledger_columns.YEAR], years[row.t])
        sheet.put_row(
            row.number,
            [
                row.texts[column]
                for column in (ledger_columns.COMPONENT, ledger_columns.LINE, ledger_columns.FOR, ledger_columns.KIND)
            ],
            wrapped,
            1,
        )
        sheet.fit_height(row.number, {WIDTHS[column]: str(row.texts[column]) for column in WRAPPED})
    for key, column in paid.weights.items():
        sheet.put(LEDGER_TOP - 1, column, _("of it: {category}").format(category=_(CATEGORIES[key])), "head_right")
    for column, cells in paid.cells.items():
        look = sheet.styles("factor" if column >= paid.tax_share else "amount")
        for number, term in cells.items():
            sheet.put(number, column, term, look)
    sheet.finish(
        widths | dict.fromkeys(range(FIRST_PAID_COLUMN, max(paid.weights.values()) + 1), 16),
        freeze=(LEDGER_TOP, FIRST_PAID_COLUMN),
        head=LEDGER_TOP - 1,
        last=paid.tax_share,
    )


def cap_currency(rule: Any, traced: TracedModel) -> str:
    """Currency of a cap: dollars, or local money."""
    return "USD" if rule.cap_currency == "USD" else traced.start.base.about.currency
