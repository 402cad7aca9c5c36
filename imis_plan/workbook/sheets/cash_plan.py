"""The cash plan: the amounts of the first years by quarter, from the ledger and the payment profile of each line."""

from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from imis_plan.analysis.cash_plan import BASE, payments
from imis_plan.i18n.translate import _
from imis_plan.model.arrays import round_to_cents
from imis_plan.model.payment_profiles import LABELS
from imis_plan.model.year_labels import quarter_label, year_label
from imis_plan.workbook.cash import GIVEN_QUARTERS
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import TOP, title
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, KIND, LINE, LedgerRow
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.by_year import lines_by_component
from imis_plan.workbook.sheets.yearly import write_sums
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel

NAMES = (COMPONENT, LINE, FOR, KIND)
PROFILE, FIRST = 4, 5
WIDTHS = {0: 27, 1: 36, 2: 28, 3: 11, PROFILE: 32}
QUARTERS = GIVEN_QUARTERS + 1
# A year has its quarters and their sum.
WIDTH = QUARTERS + 1
# Of a row: column -> its value.
Values = dict[int, float]


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow], shares: dict[str, list[list[Term]]]) -> None:
    """Write the sheet. shares : of `paid_by_quarter`."""
    years, plan = len(next(iter(shares.values()))), traced.start.base
    sheet.put_title(
        _("Cash plan"),
        _(
            "The first years of the ledger by quarter, in nominal {currency}. The last quarter pays what is left of the year."
        ).format(currency=plan.about.currency),
    )
    write_heads(sheet, traced, TOP - 1, years)
    lines = [line for each in lines_by_component(rows).values() for line in each]
    profiles, top = payments(plan), TOP + len(lines) + 3
    places = {name: top + 1 + i for i, name in enumerate(shares)}
    base: list[tuple[tuple[str, str], Values]] = []
    totals: Values = {}
    for number, line in enumerate(lines, TOP):
        component, name, level, kind, _year = line[0].key
        names = [line[0].texts[column] for column in NAMES]
        sheet.put_row(number, names, "wrapped")
        sheet.fit_height(number, dict(zip(WIDTHS.values(), names, strict=False)))
        profile = profiles.get((component, name, level), BASE)
        sheet.put(number, PROFILE, _(LABELS[profile]), "text")
        if profile == BASE:
            paid = contingency_shares(number, (TOP, TOP + len(base) - 1), base, (level, kind), years)
        else:
            paid = profile_shares(places[profile], shares[profile])
        values = write_line(sheet, number, line[:years], paid)
        if profile != BASE:
            base.append(((component, kind), values))
        totals = {column: totals.get(column, 0.0) + value for column, value in values.items()}
    bottom = TOP + len(lines)
    sheet.put_row(bottom, [_("Total"), "", "", "", ""], "total_text")
    write_sums(sheet, bottom, FIRST, (TOP, bottom - 1), [totals[column] for column in sorted(totals)])
    write_profiles(sheet, traced, top, shares, places)
    numbers = dict.fromkeys(range(FIRST, FIRST + years * WIDTH), 14)
    sheet.finish(WIDTHS | numbers, freeze=(TOP, 2), head=TOP - 1)


def write_heads(sheet: SheetWriter, traced: TracedModel, row: int, years: int, profile: str | None = None) -> None:
    """Write the heads: names, then the quarters of each year and their sum."""
    names = [_("Component"), _("Line"), _("For"), _("Kind"), _("Payment")]
    sheet.put_row(row, names if profile is None else [profile, "", "", "", ""], "head")
    for t in range(years):
        for quarter in range(QUARTERS):
            text = quarter_label(traced.start.base, traced.years[t], quarter + 1)
            sheet.put(row, FIRST + t * WIDTH + quarter, text, "head_right")
        sheet.put(
            row,
            FIRST + t * WIDTH + QUARTERS,
            year_label(traced.start.base, traced.years[t]) if profile is None else "",
            "head_right",
        )
    sheet.worksheet.set_row(row, 30)


def profile_shares(row: int, shares: list[list[Term]]) -> list[list[Term]]:
    """References to the shares of a profile, by year."""
    return [
        [
            Term(xl_rowcol_to_cell(row, FIRST + t * WIDTH + quarter, row_abs=True), term.value, cell=True)
            for quarter, term in enumerate(year)
        ]
        for t, year in enumerate(shares)
    ]


def contingency_shares(
    number: int, span: tuple[int, int], base: list[tuple[tuple[str, str], Values]], group: tuple[str, str], years: int
) -> list[list[Term]]:
    """Shares paid of the cost that a contingency is for, by the end of each quarter; 0 where there is no such cost.

    span : first and last row of the base cost. base : component, kind and values of these rows. group : those of the contingency.
    """
    own = [values for key, values in base if key == group]
    target, kind = (xl_rowcol_to_cell(number, column, col_abs=True) for column in (2, 3))
    names = f"{xl_range_abs(span[0], 0, span[1], 0)},{target},{xl_range_abs(span[0], 3, span[1], 3)},{kind}"
    found = []
    for t in range(years):
        columns = range(FIRST + t * WIDTH, FIRST + (t + 1) * WIDTH)
        sums = [f"SUMIFS({xl_range_abs(span[0], column, span[1], column)},{names})" for column in columns]
        values = [sum(each[column] for each in own) for column in columns]
        whole = values[-1]
        found.append(
            [
                Term(
                    f"IF({sums[-1]}=0,0,({'+'.join(sums[: quarter + 1])})/{sums[-1]})",
                    sum(values[: quarter + 1]) / whole if whole else 0.0,
                )
                for quarter in range(GIVEN_QUARTERS)
            ]
        )
    return found


def write_line(sheet: SheetWriter, number: int, line: list[LedgerRow], shares: list[list[Term]]) -> Values:
    """Write a line by quarter. line, shares : by year. Returns its values by column."""
    values: Values = {}
    for t, (row, paid) in enumerate(zip(line, shares, strict=True)):
        first, amount = FIRST + t * WIDTH, row.value(AMOUNT)
        source = address(title("ledger"), row.number, AMOUNT)
        before = 0.0
        for quarter, share in enumerate(paid):
            column = first + quarter
            earlier = f"-SUM({xl_range(number, first, number, column - 1)})" if quarter else ""
            now = float(round_to_cents(amount * share.value))
            values[column] = now - before
            sheet.put(number, column, Term(f"ROUND({source}*{share.text},2){earlier}", values[column]), "amount")
            before = now
        values[first + GIVEN_QUARTERS] = amount - before
        left = f"{source}-SUM({xl_range(number, first, number, first + GIVEN_QUARTERS - 1)})"
        sheet.put(number, first + GIVEN_QUARTERS, Term(left, amount - before), "amount")
        values[first + QUARTERS] = amount
        whole = f"SUM({xl_range(number, first, number, first + GIVEN_QUARTERS)})"
        sheet.put(number, first + QUARTERS, Term(whole, amount), "amount")
    return values


def write_profiles(
    sheet: SheetWriter, traced: TracedModel, top: int, shares: dict[str, list[list[Term]]], places: dict[str, Any]
) -> None:
    """Write the shares of each payment profile: what is paid by the end of each quarter."""
    write_heads(
        sheet, traced, top, len(next(iter(shares.values()))), _("Paid by the end of the quarter, of the amount of the year")
    )
    for name, years in shares.items():
        sheet.put_row(places[name], ["", "", "", "", _(LABELS[name])], "text")
        for t, year in enumerate(years):
            sheet.put_row(places[name], year, "share", FIRST + t * WIDTH)
            sheet.put(places[name], FIRST + t * WIDTH + GIVEN_QUARTERS, 1.0, "share")
