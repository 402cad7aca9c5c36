"""The budget against published plausibility."""

import dataclasses
import shutil

import pandas as pd
import pytest

from imis_plan.analysis import plausibility, summary
from imis_plan.analysis.annual_cost import annualised
from imis_plan.model.ledger import budget
from imis_plan.problems import BadInput
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.9, "below"),
        (1.0, "within"),  # the ends belong to the band
        (1.5, "within"),
        (2.0, "within"),
        (2.1, "above"),
        (float("nan"), ""),  # nothing to measure
    ],
)
def test_a_value_lies_below_within_or_above(value, verdict):
    """A band from 1 to 2."""
    assert plausibility.verdict(value, 1.0, 2.0) == verdict


@pytest.mark.parametrize("name", NAMES)
def test_every_band_gets_a_verdict(name):
    """As many rows as benchmarks, each with band, value and source; low ends below high ends."""
    table = plausibility.plausibility(plan_of(name), ledger_of(name))

    assert list(table.index) == list(plausibility.benchmarks(plan_of(name)))
    assert (table["low"] < table["high"]).all()
    assert set(table["verdict"]) <= {"below", "within", "above", ""}
    assert table["source"].astype(bool).all()


def calendar_tanzania():
    """Tanzania by calendar year, so that a year has one rate and one price level; and its ledger."""
    plan = plan_of("tanzania").replace({"time.fiscal_year_start": "01-01"})
    return plan, budget(plan)


def test_dollar_bands_are_carried_to_the_base_year_and_others_are_not():
    """Dollars of 2012 have 15 years of inflation to 2027: those known to 2025, then 2.5 % a year; a share has none."""
    plan, ledger = calendar_tanzania()
    table, band = plausibility.plausibility(plan, ledger), plausibility.benchmarks(plan)
    known = plan["money.foreign_inflation"]
    level = 1.025**2  # 2026, 2027
    for year in range(2013, 2026):
        level *= 1 + known[year]

    assert table.loc["administration", "low"] == pytest.approx(band["administration"].low * level)
    assert table.loc["staff_share", "low"] == band["staff_share"].low


def test_measures_are_quotients_of_the_ledger():
    """Real money of 2027 in dollars of 2027, over households, people, facilities and users."""
    plan, ledger = calendar_tanzania()
    drivers = summary.drivers(plan)
    facts = plausibility.MeasuredBudget(plan, ledger, drivers)
    rate = 2600.964 * 1.035 / 1.025  # the planning rate of 2026, a year of inflation on
    usd = ledger["amount_real"].sum() / rate
    setup = ledger.loc[(ledger["kind"] == "capital") | (ledger["component"] == "capacity"), "amount_real"].sum() / rate

    assert facts.usd() == pytest.approx(usd)
    assert plausibility.per_household_year(facts) == pytest.approx(usd / (drivers.loc["average_insured"].sum() / 5.26))
    assert plausibility.per_person_registered(facts) == pytest.approx(usd / drivers.loc["first_registered"].sum())
    assert plausibility.setup_per_facility(facts) == pytest.approx(setup / 6933)
    assert plausibility.per_user_year(facts) == pytest.approx(usd / drivers.loc["users"].sum())
    assert plausibility.staff_share(facts) == pytest.approx(
        ledger.loc[ledger["component"] == "staff", "amount"].sum() / ledger["amount"].sum()
    )


def test_the_annualised_cost_is_that_of_the_last_year():
    """Per person insured at mid-year, in dollars of the first year."""
    plan, ledger = calendar_tanzania()
    drivers = summary.drivers(plan)
    rate = 2600.964 * 1.035 / 1.025

    assert plausibility.annualised_per_insured(plausibility.MeasuredBudget(plan, ledger, drivers)) == pytest.approx(
        annualised(plan, ledger)[2031] / rate / drivers.loc["average_insured", 2031]
    )


def test_where_nobody_is_insured_there_is_nothing_to_measure():
    """Not a number, and no verdict."""
    plan = plan_of("congo_dr").replace({"coverage.delay": 15})
    table = plausibility.plausibility(plan, budget(plan))

    assert (
        table.loc[["administration", "registration", "facility_rollout", "register_year", "user_year"], "verdict"].tolist()
        == [""] * 5
    )


def test_where_persons_enrol_there_is_no_cost_of_a_household():
    """Cameroon counts each person as a household of one, which no band of households fits."""
    table = plausibility.plausibility(plan_of("cameroon"), ledger_of("cameroon"))

    assert table.loc["administration", "verdict"] == ""


def test_a_dearer_plan_leaves_the_band_upwards():
    """The verdict follows the ledger."""
    plan = plan_of("tanzania").replace({"roles.data_entry_clerk.pay": 90_000_000})
    table = plausibility.plausibility(plan, budget(plan))

    assert table.loc["staff_share", "verdict"] == "above"


def bands(**rows):
    """A table of bands from 1 to 2: value and verdict."""
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "verdict"]).assign(low=1.0, high=2.0)


def test_the_band_that_is_missed_most_is_missed_by_the_largest_factor():
    """A quarter of the low end is farther away than three times the high end; what is within or empty does not count."""
    table = bands(quarter=(0.25, "below"), triple=(6.0, "above"), inside=(1.5, "within"), nothing=(float("nan"), ""))

    assert plausibility.farthest_outside(table) == "quarter"
    assert plausibility.farthest_outside(table.loc[["inside", "nothing"]]) is None


def test_a_band_explains_a_budget_below_it_and_one_above_it():
    """The reason follows the verdict; within the band there is nothing to explain."""
    found = pd.concat([plausibility.plausibility(plan_of(name), ledger_of(name)) for name in ("nepal", "tanzania", "borsa")])

    assert found.loc[found["verdict"] == "within", "why"].eq("").all()
    assert found.loc["register_year"].query("verdict == 'below'")["why"].str.contains("among all insured people").all()


def refused(tmp_path, old, new):
    """The message that a broken benchmark file gets."""
    shutil.copy(FOLDER / plausibility.BENCHMARKS_FILE, tmp_path / plausibility.BENCHMARKS_FILE)
    file = tmp_path / plausibility.BENCHMARKS_FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        plausibility.benchmarks(dataclasses.replace(plan_of("tanzania"), folder=tmp_path))
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (
            "measure: per_household_year",
            "measure: per_houshold_year",
            (
                "benchmarks.yaml:",
                'administration.measure = "per_houshold_year": no such measure, did you mean per_household_year?',
            ),
        ),
        ("  low: 3.33", "  low: cheap", ("benchmarks.yaml:", 'administration.low = "cheap"')),
        ("  unit: USD/household/year\n", "", ("administration.unit", "missing")),
        ("  basis:", "  bassis:", ("administration.bassis: unknown key, did you mean basis?",)),
    ],
    ids=["unknown measure", "a word for a number", "no unit", "typo in a key"],
)
def test_a_bad_benchmark_file_is_refused_with_its_line(tmp_path, old, new, parts):
    """File, line, key, and what would be right."""
    message = refused(tmp_path, old, new)

    for part in parts:
        assert part in message


def test_the_table_has_a_frame_for_readers():
    """Columns by name, so that tables and figures rest on one order."""
    table = plausibility.plausibility(plan_of("borsa"), ledger_of("borsa"))

    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == ["what", "unit", "low", "high", "value", "verdict", "basis", "year", "source", "why"]
