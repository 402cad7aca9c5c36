"""A scenario file on top of the defaults: its parameters and roles, its options and its funding rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Declarations, required_role_parameters, roles_in
from imis_plan.scenario.inheritance import BASED_ON, Locations
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.moved import moved_suggestion
from imis_plan.scenario.overlay import ChangeOrigin, changed_parameters, overlay, parameter_suggestion, short_path_problems
from imis_plan.scenario.parameter import FundingRule, Option, Parameter, ParameterInput, Role
from imis_plan.scenario.parameter_checks import HORIZON, Rules
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# An exchange rate that changes by more than this factor in a few years is probably an error.
MAX_RATE_RATIO = 5
SECTIONS = (BASED_ON, "about", "roles", "options", "funding")


def scenario_parameters(declarations: Declarations, rules: Rules, locations: Locations) -> dict[str, Parameter]:
    """Every parameter of a scenario: as declared, or as given in its file or in a base scenario; the last file counts."""
    parameters, texts = declarations.parameters_in(rules.currency), dict(declarations.roles)
    for location in locations:
        parameters |= new_role_parameters(parameters, texts, rules, location)
        texts |= role_texts(texts, location)
        for data, here in [*given_parameters(location.document.data, declarations, location), *given_role_parameters(location)]:
            path = dotted(here.keys)
            parameters[path] = overlay(parameters[path], data, ParameterInput, rules, here, "country")
    report_missing(parameters, locations[0])
    locations[-1].found.extend(short_path_problems(parameters))
    report_planning_rate(parameters, last_file_with(locations, "money", "planning_rate"))
    return parameters


def last_file_with(locations: Locations, *keys: str) -> Location:
    """The last of the files that has these keys; the last file if none has them."""
    return next((location for location in reversed(locations) if keys in location.document.lines), locations[-1])


def report_planning_rate(parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a planning rate far from the known rates, as when it is given in dollars per unit of local currency."""
    planned, known = parameters.get("money.planning_rate"), parameters.get("money.exchange_rates")
    if not (planned and known and isinstance(planned.value, float | int) and isinstance(known.value, Mapping) and known.value):
        return
    last = known.value[max(known.value)]
    if planned.value > 0 and last > 0 and not 1 / MAX_RATE_RATIO < planned.value / last < MAX_RATE_RATIO:
        remedy = f"the last known rate is {last:g}; give {planned.unit}, units of local currency per US dollar"
        location.below("money", "planning_rate").report("contradicts money.exchange_rates", remedy, planned.value)


def given_parameters(data: dict[Any, Any], declarations: Declarations, location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters in a group of a scenario file; unknown keys are reported."""
    for key, entry in data.items():
        here = location.below(key)
        if here.keys in declarations.groups and key != roles.ROLES:
            yield from given_group(entry, declarations, here)
        elif dotted(here.keys) in declarations.parameters:
            yield entry, here
        elif location.keys or key not in SECTIONS:
            here.report("unknown key", key_suggestion(declarations, here, entry))


def given_group(entry: Any, declarations: Declarations, location: Location) -> Iterator[tuple[Any, Location]]:
    """The parameters in the data of a group; no data is an empty group."""
    if isinstance(entry, dict):
        yield from given_parameters(entry, declarations, location)
    elif entry is not None:
        location.report("not a mapping of parameters", suggestion("", declarations.groups[location.keys]), entry)


def key_suggestion(declarations: Declarations, location: Location, data: Any = None) -> str:
    """What to write instead of an unknown key: what replaces it, a key of the same group, or a parameter of another group."""
    if moved := moved_suggestion(dotted(location.keys), declarations.parameters, data):
        return moved
    *parents, key = location.keys
    siblings = declarations.groups.get(tuple(parents), set()) | (set() if parents else set(SECTIONS))
    same_group, any_group = suggestion(key, siblings), parameter_suggestion(dotted(location.keys), declarations.parameters)
    return any_group if any_group.startswith("did") and not same_group.startswith("did") else same_group


def new_role_parameters(
    parameters: Mapping[str, Parameter], texts: Mapping[str, Any], rules: Rules, location: Location
) -> dict[str, Parameter]:
    """Parameters of roles and staffing rules that this file adds.

    texts : the roles before this file
    """
    result: dict[str, Parameter] = {}
    for name, data, here in roles_in(location):
        role = roles.merged(texts.get(name, {}), data)
        bases = (base for _, base in required_role_parameters(role, rules, here, "country"))
        result |= {base.path: base for base in bases if base.path not in parameters}
    return result


def role_texts(texts: Mapping[str, Any], location: Location) -> dict[str, dict[Any, Any]]:
    """Texts of the roles in a file, on top of the texts before it."""
    own = {name: roles.texts(data) for name, data, _ in roles_in(location)}
    return {name: roles.merged(texts.get(name, {}), data) for name, data in own.items()}


def given_role_parameters(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters of roles in a scenario file."""
    for _, data, here in roles_in(location):
        yield from ((entry, here.below(*part)) for part, entry in roles.given_parameters(data))


def report_missing(parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report required parameters without a value."""
    for parameter in parameters.values():
        if parameter.required:
            meaning = f"({parameter.description} [{parameter.unit}])" if parameter.unit else f"({parameter.description})"
            location.below(*parameter.path.split(".")).report("missing", f"give value, source and confidence {meaning}")


def roles_from(declarations: Declarations, locations: Locations) -> tuple[Role, ...]:
    """The roles of the scenario: those declared, with its changes, and those it adds."""
    texts, where = dict(declarations.roles), dict.fromkeys(declarations.roles, replace(locations[0], found=[]))
    for location in locations:
        report_invalid_roles(location)
        texts |= role_texts(texts, location)
        where |= {name: location for name, _, _ in roles_in(location)}
    built = (
        # Problems of a role in defaults.yaml have been reported before.
        roles.role_from(name, role, declarations.known.drivers, where[name].below(roles.ROLES, name))
        for name, role in texts.items()
    )
    return tuple(filter(None, built))


def report_invalid_roles(location: Location) -> None:
    """Report entries of `roles` that are not roles."""
    data = location.document.data.get(roles.ROLES) or {}
    for name, role in data.items() if isinstance(data, dict) else (("", data),):
        if not isinstance(role, dict):
            location.below(roles.ROLES, name).report("not a role", "give title, tasks, needs, level, pay, ...", role)


def options_from(
    parameters: Mapping[str, Parameter], rules: Rules, locations: Locations
) -> tuple[dict[str, Option], dict[str, dict[str, Parameter]]]:
    """The options of a scenario, and the parameters that each changes."""
    given = {here.keys[1]: (data, here) for location in locations for data, here in options_in(location)}
    built = {name: build(Option, data, here) for name, (data, here) in given.items()}
    options = {name: option for name, option in built.items() if option}
    variants = {}
    for name, option in options.items():
        by, here = ChangeOrigin("option", f"option {name}: {in_language(option.title, 'en')}"), given[name][1]
        variants[name] = changed_parameters(parameters, option.changes, by, rules, here.below("changes"))
        if HORIZON in variants[name]:
            here.found.extend(short_path_problems({**parameters, **variants[name]}))
    return options, variants


def options_in(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the options in a scenario file."""
    data, here = location.document.data.get("options") or {}, location.below("options")
    if not isinstance(data, dict):
        here.report("not a mapping", "give options by name, each with title, description and changes")
        return
    yield from ((entry, here.below(str(name))) for name, entry in data.items())


def funding_from(declarations: Declarations, currency: str, locations: Locations) -> tuple[FundingRule, ...]:
    """The funding rules of a scenario, in order. Rules in a file replace all rules of its base scenario."""
    location = last_file_with(locations, "funding")
    data, here = location.document.data.get("funding") or [], location.below("funding")
    if not isinstance(data, list):
        here.report("not a list", "give one rule after a dash for each funder")
        return ()
    rules = [build(FundingRule, entry, here.below(i)) for i, entry in enumerate(data)]
    for i, rule in enumerate(rules):
        if rule:
            report_funding(rule, declarations, currency, here.below(i))
    return tuple(filter(None, rules))


def report_funding(rule: FundingRule, declarations: Declarations, currency: str, location: Location) -> None:
    """Report unknown components and currencies of a funding rule."""
    for i, name in enumerate(rule.components if rule.components != "all" else ()):
        if name not in declarations.known.components:
            location.below("components", i).report("unknown component", suggestion(name, declarations.known.components), name)
    allowed = ("LCU", "USD", currency)
    if rule.cap_currency and rule.cap_currency not in allowed:
        remedy = suggestion(rule.cap_currency, allowed)
        location.below("cap_currency").report("not an allowed currency for a cap", remedy, rule.cap_currency)
