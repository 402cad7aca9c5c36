"""Points that are part of more than one criterion."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from imis_plan.analysis.assessment.evidence import HALF, LITTLE, STALE_YEARS, Evidence, Point, has_range
from imis_plan.analysis.execution import execution
from imis_plan.analysis.variance import variance
from imis_plan.i18n.formats import join_with_and, number, share
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.contingency import METHOD
from imis_plan.model.contingency_factors import SIMULATED
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.parameter import Parameter


def contingency(e: Evidence) -> Point:
    """There is a contingency, or a simulation says that none is needed to reach the expected cost or the percentile."""
    amount = float(e.ledger.loc[e.ledger["component"] == "contingency", "amount"].sum())
    text = _("Contingency is {part} of the total.").format(part=share(amount / e.total, 1))
    if not amount and e.plan[METHOD] in SIMULATED:
        text = _("Contingency is 0, as the base cost alone reaches what the simulation asks for.")
    return Point(amount > 0 or e.plan[METHOD] in SIMULATED, text)


def optional_lines(e: Evidence) -> Point:
    """At least half of the items that the openIMIS list does not have are included."""
    included, count = e.optional
    text = _("Of {count} additional items, {included} are included (threshold: half).")
    return Point(included >= HALF * count, text.format(count=count, included=included))


def calculations(e: Evidence) -> Point:
    """Every row has a calculation and a source."""
    blank = int(((e.ledger["working"].str.strip() == "") | (e.ledger["source"].fillna("").str.strip() == "")).sum())
    return Point(
        blank == 0, _("{blank} of {count} ledger rows have no calculation or no source.").format(blank=blank, count=len(e.ledger))
    )


def in_files(e: Evidence) -> Point:
    """Every value is saved in a file, so that another person gets the same budget."""
    text = plural(
        "{count} value is a what-if that is not saved in a file.",
        "{count} values are what-ifs that are not saved in a file.",
        e.what_ifs,
    )
    return Point(e.what_ifs == 0, text.format(count=e.what_ifs))


def inflation_known(e: Evidence) -> Point:
    """Home inflation is known to within a few years of the first year."""
    last, first = max(e.plan["money.home_inflation"]), e.plan["time.base_year"]
    text = _("Home inflation is known up to {last}, {gap} years before the first year (threshold: {years}).")
    return Point(first - last <= STALE_YEARS, text.format(last=last, gap=first - last, years=STALE_YEARS))


def actuals(e: Evidence) -> Point:
    """The plan was compared with what was spent."""
    if e.actuals is None:
        return Point(met=False, text=_("It was not compared with actual spending."))
    compare = execution if e.actuals.codes else variance
    table = compare(e.plan, e.ledger, e.actuals)
    spent, planned = table["actual"].sum(), table["plan"].sum()
    text = _("Compared with actual spending in {years}: {part} of what was planned for it.")
    years = join_with_and([year_label(e.plan, year) for year in sorted(table["year"].unique())])
    return Point(met=True, text=text.format(years=years, part=share(spent / planned if planned else 0.0)))


def ranges(e: Evidence) -> Point:
    """All assumed numbers say how low and how high they may be."""
    missing, count = e.unranged
    text = _("{missing} of {count} assumed numbers have no range (threshold: {threshold}).")
    return Point(missing <= LITTLE * count, text.format(missing=missing, count=count, threshold=share(LITTLE)))


def risk(e: Evidence) -> Point:
    """A simulation was run."""
    if e.simulation is None:
        return Point(met=False, text=_("No risk analysis was run."))
    chance = float((np.asarray(e.simulation.total) <= e.simulation.point).mean())
    text = _("In {chance} of {draws} draws, the cost is at or below the point estimate.")
    return Point(met=True, text=text.format(draws=number(len(e.simulation.total)), chance=share(chance)))


def payers(e: Evidence) -> Point:
    """The payers are named."""
    funders = list(dict.fromkeys(localized(rule.funder) for rule in e.plan.funding))
    text = plural(
        "{count} payer is named; {gap} of the total is not funded.",
        "{count} payers are named; {gap} of the total is not funded.",
        len(funders),
    )
    return Point(len(funders) > 0, text.format(count=len(funders), gap=share(e.gap_share, 1)))


def published(e: Evidence, paths: Sequence[str], text: str) -> list[Point]:
    """One point for each parameter, met if it is published; the text of the last gives their number and names the others."""
    assumed = e.unpublished(paths)
    names = join_with_and([_(parameter.description) for parameter in assumed]) if assumed else _("none")
    text = text.format(known=len(paths) - len(assumed), count=len(paths), names=names)
    return point_per_item(len(paths) - len(assumed), len(paths), text)


def with_range(parameters: Sequence[Parameter], text: str, **more: str) -> list[Point]:
    """One point for each figure, met if it has a range; the text of the last gives their number."""
    held = sum(map(has_range, parameters))
    return point_per_item(held, len(parameters), text.format(known=held, count=len(parameters), **more))


def point_per_item(held: int, count: int, text: str) -> list[Point]:
    """`count` points, of which `held` are met, with one sentence for all, which is open unless all are met."""
    return [Point(held > i, text if i == count - 1 else "") for i in range(count)]


def annualised(e: Evidence) -> float:
    """Share of capital cost with a useful life of its own, over which it is spread; the rest is spread over the plan. [1]"""
    lines = [(component, line.line, line.level) for component, line, *rest in evaluate_plan(e.plan).lines if line.life]
    rows = e.ledger[(e.ledger["kind"] == CAPITAL) & (e.ledger["component"] != "contingency")]
    keys = pd.MultiIndex.from_frame(rows[["component", "line", "role_or_level"]])
    whole = float(rows["amount"].sum())
    return float(rows.loc[keys.isin(lines), "amount"].sum()) / whole if whole else 0.0
