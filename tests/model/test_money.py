"""Prices of the year of payment: indices, exchange rates, annuities, discounting."""

import numpy as np
import pytest

from imis_plan.model.inflation import inflation_by_year, pay_growth_by_year, pay_rises_by_year, relative_price_level
from imis_plan.model.money import (
    Prices,
    annuity,
    discount_factors,
    price_currency_and_year,
    prices_from,
    usd_and_real_amounts,
)
from tests.model.plans import NAMES, plan_of

YEARS = np.arange(2.0)  # 2027 and 2028
HOME = {2024: 0.10, 2025: 0.06, 2026: 0.05, 2027: 0.04, 2028: 0.04}
FOREIGN = {2024: 0.03, 2025: 0.02, 2026: 0.02, 2027: 0.02, 2028: 0.02}
RATE = {2024: 100.0, 2025: 120.0, 2026: 130.0, 2027: 140.0, 2028: 150.0}  # NPR for a dollar
RUPEE = Prices(2027, YEARS, "NPR", HOME, FOREIGN, RATE, {"EUR": {2024: 1.1, 2025: 1.2}})

FACTORS = {
    # foreign inflation of 2026, 2027 (and 2028); the rate of the year of payment
    "a handset quoted in dollars": ("USD", 2025, "tradable", [1.02 * 1.02, 1.02**3], [140, 150]),
    # without prices of the euro area: to dollars at the rate of the quotation, then like a dollar price
    "a handset quoted in euros": ("EUR", 2025, "tradable", [1.02 * 1.02, 1.02**3], [1.2 * 140, 1.2 * 150]),
    # rupees to dollars at the rate of 2025, then the world price and the rate of payment
    "a handset quoted in rupees": ("NPR", 2025, "tradable", [1.02 * 1.02, 1.02**3], [140 / 120, 150 / 120]),
    # home inflation only
    "rent quoted in rupees": ("NPR", 2025, "local", [1.05 * 1.04, 1.05 * 1.04**2], [1, 1]),
    # dollars to rupees at the rate of 2025, then home inflation
    "rent quoted in dollars": ("USD", 2025, "local", [1.05 * 1.04, 1.05 * 1.04**2], [120, 120]),
    "rent quoted in euros": ("EUR", 2025, "local", [1.05 * 1.04, 1.05 * 1.04**2], [1.2 * 120, 1.2 * 120]),
    # a price of the budget year itself is not indexed in that year
    "rent of 2027": ("NPR", 2027, "local", [1, 1.04], [1, 1]),
    # a price of a later year is taken back
    "rent of 2028": ("NPR", 2028, "local", [1 / 1.04, 1], [1, 1]),
}


@pytest.mark.parametrize(("currency", "year", "market", "index", "rate"), FACTORS.values(), ids=FACTORS)
def test_world_market_prices_and_home_prices_go_different_ways(currency, year, market, index, rate):
    """Tradable: foreign index x rate of payment. Other: home index, converted at the rate of the price's own year."""
    indices, rates = RUPEE.factors(currency, year, market)

    assert indices == pytest.approx(index)
    assert rates == pytest.approx(rate)


MISSING = {
    "a price older than the inflation that is known": (
        "NPR",
        2020,
        "local",
        r"no inflation rate for 2021; the scenario has 2024 to 2028",
    ),
    "a foreign quotation older than the exchange rates": (
        "USD",
        2023,
        "local",
        r"no NPR/USD rate for 2023; the scenario has 2024 to 2028",
    ),
    "a euro price of a year without a rate": (
        "EUR",
        2020,
        "tradable",
        r"no inflation rate for 2021; the scenario has 2024 to 2028",
    ),
    "a euro price of a later year without a rate": (
        "EUR",
        2026,
        "tradable",
        r"no USD/EUR rate for 2026; the scenario has 2024 to 2025",
    ),
    "a currency nobody gave rates for": ("KES", 2025, "tradable", r"no exchange rates for KES; give the price in NPR, USD, EUR"),
}


@pytest.mark.parametrize(("currency", "year", "market", "message"), MISSING.values(), ids=MISSING)
def test_a_missing_rate_is_named_with_the_years_there_are(currency, year, market, message):
    """Nothing is guessed for a year outside the scenario's rates."""
    with pytest.raises(ValueError, match=message):
        RUPEE.factors(currency, year, market)


def test_a_planning_rate_of_a_later_year_leaves_the_first_without_one():
    """The message names the pair and the year that is missing."""
    plan = plan_of("tanzania").replace({"money.planning_rate_year": 2028})
    with pytest.raises(ValueError, match="no TZS/USD rate for 2027; the scenario has 2015 to 2032"):
        prices_from(read(plan)).payment_rates()


def test_a_price_has_a_currency_and_a_year():
    """A share is not a price; a line that uses it as one is a mistake of the code."""
    parameters = plan_of("tanzania").parameters

    assert price_currency_and_year(parameters["capacity.per_diem"]) == ("TZS", 2022)
    with pytest.raises(ValueError, match=r"phones\.loss is not a price"):
        price_currency_and_year(parameters["phones.loss"])


@pytest.mark.parametrize(
    ("start", "end", "level"),
    [
        (2025, 2025, 1),  # the same year
        (2025, 2027, 1.05 * 1.04),  # rates of the years after the first
        (2027, 2025, 1 / (1.05 * 1.04)),  # and back
    ],
)
def test_price_levels_compound_year_by_year(start, end, level):
    """Before or after the price year, the same chain."""
    assert relative_price_level(HOME, start, end) == pytest.approx(level)


def test_known_inflation_comes_before_the_expected():
    """2024 is known; 2025 and 2026 take the first expected rate, 2027 and 2028 their own."""
    expected = {2024: 0.1, 2025: 0.04, 2026: 0.04, 2027: 0.04, 2028: 0.03}

    assert inflation_by_year({2024: 0.1}, np.array([0.04, 0.03]), 2027) == pytest.approx(expected)


def read(plan):
    """What `prices` reads of a plan."""
    from imis_plan.model.evaluate import inputs

    return inputs(plan)


MONEY = {
    "time.base_year": 2027, "time.horizon": 2, "t": YEARS, "about.currency": "NPR",
    "money.planning_rate": 140.0, "money.planning_rate_year": 2026, "money.exchange_rates": {2024: 100.0, 2025: 120.0},
    "money.home_inflation": {2024: 0.1}, "money.home_inflation_forward": np.array([0.05, 0.04]),
    "money.foreign_inflation": {2024: 0.03}, "money.foreign_inflation_forward": np.array([0.02, 0.02]),
    "money.exchange_rate_path": np.array([200.0, 210.0]), "money.usd_per_eur": {2024: 1.1}, "money.usd_per_inr": {2024: 0.01},
    "money.euro_inflation": {2024: 0.01}, "money.euro_inflation_forward": np.array([0.01, 0.01]),
    "money.india_inflation": {2024: 0.06}, "money.india_inflation_forward": np.array([0.06, 0.06]),
    "money.anchor": "INR", "money.parity": 1.6, "money.pay_rises": {}, "money.pay_growth": np.array([0.0, 0.0]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "rates"),
    [
        # the planning rate moves with the difference in inflation
        ("constant_real", [140 * 1.05 / 1.02, 140 * 1.05 / 1.02 * 1.04 / 1.02]),
        ("constant", [140, 140]),  # it stays
        ("given", [200, 210]),  # the scenario's own path
        ("pegged", [140 * 1.06 / 1.02, 140 * (1.06 / 1.02) ** 2]),  # with the Indian rupee, whatever home inflation is
    ],
)
def test_the_exchange_rate_follows_the_chosen_path(path, rates):
    """Rates of 2027 and 2028 from a planning rate of 140 in 2026."""
    found = prices_from(MONEY | {"money.exchange_path": path})

    assert found.payment_rates() == pytest.approx(rates)
    assert (found.rate[2024], found.rate[2025], found.rate[2026]) == (100, 120, 140)


def test_an_anchor_goes_on_constant_in_real_terms():
    """The euro costs 1.10 dollars in 2024, and then more by US inflation over that of the euro area; one path for all scenarios."""
    found = prices_from(MONEY | {"money.exchange_path": "constant"})

    assert found.usd_per_unit_of("EUR", 2024) == 1.1
    assert found.usd_per_unit_of("EUR", 2028) == pytest.approx(1.1 * (1.02 / 1.01) ** 4)
    assert found.usd_per_unit_of("INR", 2028) == pytest.approx(0.01 * (1.02 / 1.06) ** 4)
    assert found.usd_per_unit_of("USD", 2028) == 1.0
    assert found.usd_per_unit_of("NPR", 2024) == 1 / 100


@pytest.mark.parametrize(("code", "parity", "ahead"), [("EUR", 655.957, 0.01), ("INR", 1.6, 0.06), ("USD", 140.0, 0.02)])
def test_a_pegged_currency_keeps_its_parity(code, parity, ahead):
    """In every year one unit of the anchor costs the same, and both move against the dollar by the anchor's inflation."""
    found = prices_from(MONEY | {"money.exchange_path": "pegged", "money.anchor": code, "money.parity": parity})

    assert found.rate[2028] / found.rate[2026] == pytest.approx(((1 + ahead) / 1.02) ** 2)
    if code != "USD":
        for year in (2024, 2026, 2028):
            assert found.usd_per_unit_of(code, year) * found.rate[year] == pytest.approx(parity)


def test_a_change_of_the_planning_rate_moves_the_anchor_with_the_currency():
    """A weaker franc is a weaker euro: the parity holds in every draw, too."""
    rates = np.array([550.0, 610.0])
    found = prices_from(
        MONEY | {"money.exchange_path": "pegged", "money.anchor": "EUR", "money.parity": 655.957, "money.planning_rate": rates}
    )

    assert found.usd_per_unit_of("EUR", 2026) == pytest.approx(655.957 / rates)


def test_a_price_in_euros_follows_the_prices_of_the_euro_area():
    """140 euros of 2026 are 140 x 1.01 euros of 2027, at the rate of 2027; US inflation has no part in it."""
    found = prices_from(MONEY | {"money.exchange_path": "constant"})
    index, rate = found.factors("EUR", 2026, "tradable")

    assert index == pytest.approx([1.01, 1.01**2])
    assert rate == pytest.approx([140 * 1.1 * (1.02 / 1.01) ** 3, 140 * 1.1 * (1.02 / 1.01) ** 4])


ALL_PLANS = {name: plan_of(name) for name in NAMES}


def test_a_currency_has_one_rate_in_a_year_whichever_scenario_asks():
    """A franc in Cameroon is a franc in Chad, and a euro is the same number of dollars everywhere."""
    seen: dict[tuple[str, int], dict[str, float]] = {}
    for name, plan in ALL_PLANS.items():
        prices = prices_from(read(plan))
        for year in prices.years():
            for code in (plan.about.currency, *prices.usd_per):
                seen.setdefault((code, year), {})[name] = float(prices.usd_per_unit_of(code, year))

    assert len(seen) > 40  # nine currencies and two anchors in five years
    assert {key: found for key, found in seen.items() if max(found.values()) > min(found.values()) * (1 + 1e-9)} == {}


def test_a_country_has_one_inflation_whichever_scenario_asks():
    """Zanzibar has that of Tanzania, the mutuelle Borsa that of Chad."""
    by_country: dict[str, list[object]] = {}
    for plan in ALL_PLANS.values():
        by_country.setdefault(plan.about.iso3, []).append(prices_from(read(plan)).home)

    assert {iso3 for iso3, found in by_country.items() if any(home != found[0] for home in found)} == set()
    assert {iso3 for iso3, found in by_country.items() if len(found) > 1} == {"TCD", "TZA"}


def test_a_euro_is_655_957_francs_in_every_year():
    """In the past as in the plan."""
    for name in ("borsa", "cameroon", "chad", "niger"):
        prices = prices_from(read(ALL_PLANS[name]))
        assert {round(float(prices.usd_per_unit_of("EUR", year) * prices.rate[year]), 6) for year in prices.rate} == {655.957}


def test_pay_follows_acts_where_they_are_known_and_home_prices_in_other_years():
    """Frozen in 2026; prices in the other years."""
    assert pay_rises_by_year(HOME, {2026: 0.0}) == {**HOME, 2026: 0.0}


def test_growth_of_pay_comes_on_top_of_prices_from_the_first_budget_year_on():
    """2 % above prices in 2027 and 1 % in 2028."""
    assert pay_growth_by_year(np.array([0.02, 0.01]), {}, 2027) == pytest.approx({2026: 1, 2027: 1.02, 2028: 1.02 * 1.01})


def test_an_act_in_a_budget_year_replaces_growth_and_inflation():
    """A rise of 10 % in 2028 is 10 %, whatever prices do and whatever growth is planned."""
    acts = {2028: 0.1}

    assert pay_rises_by_year(HOME, acts)[2028] == 0.1
    assert pay_growth_by_year(np.array([0.02, 0.02]), acts, 2027)[2028] == 1.02


def test_only_pay_takes_the_path_of_pay():
    """Rent and phones keep theirs; pay in dollars is converted at the rate of its own year, as other home prices are."""
    found = prices_from(MONEY | {"money.exchange_path": "constant", "money.pay_rises": {2026: 0.0, 2027: 0.1}})

    assert found.factors("NPR", 2025, "pay")[0] == pytest.approx([1.1, 1.1 * 1.04])
    assert found.factors("NPR", 2025, "local")[0] == pytest.approx([1.05 * 1.05, 1.05 * 1.05 * 1.04])
    assert found.factors("USD", 2025, "pay")[1] == pytest.approx([120, 120])


def test_a_constant_real_rate_keeps_the_dollar_price_of_home_goods():
    """Rent in dollars rises with the dollar's inflation only, whatever home inflation is."""
    found = prices_from(MONEY | {"money.exchange_path": "constant_real"})
    index, rate = found.factors("NPR", 2026, "local")
    in_dollars = index * rate / found.payment_rates()

    assert in_dollars[1] / in_dollars[0] == pytest.approx(1.02)


def test_amounts_in_dollars_and_in_money_of_the_base_year():
    """Nominal rupees over the rate of the year, and over the price level since 2027; to the cent."""
    result = usd_and_real_amounts(RUPEE, np.array([1000.0, 1000.0]), np.array([2027, 2028]))

    assert result["amount_usd"].tolist() == [round(1000 / 140, 2), round(1000 / 150, 2)]
    assert result["amount_real"].tolist() == [1000, round(1000 / 1.04, 2)]


@pytest.mark.parametrize(
    ("price", "life", "rate", "yearly"),
    [
        (100, 5, 0.05, 23.097),  # LEAP: 100 over 5 years at 5 % is 23.10
        (1000, 3, 0.03, 353.53),  # TLOmodel, payment at year end
        (1000, 5, 0.03, 218.35),
        (1000, 1, 0.03, 1030.0),  # paid back after a year, with interest
        (1000, 4, 0, 250.0),  # without interest: straight line
    ],
)
def test_an_annuity_pays_for_a_purchase_over_its_life(price, life, rate, yearly):
    """K r / (1 - (1 + r)^-n), payment at year end."""
    assert annuity(price, life, rate) == pytest.approx(yearly, abs=0.005)


@pytest.mark.parametrize(("life", "rate"), [(3, 0.03), (8, 0.1), (5, 0.0)])
def test_the_payments_of_an_annuity_are_worth_the_purchase(life, rate):
    """Each payment discounted to the day of the purchase: the sum is the price."""
    payment = annuity(1000.0, life, rate)

    assert sum(payment / (1 + rate) ** year for year in range(1, life + 1)) == pytest.approx(1000)


def test_the_first_year_is_not_discounted():
    """1, 1 / 1.03, 1 / 1.03^2."""
    assert discount_factors(0.03, 3) == pytest.approx([1, 1 / 1.03, 1 / 1.03**2])
