"""The options of the scenario: results of each, as calculated on export, and what each changes."""

from typing import Any

from imis_plan.analysis.options import variants_or_problems, without_option
from imis_plan.i18n.translate import _, localized, translate_unit
from imis_plan.model.budget_line import RECURRENT
from imis_plan.model.evaluate import Evaluation, evaluate_plan
from imis_plan.model.ledger import amounts_by_row
from imis_plan.problems import BadInput
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.layout import OPTION, OPTION_GROWTH, OPTION_VALUE, OPTIONS_TOP
from imis_plan.workbook.parameter_cells import cell_value, description_text, has_several_values, option_rows
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import NO_OPTION
from imis_plan.workbook.term import Term
from imis_plan.workbook.totals import LedgerSums
from imis_plan.workbook.tracing import TracedModel

NARROW = 18  # width of the narrowest column that wraps


def write(sheet: SheetWriter, traced: TracedModel, sums: LedgerSums) -> None:
    """Write the sheet."""
    start, currency = traced.start, traced.start.base.about.currency
    sheet.put_title(
        _("Options"),
        _(
            "The first line is recalculated from this workbook; imis_plan calculated the others at export, with the values in effect then."
        ),
    )
    sheet.put_row(
        OPTIONS_TOP - 2,
        [_("Option"), _("Title"), _("What it is")], "head",
    )  # fmt: skip
    heads = [
        _("Total, {currency}").format(currency=currency), _("Difference from the base"), _("Recurrent, last year"), _("IT posts, last year"),
    ]  # fmt: skip
    sheet.put_row(OPTIONS_TOP - 2, heads, "head_right", 3)
    sheet.fit_height(OPTIONS_TOP - 2, {NARROW: max(heads, key=len)})
    sheet.put_row(
        OPTIONS_TOP - 1, [Term(OPTION, start.option), _("in effect in this workbook"), _("recalculated")], sheet.styles("bold")
    )
    sheet.put(OPTIONS_TOP - 1, 3, sums.total("ledger.amount"), sheet.styles.money(cents=True, name="bold"))
    for i, (name, shown) in enumerate(option_figures(traced).items()):
        option = start.base.options.get(name)
        texts = (
            [name, localized(option.title), localized(option.description)]
            if option
            else [NO_OPTION, _("the scenario without an option"), ""]
        )
        sheet.put_row(OPTIONS_TOP + i, texts, "wrapped")
        sheet.fit_height(OPTIONS_TOP + i, {44: texts[1], 60: texts[2]})
        if isinstance(shown, str):
            sheet.put(OPTIONS_TOP + i, 3, shown, "note")
        else:
            sheet.put_row(OPTIONS_TOP + i, shown, "amount", 3)
        if name in start.problems:
            sheet.put(OPTIONS_TOP + i, 7, _(start.problems[name]).format(option=name), "note")
    write_changes(sheet, traced)
    sheet.finish({0: 26, 1: 44, 2: 60, 3: 20, 4: 20, 5: 20, 6: NARROW, 7: 40}, freeze=(OPTIONS_TOP - 1, 1))


def option_figures(traced: TracedModel) -> dict[str, list[float] | str]:
    """Option -> total, difference, recurrent cost and posts, or why there are none; the base first."""
    base = without_option(traced.start.plan)
    first = plan_figures(base, evaluate_plan(base))
    found: dict[str, list[float] | str] = {NO_OPTION: with_difference(first, first[0])}
    for name, plan in variants_or_problems(base).items():
        try:
            found[name] = plan if isinstance(plan, str) else with_difference(plan_figures(plan, evaluate_plan(plan)), first[0])
        except (BadInput, ValueError) as error:
            found[name] = str(error)
    return found


def plan_figures(plan: Plan, evaluation: Evaluation) -> tuple[float, float, float]:
    """Total, recurrent cost and posts of the last year."""
    rows = amounts_by_row(plan, evaluation)
    last = (rows["kind"] == RECURRENT) & (rows["year"] == rows["year"].max())
    return float(rows["amount"].sum()), float(rows["amount"][last].sum()), float(evaluation.values["it_posts"][-1])


def with_difference(figures: tuple[float, float, float], base: float) -> list[float]:
    """The figures with the difference to the base after the total."""
    total, recurrent, posts = figures
    return [total, total - base, recurrent, posts]


def write_changes(sheet: SheetWriter, traced: TracedModel) -> None:
    """Write what each option changes; formulas of the inputs read these values."""
    rows = option_rows(traced.start)
    head = OPTIONS_TOP + len(traced.start.base.options) + 4
    sheet.put_row(
        head, [_("Option"), _("Parameter"), _("What it is"), _("Unit"), _("growth"), _("Price year"), _("Value")], "head"
    )
    for (option, path), row in rows.items():
        parameter = traced.start.variants[option][path]
        sheet.put_row(row, [option, path, description_text(parameter), translate_unit(parameter.unit)], "wrapped")
        sheet.fit_height(row, {60: description_text(parameter), NARROW: translate_unit(parameter.unit)})
        sheet.put(
            row,
            OPTION_GROWTH,
            (parameter.growth or 0.0) if parameter.kind == "path" else None,
            sheet.styles("share", align="left"),
        )
        sheet.put(row, OPTION_GROWTH + 1, parameter.price_year, "calendar")
        sheet.put_row(row, values(parameter), sheet.styles("number", align="right"), OPTION_VALUE)


def values(parameter: Parameter) -> list[Any]:
    """The value of a parameter, or its numbers from left to right."""
    if not has_several_values(parameter):
        return [cell_value(parameter.value)]
    return list(parameter.value.values()) if hasattr(parameter.value, "values") else list(parameter.value)
