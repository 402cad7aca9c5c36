"""The figures that a minister asks for first, each with what explains it and the table that it comes from."""

from typing import NamedTuple

import pandas as pd

from imis_plan.analysis import risk, summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.formats import count, share
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.naming import currency


class Card(NamedTuple):
    """One figure: what it is, the figure, what explains it, and the table that links lead to."""

    label: str
    value: str
    note: str
    target: str


def headline(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> list[Card]:
    """Total, per insured, recurrent, posts, gap, range."""
    h = views.headline(plan, ledger)
    return [total(plan, h), per_insured(plan, h), recurrent(plan, h), posts(plan, h), unfunded(plan, h), sure(plan, h, result)]


def total(plan: Plan, h: dict[str, float]) -> Card:
    """What it costs in all."""
    return Card(
        _("Total, {first} to {last}").format(first=h["first_year"], last=h["last_year"]),
        currency(plan)(h["total"]),
        _("{usd}; {yearly} a year on average").format(
            usd=formats.money(h["total_usd"], "USD"), yearly=currency(plan)(h["per_year"])
        ),
        anchors.table("components"),
    )


def per_insured(plan: Plan, h: dict[str, float]) -> Card:
    """What it costs for each insured person and year."""
    label, target = _("For each insured person and year"), anchors.table("unit_costs")
    if h["per_insured_year"] != h["per_insured_year"]:  # not a number: nobody is insured
        return Card(label, "–", _("Nobody is insured in this plan."), target)
    note = _("{usd}; {insured} people are insured in {last}")
    return Card(
        label,
        formats.money_with_cents(h["per_insured_year"], plan.about.currency),
        note.format(
            usd=formats.money_with_cents(h["per_insured_year_usd"], "USD"),
            insured=formats.compact(h["insured"]),
            last=h["last_year"],
        ),
        target,
    )


def recurrent(plan: Plan, h: dict[str, float]) -> Card:
    """What it costs to keep it running."""
    return Card(
        _("To keep it running, a year"),
        currency(plan)(h["recurrent_after"]),
        _("{usd}: the recurrent cost of {last}, when {reached} of the target is reached").format(
            usd=formats.money(h["recurrent_after_usd"], "USD"), last=h["last_year"], reached=share(h["rollout"])
        ),
        anchors.table("kinds"),
    )


def posts(plan: Plan, h: dict[str, float]) -> Card:
    """Whom it takes."""
    table = views.staffing(plan)
    last = table[table["year"] == h["last_year"]]
    filled = last[["posts", "existing"]].min(axis=1).sum()  # a role that has more than it needs does not fill another
    return Card(
        _("IT posts in {last}").format(last=h["last_year"]),
        count(last["posts"].sum()),
        _("{existing} of them exist today").format(existing=count(filled)),
        anchors.table("staffing"),
    )


def unfunded(plan: Plan, h: dict[str, float]) -> Card:
    """What nobody pays."""
    note = _("{part} of the total").format(part=share(h["unfunded_share"]))
    return Card(
        _("Without a funder"),
        currency(plan)(h["unfunded"]),
        note if plan.funding else _("the scenario names no funder"),
        anchors.table("funders" if plan.funding else "components"),
    )


def sure(plan: Plan, h: dict[str, float], result: Simulation) -> Card:
    """How far it may turn out otherwise."""
    row, lcu = risk.percentiles(result).loc[risk.TOTAL], currency(plan)
    return Card(
        _("How sure: eight cases in ten"),
        _("{low} to {high}").format(low=lcu(row["P10"]), high=lcu(row["P90"])),
        _("before contingency; {assumed} of the money is at assumed prices").format(assumed=share(h["assumed_share"])),
        anchors.table("percentiles"),
    )
