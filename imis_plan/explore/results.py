"""Results of a plan that the explorer shows."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from imis_plan.analysis.comparison import insured_years
from imis_plan.analysis.options import moved_lines
from imis_plan.analysis.summary import headline
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget, ledger_of_amounts
from imis_plan.scenario.plan import Plan

# The key figures, in their order.
FIGURES = ("total", "per_insured_year", "recurrent_share", "posts", "unfunded")


@dataclass(frozen=True)
class Outcome:
    """A plan, its ledger without calculations and names of funders, and its headline figures."""

    plan: Plan
    ledger: pd.DataFrame
    figures: dict[str, Any]


def outcome(plan: Plan) -> Outcome:
    """The results of a plan."""
    table = ledger_of_amounts(plan, evaluate_plan(plan))
    return Outcome(plan, table, headline(plan, table) | {"insured_years": insured_years(plan)})


def differences(base: Outcome, current: Outcome) -> dict[str, float]:
    """Difference of each key figure from the base; of shares as a share."""
    return {name: float(current.figures[name] - base.figures[name]) for name in FIGURES}


def changed_lines(base: Outcome, current: Outcome) -> pd.DataFrame:
    """Lines that differ from the base, as `analysis.options.moved_lines` returns them."""
    return moved_lines(base.ledger, current.ledger)


def full_ledger(current: Outcome) -> pd.DataFrame:
    """The ledger with the calculation of each row."""
    return budget(current.plan)
