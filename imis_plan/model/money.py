"""Prices in the year of payment: price indices, exchange rates, and the factors from a quoted price to local money.

All series are by calendar year; an index or a rate of a budget year is the day-weighted mean of the calendar years that its
fiscal year touches. Tradable goods follow the foreign price and the exchange rate, others the home price (Turner et al. 2019,
Value in Health 22(9), third method; docs/method.md, "Money"); pay has a path of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from imis_plan.facts.fiscal_calendar import CALENDAR_YEAR, JANUARY_FIRST, FiscalCalendar, fiscal_means, parse_start, weighted
from imis_plan.model.arrays import round_to_cents, stack_years, where
from imis_plan.model.budget_line import PAY_MARKET, TRADABLE_MARKET
from imis_plan.model.exchange_rates import (
    AREAS,
    DOLLAR,
    GIVEN,
    dollars_per_anchor,
    exchange_rates_by_year,
    inflation_abroad,
    known_and_expected,
    known_rates,
)
from imis_plan.model.inflation import pay_growth_by_year, pay_rises_by_year, relative_price_level, value_in_year
from imis_plan.scenario.parameter import Parameter

FOREIGN = DOLLAR
CENT_DIGITS = 2
FISCAL_YEAR_START = "time.fiscal_year_start"


@dataclass(frozen=True)
class GivenRates:
    """Exchange rates that a scenario gives by fiscal year. path : shape (horizon, ...) [LCU/USD]; used : whether they count."""

    path: Any
    used: Any


@dataclass(frozen=True)
class Prices:
    """Inflation and exchange rates of one scenario by calendar year.

    t : years since the base year; its shape is that of every series. [year]
    home, foreign : inflation at home and of the dollar, calendar year -> rate. [1/year]
    rate : exchange rate, calendar year -> LCU per USD.
    usd_per : other foreign currency -> (calendar year -> USD per unit).
    abroad : foreign currency -> inflation of its area; the prices of any other currency follow the dollar.
    pay : change of pay, calendar year -> rate; without it, pay follows home inflation. [1/year]
    pay_growth : level of pay above these changes, budget year -> factor; without it, none. [1]
    fiscal : when the fiscal years of the budget begin. given : rates by fiscal year, which need no mean.
    """

    base_year: int
    t: Any
    currency: str
    home: dict[int, Any]
    foreign: dict[int, Any]
    rate: dict[int, Any]
    usd_per: dict[str, dict[int, Any]]
    abroad: Mapping[str, dict[int, Any]] = field(default_factory=dict)
    pay: dict[int, Any] | None = None
    pay_growth: Mapping[int, Any] = field(default_factory=dict)
    fiscal: FiscalCalendar = CALENDAR_YEAR
    given: GivenRates | None = None
    _factors: dict[tuple[str, int, str], tuple[Any, Any]] = field(default_factory=dict, repr=False, compare=False)

    def years(self) -> range:
        """Fiscal years of the budget, each called by the calendar year in which it begins."""
        return range(self.base_year, self.base_year + len(self.t))

    def index(self, rates: Mapping[int, Any], start: int) -> Any:
        """Price level in each budget year over that of calendar year `start`. Shape (horizon, ...). [1]"""
        levels = fiscal_means(lambda year: relative_price_level(rates, start, year), self.years(), self.fiscal.following_share)
        return stack_years(levels, self.t)

    def real_index(self) -> Any:
        """Home price level in each budget year over that of the first one. Shape (horizon, ...). [1]"""
        level = self.index(self.home, self.base_year)
        return level / level[0]

    def pay_index(self, start: int) -> Any:
        """Level of pay in each budget year over that of calendar year `start`. Shape (horizon, ...). [1]"""
        index = self.index(self.home if self.pay is None else self.pay, start)
        if start < self.base_year or not self.pay_growth:
            quoted = 1.0
        else:
            before, now = (self.pay_growth[min(year, self.years()[-1])] for year in (start - 1, start))
            quoted = weighted(1 - self.fiscal.following_share, before, now) if self.fiscal.following_share else now
        return index * stack_years([self.pay_growth.get(year, 1.0) / quoted for year in self.years()], self.t)

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

    def factors(self, currency: str, price_year: int, market: str) -> tuple[Any, Any]:
        """Index and rate from a quoted price to local money of each year: amount = quantity * price * index * rate.

        Computed once for all lines, and nobody may change them. Raises ValueError where a series lacks a year.
        """
        key = currency, price_year, market
        if key not in self._factors:
            self._factors[key] = self.computed_factors(*key)
        return self._factors[key]

    def computed_factors(self, currency: str, price_year: int, market: str) -> tuple[Any, Any]:
        """The factors of one currency, price year and market.

        Tradable: inflation of the currency's area, and the exchange rate of the year of payment (a local quotation is first taken
        to USD at the rate of its own year). Local: home inflation, and the rate of the price's own year for a foreign quotation.
        Pay: as local, but with the path of pay.
        """
        if market == TRADABLE_MARKET:
            if currency in self.abroad and currency != self.currency:
                return self.index(self.abroad[currency], price_year), self.payment_rates(currency)
            return self.index(self.foreign, price_year), self.usd_per_unit_of(currency, price_year) * self.payment_rates()
        index = self.pay_index(price_year) if market == PAY_MARKET else self.index(self.home, price_year)
        rate = 1.0
        if currency != self.currency:
            rate = self.usd_per_unit_of(currency, price_year) * value_in_year(self.rate, price_year, f"{self.currency}/USD")
        return index, rate + 0 * self.t

    def payment_rates(self, currency: str = FOREIGN) -> Any:
        """Exchange rate of each budget year, of the dollar or of another currency. Shape (horizon, ...). [LCU/currency]"""
        share = self.fiscal.following_share
        rates = fiscal_means(lambda year: self.usd_per_unit_of(currency, year) * self.lcu_per_dollar(year), self.years(), share)
        if share and self.given is not None:
            dollars = fiscal_means(lambda year: self.usd_per_unit_of(currency, year), self.years(), share)
            pairs = zip(dollars, self.given.path, rates, strict=True)
            rates = [where(self.given.used, usd * given, mean) for usd, given, mean in pairs]
        return stack_years(rates, self.t)

    def lcu_per_dollar(self, year: int) -> Any:
        """Exchange rate of a calendar year. [LCU/USD]"""
        return value_in_year(self.rate, year, f"{self.currency}/USD")


def price_currency_and_year(parameter: Parameter) -> tuple[str, int]:
    """Currency and year of a price. Raises ValueError for a parameter that is not a price."""
    if parameter.currency is None or parameter.price_year is None:
        raise ValueError(f"{parameter.path} is not a price: it needs a currency and a price year")
    return parameter.currency, parameter.price_year


def prices_from(v: Any) -> Prices:
    """Inflation, pay and exchange rates from the parameters."""
    base_year, fiscal = int(v["time.base_year"]), fiscal_calendar_in(v)
    share = fiscal.following_share
    years = range(base_year, base_year + len(v["t"]) + (share > 0))
    home = known_and_expected(v, "money.home_inflation", "money.home_inflation_forward", base_year, share)
    pay = pay_rises_by_year(home, v["money.pay_rises"])
    growth = pay_growth_by_year(v["money.pay_growth"], v["money.pay_rises"], base_year)
    abroad = inflation_abroad(v, base_year, share)
    rate = known_rates(v, "money.exchange_rates", share) | exchange_rates_by_year(v, home, abroad, years, share)
    usd_per = {code: dollars_per_anchor(v, code, abroad, rate, years, share) for code in AREAS}
    given = GivenRates(v["money.exchange_rate_path"], v["money.exchange_path"] == GIVEN)
    return Prices(
        base_year, v["t"], v["about.currency"], home, abroad[FOREIGN], rate, usd_per, abroad, pay, growth, fiscal, given
    )


def fiscal_calendar_in(v: Any) -> FiscalCalendar:
    """The fiscal year among the values of a plan; the calendar year where its parameters do not declare one."""
    return parse_start(v[FISCAL_YEAR_START] if FISCAL_YEAR_START in v else JANUARY_FIRST)  # noqa: SIM401  # values have no get


def local_amount(quantity: Any, price: Any, index: Any, rate: Any) -> Any:
    """What a quantity costs in a year, to the cent. [LCU]

    price : as quoted, in its own currency and year; index, rate : factors of the year (`Prices.factors`).
    """
    return round_to_cents(quantity * price * index * rate)


def divide_to_cents(amount: Any, factor: Any) -> Any:
    """An amount divided by a rate of exchange or a price level, to the cent. [other money]"""
    return round_to_cents(amount / factor)


def usd_and_real_amounts(prices: Prices, amount: Any, years: Any) -> dict[str, np.ndarray]:
    """Nominal USD and local money of the first budget year, to the cent, of amounts in local money. [USD], [LCU]"""
    position = years - prices.base_year
    rate = np.asarray(prices.payment_rates(), dtype=float)
    level = np.asarray(prices.real_index(), dtype=float)
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
