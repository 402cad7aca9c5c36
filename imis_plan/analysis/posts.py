"""Posts of one year in all roles: how many are needed, how many of these exist, and how many are to be created."""

from typing import NamedTuple

from imis_plan.analysis.summary import staffing
from imis_plan.scenario.plan import Plan


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
