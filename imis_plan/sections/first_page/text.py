"""The first page in words: five sentences, and the decisions that the plan asks for."""

from collections.abc import Iterator

import pandas as pd

from imis_plan.analysis import options as choices_of, risk, summary as views
from imis_plan.analysis.options import BASE, Alternatives
from imis_plan.analysis.sensitivity import variance_shares
from imis_plan.i18n.formats import compact, count, escape_markdown, join_with_and, share
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.cost.text import largest_components
from imis_plan.sections.funding.text import after_funder_exit, funding_gap
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.people.text import posts
from imis_plan.sections.public_names import only
from imis_plan.sections.risk.text import contingency_needed, quoted_parameter
from imis_plan.sections.taxes.text import taxes_beside

__all__ = ["decisions", "key_messages"]
__dir__ = only(__all__)

# An option serves as many as the base if it reaches this share of its insured-years.
AS_MANY = 0.99
# So many lines carry most of a budget, and can be priced anew in a few weeks.
LARGEST_LINES = 10


def key_messages(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> str:
    """Coverage, main cost items, funding, staff and confidence; each leads to the table behind it."""
    leaving = [after_funder_exit(local_money(plan), row) for row in views.funders_that_end(plan, ledger).itertuples()]
    parts = [
        (_("Coverage"), "volumes", people_served(plan)),
        (_("Main cost items"), "components", largest_components(plan, ledger)),
        (_("Who pays"), "funders" if plan.funding else "components", " ".join([funding_gap(plan, views.headline(plan, ledger)), *leaving[:1]])),
        (_("Who is needed"), "staffing", posts(plan).partition("\n")[0]),
        (_("Confidence"), "percentiles", contingency_needed(plan, ledger, result)),
    ]  # fmt: skip
    return "\n".join(f"- **{anchors.link(lead, anchors.table(key))}.** {text}" for lead, key, text in parts)


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
    return text.format(last=last, before=compact(float(plan["coverage.insured_at_start"])), **at)


def decisions(plan: Plan, ledger: pd.DataFrame, result: Simulation, found: Alternatives) -> str:
    """What the reader is asked to decide, as a numbered list under a heading."""
    asked = [
        approve_budget(plan, ledger),
        *secure_funding(plan, ledger),
        *create_posts(plan),
        *set_contingency(plan, ledger, result),
        *adopt_option(plan, found),
        *confirm_prices(plan, ledger, result),
    ]
    return "\n".join(["### " + _("Decisions asked for"), "", *(f"{i}. {text}" for i, text in enumerate(asked, 1))])  # fmt: skip


def approve_budget(plan: Plan, ledger: pd.DataFrame) -> str:
    """The money, that of the first year, and the taxes beside it."""
    lcu, yearly = local_money(plan), ledger.groupby("year")["amount"].sum()
    text = _("**Approve** {total} for {first} to {last}, of which {start} in {first}.")
    asked = text.format(total=lcu(yearly.sum()), first=yearly.index[0], last=yearly.index[-1], start=lcu(yearly.iloc[0]))
    return f"{asked} {taxes_beside(plan, ledger)}"


def secure_funding(plan: Plan, ledger: pd.DataFrame) -> Iterator[str]:
    """To close the funding gap, and to take over what a funder has paid."""
    h, lcu = views.headline(plan, ledger), local_money(plan)
    if not plan.funding:
        yield _("**Identify the funders**: the scenario names none, so the total amount is unfunded.")
    elif h["unfunded_share"] >= NEGLIGIBLE:
        text = _("**Close the funding gap** of {gap}, or {part} of the total.")
        yield text.format(gap=lcu(h["unfunded"]), part=share(h["unfunded_share"]))
    for row in views.funders_that_end(plan, ledger).head(1).itertuples():
        text = _("**Take over** recurrent costs of {recurrent} a year from {next}. Funding that ends: {funder}.")
        yield text.format(recurrent=lcu(row.recurrent), next=row.next_year, funder=escape_markdown(row.funder))


def create_posts(plan: Plan) -> Iterator[str]:
    """Posts beyond those that exist."""
    table = views.staffing(plan)
    gaps = table.assign(gap=table["gap"].clip(lower=0)).groupby("year")["gap"].sum()
    if gaps.iloc[-1] > 0:
        text = plural(
            "**Create {posts} post** in addition to existing posts by {last}, of which {start} in {first}.",
            "**Create {posts} posts** in addition to existing posts by {last}, of which {start} in {first}.",
            gaps.iloc[-1],
        )
        if not float(gaps.iloc[-1]).is_integer():
            text = _(
                "**Create posts** of {posts} full-time equivalents (FTE) in addition to existing posts by {last}, of which {start} in {first}."
            )
        start = count(gaps.iloc[0]) if gaps.iloc[0] else _("none")
        yield text.format(posts=count(gaps.iloc[-1]), last=gaps.index[-1], start=start, first=gaps.index[0])


def set_contingency(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> Iterator[str]:
    """A contingency for the chosen certainty, where the budget holds less."""
    wanted = float(plan["contingency.percentile"])
    held = float(ledger.loc[ledger["component"] == "contingency", "amount"].sum())
    needed = risk.reserve(result, wanted)
    if needed > held * (1 + NEGLIGIBLE):
        text = _("**Set the contingency**: the budget includes {held}; {wanted} confidence requires {needed}.")
        yield text.format(held=local_money(plan)(held), wanted=share(wanted), needed=local_money(plan)(needed))


def adopt_option(plan: Plan, found: Alternatives) -> Iterator[str]:
    """The option that saves most while it serves as many."""
    table = choices_of.options(found)
    same = table[table["insured_years"] >= AS_MANY * table.loc[BASE, "insured_years"]].drop(index=BASE)
    if len(same) and same["difference"].min() < 0:
        best = same["difference"].idxmin()
        text = _("**Decide on the option** “{option}”: it saves {amount} ({part}) and serves as many people.")
        yield text.format(
            option=escape_markdown(localized(plan.options[best].title)),
            amount=local_money(plan)(-same.loc[best, "difference"]),
            part=share(-same.loc[best, "difference_share"]),
        )


def confirm_prices(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> Iterator[str]:
    """The three quotes that remove most of the uncertainty, else own prices for the largest lines where those are assumed."""
    found, assumed = variance_shares(result).quotes, views.by_grade(ledger).loc["assumed", "price"]
    if found.share >= NEGLIGIBLE:
        text = _(
            "**Obtain price quotations first** for {names}: written offers would remove {share} of the uncertainty;"
            " {assumed} of the cost uses assumed prices."
        )
        names = join_with_and([quoted_parameter(plan, path) for path in found.paths])
        yield text.format(names=names, share=share(found.share), assumed=share(assumed))
    elif assumed >= NEGLIGIBLE:
        largest = views.largest_lines(ledger, LARGEST_LINES)
        text = _(
            "**Obtain price quotations for the {count} largest lines** before the budget is submitted: they account for"
            " {part} of the budget, and {assumed} of the cost uses assumed prices."
        )
        yield text.format(count=len(largest), part=share(largest["share"].sum()), assumed=share(assumed))
