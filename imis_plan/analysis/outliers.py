"""Whether the point estimate lies outside the range of its own simulation, and the ranges of parameters that cause it."""

from typing import NamedTuple

from imis_plan.analysis.mean_shifts import mean_shifts
from imis_plan.analysis.risk import TOTAL, percentiles
from imis_plan.i18n.translate import _
from imis_plan.model.simulation import Simulation, simulate
from imis_plan.scenario.plan import Plan

LOW, HIGH = "P10", "P90"
# Number of ranges that are named as causes.
CAUSES = 3
# Draws behind the check of a scenario: enough for the place of the point, few enough to wait for.
CHECK_DRAWS = 2000


class Outlier(NamedTuple):
    """A point estimate outside the range of the simulation: the percentile that it is beyond, and the ranges that cause it."""

    beyond: str
    paths: tuple[str, ...]


def outlier(result: Simulation) -> Outlier | None:
    """Whether the point lies below P10 or above P90 of the total, and the three ranges that cause it; None where it does not."""
    row = percentiles(result).loc[TOTAL]
    is_low, is_high = row["point"] < row[LOW], row["point"] > row[HIGH]
    if not is_low and not is_high:
        return None
    return Outlier(LOW if is_low else HIGH, causes_above(result.plan) if is_low else causes_below(result.plan))


def causes_above(plan: Plan) -> tuple[str, ...]:
    """Paths of the three ranges that raise the mean of the total most above the point."""
    shifts = mean_shifts(plan)
    return tuple(map(str, shifts[shifts > 0].head(CAUSES).index))


def causes_below(plan: Plan) -> tuple[str, ...]:
    """Paths of the three ranges that lower the mean of the total most below the point."""
    shifts = mean_shifts(plan)
    return tuple(map(str, shifts[shifts < 0].head(CAUSES).index))


def outlier_message(plan: Plan) -> str:
    """What `imis-plan check` says on a point estimate outside P10 to P90; "" where it is inside.

    Also "" where a folder declares only some of the model's parameters, so that nothing can be simulated.
    """
    if "uncertainty.seed" not in plan.parameters:
        return ""
    found = outlier(simulate(plan, CHECK_DRAWS, design="latin"))
    if found is None:
        return ""
    text = (
        _("the point estimate is below {percentile} of its simulated cost, because of the ranges of {paths}")
        if found.beyond == LOW
        else _("the point estimate is above {percentile} of its simulated cost, because of the ranges of {paths}")
    )
    return text.format(percentile=found.beyond, paths=", ".join(found.paths))
