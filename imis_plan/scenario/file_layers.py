"""The parameters of a scenario: as declared, then the files that it is read from, one over the other."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from imis_plan.facts.country import UnknownCountryError, find_country
from imis_plan.facts.tables import countries
from imis_plan.problems import Problem, suggestion
from imis_plan.scenario import roles
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.declarations import Declarations
from imis_plan.scenario.exchange_rate_checks import exchange_path_problems, report_planning_rate
from imis_plan.scenario.facility_types import HEAD as TYPES, PARAMETERS as OF_TYPE, missing_remedy, type_parameters
from imis_plan.scenario.from_facts import MOSTLY, with_facts
from imis_plan.scenario.given_parameters import given_parameters
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.line_checks import rules_with_lines
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import overlay, parameter_without_value, required_parameter
from imis_plan.scenario.parameter import Declaration, Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import short_path_problems
from imis_plan.scenario.scenario_lines import LINES, line_parameters
from imis_plan.scenario.scenario_sections import About
from imis_plan.scenario.yaml_file import Document, dotted
from imis_plan.sentence import sentence


class Overlaid(NamedTuple):
    """What the files read so far give: parameters by path, and the texts of roles by name."""

    parameters: dict[str, Parameter]
    texts: dict[str, dict[Any, Any]]


def scenario_parameters(
    declarations: Declarations, rules: CheckContext, locations: Locations, about: About | None = None
) -> dict[str, Parameter]:
    """Every parameter of a scenario: as declared, from the facts, or given in its file or in a base; the last counts."""
    iso3, own = about.iso3 if about else "", locations[-1]
    if LINES in own.document.data:  # units of its lines may stand in its bases, too
        before, found = overlaid_bases(declarations, rules, iso3, tuple(each.document for each in locations[:-1]))
    else:
        before, found = known_bases(declarations, rules.currency, iso3, tuple(each.document for each in locations[:-1]))
    own.found.extend(found)
    parameters = overlaid(before, declarations, rules, own).parameters
    # The facts fill money by country: where that is not known, its own fault is the one to name.
    report_missing(parameters, locations[0], MOSTLY if about is None or is_unknown_country(about, parameters, locations) else ())
    locations[-1].found.extend(short_path_problems(parameters))
    report_planning_rate(parameters, last_file_with(locations, "money", "planning_rate"))
    locations[-1].found.extend(exchange_path_problems(parameters))
    return parameters


@lru_cache(maxsize=16)
def known_bases(
    declarations: Declarations, currency: str, iso3: str, documents: tuple[Document, ...]
) -> tuple[Overlaid, tuple[Problem, ...]]:
    """The bases of a scenario that declares no line of its own, overlaid once for all scenarios that are based on them."""
    locations = tuple(Location(document) for document in documents)
    return overlaid_bases(declarations, rules_with_lines(declarations.rules(currency), locations), iso3, documents)


def overlaid_bases(
    declarations: Declarations, rules: CheckContext, iso3: str, documents: tuple[Document, ...]
) -> tuple[Overlaid, tuple[Problem, ...]]:
    """The declared parameters, the facts of a country and the bases of a scenario, one over the other, and the problems found."""
    parameters = declarations.parameters_in(rules.currency)
    result = Overlaid(parameters | with_facts(parameters, iso3, rules.currency), dict(declarations.roles))
    found: list[Problem] = []
    for document in documents:
        result = overlaid(result, declarations, rules, Location(document, (), found))
    return result, tuple(found)


def overlaid(before: Overlaid, declarations: Declarations, rules: CheckContext, location: Location) -> Overlaid:
    """What is known with one more file; problems are reported."""
    parameters = before.parameters | new_role_parameters(before.parameters, before.texts, rules, location)
    texts = before.texts | roles.role_texts(before.texts, location)
    for data, here in [*given_parameters(location.document.data, declarations, location), *given_role_parameters(location)]:
        path = dotted(here.keys)
        parameters[path] = overlay(parameters[path], data, ParameterInput, rules, here, "country")
    for data, here in line_parameters(location):
        parameters[dotted(here.keys)] = line_parameter(parameters.get(dotted(here.keys)), data, rules, here)
    for key, data, here in type_parameters(location):
        base = parameters.get(dotted(here.keys)) or required_parameter(OF_TYPE[key], rules, here, "country")
        parameters[base.path] = base if data is None else overlay(base, data, ParameterInput, rules, here, "country")
    return Overlaid(parameters, texts)


def line_parameter(base: Parameter | None, data: Any, rules: CheckContext, location: Location) -> Parameter:
    """A parameter of a line that the scenario declares; a scenario based on it may change the value."""
    if base is None:
        return overlay(parameter_without_value(data, location, "country"), data, Declaration, rules, location, "country")
    return overlay(base, data, ParameterInput, rules, location, "country")


def new_role_parameters(
    parameters: Mapping[str, Parameter], texts: Mapping[str, Any], rules: CheckContext, location: Location
) -> dict[str, Parameter]:
    """Parameters of roles and staffing rules that this file adds.

    texts : the roles before this file
    """
    result: dict[str, Parameter] = {}
    for name, data, here in roles.roles_in(location):
        role = roles.merged(texts.get(name, {}), data)
        for keys, entry in roles.parameter_declarations(role):
            place = here.below(*keys)
            if dotted(place.keys) not in parameters:
                base = required_parameter(entry, rules, place, "country")
                result[base.path] = base
    return result


def given_role_parameters(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters of roles in a scenario file."""
    for _, data, here in roles.roles_in(location):
        yield from ((entry, here.below(*part)) for part, entry in roles.given_parameters(data))


def is_unknown_country(about: About, parameters: Mapping[str, Parameter], locations: Locations) -> bool:
    """Whether values are missing because the facts have no country of this code, which is then reported.

    A scenario that gives all of them may be of a country that has no code.
    """
    missing = [path for path in MOSTLY if path in parameters and parameters[path].required]
    if about.iso3 in countries() or not missing:
        return False
    message = sentence(
        "no country of ISO 3166 has this code, so that the facts give nothing for {paths}", paths=", ".join(missing)
    )
    last_file_with(locations, "about", "iso3").below("about", "iso3").report(message, code_suggestion(about), about.iso3)
    return True


def code_suggestion(about: About) -> str:
    """What to write instead of an unknown code: the code of the country by its name, else the most similar one."""
    names = about.country.values() if isinstance(about.country, Mapping) else [about.country]
    for name in names:
        with suppress(UnknownCountryError):
            return sentence("the code of {country} is {code}", country=name, code=find_country(str(name)).iso3)
    return suggestion(about.iso3, countries())


def report_missing(parameters: Mapping[str, Parameter], location: Location, leave_out: Collection[str] = ()) -> None:
    """Report required parameters without a value; those of types of facilities are reported with the types."""
    for parameter in parameters.values():
        if parameter.required and parameter.path not in leave_out and not parameter.path.startswith(TYPES):
            location.below(*parameter.path.split(".")).report("missing", missing_remedy(parameter))
