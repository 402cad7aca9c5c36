"""The structure of another scenario for a new one: roles, options and policy choices, but none of its facts.

Facts are counts, prices, pay, money and whatever is published. What is copied has to be confirmed: the other country decided it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.scenario.facility_types import HEAD as TYPES
from imis_plan.scenario.from_facts import FISCAL_YEAR_START
from imis_plan.scenario.localized_text import N_, OPEN_SOURCE
from imis_plan.scenario.open_questions import OPEN
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.roles import ROLES
from imis_plan.scenario.save import needs_range
from imis_plan.scenario.scenario_sections import Option, Role

CHOSEN = ("choice", "flag")
DOLLAR = "USD"
COPIED = N_("as in {name}, to be confirmed")


@dataclass(frozen=True)
class Structure:
    """What a new scenario takes from another one.

    parameters : policy choices by path, as a file states them
    roles : texts of the roles that `defaults.yaml` does not declare, by name
    options : options by name; left_out are those that state facts
    """

    parameters: Mapping[str, Mapping[str, Any]]
    roles: Mapping[str, Mapping[str, Any]]
    options: Mapping[str, Mapping[str, Any]]
    left_out: tuple[str, ...]


def structure_of(plan: Plan, declared: Mapping[str, Parameter]) -> Structure:
    """The structure of a scenario. declared : the parameters of its folder, by path."""
    chosen = {path: as_in(plan, parameter) for path, parameter in plan.parameters.items() if is_choice(parameter, declared)}
    added = [role for role in plan.roles if not any(path.startswith(f"{ROLES}.{role.key}.") for path in declared)]
    numbers = {each.path: each for role in added for each in parameters_of(plan, role)}
    options = {name: option for name, option in plan.options.items() if not states_facts(option, plan)}
    return Structure(
        {**chosen, **{path: role_number(plan, parameter) for path, parameter in numbers.items()}},
        {role.key: role_texts(role) for role in added},
        {name: option.model_dump() for name, option in options.items()},
        tuple(name for name in plan.options if name not in options),
    )


def is_choice(parameter: Parameter, declared: Mapping[str, Parameter]) -> bool:
    """Whether a parameter of a scenario is a policy choice of its own, and no fact."""
    known = declared.get(parameter.path)
    if known is None or parameter.layer != "country" or parameter.currency or known.question or known.scales_with:
        return False
    if parameter.path == FISCAL_YEAR_START:  # a fact of the country
        return False
    single = not isinstance(parameter.value, tuple | Mapping)
    return single and (parameter.kind in CHOSEN or parameter.decision)


def as_in(plan: Plan, parameter: Parameter) -> dict[str, Any]:
    """A policy choice as a file states it."""
    ends = {"low": parameter.low, "high": parameter.high}
    if needs_range(parameter) and None in ends.values():
        ends = {"low": parameter.value, "high": parameter.value}
    known = {key: end for key, end in ends.items() if end is not None}
    source = f"assumption: {COPIED.format(name=plan.name)}"
    return {"value": parameter.value, **known, "source": source, "confidence": "assumed"}


def parameters_of(plan: Plan, role: Role) -> Iterator[Parameter]:
    """The parameters of a role."""
    return (each for path, each in plan.parameters.items() if path.startswith(f"{ROLES}.{role.key}."))


def role_number(plan: Plan, parameter: Parameter) -> dict[str, Any]:
    """A number of a copied role: standards of work are copied, pay and posts are asked for."""
    if not (parameter.currency or parameter.scales_with):
        return as_in(plan, parameter)
    rate = plan.parameters.get("money.planning_rate") if parameter.currency == plan.about.currency != DOLLAR else None
    typical = round(parameter.value / (rate.value if rate else 1), 2) if parameter.currency else 0
    money = {"unit": f"{DOLLAR}/{parameter.unit.partition('/')[2]}", "price_year": parameter.price_year}
    words = f"{OPEN_SOURCE}: {parameter.path.split('.')[1]} in {plan.name}"
    ends = {"low": typical, "high": typical}
    return {
        "value": OPEN,
        "typical": typical,
        **ends,
        **(money if parameter.currency else {}),
        "source": words,
        "confidence": "assumed",
    }


def role_texts(role: Role) -> dict[str, Any]:
    """The texts and rules of a role, as a file states them."""
    data = role.model_dump(exclude={"key", "workload", "stations"}, exclude_none=True)
    data["workload"] = {name: each.model_dump() for name, each in role.workload.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items() if value != {}}


def states_facts(option: Option, plan: Plan) -> bool:
    """Whether an option changes a count, a price or money, which another country does not share."""
    return any(is_fact(plan.parameters.get(path), value) for path, value in option.changes.items())


def is_fact(parameter: Parameter | None, value: Any) -> bool:
    """Whether a change sets a fact of its country."""
    if parameter is None or isinstance(value, dict) or parameter.path.startswith(TYPES):
        return True
    return bool(parameter.currency or parameter.scales_with)
