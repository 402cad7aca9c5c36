"""The rules of funding, what each funder pays by year, and what nobody pays yet, by component."""

from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localized
from imis_plan.model.components import COMPONENTS
from imis_plan.sections.naming import component_name
from imis_plan.workbook.grid import address
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets.ledger import cap_currency
from imis_plan.workbook.sheets.yearly import write_sums, year_heads
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import Sums
from imis_plan.workbook.tracing import Book

RULES_TOP = 5
SHARE, OWN_SHARE, SHARE_SAID, CAP, OWN_CAP, CAP_SAID = range(3, 9)
FIRST = 3
HEADS = 10


def rule_row(k: int) -> int:
    """Row of a rule."""
    return RULES_TOP + k


def write(page: Page, book: Book, workbook: Any, sums: Sums) -> None:
    """Write the sheet."""
    rules = book.state.base.funding
    page.headline(
        _("Funding"), _("Who pays, by the rules below in their order. Shares and caps can be changed in the yellow cells.")
    )
    page.row(
        RULES_TOP - 1,
        [
            _("Rule"), _("Funder"), _("Pays for"), _("Share in effect"), _("Your share"), _("Share in the scenario"), _("Cap in effect"),
            _("Your cap"), _("Cap in the scenario"), _("Currency of the cap"), _("Years"), _("Note"),
        ],
        "head",
    )  # fmt: skip
    page.sheet.set_row(RULES_TOP - 1, 30)
    for k, rule in enumerate(rules):
        write_rule(page, book, k, rule, workbook)
    top = rule_row(len(rules)) + 2
    top = write_funders(page, book, sums, top)
    write_gap(page, book, sums, top + 2)
    widths = {0: 8, 1: 38, 2: 46} | dict.fromkeys(range(SHARE, max(HEADS, FIRST + len(book.years)) + 1), 18) | {11: 60}
    page.finish(widths, freeze=(2, 2))


def write_rule(page: Page, book: Book, k: int, rule: Any, workbook: Any) -> None:
    """A rule, with cells for another share and another cap."""
    row = rule_row(k)
    years = _("all years") if rule.years == "all" else ", ".join(map(str, rule.years))
    page.put(row, 0, k + 1, "calendar")
    page.row(row, [localized(rule.funder), scope(rule)], "wrapped", 1)
    page.tall(row, {38: localized(rule.funder), 46: scope(rule), 60: localized(rule.note) if rule.note else ""})
    quantity(page, workbook, row, SHARE, f"funding.{k + 1}.share", rule.share, (0, 1))
    if rule.cap is not None:
        quantity(page, workbook, row, CAP, f"funding.{k + 1}.cap", rule.cap, (0, 1e15))
    page.row(
        row,
        [cap_currency(rule, book) if rule.cap is not None else "", years, localized(rule.note) if rule.note else ""],
        "wrapped_after",
        CAP_SAID + 1,
    )


def quantity(page: Page, workbook: Any, row: int, column: int, name: str, value: float, limits: tuple[float, float]) -> None:
    """A figure of a rule: in effect, the user's, the scenario's."""
    own, said_ = (xl_rowcol_to_cell(row, column + i) for i in (1, 2))
    look = "#,##0" if limits[1] > 1 else "0.0%"
    page.put(row, column, Term(f"IF(ISBLANK({own}),{said_},{own})", value), page.styles("bold", num_format=look))
    page.put(row, column + 1, None, page.styles("input", num_format=look))
    page.put(row, column + 2, value, page.styles("number", num_format=look))
    workbook.define_name(name, f"={address(page.name, row, column, fixed=True)}")
    text = _("Give a number from {low} to {high}.").format(low=f"{limits[0]:g}", high=f"{limits[1]:g}")
    page.sheet.data_validation(
        row, column + 1, row, column + 1,
        {"validate": "decimal", "criteria": "between", "minimum": limits[0], "maximum": limits[1], "error_message": text},
    )  # fmt: skip


def scope(rule: Any) -> str:
    """What a rule pays for, in words."""
    components = _("all components") if rule.components == "all" else ", ".join(component_name(name) for name in rule.components)
    parts = [components, *(rule.lines or ())]
    return "; ".join([*parts, *([rule.kind] if rule.kind else [])])


def funders(book: Book) -> dict[str, list[str]]:
    """Funder -> names of the columns of what its rules pay, the gap last."""
    found: dict[str, list[str]] = {}
    for k, rule in enumerate(book.state.base.funding):
        found.setdefault(localized(rule.funder), []).append(f"funding.{k + 1}.paid")
    return found | {_("not yet funded"): ["funding.gap"]}


def heads(page: Page, book: Book, row: int, text: str) -> None:
    """Heads of a table by year."""
    page.row(row, ["", text, ""], "head")
    year_heads(page, book, row, FIRST)
    page.put(row, FIRST + len(book.years), _("Total"), page.styles("year", num_format="@"))


def write_funders(page: Page, book: Book, sums: Sums, top: int) -> int:
    """What each funder pays by year, with a chart; gives the row of the total."""
    heads(page, book, top, _("Who pays, {currency}").format(currency=book.state.base.about.currency))
    table = funders(book)
    for i, (name, columns) in enumerate(table.items()):
        row = top + 1 + i
        page.row(row, ["", name, ""], "text")
        cells = [by_year(sums, columns, column, top, year) for column, year in enumerate(book.years)]
        write_years(page, row, cells)
    bottom = top + 1 + len(table)
    write_bottom(page, sums, book, (top + 1, bottom - 1))
    return bottom


def by_year(sums: Sums, columns: list[str], column: int, head: int, year: int) -> Term:
    """What some rules pay in a year."""
    at = xl_rowcol_to_cell(head, FIRST + column, row_abs=True)
    parts = [sums.total(name, year=(at, year)) for name in columns]
    return Term("+".join(part.text for part in parts), sum(part.value for part in parts))


def write_years(page: Page, row: int, cells: list[Term], style: str = "amount") -> None:
    """Amounts by year with their total."""
    page.row(row, cells, style, FIRST)
    span = xl_range(row, FIRST, row, FIRST + len(cells) - 1)
    page.put(row, FIRST + len(cells), Term(f"SUM({span})", sum(cell.value for cell in cells)), style)


def write_bottom(page: Page, sums: Sums, book: Book, rows: tuple[int, int]) -> None:
    """Sums of a table by year."""
    page.row(rows[1] + 1, ["", _("Total"), ""], "total_text")
    paid = [sums.total("ledger.amount", year=("", year)).value for year in book.years]
    write_sums(page, rows[1] + 1, FIRST, rows, [*paid, sum(paid)])


def write_gap(page: Page, book: Book, sums: Sums, top: int) -> None:
    """What nobody pays yet, by component and year."""
    heads(page, book, top, _("Not yet funded, {currency}").format(currency=book.state.base.about.currency))
    for i, component in enumerate(COMPONENTS):
        row = top + 1 + i
        page.row(row, ["", component_name(component), ""], "text")
        cells = []
        for t, year in enumerate(book.years):
            at, name = xl_rowcol_to_cell(top, FIRST + t, row_abs=True), xl_rowcol_to_cell(row, 1, col_abs=True)
            cells.append(sums.total("funding.gap", component=(name, component_name(component)), year=(at, year)))
        write_years(page, row, cells)
    bottom = top + 1 + len(COMPONENTS)
    page.row(bottom, ["", _("Total"), ""], "total_text")
    gaps = [sums.total("funding.gap", year=(literal(""), year)).value for year in book.years]
    write_sums(page, bottom, FIRST, (top + 1, bottom - 1), [*gaps, sum(gaps)])
