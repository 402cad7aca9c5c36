"""The published figures in a plan: value, year and source of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imis_plan.facts.tables import origins
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localize_digits, translate_unit
from imis_plan.scenario.localized_text import N_
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.sections.parameter_values import choice_name

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Layers of a plan in which its own facts are: its file, and the facts that every scenario takes.
FROM_FACTS = ("country", "facts")
SHARE_UNITS = ("1", "1/year")
LARGE = 1000
# What a title says of the copy that the figure was taken from.
COPY = re.compile(r",? as (?:packaged|carried) ")


# What readers call a figure, by its path; the unit is in the name.
NAMES = {
    "time.fiscal_year_start": N_("First day of the fiscal year"),
    "population.total": N_("Population"),
    "population.growth": N_("Population growth a year"),
    "population.household_size": N_("People in a household"),
    "facilities.number": N_("Public health facilities"),
    "staffing.days_per_week": N_("Working days a week"),
    "staffing.public_holidays": N_("Public holidays on working days"),
    "server.cloud.core": N_("Cloud server, per core and month"),
    "money.planning_rate": N_("Exchange rate at the start of the plan"),
    "money.exchange_rates": N_("Exchange rate, yearly mean"),
    "money.exchange_path": N_("Exchange rate in future years"),
    "money.anchor": N_("Pegged to"),
    "money.parity": N_("Parity"),
    "money.home_inflation": N_("Inflation"),
    "money.home_inflation_forward": N_("Expected inflation"),
}


@dataclass(frozen=True)
class FoundFact:
    """A published figure. name : for readers, or empty. year : the last of a series, or empty. source : who published what."""

    parameter: Parameter
    name: str
    value: str
    year: str
    source: str


def facts_found(plan: Plan) -> list[FoundFact]:
    """The published figures about the country of a plan, in the order of its parameters; other countries' inflation left out."""
    return [*filter(None, map(found_fact, about_the_country(plan)))]


def about_the_country(plan: Plan) -> Iterator[Parameter]:
    """Parameters whose value is a fact about the country itself."""
    abroad = ("money.foreign_", "money.euro_", "money.india_", "money.usd_per_")
    for path, parameter in plan.parameters.items():
        known = parameter.layer in FROM_FACTS and not parameter.open and parameter.value is not None
        if known and not path.startswith(abroad) and not path.endswith("_year") and path != "population.year":
            yield parameter


def found_fact(parameter: Parameter) -> FoundFact | None:
    """A parameter as a published figure, if its source is one of the facts; an empty series is none."""
    key, _colon, detail = source_shown(parameter).partition(":")
    origin = origins().get(key.strip())
    if origin is None or parameter.value in ({}, ()):
        return None
    source = formats.label_and_value(origin.producer, COPY.split(origin.title)[0])
    name = _(NAMES.get(parameter.path, ""))
    return FoundFact(parameter, name, value_in_words(parameter, named=bool(name)), year_of(parameter, detail), source)


def source_shown(parameter: Parameter) -> str:
    """The source of the value that is shown: of a series, whose sources follow each other by year, that of the last year."""
    source = parameter.source or ""
    return source.rpartition("; ")[2] if isinstance(parameter.value, Mapping) else source


def value_in_words(parameter: Parameter, *, named: bool) -> str:
    """The value with its unit; of a series the last one. named : the unit is in the name, unless it is money."""
    value = parameter.value
    if isinstance(value, Mapping):
        value = value[max(value)]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return choice_name(parameter, str(value))
    if parameter.unit in SHARE_UNITS:
        return formats.share(value, 1)
    number = formats.number(value) if abs(value) >= LARGE else localize_digits(f"{value:.4g}")
    if named:
        return f"{number} {parameter.unit.partition('/core')[0]}" if parameter.currency else number
    return f"{number} {translate_unit(parameter.unit)}"


def year_of(parameter: Parameter, detail: str) -> str:
    """The year of the figure: the last of a series, else the first year that its source names, else that of its price."""
    if isinstance(parameter.value, Mapping):
        return str(max(parameter.value))
    named = YEAR.search(detail)
    return named.group() if named else str(parameter.price_year or "")
