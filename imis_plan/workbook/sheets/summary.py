"""The figures a reader wants first, cost by component and kind, two charts, and the checks that the workbook makes of itself."""

from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localized
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.components import COMPONENTS
from imis_plan.sections.naming import component_name
from imis_plan.workbook.layout import OPTION
from imis_plan.workbook.ledger_columns import kind_word
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets import charts
from imis_plan.workbook.sheets.funding import funders
from imis_plan.workbook.sheets.yearly import write_sums, year_heads
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import Sums
from imis_plan.workbook.tracing import Book

HEADLINE_TOP = 5
FIRST = 1


def write(page: Page, book: Book, workbook: Any, sums: Sums) -> None:
    """Write the sheet."""
    about = book.state.base.about
    page.headline(
        localized(about.title), f"{localized(about.scheme)}, {localized(about.country)}; {book.years[0]}–{book.years[-1]}"
    )
    page.put(2, 0, _("Option in effect"), "bold")
    page.put(2, 1, Term(OPTION, book.state.option), "bold")
    bottom = write_headline(page, book, sums)
    top = bottom + 2
    components = write_table(
        page,
        book,
        sums,
        top,
        [(component_name(name), "component", component_name(name)) for name in COMPONENTS],
        _("Cost by component"),
    )
    kinds = [(kind_word(kind), "kind", kind_word(kind)) for kind in (CAPITAL, RECURRENT)]
    end = write_table(page, book, sums, components + 3, kinds, _("Capital and recurrent cost"))
    end = write_checks(page, book, end + 3, components)
    charts.write(page, book, workbook, HEADLINE_TOP - 1, (top, components, FIRST))
    page.finish({0: 60} | dict.fromkeys(range(1, FIRST + len(book.years) + 2), 19), freeze=(4, 1))
    page.sheet.fit_to_pages(1, 1)


def shape(book: Book, name: str) -> list[Any]:
    """A driver by year, as references."""
    return list(book.evaluation.values[name].terms)


def figures(book: Book, sums: Sums) -> list[tuple[str, Term, str]]:
    """The headline: what, formula, and its look or currency."""
    currency, last, count = book.state.base.about.currency, book.years[-1], len(book.years)
    total, usd, real = (sums.total(f"ledger.{name}") for name in ("amount", "usd", "real"))
    insured = shape(book, "average_insured")
    years = insured[0].text + ":" + insured[-1].text.rpartition("!")[2]
    insured_years = sum(float(term.value) for term in insured)
    recurrent = sums.total("ledger.amount", kind=(literal(kind_word(RECURRENT)), kind_word(RECURRENT)))
    after = sums.total("ledger.amount", kind=(literal(kind_word(RECURRENT)), kind_word(RECURRENT)), year=(str(last), last))
    after = Term(after.text.replace(f",{last})", ",MAX(ledger.year))"), after.value)
    gap, reserve = (
        sums.total("funding.gap"),
        sums.total("ledger.amount", component=(literal(component_name("contingency")), component_name("contingency"))),
    )
    return [
        (_("Total, nominal"), total, currency),
        (_("Total, nominal, in dollars"), usd, "USD"),
        (_("A year on average"), over(total, Term(str(count), count)), currency),
        (_("Total in money of {year}").format(year=book.years[0]), real, currency),
        (_("Present value in {year}").format(year=book.years[0]), present_value(book, sums), currency),
        (_("Cost per insured person and year"), over(total, Term(f"SUM({years})", insured_years)), f"{currency}.cents"),
        (_("Cost per insured person and year, in dollars"), over(usd, Term(f"SUM({years})", insured_years)), "USD.cents"),
        (_("Recurrent share"), over(recurrent, total), "share"),
        (_("Recurrent cost of {year}").format(year=last), after, currency),
        (_("Contingency"), reserve, currency),
        (_("Not yet funded"), gap, currency),
        (_("Not yet funded, share"), over(gap, total), "share"),
        (_("Insured at the end of {year}").format(year=last), shape(book, "insured")[-1], "count"),
        (_("Facilities in {year}").format(year=last), shape(book, "facilities")[-1], "count"),
        (_("IT posts in {year}").format(year=last), shape(book, "it_posts")[-1], "quantity"),
    ]


def over(part: Term, whole: Term) -> Term:
    """A ratio; nothing where there is nothing to divide by."""
    return Term(f"IF({whole.text}=0,0,{part.text}/{whole.text})", part.value / whole.value if whole.value else 0.0)


def present_value(book: Book, sums: Sums) -> Term:
    """Money of the first year, discounted to it."""
    rate = book.parameter("money.discount_rate").terms[0]
    text, value = [], 0.0
    for t, year in enumerate(book.years):
        real = sums.total(
            "ledger.real", year=(f"{book.parameter('time.base_year').terms[0].text}+{t}" if t else "time.base_year", year)
        )
        text.append(f"{real.text}/(1+{rate.text})^{t}" if t else real.text)
        value += real.value / (1 + float(rate.value)) ** t
    return Term("+".join(text), value)


def write_headline(page: Page, book: Book, sums: Sums) -> int:
    """Write the headline; gives its last row."""
    page.row(HEADLINE_TOP - 1, [_("In short"), ""], "head")
    row = HEADLINE_TOP
    for text, term, look in figures(book, sums):
        page.put(row, 0, text, "text")
        money, _dot, cents = look.partition(".")
        style = page.styles(look) if look in ("share", "count", "quantity") else page.styles.money(money, cents=bool(cents))
        page.put(row, 1, term, style)
        row += 1
    return row - 1


def write_table(page: Page, book: Book, sums: Sums, top: int, rows: list[tuple[str, str, str]], text: str) -> int:
    """A table of amounts by year; gives the row of its total. rows : name, column of the ledger, value there."""
    currency, last = book.state.base.about.currency, FIRST + len(book.years)
    page.put(top, 0, f"{text}, {currency}", "head")
    year_heads(page, book, top, FIRST)
    page.put(top, last, _("Total"), page.styles("year", num_format="@"))
    page.put(top, last + 1, _("share"), page.styles("year", num_format="@"))
    totals = [0.0] * (len(book.years) + 1)
    bottom = top + 1 + len(rows)
    for i, (name, column, wanted) in enumerate(rows):
        row = top + 1 + i
        page.put(row, 0, name, "text")
        at = xl_rowcol_to_cell(row, 0, col_abs=True)
        cells = [
            sums.total("ledger.amount", **{column: (at, wanted), "year": (xl_rowcol_to_cell(top, FIRST + t, row_abs=True), year)})
            for t, year in enumerate(book.years)
        ]
        cells.append(Term(f"SUM({xl_range(row, FIRST, row, last - 1)})", sum(cell.value for cell in cells)))
        page.row(row, cells, "whole", FIRST)
        totals = [a + cell.value for a, cell in zip(totals, cells, strict=True)]
        whole = sums.total("ledger.amount").value
        page.put(
            row,
            last + 1,
            over(Term(xl_rowcol_to_cell(row, last), cells[-1].value), Term(xl_rowcol_to_cell(bottom, last, row_abs=True), whole)),
            "share",
        )
    page.put(bottom, 0, _("Total"), "total_text")
    write_sums(page, bottom, FIRST, (top + 1, bottom - 1), totals, page.styles("total", num_format="#,##0"))
    return bottom


def write_checks(page: Page, book: Book, top: int, components: int) -> int:
    """What the workbook checks of itself; gives the last row."""
    page.row(top, [_("Checks"), ""], "head")
    total = xl_rowcol_to_cell(components, FIRST + len(book.years))
    paid = "+".join(f"SUM({name})" for columns in funders(book).values() for name in columns)
    checks = [
        (_("Components add up to the ledger"), f"ABS({total}-SUM(ledger.amount))<0.005"),
        (_("What funders pay and what is not yet funded add up to the ledger"), f"ABS({paid}-SUM(ledger.amount))<0.005"),
        (_("Nothing is funded twice"), "MIN(funding.gap)>=0"),
    ]
    for i, (text, condition) in enumerate(checks):
        page.put(top + 1 + i, 0, text, "wrapped")
        page.tall(top + 1 + i, {60: text})
        good, bad = _("holds"), _("does not hold")
        page.put(top + 1 + i, 1, Term(f"IF({condition},{literal(good)},{literal(bad)})", good), "good")
    return top + len(checks)
