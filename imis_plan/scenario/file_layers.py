"""The parameters of a scenario: as declared, then the files that it is read from, one over the other."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from imis_plan.problems import Problem
from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Declarations
from imis_plan.scenario.exchange_rate_checks import exchange_path_problems, report_planning_rate
from imis_plan.scenario.from_facts import MOSTLY, with_facts
from imis_plan.scenario.given_parameters import given_parameters
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.line_checks import rules_with_lines
from imis_plan.scenario.location import Location
from imis_plan.scenario.overlay import overlay, parameter_without_value, required_role_parameters
from imis_plan.scenario.parameter import About, Declaration, Parameter, ParameterInput
from imis_plan.scenario.parameter_checks import Rules, short_path_problems
from imis_plan.scenario.scenario_lines import LINES, line_parameters
from imis_plan.scenario.yaml_file import Document, dotted
from imis_plan.sentence import Sentence, Unit, sentence


class Overlaid(NamedTuple):
    """What the files read so far give: parameters by path, and the texts of roles by name."""

    parameters: dict[str, Parameter]
    texts: dict[str, dict[Any, Any]]


def scenario_parameters(
    declarations: Declarations, rules: Rules, locations: Locations, about: About | None = None
) -> dict[str, Parameter]:
    """Every parameter of a scenario: as declared, from the facts, or given in its file or in a base; the last counts."""
    iso3, own = about.iso3 if about else "", locations[-1]
    if LINES in own.document.data:  # units of its lines may stand in its bases, too
        before, found = overlaid_bases(declarations, rules, iso3, tuple(each.document for each in locations[:-1]))
    else:
        before, found = known_bases(declarations, rules.currency, iso3, tuple(each.document for each in locations[:-1]))
    own.found.extend(found)
    parameters = overlaid(before, declarations, rules, own).parameters
    # The facts fill money by country: where that is not yet known, its own fault is the one to name.
    report_missing(parameters, locations[0], () if about else MOSTLY)
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
    declarations: Declarations, rules: Rules, iso3: str, documents: tuple[Document, ...]
) -> tuple[Overlaid, tuple[Problem, ...]]:
    """The declared parameters, the facts of a country and the bases of a scenario, one over the other, and the problems found."""
    parameters = declarations.parameters_in(rules.currency)
    result = Overlaid(parameters | with_facts(parameters, iso3, rules.currency), dict(declarations.roles))
    found: list[Problem] = []
    for document in documents:
        result = overlaid(result, declarations, rules, Location(document, (), found))
    return result, tuple(found)


def overlaid(before: Overlaid, declarations: Declarations, rules: Rules, location: Location) -> Overlaid:
    """What is known with one more file; problems are reported."""
    parameters = before.parameters | new_role_parameters(before.parameters, before.texts, rules, location)
    texts = before.texts | roles.role_texts(before.texts, location)
    for data, here in [*given_parameters(location.document.data, declarations, location), *given_role_parameters(location)]:
        path = dotted(here.keys)
        parameters[path] = overlay(parameters[path], data, ParameterInput, rules, here, "country")
    for data, here in line_parameters(location):
        parameters[dotted(here.keys)] = line_parameter(parameters.get(dotted(here.keys)), data, rules, here)
    return Overlaid(parameters, texts)


def line_parameter(base: Parameter | None, data: Any, rules: Rules, location: Location) -> Parameter:
    """A parameter of a line that the scenario declares; a scenario based on it may change the value."""
    if base is None:
        return overlay(parameter_without_value(data, location, "country"), data, Declaration, rules, location, "country")
    return overlay(base, data, ParameterInput, rules, location, "country")


def new_role_parameters(
    parameters: Mapping[str, Parameter], texts: Mapping[str, Any], rules: Rules, location: Location
) -> dict[str, Parameter]:
    """Parameters of roles and staffing rules that this file adds.

    texts : the roles before this file
    """
    result: dict[str, Parameter] = {}
    for name, data, here in roles.roles_in(location):
        role = roles.merged(texts.get(name, {}), data)
        bases = (base for _, base in required_role_parameters(role, rules, here, "country"))
        result |= {base.path: base for base in bases if base.path not in parameters}
    return result


def given_role_parameters(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters of roles in a scenario file."""
    for _, data, here in roles.roles_in(location):
        yield from ((entry, here.below(*part)) for part, entry in roles.given_parameters(data))


def report_missing(parameters: Mapping[str, Parameter], location: Location, leave_out: Collection[str] = ()) -> None:
    """Report required parameters without a value."""
    for parameter in parameters.values():
        if parameter.required and parameter.path not in leave_out:
            words = Sentence.of(parameter.description, {})
            meaning = (
                sentence("({description} [{unit}])", description=words, unit=Unit(parameter.unit))
                if parameter.unit
                else sentence("({description})", description=words)
            )
            location.below(*parameter.path.split(".")).report(
                "missing", sentence("give value, source and confidence {meaning}", meaning=meaning)
            )
