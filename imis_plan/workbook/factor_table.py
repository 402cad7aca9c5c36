"""The contingency factors of the workbook: simulated shares of base cost for each option, and those that are in effect.

A workbook runs no simulation, so the shares are numbers. The option and the method in the inputs decide which the ledger reads.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range_abs

from imis_plan.analysis.options import variants_or_problems, without_option
from imis_plan.model.contingency_factors import SIMULATED, ContingencyFactors, factors_from
from imis_plan.model.simulated_cost import KINDS, simulate_together, simulated_cost, simulated_plan
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import FACTORS_FIRST, FACTORS_IN_EFFECT, FACTORS_TOP, OPTION, title
from imis_plan.workbook.ledger_columns import kind_label
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.starting_point import METHOD, NO_OPTION, StartingPoint
from imis_plan.workbook.term import Term, literal

Key = tuple[str, str]


class FactorRow(NamedTuple):
    """A row of the table: option, method, kind of cost, and the share of each year. [1]"""

    option: str
    method: str
    kind: str
    shares: list[float]


def factors_by_option(start: StartingPoint) -> dict[Key, ContingencyFactors]:
    """Option and method -> contingency factors, for the scenario and each option that a cell can choose."""
    plans = dict(plans_by_option(start))
    simulate_together([*plans.values()])
    simulated = {name: simulated_plan(plan) for name, plan in plans.items()}
    return {
        (name, method): factors_from(simulated_cost(of), of, method, plans[name]["contingency.percentile"])
        for name, of in simulated.items()
        for method in SIMULATED
    }


def plans_by_option(start: StartingPoint) -> Iterator[tuple[str, Plan]]:
    """Option -> the plan that the workbook shows with it; options that cannot be calculated are left out."""
    base = start.plan if start.option == NO_OPTION else without_option(start.plan)
    yield NO_OPTION, base
    variants = variants_or_problems(without_option(base))
    for name in start.variants:
        plan = start.plan if name == start.option else variants[name]
        if not isinstance(plan, str):
            yield name, plan


def table_rows(factors: Mapping[Key, ContingencyFactors], horizon: int) -> list[FactorRow]:
    """The rows of the table, by option, method and kind of cost."""
    return [
        FactorRow(option, method, kind, [each.share(kind, t) for t in range(horizon)])
        for (option, method), each in factors.items()
        for kind in KINDS
    ]


def shares_in_effect(start: StartingPoint, rows: list[FactorRow], method: Any) -> dict[tuple[str, int], Term]:
    """Kind of cost and year -> formula that finds the share in the table; 0 with a method that is not simulated.

    method : a reference to the method in effect.
    """
    last = FACTORS_TOP + len(rows) - 1
    option, by, kinds = (xl_range_abs(FACTORS_TOP, column, last, column) for column in range(3))
    chosen = {row.kind: row.shares for row in rows if (row.option, row.method) == (start.option, start.plan[METHOD])}
    found = {}
    for kind in KINDS:
        for t in range(len(rows[0].shares)):
            shares = xl_range_abs(FACTORS_TOP, FACTORS_FIRST + t, last, FACTORS_FIRST + t)
            criteria = f"{option},{OPTION},{by},{method.terms[0].text},{kinds},{literal(kind_label(kind))}"
            found[kind, t] = Term(f"SUMIFS({shares},{criteria})", chosen[kind][t] if kind in chosen else 0.0)
    return found


def share_reference(in_effect: Mapping[tuple[str, int], Term], kind: str, t: int) -> Operand:
    """A reference to the share in effect of a kind of cost and year."""
    row = FACTORS_IN_EFFECT + KINDS.index(kind)
    cell = Term(address(title("contingency"), row, FACTORS_FIRST + t, fixed=True), in_effect[kind, t].value, cell=True)
    return Operand([cell], inline, series=False)
