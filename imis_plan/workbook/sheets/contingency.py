"""The simulated contingency factors: those in effect, then the table of all options."""

from imis_plan.i18n.translate import _
from imis_plan.model.contingency_factors import PERCENTILE
from imis_plan.model.simulated_cost import KINDS
from imis_plan.workbook.layout import FACTORS_FIRST, FACTORS_IN_EFFECT, FACTORS_TOP, OPTION
from imis_plan.workbook.ledger_columns import kind_label
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.yearly import write_years
from imis_plan.workbook.starting_point import METHOD
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel


def write(sheet: SheetWriter, traced: TracedModel) -> None:
    """Write the sheet."""
    start, method = traced.start, traced.parameter(METHOD).terms[0]
    about = _("Shares of the base cost, simulated at export. They do not change with inputs; the chosen option and method decide which are in effect.")  # fmt: skip
    sheet.put_title(_("Contingency"), about)
    write_heads(sheet, traced, FACTORS_IN_EFFECT - 1)
    for i, kind in enumerate(KINDS):
        row = FACTORS_IN_EFFECT + i
        sheet.put_row(row, [Term(OPTION, start.option), Term(method.text, method.value), kind_label(kind)], sheet.styles("bold"))
        sheet.put(row, FACTORS_FIRST - 1, _("in effect"), "text")
        sheet.put_row(row, [traced.shares[kind, t] for t in range(len(traced.years))], "factor", FACTORS_FIRST)
    write_heads(sheet, traced, FACTORS_TOP - 1)
    for i, each in enumerate(traced.factor_rows):
        row = FACTORS_TOP + i
        sheet.put_row(row, [each.option, each.method, kind_label(each.kind)], "text")
        sheet.put(row, FACTORS_FIRST - 1, simulated_text(traced, each.method), "text")
        sheet.put_row(row, each.shares, sheet.styles("simulated", num_format="0.000000"), FACTORS_FIRST)
    sheet.finish({0: 26, 1: 18, 2: 15, 3: 34} | dict.fromkeys(range(FACTORS_FIRST, FACTORS_FIRST + len(traced.years)), 14),
                 freeze=(FACTORS_IN_EFFECT, FACTORS_FIRST))  # fmt: skip


def write_heads(sheet: SheetWriter, traced: TracedModel, row: int) -> None:
    """Write the headings of the columns."""
    sheet.put_row(row, [_("Option"), _("Method"), _("Kind"), ""], "head")
    write_years(sheet, traced, row, FACTORS_FIRST)


def simulated_text(traced: TracedModel, method: str) -> str:
    """That shares are simulated, and what the budget reaches with them."""
    if method == PERCENTILE:
        return _("simulated, up to P{percentile}").format(percentile=f"{traced.start.plan['contingency.percentile'] * 100:.0f}")
    return _("simulated, up to the expected cost")
