"""Who pays, what is not yet funded, and what happens when a funder leaves."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n.formats import escape_markdown, join_with_semicolons, label_and_value, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model import funding
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.public_names import only

__all__ = ["after_funder_exit", "funding_gap", "funding_sources"]
__dir__ = only(__all__)


def funding_sources(plan: Plan, ledger: pd.DataFrame) -> str:
    """Who pays, the funding gap, and what happens when a funder leaves."""
    if not plan.funding:
        return _("The scenario names no funder. Add `funding:` rules to show who pays and what remains unfunded.")
    lcu, table = local_money(plan), views.by_funder(plan, ledger)
    total = table.loc[views.TOTAL, views.TOTAL]
    payers = table[views.TOTAL].drop([views.TOTAL, funding.GAP], errors="ignore")
    parts = [
        _("{funder}, {amount} ({part})").format(funder=escape_markdown(name), amount=lcu(x), part=share(x / total))
        for name, x in payers.items()
    ]
    gap = table.loc[funding.GAP, views.TOTAL] if funding.GAP in table.index else 0.0
    open_part = _("The funding gap is {gap} ({part}).").format(gap=lcu(gap), part=share(gap / total))
    if funding.is_proposed(plan):
        open_part = proposed_funding(plan, gap, gap / total)
    elif gap / total < NEGLIGIBLE:
        open_part = _("All lines are funded.")
    sentences = [_("Funding by source: {parts}.").format(parts=join_with_semicolons(parts)), open_part]
    sentences += [after_funder_exit(plan, row) for row in views.funders_that_end(plan, ledger).itertuples()]
    return "\n".join([" ".join(sentences), "", *(f"- {line}" for line in funder_notes(plan))])


def funder_notes(plan: Plan) -> list[str]:
    """What the scenario notes about each funder, in its order."""
    notes: dict[str, list[str]] = {}
    for rule in plan.funding:
        if rule.note:
            notes.setdefault(localized(rule.funder), []).append(localized(rule.note))
    return [
        label_and_value(f"**{escape_markdown(funder)}**", escape_markdown(join_with_semicolons(found)))
        for funder, found in notes.items()
    ]


def after_funder_exit(plan: Plan, row: Any) -> str:
    """The last payment of a funder, and cost and gap of the year after it."""
    lcu = local_money(plan)
    text = _(
        "**Funding that ends in {last}: {funder}**, {paid} in that year. In {next}, recurrent costs are {recurrent} and"
        " the funding gap is {gap}."
    )
    return text.format(
        funder=escape_markdown(row.funder),
        paid=lcu(row.paid_before),
        last=year_label(plan, row.last_year),
        next=year_label(plan, row.next_year),
        recurrent=lcu(row.recurrent),
        gap=lcu(row.unfunded),
    )


def proposed_funding(plan: Plan, gap: float, part: float) -> str:
    """That funding is not decided, and what would be open if the proposal were agreed. gap [LCU], part [1]."""
    if part < NEGLIGIBLE:
        return _(
            "**Funding is not decided**: it is proposed and not agreed. If it were agreed as proposed, all lines would be funded."
        )
    text = _(
        "**Funding is not decided**: it is proposed and not agreed. If it were agreed as proposed, the funding gap would be {gap}"
        " ({part} of the total)."
    )
    return text.format(gap=local_money(plan)(gap), part=share(part))


def funding_gap(plan: Plan, h: Any) -> str:
    """The amount that no funder pays."""
    lcu = local_money(plan)
    if not plan.funding:
        return _("The scenario names no funder, so the **total amount is unfunded**.")
    if funding.is_proposed(plan):
        return proposed_funding(plan, h["unfunded"], h["unfunded_share"])
    if h["unfunded_share"] < NEGLIGIBLE:
        return _("All lines are funded.")
    return _("**The funding gap is {gap} ({part} of the total).**").format(
        gap=lcu(h["unfunded"]), part=share(h["unfunded_share"])
    )
