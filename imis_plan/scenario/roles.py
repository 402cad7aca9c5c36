"""Roles as parameter files write them: text and leaves in one mapping, taken apart here."""

from collections.abc import Iterator
from typing import Any

from imis_plan.problems import Problem, key_problem, suggestion
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Activity, Cover, Parameter, Ratio, Role
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import Keys

ROLES = "roles"
ROUNDINGS = (0.5, 1)
# What each role's numbers are; a file then says the value and where it comes from, and may say more.
LEAVES: dict[str, dict[str, Any]] = {
    "pay": {"unit": "LCU/person/month", "description": "Gross pay"},
    "on_costs": {
        "unit": "factor",
        "max": 2,
        "description": "Employer's contributions and allowances, as a share of pay",
    },
    "sourcing": {
        "unit": "choice",
        "choices": ["in_house", "contracted"],
        "description": "Own staff, or a contractor's",
    },
    "existing": {"unit": "post", "description": "Posts that are filled and paid before the plan starts"},
    "first_year": {"unit": "1", "description": "Share of the year for which a new post is paid in its first year"},
    "turnover": {"unit": "1/year", "min": 0, "description": "Share of the people who leave in a year"},
    "rounding": {"unit": "post", "description": "Smallest part of a post: 0.5 or 1"},
    "cas": {"unit": "1", "max": 0.99, "description": "Share of time for support work of all in the role (WISN)"},
    "individual_hours": {"unit": "hour/year", "description": "Hours for extra duties of single people (WISN)"},
}
WAYS: dict[str, dict[str, dict[str, Any]]] = {
    "workload": {"minutes": {"unit": "minute", "description": "Time for one"}},
    "cover": {
        "posts": {"unit": "post", "description": "Posts that must be filled at any time"},
        "availability": {
            "unit": "1",
            "min": 0.01,
            "description": "Share of the working time for which people are there",
        },
    },
    "ratio": {"per_post": {"min": 0.01, "description": "How many of the driver one post serves"}},
}
PARTS: dict[str, type[Activity | Cover | Ratio]] = {"workload": Activity, "cover": Cover, "ratio": Ratio}


def ways(role: dict[Any, Any]) -> Iterator[tuple[Keys, str, Any]]:
    """Keys, kind and data of each way in which a role's need is derived."""
    for name in ("cover", "ratio"):
        if name in role:
            yield (name,), name, role[name]
    workload = role.get("workload")
    for activity, data in workload.items() if isinstance(workload, dict) else ():
        yield ("workload", activity), "workload", data


def declared(role: dict[Any, Any]) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """Keys within the role and declaration of each parameter that a role with these parts must have."""
    yield from (((name,), entry) for name, entry in LEAVES.items())
    for keys, kind, _ in ways(role):
        yield from (((*keys, name), entry) for name, entry in WAYS[kind].items())


def parameters(role: dict[Any, Any]) -> Iterator[tuple[Keys, Any]]:
    """Keys within the role and data of each parameter that the role gives."""
    yield from (((name,), role[name]) for name in LEAVES if name in role)
    for keys, kind, part in ways(role):
        if isinstance(part, dict):
            yield from (((*keys, name), part[name]) for name in WAYS[kind] if name in part)


def words(role: dict[Any, Any]) -> dict[Any, Any]:
    """A role without its leaves."""
    rest = {key: value for key, value in role.items() if key not in LEAVES}
    for keys, kind, part in ways(role):
        kept = {key: value for key, value in part.items() if key not in WAYS[kind]} if isinstance(part, dict) else part
        if len(keys) == 1:
            rest[kind] = kept
        else:
            rest["workload"] = {**rest["workload"], keys[1]: kept}
    return rest


def merged(base: dict[Any, Any], change: dict[Any, Any]) -> dict[Any, Any]:
    """A role's words with a country's changes; ways are added to, everything else is replaced."""
    both = {**base, **change}
    for name in PARTS:
        if isinstance(base.get(name), dict) and isinstance(change.get(name), dict):
            both[name] = merged(base[name], change[name])
    for key, value in base.items() if "driver" not in base else ():
        if key not in PARTS and isinstance(value, dict) and "driver" in value and isinstance(change.get(key), dict):
            both[key] = {**value, **change[key]}
    return both


def role_from(key: str, data: dict[Any, Any], drivers: frozenset[str], location: Location) -> Role | None:
    """The role of these words, or None; what is wrong is reported at the role's place.

    drivers : names of the drivers that there are
    """
    before = len(location.found)
    built = {way: way_from(kind, part, drivers, location.below(*way)) for way, kind, part in ways(data)}
    if not built:
        location.report("nothing to derive posts from", "give workload, cover or ratio")
    own = {name: value for name, value in data.items() if name not in PARTS}
    single = {name: built.get((name,)) for name in ("cover", "ratio")}
    workload = {way[1]: part for way, part in built.items() if len(way) > 1}
    sound = {**single, "workload": workload} if len(location.found) == before else {}
    role = build(Role, {"key": key, **own, **sound}, location)
    return role if len(location.found) == before else None


def way_from(kind: str, data: Any, drivers: frozenset[str], location: Location) -> Activity | Cover | Ratio | None:
    """One way in which a need is derived, or None; what is wrong is reported at its place."""
    built = build(PARTS[kind], data, location)
    if built and built.driver not in drivers:
        location.below("driver").report("unknown driver", suggestion(built.driver, drivers), built.driver)
    return built


def rounding_problems(parameter: Parameter) -> Iterator[Problem]:
    """A rounding that is neither a half nor a whole post."""
    if parameter.path.startswith(f"{ROLES}.") and parameter.path.endswith(".rounding") and parameter.value not in ROUNDINGS:
        yield key_problem("value", "not a rounding of posts", "give 0.5 or 1", parameter.value)
