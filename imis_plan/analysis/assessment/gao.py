"""GAO's four characteristics of a reliable cost estimate (Cost Estimating and Assessment Guide, GAO-20-195G), from the data."""

from imis_plan.analysis.assessment import points
from imis_plan.analysis.assessment.evidence import HALF, LITTLE, MOSTLY, STALE_YEARS, Evidence, Point
from imis_plan.i18n.formats import share
from imis_plan.i18n.translate import _, plural


def comprehensive(e: Evidence) -> list[Point]:
    """Nothing omitted or counted twice; exclusions explained."""
    silent = int((e.excluded["reason"].str.strip() == "").sum())
    twice = int(e.ledger.duplicated(["component", "line", "role_or_level", "kind", "year"]).sum())
    left = plural("{count} line is left out", "{count} lines are left out", len(e.excluded)).format(count=len(e.excluded))
    return [
        Point(not silent, _("{left}, {silent} of them without a reason.").format(left=left, silent=silent)),
        Point(not twice, _("Duplicate rows in the ledger: {twice}.").format(twice=twice)),
        points.contingency(e),
        points.optional_lines(e),
    ]


def documented(e: Evidence) -> list[Point]:
    """Traceable to sources and repeatable."""
    published = e.by_parameter(lambda parameter: parameter.confidence != "assumed")
    text = _(
        "{part} of the cost uses prices that rest on published figures, each with its source; the rest is assumed (threshold: {threshold})."
    )
    return [
        Point(published >= MOSTLY, text.format(part=share(published), threshold=share(MOSTLY))),
        points.calculations(e),
        points.in_files(e),
    ]


def accurate(e: Evidence) -> list[Point]:
    """Adjusted for inflation, with few errors, and compared with actual spending."""
    text = _("{part} of the total uses prices more than {years} years old (threshold: {threshold}).")
    old = text.format(part=share(e.stale_share, 1), years=STALE_YEARS, threshold=share(LITTLE))
    wrong = _("{wrong} of {count} amounts differ from quantity x price x inflation x exchange rate.")
    return [
        Point(e.stale_share <= LITTLE, old),
        points.inflation_known(e),
        Point(e.amount_mismatches == 0, wrong.format(wrong=e.amount_mismatches, count=len(e.ledger))),
        points.actuals(e),
    ]


def credible(e: Evidence) -> list[Point]:
    """Limits stated, assumptions varied, risk analysed, cross-checked."""
    inside = int((e.bands == "within").sum())
    checked = _("The budget is within {inside} of {count} published bands.").format(inside=inside, count=len(e.bands))
    notes = len(e.plan.about.notes)
    limits = plural("The scenario states {count} limit.", "The scenario states {count} limits.", notes).format(count=notes)
    return [
        Point(notes > 0, limits),
        points.ranges(e),
        points.risk(e),
        Point(len(e.bands) > 0 and inside >= HALF * len(e.bands), checked),
    ]
