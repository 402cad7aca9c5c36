"""Sentences of the chapter on a running openIMIS."""

import pandas as pd

from imis_plan.i18n.formats import escape_markdown, long_date, number
from imis_plan.i18n.translate import _, plural
from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.plan_vs_observed import ALL_ITEMS, differences
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money, signed_share

__all__ = ["observed_differences"]

# A smaller share counts as no difference.
AS_PLANNED = 0.005
TWO_DECIMALS_BELOW, SIGNIFICANT_DECIMALS = 100, 6


def observed_differences(plan: Plan, baseline: Baseline) -> str:
    """The section of the report: heading, source, largest difference, effect on the budget, number of gaps."""
    table = differences(plan, baseline)
    parts = [
        "## " + _("Plan compared with the running system"),
        source_sentence(baseline),
        largest_difference(table),
        effect_sentence(plan, table),
        missing_facts(baseline),
    ]
    return "\n\n".join(filter(None, parts))


def source_sentence(baseline: Baseline) -> str:
    """Which system was read, when, with which account."""
    system = baseline.system
    text = _(
        "Read on {day} from the openIMIS at {host} ({release}) with the account {account}. Only counts were read; no personal record was stored."
    )
    return text.format(
        day=long_date(system.day),
        host=escape_markdown(system.host),
        release=escape_markdown(system.release),
        account=escape_markdown(system.account),
    )


def largest_difference(table: pd.DataFrame) -> str:
    """How many items are as planned, and which differs most."""
    items = table[table["item"] != ALL_ITEMS]
    if items.empty:
        return _("No item of the plan could be read.")
    apart = items[items["share"].abs() >= AS_PLANNED]
    alike = len(items) - len(apart)
    sentences = [plural("{n} item is as planned.", "{n} items are as planned.", alike).format(n=number(alike))] if alike else []
    if not apart.empty:
        row = apart.loc[apart["share"].abs().idxmax()]
        text = _("The largest difference is “{item}”: {observed} observed, {planned} planned ({share}).")
        sentences.append(
            text.format(
                item=_(row["item"]),
                observed=count_or_rate(row["observed"]),
                planned=count_or_rate(row["planned"]),
                share=signed_share(row["share"]),
            )
        )
    return " ".join(sentences)


def count_or_rate(x: float) -> str:
    """A count without decimals, or a rate with two."""
    return number(x, 0 if round(float(x), SIGNIFICANT_DECIMALS).is_integer() or abs(x) >= TWO_DECIMALS_BELOW else 2)


def effect_sentence(plan: Plan, table: pd.DataFrame) -> str:
    """The effect of the differences on the budget."""
    lcu, amount = local_money(plan), float(table.loc[table["item"] == ALL_ITEMS, "effect"].iloc[0])
    if not amount:
        return _("With the observed values the budget would be the same.")
    if amount > 0:
        return _("With all observed values the total budget would be {amount} higher.").format(amount=lcu(amount))
    return _("With all observed values the total budget would be {amount} lower.").format(amount=lcu(-amount))


def missing_facts(baseline: Baseline) -> str:
    """The number of facts that could not be read."""
    count = len(baseline.gaps())
    text = plural(
        "{n} figure could not be read; the table of facts gives the reason. It is a gap, not a zero.",
        "{n} figures could not be read; the table of facts gives the reason. They are gaps, not zeros.",
        count,
    )
    return text.format(n=number(count)) if count else ""


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
