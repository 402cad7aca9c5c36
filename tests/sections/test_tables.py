"""Tables of the report: names, units and totals for readers."""

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from imis_plan.analysis import summary
from imis_plan.model.components import LABELS
from imis_plan.model.ledger import budget
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.sections import (
    amounts,
    anchors,
    budget_lines,
    citations,
    cost,
    evidence,
    funding,
    html_table,
    parameter_values,
    people,
)
from imis_plan.sections.evidence import observed
from tests.model.plans import NAMES, ledger_of, plan_of
from tests.scenario.test_facility_types import plan_with

OF_LEDGER = (cost.tables.components, cost.tables.capital_and_recurrent, cost.tables.unit_costs, evidence.tables.benchmarks)
OF_PLAN = (
    people.tables.posts_by_role,
    people.tables.workload,
    people.tables.volumes,
    evidence.tables.parameters,
    evidence.tables.sources,
)


def all_tables(name):
    """Every table of a scenario's report."""
    plan, ledger = plan_of(name), ledger_of(name)
    yield from (make(plan, ledger) for make in OF_LEDGER)
    yield from (make(plan) for make in OF_PLAN)
    yield evidence.tables.grades(ledger)
    yield evidence.tables.prices_to_find(plan, ledger)
    yield evidence.tables.exclusions(ledger)
    if plan.funding:
        yield funding.tables.funding_by_year(plan, ledger)
    for component in ledger["component"].unique():
        if ledger.loc[ledger["component"] == component, "amount"].any():
            yield budget_lines.tables.lines_by_year(plan, ledger, component)
            yield budget_lines.tables.calculations(plan, ledger, component)


# A full scheme with all components, a mutuelle without SMS and funders, a register without claims.
@pytest.mark.parametrize("name", ["tanzania", "borsa", "zanzibar"])
def test_every_table_can_be_shown(name):
    """Each has a caption and rows, and comes out as HTML without a number that is none."""
    for made in all_tables(name):
        page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key", "t"), **made)

        assert page.count("<tr") > 1
        assert ">nan<" not in page


@pytest.mark.parametrize(
    ("largest", "divisor", "unit"),
    [
        (99_999, 1, "TZS"),  # in full
        (100_000, 1e3, "TZS thousand"),
        (9_999_999, 1e3, "TZS thousand"),
        (10_000_000, 1e6, "TZS million"),
    ],
)
def test_large_amounts_are_scaled_with_their_unit(largest, divisor, unit):
    """Five digits at most, and the caption says of what."""
    assert amounts.table_unit(plan_of("tanzania"), largest) == (divisor, unit)


@pytest.mark.parametrize("name", NAMES)
def test_components_have_names_units_and_a_total_row(name):
    """Label instead of key, amounts in the unit of the caption, shares that add up to one."""
    plan, ledger = plan_of(name), ledger_of(name)
    made = cost.tables.components(plan, ledger)
    frame = made["frame"]
    divisor, unit = amounts.table_unit(plan, ledger["amount"].sum())

    assert list(frame.index) == [*(LABELS[c] for c in ledger["component"].unique()), "Total"]
    assert list(frame.columns) == [*(year_label(plan, year) for year in range(2027, 2032)), "Total", "Share"]
    assert made["caption"] == f"Cost by component and year ({unit})"
    assert frame.loc["Total", "Total"] * divisor == pytest.approx(ledger["amount"].sum())
    assert frame["Share"].drop("Total").sum() == pytest.approx(1)
    assert frame.index.name == "Item"
    assert made["emphasis"] == ("Total",)


def test_kinds_are_capital_and_recurrent():
    """In the words of a budget officer."""
    frame = cost.tables.capital_and_recurrent(plan_of("tanzania"), ledger_of("tanzania"))["frame"]

    assert list(frame.index) == ["Capital", "Recurrent", "Total"]


def test_lines_name_the_role_or_the_component_they_are_for():
    """Pay of each role, contingency of each component; a course's level is in its label already."""
    plan, ledger = plan_of("tanzania"), ledger_of("tanzania")

    assert "Pay: Data entry clerk" in budget_lines.tables.lines_by_year(plan, ledger, "staff")["frame"].index
    assert (
        "Contingency by simulation: Printing and cards"
        in budget_lines.tables.lines_by_year(plan, ledger, "contingency")["frame"].index
    )
    assert "Materials: enrolment agents" in budget_lines.tables.lines_by_year(plan, ledger, "capacity")["frame"].index
    assert budget_lines.tables.lines_by_year(plan, ledger, "staff")["caption"].startswith("IT staff: lines by year (TZS")


def test_the_lines_of_a_component_are_its_total():
    """The table of a component ends with what the table of components says."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    for component, amount in ledger.groupby("component")["amount"].sum().items():
        made = budget_lines.tables.lines_by_year(plan, ledger, component)["frame"] if amount else None
        if made is not None:
            divisor, _ = amounts.table_unit(plan, amount)

            assert made.loc["Total", "Total"] * divisor == pytest.approx(amount)


def test_the_working_of_every_amount():
    """Line by line, each with its years in order: sentence, amount, source and grade; folded away, and print keeps one year."""
    plan, ledger = plan_of("tanzania"), ledger_of("tanzania")
    made = budget_lines.tables.calculations(plan, ledger, "printing")
    rows = ledger[(ledger["component"] == "printing") & (ledger["amount"] > 0)]
    peak = rows.groupby("year")["amount"].sum().idxmax()
    printed = [i for i in range(len(rows)) if i not in made["screen_only"]]

    assert made["caption"] == "Printing and cards: calculation"
    assert sorted(made["frame"]["Calculation"]) == sorted(rows["working"])
    assert made["frame"]["Amount, TZS"].sum() == pytest.approx(rows["amount"].sum())
    assert made["frame"].groupby("Line", sort=False)["Year"].apply(lambda years: list(years) == sorted(years)).all()
    assert set(made["frame"]["Year"].iloc[printed]) == {year_label(plan, peak)}
    assert made["fold"]


def test_an_amount_leads_to_its_source():
    """Component, lines, working, parameter, source: each table has the row that the one before it names."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    lines, work = (
        budget_lines.tables.lines_by_year(plan, ledger, "printing"),
        budget_lines.tables.calculations(plan, ledger, "printing"),
    )
    parameters, sources = evidence.tables.parameters(plan), evidence.tables.sources(plan)
    row = list(lines["frame"].index).index("Claim forms")
    price = work["anchors"].index(lines["links"]["Item"][row])

    assert anchors.lines("printing") == f"t-{lines['key']}"
    assert anchors.lines("printing") in cost.tables.components(plan, ledger)["links"]["Item"]
    assert work["frame"].iloc[price]["Line"] == "Claim forms"
    assert work["links"]["Price"][price] == "p-printing.page"
    assert parameters["frame"]["Parameter"].iloc[parameters["anchors"].index("p-printing.page")] == ("printing.page")
    published = [name for name in parameters["links"]["Source"] if name]
    assert len(published) > 20
    behind = {f"source-{key}" for key in observed.cited(plan)}
    accounts = {f"source-{account.source.partition(':')[0]}" for account in plan.chart.accounts}
    assert set(published) | behind | accounts == set(sources["anchors"])


def test_posts_in_facilities_are_calculated_by_type():
    """Claims and feedback of 82 hospitals, 60 % of the country's: hours of one, posts required by one, rounded up, times 82."""
    plan = plan_with()
    (row,) = people.tables.posts_by_facility_type(plan)["frame"].itertuples(index=False)
    volumes = summary.drivers(plan).iloc[:, -1]
    minutes = {name: plan[f"roles.data_entry_clerk.workload.{name}.minutes"] for name in ("claims", "feedback")}
    hours = 0.6 * (volumes["paper_claims"] * minutes["claims"] + volumes["feedback_requests"] * minutes["feedback"]) / 60
    need = hours / 82 / volumes["available_hours"] / (1 - plan["roles.data_entry_clerk.cas"])

    assert row[:4] == ("Data entry clerk", "Hospitals", 82, pytest.approx(0.6))
    assert row[4:] == (pytest.approx(hours / 82), pytest.approx(need), np.ceil(need), 82 * np.ceil(need))


def test_a_scenario_without_types_has_no_table_of_types():
    """The report then shows nothing in its place."""
    assert people.tables.posts_by_facility_type(plan_of("malawi"))["frame"].empty


def test_posts_by_role_with_those_that_exist():
    """Titles, existing posts, posts by year, and a total."""
    frame = people.tables.posts_by_role(plan_of("tanzania"))["frame"]

    assert list(frame.columns) == ["Existing", "FY 2027/28", "FY 2028/29", "FY 2029/30", "FY 2030/31", "FY 2031/32"]
    assert frame.loc["Data entry clerk", "Existing"] == 61
    assert frame.loc["Total"].tolist() == pytest.approx(frame.drop("Total").sum().tolist())


def test_the_workload_is_volume_times_minutes():
    """Hours of each activity; the caption says how many hours a post has: (52 x 5 - 13 - 31) x 7."""
    made = people.tables.workload(plan_of("tanzania"))
    frame = made["frame"]

    assert made["caption"] == f"Workload in FY 2031/32; a post has {(52 * 5 - 13 - 31) * 7:,} working hours a year"
    assert (frame["Volume"] * frame["Minutes each"] / 60).tolist() == pytest.approx(frame["Hours"].tolist())
    assert frame["Source of the minutes"].astype(bool).all()


def test_unit_costs_have_words_and_a_warning():
    """What is divided by, in words; where there is nothing to divide by there is no row."""
    made = cost.tables.unit_costs(plan_of("zanzibar"), ledger_of("zanzibar"))

    assert list(made["frame"].columns) == ["Number over all years", "TZS", "USD"]
    assert "Insured person-year" in made["frame"].index
    assert "Claim" not in made["frame"].index  # a register without claims
    assert "must not be added" in made["notes"]


@pytest.mark.parametrize(("x", "text"), [(99.994, "99.99"), (0.5, "0.50"), (100, "100"), (-3, "-3.00")])
def test_small_amounts_have_cents(x, text):
    """None from a hundred on."""
    assert amounts.unit_cost(x) == text


def test_grades_say_what_they_mean():
    """Letter and meaning; both columns add up to one."""
    frame = evidence.tables.grades(ledger_of("tanzania"))["frame"]

    assert list(frame.index) == [
        "A: primary source", "B: transcription", "C: weak source", "analogue: observed in other countries",
        "predicted: from a tested relation", "assumed: assumption",
    ]  # fmt: skip
    assert frame.sum().tolist() == pytest.approx([1, 1])


def test_prices_to_find_are_all_that_is_assumed():
    """The most expensive first; together the share that the table of grades calls assumed."""
    plan, ledger = plan_of("malawi"), ledger_of("malawi")
    frame = evidence.tables.prices_to_find(plan, ledger)["frame"]
    amounts_spent = frame.iloc[:, -2].tolist()

    assert amounts_spent == sorted(amounts_spent, reverse=True)
    assert frame["Share of the cost"].sum() == pytest.approx(summary.by_grade(ledger).loc["assumed", "price"])
    assert "Paper card, printed, before lamination" in frame["Price"].to_list()


def test_what_is_left_out_is_listed_with_its_reason():
    """In the words of the report."""
    frame = evidence.tables.exclusions(ledger_of("tanzania"))["frame"]
    (row,) = [row for row in frame.itertuples(index=False) if "Help desk" in row.Lines.split("; ")]

    assert (row.Component, row.Reason) == ("Additional items", "not included in this budget")
    assert not frame.duplicated(["Component", "Reason"]).any()


def test_a_quantity_of_nothing_needs_no_price():
    """The calculation ends with its quantity: what a piece would cost says no more. A zero on the way there cuts nothing off."""
    frame = evidence.tables.exclusions(ledger_of("nepal"))["frame"].set_index("Lines")

    assert (
        frame.loc["Handsets", "Reason"]
        == "3,765 agents x 0 + 528 facilities x 0 = 0 in use -> 0 more than in any earlier year = 0"
    )
    assert frame.loc["Accessories", "Reason"] == "0 handsets bought"


def test_bands_have_a_verdict_in_words():
    """Where the plan has nothing to measure the table says so."""
    plan = plan_of("chad").replace({"coverage.delay": 15})
    made = evidence.tables.benchmarks(plan, budget(plan))

    assert set(made["frame"]["Verdict"]) <= {"below", "within", "above", "not applicable"}
    assert "not applicable" in set(made["frame"]["Verdict"])
    assert "US inflation" in made["notes"]


def test_who_pays_has_the_gap_last_before_the_total():
    """Funders in the order of the rules."""
    frame = funding.tables.funding_by_year(plan_of("tanzania"), ledger_of("tanzania"))["frame"]

    assert list(frame.index)[-2:] == ["not yet funded", "Total"]
    assert frame.loc["Total", "Share"] == pytest.approx(1)


def test_without_a_gap_there_is_no_row_for_it():
    """Everything is paid."""
    rule = FundingRule(funder="Bank", components="all", share=1.0, years="all")
    plan = dataclasses.replace(plan_of("chad"), funding=(rule,))

    assert list(funding.tables.funding_by_year(plan, ledger_of("chad"))["frame"].index) == ["Bank", "Total"]


def test_volumes_are_the_drivers():
    """The same numbers under names for readers."""
    frame, drivers = people.tables.volumes(plan_of("tanzania"))["frame"], summary.drivers(plan_of("tanzania"))

    assert frame.loc["Insured"].tolist() == drivers.loc["insured"].tolist()
    assert list(frame.columns) == ["FY 2027/28", "FY 2028/29", "FY 2029/30", "FY 2030/31", "FY 2031/32"]


def test_every_parameter_is_in_the_annex():
    """One row for each parameter, with value, source and grade."""
    plan = plan_of("tanzania")
    frame = evidence.tables.parameters(plan)["frame"].set_index("Parameter")

    assert set(frame.index) == set(plan.parameters)
    assert frame.loc["capacity.per_diem", ["Value", "Range", "Unit", "Price year", "Grade"]].tolist() == [
        "100,000",
        "60,000 – 130,000",
        "TZS/person-day",
        "2022",
        "A",
    ]
    assert frame["Value"].astype(bool).all()
    assert frame["Source"].astype(bool).all()


@pytest.mark.parametrize(
    ("kind", "value", "growth", "text"),
    [
        ("number", 0.7, None, "0.7"),
        ("number", 66_960_157, None, "66,960,157"),  # in full, not 6.69602e+07
        ("path", 2, 0.05, "2 (+0.05 a year)"),
        ("path", 2, -0.05, "2 (-0.05 a year)"),  # one sign
        ("path", (0.1, 0.5), None, "0.1; 0.5"),
        ("history", {2023: 0.038, 2024: 0.0306}, None, "2023: 0.038; 2024: 0.0306"),
        ("choice", "cloud", None, "cloud"),
        ("flag", True, None, "yes"),
        ("flag", False, None, "no"),
    ],
)
def test_values_are_written_for_readers(kind, value, growth, text):
    """Each kind in its way."""
    assert parameter_values.value_text(SimpleNamespace(kind=kind, value=value, growth=growth, unit="1", choice_names={})) == text


def test_a_year_is_no_quantity():
    """2026, not 2,026."""
    assert parameter_values.value_text(SimpleNamespace(kind="number", value=2026, growth=None, unit="calendar year")) == "2026"


@pytest.mark.parametrize(
    ("low", "high", "text"), [(0.4, 1500, "0.4 – 1,500"), (29_165_000, 31_334_000, "29,165,000 – 31,334,000"), (None, None, "")]
)
def test_a_range_has_two_ends_or_none(low, high, text):
    """Lowest to highest plausible value."""
    assert parameter_values.range_text(SimpleNamespace(low=low, high=high)) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("who2010: table 3", "WHO, Workload indicators, table 3, 2010, https://who.int/wisn"),
        ("who2010", "WHO, Workload indicators, 2010, https://who.int/wisn"),  # the work as a whole
        ("assumption: half", "assumption: half"),  # no key
        ("a sentence", "a sentence"),
    ],
)
def test_a_source_is_written_out(source, text):
    """Publisher, title, place, date and address in place of the key."""
    work = {"publisher": "WHO", "title": "Workload indicators", "date": 2010, "address": "https://who.int/wisn"}
    plan: Any = SimpleNamespace(sources={"who2010": work})

    assert citations.full_citation(plan, source) == text


def test_sources_are_counted():
    """Every published source once, with the number of parameters that rest on it."""
    plan = plan_of("tanzania")
    frame = evidence.tables.sources(plan)["frame"]
    keys = [(parameter.source or "").partition(":")[0] for parameter in plan.parameters.values()]

    keys += observed.cited(plan)
    keys += [account.source.partition(":")[0] for account in plan.chart.accounts]

    assert frame["Uses"].sum() == sum(key in plan.sources for key in keys)
    assert len(frame) == len(set(keys) & set(plan.sources))
