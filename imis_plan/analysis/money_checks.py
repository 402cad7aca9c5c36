"""What stands out in the money of a plan: a currency that gains or loses in real terms, prices that double, and low pay.

A local price quoted in foreign money is converted at the rate of its own year, and then follows prices at home. Where the rate
has moved more or less than prices, it becomes more or less foreign money in the budget than it was in the quotation.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from imis_plan.analysis.summary import CONTINGENCY
from imis_plan.facts.lookup import latest
from imis_plan.facts.resolve import MINIMUM_PAY
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localize_digits
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.inflation import relative_price_level
from imis_plan.model.ledger import budget
from imis_plan.model.money import FOREIGN, Prices, price_currency_and_year
from imis_plan.scenario.plan import Plan

# A real change of this size between a price year and the first budget year is named: in most countries the rate moves less.
REAL_CHANGE_BOUND = 0.15
# Domestic prices that rise so far from the first budget year to the last are named: a forecast may know better.
PRICE_RISE_BOUND = 2.0
# Prices that carry less of the base cost than this need no explanation.
SMALL_SHARE = 0.05
# An observed price has four significant digits: what is below the minimum by no more is at the minimum.
ROUNDING = 0.0005


@dataclass(frozen=True)
class RealChange:
    """What one unit of foreign money in a price year is in the first budget year, in foreign money of constant prices.

    factor : above 1 the local currency has gained in real terms. [1]
    home, abroad : prices of the first budget year over those of the price year. [1]
    rates : LCU for one unit of the currency, in the price year and in the first budget year.
    share : of the base cost at prices that such a change moves. [1]
    """

    currency: str
    local: str
    price_year: int
    base_year: int
    factor: float
    home: float
    abroad: float
    rates: tuple[float, float]
    share: float


@dataclass(frozen=True)
class LowPay:
    """Pay, or the low end of its range, below the public minimum in the year of the minimum. [LCU/month]"""

    path: str
    pay: float
    minimum: float
    year: int


def real_changes(plan: Plan, ledger: pd.DataFrame) -> list[RealChange]:
    """Real changes beyond the bound that move a noticeable part of the cost, the largest part first."""
    prices, shares = evaluate_plan(plan).prices, crossing_shares(plan, ledger)
    found = [real_change(prices, currency, year, share) for (currency, year), share in shares.items() if share >= SMALL_SHARE]
    beyond = [change for change in found if max(change.factor, 1 / change.factor) > 1 + REAL_CHANGE_BOUND]
    return sorted(beyond, key=lambda change: -change.share)


def crossing_shares(plan: Plan, ledger: pd.DataFrame) -> dict[tuple[str, int], float]:
    """Currency and price year -> share of the base cost at prices converted at the rate of that year.

    Local prices quoted in foreign money, and prices of the world market quoted in local money, which go by dollars.
    """
    base = ledger[(ledger["component"] != CONTINGENCY) & (ledger["amount"] != 0)]
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for (currency, year, tradable), amount in base.groupby(["price_currency", "price_year", "tradable"])["amount"].sum().items():
        code = FOREIGN if currency == plan.about.currency else str(currency)
        if (currency == plan.about.currency) == bool(tradable) and code != plan.about.currency:
            sums[code, int(year)] += float(amount) / float(base["amount"].sum())
    return dict(sums)


def real_change(prices: Prices, currency: str, year: int, share: float) -> RealChange:
    """The real change of the local currency from a price year to the first budget year."""
    last = prices.base_year
    home = float(relative_price_level(prices.home, year, last))
    abroad = float(relative_price_level(prices.abroad.get(currency, prices.foreign), year, last))
    rates = tuple(float(prices.usd_per_unit_of(currency, each) * prices.rate[each]) for each in (year, last))
    factor = home * rates[0] / rates[1] / abroad
    return RealChange(currency, prices.currency, year, last, factor, home, abroad, (rates[0], rates[1]), share)


def real_change_message(change: RealChange) -> str:
    """What `imis-plan check` says on a real change."""
    text = _(
        "{currency} 1 of {price_year} becomes {currency_then} {factor} in {year}, at constant prices, for {share} of the "
        "base cost: in this time prices change by {home} at home and {abroad} abroad, but the rate goes from {before} to "
        "{after} {rate}"
    )
    return text.format(
        currency=change.currency,
        currency_then=change.currency,
        price_year=change.price_year,
        year=change.base_year,
        factor=localize_digits(f"{change.factor:.2f}"),
        share=with_percent_sign(f"{change.share:.0%}"),
        home=with_percent_sign(f"{change.home - 1:+.0%}"),
        abroad=with_percent_sign(f"{change.abroad - 1:+.0%}"),
        before=localize_digits(f"{change.rates[0]:,.6g}"),
        after=localize_digits(f"{change.rates[1]:,.6g}"),
        rate=f"{change.local}/{change.currency}",
    )


def with_percent_sign(text: str) -> str:
    """A share in whole per cent with the sign of the language: 12% in English, 12 % in French."""
    return text.replace("%", formats.share(0.0).removeprefix("0"))


def price_rise(plan: Plan) -> float | None:
    """Domestic price level of the last budget year over that of the first one, where it at least doubles; else None. [1]"""
    rise = float(evaluate_plan(plan).prices.real_index()[-1])
    return rise if rise >= PRICE_RISE_BOUND else None


def low_pay(plan: Plan) -> Iterator[LowPay]:
    """Pay in local money whose lowest value, carried to the year of the public minimum, is below that minimum."""
    minimum, prices = latest(plan.about.pay_area or plan.about.iso3, MINIMUM_PAY), evaluate_plan(plan).prices
    for role in plan.roles if minimum else ():
        parameter = plan.parameters[f"roles.{role.key}.pay"]
        currency, year = price_currency_and_year(parameter)
        lowest = parameter.value if parameter.low is None else parameter.low
        if minimum and currency == plan.about.currency:
            pay = float(lowest * relative_price_level(prices.pay or prices.home, year, minimum.year))
            if pay < minimum.value * (1 - ROUNDING):
                yield LowPay(parameter.path, pay, minimum.value, minimum.year)


def low_pay_message(low: LowPay) -> str:
    """What `imis-plan check` says on pay below the minimum."""
    text = _("{path}: {pay} a month in {year}, with its low end, is below the public minimum of {minimum}")
    pay, minimum = (localize_digits(f"{amount:,.0f}") for amount in (low.pay, low.minimum))
    return text.format(path=low.path, pay=pay, year=low.year, minimum=minimum)


def messages(plan: Plan) -> list[str]:
    """What `imis-plan check` says on the money of a plan; nothing where a folder declares only some of the model's parameters."""
    if "money.planning_rate" not in plan.parameters:
        return []
    return [*map(real_change_message, real_changes(plan, budget(plan))), *map(low_pay_message, low_pay(plan))]
