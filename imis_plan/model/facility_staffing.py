"""Posts in facilities: the workload method of the WHO for one facility of each type, rounded there, times the facilities.

Types of facilities are data (`facilities.types:` in a scenario). What a role does in facilities is not done in the offices. See
docs/method.md, "Posts in facilities".
"""

from functools import partial
from typing import Any

from imis_plan.model.arrays import ceil, safe_divide, where
from imis_plan.model.wisn import activity_hours, wisn


def facilities_up_to(v, kinds, every):
    """Contracted facilities of the first types, rounded up, in proportion to their numbers. [facility]

    kinds : the first types. every : all of them.
    """
    number = "facilities.types.{}.number"
    part = sum(v[number.format(each)] for each in kinds)
    return ceil(v["facilities"] * part / sum(v[number.format(each)] for each in every))


def type_facilities(v, kind, kinds):
    """Contracted facilities of the type; those of all types add up to all facilities. [facility]"""
    before = kinds[: kinds.index(kind)]
    return facilities_up_to(v, (*before, kind), kinds) - facilities_up_to(v, before, kinds)


def type_share(v, kind, kinds):
    """Share of the type in the workload of all facilities; 0 while no facility of the type is contracted. [1]"""
    share = "facilities.types.{}.workload_share"
    part = safe_divide(v[share.format(kind)], sum(v[share.format(each)] for each in kinds))
    return where(v[f"type_facilities.{kind}"] > 0, part, 0.0)


def type_hours(v, role, kind):
    """Hours of recorded work in all facilities of the type. [hour/year]"""
    return activity_hours(v, role, role.stations[kind]) * v[f"type_share.{kind}"]


def facility_need(v, role, kind):
    """Posts that one facility of the type requires by its workload, before rounding. [post/facility]"""
    hours = safe_divide(v[f"type_hours.{role.key}.{kind}"], v[f"type_facilities.{kind}"])
    return wisn(hours, v["available_hours"], v[f"roles.{role.key}.cas"])


def facility_posts(v, role, kind):
    """Posts in each facility of the type: what it requires, rounded up. [post/facility]"""
    step = v[f"roles.{role.key}.rounding"]
    return ceil(v[f"facility_need.{role.key}.{kind}"] / step) * step


def type_posts(v, role, kind):
    """Posts in all facilities of the type. [post]"""
    return v[f"facility_posts.{role.key}.{kind}"] * v[f"type_facilities.{kind}"]


def stationed_types(role):
    """The types of facilities in which a role has posts."""
    return [kind for kind, names in role.stations.items() if names]


def stationed_hours(v, role):
    """Hours of recorded work of a role that are done in facilities. [hour/year]"""
    return sum((v[f"type_hours.{role.key}.{kind}"] for kind in stationed_types(role)), v["t"] * 0.0)


def stationed_posts(v, role):
    """Posts of a role in facilities of all types. [post]"""
    return sum((v[f"type_posts.{role.key}.{kind}"] for kind in stationed_types(role)), v["t"] * 0.0)


TYPE_DRIVERS = {"type_facilities": type_facilities, "type_share": type_share}
STATION_DRIVERS = {
    "type_hours": type_hours,
    "facility_need": facility_need,
    "facility_posts": facility_posts,
    "type_posts": type_posts,
}


def facility_drivers(roles):
    """Drivers of posts in facilities in order: name -> formula; none where no role has posts there."""
    kinds = next((tuple(role.stations) for role in roles if role.stations), ())
    steps: dict[str, Any] = {}
    for kind in kinds:
        steps |= {f"{name}.{kind}": partial(formula, kind=kind, kinds=kinds) for name, formula in TYPE_DRIVERS.items()}
    for role in roles:
        for kind in stationed_types(role):
            place = f"{role.key}.{kind}"
            steps |= {f"{name}.{place}": partial(formula, role=role, kind=kind) for name, formula in STATION_DRIVERS.items()}
    return steps
