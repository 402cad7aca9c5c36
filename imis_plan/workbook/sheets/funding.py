"""The funding rules, what each funder pays by year, and what is not yet funded, by component."""

from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from imis_plan.i18n.translate import _, localized
from imis_plan.model.components import COMPONENTS
from imis_plan.model.year_labels import year_label
from imis_plan.sections.naming import component_name
from imis_plan.workbook.grid import address
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.ledger import cap_currency
from imis_plan.workbook.sheets.yearly import write_sums, write_years
from imis_plan.workbook.term import Term, literal
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel

RULES_TOP = 5
SHARE, USER_SHARE, SCENARIO_SHARE, CAP, USER_CAP, SCENARIO_CAP = range(3, 9)
FIRST = 3
HEADS = 10


def rule_row(k: int) -> int:
    """Row of a rule."""
    return RULES_TOP + k


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any, sums: LedgerSums) -> None:
    """Write the sheet."""
    rules = traced.start.base.funding
    sheet.put_title(
        _("Funding"), _("Who pays, by the rules below in their order. Shares and caps can be changed in the yellow cells.")
    )
    sheet.put_row(
        RULES_TOP - 1,
        [
            _("Rule"), _("Funder"), _("Pays for"), _("Share in effect"), _("Your share"), _("Share in the scenario"), _("Cap in effect"),
            _("Your cap"), _("Cap in the scenario"), _("Currency of the cap"), _("Years"), _("Note"),
        ],
        "head",
    )  # fmt: skip
    sheet.worksheet.set_row(RULES_TOP - 1, 30)
    for k, rule in enumerate(rules):
        write_rule(sheet, traced, k, rule, workbook)
    top = rule_row(len(rules)) + 2
    top = write_funders(sheet, traced, sums, top)
    write_gap(sheet, traced, sums, top + 2)
    widths = {0: 6, 1: 34, 2: 44} | dict.fromkeys(range(SHARE, max(HEADS, FIRST + len(traced.years)) + 1), 17) | {11: 46}
    sheet.finish(widths, freeze=(2, 2))


def write_rule(sheet: SheetWriter, traced: TracedModel, k: int, rule: Any, workbook: Any) -> None:
    """Write a rule, with input cells for share and cap."""
    row = rule_row(k)
    years = _("all years") if rule.years == "all" else ", ".join(year_label(traced.start.base, year) for year in rule.years)
    sheet.put(row, 0, k + 1, "calendar")
    sheet.put_name(row, 1, localized(rule.funder), "wrapped")
    sheet.put(row, 2, scope(rule), "wrapped")
    sheet.fit_height(row, {34: localized(rule.funder), 44: scope(rule), 46: localized(rule.note) if rule.note else ""})
    write_limit(sheet, workbook, row, SHARE, f"funding.{k + 1}.share", rule.share, (0, 1))
    if rule.cap is not None:
        write_limit(sheet, workbook, row, CAP, f"funding.{k + 1}.cap", rule.cap, (0, 1e15))
    sheet.put_row(
        row,
        [cap_currency(rule, traced) if rule.cap is not None else "", years, localized(rule.note) if rule.note else ""],
        "wrapped_after",
        SCENARIO_CAP + 1,
    )


def write_limit(
    sheet: SheetWriter, workbook: Any, row: int, column: int, name: str, value: float, limits: tuple[float, float]
) -> None:
    """Write the share or cap of a rule: in effect, the user's, the scenario's."""
    user_cell, scenario_cell = (xl_rowcol_to_cell(row, column + i) for i in (1, 2))
    look = "#,##0" if limits[1] > 1 else "0.0%"
    sheet.put(
        row, column, Term(f"IF(ISBLANK({user_cell}),{scenario_cell},{user_cell})", value), sheet.styles("bold", num_format=look)
    )
    sheet.put(row, column + 1, None, sheet.styles("input", num_format=look))
    sheet.put(row, column + 2, value, sheet.styles("number", num_format=look))
    workbook.define_name(name, f"={address(sheet.name, row, column, fixed=True)}")
    text = _("Give a number from {low} to {high}.").format(low=f"{limits[0]:g}", high=f"{limits[1]:g}")
    sheet.worksheet.data_validation(
        row, column + 1, row, column + 1,
        {"validate": "decimal", "criteria": "between", "minimum": limits[0], "maximum": limits[1], "error_message": text},
    )  # fmt: skip


def scope(rule: Any) -> str:
    """What a rule pays for, in words."""
    components = _("all components") if rule.components == "all" else ", ".join(component_name(name) for name in rule.components)
    parts = [components, *(rule.lines or ())]
    return "; ".join([*parts, *([rule.kind] if rule.kind else [])])


def funders(traced: TracedModel) -> dict[str, list[str]]:
    """Funder -> names of the columns of what its rules pay; the gap last."""
    found: dict[str, list[str]] = {}
    for k, rule in enumerate(traced.start.base.funding):
        found.setdefault(localized(rule.funder), []).append(f"funding.{k + 1}.paid")
    return found | {_("not yet funded"): ["funding.gap"]}


def write_headings(sheet: SheetWriter, traced: TracedModel, row: int, text: str) -> None:
    """Write the headings of a table by year."""
    sheet.put_row(row, ["", text, ""], "head")
    write_years(sheet, traced, row, FIRST)
    sheet.put(row, FIRST + len(traced.years), _("Total"), sheet.styles("year", num_format="@"))


def write_funders(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> int:
    """Write what each funder pays by year. Returns the row of the total."""
    write_headings(sheet, traced, top, _("Who pays, {currency}").format(currency=traced.start.base.about.currency))
    table = funders(traced)
    for i, (name, columns) in enumerate(table.items()):
        row = top + 1 + i
        sheet.put_row(row, ["", name, ""], "text")
        cells = [payments(sums, columns, column, top, year) for column, year in enumerate(traced.years)]
        write_amounts(sheet, row, cells)
    bottom = top + 1 + len(table)
    write_totals(sheet, sums, traced, (top + 1, bottom - 1))
    return bottom


def payments(sums: LedgerSums, columns: list[str], column: int, head: int, year: int) -> Term:
    """What some rules pay in a year."""
    at = xl_rowcol_to_cell(head, FIRST + column, row_abs=True)
    parts = [sums.total(name, year=(at, year)) for name in columns]
    return Term("+".join(part.text for part in parts), sum(part.value for part in parts))


def write_amounts(sheet: SheetWriter, row: int, cells: list[Term], style: str = "amount") -> None:
    """Write amounts by year with their total."""
    sheet.put_row(row, cells, style, FIRST)
    span = xl_range(row, FIRST, row, FIRST + len(cells) - 1)
    sheet.put(row, FIRST + len(cells), Term(f"SUM({span})", sum(cell.value for cell in cells)), style)


def write_totals(sheet: SheetWriter, sums: LedgerSums, traced: TracedModel, rows: tuple[int, int]) -> None:
    """Write the sums of a table by year."""
    sheet.put_row(rows[1] + 1, ["", _("Total"), ""], "total_text")
    paid = [sums.total("ledger.amount", year=("", year)).value for year in traced.years]
    write_sums(sheet, rows[1] + 1, FIRST, rows, [*paid, sum(paid)])


def write_gap(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums, top: int) -> None:
    """Write what is not yet funded, by component and year."""
    write_headings(sheet, traced, top, _("Not yet funded, {currency}").format(currency=traced.start.base.about.currency))
    for i, component in enumerate(COMPONENTS):
        row = top + 1 + i
        sheet.put_row(row, ["", component_name(component), ""], "text")
        cells = []
        for t, year in enumerate(traced.years):
            at, name = xl_rowcol_to_cell(top, FIRST + t, row_abs=True), xl_rowcol_to_cell(row, 1, col_abs=True)
            cells.append(sums.total("funding.gap", component=(name, component_name(component)), year=(at, year)))
        write_amounts(sheet, row, cells)
    bottom = top + 1 + len(COMPONENTS)
    sheet.put_row(bottom, ["", _("Total"), ""], "total_text")
    gaps = [sums.total("funding.gap", year=(literal(""), year)).value for year in traced.years]
    write_sums(sheet, bottom, FIRST, (top + 1, bottom - 1), [*gaps, sum(gaps)])
