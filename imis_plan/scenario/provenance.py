"""Checks of source, confidence, range and price year of a parameter."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.problems import Problem, closest_match, key_problem
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import HORIZON, is_single_number
from imis_plan.scenario.units import Units
from imis_plan.sentence import sentence

CALENDAR = "calendar year"


def provenance_problems(parameter: Parameter, rules: CheckContext) -> Iterator[Problem]:
    """A source, confidence, range or price year that is missing or contradicts the others."""
    if parameter.value is None:
        return
    yield from reason_problems(parameter, rules.units)
    if parameter.item and not parameter.stated and parameter.confidence in ("A", "B", "C"):
        yield key_problem("from", "beside a published value", "remove one of the two", parameter.item)
    if not parameter.source:
        yield key_problem("source", "no source", "give a key of sources.yaml, a sentence, or `assumption: why`")
    else:
        yield from source_problems(parameter, parameter.source, rules.sources)
    if not parameter.confidence:
        yield key_problem("confidence", "no confidence", "give A, B, C or assumed")


def source_problems(parameter: Parameter, source: str, sources: Mapping[str, Any]) -> Iterator[Problem]:
    """A source that is an unknown key, gives no reason, or contradicts the confidence."""
    head, _, reason = (part.strip() for part in source.partition(":"))
    if head == "assumption":
        if not reason:
            yield key_problem("source", "an assumption without a reason", "write `assumption: why`", source)
        if parameter.confidence in ("A", "B", "C"):
            yield key_problem("confidence", "the source is an assumption", "give assumed", parameter.confidence)
    elif " " not in head and head not in sources:
        yield key_problem(
            "source", sentence("{head} is not in sources.yaml", head=head), source_suggestion(head, sources), source
        )
    elif head in sources and parameter.confidence == "assumed":
        yield key_problem("confidence", "assumed, but the source is published", "give A, B or C", parameter.confidence)


def source_suggestion(head: str, sources: Mapping[str, Any]) -> str:
    """What to write instead of a key that is not in sources.yaml."""
    match = closest_match(head, sources)
    return sentence("did you mean {name}?", name=match) if match else sentence("add it there, or write a sentence")


def reason_problems(parameter: Parameter, units: Units) -> Iterator[Problem]:
    """An assumption without a range, or a price without a year."""
    if parameter.layer in ("option", "what-if"):
        return
    counted = is_single_number(parameter) and parameter.unit != CALENDAR and parameter.path != HORIZON
    if parameter.confidence == "assumed" and counted and parameter.low is None and parameter.high is None:
        yield key_problem("confidence", "assumed without a range", "give low and high", parameter.confidence)
    # The year of an exchange rate is a parameter of its own.
    is_price = parameter.currency and parameter.unit.partition("/")[2] not in units.currencies
    if is_price and parameter.price_year is None:
        yield key_problem("price_year", "no price year", "give the year of the price level, as in price_year: 2025")
