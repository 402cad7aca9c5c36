"""Why anyone should believe a leaf: checks of source, grade, range and price year."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.scenario.parameter import Leaf
from imis_plan.scenario.parameter_checks import HORIZON, Problem, Rules, has_range
from imis_plan.scenario.problems import did_you_mean
from imis_plan.scenario.units import Units

CALENDAR = "calendar year"


def provenance_problems(leaf: Leaf, rules: Rules) -> Iterator[Problem]:
    """A source, a grade, a range or a price year that is missing, or that does not go with the others."""
    if leaf.value is None:
        return
    yield from reason_problems(leaf, rules.units)
    if not leaf.source:
        yield Problem("source", "no source", "give a key of sources.yaml, a sentence, or `assumption: why`")
    else:
        yield from source_problems(leaf, leaf.source, rules.sources)
    if not leaf.confidence:
        yield Problem("confidence", "no confidence", "give A, B, C or assumed")


def source_problems(leaf: Leaf, source: str, sources: Mapping[str, Any]) -> Iterator[Problem]:
    """A source that is no known key, gives no reason, or does not fit the grade."""
    head, _, reason = (part.strip() for part in source.partition(":"))
    if head == "assumption":
        if not reason:
            yield Problem("source", "an assumption without a reason", "write `assumption: why`", source)
        if leaf.confidence in ("A", "B", "C"):
            yield Problem("confidence", "an assumption is not graded", "give assumed", leaf.confidence)
    elif " " not in head and head not in sources:
        yield Problem("source", f"{head} is not in sources.yaml", unknown_source(head, sources), source)
    elif head in sources and leaf.confidence == "assumed":
        yield Problem("confidence", "assumed, yet with a published source", "give A, B or C", leaf.confidence)


def unknown_source(head: str, sources: Mapping[str, Any]) -> str:
    """What to write in place of a key that sources.yaml does not have."""
    close = did_you_mean(head, sources)
    return f"did you mean {close}?" if close else "add it there, or write a sentence"


def reason_problems(leaf: Leaf, units: Units) -> Iterator[Problem]:
    """An assumption without a range, money without a year."""
    if leaf.layer in ("option", "what-if"):
        return
    counted = has_range(leaf) and leaf.unit != CALENDAR and leaf.path != HORIZON
    if leaf.confidence == "assumed" and counted and leaf.low is None and leaf.high is None:
        yield Problem("confidence", "assumed without a range", "give low and high", leaf.confidence)
    # A rate of exchange is money per money; its year is another parameter.
    priced = leaf.currency and leaf.unit.partition("/")[2] not in units.currencies
    if priced and leaf.price_year is None:
        yield Problem("price_year", "money without a price year", "give the year of the price, as in price_year: 2025")
