"""Confidence in the figures: range, contingency, budget ceiling, and the parameters with the largest effect."""

import pandas as pd

from imis_plan.analysis import risk
from imis_plan.analysis.sensitivity import LOW, outlier, variance_shares
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, number, quote, share
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.public_names import only
from imis_plan.sections.risk.groups import group_label

__all__ = ["chance_of_envelope", "contingency_needed", "cost_range", "sensitivity"]
__dir__ = only(__all__)

NAMED_PARAMETERS = 3
# Each amount of a ledger is rounded by itself.
CENT = 0.01


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
    """The contingency that a percentile asks for, beside the one in the budget."""
    lcu, wanted = local_money(plan), float(plan["contingency.percentile"])
    held = float(ledger.loc[ledger["component"] == "contingency", "amount"].sum())
    needed = risk.reserve(result, wanted)
    chance = share(float((result.total <= result.point + held + CENT * len(ledger)).mean()))
    text = _("{wanted} confidence requires a contingency of {needed} ({part} of the point estimate).")
    if needed <= 0:
        text = _("The point estimate already gives {wanted} confidence or more.")
    budget = (
        _("The budget includes {held}, which gives {chance} confidence.") if held else _("The budget includes no contingency.")
    )
    return f"{text} {budget}".format(
        wanted=share(wanted), needed=lcu(needed), part=share(needed / result.point), held=lcu(held), chance=chance
    )


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
        year=lowest,
        least=share(years.loc[lowest, "chance"]),
    )


def sensitivity(plan: Plan, result: Simulation) -> str:
    """Parameters with the largest effect on the total: one at a time, and as shares of the variance by group."""
    lcu, swings, table = local_money(plan), risk.tornado(plan), variance_shares(result).table
    unknown = swings[~swings["decision"]].head(NAMED_PARAMETERS)
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
    decisions = swings[swings["decision"] & (swings["swing"] > 0)]
    if decisions.empty:
        return ""
    path, parameter = str(decisions.index[0]), plan.parameters[str(decisions.index[0])]
    text = _("Among policy choices, {what} has the largest effect: {low} at {least}, {high} at {most}.")
    lcu, row = local_money(plan), decisions.iloc[0]
    return text.format(
        what=quoted_parameter(plan, path),
        low=lcu(row["low"]),
        high=lcu(row["high"]),
        least=number(float(parameter.low or 0), 2),
        most=number(float(parameter.high or 0), 2),
    )
