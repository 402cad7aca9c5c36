"""What it rests on, what is left out, and whether it is plausible."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.plausibility import plausibility
from imis_plan.i18n.formats import listed, number, share
from imis_plan.i18n.translate import _, plural, unit
from imis_plan.model.grades import GRADES, PUBLISHED
from imis_plan.scenario.plan import Plan
from imis_plan.sections.naming import grade_mark, label, small_digits


def grades(ledger: pd.DataFrame) -> str:
    """How much of the total rests on which grade."""
    table = views.by_grade(ledger)
    parts = [
        _("{part} on grade {grade} ({meaning})").format(part=share(p, 1), grade=grade_mark(g), meaning=_(GRADES[g]))
        for g, p in table["price"].items()
        if g in PUBLISHED or (g != "assumed" and p)
    ]
    text = _(
        "By the grade of its price, the cost without contingency rests {parts} and {assumed} on assumptions. Quantities count too: where the weakest "
        "figure behind an amount decides, {weakest} of it rests on at least one assumption, such as a share of renewals or the "
        "minutes a claim takes. A better figure belongs in the scenario file; the report follows."
    )
    return text.format(
        parts=listed(parts),
        assumed=share(table.loc["assumed", "price"], 1),
        weakest=share(table.loc["assumed", "weakest"], 1),
    )


def exclusions(ledger: pd.DataFrame) -> str:
    """What the budget does not carry."""
    out = views.excluded(ledger)
    outside = [_(row.label).lower() for row in out.itertuples() if row.component == "other"]
    carried = ledger[(ledger["component"] == "other") & (ledger["amount"] > 0)]["label"].unique()
    inside = [_(name).lower() for name in carried]
    sentences = (
        [_("Beyond the ten components of openIMIS the budget carries {inside}.").format(inside=listed(inside))] if inside else []
    )
    if outside:
        sentences.append(_("It leaves out {outside}; each has a switch in the scenario file.").format(outside=listed(outside)))
    sentences.append(
        _("It is the cost of the information system: benefits paid to providers and the schemes' other staff are not in it.")
    )
    return " ".join(sentences)


def plausible(plan: Plan, ledger: pd.DataFrame) -> str:
    """How the budget stands against published bands, with the reason where it lies outside."""
    table = plausibility(plan, ledger)
    inside = int((table["verdict"] == "within").sum())
    text = plural(
        "{inside} of {count} published bands holds this budget.",
        "{inside} of {count} published bands hold this budget.",
        inside,
    ).format(inside=inside, count=int((table["verdict"] != "").sum()))
    odd = [outside(row) for row in table.itertuples() if row.verdict in ("below", "above")]
    return "\n".join([text, "", *(f"- {sentence}" for sentence in odd), "", leading(ledger)])


def outside(row: Any) -> str:
    """One band that the budget misses, and whose band it is."""
    verdicts = {"below": _("below"), "above": _("above")}
    text = _("**{what}**: {value} is {verdict} the band of {low} to {high} ({basis}).")
    digits = small_digits(row.high)
    measured = "" if row.unit == "1" else f" {unit(row.unit)}"
    low, high, value = (number(x, digits) for x in (row.low, row.high, row.value))
    return text.format(
        what=_(row.what), value=value + measured, verdict=verdicts[row.verdict], low=low, high=high, basis=_(row.basis)
    )


def leading(ledger: pd.DataFrame) -> str:
    """What makes most of the budget, which is where a difference comes from."""
    sums = ledger.groupby("component")["amount"].sum().nlargest(2)
    parts = listed(
        [_("{name} ({part})").format(name=label(str(name)), part=share(x / ledger["amount"].sum())) for name, x in sums.items()]
    )
    return _("Where a figure lies outside, look at what makes most of this budget: {parts}.").format(parts=parts)
