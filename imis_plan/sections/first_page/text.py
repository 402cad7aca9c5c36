"""The first page in words: six sentences, and the decisions that the plan asks for."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from imis_plan.analysis import risk, summary as views
from imis_plan.analysis.funder_exits import open_after_exit
from imis_plan.analysis.options import Alternatives
from imis_plan.analysis.posts import post_totals
from imis_plan.analysis.sensitivity import Unknown, to_find_out_first, variance_shares
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, share
from imis_plan.i18n.translate import _
from imis_plan.model.funding import is_proposed
from imis_plan.model.simulation import Simulation
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors, draft
from imis_plan.sections.amounts import local_money
from imis_plan.sections.cost.text import largest_components
from imis_plan.sections.evidence.text import plausibility_in_short, prices_that_double
from imis_plan.sections.first_page.option_decisions import adopt_options
from imis_plan.sections.funding.text import funding_gap
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.people.text import number_or_none, posts_needed
from imis_plan.sections.posts_in_words import number_of_posts
from imis_plan.sections.procurement.text import late_in_short
from imis_plan.sections.project_support.text import support_beside
from imis_plan.sections.public_names import only
from imis_plan.sections.risk.groups import group_label
from imis_plan.sections.risk.text import contingency_in_short, quoted_parameter
from imis_plan.sections.taxes.text import taxes_beside

__all__ = ["decisions", "key_messages"]
__dir__ = only(__all__)

# The words in bold at the head of a decision.
LEAD = re.compile(r"\*\*(.+?)\*\*")
# Number of years before the budget in which a series may end and be as new as published figures are.
RECENT = 3
# Number of lines that account for most of a budget, and for which prices can be obtained in a few weeks.
LARGEST_LINES = 10
# Page one and the briefing of a draft have room for so many of its open questions; the sentence counts the others.
QUESTIONS_NAMED = 1


def key_messages(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """Coverage, cost items, funding, staff, confidence, plausibility, late procurement, inflation; each leads to what is behind it."""
    table = anchors.table
    parts = [
        (_("Coverage"), table("volumes"), people_served(plan)),
        (_("Main cost items"), table("components"), largest_components(plan, ledger)),
        (_("Who pays"), table("funders" if plan.funding else "components"), who_pays(plan, ledger)),
        (_("Who is needed"), table("staffing"), posts_needed(plan)),
        (_("Procurement"), table("form_orders"), late_in_short(plan, ledger)),
        (_("Inflation"), anchors.parameter(plan, "money.home_inflation_forward"), prices_that_double(plan, ledger)),
        (_("Confidence"), table("percentiles"), contingency_in_short(plan, ledger, result)),
        (_("Plausibility"), table("bands"), plausibility_in_short(plan, ledger)),
    ]  # fmt: skip
    first = [
        f"- **{lead}.** {text}"
        for lead, text in (
            (_("Draft"), escape_markdown(draft.notice(plan, QUESTIONS_NAMED))),
            (_("Old series"), early_series(plan)),
        )
        if text
    ]
    return "\n".join([*first, *(f"- **{anchors.link(lead, target)}.** {text}" for lead, target, text in parts if text)])


def early_series(plan: Plan) -> str:
    """Yearly series of money that end years before the budget begins, in a sentence; nothing if none does."""
    names = {"money.exchange_rates": _("exchange rates"), "money.home_inflation": _("domestic inflation")}
    base = plan["time.base_year"]
    last = {name: max(plan[path]) for path, name in names.items() if plan.parameters[path].value}
    early = [_("{series} in {year}").format(series=name, year=year) for name, year in last.items() if year < base - RECENT]
    if not early:
        return ""
    text = _(
        "The published series end early ({series}), while the budget begins in {base}: the years between follow the planning rate"
        " and the expected inflation. Newer figures are worth the search."
    )
    return text.format(series=join_with_and(early), base=year_label(plan, base))


def who_pays(plan: Plan, ledger: pd.DataFrame) -> str:
    """The funding gap, and the funders who leave before the plan ends."""
    text = (
        _("Proposed funding that ends in {year}: {funders}.")
        if is_proposed(plan)
        else _("Funding that ends in {year}: {funders}.")
    )
    ends = [
        text.format(year=year_label(plan, row.last_year), funders=join_with_and([escape_markdown(name) for name in row.funders]))
        for row in open_after_exit(plan, ledger).itertuples()
    ]
    return " ".join([funding_gap(plan, views.headline(plan, ledger)), *ends])


def people_served(plan: Plan) -> str:
    """Whom the money serves."""
    table = views.drivers(plan)
    last = table.columns[-1]
    text = _(
        "In {last}, openIMIS serves {insured} insured people ({before} at the start) with {facilities} facilities and "
        "{agents} enrolment agents, and processes {claims} claims."
    )
    if not table.loc["claims", last]:
        text = _(
            "In {last}, openIMIS serves {insured} insured people ({before} at the start) with {facilities} facilities "
            "and {agents} enrolment agents. It processes no claims."
        )
    at = {name: compact(float(table.loc[name, last])) for name in ("insured", "facilities", "agents", "claims")}
    return text.format(last=year_label(plan, last), before=compact(float(plan["coverage.insured_at_start"])), **at)


def decisions(plan: Plan, ledger: pd.DataFrame, result: Simulation, found: Alternatives) -> str:
    """What the reader is asked to decide, as a numbered list under a heading."""
    who_pays = anchors.table("funders" if plan.funding else "components")
    asked = [
        (approve_budget(plan, ledger, result), anchors.table("components")),
        *((text, who_pays) for text in secure_funding(plan, ledger)),
        *((text, anchors.table("staffing")) for text in create_posts(plan)),
        *((text, anchors.table("percentiles")) for text in set_contingency(plan, ledger, result)),
        *adopt_options(plan, found),
        *((text, anchors.table("sensitivity")) for text in reduce_uncertainty(plan, ledger, result)),
    ]
    lines = [f"{i}. {linked_lead(text, target)}" for i, (text, target) in enumerate(asked, 1)]
    return "\n".join(["### " + _("Decisions asked for"), "", *lines])


def linked_lead(text: str, target: str) -> str:
    """A decision whose words in bold lead to the table behind its amounts."""
    return LEAD.sub(lambda lead: f"**{anchors.link(lead[1], target)}**", text, count=1)


def approve_budget(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """The sum, that of the first year, in how many of the simulated cases it is enough, and support and taxes beside it."""
    lcu, yearly, asked = local_money(plan), ledger.groupby("year")["amount"].sum(), risk.budget_sum(ledger, result)
    text = _("**Approve** {total} for {first} to {last}, of which {start} in {first}; this is sufficient in {chance} of cases.")
    approved = text.format(
        total=lcu(asked.total), chance=share(asked.chance),
        first=year_label(plan, yearly.index[0]), last=year_label(plan, yearly.index[-1]), start=lcu(yearly.iloc[0]),
    )  # fmt: skip
    return f"{approved} {support_beside(plan, ledger)} {taxes_beside(plan, ledger)}"


def secure_funding(plan: Plan, ledger: pd.DataFrame) -> Iterator[str]:
    """To agree on funding that is only proposed, to close the funding gap, and to pay the part of it that is open after funders leave."""
    h, lcu = views.headline(plan, ledger), local_money(plan)
    if is_proposed(plan):
        yield _("**Decide who pays** {total}: the funding in this plan is proposed and not agreed.").format(total=lcu(h["total"]))
    if not plan.funding:
        yield _("**Identify the funders**: the scenario names none, so the total amount is unfunded.")
    elif h["unfunded_share"] >= NEGLIGIBLE:
        text = (
            _("**Close the funding gap** that the proposal would leave: {gap}, or {part} of the total.")
            if is_proposed(plan)
            else _("**Close the funding gap** of {gap}, or {part} of the total.")
        )
        yield text.format(gap=lcu(h["unfunded"]), part=share(h["unfunded_share"]))
        for row in open_after_exit(plan, ledger).itertuples():
            if row.open >= NEGLIGIBLE * h["per_year"]:
                yield funder_to_find(plan, row)


def funder_to_find(plan: Plan, row: Any) -> str:
    """A funder for what stays open when others no longer pay."""
    text = _("**Find a funder from {next}** for {open} a year of this gap, on average.")
    if row.next_year == row.until:
        text = _("**Find a funder for {next}** for {open} of this gap.")
    return text.format(next=year_label(plan, row.next_year), open=local_money(plan)(row.open))


def create_posts(plan: Plan) -> Iterator[str]:
    """Posts beyond those that exist."""
    totals = post_totals(plan)
    first, last = totals[0], totals[-1]
    if last.to_create > 0:
        text = _("**Create {posts}** in addition to existing posts by {last}, of which {start} in {first}.")
        start = number_or_none(first.to_create)
        yield text.format(
            posts=number_of_posts(last.to_create),
            last=year_label(plan, last.year),
            start=start,
            first=year_label(plan, first.year),
        )


def set_contingency(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> Iterator[str]:
    """A contingency for the chosen certainty, where the budget holds less."""
    lcu, wanted, asked = local_money(plan), float(plan["contingency.percentile"]), risk.budget_sum(ledger, result)
    needed = risk.reserve(result, wanted)
    if needed - asked.contingency > NEGLIGIBLE * asked.total:
        text = _("**Set the contingency**: a sum that is sufficient in {wanted} of cases is {more} more, {cost} in all.")
        yield text.format(wanted=share(wanted), more=lcu(needed - asked.contingency), cost=lcu(asked.base + needed))


def reduce_uncertainty(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> Iterator[str]:
    """What explains most of the uncertainty, where quotes would remove little of it, else the prices to confirm."""
    unknown = to_find_out_first(result)
    if unknown:
        yield find_out_first(plan, unknown)
    else:
        yield from confirm_prices(plan, ledger, result)


def find_out_first(plan: Plan, unknown: Unknown) -> str:
    """A figure that explains most of the uncertainty, or several that vary together with the one that explains most of it."""
    first = anchors.link(quoted_parameter(plan, unknown.members[0]), anchors.parameter(plan, unknown.members[0]))
    if len(unknown.members) == 1:
        return _("**Find out first** {name}: it explains {share} of the uncertainty.").format(
            name=first, share=share(unknown.share)
        )
    text = _("**Find out first** {group}, above all {name}: it explains {share} of the uncertainty.")
    return text.format(group=group_label(plan, unknown.name, unknown.members), name=first, share=share(unknown.share))


def confirm_prices(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> Iterator[str]:
    """The three quotes that remove most of the uncertainty, else own prices for the largest lines where those are assumed."""
    found, assumed = variance_shares(result).quotes, views.by_grade(ledger).loc["assumed", "price"]
    if found.share >= NEGLIGIBLE:
        text = _("**Obtain quotations first** for {names}, to remove {share} of the uncertainty.")
        names = join_with_and([anchors.link(quoted_parameter(plan, path), anchors.parameter(plan, path)) for path in found.paths])
        yield text.format(names=names, share=share(found.share))
    elif assumed >= NEGLIGIBLE:
        largest = views.largest_lines(ledger, LARGEST_LINES)
        text = _(
            "**Obtain price quotations for the {count} largest lines** before the budget is submitted: they account for"
            " {part} of the budget, and {assumed} of the cost uses assumed prices."
        )
        yield text.format(count=len(largest), part=share(largest["share"].sum()), assumed=share(assumed))
