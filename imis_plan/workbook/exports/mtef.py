"""The financing plan of a medium-term expenditure framework: code, account and payer by period, taxes beside it."""

from collections.abc import Callable, Sequence

import pandas as pd
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.analysis import financing_plan as views
from imis_plan.i18n.translate import _
from imis_plan.model.funding import GAP
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.line_attributes import ASSETS, EXPENSE, is_capital, line_catalogue
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.exports.form_sheet import TOP, FormSheet, form, origin
from imis_plan.workbook.term import Term

# Code, its title, account, its title, payer.
TEXTS = 5
WIDTHS = {0: 11, 1: 44, 2: 20, 3: 44, 4: 34}
# Columns with text that may be longer than the column.
LONG = (1, 3, 4)


def mtef(plan: Plan, ledger: pd.DataFrame, budget_year: int) -> bytes:
    """The form as the bytes of an .xlsx file, in the current language. budget_year : a year of the plan."""

    def fill(add: Callable[[str], FormSheet]) -> None:
        """Write its sheets."""
        write_plan(add(_("Financing plan")), plan, ledger, budget_year)
        write_payers(add(_("By funder")), plan, ledger, budget_year)

    return form(plan, _("Financing plan"), fill)


def shown_periods(plan: Plan, budget_year: int) -> dict[str, list[int]]:
    """The periods of a form: the baseline always, the others where the plan has years in them."""
    return {name: years for name, years in views.periods(plan, budget_year).items() if years or name == views.BASELINE}


def period_name(plan: Plan, name: str, years: list[int], budget_year: int) -> str:
    """Heading of a period."""
    first, last = (year_label(plan, year) for year in ((years[0], years[-1]) if years else (budget_year - 1,) * 2))
    span = first if first == last else f"{first}–{last}"
    texts = {
        views.EARLIER: _("Earlier years, {year}"),
        views.BASELINE: _("Baseline, {year}"),
        views.BUDGET: _("Budget year, {year}"),
        views.OUTER_1: _("First outer year, {year}"),
        views.OUTER_2: _("Second outer year, {year}"),
        views.LATER: _("Later years, {year}"),
    }
    return texts[name].format(year=span)


def write_plan(sheet: FormSheet, plan: Plan, ledger: pd.DataFrame, budget_year: int) -> None:
    """Write the plan by economic code: current, then capital expenditure, the total, and the taxes beside it."""
    years = shown_periods(plan, budget_year)
    table = views.by_period(views.by_code_and_payer(plan, ledger), years)
    sheet.put_title(_("Financing plan by fiscal year"), origin(plan))
    if not years[views.BASELINE]:
        sheet.put(2, 0, _("The plan begins with the budget year: the ministry fills in its baseline."), "subtitle")
    heads = [_("Economic code"), _("Title"), _("Account"), _("Title of the account"), _("Funder")]
    periods = [period_name(plan, name, each, budget_year) for name, each in years.items()]
    sheet.put_heads(TOP, [*heads, *periods, _("Whole plan")], len(periods) + 1)
    number, totals = TOP + 1, []
    for text, capital in ((_("Current expenditure"), False), (_("Capital expenditure"), True)):
        rows = table.loc[[is_capital(code) == capital for code, *_rest in table.index]]
        first = number
        for key, values in rows.iterrows():
            write_code(sheet, plan, number, key, values, years)
            number += 1
        sums = [*rows.sum(), float(rows.to_numpy().sum())]
        sheet.put_sums(number, [text, "", "", "", ""], (first, number - 1), sums, to_fill=not years[views.BASELINE])
        totals.append((number, sums))
        number += 1
    write_totals(sheet, ledger, number, totals, years)
    sheet.codes(0)
    sheet.codes(2)
    sheet.finish(WIDTHS | dict.fromkeys(range(TEXTS, TEXTS + len(years) + 1), 18), freeze=(TOP + 1, 2), head=TOP)


def write_code(
    sheet: FormSheet, plan: Plan, row: int, key: tuple[str, str, str], values: pd.Series, years: dict[str, list[int]]
) -> None:
    """Write what a payer pays of a code, and the sum of its periods."""
    code, account, payer = key
    titles = {each.code: each.title for each in plan.chart.accounts}
    texts = [code, code_title(code), account or _("no account yet"), titles.get(account, ""), funder_name(payer)]
    cells = [float(value) if years[str(name)] else None for name, value in values.items()]
    sheet.put_numbers(row, texts, [*cells, whole_plan(row, TEXTS, cells)])
    # The longest text sets the height last.
    for column in sorted(LONG, key=lambda column: len(texts[column]) / WIDTHS[column]):
        sheet.put(row, column, texts[column], "wrapped")
        sheet.fit_height(row, {WIDTHS[column]: texts[column]})


def whole_plan(row: int, first: int, cells: Sequence[float | None]) -> Term:
    """The formula of the sum of a row, without a baseline that is no year of the plan. first : column of the first period."""
    start = first + (cells[0] is None)
    return Term(f"SUM({xl_range(row, start, row, first + len(cells) - 1)})", sum(cell or 0.0 for cell in cells))


def code_title(code: str) -> str:
    """Title of an economic class; the heads have contingency only."""
    if code in (EXPENSE, ASSETS):
        return _("Contingency, not allocated to a class")
    return _(line_catalogue().classes[code].title)


def funder_name(payer: str) -> str:
    """Name of a payer; the gap is one."""
    return _("not yet funded") if payer == GAP else payer


def write_totals(
    sheet: FormSheet, ledger: pd.DataFrame, row: int, totals: list[tuple[int, list[float]]], years: dict[str, list[int]]
) -> None:
    """Write the total of current and capital expenditure, and below it the taxes, which are in no amount above."""
    columns = range(TEXTS, TEXTS + len(years) + 1)
    both = [
        Term("+".join(xl_rowcol_to_cell(each, column) for each, _values in totals), sum(values[i] for _row, values in totals))
        for i, column in enumerate(columns)
    ]
    sheet.put_numbers(row, [_("Total"), "", "", "", ""], both, "total")
    if not years[views.BASELINE]:
        sheet.put_to_fill(row, TEXTS, both[0])
    taxes = views.by_period(views.taxes_by_year(ledger).to_frame().T, years).iloc[0]
    text = _("Taxes and duties on the total, in no amount above")
    cells = [float(value) if years[str(name)] else None for name, value in taxes.items()]
    sheet.put_numbers(row + 1, [text, "", "", "", ""], [*cells, whole_plan(row + 1, TEXTS, cells)])


def write_payers(sheet: FormSheet, plan: Plan, ledger: pd.DataFrame, budget_year: int) -> None:
    """Write what each payer pays by period, and the taxes that each bears."""
    years, rows = shown_periods(plan, budget_year), views.payments_with_codes(plan, ledger)
    sheet.put_title(_("Financing plan by funder"), origin(plan))
    periods = [period_name(plan, name, each, budget_year) for name, each in years.items()]
    top = TOP
    tables = {"funder": ("amount", _("Funder")), "bearer": ("tax", _("Who bears the taxes"))}
    for column, (value, text) in tables.items():
        sheet.put_heads(top, [text, *periods, _("Whole plan")], len(periods) + 1)
        table = rows.pivot_table(index=column, columns="year", values=value, aggfunc="sum", fill_value=0.0, sort=False)
        table = views.by_period(table.reindex(columns=sorted(set(ledger["year"])), fill_value=0.0), years)
        for number, (name, values) in enumerate(table.iterrows(), top + 1):
            cells = [float(each) if years[str(period)] else None for period, each in values.items()]
            sheet.put_numbers(number, [funder_name(str(name))], [*cells, whole_plan(number, 1, cells)])
        end = top + 1 + len(table)
        sums = [*table.sum(), float(table.to_numpy().sum())]
        sheet.put_sums(end, [_("Total")], (top + 1, end - 1), sums, to_fill=not years[views.BASELINE])
        top = end + 2
    sheet.finish({0: 46} | dict.fromkeys(range(1, len(years) + 2), 18), freeze=(TOP + 1, 1), head=TOP)
