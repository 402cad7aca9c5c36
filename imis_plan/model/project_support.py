"""What projects pay for beside the system: staff and office of an implementing partner, and the indirect cost of funders.

Indirect cost is a share of the net base cost that its funder pays: no row of the ledger, but a view of the funded ledger.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.evaluate import EvaluatedLine, Evaluation
from imis_plan.model.funding import payments_by_rule
from imis_plan.model.money import local_amount, price_currency_and_year
from imis_plan.model.tax_rates import net_price, tax_kind
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_sections import FundingRule

COMPONENT, PARTNER_LINES = "other", ("partner_staff", "partner_office")
# The usual share, for a budget of which no rule states one.
USUAL_RATE = "other.indirect_cost"
CONTINGENCY = "contingency"


class IndirectCost(NamedTuple):
    """Indirect cost of a funding rule: its base cost and the amount by year. Shapes (years,). [nominal LCU]"""

    rule: FundingRule
    base: np.ndarray
    amount: np.ndarray


def indirect_cost(base: Any, rate: Any) -> Any:
    """Indirect cost on a base cost of a year, to the cent. [same currency]"""
    return round_to_cents(base * rate)


def is_in_base(rule: FundingRule, component: str, code: str) -> bool:
    """Whether a row of the ledger counts for the indirect cost of a rule: no contingency, and no class that is left out."""
    return component != CONTINGENCY and not code.startswith(tuple(rule.indirect_cost_excludes or ()))


def indirect_costs(plan: Plan, ledger: pd.DataFrame) -> Iterator[IndirectCost]:
    """The indirect cost of every rule that states a share, in their order."""
    years = ledger["year"].to_numpy()
    for rule, (_funder, paid) in zip(plan.funding, payments_by_rule(plan, ledger), strict=False):
        if rule.indirect_cost:
            rows = zip(ledger["component"], ledger["gfs_code"], strict=True)
            counted = paid * np.array([is_in_base(rule, *row) for row in rows])
            base = np.array([counted[years == year].sum() for year in sorted(set(years.tolist()))])
            yield IndirectCost(rule, base, indirect_cost(base, rule.indirect_cost))


def partner_lines(evaluation: Evaluation) -> Iterator[EvaluatedLine]:
    """The lines of an implementing partner."""
    return (entry for entry in evaluation.lines if entry.component == COMPONENT and entry.line.line in PARTNER_LINES)


def partner_cost(plan: Plan, evaluation: Evaluation) -> dict[str, np.ndarray]:
    """What each line of a partner costs by year, were it included. Shapes (years,). [nominal LCU]"""
    found = {}
    for component, line, _ in partner_lines(evaluation):
        parameter = plan.parameters[line.price]
        index, rate = evaluation.prices.factors(*price_currency_and_year(parameter), line.market)
        price = net_price(plan, tax_kind(component, line), parameter.value)
        found[line.line] = np.asarray(local_amount(np.asarray(line.quantity, dtype=float), price, index, rate), dtype=float)
    return found
