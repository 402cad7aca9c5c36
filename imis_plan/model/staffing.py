"""Staff by role: the workload method of the WHO (WISN), posts for presence, and ratios; the largest of them counts.

Roles are data (`roles:` in parameters/). Source of the workload method: WHO, Workload indicators of staffing need, 2010; see
docs/method.md, "Staffing".
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from imis_plan.model.arrays import TOLERANCE, ceil, maximum, minimum, previous, where
from imis_plan.model.facility_staffing import facility_drivers, stationed_hours, stationed_posts
from imis_plan.model.wisn import activity_hours, wisn


@dataclass(frozen=True)
class StaffNeed:
    """Full-time equivalents that a role needs by each method; None for a method that it does not use. [post]"""

    workload: Any
    cover: Any
    ratio: Any


def available_hours(v):
    """Available working time of one full-time post. [hour/year]"""
    days = v["staffing.weeks"] * v["staffing.days_per_week"] - v["staffing.public_holidays"]
    absent = v["staffing.annual_leave"] + v["staffing.sick_leave"] + v["staffing.training_leave"]
    return (days - absent) * v["staffing.hours_per_day"]


def workload_hours(v, role):
    """Hours of recorded work: volume times minutes, over all activities of the role. [hour/year]"""
    return activity_hours(v, role, role.workload)


def office_hours(v, role):
    """Hours of recorded work that are not done in facilities. [hour/year]"""
    hours = workload_hours(v, role)
    rest = hours - stationed_hours(v, role)
    return where(rest > hours * TOLERANCE, rest, 0.0)


def staff_need(v, role):
    """Need of the role outside facilities by each of its methods. [post]"""
    of = f"roles.{role.key}."
    work = cover = ratio = None
    if role.workload:
        hours = workload_hours(v, role)
        individual = where(hours > 0, v[of + "individual_hours"], 0.0)
        office = office_hours(v, role) if role.stations else hours
        work = wisn(office, v["available_hours"], v[of + "cas"], individual)
    if role.cover:
        cover = v[role.cover.driver] * v[of + "cover.posts"] / v[of + "cover.availability"]
    if role.ratio:
        ratio = v[role.ratio.driver] / v[of + "ratio.per_post"]
    return StaffNeed(work, cover, ratio)


def largest_need(v, role):
    """The largest need, before rounding, and the posts in facilities. [post]"""
    ways = staff_need(v, role)
    result = v["t"] * 0.0
    for way in (ways.workload, ways.cover, ways.ratio):
        result = result if way is None else maximum(result, way)
    return result + stationed_posts(v, role) if role.stations else result


def posts(v, role):
    """Posts in the year: the largest need, rounded up once. [post]"""
    step = v[f"roles.{role.key}.rounding"]
    return ceil(v[f"need.{role.key}"] / step) * step


def new_posts(v, role):
    """Posts filled for the first time. [post]"""
    filled = v[f"posts.{role.key}"]
    return maximum(filled - previous(filled, v[f"roles.{role.key}.existing"]), 0)


def replaced_posts(v, role):
    """Posts filled again after a departure, if they are still needed. [post]"""
    before = previous(v[f"posts.{role.key}"], v[f"roles.{role.key}.existing"])
    return minimum(before, v[f"posts.{role.key}"]) * v[f"roles.{role.key}.turnover"]


def paid_posts(v, role):
    """Posts paid, new ones pro rata in the year of their start. [post]"""
    missed = v[f"new_posts.{role.key}"] * (1 - v[f"roles.{role.key}.first_year"])
    return v[f"posts.{role.key}"] - missed


def posts_at_level(v, roles, level=None):
    """In-house posts of all roles, or of those at one level. [post]"""
    held = (r for r in roles if level in (None, r.level))
    return sum((v[f"posts.{r.key}"] * (v[f"roles.{r.key}.sourcing"] == "in_house") for r in held), v["t"] * 0.0)


def existing_at_level(v, roles, level):
    """In-house posts of one level that are filled before the first year. [post]"""
    here = (r for r in roles if r.level == level)
    return sum(v[f"roles.{r.key}.existing"] * (v[f"roles.{r.key}.sourcing"] == "in_house") for r in here)


def users(v):
    """All people with a login, including the IT team. [user]"""
    return v["supported_users"] + v["it_posts"]


def workplaces(v):
    """Workstations of people who use openIMIS in an office. [user]"""
    return v["office_staff"] + v["it_posts"]


ROLE_DRIVERS = {
    "need": largest_need,
    "posts": posts,
    "new_posts": new_posts,
    "replaced_posts": replaced_posts,
    "paid_posts": paid_posts,
}


def staffing_drivers(roles):
    """Drivers of staffing in order: name -> formula."""
    steps = {"available_hours": available_hours} | facility_drivers(roles)
    for role in roles:
        steps |= {f"{name}.{role.key}": partial(formula, role=role) for name, formula in ROLE_DRIVERS.items()}
    return steps | {
        "it_posts": partial(posts_at_level, roles=roles),
        "national_posts": partial(posts_at_level, roles=roles, level="national"),
        "national_posts_at_start": partial(existing_at_level, roles=roles, level="national"),
        "local_posts": partial(posts_at_level, roles=roles, level="office"),
        "local_posts_at_start": partial(existing_at_level, roles=roles, level="office"),
        "users": users,
        "workplaces": workplaces,
    }
