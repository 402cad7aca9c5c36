"""A plan and what it comes to: what the explorer shows of it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from imis_plan.analysis.comparison import insured_years
from imis_plan.analysis.options import moved_lines
from imis_plan.analysis.summary import headline
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget, ledger_without_texts
from imis_plan.scenario.plan import Plan

# The figures that stand at the top, in their order.
SHOWN = ("total", "per_insured_year", "recurrent_share", "posts", "unfunded")


@dataclass(frozen=True)
class Outcome:
    """A plan, its ledger without the sentences that explain each row and the names of who pays it, and its headline figures."""

    plan: Plan
    ledger: pd.DataFrame
    figures: dict[str, Any]


def outcome(plan: Plan) -> Outcome:
    """What a plan comes to."""
    table = ledger_without_texts(plan, evaluate_plan(plan))
    return Outcome(plan, table, headline(plan, table) | {"insured_years": insured_years(plan)})


def changes(base: Outcome, now: Outcome) -> dict[str, float]:
    """What each of the figures shown differs by from the base; shares in shares."""
    return {name: float(now.figures[name] - base.figures[name]) for name in SHOWN}


def moved(base: Outcome, now: Outcome) -> pd.DataFrame:
    """Lines that moved, as `views.options.moved_lines` gives them."""
    return moved_lines(base.ledger, now.ledger)


def complete_ledger(now: Outcome) -> pd.DataFrame:
    """The ledger with all its sentences."""
    return budget(now.plan)
