"""Who pays, what is not yet funded, and what happens when a funder leaves."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n.formats import listed, plain, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model import funding
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.public_names import only

__all__ = ["after_funder_exit", "funding_gap", "funding_sources"]
__dir__ = only(__all__)


def funding_sources(plan: Plan, ledger: pd.DataFrame) -> str:
    """Who pays, what is left, and what happens when a funder leaves."""
    if not plan.funding:
        return _("The scenario names no funder. Add `funding:` rules to see who pays what and what is left.")
    lcu, table = local_money(plan), views.by_funder(plan, ledger)
    total = table.loc[views.TOTAL, views.TOTAL]
    payers = table[views.TOTAL].drop([views.TOTAL, funding.GAP], errors="ignore")
    parts = [
        _("{amount} ({part}) by {funder}").format(funder=plain(name), amount=lcu(x), part=share(x / total))
        for name, x in payers.items()
    ]
    gap = table.loc[funding.GAP, views.TOTAL] if funding.GAP in table.index else 0.0
    open_part = _("{gap} ({part}) is not yet funded.").format(gap=lcu(gap), part=share(gap / total))
    if gap / total < NEGLIGIBLE:
        open_part = _("Every line has a funder.")
    sentences = [_("So far the cost is borne as follows: {parts}.").format(parts=listed(parts)), open_part]
    sentences += [after_funder_exit(lcu, row) for row in views.leaving(plan, ledger).itertuples()]
    notes = sorted({localized(rule.note) for rule in plan.funding if rule.note})
    return "\n".join([" ".join(sentences), "", *(f"- {plain(note)}" for note in notes)])


def after_funder_exit(lcu: Any, row: Any) -> str:
    """What the year after a funder's last costs."""
    text = _(
        "**After {funder} leaves:** it pays {paid} in {last}; in {next} the system costs {recurrent} to run and {gap} has no funder."
    )
    return text.format(
        funder=plain(row.funder),
        paid=lcu(row.paid_before),
        last=row.last_year,
        next=row.next_year,
        recurrent=lcu(row.recurrent),
        gap=lcu(row.unfunded),
    )


def funding_gap(plan: Plan, h: Any) -> str:
    """How much nobody pays for yet."""
    lcu = local_money(plan)
    if not plan.funding:
        return _("The scenario names no funder, so the **whole amount is still to be funded**.")
    if h["unfunded_share"] < NEGLIGIBLE:
        return _("Every line has a funder.")
    return _("**{gap} ({part} of the total) has no funder yet.**").format(gap=lcu(h["unfunded"]), part=share(h["unfunded_share"]))
