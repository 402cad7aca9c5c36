"""Views of the ledger: sums, shares, unit costs, annuities, and what happens when a funder leaves."""

import dataclasses
from typing import Any

import pandas as pd
import pytest

from imis_plan.analysis import summary
from imis_plan.analysis.posts import staffing
from imis_plan.model.ledger import budget
from imis_plan.scenario.scenario_sections import FundingRule
from tests.model.plans import NAMES, ledger_of, plan_of

# A ledger that one can add up in the head: a server of 300 kept for three years, pay of 50, 60 and 70, SMS switched off.
ROWS = [
    ("server", "machines", "", "Machines", "capital", 2027, 1, 300.0, 30.0, 300.0, 3, "A", "assumed", "1 machine"),
    ("server", "machines", "", "Machines", "capital", 2028, 0, 0.0, 0.0, 0.0, 3, "A", "assumed", "0 machines"),
    ("server", "machines", "", "Machines", "capital", 2029, 0, 0.0, 0.0, 0.0, 3, "A", "assumed", "0 machines"),
    ("staff", "pay", "clerk", "Pay", "recurrent", 2027, 12, 50.0, 5.0, 50.0, 1, "B", "A", "12 months"),
    ("staff", "pay", "clerk", "Pay", "recurrent", 2028, 12, 60.0, 6.0, 50.0, 1, "B", "A", "12 months"),
    ("staff", "pay", "clerk", "Pay", "recurrent", 2029, 12, 70.0, 7.0, 50.0, 1, "B", "A", "12 months"),
    *(("sms", "messages", "", "Messages", "recurrent", year, 0, 0.0, 0.0, 0.0, 1, "C", "", "the scheme sends no SMS") for year in (2027, 2028, 2029)),
    *(("contingency", "physical_contingency", "server", "Physical contingency", "capital", year, 1, x, x / 10, x, 3, "assumed", "", "10 %") for year, x in ((2027, 30.0), (2028, 0.0), (2029, 0.0))),
]  # fmt: skip
COLUMNS = ["component", "line", "role_or_level", "label", "kind", "year", "quantity", "amount", "amount_usd", "amount_real", "life", "confidence", "quantity_confidence", "working"]  # fmt: skip
LEDGER = pd.DataFrame(ROWS, columns=COLUMNS)
TOTAL = 300 + 50 + 60 + 70 + 30


def test_components_by_year_with_totals():
    """A row for each component, a column for each year, and the sums of both."""
    table = summary.by_component(LEDGER)

    assert table.loc["server"].tolist() == [300, 0, 0, 300]
    assert table.loc["staff"].tolist() == [50, 60, 70, 180]
    assert table.loc["total"].tolist() == [300 + 50 + 30, 60, 70, TOTAL]
    assert summary.by_component(LEDGER, "amount_usd").loc["total", "total"] == TOTAL / 10
    assert summary.by_component(LEDGER, "amount_real").loc["staff", "total"] == 50 * 3


def test_capital_and_recurrent():
    """What is bought once and what returns every year, in this order."""
    table = summary.by_kind(LEDGER)

    assert list(table.index) == ["capital", "recurrent", "total"]
    assert table["total"].tolist() == [330, 180, TOTAL]
    assert summary.by_kind(LEDGER[LEDGER["kind"] == "recurrent"]).loc["capital"].tolist() == [0, 0, 0, 0]


def test_lines_of_a_component():
    """Lines that cost nothing are left out; a component without cost has a total of nothing."""
    assert summary.by_line(LEDGER, "staff").loc[("pay", "clerk")].tolist() == [50, 60, 70, 180]
    assert summary.by_line(LEDGER, "staff").loc[("total", "")].tolist() == [50, 60, 70, 180]
    assert list(summary.by_line(LEDGER, "sms").index) == [("total", "")]


def test_shares_by_grade():
    """By the price alone, and by the weaker of price and quantity: the server's number is an assumption; contingency has no price."""
    table, base = summary.by_grade(LEDGER), TOTAL - 30

    assert list(table.index) == ["A", "B", "C", "analogue", "predicted", "assumed"]
    assert table["price"].tolist() == pytest.approx([300 / base, 180 / base, 0, 0, 0, 0])
    assert table["weakest"].tolist() == pytest.approx([0, 180 / base, 0, 0, 0, 300 / base])


def test_a_budget_of_nothing_has_no_grades():
    """Nothing rests on nothing."""
    nothing = LEDGER.assign(amount=0.0)

    assert not summary.by_grade(nothing).any(axis=None)


def test_what_is_left_out_has_its_reason():
    """Lines without quantity in any year, once each."""
    out = summary.excluded(LEDGER)

    assert out[["component", "line", "reason"]].to_numpy().tolist() == [["sms", "messages", "the scheme sends no SMS"]]


def test_the_largest_lines():
    """Over all years, contingency apart, with their share of everything."""
    top = summary.largest_lines(LEDGER, 2)

    assert top["line"].tolist() == ["machines", "pay"]
    assert top["amount"].tolist() == [300, 180]
    assert top["share"].tolist() == pytest.approx([300 / TOTAL, 180 / TOTAL])


def plan_with(**values) -> Any:
    """A plan of a few values, `__` for the dot."""
    return {path.replace("__", "."): value for path, value in values.items()}


def test_present_value_counts_the_first_year_in_full():
    """Real amounts: 380, then 50 / 1.1 and 50 / 1.1^2."""
    plan = plan_with(money__discount_rate=0.1, time__base_year=2027)

    assert summary.discounted(plan, LEDGER) == pytest.approx(380 + 50 / 1.1 + 50 / 1.1**2)


@pytest.mark.parametrize(
    ("rates", "undiscounted"),
    [
        (0.0, True),  # at 0 % the present value is the real total
        (0.05, False),
    ],
)
def test_discounting_never_adds(rates, undiscounted):
    """The later the money, the less it weighs."""
    plan = plan_of("tanzania").replace({"money.discount_rate": rates})
    value, real = summary.discounted(plan, ledger_of("tanzania")), ledger_of("tanzania")["amount_real"].sum()

    assert value == pytest.approx(real) if undiscounted else value < real


@pytest.mark.parametrize("name", NAMES)
def test_the_headline_is_the_ledger(name):
    """Per year, per insured, recurrent and unfunded: each a sum over rows, divided once."""
    plan, ledger = plan_of(name), ledger_of(name)
    h, table = summary.headline(plan, ledger), summary.drivers(plan)
    total, last = ledger["amount"].sum(), ledger["year"].max()
    recurrent = ledger[ledger["kind"] == "recurrent"]

    assert h["per_year"] == pytest.approx(total / plan["time.horizon"])
    assert h["per_insured_year"] == pytest.approx(total / table.loc["average_insured"].sum())
    assert h["per_insured_year_usd"] == pytest.approx(ledger["amount_usd"].sum() / table.loc["average_insured"].sum())
    assert h["recurrent_share"] == pytest.approx(recurrent["amount"].sum() / total)
    assert h["recurrent_after"] == pytest.approx(recurrent.loc[recurrent["year"] == last, "amount"].sum())
    assert h["contingency"] == pytest.approx(ledger.loc[ledger["component"] == "contingency", "amount"].sum())
    base = summary.without_contingency(ledger)
    assert h["assumed_share"] == pytest.approx(base.loc[base["confidence"] == "assumed", "amount"].sum() / base["amount"].sum())
    assert (h["insured"], h["last_year"]) == (table.loc["insured", last], last)
    assert h["unfunded_share"] == pytest.approx(h["unfunded"] / total)
    assert plan.funding or h["unfunded"] == pytest.approx(total)


@pytest.mark.parametrize("name", NAMES)
def test_unit_costs_divide_one_total(name):
    """Units x cost per unit is the whole budget, whatever the unit; nothing to divide by, no unit cost."""
    plan, ledger = plan_of(name), ledger_of(name)
    table = summary.unit_costs(plan, ledger)
    known = table.dropna()

    assert (known["units"] * known["lcu"]).tolist() == pytest.approx([ledger["amount"].sum()] * len(known))
    assert (known["units"] * known["usd"]).tolist() == pytest.approx([ledger["amount_usd"].sum()] * len(known))
    assert (table.loc[table["lcu"].isna(), "units"] == 0).all()
    assert table.loc["insured_year", "units"] == pytest.approx(
        table.loc["household_year", "units"] * plan["population.household_size"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_year_without_a_funder(name):
    """For each funder that stops early: what it paid last, what the next year costs to run, and what of it nobody pays."""
    plan, ledger = plan_of(name), ledger_of(name)
    by_funder = summary.by_funder(plan, ledger)
    recurrent = summary.by_kind(ledger).loc["recurrent"]
    for row in summary.funders_that_end(plan, ledger).itertuples():
        assert by_funder.loc[row.funder, row.next_year :].drop("total").sum() == 0
        assert row.paid_before == pytest.approx(by_funder.loc[row.funder, row.last_year])
        assert row.recurrent == pytest.approx(recurrent[row.next_year])
        assert row.unfunded == pytest.approx(by_funder.loc["unfunded", row.next_year])


def funded(name, *rules):
    """A scenario with other funding rules."""
    return dataclasses.replace(plan_of(name), funding=tuple(FundingRule(**rule) for rule in rules))


def test_the_funder_of_two_years_leaves_in_the_third():
    """All of 2027 and 2028 is paid; the running cost of 2029 has no funder."""
    plan, ledger = funded("chad", {"funder": "Bank", "components": "all", "share": 1.0, "years": [2027, 2028]}), ledger_of("chad")
    (row,) = summary.funders_that_end(plan, ledger).itertuples()
    yearly = ledger.groupby("year")["amount"].sum()

    assert (row.funder, row.last_year, row.next_year) == ("Bank", 2028, 2029)
    assert (row.paid_before, row.unfunded) == pytest.approx((yearly[2028], yearly[2029]))


def test_a_funder_of_all_years_does_not_leave():
    """Nothing to warn of, and no gap."""
    plan = funded("chad", {"funder": "Bank", "components": "all", "share": 1.0, "years": "all"})

    assert summary.funders_that_end(plan, ledger_of("chad")).empty
    assert list(summary.by_funder(plan, ledger_of("chad")).index) == ["Bank", "total"]


def test_one_funder_follows_another_without_a_gap():
    """The first leaves, the second has taken over: no part of the next year is unfunded."""
    rules = [
        {"funder": name, "components": "all", "share": 1.0, "years": years}
        for name, years in (("Bank", [2027]), ("State", [2028, 2029, 2030, 2031]))
    ]
    (row,) = summary.funders_that_end(funded("chad", *rules), ledger_of("chad")).itertuples()

    assert (row.funder, row.unfunded) == ("Bank", 0)


@pytest.mark.parametrize("name", NAMES)
def test_funders_and_gap_add_up_with_the_gap_last(name):
    """Who pays by year is the ledger by year."""
    table = summary.by_funder(plan_of(name), ledger_of(name))
    payers = [key for key in table.index if key != "total"]

    assert table.loc["total", "total"] == pytest.approx(ledger_of(name)["amount"].sum(), abs=0.01)
    assert "unfunded" not in payers[:-1]


def test_staffing_names_the_way_that_binds():
    """The largest of workload, presence and ratio; nothing binds where nothing is needed."""
    plan = plan_of("tanzania")
    table = staffing(plan).set_index(["role", "year"])

    for row in table.itertuples():
        ways = {"workload": row.workload, "cover": row.cover, "ratio": row.ratio}
        asked = {name: x for name, x in ways.items() if x == x and x > 0}  # noqa: PLR0124  # a way that is not used is not a number
        assert row.binding == (max(asked, key=lambda name: asked[name]) if asked else "")
        assert row.need == pytest.approx(max(asked.values(), default=0))
        assert row.gap == row.posts - row.existing
    assert table.loc[("developer", 2027), "binding"] == ""  # developers are contracted
    assert table.loc[("system_administrator", 2027), "binding"] in ("workload", "cover")


def test_drivers_have_a_column_for_each_year():
    """The table is what the formulas gave; last year's growth shows in the last column."""
    table = summary.drivers(plan_of("tanzania"))

    assert list(table.columns) == [2027, 2028, 2029, 2030, 2031]
    assert table.loc["population", 2031] / table.loc["population", 2030] == pytest.approx(1.0292)
    assert table.loc["insured", 2031] == pytest.approx(table.loc["population", 2031] * 0.0232)


def test_a_plan_in_which_nobody_is_insured_has_no_cost_per_person():
    """Not a number, rather than an error or an infinity."""
    plan = plan_of("chad").replace({"coverage.delay": 15})
    ledger = budget(plan)
    h = summary.headline(plan, ledger)

    assert h["total"] > 0  # project management follows the calendar
    assert pd.isna(h["per_insured_year"])
    assert pd.isna(summary.unit_costs(plan, ledger).loc["insured_year", "lcu"])
