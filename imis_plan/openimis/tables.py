"""Tables of the chapter on a running openIMIS: plan and observed values, and the facts that were read."""

from typing import Any

import pandas as pd

from imis_plan.i18n import formats
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import _
from imis_plan.openimis.baseline import Baseline, Fact
from imis_plan.openimis.fact_names import label
from imis_plan.openimis.plan_vs_observed import differences
from imis_plan.openimis.text import count_or_rate
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import signed_share

__all__ = ["facts", "observed_differences"]


def observed_differences(plan: Plan, baseline: Baseline) -> dict[str, Any]:
    """Planned and observed values, and the effect of each difference on the budget."""
    table = differences(plan, baseline)
    effect = _("Effect on the budget")
    frame = pd.DataFrame(
        {
            _("Item"): [_(item) for item in table["item"]],
            _("Plan"): list(table["planned"]),
            _("Observed"): list(table["observed"]),
            _("Difference"): list(table["difference"]),
            _("Share"): list(table["share"]),
            effect: list(table["effect"]),
        }
    )
    note = _(
        "Effect: the total budget with the observed value, less the budget as planned. Effects overlap, so their sum is not the effect of all "
        "together."
    )
    formatted = {
        _("Plan"): count_or_rate,
        _("Observed"): count_or_rate,
        _("Difference"): count_or_rate,
        _("Share"): signed_share,
        effect: formats.number,
    }
    caption = _("Plan compared with the running system on {day} ({currency})").format(
        day=formats.long_date(baseline.system.day), currency=plan.about.currency
    )
    return {"frame": frame, "caption": caption, "notes": [note, baseline.source()], "formats": formatted}


def facts(baseline: Baseline) -> dict[str, Any]:
    """The facts that were read, and the reason for each gap."""
    rows = [(label(name), value_or_reason(fact)) for name, fact in baseline.facts.items()]
    frame = pd.DataFrame(rows, columns=[_("Fact"), _("Value, or reason for the gap")])
    caption = _("Facts read from the running system on {day}").format(day=formats.long_date(baseline.system.day))
    note = _("Claims, renewals and policies that ended are those of {year}.").format(year=baseline.system.year)
    return {"frame": frame, "caption": caption, "notes": [note]}


def value_or_reason(fact: Fact) -> str:
    """A value, several values by name, or the reason for a gap."""
    if fact.value is None:
        return _("not read: {why}; {remedy}").format(
            why=localized_sentence(fact.missing or ""), remedy=localized_sentence(fact.remedy or "")
        )
    if isinstance(fact.value, dict):
        return ", ".join(f"{name} {formats.number(value)}" for name, value in fact.value.items())
    return formats.number(fact.value)


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
