"""Posts by role and year, and of one year in all roles: how many are needed, exist, and are to be created."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.facility_staffing import stationed_posts
from imis_plan.model.memoize import memoize
from imis_plan.model.staffing import staff_need
from imis_plan.model.values import Values
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_sections import Role

WAYS = ("workload", "cover", "ratio")
COLUMNS = (
    "role", "level", "year", *WAYS, "need", "binding", "posts", "new_posts", "replaced_posts", "paid_posts", "existing", "gap",
    "at_facilities",
)  # fmt: skip


def staffing(plan: Plan) -> pd.DataFrame:
    """Staff by role and year. [post]

    Columns: role, level, year, workload, cover, ratio (need by each way; empty where a role does not use it), need, binding (the
    method with the largest), posts, existing, gap (posts less existing), new_posts, replaced_posts, paid_posts, at_facilities
    (posts in facilities; need includes them, the need by each way does not).
    """
    return pd.DataFrame(staffing_columns(plan))


@memoize
def staffing_columns(plan: Plan) -> Mapping[str, np.ndarray]:
    """The staff of `staffing` as columns by name. Shapes (rows,)."""
    evaluation = evaluate_plan(plan)
    years = np.array(evaluation.prices.years())
    parts = [role_staffing(evaluation.values, role, len(years)) for role in plan.roles]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    words = {"role": [role.key for role in plan.roles], "level": [role.level for role in plan.roles]}
    columns |= {name: np.repeat(np.array(each, dtype=object), len(years)) for name, each in words.items()}
    columns |= {"year": np.tile(years, len(parts)), "gap": columns["posts"] - columns["existing"]}
    columns["binding"] = binding_method({way: columns[way] for way in WAYS})
    return {name: columns[name] for name in COLUMNS}


def role_staffing(v: Values, role: Role, years: int) -> dict[str, np.ndarray]:
    """Need of one role by each way, and its posts, name of the column -> values. Shapes (years,). [post]"""
    ways = {name: np.nan if way is None else way for name, way in vars(staff_need(v, role)).items()}
    counted = {name: v[f"{name}.{role.key}"] for name in ("need", "posts", "new_posts", "replaced_posts", "paid_posts")}
    others = {"existing": v[f"roles.{role.key}.existing"], "at_facilities": stationed_posts(v, role)}
    values = {**ways, **counted, **others}
    return {name: value if isinstance(value, np.ndarray) else np.full(years, value) for name, value in values.items()}


def binding_method(ways: dict[str, np.ndarray]) -> np.ndarray:
    """The method with the largest need in each row; empty if there is none. Shapes (rows,)."""
    asked = np.nan_to_num(np.stack(list(ways.values())), nan=-1.0)
    names = np.array([*ways, ""], dtype=object)
    result: np.ndarray = names[np.where(asked.max(axis=0) > 0, asked.argmax(axis=0), len(ways))]
    return result


class PostTotals(NamedTuple):
    """Posts of one year in full-time posts. [post]

    needed : posts of all roles. filled : those of them that exist: posts that a role has in excess fill no other.
    to_create : needed, less filled. not_needed : existing posts beyond the need of their role.
    main_role, main_role_posts : key and posts of the role with most posts.
    """

    year: int
    needed: float
    filled: float
    to_create: float
    not_needed: float
    main_role: str
    main_role_posts: float


def post_totals(plan: Plan) -> list[PostTotals]:
    """Totals of each year, in order."""
    table = staffing(plan)
    filled = table[["posts", "existing"]].min(axis=1)
    table = table.assign(filled=filled, to_create=table["posts"] - filled, not_needed=table["existing"] - filled)
    sums = table.groupby("year")[["posts", "filled", "to_create", "not_needed"]].sum()
    largest = table.loc[table.groupby("year")["posts"].idxmax()].set_index("year")
    return [
        PostTotals(
            int(row.Index), float(row.posts), float(row.filled), float(row.to_create), float(row.not_needed),
            main_role=largest.loc[row.Index, "role"], main_role_posts=float(largest.loc[row.Index, "posts"]),
        )
        for row in sums.itertuples()
    ]  # fmt: skip
