"""The price that observations give for a country: the first step that has one, and why those before it had none."""

from dataclasses import replace

import pytest

from imis_plan.facts.items import Item
from imis_plan.facts.resolve import Predicted, Resolved, Unresolved, any_analogue, own_country, prediction, resolve
from tests.facts.small import CMR, MESSAGE, MINUTES, MWI, NPL, PHONE, TZA, ZMB, observation, question
from tests.facts.test_observations import ITEMS, SHIPPED

PAY = Item("clerk_pay", "person/month", "local", relation="public_pay", factor=1.3, spread=0.1)
LICENCE = Item("sql_server_pack", "core pack", "world", spread=0.05)


def found(*arguments, **given):
    """The answer, which must be one."""
    answer = resolve(question(*arguments, **given))
    assert isinstance(answer, Resolved)
    return answer


def test_nepals_message_recomputed_by_hand():
    """Shipped: 1.356 NPR (agentcis), 1.50 (urja), 1.50 (a gateway), and a range from 1.10 to 1.40, all of 2025; prices rise by 5 %."""
    answer = found(ITEMS["sms_local"], NPL, SHIPPED.rows)
    assert (answer.step, answer.grade) == ("own country", "C")
    assert answer.value == pytest.approx(1.50 * 1.05)  # median of 1.356, 1.50, 1.50
    assert answer.low == pytest.approx(1.10 * 1.05)  # lower end of the range
    assert answer.high == pytest.approx(1.50 * 1.05 * 1.2)  # no value is above 1.50, so the spread of 20 %


def test_tanzanias_phone_recomputed_by_hand():
    """No own row, so Kenya and Cote d'Ivoire, of the same region and income group, at nominal dollars; 2,500 TZS for one in 2026."""
    kenya = 15000 / 101.99  # KES of 2019
    ivory_coast = 167.5
    budget = 20036 / 101.99  # KES of 2019, a ceiling: before the award
    gift = 7600 / 101.99  # KES of 2020, a floor
    answer = found(ITEMS["handset"], TZA, SHIPPED.rows)
    assert (answer.step, answer.grade, answer.words) == ("analogue", "analogue", "CIV, KEN (same region and income group)")
    assert answer.value == pytest.approx((kenya + ivory_coast) / 2 * 2500)
    assert answer.low == pytest.approx(gift * 2500)
    assert answer.high == pytest.approx(budget * 2500)  # more than Cote d'Ivoire's and than the spread of 10 %


def test_malawis_computer_recomputed_by_hand():
    """Laptops of Parliament (2017), desktops of an operator (2019) and the health plan, at nominal dollars; 1,000 MWK for one in all years."""
    parliament = 112_131_250 / 1.165 / 193  # MWK without value added tax of 16.5 %
    plan = 1500 * 1000  # a weak source, so that the price is one
    answer = found(ITEMS["workstation"], MWI, SHIPPED.rows)
    assert (answer.step, answer.grade, answer.words) == ("own country", "C", "3 of MWI")
    assert parliament < 6_000_000 / 10 < plan
    assert answer.value == pytest.approx(6_000_000 / 10)  # ten desktops: the middle one
    assert answer.low == pytest.approx(parliament)
    assert answer.high == pytest.approx(2053.91 * 1000)  # a ceiling: with a printer


def test_a_page_recomputed_by_hand():
    """A run of forms in Tanzania; Zambia has a ceiling only and takes Tanzania and Cameroon by parity. Prices rise by 5 % a year."""
    tanzania = found(ITEMS["page"], TZA, SHIPPED.rows)
    assert (tanzania.step, tanzania.grade) == ("own country", "C")
    assert tanzania.value == pytest.approx(50 * 1.05**7)  # TZS of 2019
    assert tanzania.high == pytest.approx(100 * 1.05**7)  # a ceiling: a single copy
    zambia = found(ITEMS["page"], ZMB, SHIPPED.rows)
    assert (zambia.grade, zambia.words) == ("analogue", "CMR, TZA (same region and income group)")
    assert zambia.value == pytest.approx((12.5 / 240 * 8 * 1.05**15 + 50 / 1000 * 8 * 1.05**7) / 2)  # XAF of 2011, TZS of 2019


def test_malawis_internet_recomputed_by_hand():
    """A satellite connection of 2023; the plan for firms of 2024 is a ceiling."""
    answer = found(ITEMS["office_internet"], MWI, SHIPPED.rows)
    assert (answer.step, answer.grade) == ("own country", "A")
    assert (answer.value, answer.high) == pytest.approx((52_000 * 1.05**3, 190_000 * 1.05**2))


def test_a_new_row_moves_its_own_country_only():
    """A quote of Zambia for a message."""
    quote = observation(country="ZMB", value=0.30, currency="ZMW", source="quote", grade="A")
    for economy, moves in ((ZMB, True), (NPL, False), (TZA, False), (CMR, False)):
        before = resolve(question(MESSAGE, economy, SHIPPED.rows), (own_country,))
        after = resolve(question(MESSAGE, economy, (*SHIPPED.rows, quote)), (own_country,))
        assert isinstance(before, Resolved)
        assert isinstance(after, Resolved)
        assert (before.value != after.value) is moves


def test_all_countries_stand_in_where_too_few_are_near():
    """Kenya alone is near Tanzania; with Malawi there are two."""
    rows = [
        observation(item="handset", country=country, value=value, currency="USD") for country, value in (("KEN", 1), ("MWI", 3))
    ]
    answer = found(PHONE, TZA, rows)
    assert answer.words == "KEN, MWI (all countries)"
    assert answer.value == pytest.approx(2 * 1.02 * 2500)


def test_one_other_country_is_no_evidence():
    """The answer says what each step lacked."""
    answer = resolve(question(PHONE, TZA, [observation(item="handset", country="KEN", value=100, currency="USD")]))
    assert isinstance(answer, Unresolved)
    assert list(map(str, answer.skipped)) == [
        "own country: no observation",
        "analogue: 1 of at least 2 countries, same region and income group",
        "analogue: 1 of at least 2 countries, all countries",
        "prediction: no tested relation",
    ]


def test_a_row_that_cannot_be_carried_is_named():
    """Nothing is known of prices before 2010."""
    answer = resolve(question(MESSAGE, NPL, [observation(price_year=2005)]))
    assert isinstance(answer, Unresolved)
    assert str(answer.skipped[0]) == "NPL 1 NPR of 2005 (a): not known: prices of NPL 2005 to 2026"


def test_own_bounds_widen_an_analogue():
    """A ceiling of Tanzania at 9 USD."""
    rows = [observation(country=country, value=1, currency="USD", source=country) for country in ("KEN", "CIV")]
    ceiling = observation(country="TZA", value=9, currency="USD", kind="ceiling", price_year=2026)
    answer = found(replace(PHONE, name="sms_local"), TZA, [*rows, ceiling])
    assert (answer.low, answer.high) == pytest.approx((1.02 / 1.1 * 2500, 9 * 2500))
    assert str(answer.skipped[0]) == "own country: only bounds are known"


def test_a_list_price_of_the_world_is_everybodys_own():
    """A licence in dollars of 2026."""
    row = observation(item="sql_server_pack", country="ALL", value=3945, currency="USD", price_year=2026)
    answer = found(LICENCE, NPL, [row])
    assert (answer.step, answer.grade, answer.value) == ("own country", "B", pytest.approx(3945 * 100))


def test_a_relation_predicts_where_nothing_is_observed():
    """Public pay of 200 USD of 2025 with 100 to 400; an officer has 1.3 of it; 100 rupees for a dollar, prices rise by 5 %."""
    relations = {"public_pay": lambda _: Predicted(200, 100, 400, "USD", 2025, "n 71")}
    answer = found(PAY, NPL, [], relations=relations)
    assert (answer.step, answer.grade, answer.words) == ("prediction", "predicted", "n 71")
    assert (answer.value, answer.low, answer.high) == pytest.approx(tuple(usd * 1.3 * 100 * 1.05 for usd in (200, 100, 400)))


def test_pay_does_not_begin_below_the_public_minimum_of_its_area():
    """Kenya and Cote d'Ivoire by parity; the mainland pays at least 500,000 of 2025, Zanzibar 347,000 of 2022; prices rise by 5 %."""
    rows = [
        observation(item="clerk_pay", country="KEN", value=10_000, currency="KES"),  # x 1,000 / 50: 200,000 TZS
        observation(item="clerk_pay", country="CIV", value=240_000, currency="XOF"),  # x 1,000 / 240: 1,000,000 TZS
    ]
    for economy, least in ((TZA, 500_000 * 1.05), (replace(TZA, pay_area="EAZ"), 347_000 * 1.05**4)):
        answer = found(PAY, economy, rows)
        assert (answer.value, answer.low) == pytest.approx((600_000 * 1.05, least))


@pytest.mark.parametrize(
    ("relations", "why"),
    [
        ({}, "the relation public_pay is not given"),
        ({"public_pay": lambda _: None}, "public_pay needs a figure that is not known for NPL"),
        ({"public_pay": lambda _: Predicted(1, 1, 1, "USD", 2005, "")}, "not known: prices of NPL 2005 to 2026"),
    ],
)
def test_a_prediction_that_cannot_be_made_says_why(relations, why):
    """The last reason of the answer."""
    answer = resolve(question(PAY, NPL, [], relations=relations))
    assert isinstance(answer, Unresolved)
    assert answer.skipped[-1].why == why


def test_a_quantity_has_no_money():
    """Minutes of two countries stand in for a third."""
    rows = [
        observation(item="household_interview", country=country, value=value, currency="")
        for country, value in (("NPL", 20), ("KEN", 30))
    ]
    assert found(MINUTES, TZA, rows).value == 25


def test_the_order_of_the_steps_may_be_given():
    """A relation before other countries."""
    rows = [observation(item="clerk_pay", country=country, currency="USD") for country in ("KEN", "CIV")]
    relations = {"public_pay": lambda _: Predicted(200, 100, 400, "USD", 2025, "n 71")}
    answer = resolve(question(PAY, TZA, rows, relations=relations), (own_country, prediction, any_analogue))
    assert isinstance(answer, Resolved)
    assert answer.step == "prediction"


def test_pay_is_predicted_before_all_countries_are_asked():
    """Leaving out one country at a time, the relation is nearer than analogues of all countries."""
    near_nobody = [observation(item="clerk_pay", country=country, value=1, currency="USD") for country in ("MWI", "RWA")]
    relation = {"public_pay": lambda _: Predicted(200, 110, 360, "USD", 2023, "mean pay")}
    answer = found(ITEMS["clerk_pay"], NPL, near_nobody, relations=relation)
    assert answer.step == "prediction"
