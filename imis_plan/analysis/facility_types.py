"""Posts in facilities by type: what the model calculates for one facility of each type, as a table."""

import numpy as np
import pandas as pd

from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.facility_staffing import STATION_DRIVERS, stationed_types
from imis_plan.model.memoize import memoize_table
from imis_plan.scenario.plan import Plan

COLUMNS = ("role", "type", "year", "facilities", "share", "hours", "need", "posts_each", "posts")


@memoize_table
def posts_by_type(plan: Plan) -> pd.DataFrame:
    """Posts in facilities by role, type of facilities and year; empty without types.

    Columns: role, type, year, facilities (of the type), share (of the workload of all facilities) [1], hours (of recorded work in
    all facilities of the type) [hour/year], need (posts that one facility requires, before rounding), posts_each (posts in each
    facility), posts (in all facilities of the type).
    """
    evaluation = evaluate_plan(plan)
    v, years = evaluation.values, list(evaluation.prices.years())
    rows = []
    for role in plan.roles:
        for kind in stationed_types(role):
            names = [f"type_facilities.{kind}", f"type_share.{kind}", *(f"{name}.{role.key}.{kind}" for name in STATION_DRIVERS)]
            series = [np.broadcast_to(v[name], len(years)).tolist() for name in names]
            rows += [(role.key, kind, year, *values) for year, *values in zip(years, *series, strict=True)]
    return pd.DataFrame(rows, columns=list(COLUMNS))
