"""An observation in the money of a budget: another year, another currency, another country.

Tradable goods cost the same dollars everywhere: the price goes to dollars at the rate of its own year, on with the prices of
the dollar, and to local money at the rate of the budget's year; a price in euros or Indian rupees goes on with prices there.
Local goods and pay follow the prices at home; from another country they come by purchasing power parity, since their dollar
price is low where incomes are low (Turner et al. 2019, Value in Health 22(9), third method). In the observations parity
narrows the spread between countries for pay, allowances and electricity and leaves it as it is for mobile data
(docs/prices.md). Electronics keep their nominal price in dollars.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod

from imis_plan.facts.items import LOCAL, QUANTITY, Item
from imis_plan.facts.records import Observation
from imis_plan.facts.terms import ALL

DOLLAR = "USD"
# Currencies that have prices of their own, with the area of these prices.
AREAS = {"EUR": "EMU", "INR": "IND"}


@dataclass(frozen=True, slots=True)
class Money:
    """What carries a price; each function gives None for what it does not know.

    index : prices of a country, or of the dollar for `USD`, in the last year over those of the first. [1]
    rate : units of a currency for a dollar, by year.
    ppp : local money for an international dollar, by country and year.
    """

    index: Callable[[str, int, int], float | None]
    rate: Callable[[str, int], float | None]
    ppp: Callable[[str, int], float | None]


@dataclass(frozen=True, slots=True)
class Economy:
    """What carrying and comparing need to know of a country.

    pay_area : code of the part of it whose minimum of public pay holds; empty for the whole country.
    """

    iso3: str
    currency: str
    region: str
    income_group: str
    pay_area: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The country of a budget, and the currency and year that observations are carried to."""

    economy: Economy
    currency: str
    year: int


@dataclass(frozen=True, slots=True)
class Step:
    """One factor on the way; None where it is not known."""

    name: str
    factor: float | None


@dataclass(frozen=True, slots=True)
class Carried:
    """An observation with its value in the money of the target, and the way it took: value x factor x factor ..."""

    observation: Observation
    value: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was not used, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


def carry(
    observation: Observation, item: Item, economies: Mapping[str, Economy], target: Target, money: Money
) -> Carried | Skipped:
    """The observation in the money of the target, or what is not known on the way."""
    if item.market == QUANTITY:
        return Carried(observation, observation.value, ())
    currency, year = observation.currency, observation.price_year
    if item.oldest is not None and target.year - year > item.oldest:
        return Skipped(described(observation), f"older than {item.oldest} years")
    if item.market != LOCAL or observation.country == ALL:
        return applied(observation, by_dollar(currency, year, target, money, nominal=item.nominal))
    if observation.country == target.economy.iso3:
        return applied(observation, at_home(currency, year, target, money))
    if observation.country not in economies:
        return Skipped(described(observation), "nothing is known of its country")
    return applied(observation, by_parity(currency, year, economies[observation.country], target, money))


def applied(observation: Observation, steps: list[Step]) -> Carried | Skipped:
    """The value times all factors, unless one of them is not known."""
    unknown = [step.name for step in steps if step.factor is None]
    if unknown:
        return Skipped(described(observation), f"not known: {', '.join(unknown)}")
    value = observation.value * prod(step.factor for step in steps if step.factor is not None)
    return Carried(observation, value, tuple(steps))


def by_dollar(currency: str, year: int, target: Target, money: Money, *, nominal: bool = False) -> list[Step]:
    """Factors of a tradable good, and of a price behind which no country stands; nominal dollars have no price index.

    A price in euros or Indian rupees follows prices there instead, as in the budget, as far as they are known.
    """
    area = AREAS.get(currency)
    level = None if nominal or area is None else money.index(area, year, target.year)
    if level is not None:
        return [Step(f"prices of {area} {year} to {target.year}", level), exchange(currency, target.currency, target.year, money)]
    index = [] if nominal else [Step(f"prices of the dollar {year} to {target.year}", money.index(DOLLAR, year, target.year))]
    return [exchange(currency, DOLLAR, year, money), *index, exchange(DOLLAR, target.currency, target.year, money)]


def at_home(currency: str, year: int, target: Target, money: Money) -> list[Step]:
    """Factors of a local good of the same country: its own prices, and a quotation in other money at the rate of its year."""
    home = target.economy
    return [
        exchange(currency, home.currency, year, money),
        Step(f"prices of {home.iso3} {year} to {target.year}", money.index(home.iso3, year, target.year)),
        exchange(home.currency, target.currency, target.year, money),
    ]


def by_parity(currency: str, year: int, origin: Economy, target: Target, money: Money) -> list[Step]:
    """Factors of a local good of another country: by purchasing power to the home of the budget, then as at home."""
    there, here = money.ppp(origin.iso3, year), money.ppp(target.economy.iso3, year)
    return [
        exchange(currency, origin.currency, year, money),
        Step(f"purchasing power {origin.iso3} to {target.economy.iso3} {year}", ratio(here, there)),
        *at_home(target.economy.currency, year, target, money),
    ]


def exchange(source: str, to: str, year: int, money: Money) -> Step:
    """The factor from one currency to another in a year."""
    factor = 1.0 if source == to else ratio(rate(to, year, money), rate(source, year, money))
    return Step(f"{to}/{source} {year}", factor)


def rate(currency: str, year: int, money: Money) -> float | None:
    """Units of a currency for a dollar, which is one for the dollar."""
    return 1.0 if currency == DOLLAR else money.rate(currency, year)


def ratio(top: float | None, bottom: float | None) -> float | None:
    """A quotient, unknown where one of the two is."""
    return None if top is None or not bottom else top / bottom


def described(observation: Observation) -> str:
    """An observation in a few words."""
    tier = f", {observation.tier}" if observation.tier else ""
    money = f" {observation.currency}" if observation.currency else ""
    return f"{observation.country} {observation.value:g}{money} of {observation.price_year} ({observation.source}{tier})"
