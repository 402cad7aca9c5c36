"""Taxes: a column beside amounts that they never move, by kind of line, borne by who is not exempt."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan.analysis import taxes as views
from imis_plan.model.components import COMPONENTS
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.funding import GAP
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import simulate
from imis_plan.model.tax_rates import DUTIES, duty_and_vat, tax_rate
from imis_plan.model.taxes import tax_by_payer, taxes_by_row
from imis_plan.scenario.line_attributes import OTHER_LINES, UNTAXED, line_catalogue
from imis_plan.scenario.scenario_sections import FundingRule
from tests.model.plans import NAMES, ledger_of, plan_of

RATES = {"taxes.vat": 0.18, "taxes.duty_equipment": 0.1, "taxes.duty_cards": 0.25}
NO_TAXES = dict.fromkeys(RATES, 0.0)
FIGURES = ["quantity", "unit_price", "amount", "amount_usd", "amount_real", "funder"]
AMOUNTS = [*FIGURES, "working"]


def rule(funder, share, **more):
    """A rule that pays a share of everything."""
    return FundingRule(funder=funder, components="all", share=share, years="all", **more)


def test_duty_comes_before_value_added_tax():
    """100 + 10 of duty, and 18 % of 110."""
    assert 100 * duty_and_vat(0.1, 0.18) == pytest.approx(10 + 110 * 0.18)


@pytest.mark.parametrize(
    ("component", "line", "rate"),
    [
        ("office_it", "workstations", 1.1 * 1.18 - 1),
        ("office_it", "upkeep", 0.18),  # a service
        ("printing", "id_cards_pvc", 1.25 * 1.18 - 1),
        ("printing", "claim_forms", 0.18),  # printed at home
        ("server", "production_cloud", 0.18),
        ("capacity", "allowances_agent", 0),  # per diem
        ("staff", "pay", 0),
        ("mobile_money", "share_fees", 0),  # bank charges
    ],
)
def test_the_rate_follows_the_kind_of_line(component, line, rate):
    """By the catalogue of lines."""
    assert tax_rate(RATES, line_catalogue().tax_kind(component, line)) == pytest.approx(rate)


def test_every_line_has_a_kind_of_tax_and_every_entry_is_a_line():
    """Of the model, and a kind that has a rate."""
    catalogue = line_catalogue()
    lines = {(component, line.line) for component, line, _ in evaluate_plan(plan_of("nepal")).lines}
    named = {(component, line) for component, kinds in catalogue.taxes.items() for line in kinds if line != OTHER_LINES}

    assert tuple(catalogue.taxes) == COMPONENTS[:-1]
    assert named <= lines
    assert {catalogue.tax_kind(*line) for line in lines} == {UNTAXED, "services", *DUTIES}


def test_tax_of_rows_by_hand():
    """A workstation, pay, and the contingency of each with the average rate of its group."""
    table = {
        "component": ["office_it", "office_it", "staff", "contingency", "contingency", "contingency"],
        "line": ["ups", "upkeep", "pay", "physical_contingency", "physical_contingency", "physical_contingency"],
        "role_or_level": ["", "", "clerk", "office_it", "staff", "sms"],
        "kind": ["capital", "recurrent", "recurrent", "capital", "recurrent", "capital"],
        "year": [2027] * 6,
        "amount": [1000.0, 500.0, 800.0, 100.0, 80.0, 10.0],
    }

    # duty and VAT, VAT, nothing; as equipment, as pay, as nothing that costs.
    assert taxes_by_row(RATES, table).tolist() == [298.0, 90.0, 0.0, 29.8, 0.0, 0.0]


@pytest.mark.parametrize("name", NAMES)
def test_taxes_move_no_amount(name):
    """Every figure of every row is the same without taxes; only the column of taxes is 0.

    The calculation of the contingency names the plan that was simulated, so that a changed plan has other words there.
    """
    without, with_taxes = budget(plan_of(name).replace(NO_TAXES)), ledger_of(name)
    lines = with_taxes["component"] != "contingency"

    assert without[FIGURES].equals(with_taxes[FIGURES])
    assert without.loc[lines, "working"].equals(with_taxes.loc[lines, "working"])
    assert not without["tax"].any()
    assert with_taxes["tax"].sum() > 0


@settings(max_examples=15, deadline=None)
@given(
    vat=st.floats(0, 0.5),
    equipment=st.floats(0, 2),
    cards=st.floats(0, 2),
    exempt=st.booleans(),
    method=st.sampled_from(["lines", "none"]),
)
def test_any_rates_move_no_untaxed_figure(vat, equipment, cards, exempt, method):
    """Amounts, funding and calculations, with any rates, and any funder exempt."""
    plan = plan_of("tanzania").replace({"contingency.method": method})
    rules = tuple(each.model_copy(update={"taxes": "exempt" if exempt else "paid"}) for each in plan.funding)
    changed = dataclasses.replace(plan, funding=rules)
    changed = changed.replace({"taxes.vat": vat, "taxes.duty_equipment": equipment, "taxes.duty_cards": cards})
    before, after = budget(plan), budget(changed)

    assert before[AMOUNTS].equals(after[AMOUNTS])
    assert (after["tax"] >= 0).all()
    assert (after.loc[after["amount"] == 0, "tax"] == 0).all()


@pytest.mark.parametrize("name", ["nepal", "cameroon", "tanzania"])
def test_taxes_are_borne_to_the_cent(name):
    """By whom ever; payments of all payers are the net budget."""
    plan, ledger = plan_of(name), ledger_of(name)
    rows, table = tax_by_payer(plan, ledger), views.by_payer(plan, ledger)

    assert rows["amount"].sum() == pytest.approx(ledger["amount"].sum(), abs=0.01)
    assert rows["tax"].sum() == pytest.approx(ledger["tax"].sum(), abs=0.01)
    assert table.loc["total", "outlay"] == pytest.approx(ledger["amount"].sum() + ledger["tax"].sum(), abs=0.01)
    assert table.loc["total", "not_paid"] == pytest.approx(table.loc["total", "for_others"], abs=0.01)


def test_an_exempt_funder_leaves_the_taxes_to_who_is_named():
    """Half from a bank that is exempt, three tenths from the ministry, the rest is not funded."""
    ledger, tax = ledger_of("nepal"), ledger_of("nepal")["tax"].sum()
    rules = (rule("Bank", 0.5, taxes="exempt", tax_bearer="Ministry"), rule("Ministry", 0.3))
    table = views.by_payer(dataclasses.replace(plan_of("nepal"), funding=rules), ledger)

    assert table.loc["Bank", ["own", "for_others"]].tolist() == [0, 0]
    assert table.loc["Bank", "not_paid"] == pytest.approx(0.5 * tax, rel=1e-6)
    assert table.loc["Ministry", "own"] == pytest.approx(0.3 * tax, rel=1e-6)
    assert table.loc["Ministry", "for_others"] == pytest.approx(0.5 * tax, rel=1e-6)
    assert table.loc[GAP, "own"] == pytest.approx(0.2 * tax, rel=1e-6)


def test_without_a_name_the_government_bears_them():
    """A payer of its own, who pays nothing of the net budget."""
    plan = dataclasses.replace(plan_of("nepal"), funding=(rule("Bank", 1, taxes="exempt"),))
    table = views.by_payer(plan, ledger_of("nepal"))

    assert list(table.index) == ["Bank", "Government budget", "total"]
    assert table.loc["Government budget", "net"] == 0
    assert table.loc["Government budget", "outlay"] == pytest.approx(ledger_of("nepal")["tax"].sum(), abs=0.01)


def test_prices_with_taxes_are_taken_net():
    """A phone of 129.8 with 10 % duty and 18 % VAT is one of 100; pay stays."""
    price = {"value": 129.8, "unit": "USD/phone", "price_year": 2025, "source": "assumption: test"}
    plan = plan_of("tanzania").replace(RATES | {"phones.handset": price})
    ledger = budget(plan.replace({"taxes.prices": "included"}))
    phones, pay = ledger[ledger["line"] == "handsets"], ledger["line"] == "pay"

    assert phones["unit_price"].unique() == pytest.approx([100])
    assert all("129.80/phone (2025) / 1.298 taxes in the price" in text for text in phones["working"])
    assert ledger.loc[pay, "amount"].equals(budget(plan).loc[pay, "amount"])


def test_a_simulation_takes_prices_net_as_the_ledger_does():
    """The point estimate of the simulation is the base cost of the ledger."""
    plan = plan_of("nepal").replace({"taxes.prices": "included"})
    ledger = budget(plan)
    base = ledger.loc[ledger["component"] != "contingency", "amount"].sum()

    assert simulate(plan, 10).point == pytest.approx(base, rel=1e-9)


def test_the_range_of_taxes_is_that_of_the_rates():
    """With every rate at its low and at its high end."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    low, high = views.tax_range(plan, ledger)
    least = {path: plan.parameters[path].low for path in DUTIES.values()}

    assert low == pytest.approx(budget(plan.replace(least))["tax"].sum(), abs=0.01)
    assert low < ledger["tax"].sum() < high


def test_foreign_and_local_cost_are_the_net_budget():
    """Contingency is divided as the base cost."""
    table = views.by_component(ledger_of("zanzibar"))
    base = table.drop(index=["contingency", "total"]).sum()

    assert np.allclose(table["foreign"] + table["local"], table["net"])
    assert table.loc["staff", "foreign"] == 0
    assert table.loc["contingency", "foreign"] / table.loc["contingency", "net"] == pytest.approx(base["foreign"] / base["net"])
