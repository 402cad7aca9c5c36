"""Plan against reality, in sentences."""

import pandas as pd

from imis_plan.i18n.formats import day, number, plain
from imis_plan.i18n.translate import _, plural
from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.plan_vs_observed import TOGETHER, drift
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money, signed_share

# A difference that rounds to nothing.
AS_PLANNED = 0.005
SMALL, DIGITS = 100, 6


def against_reality(plan: Plan, baseline: Baseline) -> str:
    """The section of the report: heading, what was read, the largest differences, what they mean for the budget, what is missing."""
    table = drift(plan, baseline)
    parts = ["## " + _("Plan against reality"), was_read(baseline), differs(table), means(plan, table), not_read(baseline)]
    return "\n\n".join(filter(None, parts))


def was_read(baseline: Baseline) -> str:
    """Which system was read, when, by whom."""
    system = baseline.system
    text = _(
        "Read on {day} from the openIMIS at {host} ({release}) with the account {account}. Only counts were read, no person's record was kept."
    )
    return text.format(day=day(system.day), host=plain(system.host), release=plain(system.release), account=plain(system.account))


def differs(table: pd.DataFrame) -> str:
    """How many items are as planned, and which is furthest from it."""
    items = table[table["item"] != TOGETHER]
    if items.empty:
        return _("Nothing that the plan has could be read.")
    apart = items[items["share"].abs() >= AS_PLANNED]
    alike = len(items) - len(apart)
    sentences = [plural("{n} item is as planned.", "{n} items are as planned.", alike).format(n=number(alike))] if alike else []
    if not apart.empty:
        row = apart.loc[apart["share"].abs().idxmax()]
        text = _("Furthest from the plan is “{item}”: {observed} in place of {planned} ({share}).")
        sentences.append(
            text.format(
                item=_(row["item"]),
                observed=digits(row["observed"]),
                planned=digits(row["planned"]),
                share=signed_share(row["share"]),
            )
        )
    return " ".join(sentences)


def digits(x: float) -> str:
    """A count without decimals, a rate with two."""
    return number(x, 0 if round(float(x), DIGITS).is_integer() or abs(x) >= SMALL else 2)


def means(plan: Plan, table: pd.DataFrame) -> str:
    """What the differences mean for the budget."""
    lcu, amount = local_money(plan), float(table.loc[table["item"] == TOGETHER, "effect"].iloc[0])
    if not amount:
        return _("The budget would be the same with what was found.")
    if amount > 0:
        return _("With all that was found in its place, the whole budget would be {amount} higher.").format(amount=lcu(amount))
    return _("With all that was found in its place, the whole budget would be {amount} lower.").format(amount=lcu(-amount))


def not_read(baseline: Baseline) -> str:
    """How many figures are missing."""
    count = len(baseline.gaps())
    text = plural(
        "{n} figure could not be read; the table of what was read says why. It is a gap, not a zero.",
        "{n} figures could not be read; the table of what was read says why. They are gaps, not zeros.",
        count,
    )
    return text.format(n=number(count)) if count else ""
