"""The figures that a minister asks for first, each with what explains it and the table that it comes from."""

import pandas as pd

from imis_plan.analysis import risk, summary as views
from imis_plan.analysis.posts import post_totals
from imis_plan.i18n import formats
from imis_plan.i18n.formats import count, share
from imis_plan.i18n.translate import _
from imis_plan.model.funding import is_proposed
from imis_plan.model.simulation import Simulation
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.html_cards import Card
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.posts_in_words import main_role
from imis_plan.sections.public_names import only

__all__ = ["headline"]
__dir__ = only(__all__)


def headline(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> list[Card]:
    """Total, per insured, running cost, posts, gap, range."""
    h = views.headline(plan, ledger)
    return [
        total_cost(plan, h),
        cost_per_insured(plan, h),
        running_cost(plan, h),
        posts(plan, h),
        funding_gap(plan, h),
        cost_range(plan, h, result),
    ]


def total_cost(plan: Plan, h: dict[str, float]) -> Card:
    """The sum asked for, with base cost and contingency in it."""
    lcu = local_money(plan)
    note = _("base cost {base} and contingency {held}; {usd}") if h["contingency"] else _("base cost, without contingency; {usd}")
    return Card(
        _("Sum asked for, {first} to {last}").format(first=year_label(plan, h["first_year"]), last=year_label(plan, h["last_year"])),
        lcu(h["total"]),
        note.format(
            base=lcu(h["total"] - h["contingency"]), held=lcu(h["contingency"]), usd=formats.money(h["total_usd"], "USD")
        ),
        anchors.table("components"),
    )  # fmt: skip


def cost_per_insured(plan: Plan, h: dict[str, float]) -> Card:
    """What it costs for each insured person and year."""
    label, target = _("Per insured person per year"), anchors.table("unit_costs")
    if h["per_insured_year"] != h["per_insured_year"]:  # not a number: nobody is insured
        return Card(label, "–", _("Nobody is insured in this plan."), target)
    note = _("{usd}; {insured} insured people in {last}")
    return Card(
        label,
        formats.money_with_cents(h["per_insured_year"], plan.about.currency),
        note.format(
            usd=formats.money_with_cents(h["per_insured_year_usd"], "USD"),
            insured=formats.compact(h["insured"]),
            last=year_label(plan, h["last_year"]),
        ),
        target,
    )


def running_cost(plan: Plan, h: dict[str, float]) -> Card:
    """What it costs to keep it running, with a year's part of the equipment."""
    note = _("in {last}: {recurrent} recurrent, {replacement} for equipment over its useful life")
    return Card(
        _("To keep it running, a year"),
        local_money(plan)(h["running_cost"]),
        note.format(
            recurrent=local_money(plan)(h["recurrent_after"]),
            last=year_label(plan, h["last_year"]),
            replacement=local_money(plan)(h["running_cost"] - h["recurrent_after"]),
        ),
        anchors.table("running_cost"),
    )


def posts(plan: Plan, h: dict[str, float]) -> Card:
    """The posts in the last year, what most of them are, and how many of them exist."""
    totals = post_totals(plan)[-1]
    role = main_role(plan, totals)
    note = _("of which {role}; {existing} of the posts exist today") if role else _("{existing} of the posts exist today")
    label = _("Posts in {last}") if totals.needed.is_integer() else _("Posts in {last} (FTE)")
    return Card(
        label.format(last=year_label(plan, h["last_year"])),
        count(totals.needed),
        note.format(role=role, existing=count(totals.filled) if totals.filled else _("none")),
        anchors.table("staffing"),
    )


def funding_gap(plan: Plan, h: dict[str, float]) -> Card:
    """The amount that no funder pays; none while funding is only proposed, since nobody has agreed to pay for anything."""
    if is_proposed(plan):
        open_part = _("proposed and not agreed; as proposed, the funding gap would be {gap}, {part} of the total")
        note = open_part if h["unfunded_share"] >= NEGLIGIBLE else _("proposed and not agreed")
        return Card(
            _("Funding"),
            _("not decided"),
            note.format(gap=local_money(plan)(h["unfunded"]), part=share(h["unfunded_share"])),
            anchors.table("funders"),
        )
    note = _("{part} of the total").format(part=share(h["unfunded_share"]))
    return Card(
        _("Funding gap"),
        local_money(plan)(h["unfunded"]),
        note if plan.funding else _("the scenario names no funder"),
        anchors.table("funders" if plan.funding else "components"),
    )


def cost_range(plan: Plan, h: dict[str, float], result: Simulation) -> Card:
    """How far it may turn out otherwise, in how many cases the sum asked for is enough, and what a percentile costs."""
    row, lcu, wanted = risk.percentiles(result).loc[risk.TOTAL], local_money(plan), float(plan["contingency.percentile"])
    note = _("the sum asked for is sufficient in {chance} of cases; P{percentile} is {cost}")
    return Card(
        _("Cost range in 80% of cases"),
        formats.money_range(row["P10"], row["P90"], plan.about.currency),
        note.format(
            chance=share(risk.chance_of_sum(result, h["total"])),
            percentile=round(wanted * 100), cost=lcu(result.point + risk.reserve(result, wanted)),
        ),
        anchors.table("percentiles"),
    )  # fmt: skip
