"""Points that more than one criterion asks for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from imis_plan.analysis.assessment.evidence import HALF, LITTLE, STALE_YEARS, Evidence, Point, has_range
from imis_plan.analysis.variance import variance
from imis_plan.i18n.formats import join_with_and, number, share
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.scenario.parameter import Parameter


def contingency(e: Evidence) -> Point:
    """There is an allowance for what goes wrong."""
    amount = float(e.ledger.loc[e.ledger["component"] == "contingency", "amount"].sum())
    return Point(amount > 0, _("Contingency is {part} of the total.").format(part=share(amount / e.total, 1)))


def optional_lines(e: Evidence) -> Point:
    """At least half of the lines that real budgets have besides the openIMIS list are carried."""
    carried, there = e.optional
    text = _("Of {there} lines beyond the openIMIS list, {carried} are carried (mark: half).")
    return Point(carried >= HALF * there, text.format(there=there, carried=carried))


def calculations(e: Evidence) -> Point:
    """Every row has a working and a source."""
    blank = int(((e.ledger["working"].str.strip() == "") | (e.ledger["source"].fillna("").str.strip() == "")).sum())
    return Point(
        blank == 0, _("{blank} of {count} ledger rows lack a working or a source.").format(blank=blank, count=len(e.ledger))
    )


def in_files(e: Evidence) -> Point:
    """Every value stands in a file, so that another person gets the same budget."""
    text = plural(
        "{count} value is a what-if that stands in no file.", "{count} values are what-ifs that stand in no file.", e.what_ifs
    )
    return Point(e.what_ifs == 0, text.format(count=e.what_ifs))


def inflation_known(e: Evidence) -> Point:
    """Home inflation is known to within a few years of the first year."""
    last, first = max(e.plan["money.home_inflation"]), e.plan["time.base_year"]
    text = _("Home inflation is known to {last}, {gap} years before the first year (mark: {years}).")
    return Point(first - last <= STALE_YEARS, text.format(last=last, gap=first - last, years=STALE_YEARS))


def actuals(e: Evidence) -> Point:
    """The plan was held against what was spent."""
    if e.actuals is None:
        return Point(holds=False, text=_("It was not compared with actual spending."))
    table = variance(e.plan, e.ledger, e.actuals)
    spent, planned = table["actual"].sum(), table["plan"].sum()
    text = _("Compared with actual spending in {years}: {part} of what was planned for it.")
    years = join_with_and([str(year) for year in sorted(table["year"].unique())])
    return Point(holds=True, text=text.format(years=years, part=share(spent / planned if planned else 0.0)))


def ranges(e: Evidence) -> Point:
    """All assumed numbers say how low and how high they may be."""
    missing, count = e.unranged
    text = _("{missing} of {count} assumed numbers have no range (mark: {mark}).")
    return Point(missing <= LITTLE * count, text.format(missing=missing, count=count, mark=share(LITTLE)))


def risk(e: Evidence) -> Point:
    """A simulation was run."""
    if e.simulation is None:
        return Point(holds=False, text=_("No risk analysis was run."))
    chance = float((np.asarray(e.simulation.total) <= e.simulation.point).mean())
    text = _("In {draws} draws the cost stays at or below the point estimate in {chance}.")
    return Point(holds=True, text=text.format(draws=number(len(e.simulation.total)), chance=share(chance)))


def payers(e: Evidence) -> Point:
    """Somebody is named who pays."""
    funders = list(dict.fromkeys(localized(rule.funder) for rule in e.plan.funding))
    text = plural(
        "{count} payer is named; {gap} of the total has none.",
        "{count} payers are named; {gap} of the total has none.",
        len(funders),
    )
    return Point(len(funders) > 0, text.format(count=len(funders), gap=share(e.gap_share, 1)))


def published(e: Evidence, paths: Sequence[str], text: str) -> list[Point]:
    """One point for each parameter that is published; the last says how many and which are not."""
    assumed = e.unpublished(paths)
    names = join_with_and([_(parameter.description) for parameter in assumed]) if assumed else _("none")
    says = text.format(known=len(paths) - len(assumed), count=len(paths), names=names)
    return point_per_item(len(paths) - len(assumed), len(paths), says)


def with_range(parameters: Sequence[Parameter], text: str, **more: str) -> list[Point]:
    """One point for each figure that has a range; the last says how many."""
    held = sum(map(has_range, parameters))
    return point_per_item(held, len(parameters), text.format(known=held, count=len(parameters), **more))


def point_per_item(held: int, count: int, says: str) -> list[Point]:
    """So many points, of which so many hold, with one sentence for all: open as long as one of them is."""
    return [Point(held > i, says if i == count - 1 else "") for i in range(count)]


def annualised(e: Evidence) -> float:
    """Share of capital cost with a life of its own, over which it can be spread; the rest is a one-off of the whole plan. [1]"""
    lines = [(component, line.line, line.level) for component, line, *rest in evaluate_plan(e.plan).lines if line.life]
    rows = e.ledger[(e.ledger["kind"] == CAPITAL) & (e.ledger["component"] != "contingency")]
    keys = pd.MultiIndex.from_frame(rows[["component", "line", "role_or_level"]])
    whole = float(rows["amount"].sum())
    return float(rows.loc[keys.isin(lines), "amount"].sum()) / whole if whole else 0.0
