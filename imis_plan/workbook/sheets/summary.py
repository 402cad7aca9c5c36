"""The key figures, cost by component and kind, two charts, and the checks of the workbook."""

from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.formats import join_with_semicolons
from imis_plan.i18n.plan_status import status_in_words
from imis_plan.i18n.translate import _, localized
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.components import COMPONENTS
from imis_plan.model.exchange_rates import GIVEN
from imis_plan.model.funding import is_proposed
from imis_plan.model.year_labels import year_label
from imis_plan.sections import draft
from imis_plan.sections.naming import component_name
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import FIRST_NUMBER, OPTION, title
from imis_plan.workbook.ledger_columns import kind_label
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets import charts
from imis_plan.workbook.sheets.funding import funders
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel

HEADLINE_TOP = 5
FIRST = 1


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any, sums: LedgerSums, with_support: Term) -> None:
    """Write the sheet. with_support : the total with project support."""
    base = traced.start.base
    about = base.about
    sheet.put_title(
        draft.title(traced.start.base),
        join_with_semicolons(
            [
                f"{localized(about.scheme)}, {localized(about.country)}",
                f"{year_label(base, traced.years[0])}–{year_label(base, traced.years[-1])}",
                status_in_words(traced.start.plan),
            ]
        ),
    )
    sheet.put(2, 0, _("Option in effect"), "bold")
    sheet.put(2, 1, Term(OPTION, traced.start.option), "bold")
    bottom = write_headline(sheet, [*headline_figures(traced, sums), support_figure(traced, with_support)])
    top = bottom + 2
    components = write_table(
        sheet,
        traced,
        sums,
        top,
        [(component_name(name), "component", component_name(name)) for name in COMPONENTS],
        _("Cost by component"),
    )
    price_kinds = [(kind_label(kind), "kind", kind_label(kind)) for kind in (CAPITAL, RECURRENT)]
    end = write_table(sheet, traced, sums, components + 3, price_kinds, _("Capital and recurrent cost"))
    end = write_checks(sheet, traced, end + 3, components)
    charts.write(sheet, traced, workbook, HEADLINE_TOP - 1, (top, components, FIRST))
    sheet.finish({0: 60} | dict.fromkeys(range(1, FIRST + len(traced.years) + 2), 19), freeze=(4, 1))
    sheet.worksheet.fit_to_pages(1, 1)


def driver_terms(traced: TracedModel, name: str) -> list[Any]:
    """A driver by year, as references."""
    return list(traced.evaluation.values[name].terms)


def headline_figures(traced: TracedModel, sums: LedgerSums) -> list[tuple[str, Term, str]]:
    """Key figures: label, formula, and format or currency."""
    currency, last, count = traced.start.base.about.currency, traced.years[-1], len(traced.years)
    total, usd, real = (sums.total(f"ledger.{name}") for name in ("amount", "usd", "real"))
    first, last_name = (year_label(traced.start.base, year) for year in (traced.years[0], last))
    insured = driver_terms(traced, "average_insured")
    years = insured[0].text + ":" + insured[-1].text.rpartition("!")[2]
    insured_years = sum(float(term.value) for term in insured)
    recurrent = sums.total("ledger.amount", kind=(literal(kind_label(RECURRENT)), kind_label(RECURRENT)))
    after = sums.total("ledger.amount", kind=(literal(kind_label(RECURRENT)), kind_label(RECURRENT)), year=(str(last), last))
    after = Term(after.text.replace(f",{last})", ",MAX(ledger.year))"), after.value)
    gap, contingency = (
        sums.total("funding.gap"),
        sums.total("ledger.amount", component=(literal(component_name("contingency")), component_name("contingency"))),
    )
    proposed = is_proposed(traced.start.base)
    return [
        (_("Total, nominal"), total, currency),
        (_("Total, nominal, in US dollars"), usd, "USD"),
        (_("Annual average"), ratio(total, Term(str(count), count)), currency),
        (_("Total in prices of {year}").format(year=first), real, currency),
        (_("Present value in {year}").format(year=first), present_value(traced, sums), currency),
        (_("Cost per insured person and year"), ratio(total, Term(f"SUM({years})", insured_years)), f"{currency}.cents"),
        (_("Cost per insured person and year, in US dollars"), ratio(usd, Term(f"SUM({years})", insured_years)), "USD.cents"),
        (_("Recurrent share"), ratio(recurrent, total), "share"),
        (_("Recurrent cost of {year}").format(year=last_name), after, currency),
        (_("Contingency"), contingency, currency),
        (_("Funding gap if the proposal is agreed (not decided)") if proposed else _("Not yet funded"), gap, currency),
        (
            _("Funding gap if the proposal is agreed (not decided), share of total") if proposed else _("Not yet funded, share"),
            ratio(gap, total),
            "share",
        ),
        (_("Insured at the end of {year}").format(year=last_name), driver_terms(traced, "insured")[-1], "count"),
        (_("Facilities in {year}").format(year=last_name), driver_terms(traced, "facilities")[-1], "count"),
        (_("IT posts in {year}").format(year=last_name), driver_terms(traced, "it_posts")[-1], "quantity"),
        (_("Residual value of equipment at the end (memo, not deducted)"), sums.total("ledger.residual"), currency),
    ]


def ratio(part: Term, whole: Term) -> Term:
    """A ratio; 0 where the divisor is 0."""
    return Term(f"IF({whole.text}=0,0,{part.text}/{whole.text})", part.value / whole.value if whole.value else 0.0)


def present_value(traced: TracedModel, sums: LedgerSums) -> Term:
    """Present value: real amounts discounted to the first year."""
    rate = traced.parameter("money.discount_rate").terms[0]
    text, value = [], 0.0
    for t, year in enumerate(traced.years):
        real = sums.total(
            "ledger.real", year=(f"{traced.parameter('time.base_year').terms[0].text}+{t}" if t else "time.base_year", year)
        )
        text.append(f"{real.text}/(1+{rate.text})^{t}" if t else real.text)
        value += real.value / (1 + float(rate.value)) ** t
    return Term("+".join(text), value)


def support_figure(traced: TracedModel, with_support: Term) -> tuple[str, Term, str]:
    """The total with project support, as a key figure beside the budget."""
    return _("Total with project support (not in the budget)"), with_support, traced.start.base.about.currency


def write_headline(sheet: SheetWriter, figures: list[tuple[str, Term, str]]) -> int:
    """Write the key figures: label, formula, format. Returns the last row."""
    sheet.put_row(HEADLINE_TOP - 1, [_("In short"), ""], "head")
    row = HEADLINE_TOP
    for text, term, format_name in figures:
        sheet.put(row, 0, text, "text")
        money, _dot, cents = format_name.partition(".")
        style = (
            sheet.styles(format_name)
            if format_name in ("share", "count", "quantity")
            else sheet.styles.money(money, cents=bool(cents))
        )
        sheet.put(row, 1, term, style)
        row += 1
    return row - 1


def write_table(
    sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int, rows: list[tuple[str, str, str]], text: str
) -> int:
    """Write a table of amounts by year. Returns the row of its total. rows : name, column of the ledger, value there."""
    currency, last = traced.start.base.about.currency, FIRST + len(traced.years)
    sheet.put(top, 0, f"{text}, {currency}", "head")
    write_years(sheet, traced, top, FIRST)
    sheet.put(top, last, _("Total"), sheet.styles("year", num_format="@"))
    sheet.put(top, last + 1, _("share"), sheet.styles("year", num_format="@"))
    totals = [0.0] * (len(traced.years) + 1)
    bottom = top + 1 + len(rows)
    for i, (name, column, wanted) in enumerate(rows):
        row = top + 1 + i
        sheet.put(row, 0, name, "text")
        at = xl_rowcol_to_cell(row, 0, col_abs=True)
        cells = [
            sums.total("ledger.amount", **{column: (at, wanted), "year": (xl_rowcol_to_cell(top, FIRST + t, row_abs=True), year)})
            for t, year in enumerate(traced.years)
        ]
        cells.append(Term(f"SUM({xl_range(row, FIRST, row, last - 1)})", sum(cell.value for cell in cells)))
        sheet.put_row(row, cells, "whole", FIRST)
        totals = [a + cell.value for a, cell in zip(totals, cells, strict=True)]
        whole = sums.total("ledger.amount").value
        sheet.put(
            row,
            last + 1,
            ratio(
                Term(xl_rowcol_to_cell(row, last), cells[-1].value), Term(xl_rowcol_to_cell(bottom, last, row_abs=True), whole)
            ),
            "share",
        )
    sheet.put(bottom, 0, _("Total"), "total_text")
    write_sums(sheet, bottom, FIRST, (top + 1, bottom - 1), totals, sheet.styles("total", num_format="#,##0"))
    return bottom


def rates_check(traced: TracedModel) -> list[tuple[str, str]]:
    """The check that rates are typed where exchange rates are as given and the scenario gives none; none where it cannot fail."""
    path, rates = (traced.parameter_cells.get(f"money.{name}") for name in ("exchange_path", "exchange_rate_path"))
    options = traced.start.variants.values()
    given = rates is not None and (rates.parameter.layer != "defaults" or any(rates.parameter.path in each for each in options))
    if path is None or path.in_effect is None or rates is None or rates.block is None or given:
        return []
    row, last = rates.block.top + 2, FIRST_NUMBER + len(rates.block.labels) - 1
    first = address(title("by_year_inputs"), row, FIRST_NUMBER, fixed=True)
    typed = f"COUNT({first}:{xl_rowcol_to_cell(row, last, row_abs=True, col_abs=True)})={len(rates.block.labels)}"
    text = _("A rate of each year is typed into money.exchange_rate_path, if money.exchange_path is “{given}”").format(
        given=GIVEN
    )
    return [(text, f"OR({path.name}<>{literal(GIVEN)},{typed})")]


def write_checks(sheet: SheetWriter, traced: TracedModel, top: int, components: int) -> int:
    """Write the checks of the workbook. Returns the last row."""
    sheet.put_row(top, [_("Checks"), ""], "head")
    total = xl_rowcol_to_cell(components, FIRST + len(traced.years))
    paid = "+".join(f"SUM({name})" for columns in funders(traced).values() for name in columns)
    checks = [
        (_("Components add up to the ledger"), f"ABS({total}-SUM(ledger.amount))<0.005"),
        (_("What funders pay and what is not yet funded add up to the ledger"), f"ABS({paid}-SUM(ledger.amount))<0.005"),
        (_("Nothing is funded twice"), "MIN(funding.gap)>=0"),
        *rates_check(traced),
    ]
    for i, (text, condition) in enumerate(checks):
        sheet.put(top + 1 + i, 0, text, "wrapped")
        sheet.fit_height(top + 1 + i, {60: text})
        good, bad = _("passed"), _("failed")
        sheet.put(top + 1 + i, 1, Term(f"IF({condition},{literal(good)},{literal(bad)})", good), "good")
    return top + len(checks)
