"""The procurement plan: packages, methods by cost and dates by hand."""

import re
from dataclasses import replace
from datetime import date

import pytest

from imis_plan.analysis.procurement import delivery_date, package_lines, procurement_plan
from imis_plan.model.ledger import budget
from imis_plan.scenario.line_attributes import CATEGORIES, line_catalogue
from imis_plan.scenario.procurement_rules import NO_RULES
from imis_plan.sections import html_table, procurement
from tests.model.plans import NAMES, ledger_of, plan_of

NOT_PROCURED = {"rent", "power", "room_power", "transport", "on_costs", "recruitment", "pay", "closure"}


def package(table, key, year=2027):
    """A package of a year."""
    (row,) = table[(table["package"] == key) & (table["year"] == year)].itertuples()
    return row


def test_every_package_of_the_data_has_a_category_and_a_line():
    """Packages without lines, and lines of unknown packages, are slips."""
    catalogue = line_catalogue()
    every = [line for lines in (*catalogue.lines.values(), catalogue.contracted) for line in lines.values()]

    assert {line.package for line in every} - {""} == set(catalogue.packages)
    assert {each.category for each in catalogue.packages.values()} <= set(CATEGORIES)
    plain = {name for lines in catalogue.lines.values() for name, line in lines.items() if not line.package}
    assert {name for name in plain if not name.startswith(("allowances", "travel", "trainer"))} == NOT_PROCURED


@pytest.mark.parametrize("name", NAMES)
def test_packages_and_what_is_not_procured_add_up_to_the_base_cost(name):
    """No line is in two packages, and none is lost."""
    plan, ledger = plan_of(name), ledger_of(name)
    first = ledger[(ledger["year"] == plan["time.base_year"]) & (ledger["component"] != "contingency")]
    bought = {(line.component, line.line, line.level) for lines in package_lines(plan).values() for line in lines}
    keys = list(zip(first["component"], first["line"], first["role_or_level"], strict=True))
    outside = first[[key not in bought for key in keys]]["amount"].sum()
    table = procurement_plan(plan, ledger)

    assert table.loc[table["year"] == plan["time.base_year"], "amount"].sum() + outside == pytest.approx(first["amount"].sum())


def test_zambia_s_methods_follow_its_ceiling_and_the_market():
    """Up to a million three quotations; above, national bidding, or international for what is imported."""
    table = procurement_plan(plan_of("zambia"), ledger_of("zambia"))
    forms, software, cards = (package(table, key) for key in ("forms", "software", "cards"))

    assert (forms.amount <= 1e6, forms.method) == (True, "At least three written quotations")
    assert (software.amount > 1e6, software.market, software.method) == (True, "domestic", "Open national bidding")
    assert (cards.amount > 1e6, cards.market, cards.method) == (True, "world", "Open international bidding")
    assert (software.weeks_low, software.weeks_high) == (4 + 5 + 4 + 2 + 0.5, 4 + 10 + 8 + 12 + 4)
    assert (cards.weeks_low, cards.weeks_high) == (6 + 5 + 4 + 2 + 0.5, 6 + 10 + 8 + 12 + 4)


def test_dates_meet_the_rollout():
    """Software one lead time (a quarter) before 2027 begins, and 38 weeks earlier to start; audits from October."""
    table = procurement_plan(plan_of("zambia"), ledger_of("zambia"))
    software, audits = package(table, "software"), package(table, "audits")

    assert software.delivery == date(2026, 10, 2)  # 365 x 0.25 = 91 days before January 1
    assert (software.start_by, software.latest_start) == (date(2026, 1, 9), date(2026, 6, 15))  # 266 and 109 days before
    assert software.before_year
    assert audits.delivery == date(2027, 10, 1)
    assert not audits.before_year


@pytest.mark.parametrize(
    ("delay", "payment", "expected"),
    [
        (0, "before_rollout", date(2026, 10, 2)),
        (0.5, "before_rollout", date(2027, 4, 2)),  # half a year and a quarter: 91 days after January 1
        (0.5, "with_enrolment", date(2027, 7, 3)),  # 182.5 days, rounded as a spreadsheet does
        (0.5, "monthly", date(2027, 1, 1)),
        (0.5, "last_quarter", date(2027, 10, 1)),
    ],
)
def test_a_later_rollout_needs_its_equipment_later(delay, payment, expected):
    """By `coverage.delay`."""
    assert delivery_date(plan_of("zambia").replace({"coverage.delay": delay}), 0, payment) == expected


def test_without_rules_there_is_no_method_and_the_report_says_who_enters_them():
    """Packages, costs and the days that they are needed stand nevertheless."""
    plan = replace(plan_of("zambia"), procurement=NO_RULES)
    table, text = procurement_plan(plan, ledger_of("zambia")), procurement.text.procurement(plan, ledger_of("zambia"))

    assert set(table["method"]) == {""}
    assert (table["start_by"] == table["delivery"]).all()
    assert (
        "This scenario names no procurement rules. The ministry enters its thresholds and times in `procurement/NAME.yaml`"
        in text
    )
    assert "Method" not in procurement.tables.packages(plan, ledger_of("zambia"))["frame"]


def test_the_report_names_what_is_to_be_started_before_the_year_and_what_is_late():
    """By the date of the scenario."""
    plan = plan_of("zambia")
    late = procurement.text.procurement(plan, ledger_of("zambia"))
    early = replace(plan, about=plan.about.model_copy(update={"date": "2025-01-01"}))

    assert "packages of the first year, ZMW 18.1 million in all, must be started before 2027 begins" in late
    assert "“IT equipment of offices” (by December 26, 2025)" in late
    assert "can no longer meet their dates even with the shortest steps" in late
    assert "can no longer meet" not in procurement.text.procurement(early, ledger_of("zambia"))


def test_what_is_late_in_a_year_that_has_begun_is_named():
    """A plan of July 2027 for 2027: its packages were due before, whether or not they were to be started before the year."""
    plan = replace(plan_of("zambia").replace({"coverage.delay": 0.9}), procurement=NO_RULES)
    begun = replace(plan, about=plan.about.model_copy(update={"date": "2027-12-31"}))
    ledger = budget(begun)

    assert "Nothing of the first year has to be started before that year begins." in procurement.text.procurement(begun, ledger)
    assert "can no longer meet their dates" in procurement.text.procurement(begun, ledger)
    assert "are late already" in procurement.text.late_in_short(begun, ledger)


@pytest.mark.parametrize("name", NAMES)
def test_the_chapter_can_be_shown(name):
    """Text and tables, without gaps."""
    plan, ledger = plan_of(name), ledger_of(name)
    assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b", procurement.text.procurement(plan, ledger))
    made = procurement.tables.packages(plan, ledger)
    page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key"), **made)

    assert page.count("<tr") > 3
    assert ">nan<" not in page


def test_nothing_is_procured_where_nothing_is_bought():
    """A roll-out that begins after the plan."""
    plan = plan_of("zambia").replace({"coverage.delay": 15})
    ledger = budget(plan)

    assert procurement.text.procurement(plan, ledger.assign(amount=0.0)) == "Nothing is procured in the first two years."
