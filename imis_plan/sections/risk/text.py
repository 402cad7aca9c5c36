"""How sure the figures are: ranges, contingency, envelope, and what drives the spread."""

import pandas as pd

from imis_plan.analysis import risk
from imis_plan.i18n.formats import compact, listed, number, plain, quoted, share
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only

__all__ = ["chance_of_envelope", "contingency_needed", "cost_range", "sensitivity"]
__dir__ = only(__all__)

NAMED_PARAMETERS = 3
# Each amount of a ledger is rounded by itself.
CENT = 0.01


def quoted_parameter(plan: Plan, path: str) -> str:
    """What a parameter is, in words that stand inside a sentence."""
    return quoted(plain(_(plan.parameters[path].description)))


def cost_range(plan: Plan, result: Simulation) -> str:
    """Range of the total, and where the point estimate stands in it."""
    lcu, row = local_money(plan), risk.percentiles(result).loc[risk.TOTAL]
    text = _(
        "Each of {count} uncertain figures was drawn {draws} times between its low and its high, related ones together. Without "
        "contingency the plan costs between {low} and {high} in eight of ten cases, {middle} in the middle and {mean} on average. "
        "The point estimate of {point} is enough in {chance} of the cases."
    )
    return text.format(
        count=len(result.parameters), draws=compact(result.total.size), low=lcu(row["P10"]), high=lcu(row["P90"]), middle=lcu(row["P50"]),
        mean=lcu(row["mean"]), point=lcu(row["point"]), chance=share(row["chance"]),
    )  # fmt: skip


def contingency_needed(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The contingency that a percentile asks for, beside the one in the budget."""
    lcu, wanted = local_money(plan), float(plan["contingency.percentile"])
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


def chance_of_envelope(plan: Plan, result: Simulation) -> str:
    """Chance that the stated money is enough, in all and in the tightest year."""
    table = risk.envelope(plan, result)
    if table.empty:
        return _("No envelope is stated (`uncertainty.envelope`), so none is tested.")
    lcu, row, years = local_money(plan), table.loc[risk.TOTAL], table.drop(index=risk.TOTAL)
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


def sensitivity(plan: Plan, result: Simulation) -> str:
    """What moves the total most: one by one, and as shares of the spread."""
    lcu, swings, table = local_money(plan), risk.tornado(plan), risk.shares(result)
    unknown = swings[~swings["decision"]].head(NAMED_PARAMETERS)
    parts = [
        _("{what} (from {low} to {high})").format(what=quoted_parameter(plan, path), low=lcu(row.low), high=lcu(row.high))
        for path, row in unknown.iterrows()
    ]
    text = _(
        "Taken one by one between low and high, the total moves most with {parts}. Of the spread, {names} explain most: {shares}."
    )
    top = table.head(NAMED_PARAMETERS)
    names = listed([quoted_parameter(plan, str(path)) for path in top.index])
    return (
        text.format(parts=listed(parts), names=names, shares=listed([share(x) for x in top["share"]]))
        + " "
        + policy_choices(plan, swings)
    )


def policy_choices(plan: Plan, swings: pd.DataFrame) -> str:
    """The decision with the largest swing."""
    decisions = swings[swings["decision"] & (swings["swing"] > 0)]
    if decisions.empty:
        return ""
    path, parameter = str(decisions.index[0]), plan.parameters[str(decisions.index[0])]
    text = _("Among what may be chosen, {what} counts most: {low} at {least}, {high} at {most}.")
    lcu, row = local_money(plan), decisions.iloc[0]
    return text.format(
        what=quoted_parameter(plan, path),
        low=lcu(row["low"]),
        high=lcu(row["high"]),
        least=number(float(parameter.low or 0), 2),
        most=number(float(parameter.high or 0), 2),
    )
