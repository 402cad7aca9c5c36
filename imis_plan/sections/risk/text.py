"""How sure the figures are: ranges, contingency, envelope, and what drives the spread."""

import pandas as pd

from imis_plan.analysis import risk
from imis_plan.analysis.sensitivity import LOW, outlier, sensitivity
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, number, quote, share
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections.naming import SMALL, currency
from imis_plan.sections.risk.groups import group_label

NAMED = 3
# Each amount of a ledger is rounded by itself.
CENT = 0.01


def described(plan: Plan, path: str) -> str:
    """What a parameter is, in words that stand inside a sentence."""
    return quote(escape_markdown(_(plan.parameters[path].description)))


def spread(plan: Plan, result: Simulation) -> str:
    """Range of the total, and where the point estimate stands in it."""
    lcu, row = currency(plan), risk.percentiles(result).loc[risk.TOTAL]
    text = _(
        "Each of {count} uncertain figures was drawn {draws} times between its low and its high, related ones together. Without "
        "contingency the plan costs between {low} and {high} in eight of ten cases, {middle} in the middle and {mean} on average. "
        "The point estimate of {point} is enough in {chance} of the cases."
    )
    text = text.format(
        count=len(result.parameters), draws=compact(result.total.size), low=lcu(row["P10"]), high=lcu(row["P90"]), middle=lcu(row["P50"]),
        mean=lcu(row["mean"]), point=lcu(row["point"]), chance=share(row["chance"]),
    )  # fmt: skip
    return " ".join(part for part in (text, outside(plan, result)) if part)


def outside(plan: Plan, result: Simulation) -> str:
    """A point estimate below or above eight of ten cases, and the ranges that cause it."""
    found = outlier(result)
    if found is None:
        return ""
    text = (
        _("**The plan is below the range of eight in ten cases**, mainly because of the ranges of {names}.")
        if found.beyond == LOW
        else _("**The plan is above the range of eight in ten cases**, mainly because of the ranges of {names}.")
    )
    return text.format(names=join_with_and([described(plan, path) for path in found.paths]))


def contingency(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The contingency that a percentile asks for, beside the one in the budget."""
    lcu, wanted = currency(plan), float(plan["contingency.percentile"])
    held = float(ledger.loc[ledger["component"] == "contingency", "amount"].sum())
    needed = risk.reserve(result, wanted)
    chance = share(float((result.total <= result.point + held + CENT * len(ledger)).mean()))
    text = _("To be sure in {wanted} of the cases takes a contingency of {needed} ({part} of the point estimate).")
    if needed <= 0:
        text = _("The point estimate already is enough in {wanted} of the cases and more.")
    budget = _("The budget holds {held}, which is enough in {chance} of the cases.") if held else _("The budget holds none.")
    return f"{text} {budget}".format(
        wanted=share(wanted), needed=lcu(needed), part=share(needed / result.point), held=lcu(held), chance=chance
    )


def enough(plan: Plan, result: Simulation) -> str:
    """Chance that the stated money is enough, in all and in the tightest year."""
    table = risk.envelope(plan, result)
    if table.empty:
        return _("No envelope is stated (`uncertainty.envelope`), so none is tested.")
    lcu, row, years = currency(plan), table.loc[risk.TOTAL], table.drop(index=risk.TOTAL)
    tight = years["chance"].idxmin()
    text = _("The stated {money} is enough in {chance} of the cases; where it is not, {short} are lacking on average.")
    if row["chance"] in (0, 1):
        text = (
            _("The stated {money} is enough in every case.")
            if row["chance"]
            else _("The stated {money} is never enough: {short} are lacking on average.")
        )
    if years.loc[tight, "chance"] < 1:
        text += " " + _("The tightest year is {year} with {least}.")
    return text.format(
        money=lcu(row["envelope"]),
        chance=share(row["chance"]),
        short=lcu(row["short"]),
        year=tight,
        least=share(years.loc[tight, "chance"]),
    )


def causes(plan: Plan, result: Simulation) -> str:
    """What moves the total most: one by one, and as shares of the variance by group."""
    lcu, swings, table = currency(plan), risk.tornado(plan), sensitivity(result).shares
    unknown = swings[~swings["decision"]].head(NAMED)
    parts = [
        _("{what} (from {low} to {high})").format(what=described(plan, path), low=lcu(row.low), high=lcu(row.high))
        for path, row in unknown.iterrows()
    ]
    text = _(
        "Taken one by one between low and high, the total moves most with {parts}. Of the variance, {groups} explain most; figures that "
        "vary together are one group."
    )
    shares = [
        _("{name} ({share})").format(name=group_label(plan, str(row.Index), row.members), share=share(row.first))
        for row in table.head(NAMED).itertuples()
    ]
    parts_of_text = [
        text.format(parts=join_with_and(parts), groups=join_with_and(shares)),
        quotes(plan, result),
        choices(plan, swings),
    ]
    return " ".join(part for part in parts_of_text if part)


def quotes(plan: Plan, result: Simulation) -> str:
    """The prices to have quoted first, and how much of the uncertainty that would remove; "" where it would remove nothing."""
    found = sensitivity(result).quotes
    if found.share < SMALL:
        return ""
    text = _("Written offers for {names} would remove {share} of the uncertainty (of the variance of the total).")
    return text.format(names=join_with_and([described(plan, path) for path in found.paths]), share=share(found.share))


def choices(plan: Plan, swings: pd.DataFrame) -> str:
    """The decision with the largest swing."""
    decisions = swings[swings["decision"] & (swings["swing"] > 0)]
    if decisions.empty:
        return ""
    path, parameter = str(decisions.index[0]), plan.parameters[str(decisions.index[0])]
    text = _("Among what may be chosen, {what} counts most: {low} at {least}, {high} at {most}.")
    lcu, row = currency(plan), decisions.iloc[0]
    return text.format(
        what=described(plan, path),
        low=lcu(row["low"]),
        high=lcu(row["high"]),
        least=number(float(parameter.low or 0), 2),
        most=number(float(parameter.high or 0), 2),
    )
