"""Economic classes and accounts: every row has a class, accounts come from the country's chart, and no amount moves."""

import dataclasses

import pytest

from imis_plan.model.components import COMPONENTS
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.scenario.chart_of_accounts import NO_CHART, Account, ChartOfAccounts
from imis_plan.scenario.line_attributes import is_capital, line_catalogue
from tests.model.plans import NAMES, ledger_of, plan_of


def test_every_line_of_the_model_is_in_the_catalogue_and_no_other():
    """A new line is entered in budget_lines.yaml, too, and one that is gone is taken out."""
    model = {(component, line.line) for component, line, _ in evaluate_plan(plan_of("nepal")).lines}
    listed = {(component, line) for component, lines in line_catalogue().lines.items() for line in lines}

    assert listed == model


def test_every_code_is_a_class_that_was_published():
    """Codes of lines, of contracted posts and of contingency."""
    catalogue = line_catalogue()
    codes = {each.code for lines in (*catalogue.lines.values(), catalogue.contracted) for each in lines.values()}
    codes |= {code for kinds in catalogue.contingency.values() for code in kinds.values()}

    assert codes <= set(catalogue.classes)
    assert all(each.source.startswith("gfsm_2014: ") for each in catalogue.classes.values())
    assert "gfsm_2014" in plan_of("nepal").sources


def test_contracted_posts_and_contingency_are_complete():
    """Each line of a role, and both kinds of cost of each component that has base cost."""
    catalogue = line_catalogue()

    assert set(catalogue.contracted) == set(catalogue.lines["staff"])
    assert tuple(catalogue.contingency) == COMPONENTS[:-1]
    assert all(set(kinds) == {"capital", "recurrent"} for kinds in catalogue.contingency.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_every_ledger_has_an_economic_class(name):
    """Contingency, too; classes add up to the total."""
    ledger = ledger_of(name)

    assert ledger["gfs_code"].isin(line_catalogue().classes).all()
    assert ledger.groupby("gfs_code")["amount"].sum().sum() == pytest.approx(ledger["amount"].sum(), abs=0.01)


@pytest.mark.parametrize(
    ("component", "line", "code"),
    [
        ("office_it", "workstations", "311221"),  # ICT equipment
        ("office_it", "upkeep", "22"),  # maintenance stays current
        ("software", "customisation", "3113231"),
        ("capacity", "allowances_agent", "22"),  # per diem
        ("staff", "pay", "211"),
        ("staff", "on_costs", "212"),
        ("other", "facility_power", "311222"),
    ],
)
def test_a_line_has_the_class_of_what_it_buys(component, line, code):
    """GFSM 2014."""
    ledger = ledger_of("nepal")

    assert set(ledger.loc[(ledger["component"] == component) & (ledger["line"] == line), "gfs_code"]) == {code}


def test_a_contracted_post_is_a_service_and_no_wage():
    """The fee of a contractor, in the same amounts."""
    plan = plan_of("nepal").replace({"roles.developer.sourcing": "contracted"})
    rows = budget(plan).query("component == 'staff' and line == 'pay'").set_index("role_or_level")["gfs_code"]

    assert set(rows["developer"]) == {"22"}
    assert set(rows["data_entry_clerk"]) == {"211"}


def test_contingency_stays_at_the_head_of_what_it_is_for():
    """What it will buy is not known: expense for current cost and services, nonfinancial assets for equipment."""
    rows = ledger_of("nepal").query("component == 'contingency'").set_index(["role_or_level", "kind"])["gfs_code"]

    assert set(rows["office_it", "capital"]) == {"31"}
    assert set(rows["capacity", "capital"]) == {"2"}
    assert set(rows["staff", "recurrent"]) == {"2"}
    assert is_capital("31")
    assert not is_capital("2")


def test_the_most_specific_row_of_a_chart_counts():
    """A line before its component, the component before the economic class."""
    rows = [("", "", "22", "1"), ("server", "", "", "2"), ("server", "", "22", "3"), ("server", "antivirus", "", "4")]
    chart = ChartOfAccounts("x", None, tuple(Account(*row, "title", "source", "B") for row in rows))

    lines = (
        ("sms", "sender_name", "22"),
        ("server", "sql_server", "3113231"),
        ("server", "windows", "22"),
        ("server", "antivirus", "22"),
    )
    found = [chart.account(*line) for line in lines]

    assert [account and account.code for account in found] == ["1", "2", "3", "4"]
    assert chart.account("staff", "pay", "211") is None


def test_accounts_are_text_and_move_no_amount():
    """The ledger with and without a chart differs in one column."""
    plan = plan_of("nepal")
    mapped, plain = budget(plan), budget(dataclasses.replace(plan, chart=NO_CHART))
    rent = mapped.loc[mapped["line"] == "rent", "account_code"]

    assert set(rent) == {"28142"}
    assert set(plain["account_code"]) == {""}
    assert mapped.drop(columns="account_code").equals(plain.drop(columns="account_code"))
