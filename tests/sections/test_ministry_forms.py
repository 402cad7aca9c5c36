"""The page of a ministry's forms: total by code for the first year, taxes, cash by quarter, what to order by when."""

import pytest

from imis_plan.analysis.procurement import procurement_plan
from imis_plan.model.year_labels import year_label
from imis_plan.sections import html_table
from imis_plan.sections.ministry_forms import tables, text
from tests.model.plans import NAMES, ledger_of, plan_of

MILLION = 1e6


def first_rows(ledger):
    """The rows of the first year."""
    return ledger[ledger["year"] == ledger["year"].min()]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_year_by_code_with_its_taxes(name):
    """Codes add up to the year's budget; taxes are those of the ledger, and beside the net total."""
    plan, ledger = plan_of(name), ledger_of(name)
    shown, first = tables.codes_and_taxes(plan, ledger), year_label(plan, plan["time.base_year"])
    frame = shown["frame"]
    scale = ledger["amount"].sum() / frame.loc["Total", "Total"]
    codes = frame[[str(key)[0].isdigit() for key in frame.index]]

    assert codes[first].sum() * scale == pytest.approx(first_rows(ledger)["amount"].sum())
    assert frame.loc["Taxes", first] * scale == pytest.approx(first_rows(ledger)["tax"].sum())
    assert frame.loc["Budget with taxes", first] == pytest.approx(frame.loc["Total", first] + frame.loc["Taxes", first])
    assert frame.loc["Current expenditure", first] + frame.loc["Capital expenditure", first] == pytest.approx(
        frame.loc["Total", first]
    )


@pytest.mark.parametrize("name", NAMES)
def test_quarters_of_the_first_year_add_up_to_it(name):
    """By current and capital expenditure."""
    plan, ledger = plan_of(name), ledger_of(name)
    frame = tables.first_year_cash(plan, ledger)["frame"]
    year = first_rows(ledger)
    capital = year["gfs_code"].str.startswith("31")
    scale = year["amount"].sum() / frame.loc["Total", "Year"]

    assert frame.iloc[:, :4].sum(axis=1).tolist() == pytest.approx(frame["Year"].tolist())
    assert frame.loc["Capital expenditure", "Year"] * scale == pytest.approx(year.loc[capital, "amount"].sum())


@pytest.mark.parametrize("name", NAMES)
def test_what_must_start_before_the_year_is_in_the_table(name):
    """All such packages while there is room, then the largest; by date, the earliest first."""
    plan, ledger = plan_of(name), ledger_of(name)
    packages = procurement_plan(plan, ledger)
    first = packages[packages["year"] == plan["time.base_year"]]
    shown, frame = tables.first_orders(plan, ledger), tables.orders(plan, ledger)["frame"]

    early, left_out = first[first["before_year"]], first[~first["package"].isin(shown["package"])]
    assert set(shown["package"]) >= set(early["package"])
    assert len(frame) == min(len(first), max(tables.MOST_ORDERS, len(early)))
    dates = list(frame["Start by" if plan.procurement.name else "Needed from"])  # without rules no time of a procedure is known
    assert dates == sorted(dates)
    others = shown[~shown["before_year"]]
    assert left_out.empty or others.empty or left_out["amount"].max() <= others["amount"].min()


def test_nepal_s_first_year_in_sentences():
    """The amounts of the ledger, and links to the long tables."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    year = first_rows(ledger)
    sentence = text.first_year(plan, ledger)

    assert f"FY 2027/28 takes NPR {year['amount'].sum() / MILLION:.0f} million" in sentence
    assert f"Taxes on it are NPR {year['tax'].sum() / MILLION:.1f} million" in sentence
    assert "must be started before FY 2027/28 begins" in sentence
    for target in ("t-accounts", "t-tax_bearers", "t-cash_plan_lines", "t-procurement"):
        assert f"(#{target})" in text.long_tables(plan)


def test_a_budget_of_nothing_has_its_forms():
    """No package, no amount, no error."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    nothing = ledger.assign(**dict.fromkeys(("amount", "amount_usd", "amount_real", "tax"), 0.0))

    assert "Nothing is procured" in text.first_year(plan, nothing)
    for table in (tables.codes_and_taxes, tables.first_year_cash, tables.orders):
        shown = table(plan, nothing)
        assert "<table" in html_table.render(shown.pop("frame"), shown.pop("caption"), shown.pop("key"), **shown)
