"""Plan against reality, and what was read of it."""

from typing import Any

import pandas as pd

from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.openimis import plan_vs_observed as views
from imis_plan.openimis.baseline import Baseline, Fact
from imis_plan.openimis.fact_names import label
from imis_plan.openimis.text import digits
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import signed_share


def against_reality(plan: Plan, baseline: Baseline) -> dict[str, Any]:
    """What is planned, what was found, and what the difference means for the budget."""
    table = views.drift(plan, baseline)
    effect = _("Effect on the budget")
    frame = pd.DataFrame(
        {
            _("Item"): [_(item) for item in table["item"]],
            _("Plan"): list(table["planned"]),
            _("Found"): list(table["observed"]),
            _("Difference"): list(table["difference"]),
            _("Share"): list(table["share"]),
            effect: list(table["effect"]),
        }
    )
    note = _(
        "Effect: the whole budget with what was found in place of the plan, less the budget as it stands. Effects overlap, so their sum is not "
        "that of all together."
    )
    formatted = {_("Plan"): digits, _("Found"): digits, _("Difference"): digits, _("Share"): signed_share, effect: formats.number}
    caption = _("Plan against reality on {day} ({currency})").format(
        day=formats.day(baseline.system.day), currency=plan.about.currency
    )
    return {"frame": frame, "caption": caption, "notes": [note, baseline.source()], "formats": formatted}


def facts(baseline: Baseline) -> dict[str, Any]:
    """What was read, and why what is missing is."""
    rows = [(label(name), localized(fact)) for name, fact in baseline.facts.items()]
    frame = pd.DataFrame(rows, columns=[_("Fact"), _("Value, or why there is none")])
    caption = _("What was read of the running system on {day}").format(day=formats.day(baseline.system.day))
    note = _("Claims, renewals and policies that ended are those of {year}.").format(year=baseline.system.year)
    return {"frame": frame, "caption": caption, "notes": [note]}


def localized(fact: Fact) -> str:
    """A value, several by name, or a gap in words."""
    if fact.value is None:
        return _("not read: {why}; {remedy}").format(why=fact.missing, remedy=fact.remedy)
    if isinstance(fact.value, dict):
        return ", ".join(f"{name} {formats.number(value)}" for name, value in fact.value.items())
    return formats.number(fact.value)
