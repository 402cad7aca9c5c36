"""A country file laid over the defaults: its leaves, its roles, and the parts that only a country file has."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Declarations, blank_role, roles_in
from imis_plan.scenario.inheritance import BASED_ON, Locations
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import Change, changed, lay, near, short_lists
from imis_plan.scenario.parameter import FundingRule, Option, Parameter, ParameterInput, Role
from imis_plan.scenario.parameter_checks import HORIZON, Rules
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# A currency that moves by more than this in a few years needs another look.
FARTHEST = 5
PARTS = (BASED_ON, "about", "roles", "options", "funding")


def country_parameters(declarations: Declarations, rules: Rules, locations: Locations) -> dict[str, Parameter]:
    """Every parameter of a scenario: as declared, or as its country file gives it; of files based on one another, the last."""
    parameters, words = declarations.local(rules.currency), dict(declarations.roles)
    for location in locations:
        parameters |= added_roles(parameters, words, rules, location)
        words |= role_words(words, location)
        for data, here in [*given_parameters(location.document.data, declarations, location), *given_role_parameters(location)]:
            path = dotted(here.keys)
            parameters[path] = lay(parameters[path], data, ParameterInput, rules, here, "country")
    report_missing(parameters, locations[0])
    locations[-1].found.extend(short_lists(parameters))
    report_rates(parameters, last_with(locations, "money", "planning_rate"))
    return parameters


def last_with(locations: Locations, *keys: str) -> Location:
    """The last of the files that has these keys; the last of all if none has."""
    return next((location for location in reversed(locations) if keys in location.document.lines), locations[-1])


def report_rates(parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a planning rate that contradicts the known rates: dollars for local money in place of local money for a dollar."""
    planned, known = parameters.get("money.planning_rate"), parameters.get("money.exchange_rates")
    if not (planned and known and isinstance(planned.value, float | int) and isinstance(known.value, Mapping) and known.value):
        return
    last = known.value[max(known.value)]
    if planned.value > 0 and last > 0 and not 1 / FARTHEST < planned.value / last < FARTHEST:
        right = f"the last known rate is {last:g}; give {planned.unit}, local money for a dollar"
        location.below("money", "planning_rate").report("contradicts money.exchange_rates", right, planned.value)


def given_parameters(data: dict[Any, Any], declarations: Declarations, location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and place of the leaves in a group of a country file; keys that nobody declared are reported."""
    for key, entry in data.items():
        here = location.below(key)
        if here.keys in declarations.groups and key != roles.ROLES:
            yield from given_group(entry, declarations, here)
        elif dotted(here.keys) in declarations.parameters:
            yield entry, here
        elif location.keys or key not in PARTS:
            here.report("unknown key", instead(declarations, here))


def given_group(entry: Any, declarations: Declarations, location: Location) -> Iterator[tuple[Any, Location]]:
    """The leaves in what stands at the place of a group; nothing is an empty group."""
    if isinstance(entry, dict):
        yield from given_parameters(entry, declarations, location)
    elif entry is not None:
        location.report("a group of parameters", suggestion("", declarations.groups[location.keys]), entry)


def instead(declarations: Declarations, location: Location) -> str:
    """What to write in place of an unknown key: a neighbour, or a parameter of another group."""
    *above, key = location.keys
    siblings = declarations.groups.get(tuple(above), set()) | (set() if above else set(PARTS))
    beside, elsewhere = suggestion(key, siblings), near(dotted(location.keys), declarations.parameters)
    return elsewhere if elsewhere.startswith("did") and not beside.startswith("did") else beside


def added_roles(
    parameters: Mapping[str, Parameter], words: Mapping[str, Any], rules: Rules, location: Location
) -> dict[str, Parameter]:
    """Leaves of roles, and of parts of roles, that nobody had before this file.

    words : the roles as they were before it
    """
    result: dict[str, Parameter] = {}
    for name, data, here in roles_in(location):
        role = roles.merged(words.get(name, {}), data)
        bases = (base for _, base in blank_role(role, rules, here, "country"))
        result |= {base.path: base for base in bases if base.path not in parameters}
    return result


def role_words(words: Mapping[str, Any], location: Location) -> dict[str, dict[Any, Any]]:
    """Words of the roles in a file, laid over those that were there before."""
    own = {name: roles.words(data) for name, data, _ in roles_in(location)}
    return {name: roles.merged(words.get(name, {}), data) for name, data in own.items()}


def given_role_parameters(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and place of the leaves of roles in a country file."""
    for _, data, here in roles_in(location):
        yield from ((entry, here.below(*part)) for part, entry in roles.parameters(data))


def report_missing(parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report what the country file should have given."""
    for parameter in parameters.values():
        if parameter.required:
            meaning = f"({parameter.description} [{parameter.unit}])" if parameter.unit else f"({parameter.description})"
            location.below(*parameter.path.split(".")).report("missing", f"give value, source and confidence {meaning}")


def roles_from(declarations: Declarations, locations: Locations) -> tuple[Role, ...]:
    """The roles of the scenario: those declared, with the country's changes, and those it adds."""
    words, where = dict(declarations.roles), dict.fromkeys(declarations.roles, replace(locations[0], found=[]))
    for location in locations:
        report_stray_roles(location)
        words |= role_words(words, location)
        where |= {name: location for name, _, _ in roles_in(location)}
    built = (
        # What is wrong with a role of the defaults alone has been reported there.
        roles.role_from(name, role, declarations.known.drivers, where[name].below(roles.ROLES, name))
        for name, role in words.items()
    )
    return tuple(filter(None, built))


def report_stray_roles(location: Location) -> None:
    """Report what stands among the roles and is none."""
    data = location.document.data.get(roles.ROLES) or {}
    for name, role in data.items() if isinstance(data, dict) else (("", data),):
        if not isinstance(role, dict):
            location.below(roles.ROLES, name).report("not a role", "give title, tasks, needs, level, pay, ...", role)


def options_from(
    parameters: Mapping[str, Parameter], rules: Rules, locations: Locations
) -> tuple[dict[str, Option], dict[str, dict[str, Parameter]]]:
    """The options of a scenario, and the leaves that each changes."""
    given = {here.keys[1]: (data, here) for location in locations for data, here in options_in(location)}
    built = {name: build(Option, data, here) for name, (data, here) in given.items()}
    options = {name: option for name, option in built.items() if option}
    variants = {}
    for name, option in options.items():
        by, here = Change("option", f"option {name}: {in_language(option.title, 'en')}"), given[name][1]
        variants[name] = changed(parameters, option.changes, by, rules, here.below("changes"))
        if HORIZON in variants[name]:
            here.found.extend(short_lists({**parameters, **variants[name]}))
    return options, variants


def options_in(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and place of the options in a country file."""
    data, here = location.document.data.get("options") or {}, location.below("options")
    if not isinstance(data, dict):
        here.report("not a mapping", "give options by name, each with title, description and changes")
        return
    yield from ((entry, here.below(str(name))) for name, entry in data.items())


def funding_from(declarations: Declarations, currency: str, locations: Locations) -> tuple[FundingRule, ...]:
    """The funding rules of a scenario, in order. A file that has rules does without those of the file it builds on."""
    location = last_with(locations, "funding")
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
    """Report components and currencies of a funding rule that do not exist."""
    for i, name in enumerate(rule.components if rule.components != "all" else ()):
        if name not in declarations.known.components:
            location.below("components", i).report("unknown component", suggestion(name, declarations.known.components), name)
    allowed = ("LCU", "USD", currency)
    if rule.cap_currency and rule.cap_currency not in allowed:
        right = suggestion(rule.cap_currency, allowed)
        location.below("cap_currency").report("no currency that a cap can be in", right, rule.cap_currency)
