"""The chapter on codes: classes and accounts add up to the ledger, and the report says what is missing."""

import dataclasses

import pandas as pd
import pytest

from imis_plan.analysis import economic_codes as views
from imis_plan.scenario.chart_of_accounts import ChartOfAccounts
from imis_plan.sections import economic_codes, html_table
from tests.model.plans import ledger_of, plan_of

ROWS = [
    # component, line, label, for, kind, year, amount, class, account
    ("staff", "pay", "Pay", "clerk", "recurrent", 2027, 100.0, "211", "1"),
    ("staff", "pay", "Pay", "clerk", "recurrent", 2028, 110.0, "211", "1"),
    ("office_it", "ups", "UPS", "", "capital", 2027, 40.0, "311221", ""),
    ("capacity", "manuals", "Manuals", "", "capital", 2027, 7.0, "22", "2"),
    ("sms", "sender_name", "Sender name", "", "capital", 2027, 0.0, "22", ""),
    ("contingency", "physical_contingency", "Physical contingency", "staff", "recurrent", 2028, 5.0, "2", ""),
]
COLUMNS = ["component", "line", "label", "role_or_level", "kind", "year", "amount", "gfs_code", "account_code"]
LEDGER = pd.DataFrame(ROWS, columns=COLUMNS)


def test_current_and_capital_follow_the_class_and_not_the_useful_life():
    """Manuals are used for years, and are a service."""
    table = views.by_class(LEDGER).fillna(0.0)

    assert list(table.index) == ["211", "22", "2", views.CURRENT, "311221", views.CAPITAL_EXPENDITURE, "total"]
    assert table["total"].tolist() == [210, 7, 5, 210 + 7 + 5, 40, 40, 210 + 7 + 5 + 40]
    assert table.loc["total", [2027, 2028]].tolist() == [100 + 7 + 40, 110 + 5]
    assert views.used_for_years_and_expensed(LEDGER)["line"].tolist() == ["manuals"]


def test_what_has_no_account_is_a_row_of_its_own_and_a_list():
    """A line that costs nothing needs no account; contingency gets one when it is released."""
    assert views.by_account(LEDGER)["total"].to_dict() == {"1": 210, "2": 7, "": 40 + 5, "total": 262}
    assert views.lines_without_account(LEDGER)["line"].tolist() == ["ups"]


@pytest.mark.parametrize("name", ["nepal", "cameroon", "chad"])
def test_codes_add_up_to_the_ledger_and_every_table_can_be_shown(name):
    """By class, by account, by line."""
    plan, ledger = plan_of(name), ledger_of(name)
    total = ledger["amount"].sum()

    assert views.by_class(ledger).loc["total", "total"] == pytest.approx(total, abs=0.01)
    assert views.by_account(ledger).loc["total", "total"] == pytest.approx(total, abs=0.01)
    assert views.codes_of_lines(ledger)["amount"].sum() == pytest.approx(total, abs=0.01)
    for make in (economic_codes.tables.by_class, economic_codes.tables.by_account, economic_codes.tables.codes_of_lines):
        made = make(plan, ledger)
        page = html_table.render(made.pop("frame"), made.pop("caption"), made.pop("key"), **made)
        assert page.count("<tr") > 2
        assert ">nan<" not in page


def test_a_class_has_its_title_and_an_account_that_of_the_published_list():
    """With the code before it."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")

    assert "211 Wages and salaries" in economic_codes.tables.by_class(plan, ledger)["frame"].index
    assert "21111 Remuneration of staff" in economic_codes.tables.by_account(plan, ledger)["frame"].index


def test_the_report_says_who_fills_in_what_is_missing():
    """No chart, a chart without some lines, a complete one."""
    chad, cameroon, nepal = (
        economic_codes.text.economic_codes(plan_of(name), ledger_of(name)) for name in ("chad", "cameroon", "nepal")
    )

    assert "were not found in a published list. The ministry fills them in" in chad
    assert "have no account there yet; the largest are “On-costs” (Data entry clerk)" in cameroon
    assert "Every line has an account" in nepal


def test_one_line_without_an_account_is_one_line():
    """In the singular."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal").copy()
    ledger.loc[ledger["line"] == "rent", "account_code"] = ""

    assert "One line, NPR 140 million in all, has no account there yet: “Rent”." in economic_codes.text.economic_codes(
        plan, ledger
    )


def test_a_chart_without_rows_maps_nothing():
    """All of the cost has no account yet."""
    plan = dataclasses.replace(plan_of("nepal"), chart=ChartOfAccounts("empty"))
    ledger = ledger_of("nepal").assign(account_code="")

    assert list(economic_codes.tables.by_account(plan, ledger)["frame"].index) == ["no account yet", "Total"]
