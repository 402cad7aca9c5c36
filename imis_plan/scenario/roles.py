"""Roles in parameter files: one mapping with texts and parameters, which are separated here."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.problems import Problem, key_problem, suggestion
from imis_plan.scenario.localized_text import N_
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.scenario_sections import Activity, Cover, Ratio, Role, RoleInput
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import Keys

ROLES = "roles"
ROUNDINGS = (0.5, 1)
# Parameters of every role; a file gives value and source, and may give more.
PARAMETERS: dict[str, dict[str, Any]] = {
    "pay": {"unit": "LCU/person/month", "description": "Gross pay"},
    "on_costs": {
        "unit": "factor",
        "max": 2,
        "description": "Employer's contributions and allowances, as a share of pay",
    },
    "sourcing": {
        "unit": "choice",
        "choices": {"in_house": "own staff", "contracted": "contracted"},
        "description": "In-house or contracted staff",
    },
    "existing": {
        "unit": "post",
        "at_most": "population.total",
        "description": "Posts already filled and paid before the plan starts",
        "question": N_("only the posts above it are new and have to be created"),
        "scales_with": "population",
    },
    "first_year": {"unit": "1", "description": "Share of the year for which a new post is paid in its first year"},
    "turnover": {"unit": "1/year", "min": 0, "description": "Share of staff who leave in a year"},
    "rounding": {"unit": "post", "description": "Posts are rounded up to a multiple of: 0.5 or 1"},
    "cas": {
        "unit": "1",
        "max": 0.99,
        "description": "Share of time for support activities of all staff in the role (WISN)",
    },
    "individual_hours": {
        "unit": "hour/year",
        "description": "Hours for additional duties of some staff (WISN)",
    },
}
RULE_PARAMETERS: dict[str, dict[str, dict[str, Any]]] = {
    "workload": {"minutes": {"unit": "minute", "description": "Time per activity"}},
    "cover": {
        "posts": {"unit": "post", "description": "Posts that must be staffed at all times"},
        "availability": {
            "unit": "1",
            "min": 0.01,
            "description": "Share of the working time when staff are present",
        },
    },
    "ratio": {"per_post": {"min": 0.01, "description": "Units of the driver per post"}},
}
RULE_MODELS: dict[str, type[Activity | Cover | Ratio]] = {"workload": Activity, "cover": Cover, "ratio": Ratio}


def staffing_rules(role: dict[Any, Any]) -> Iterator[tuple[Keys, str, Any]]:
    """Keys, kind and data of each rule that determines the posts of a role."""
    for name in ("cover", "ratio"):
        if name in role:
            yield (name,), name, role[name]
    workload = role.get("workload")
    for activity, data in workload.items() if isinstance(workload, dict) else ():
        yield ("workload", activity), "workload", data


def parameter_declarations(role: dict[Any, Any]) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """Keys within the role and declaration of each parameter that a role with these rules must have."""
    yield from (((name,), entry) for name, entry in PARAMETERS.items())
    for keys, kind, _ in staffing_rules(role):
        yield from (((*keys, name), entry) for name, entry in RULE_PARAMETERS[kind].items())


def given_parameters(role: dict[Any, Any]) -> Iterator[tuple[Keys, Any]]:
    """Keys within the role and data of each parameter that the role gives."""
    yield from (((name,), role[name]) for name in PARAMETERS if name in role)
    for keys, kind, data in staffing_rules(role):
        if isinstance(data, dict):
            yield from (((*keys, name), data[name]) for name in RULE_PARAMETERS[kind] if name in data)


def texts(role: dict[Any, Any]) -> dict[Any, Any]:
    """A role without its parameters."""
    result = {key: value for key, value in role.items() if key not in PARAMETERS}
    for keys, kind, data in staffing_rules(role):
        rest = {key: value for key, value in data.items() if key not in RULE_PARAMETERS[kind]} if isinstance(data, dict) else data
        result |= {kind: rest} if len(keys) == 1 else {kind: {**result[kind], keys[1]: rest}}
    return result


def merged(base: dict[Any, Any], change: dict[Any, Any]) -> dict[Any, Any]:
    """Texts of a role with the changes of a scenario; rules are added, everything else is replaced."""
    result = {**base, **change}
    for name in RULE_MODELS:
        if isinstance(base.get(name), dict) and isinstance(change.get(name), dict):
            result[name] = merged(base[name], change[name])
    for key, value in base.items() if "driver" not in base else ():
        if key not in RULE_MODELS and isinstance(value, dict) and "driver" in value and isinstance(change.get(key), dict):
            result[key] = {**value, **change[key]}
    return result


def role_from(key: str, data: dict[Any, Any], drivers: frozenset[str], location: Location) -> Role | None:
    """The role with these texts, or None; problems are reported at its location.

    drivers : names of all drivers
    """
    found_before = len(location.found)
    built = {keys: rule_from(kind, rule, drivers, location.below(*keys)) for keys, kind, rule in staffing_rules(data)}
    if not built:
        location.report("no rule for the number of posts", "give workload, cover or ratio")
    own = {name: value for name, value in data.items() if name not in RULE_MODELS}
    single = {name: built.get((name,)) for name in ("cover", "ratio")}
    workload = {keys[1]: rule for keys, rule in built.items() if len(keys) > 1}
    valid_rules = {**single, "workload": workload} if len(location.found) == found_before else {}
    role = build(RoleInput, {"key": key, **own, **valid_rules}, location)
    if role is None or len(location.found) > found_before:
        return None
    return Role(**{name: getattr(role, name) for name in role.model_fields_set})


def rule_from(kind: str, data: Any, drivers: frozenset[str], location: Location) -> Activity | Cover | Ratio | None:
    """One staffing rule, or None; problems are reported at its location."""
    built = build(RULE_MODELS[kind], data, location)
    if built and built.driver not in drivers:
        location.below("driver").report("unknown driver", suggestion(built.driver, drivers), built.driver)
    return built


def rounding_problems(parameter: Parameter) -> Iterator[Problem]:
    """A rounding that is neither half a post nor a whole post."""
    if parameter.path.startswith(f"{ROLES}.") and parameter.path.endswith(".rounding") and parameter.value not in ROUNDINGS:
        yield key_problem("value", "not an allowed rounding of posts", "give 0.5 or 1", parameter.value)


def roles_in(location: Location) -> Iterator[tuple[str, dict[Any, Any], Location]]:
    """Name, data and location of every role in a file."""
    data = location.document.data.get(ROLES)
    for name, role in data.items() if isinstance(data, dict) else ():
        if isinstance(role, dict):
            yield str(name), role, location.below(ROLES, name)


def role_texts(earlier: Mapping[str, Any], location: Location) -> dict[str, dict[Any, Any]]:
    """Texts of the roles in a file, on top of the texts of earlier files."""
    own = {name: texts(data) for name, data, _ in roles_in(location)}
    return {name: merged(earlier.get(name, {}), data) for name, data in own.items()}
