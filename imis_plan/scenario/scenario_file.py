"""What a scenario file contains besides parameters: its roles, its options and its funding rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario import roles
from imis_plan.scenario.changes import ChangeOrigin, changed_parameters
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.declarations import Declarations
from imis_plan.scenario.exchange_rate_checks import exchange_path_problems
from imis_plan.scenario.facility_types import sum_problems
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.line_attributes import line_catalogue
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import BASE_YEAR, HORIZON, short_path_problems
from imis_plan.scenario.relation_checks import relation_problems
from imis_plan.scenario.scenario_sections import FundingRule, Option, Role
from imis_plan.scenario.validation import build
from imis_plan.sentence import sentence


def roles_from(declarations: Declarations, locations: Locations) -> tuple[Role, ...]:
    """The roles of the scenario: those declared, with its changes, and those it adds."""
    texts, where = dict(declarations.roles), dict.fromkeys(declarations.roles, replace(locations[0], found=[]))
    for location in locations:
        report_invalid_roles(location)
        texts |= roles.role_texts(texts, location)
        where |= {name: location for name, _, _ in roles.roles_in(location)}
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
    parameters: Mapping[str, Parameter], rules: CheckContext, locations: Locations
) -> tuple[dict[str, Option], dict[str, dict[str, Parameter]]]:
    """The options of a scenario, and the parameters that each changes."""
    given = {here.keys[1]: (data, here) for location in locations for data, here in options_in(location)}
    built = {name: build(Option, data, here) for name, (data, here) in given.items()}
    options = {name: option for name, option in built.items() if option}
    variants = {}
    for name, option in options.items():
        by, here = ChangeOrigin("option", f"option {name}: {in_language(option.title, 'en')}"), given[name][1]
        variants[name] = changed_parameters(parameters, option.changes, by, rules, here.below("changes"))
        together = {**parameters, **variants[name]}
        here.found.extend(exchange_path_problems(together) if money_changes(variants[name]) else ())
        if HORIZON in variants[name]:
            here.found.extend(short_path_problems(together))
        here.found.extend([*relation_problems(together, rules, variants[name]), *sum_problems(together, variants[name])])
    return options, variants


def money_changes(changed: Mapping[str, Parameter]) -> bool:
    """Whether an option changes rates or the parity."""
    return any(path.startswith("money.") for path in changed)


def options_in(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the options in a scenario file."""
    data, here = location.document.data.get("options") or {}, location.below("options")
    if not isinstance(data, dict):
        here.report("not a mapping", "give options by name, each with title, description and changes")
        return
    yield from ((entry, here.below(str(name))) for name, entry in data.items())


def funding_from(
    declarations: Declarations, currency: str, locations: Locations, parameters: Mapping[str, Parameter]
) -> tuple[FundingRule, ...]:
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
            report_funding_years(rule, parameters, here.below(i))
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
    if rule.tax_bearer and rule.taxes != "exempt":
        location.below("tax_bearer").report("taxes that the funder pays itself", "add `taxes: exempt`, or leave the bearer out")
    report_indirect_cost(rule, location)


def report_indirect_cost(rule: FundingRule, location: Location) -> None:
    """Report an indirect cost without source, and classes without a code or an indirect cost that they are left out of."""
    if rule.indirect_cost and not rule.indirect_cost_source:
        location.below("indirect_cost").report("no source", "give indirect_cost_source: the agreement, or `assumption: why`")
    if rule.indirect_cost_excludes and not rule.indirect_cost:
        location.below("indirect_cost_excludes").report("classes left out of no indirect cost", "give indirect_cost, too")
    known = line_catalogue().classes
    for i, code in enumerate(rule.indirect_cost_excludes or ()):
        if code not in known:
            location.below("indirect_cost_excludes", i).report("unknown economic class", suggestion(code, known), code)


def report_funding_years(rule: FundingRule, parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a funding rule of which no year is one of the budget; an agreement may begin before it and end after it."""
    first, horizon = (parameters[path].value if path in parameters else None for path in (BASE_YEAR, HORIZON))
    if rule.years == "all" or not isinstance(first, int) or not isinstance(horizon, int):
        return
    if not any(first <= year < first + horizon for year in rule.years if isinstance(year, int)):
        remedy = sentence("give years from {first} to {last}, or all", first=first, last=first + horizon - 1)
        location.below("years").report("no year of the budget", remedy, list(rule.years))
