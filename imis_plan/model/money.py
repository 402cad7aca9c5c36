"""Prices in the year of payment: price indices, exchange rates, and the factors from a quoted price to local money.

Tradable goods follow the foreign price and the exchange rate, others the home price (Turner et al. 2019, Value in Health 22(9),
third method; docs/method.md, "Money").
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from imis_plan.model.arrays import choose, round_to_cents, stack_years
from imis_plan.scenario.parameter import Parameter

FOREIGN = "USD"
CENT_DIGITS = 2


@dataclass(frozen=True)
class Prices:
    """Inflation and exchange rates of one scenario by calendar year.

    t : years since the base year; its shape is that of every series. [year]
    home, foreign : inflation, calendar year -> rate. [1/year]
    rate : exchange rate, calendar year -> LCU per USD.
    usd_per : other foreign currency -> (calendar year -> USD per unit).
    """

    base_year: int
    t: Any
    currency: str
    home: dict[int, Any]
    foreign: dict[int, Any]
    rate: dict[int, Any]
    usd_per: dict[str, dict[int, Any]]

    def years(self) -> range:
        """Calendar years of the budget."""
        return range(self.base_year, self.base_year + len(self.t))

    def index(self, rates: dict[int, Any], start: int) -> Any:
        """Price level in each budget year over that of calendar year `start`. Shape (horizon, ...). [1]"""
        return stack_years([relative_price_level(rates, start, year) for year in self.years()], self.t)

    def usd_per_unit_of(self, currency: str, year: int) -> Any:
        """USD per unit of a currency in a calendar year."""
        if currency == FOREIGN:
            return 1.0
        if currency == self.currency:
            return 1 / value_in_year(self.rate, year, f"{currency}/USD")
        if currency not in self.usd_per:
            known = ", ".join([self.currency, FOREIGN, *self.usd_per])
            raise ValueError(f"no exchange rates for {currency}; give the price in {known}")
        return value_in_year(self.usd_per[currency], year, f"USD/{currency}")

    def factors(self, currency: str, price_year: int, *, tradable: bool) -> tuple[Any, Any]:
        """Index and rate from a quoted price to local money of each year: amount = quantity * price * index * rate.

        Tradable: foreign index, and the exchange rate of the year of payment (a local quotation is first taken to USD at the rate
        of its own year). Not tradable: home index, and the rate of the price's own year for a foreign quotation.
        """
        if tradable:
            return self.index(self.foreign, price_year), self.usd_per_unit_of(currency, price_year) * self.payment_rates()
        rate = 1.0
        if currency != self.currency:
            rate = self.usd_per_unit_of(currency, price_year) * value_in_year(self.rate, price_year, f"{self.currency}/USD")
        return self.index(self.home, price_year), rate + 0 * self.t

    def payment_rates(self) -> Any:
        """Exchange rate of each budget year. Shape (horizon, ...). [LCU/USD]"""
        return stack_years([value_in_year(self.rate, year, f"{self.currency}/USD") for year in self.years()], self.t)


def price_currency_and_year(parameter: Parameter) -> tuple[str, int]:
    """Currency and year of a price. Raises ValueError for a parameter that is not a price."""
    if parameter.currency is None or parameter.price_year is None:
        raise ValueError(f"{parameter.path} is not a price: it needs a currency and a price year")
    return parameter.currency, parameter.price_year


def value_in_year(series: dict[int, Any], year: int, what: str) -> Any:
    """The value of a calendar year. Raises ValueError, with the available years, if there is none."""
    if year not in series:
        raise ValueError(f"no {what} rate for {year}; the scenario has {min(series)} to {max(series)}")
    return series[year]


def relative_price_level(rates: dict[int, Any], start: int, end: int) -> Any:
    """Price level of `end` over that of `start`, which may be later or earlier. [1]"""
    if end < start:
        return 1 / relative_price_level(rates, end, start)
    level = 1.0
    for year in range(start + 1, end + 1):
        level = level * (1 + value_in_year(rates, year, "inflation"))
    return level


def inflation_by_year(history: dict[int, Any], forward: Any, base_year: int) -> dict[int, Any]:
    """Calendar year -> inflation: the known rates, then the expected path; its first value is also used for years in between."""
    rates = dict(history)
    last = base_year + len(forward) - 1
    for year in range(max(history) + 1, last + 1):
        rates[year] = forward[max(0, year - base_year)]
    return rates


def exchange_rates_by_year(v: Any, home: dict[int, Any], foreign: dict[int, Any], years: range) -> dict[int, Any]:
    """Calendar year -> LCU per USD from the year of the planning rate on: constant in real terms, constant, or as given."""
    # The years are structure, not values that a formula computes.
    start, planned = int(v["money.planning_rate_year"]), v["money.planning_rate"]
    real = constant_real_rates(planned, start, home, foreign, years)
    given = {year: v["money.exchange_rate_path"][year - years.start] for year in years}
    path = {
        year: choose(
            v["money.exchange_path"],
            {
                "constant_real": lambda year=year: real[year],
                "constant": lambda: planned,
                "given": lambda year=year: given.get(year, planned),
            },
        )
        for year in real
    }
    early = {year: rate for year, rate in given.items() if year < start}
    return path | early if early and v["money.exchange_path"] == "given" else path


def constant_real_rates(rate: Any, start: int, home: dict[int, Any], foreign: dict[int, Any], years: range) -> dict[int, Any]:
    """Calendar year -> LCU per USD, from a known rate on: home inflation over foreign inflation keeps the real rate constant."""
    path = {start: rate}
    for year in range(start + 1, years.stop):
        rate = rate * (1 + value_in_year(home, year, "inflation")) / (1 + value_in_year(foreign, year, "inflation"))
        path[year] = rate
    return path


def prices_from(v: Any) -> Prices:
    """Inflation and exchange rates from the parameters."""
    base_year = int(v["time.base_year"])
    home = inflation_by_year(v["money.home_inflation"], v["money.home_inflation_forward"], base_year)
    foreign = inflation_by_year(v["money.foreign_inflation"], v["money.foreign_inflation_forward"], base_year)
    years = range(base_year, base_year + len(v["t"]))
    rate = dict(v["money.exchange_rates"]) | exchange_rates_by_year(v, home, foreign, years)
    usd_per_eur = v["money.usd_per_eur"]
    euro = usd_per_eur | dict.fromkeys(range(max(usd_per_eur) + 1, years.stop), usd_per_eur[max(usd_per_eur)])
    return Prices(base_year, v["t"], v["about.currency"], home, foreign, rate, {"EUR": euro})


def local_amount(quantity: Any, price: Any, index: Any, rate: Any) -> Any:
    """What a quantity costs in a year, to the cent. [LCU]

    price : as quoted, in its own currency and year; index, rate : factors of the year (`Prices.factors`).
    """
    return round_to_cents(quantity * price * index * rate)


def divide_to_cents(amount: Any, factor: Any) -> Any:
    """An amount divided by a rate of exchange or a price level, to the cent. [other money]"""
    return round_to_cents(amount / factor)


def usd_and_real_amounts(prices: Prices, amount: Any, years: Any) -> dict[str, np.ndarray]:
    """Nominal USD and local money of the base year, to the cent, of amounts in local money. [USD], [LCU]"""
    position = years - prices.base_year
    rate = np.asarray(prices.payment_rates(), dtype=float)
    level = np.asarray(prices.index(prices.home, prices.base_year), dtype=float)
    return {
        "amount_usd": divide_to_cents(amount, rate[position]),
        "amount_real": divide_to_cents(amount, level[position]),
    }


def annuity(price: Any, life: Any, rate: Any) -> Any:
    """Equal yearly payment at year end that pays for a purchase over its life. [same currency per year]

    price : cost today, less the discounted residual value. [money]
    life : years of use. [year]
    rate : real discount rate. [1/year]

    Source: LEAP, annualised cost; 100 over 5 years at 5 % is 23.10.
    """
    if rate == 0:
        return price / life
    return price * rate / (1 - (1 + rate) ** -life)


def discount_factors(rate: Any, horizon: int) -> Any:
    """Discount factors from each year to the first: 1 in the first year. Shape (horizon,). [1]"""
    return (1 + rate) ** -np.arange(horizon, dtype=float)
