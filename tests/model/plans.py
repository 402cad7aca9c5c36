"""The real scenarios, each loaded once, and the comparisons that several tests make."""

from functools import cache
from pathlib import Path

import pandas as pd

from imis_plan.analysis.options import Alternatives, alternatives
from imis_plan.model.ledger import budget
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import Plan, load

FOLDER = Path(__file__).parents[2] / "parameters"
NAMES = scenarios(FOLDER)
KEY = ["component", "line", "role_or_level"]


@cache
def plan_of(name: str) -> Plan:
    """A scenario as its file has it."""
    return load(name, parameters=FOLDER)


@cache
def ledger_of(name: str) -> pd.DataFrame:
    """Its ledger. Tests read it and never change it."""
    return budget(plan_of(name))


@cache
def alternatives_of(name: str) -> Alternatives:
    """Its options, computed. They are the same in every language."""
    return alternatives(plan_of(name))


def by_line(ledger: pd.DataFrame) -> pd.DataFrame:
    """Amounts by line, one column per year."""
    return ledger.pivot_table(index=KEY, columns="year", values="amount", aggfunc="sum", fill_value=0.0)


def moved(before: pd.DataFrame, after: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Lines (component, line, level) with another amount in any year. Contingency, a share of the rest, is left out."""
    one, two = by_line(before).align(by_line(after), fill_value=0.0)
    changed = one.index[((one - two).abs() > 0.005).any(axis=1)]
    return {key for key in changed if key[0] != "contingency"}


def total(plan: Plan) -> float:
    """The whole budget. [LCU]"""
    return float(budget(plan)["amount"].sum())
