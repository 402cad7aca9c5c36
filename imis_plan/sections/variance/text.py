"""What was spent against what was planned, in sentences."""

from collections.abc import Callable, Iterator

import pandas as pd

from imis_plan.analysis.execution import by_period, execution
from imis_plan.analysis.variance import base_cost, factors, next_year, projection, variance
from imis_plan.i18n.formats import escape_markdown, join_with_and, join_with_semicolons, number, quote, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model.year_labels import quarter_label, year_label
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.code_actuals import CLASS
from imis_plan.scenario.line_attributes import line_catalogue
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.economic_codes.tables import account_titles, class_name
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

__all__ = ["plan_against_actuals"]
__dir__ = only(__all__)

# A difference that rounds to nothing.
AS_PLANNED = 0.005


def plan_against_actuals(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> str:
    """The section of the report: heading, difference, where it comes from, and next year with the factors."""
    if actuals.codes:
        return plan_against_codes(plan, ledger, actuals)
    table = variance(plan, ledger, actuals)
    note = [escape_markdown(localized(actuals.note))] if actuals.note else []
    parts = [
        "## " + _("Plan against actuals"),
        *note,
        variance_by_item(plan, ledger, table),
        next_year_projected(plan, ledger, table),
    ]
    return "\n\n".join(parts)


def plan_against_codes(plan: Plan, ledger: pd.DataFrame, actuals: Actuals) -> str:
    """The section for actuals by economic code: each year or quarter with its share executed, and the code furthest from its plan."""
    lcu, table = local_money(plan), execution(plan, ledger, actuals)
    note = [escape_markdown(localized(actuals.note))] if actuals.note else []
    periods = [
        _("{period}: {actual} of {planned} planned for these codes ({part})").format(
            period=period_name(plan, int(year), int(quarter)),
            actual=lcu(row["actual"]),
            planned=lcu(row["plan"]),
            part=share(row["executed"]) if row["plan"] else _("nothing was planned for them"),
        )
        for (year, quarter), row in by_period(table).iterrows()
    ]
    sentences = [_("Spent by economic code: {periods}.").format(periods=join_with_semicolons(periods))]
    sentences += largest_variance(plan, table, lambda row: (code_name(plan, row), period_name(plan, row["year"], row["quarter"])))
    return "\n\n".join(["## " + _("Plan against actuals"), *note, " ".join(sentences)])


def period_name(plan: Plan, year: int, quarter: int) -> str:
    """A fiscal year, or a quarter of it."""
    return quarter_label(plan, year, quarter) if quarter else year_label(plan, year)


def code_name(plan: Plan, row: pd.Series) -> str:
    """A code with its title where there is one: a code that stands for several may have none."""
    if row["scheme"] == CLASS:
        return class_name(row["code"]) if row["code"] in line_catalogue().classes else str(row["code"])
    return account_titles(plan).get(row["code"]) or _("account {code}").format(code=row["code"])


def variance_by_item(plan: Plan, ledger: pd.DataFrame, table: pd.DataFrame) -> str:
    """How much was spent where the plan had how much, and which item is furthest from it."""
    lcu, sums, years = local_money(plan), table[["plan", "actual"]].sum(), sorted(table["year"].unique())
    base = base_cost(ledger)
    whole = base.loc[base["year"].isin(years), "amount"].sum()
    text = _(
        "In {years}, spending was {actual} on items planned at {planned}: {how}. These items are {part} of the base "
        "cost of these years."
    )
    sentences = [
        text.format(
            years=join_with_and([year_label(plan, year) for year in years]),
            actual=lcu(sums["actual"]),
            planned=lcu(sums["plan"]),
            how=deviation(sums["actual"], sums["plan"]),
            part=share(sums["plan"] / whole if whole else 0.0),
        )
    ]
    sentences += largest_variance(plan, table, lambda row: (item_name(ledger, row), year_label(plan, row["year"])))
    return " ".join(sentences)


def largest_variance(plan: Plan, table: pd.DataFrame, name_and_period: Callable[[pd.Series], tuple[str, str]]) -> Iterator[str]:
    """What is furthest from its plan, in one sentence; none where everything is as planned.

    table : rows with plan, actual and difference. name_and_period : what a row is about, and when, in words.
    """
    if table["difference"].any():
        row, lcu = table.loc[table["difference"].abs().idxmax()], local_money(plan)
        name, period = name_and_period(row)
        text = _("The largest variance is {name} in {period}: {actual} compared with {planned}.")
        yield text.format(name=name, period=period, actual=lcu(row["actual"]), planned=lcu(row["plan"]))


def deviation(actual: float, planned: float) -> str:
    """An excess or a saving as a share of the plan."""
    if not planned:
        return _("nothing was planned for them")
    part = actual / planned - 1
    if abs(part) < AS_PLANNED:
        return _("as planned")
    return (_("{part} more") if part > 0 else _("{part} less")).format(part=share(abs(part)))


def item_name(ledger: pd.DataFrame, row: pd.Series) -> str:
    """A component, or one of its lines."""
    if not row["line"]:
        return component_name(row["component"])
    lines = ledger[(ledger["component"] == row["component"]) & (ledger["line"] == row["line"])]
    return f"{quote(_(lines['label'].iloc[0]))} ({component_name(row['component'])})"


def next_year_projected(plan: Plan, ledger: pd.DataFrame, table: pd.DataFrame) -> str:
    """The next year with the factors that would have been right."""
    lcu, projected = local_money(plan), projection(ledger, table)
    coming, known = next_year(projected), factors(table).dropna()
    parts = [
        f"{item_name(ledger, pd.Series({'component': component, 'line': line}))} {number(row['factor'], 2)}"
        for (component, line), row in known.iterrows()
    ]
    sentences = [_("Adjustment factors: {factors}.").format(factors=join_with_and(parts))] if parts else []
    if coming is None:
        return " ".join([*sentences, _("The plan has no further years.")])
    text = _(
        "With them, {year} costs {new} instead of {old}. This is a projection: the amounts of the remaining years times"
        " these factors; contingency and items without actuals are as planned. Correct a wrong price or volume in the "
        "scenario file."
    )
    year, old, new = coming
    return " ".join([*sentences, text.format(year=year_label(plan, year), new=lcu(new), old=lcu(old))])
