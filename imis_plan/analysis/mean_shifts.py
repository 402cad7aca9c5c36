"""How far each range moves the mean of the total away from the point estimate."""

import numpy as np
import pandas as pd

from imis_plan.analysis.risk import total_cost
from imis_plan.model.distributions import quantiles
from imis_plan.model.draws import inputs_at_draws, uncertain_parameters
from imis_plan.model.evaluate import evaluate, inputs
from imis_plan.model.memoize import memoize
from imis_plan.scenario.plan import Plan

# Quantiles at which a parameter's mean effect is computed.
NODES = 16


@memoize
def mean_shifts(plan: Plan) -> pd.Series:
    """How far the mean of the total lies above the point because of one parameter's range, largest distance first. [nominal LCU]

    The other parameters are at their value. Index: path. Read-only: the result is cached.
    """
    parameters, nodes = uncertain_parameters(plan), (np.arange(NODES) + 0.5) / NODES
    values = {each.path: np.full(NODES * len(parameters), float(each.value)) for each in parameters}
    for i, parameter in enumerate(parameters):
        own = quantiles(parameter, nodes, plan["uncertainty.distribution"])
        values[parameter.path][NODES * i : NODES * (i + 1)] = own
    base = inputs(plan)
    total = total_cost(plan, evaluate(inputs_at_draws(plan, base, values), plan.roles)).reshape(-1, NODES)
    point = float(total_cost(plan, evaluate(inputs_at_draws(plan, base, {}), plan.roles))[0])
    shifts = pd.Series(total.mean(axis=1) - point, index=[parameter.path for parameter in parameters])
    return shifts.sort_values(key=np.abs, ascending=False, kind="stable")
