"""Evidence for the figures, exclusions, and the budget compared with published ranges."""

from typing import Any

import pandas as pd

from imis_plan.analysis import price_gaps, summary as views
from imis_plan.analysis.money_checks import RealChange, price_rise, real_changes
from imis_plan.analysis.not_included import NOT_INCLUDED
from imis_plan.analysis.plausibility import farthest_outside, plausibility
from imis_plan.i18n.formats import currency_name, join_with_and, join_with_semicolons, number, share
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.model.components.insurance import NOT_OWNED
from imis_plan.model.grades import GRADES, PUBLISHED
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money, unit_cost_digits
from imis_plan.sections.naming import component_name, grade_mark
from imis_plan.sections.public_names import only

__all__ = [
    "benchmarks",
    "exclusions",
    "grades",
    "lacks_evidence",
    "plausibility_in_short",
    "prices_that_double",
    "prices_to_find",
]
__dir__ = only(__all__)


def grades(ledger: pd.DataFrame) -> str:
    """How much of the total rests on which grade."""
    table = views.by_grade(ledger)
    parts = [
        _("grade {grade} ({meaning}), {part}").format(part=share(p, 1), grade=grade_mark(g), meaning=_(GRADES[g]))
        for g, p in table["price"].items()
        if g in PUBLISHED or (g != "assumed" and p)
    ]
    text = _(
        "Share of the cost without contingency by grade of the price: {parts}; assumptions, {assumed}. Quantities matter, too: {weakest}"
        " of it depends on at least one assumption, such as the renewal rate or the minutes per claim. To "
        "improve a figure, change it in the scenario file and make the report again."
    )
    return text.format(
        parts=join_with_semicolons(parts),
        assumed=share(table.loc["assumed", "price"], 1),
        weakest=share(table.loc["assumed", "weakest"], 1),
    )


def lacks_evidence(ledger: pd.DataFrame) -> bool:
    """Whether the report lists the prices that lack evidence."""
    return price_gaps.lacks_evidence(ledger)


def prices_to_find(ledger: pd.DataFrame) -> str:
    """That less of the cost than the goal has prices with evidence, and how a price is added."""
    text = _(
        "Prices with published evidence of any kind account for {share} of the cost, less than the {goal} that the scenarios aim at. The"
        " table lists the prices that lack it, the largest amount first. One quotation or tender, added as a row of"
        " observations.csv, replaces an assumption in all budgets of the country."
    )
    return text.format(share=share(price_gaps.evidence_share(ledger), 1), goal=share(price_gaps.EVIDENCE_GOAL))


def exclusions(ledger: pd.DataFrame) -> str:
    """What the budget does not carry."""
    out = views.excluded(ledger)
    switched_off = out[(out["component"] == "other") & (out["reason"] != _(NOT_OWNED))]
    outside = [_(row.label).lower() for row in switched_off.itertuples()]
    carried = ledger[(ledger["component"] == "other") & (ledger["amount"] > 0)]["label"].unique()
    inside = [_(name).lower() for name in carried]
    sentences = (
        [_("In addition to the ten openIMIS components, the budget includes {inside}.").format(inside=join_with_and(inside))]
        if inside
        else []
    )
    if outside:
        sentences.append(
            _("It excludes {outside}; each of them can be included in the scenario file.").format(outside=join_with_and(outside))
        )
    sentences.append(_("The budget covers the information system only. The following is never in it:"))
    return "\n".join([" ".join(sentences), "", *(f"- {_(item)}" for item in NOT_INCLUDED)])


def benchmarks(plan: Plan, ledger: pd.DataFrame) -> str:
    """How many published ranges contain the budget, each range that does not, and the largest components."""
    table = plausibility(plan, ledger)
    inside, count = int((table["verdict"] == "within").sum()), int((table["verdict"] != "").sum())
    text = _("The budget is within {inside} of {count} published ranges.").format(inside=inside, count=count)
    odd = [outside_band(row) for row in table.itertuples() if row.verdict in ("below", "above")]
    changes = [f"\n{real_change(change)}" for change in real_changes(plan, ledger)]
    rise = [f"\n{inflation(plan, ledger)}"] if price_rise(plan) else []
    return "\n".join([text, "", *(f"- {sentence}" for sentence in odd), "", largest_components(ledger), *changes, *rise])


def inflation(plan: Plan, ledger: pd.DataFrame) -> str:
    """Domestic prices that double within the plan, and what would show whether they do."""
    advice = _("A forecast, such as that of the central bank, given as `{path}`, would show whether this is to be expected.")
    return f"**{_('Inflation')}**: {prices_that_double(plan, ledger)} {advice.format(path='money.home_inflation_forward')}"


def prices_that_double(plan: Plan, ledger: pd.DataFrame) -> str:
    """How far domestic prices rise within the plan, and the total without this; "" where they do not double."""
    rise = price_rise(plan)
    if rise is None:
        return ""
    h = views.headline(plan, ledger)
    text = _(
        "Domestic prices are expected to be {factor} times as high in {last} as in {first}; in constant {first} prices the total"
        " is {real}."
    )
    return text.format(
        factor=number(rise, 1),
        first=year_label(plan, h["first_year"]),
        last=year_label(plan, h["last_year"]),
        real=local_money(plan)(h["real"]),
    )


def real_change(change: RealChange) -> str:
    """A currency that gains or loses in real terms between the year of prices and the budget, and why."""
    text = (
        _(
            "**Exchange rate**: {share} of the cost is at prices of {year} that cross currencies. {currency} 1 of {year} becomes "
            "{currency} {factor} in {base} at constant prices, because prices change by {home} at home and {abroad} abroad, while the "
            "rate goes from {first} to {last} {local} for {currency} 1."
        )
        + " "
        + (
            _("New quotations would show whether these prices have really risen.")
            if change.factor > 1
            else _("New quotations would show whether these prices have really fallen.")
        )
    )
    first, last = (number(rate, 2 if rate < 1000 else 0) for rate in change.rates)
    return text.format(
        share=share(change.share),
        year=change.price_year,
        base=change.base_year,
        currency=change.currency,
        factor=number(change.factor, 2),
        home=share(change.home - 1),
        abroad=share(change.abroad - 1),
        first=first,
        last=last,
        local=currency_name(change.local),
    )


def plausibility_in_short(plan: Plan, ledger: pd.DataFrame) -> str:
    """How many published ranges contain the budget, and why it misses the one from which it lies farthest."""
    table = plausibility(plan, ledger)
    inside, count, key = int((table["verdict"] == "within").sum()), int((table["verdict"] != "").sum()), farthest_outside(table)
    if not count:
        return _("Nothing in this budget can be compared with published ranges.")
    if key is None:
        return _("The budget is within {inside} of {count} published ranges.").format(inside=inside, count=count)
    text = _("The budget is within {inside} of {count} published ranges. {band}")
    if not inside:
        text = _("The budget is outside all {count} published ranges. {band}")
    return text.format(inside=inside, count=count, band=outside_band(table.loc[key], short=True))


def outside_band(row: Any, *, short: bool = False) -> str:
    """One band that the budget misses, whose band it is, and what explains the difference; in short, without the first where it can."""
    verdicts = {"below": _("below"), "above": _("above")}
    text = _("**{what}**: {value} is {verdict} the range of {low} to {high} ({basis}).")
    if row.why:
        text = _("**{what}**: {value} is {verdict} the range of {low} to {high} ({basis}), because {why}.")
    if row.why and short:
        text = _("**{what}**: {value} is {verdict} the range of {low} to {high}, because {why}.")
    digits = unit_cost_digits(row.high)
    measured = "" if row.unit == "1" else f" {translate_unit(row.unit)}"
    low, high, value = (number(x, digits) for x in (row.low, row.high, row.value))
    return text.format(
        what=_(row.what),
        value=value + measured,
        verdict=verdicts[row.verdict],
        low=low,
        high=high,
        basis=_(row.basis),
        why=_(row.why) if row.why else "",
    )


def largest_components(ledger: pd.DataFrame) -> str:
    """What makes most of the budget, which is where a difference comes from."""
    sums = ledger.groupby("component")["amount"].sum().nlargest(2)
    parts = join_with_and(
        [
            _("{name} ({part})").format(name=component_name(str(name)), part=share(x / ledger["amount"].sum()))
            for name, x in sums.items()
        ]
    )
    return _("To explain a figure outside its range, look first at the largest components of this budget: {parts}.").format(
        parts=parts
    )
