"""Confidence in the figures: range, contingency, budget ceiling, and the parameters with the largest effect."""

import pandas as pd

from imis_plan.analysis import risk
from imis_plan.analysis.outliers import LOW, causes_below, outlier
from imis_plan.analysis.sensitivity import variance_shares
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, quote, share
from imis_plan.i18n.translate import _
from imis_plan.model.contingency import METHOD, keeps_factors, simulated_name
from imis_plan.model.contingency_factors import EXPECTED, contingency_factors
from imis_plan.model.simulation import Simulation
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.parameter_values import number_text, range_text, value_text
from imis_plan.sections.public_names import only
from imis_plan.sections.risk.groups import group_label

__all__ = ["chance_of_envelope", "contingency_in_short", "contingency_needed", "cost_range", "sensitivity"]
__dir__ = only(__all__)

NAMED_PARAMETERS = 3

# Number of ranges named on the first page, which has one sheet.
NAMED_CAUSES = 2


def quoted_parameter(plan: Plan, path: str) -> str:
    """What a parameter is, in words that stand inside a sentence."""
    return quote(escape_markdown(_(plan.parameters[path].description)))


def cost_range(plan: Plan, result: Simulation) -> str:
    """Range of the total, and where the point estimate stands in it."""
    lcu, row = local_money(plan), risk.percentiles(result).loc[risk.TOTAL]
    text = _(
        "The simulation draws {count} uncertain parameters {draws} times between their low and high values; related "
        "parameters vary together. Without contingency, the cost is between {low} and {high} in 80% of cases; the "
        "median is {median} and the mean is {mean}. The point estimate of {point} is sufficient in {chance} of cases."
    )
    text = text.format(
        count=len(result.parameters), draws=compact(result.total.size), low=lcu(row["P10"]), high=lcu(row["P90"]), median=lcu(row["P50"]),
        mean=lcu(row["mean"]), point=lcu(row["point"]), chance=share(row["chance"]),
    )  # fmt: skip
    return " ".join(part for part in (text, outside(plan, result)) if part)


def outside(plan: Plan, result: Simulation) -> str:
    """A point estimate below or above eight of ten cases, and the ranges that cause it."""
    found = outlier(result)
    if found is None:
        return ""
    text = (
        _("**The point estimate is below the range of 80% of cases**, mainly because of the ranges of {names}.")
        if found.beyond == LOW
        else _("**The point estimate is above the range of 80% of cases**, mainly because of the ranges of {names}.")
    )
    return text.format(names=join_with_and([quoted_parameter(plan, path) for path in found.paths]))


def contingency_needed(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The sum asked for with its chance, what the contingency is, and what a percentile asks for."""
    parts = (sum_and_chance(plan, ledger, result), reason_for_contingency(plan, ledger, result), percentile_needs(plan, result))
    return " ".join(part for part in parts if part)


def contingency_in_short(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The sum asked for with its chance, and what the contingency is; a decision of page one says what a percentile asks for."""
    parts = (sum_and_chance(plan, ledger, result), reason_for_contingency(plan, ledger, result), open_question_caveat(plan))
    return " ".join(filter(None, parts))


def open_question_caveat(plan: Plan) -> str:
    """That the simulated cases of a draft leave out what answers change; "" where no number is open."""
    if not any(each.open and each.low != each.high for each in plan.parameters.values()):
        return ""
    return _("The simulation leaves out the effect of open questions.")


def sum_and_chance(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The sum asked for, base cost and contingency in it, and in how many of the simulated cases it is enough."""
    lcu, asked = local_money(plan), risk.budget_sum(ledger, result)
    text = (
        _(
            "The budget of {total} is the base cost of {base} and a contingency of {held}; it is sufficient in {chance} of the"
            " simulated cases."
        )
        if asked.contingency
        else _("The budget of {total} has no contingency; it is sufficient in {chance} of the simulated cases.")
    )
    return text.format(
        total=lcu(asked.total), base=lcu(asked.base), held=lcu(asked.contingency), chance=share(asked.chance)
    )  # fmt: skip


def reason_for_contingency(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """Where the contingency is simulated: whose simulation it is, or why it is as large as it is; else ""."""
    if keeps_factors(plan):
        text = _(
            "Its contingency has the shares of the base cost that were simulated for {name} without changes;"
            " `--simulate` simulates the changed plan."
        )
        return text.format(name=escape_markdown(simulated_name(contingency_factors(plan))))
    if plan[METHOD] != EXPECTED:
        return ""
    asked = risk.budget_sum(ledger, result)
    if asked.above_mean:
        return above_expected_cost(plan, asked)
    return _("With it the budget is the expected cost, the mean of the simulated cases.")


def above_expected_cost(plan: Plan, asked: risk.BudgetSum) -> str:
    """That the base cost alone is above the mean of the simulation, and the two ranges that cause most of it."""
    text = _(
        "**The base cost is above the expected cost** of {mean} (the simulated mean), so no contingency is added."
        " The ranges that lower the mean most are those of {ranges}."
    )
    ranges = [named_range(plan, path) for path in causes_below(plan)[:NAMED_CAUSES]]
    if not ranges:
        text = _("**The base cost is the expected cost**, the mean of the simulated cases, so no contingency is added.")
    return text.format(mean=local_money(plan)(asked.mean), ranges=join_with_and(ranges))


def named_range(plan: Plan, path: str) -> str:
    """A parameter with its value and range."""
    parameter = plan.parameters[path]
    return _("{name} ({value}; range {range})").format(
        name=quoted_parameter(plan, path), value=value_text(parameter), range=range_text(parameter)
    )


def percentile_needs(plan: Plan, result: Simulation) -> str:
    """The contingency that a percentile asks for."""
    lcu, wanted = local_money(plan), float(plan["contingency.percentile"])
    needed = risk.reserve(result, wanted)
    text = _("{wanted} confidence requires {cost}: a contingency of {needed} ({part} of the point estimate).")
    if needed <= 0:
        text = _("The point estimate already gives {wanted} confidence or more.")
    return text.format(
        wanted=share(wanted), cost=lcu(result.point + needed), needed=lcu(needed), part=share(needed / result.point)
    )  # fmt: skip


def chance_of_envelope(plan: Plan, result: Simulation) -> str:
    """Probability that the budget ceiling is sufficient, in all and in the year where it is lowest."""
    table = risk.envelope(plan, result)
    if table.empty:
        return _("The scenario assumes no budget ceiling (`uncertainty.envelope`), so none is tested.")
    lcu, row, years = local_money(plan), table.loc[risk.TOTAL], table.drop(index=risk.TOTAL)
    lowest = years["chance"].idxmin()
    text = _(
        "The budget ceiling assumed in the scenario, {money}, is sufficient in {chance} of cases. Otherwise the mean "
        "shortfall is {short}."
    )
    if row["chance"] in (0, 1):
        text = (
            _("The budget ceiling assumed in the scenario, {money}, is sufficient in all cases.")
            if row["chance"]
            else _("The budget ceiling assumed in the scenario, {money}, is never sufficient: the mean shortfall is {short}.")
        )
    if years.loc[lowest, "chance"] < 1:
        text += " " + _("The year with the lowest probability is {year} with {least}.")
    return text.format(
        money=lcu(row["envelope"]),
        chance=share(row["chance"]),
        short=lcu(row["short"]),
        year=year_label(plan, lowest),
        least=share(years.loc[lowest, "chance"]),
    )


def sensitivity(plan: Plan, result: Simulation) -> str:
    """Parameters with the largest effect on the total: one at a time, and as shares of the variance by group."""
    lcu, swings, table = local_money(plan), risk.tornado(plan), variance_shares(result).table
    unknown = swings[~(swings["decision"] | swings["open"])].head(NAMED_PARAMETERS)
    parts = [
        _("{what} (from {low} to {high})").format(what=quoted_parameter(plan, path), low=lcu(row.low), high=lcu(row.high))
        for path, row in unknown.iterrows()
    ]
    text = _(
        "When parameters change one at a time from low to high, those with the largest effect on the total are {parts}."
        " In the simulation, {groups} explain most of the variance; parameters that vary together are one group."
    )
    shares = [
        _("{name} ({share})").format(name=group_label(plan, str(row.Index), row.members), share=share(row.first))
        for row in table.head(NAMED_PARAMETERS).itertuples()
    ]
    parts_of_text = [
        text.format(parts=join_with_and(parts), groups=join_with_and(shares)),
        quotes(plan, result),
        policy_choices(plan, swings),
        open_answers(plan, swings),
    ]
    return " ".join(part for part in parts_of_text if part)


def quotes(plan: Plan, result: Simulation) -> str:
    """The prices to have quoted first, and how much of the uncertainty that would remove; "" where it would remove nothing."""
    found = variance_shares(result).quotes
    if found.share < NEGLIGIBLE:
        return ""
    text = _("Written offers for {names} would remove {share} of the uncertainty (of the variance of the total).")
    return text.format(names=join_with_and([quoted_parameter(plan, path) for path in found.paths]), share=share(found.share))


def policy_choices(plan: Plan, swings: pd.DataFrame) -> str:
    """The decision with the largest swing."""
    text = _("Among policy choices, {what} has the largest effect: {low} at {least}, {high} at {most}.")
    return largest_effect(plan, swings[swings["decision"] & ~swings["open"]], text)


def open_answers(plan: Plan, swings: pd.DataFrame) -> str:
    """The open question of a draft with the largest swing, and that no simulation contains the ranges of such questions."""
    text = _(
        "Among open questions, {what} has the largest effect: {low} at {least}, {high} at {most}. An answer settles an open"
        " question, so the simulated cases and the contingency do not include its range."
    )
    return largest_effect(plan, swings[swings["open"]], text)


def largest_effect(plan: Plan, swings: pd.DataFrame, text: str) -> str:
    """A sentence about the first of these parameters, its ends and the cost at each; "" where none changes the cost."""
    swings = swings[swings["swing"] > 0]
    if swings.empty:
        return ""
    path, parameter = str(swings.index[0]), plan.parameters[str(swings.index[0])]
    lcu, row = local_money(plan), swings.iloc[0]
    return text.format(
        what=quoted_parameter(plan, path),
        low=lcu(row["low"]),
        high=lcu(row["high"]),
        least=number_text(parameter.low or 0),
        most=number_text(parameter.high or 0),
    )
