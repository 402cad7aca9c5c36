"""The options of the scenario: what each comes to, as the model worked it out on export, and what each changes."""

from typing import Any

from imis_plan.analysis.options import variant, without_option
from imis_plan.i18n.translate import _, localized, translate_unit
from imis_plan.model.budget_line import RECURRENT
from imis_plan.model.evaluate import Evaluation, evaluate, inputs, variant_inputs
from imis_plan.model.ledger import amounts_by_row
from imis_plan.problems import BadInput
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.layout import OPTION, OPTION_GROWTH, OPTION_VALUE, OPTIONS_TOP
from imis_plan.workbook.parameter_entry import described, option_rows, several, words
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.starting_point import NO_OPTION
from imis_plan.workbook.term import Term
from imis_plan.workbook.totals import Sums
from imis_plan.workbook.tracing import Book

NARROW = 18  # width of the narrowest column that wraps


def write(page: Page, book: Book, sums: Sums) -> None:
    """Write the sheet."""
    state, currency = book.state, book.state.base.about.currency
    page.headline(
        _("Options"),
        _(
            "The first line follows the cells of this workbook; the others are what imis_plan worked out on export, for the values in effect then."
        ),
    )
    page.row(
        OPTIONS_TOP - 2,
        [_("Option"), _("Title"), _("What it is")], "head",
    )  # fmt: skip
    heads = [
        _("Total, {currency}").format(currency=currency), _("Difference to the base"), _("Recurrent, last year"), _("IT posts, last year"),
    ]  # fmt: skip
    page.row(OPTIONS_TOP - 2, heads, "head_right", 3)
    page.tall(OPTIONS_TOP - 2, {NARROW: max(heads, key=len)})
    page.row(
        OPTIONS_TOP - 1, [Term(OPTION, state.option), _("in effect in this workbook"), _("recalculated")], page.styles("bold")
    )
    page.put(OPTIONS_TOP - 1, 3, sums.total("ledger.amount"), page.styles.money(cents=True, name="bold"))
    for i, (name, shown) in enumerate(compared(book).items()):
        option = state.base.options.get(name)
        texts = (
            [name, localized(option.title), localized(option.description)]
            if option
            else [NO_OPTION, _("the scenario without an option"), ""]
        )
        page.row(OPTIONS_TOP + i, texts, "wrapped")
        page.tall(OPTIONS_TOP + i, {44: texts[1], 60: texts[2]})
        if isinstance(shown, str):
            page.put(OPTIONS_TOP + i, 3, shown, "note")
        else:
            page.row(OPTIONS_TOP + i, shown, "amount", 3)
        if name in state.problems:
            page.put(OPTIONS_TOP + i, 7, _(state.problems[name]).format(option=name), "note")
    write_changes(page, book)
    page.finish({0: 26, 1: 44, 2: 60, 3: 20, 4: 20, 5: 20, 6: NARROW, 7: 40}, freeze=(OPTIONS_TOP - 1, 1))


def compared(book: Book) -> dict[str, list[float] | str]:
    """Total, difference, recurrent cost and posts of the base and of each option, or why there are none."""
    base = without_option(book.state.plan)
    values = inputs(base)
    like = evaluate(values, base.roles)
    first = measured(base, like)
    found: dict[str, list[float] | str] = {NO_OPTION: shown(first, first[0])}
    for name in base.options:
        try:
            plan = variant(base, name)
            found[name] = shown(measured(plan, evaluate(variant_inputs(plan, base, values), plan.roles, like)), first[0])
        except (BadInput, ValueError) as error:
            found[name] = str(error)
    return found


def measured(plan: Plan, evaluation: Evaluation) -> tuple[float, float, float]:
    """Total, recurrent cost and posts of the last year."""
    rows = amounts_by_row(plan, evaluation)
    last = (rows["kind"] == RECURRENT) & (rows["year"] == rows["year"].max())
    return float(rows["amount"].sum()), float(rows["amount"][last].sum()), float(evaluation.values["it_posts"][-1])


def shown(figures: tuple[float, float, float], base: float) -> list[float]:
    """The figures with the difference to the base after the total."""
    total, recurrent, posts = figures
    return [total, total - base, recurrent, posts]


def write_changes(page: Page, book: Book) -> None:
    """What each option changes; the inputs read the values here."""
    rows = option_rows(book.state)
    head = OPTIONS_TOP + len(book.state.base.options) + 4
    page.row(head, [_("Option"), _("Parameter"), _("What it is"), _("Unit"), _("growth"), _("Price year"), _("Value")], "head")
    for (option, path), row in rows.items():
        parameter = book.state.variants[option][path]
        page.row(row, [option, path, described(parameter), translate_unit(parameter.unit)], "wrapped")
        page.tall(row, {60: described(parameter), NARROW: translate_unit(parameter.unit)})
        page.put(
            row,
            OPTION_GROWTH,
            (parameter.growth or 0.0) if parameter.kind == "path" else None,
            page.styles("share", align="left"),
        )
        page.put(row, OPTION_GROWTH + 1, parameter.price_year, "calendar")
        page.row(row, values(parameter), page.styles("number", align="right"), OPTION_VALUE)


def values(parameter: Parameter) -> list[Any]:
    """The value of a parameter, or its numbers from left to right."""
    if not several(parameter):
        return [words(parameter.value)]
    return list(parameter.value.values()) if hasattr(parameter.value, "values") else list(parameter.value)
