"""Contingency: lines of its own, apart from the base cost."""

import pytest

from imis_plan.model import contingency
from imis_plan.model.ledger import budget
from tests.model.plans import ledger_of, plan_of

LINES = {"contingency.method": "lines"}


def test_physical_contingency_is_a_share_of_the_base():
    """5 % of 2,000."""
    assert contingency.physical_contingency(2000, 0.05) == pytest.approx(2000 * 0.05)


@pytest.mark.parametrize(
    ("t", "amount"),
    [
        (0, 0),  # prices of the first year are known
        (1, 2100 * 0.02),  # base and physical contingency, 2 % costlier than expected
        (2, 2100 * (1.02**2 - 1)),
    ],
)
def test_price_contingency_grows_from_the_second_year(t, amount):
    """(Base + physical) x ((1 + margin)^t - 1)."""
    assert contingency.price_contingency(2100, 0.02, t) == pytest.approx(amount)


@pytest.mark.parametrize("name", ["tanzania", "borsa"])
def test_each_component_carries_its_share(name):
    """Physical contingency of each component and year = its base cost x its share."""
    plan = plan_of(name).replace(LINES)
    ledger = budget(plan)
    base = ledger[ledger["component"] != "contingency"].groupby(["component", "year"])["amount"].sum()
    reserve = ledger[ledger["component"] == "contingency"].groupby(["role_or_level", "year"])["amount"].sum()
    for (component, year), amount in reserve.items():
        share = plan[f"contingency.physical.{component}"]

        assert amount == pytest.approx(base[component, year] * share, abs=0.011)  # capital and recurrent, each to the cent

    assert set(reserve.index.get_level_values(0)) == {c for c, amount in base.groupby(level=0).sum().items() if amount}


def test_a_margin_for_prices_adds_lines_of_its_own():
    """2 % a year: nothing in the first year, 1.02 - 1 of base and physical contingency in the second."""
    plan = plan_of("chad").replace({**LINES, "contingency.price_margin": 0.02})
    ledger = budget(plan)
    lines = ledger[ledger["line"] == "price_contingency"]
    others = ledger[ledger["line"] != "price_contingency"]
    first, second = 2027, 2028

    assert lines.loc[lines["year"] == first, "amount"].sum() == 0
    expected = others.loc[others["year"] == second, "amount"].sum() * 0.02
    assert lines.loc[lines["year"] == second, "amount"].sum() == pytest.approx(
        expected, abs=0.2
    )  # some twenty rows, each to the cent
    assert set(lines["price_path"]) == {"contingency.price_margin"}


def test_no_margin_no_line():
    """Where prices are expected to rise as planned, there is no row that says 0."""
    ledger = budget(plan_of("tanzania").replace(LINES))

    assert set(ledger.loc[ledger["component"] == "contingency", "line"]) == {"physical_contingency"}


def test_contingency_can_be_left_out():
    """Method none: the base lines and nothing else."""
    plan, base = plan_of("tanzania"), ledger_of("tanzania")
    ledger = budget(plan.replace({"contingency.method": "none"}))

    assert "contingency" not in set(ledger["component"])
    assert ledger["amount"].sum() == pytest.approx(base.loc[base["component"] != "contingency", "amount"].sum())


def test_both_ways_of_writing_the_price_margin_agree():
    """The ledger uses the formula that the method page prints."""
    plan = plan_of("chad").replace({**LINES, "contingency.price_margin": 0.03})
    rows = budget(plan).query("line == 'price_contingency' and year == 2030")
    for row in rows.itertuples():
        assert row.amount == pytest.approx(contingency.price_contingency(row.quantity, 0.03, 2030 - 2027), abs=0.01)
