"""A budget line that a scenario file declares, as a line of the model: the same `Line` as those in `components/`."""

from typing import Any

from imis_plan.model.budget_line import CAPITAL, RECURRENT, Line
from imis_plan.model.expression import CONSTANTS, evaluate_expression
from imis_plan.model.stock import purchases
from imis_plan.scenario.scenario_lines import ScenarioLine


def declared_line(v: Any, own: ScenarioLine) -> Line:
    """The line on some values: bought each year as declared, or so that the number in use is kept. [its unit]"""
    amount = evaluate_expression(own.expression, v)
    if not own.by_year:
        amount = amount * (1 + 0 * v["t"])  # the same in every year
    terms = dict(CONSTANTS)
    if own.in_use:
        terms["need"] = amount
        amount = purchases(amount, 0, 0, v[own.life], v[own.loss] if own.loss else 0)
    return Line(
        own.key, own.label, CAPITAL if own.capital else RECURRENT, own.tradable, own.driver, own.unit, own.price,
        quantity=amount,
        working=own.working,
        terms=terms,
        life=own.life,
        tax=own.tax,
    )  # fmt: skip
