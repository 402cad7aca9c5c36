"""`imis-plan prices`: the observed prices, and what they give for a scenario."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imis_plan
from imis_plan.cli import console
from imis_plan.facts.carry import Carried
from imis_plan.facts.country import UnknownCountryError, find_country
from imis_plan.facts.records import Observation
from imis_plan.facts.resolve import ANALOGUE, OWN, PREDICTION
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import _, localize_digits, translate_unit
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.folder import available_scenarios, find_parameters
from imis_plan.scenario.localized_text import N_
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.price_library import PriceLibrary, price_library

# How a price was found, in words; in English as in observation_items.csv.
STEPS = {OWN: N_("own country"), ANALOGUE: N_("analogue"), PREDICTION: N_("prediction")}


def print_prices(options: argparse.Namespace) -> int:
    """Print items, the observations of one, or what they give for a scenario."""
    folder = find_parameters(options.parameters)
    library = price_library(folder)
    if library.errors:
        raise BadInput(library.errors)
    if options.item and options.item not in library.items:
        right = suggestion(options.item, library.items)
        raise BadInput([Problem("ITEM", None, "", "not in observation_items.csv", right, options.item)])
    console.print_rows(list(rows(options, library, folder)), options.format, options.out, force=options.force)
    return 0


def rows(options: argparse.Namespace, library: PriceLibrary, folder: Path) -> Iterator[dict[str, Any]]:
    """The rows that the options ask for."""
    if options.country in available_scenarios(folder):
        plan = imis_plan.load(options.country, parameters=folder, draft=True)
        yield from carried_rows(plan, options.item) if options.item else price_rows(plan)
    elif options.country:
        iso3 = code(options.country)
        found = [row for each in library.observations.values() for row in each if row.country == iso3]
        yield from (observation_row(row) for row in found if options.item in (None, row.item))
    elif options.item:
        yield from map(observation_row, library.observations.get(options.item, ()))
    else:
        yield from item_rows(library)


def code(name: str) -> str:
    """The three letters of a country."""
    try:
        return find_country(name).iso3
    except UnknownCountryError as error:
        raise BadInput([Problem("--country", None, "", "no such scenario", error.message(), name)]) from None


def item_rows(library: PriceLibrary) -> Iterator[dict[str, Any]]:
    """Every item with the number of its observations and their countries."""
    for item in library.items.values():
        found = library.observations.get(item.name, ())
        countries = " ".join(sorted({row.country for row in found}))
        yield {"item": item.name, "unit": translate_unit(item.unit), "observations": str(len(found)), "countries": countries}


def observation_row(row: Observation) -> dict[str, Any]:
    """An observation as published."""
    return {
        "item": row.item, "country": row.country, "year": str(row.price_year), "value": localize_digits(f"{row.value:g}"),
        "currency": row.currency, "kind": _(row.kind), "tier": row.tier, "grade": row.grade, "source": row.source,
    }  # fmt: skip


def price_rows(plan: Plan) -> Iterator[dict[str, Any]]:
    """The parameters of a scenario that may rest on observed prices, with what they give."""
    for parameter in plan.parameters.values():
        if parameter.item:
            yield {
                "parameter": parameter.path, "item": parameter.item, "value": localize_digits(f"{parameter.value:g}"),
                "low": end(parameter.low), "high": end(parameter.high), "unit": translate_unit(parameter.unit),
                "year": str(parameter.price_year or ""), "grade": parameter.confidence, "rests on": rests_on(parameter),
            }  # fmt: skip


def end(value: float | None) -> str:
    """An end of a range, or nothing."""
    return "" if value is None else localize_digits(f"{value:g}")


def rests_on(parameter: Parameter) -> str:
    """The step and the countries of a resolved price; for another, its own source."""
    if parameter.resolved is None:
        return _("its own value")
    step = _(STEPS[parameter.resolved.step])
    return _("{name}: {value}").format(name=step, value=localized_sentence(parameter.resolved.words))


def carried_rows(plan: Plan, item: str) -> Iterator[dict[str, Any]]:
    """The observations behind each price of an item, as published and as converted for the scenario."""
    for parameter in plan.parameters.values():
        if parameter.item == item and parameter.resolved:
            yield from (carried_row(row, parameter) for row in parameter.resolved.observations)


def carried_row(row: Carried, parameter: Parameter) -> dict[str, Any]:
    """An observation as published and as converted."""
    as_published = observation_row(row.observation)
    to = _("{unit} of {year}").format(unit=translate_unit(parameter.unit), year=parameter.price_year)
    return {**as_published, "converted": localize_digits(f"{row.value:.4g}"), "to": to}
