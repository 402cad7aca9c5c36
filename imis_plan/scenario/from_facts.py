"""What a scenario takes from the facts, between `defaults.yaml` and its own file: inflation, exchange rates, changes of pay.

Only parameters without a value in `defaults.yaml` are filled; the file of a scenario replaces them where it has something better.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from imis_plan.facts.carry import DOLLAR
from imis_plan.facts.currencies import expected_inflation, largest_change, parities, rate_facts, rates_per_dollar
from imis_plan.facts.economy import fiscal_year, inflation
from imis_plan.facts.fiscal_calendar import JANUARY_FIRST
from imis_plan.facts.lookup import observations
from imis_plan.facts.records import Fact, Parity
from imis_plan.facts.tables import origins
from imis_plan.facts.world import UNITED_STATES
from imis_plan.scenario.parameter import Confidence, Parameter, read_only
from imis_plan.scenario.significant_digits import four_digits

FACTS: Final = "facts"
# Parameters about other countries: the area of prices behind each pair of known and expected inflation.
ABROAD = {"foreign": UNITED_STATES, "euro": "EMU", "india": "IND"}
DOLLARS_PER = {"money.usd_per_eur": "EUR", "money.usd_per_inr": "INR"}
# The facts always know these, whichever the country is, so that nobody is asked for them.
FISCAL_YEAR_START: Final = "time.fiscal_year_start"
ALWAYS = (
    FISCAL_YEAR_START,
    *(f"money.{name}_inflation{ahead}" for name in ABROAD for ahead in ("", "_forward")),
    *DOLLARS_PER,
    *(f"money.{name}" for name in ("exchange_path", "anchor", "parity", "pay_rises")),
)
# These for most countries: a scenario of any other one gives them.
MOSTLY = tuple(
    f"money.{name}"
    for name in ("home_inflation", "home_inflation_forward", "exchange_rates", "planning_rate", "planning_rate_year")
)
# Why a value is assumed, as the report says it.
NO_PARITY = "no parity is known for this currency; counts only where money.exchange_path is pegged"
NEUTRAL = "the neutral assumption; a shock is a scenario of its own"
NO_ACT = "no act on public pay is known, so that pay follows home inflation"
NO_FISCAL_YEAR = "no fiscal year of this country is known; the calendar year is the most frequent one"
REASONS = (NO_PARITY, NEUTRAL, NO_ACT, NO_FISCAL_YEAR)
# A note that only says what every such rate is.
USUAL_NOTE = "annual average"
PAY_RISE = "public_pay_rise"


@dataclass(frozen=True)
class Given:
    """A value from the facts, with what a file would say about it."""

    value: Any
    source: str
    confidence: Confidence
    low: float | None = None
    high: float | None = None
    note: str | None = None


def with_facts(parameters: Mapping[str, Parameter], iso3: str, currency: str) -> dict[str, Parameter]:
    """The parameters that have no value and that the facts know, with it."""
    given = published_money(iso3, currency)
    return {path: filled(parameters[path], each) for path, each in given.items() if asks_facts(parameters.get(path))}


def asks_facts(parameter: Parameter | None) -> bool:
    """Whether a parameter is declared and still without a value."""
    return parameter is not None and parameter.required and parameter.value is None


def filled(parameter: Parameter, given: Given) -> Parameter:
    """A parameter with a value of the facts."""
    fields = {name: getattr(given, name) for name in ("value", "source", "confidence", "low", "high", "note")}
    return replace(parameter, **fields, layer=FACTS, file=FACTS, line=None, required=False)


@lru_cache(maxsize=256)
def published_money(iso3: str, currency: str) -> Mapping[str, Given]:
    """Path -> value of the money and the fiscal year of a country; nothing where the facts do not know it."""
    found = dict(inflations("home", iso3))
    for name, area in ABROAD.items():
        found |= dict(inflations(name, area))
    found |= {path: dollars_per(code) for path, code in DOLLARS_PER.items()}
    found |= {"money.pay_rises": pay_rises(iso3), FISCAL_YEAR_START: fiscal_year_start(iso3)}
    return read_only(found | dict(exchange_rates(currency)))


def fiscal_year_start(iso3: str) -> Given:
    """Month and day on which the fiscal year begins; 1 January where that is not known."""
    found = fiscal_year(iso3)
    if found is None:
        return Given(JANUARY_FIRST, f"assumption: {NO_FISCAL_YEAR}", "assumed")
    keys = [key for key in (found.origin, found.confirmed) if key]
    start = f"{found.month:02}-{found.day:02}"
    grade = min(confidence([key]) for key in keys)
    return Given(start, "; ".join(f"{key}: {start}" for key in dict.fromkeys(keys)), grade)


def inflations(name: str, area: str) -> Iterator[tuple[str, Given]]:
    """Known and expected inflation of an area."""
    if known := inflation(area):
        yield f"money.{name}_inflation", series(known)
    if expected := expected_inflation().get(area):
        source = f"assumption: {expected.reason}"
        yield f"money.{name}_inflation_forward", Given(expected.value, source, "assumed", expected.low, expected.high)


def exchange_rates(currency: str) -> Iterator[tuple[str, Given]]:
    """Known rates of a currency to the dollar, the rate and path of the plan, and its parity."""
    parity = parities().get(currency)
    if rates := rates_per_dollar(currency):
        known = pegged_rates(rates, parity) if parity else series(rate_facts(currency), rates)
        yield "money.exchange_rates", known
        yield "money.planning_rate", planning_rate(currency, known)
        yield "money.planning_rate_year", Given(max(rates), f"{key_of(known)}: {max(rates)}", known.confidence)
    yield from path_and_parity(parity)


def planning_rate(currency: str, known: Given) -> Given:
    """The average of the last year, with the largest change of the last years as its range."""
    year, change = max(known.value), largest_change(currency)
    rate = known.value[year]
    spread = f"the largest change from one year to the next in five years, {change - 1:.1%}, in both directions"
    note = f"average of {year} as far as published; range: {spread}"
    source = f"{key_of(known)}: {year}"
    # A rate that never moves is not pushed out of its range by rounding.
    low, high = min(rate, four_digits(rate / change)), max(rate, four_digits(rate * change))
    return Given(rate, source, known.confidence, low, high, note)


def path_and_parity(parity: Parity | None) -> Iterator[tuple[str, Given]]:
    """The exchange rate of future years: pegged where a parity is known, else constant in real terms."""
    if parity is None:
        yield "money.exchange_path", Given("constant_real", f"assumption: {NEUTRAL}", "assumed")
        yield "money.anchor", Given(DOLLAR, f"assumption: {NO_PARITY}", "assumed")
        yield "money.parity", Given(1.0, f"assumption: {NO_PARITY}", "assumed", 1.0, 1.0)
        return
    source = f"{parity.origin}: {parity.value:g} {parity.currency}/{parity.anchor}"
    for path, value in (("exchange_path", "pegged"), ("anchor", parity.anchor), ("parity", parity.value)):
        yield f"money.{path}", Given(value, source, confidence([parity.origin]), note=parity.note)


def pegged_rates(rates: Mapping[int, float], parity: Parity) -> Given:
    """Rates of a pegged currency: those of its anchor times the parity."""
    anchor = series(rate_facts(parity.anchor))
    source = f"{anchor.source}; x {parity.value:g} {parity.currency}/{parity.anchor} ({parity.origin})"
    return replace(anchor, value=read_only(dict(rates)), source=source)


def dollars_per(code: str) -> Given:
    """Dollars for one unit of an anchor, from its published units for a dollar."""
    known = series(rate_facts(code))
    return replace(known, value=read_only({year: 1 / rate for year, rate in known.value.items()}))


def pay_rises(iso3: str) -> Given:
    """Known changes of public pay by calendar year; none for most countries."""
    if found := observations(iso3, PAY_RISE):
        return series(found)
    return Given(read_only({}), f"assumption: {NO_ACT}", "assumed")


def series(facts: Iterable[Fact], values: Mapping[int, float] | None = None) -> Given:
    """Facts of one indicator as values by year, with their origins; `values` instead of their own."""
    found = tuple(facts)
    notes = "; ".join(f"{fact.year}: {fact.note}" for fact in found if fact.note and not fact.note.startswith(USUAL_NOTE))
    value = values or {fact.year: fact.value for fact in found}
    return Given(read_only(dict(value)), sources(found), confidence(fact.origin for fact in found), note=notes or None)


def sources(facts: tuple[Fact, ...]) -> str:
    """Keys of the origins with their years: `worldbank_cpi: 2010–2023; factbook: 2024`, the same in every language."""
    runs = [(origin, [fact.year for fact in run]) for origin, run in groupby(facts, key=lambda fact: fact.origin)]
    return "; ".join(f"{origin}: {years[0]}" + (f"–{years[-1]}" if len(years) > 1 else "") for origin, years in runs)


def confidence(keys: Iterable[str]) -> Confidence:
    """The weakest grade of some origins."""
    grade = max(origins()[key].confidence for key in keys)
    return "A" if grade == "A" else "B" if grade == "B" else "C"


def key_of(given: Given) -> str:
    """The key of the source of the last years."""
    return next(part.partition(":")[0] for part in reversed(given.source.split("; ")) if ":" in part)
