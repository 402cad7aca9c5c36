"""Tables for lenders: complete, exact, and in COSTAB's steps."""

import dataclasses
from functools import cache
from types import MappingProxyType

import pandas as pd
import pytest

from imis_plan.analysis import costab, taxes
from imis_plan.model import funding
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.scenario.plan import load
from imis_plan.sections.costab import tables as costab_tables, text as costab_text
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of

LINES = {"contingency.method": "lines"}
MONEY = {False: "amount", True: "amount_usd"}


@cache
def costs_of(name, usd=False):
    """The costs of a scenario. Tests read them and never change them."""
    return costab.costs(plan_of(name), ledger_of(name), usd=usd)


def variants():
    """Every scenario, and with every option of it."""
    plans = [plan_of(name) for name in NAMES]
    return [*plans, *(load(plan.name, option=option, parameters=FOLDER) for plan in plans for option in plan.options)]


def cents(amount):
    """Money in whole cents, so that equal means equal."""
    return round(float(amount) * 100)


@pytest.mark.parametrize("usd", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_the_total_is_that_of_the_ledger_to_the_cent(name, usd):
    """In all and in every year; nothing is lost among categories, payers and contingencies."""
    table, ledger = costs_of(name, usd), ledger_of(name)
    years = table.groupby("year")["total"].sum()

    assert cents(table["total"].sum()) == cents(ledger[MONEY[usd]].sum())
    assert years.map(cents).to_dict() == ledger.groupby("year")[MONEY[usd]].sum().map(cents).to_dict()


@pytest.mark.parametrize("name", NAMES)
def test_base_physical_and_price_make_the_total(name):
    """The three steps of every row; base is the ledger's real base cost."""
    table, ledger = costs_of(name), ledger_of(name)
    own = ledger[ledger["component"] != "contingency"]
    steps = table["base"] + table["physical"] + table["price"]

    assert (steps - table["total"]).abs().max() < 1e-6
    assert cents(table["base"].sum()) == cents(own["amount_real"].sum())
    assert cents(table["physical"].sum()) == cents(ledger.loc[ledger["line"] == "risk_contingency", "amount_real"].sum())


@pytest.mark.parametrize("name", NAMES)
def test_payers_pay_what_the_allocation_says(name):
    """By financier, to the cent, the gap included."""
    paid = funding.allocation(plan_of(name), ledger_of(name)).groupby("funder")["amount"].sum()

    assert costs_of(name).groupby("funder")["total"].sum().map(cents).to_dict() == paid.map(cents).to_dict()


@pytest.mark.parametrize("name", NAMES)
def test_taxes_and_foreign_cost_of_categories_add_up_to_those_of_components(name):
    """The same ledger in two divisions: net cost is that of the lenders' tables, taxes and foreign cost those of "Taxes"."""
    plan, ledger = plan_of(name), ledger_of(name)
    found, components = costab.taxes_by_category(plan, ledger), taxes.by_component(ledger)

    assert found.loc["total"].tolist() == pytest.approx(components.loc["total"].tolist(), abs=0.01)
    assert found[taxes.NET].tolist() == pytest.approx(costab.summary(costs_of(name), "category")["total"].tolist(), abs=0.01)
    assert (found[taxes.FOREIGN] + found[taxes.LOCAL] + found[taxes.TAX]).tolist() == pytest.approx(found[taxes.GROSS].tolist())
    assert cents(found.loc["total", taxes.TAX]) == cents(ledger["tax"].sum())


def test_the_table_of_taxes_has_a_total_of_the_ledger():
    """Net cost and taxes of Nepal, in millions."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    frame = costab_tables.foreign_and_taxes(plan, ledger)["frame"]

    assert frame.loc["Total cost", "Net budget"] == pytest.approx(ledger["amount"].sum() / 1e6)
    assert frame.loc["Total cost", "Taxes"] == pytest.approx(ledger["tax"].sum() / 1e6)
    assert frame.loc["Total cost", "Foreign"] + frame.loc["Total cost", "Local"] == pytest.approx(ledger["amount"].sum() / 1e6)


def test_every_line_of_every_option_has_one_category():
    """No line without a category, and no entry of the mapping that no line uses."""
    used = set()
    for plan in variants():
        keys = [(component, line.line, line.level, line.kind) for component, line, _ in evaluate_plan(plan).lines]
        assert {costab.category(plan, *key) for key in keys} <= set(costab.CATEGORIES)
        used |= {
            *((c, line) for c, line, _, _ in keys),
            *((c, level) for c, _, level, _ in keys),
            *((c, kind) for c, _, _, kind in keys),
        }

    assert {*costab.BY_LINE, *costab.BY_LEVEL, *costab.BY_KIND} <= used


@pytest.mark.parametrize(
    ("component", "line", "level", "kind", "category"),
    [
        ("office_it", "workstations", "", "capital", "goods"),
        ("office_it", "upkeep", "", "recurrent", "operating"),
        ("printing", "claim_forms", "", "recurrent", "goods"),  # printed matter, bought by tender
        ("software", "customisation", "", "capital", "consultants"),
        ("software", "maintenance", "", "recurrent", "services"),  # a maintenance contract is not advice
        ("server", "production_machines", "ministry_room", "capital", "goods"),
        ("server", "production_cloud", "cloud", "recurrent", "services"),
        ("server", "machine_upkeep", "ministry_room", "recurrent", "operating"),
        ("server", "windows", "", "recurrent", "goods"),  # a licence off the shelf
        ("capacity", "venue_agent", "agent", "recurrent", "training"),
        ("capacity", "consultants_national", "national", "recurrent", "consultants"),
        ("staff", "pay", "system_administrator", "recurrent", "salaries"),
        ("staff", "recruitment", "system_administrator", "recurrent", "operating"),
        ("other", "project_management", "", "recurrent", "consultants"),
    ],
)
def test_a_line_is_what_a_lender_would_call_it(component, line, level, kind, category):
    """By its name, else its level, else its component and kind."""
    assert costab.category(plan_of("nepal"), component, line, level, kind) == category


def test_contracted_staff_are_consultants():
    """A lender seldom pays salaries, but does pay consultants."""
    plan = plan_of("nepal")
    parameter = dataclasses.replace(plan.parameters["roles.system_administrator.sourcing"], value="contracted")
    hired = dataclasses.replace(plan, parameters=MappingProxyType({**plan.parameters, parameter.path: parameter}))

    assert costab.category(hired, "staff", "pay", "system_administrator", "recurrent") == "consultants"


def test_without_inflation_prices_add_nothing():
    """In flat prices the money of every year is that of the first."""
    plan = plan_of("nepal").replace({"money.home_inflation_forward": 0, "money.foreign_inflation_forward": 0})
    table = costab.costs(plan, budget(plan))

    assert table["price"].abs().max() == 0


def test_our_own_margin_stands_under_price_contingencies():
    """In flat prices, two per cent a year on base and physical: (1.02^t - 1) of their sum."""
    flat = {"money.home_inflation_forward": 0, "money.foreign_inflation_forward": 0, "contingency.price_margin": 0.02}
    plan = plan_of("nepal").replace({**flat, **LINES})
    ledger = budget(plan)
    table = costab.costs(plan, ledger).groupby("year")[["base", "physical", "price"]].sum()
    expected = (table["base"] + table["physical"]) * [1.02**t - 1 for t in range(5)]

    assert table["price"].to_list() == pytest.approx(expected.to_list(), abs=0.2)  # each contingency line is rounded to the cent
    assert cents(table["price"].sum()) == cents(ledger.loc[ledger["line"] == "price_contingency", "amount"].sum())


@pytest.mark.parametrize("name", ["nepal", "tanzania"])
def test_contingency_follows_the_lines_that_it_is_computed_from(name):
    """Each category of software has the share of software, 20 %; printing has its 10 %."""
    plan = plan_of(name).replace(LINES)
    rows = costab.costs(plan, budget(plan)).groupby(["component", "category"])[["base", "physical"]].sum()
    share = {component: plan_of(name)[f"contingency.physical.{component}"] for component in ("software", "printing", "staff")}

    for component, part in share.items():
        physical = rows.loc[component, "physical"]
        assert physical.to_list() == pytest.approx((part * rows.loc[component, "base"]).to_list(), rel=1e-6)


def test_a_reserve_by_percentile_stands_with_its_components():
    """Contingency by percentile is physical contingency of the components that it is computed from."""
    plan = plan_of("gambia").replace({"contingency.method": "percentile", "uncertainty.draws": 1000})
    ledger = budget(plan)
    table = costab.costs(plan, ledger)
    physical = table.groupby("component")["physical"].sum()
    reserve = ledger.loc[ledger["component"] == "contingency", "amount_real"].sum()

    assert cents(table["total"].sum()) == cents(ledger["amount"].sum())
    assert cents(physical.sum()) == cents(reserve) > 0
    assert physical["staff"] > 0


@pytest.mark.parametrize("rows", ["component", "category"])
def test_project_costs_end_in_the_four_steps(rows):
    """Items add up to base; base and contingencies to the total."""
    table = costab.project_costs(costs_of("nepal"), rows)
    items, (base, physical, price, total) = table.iloc[:-4], table.iloc[-4:].to_numpy()

    assert list(table.index[-4:]) == ["base", "physical", "price", "total"]
    assert items.sum().to_list() == pytest.approx(list(base))
    assert list(base + physical + price) == pytest.approx(list(total))


def test_financiers_end_with_the_gap_and_the_total():
    """What nobody pays stands last before the total."""
    table = costab.by_financier(costs_of("nepal"))

    assert list(table.columns[-2:]) == ["unfunded", "total"]
    assert cents(table.loc["total", "total"]) == cents(ledger_of("nepal")["amount"].sum())


@pytest.mark.parametrize(("usd", "unit"), [(False, "(NPR million)"), (True, "(USD thousand)")])
def test_tables_are_scaled_and_say_so(usd, unit):
    """The total of the shown table is the ledger's, in the unit of the caption."""
    shown = costab_tables.project_costs(plan_of("nepal"), ledger_of("nepal"), usd=usd)
    divisor = {"(NPR million)": 1e6, "(USD thousand)": 1e3}[unit]

    assert shown["caption"].endswith(unit)
    assert shown["frame"].loc["Total cost", "Total cost"] * divisor == pytest.approx(ledger_of("nepal")[MONEY[usd]].sum())


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_names_for_readers(name):
    """No key of the model is left in a heading, and no cell is empty."""
    plan, ledger = plan_of(name), ledger_of(name)
    keys = {*costab.CATEGORIES, *costab.STAGES, "office_it", "unfunded"}
    for table in (costab_tables.project_costs, costab_tables.contingencies, costab_tables.financiers):
        for rows in ("component", "category"):
            frame = table(plan, ledger, rows)["frame"]
            assert not keys & {*frame.index, *frame.columns}
            assert frame.notna().all(axis=None)


def test_the_list_of_categories_names_the_lines_and_the_empty_ones():
    """Nobody builds anything here, and the table says so."""
    frame = costab_tables.category_contents(plan_of("nepal"), ledger_of("nepal"))["frame"].set_index("Category")["Lines"]

    assert frame["Civil works"] == "no lines"
    assert "Workstations" in frame["Goods"]


def test_the_words_follow_the_numbers():
    """A margin for prices changes the sentence, and nothing to budget is said."""
    plan = plan_of("nepal")
    costlier = plan.replace({**LINES, "contingency.price_margin": 0.02})
    empty = ledger_of("nepal").assign(amount=0.0, amount_usd=0.0, amount_real=0.0)

    assert "no margin for inflation" in costab_text.project_costs(plan, ledger_of("nepal"))
    assert "It includes a margin of " in costab_text.project_costs(costlier, budget(costlier))
    assert costab_text.project_costs(plan, empty) == "Nothing is budgeted, so there are no project costs."


def test_a_budget_of_nothing_has_tables_of_nothing():
    """No payer and no row, but no error."""
    empty = ledger_of("gambia").assign(amount=0.0, amount_usd=0.0, amount_real=0.0)
    table = costab.project_costs(costab.costs(plan_of("gambia"), empty))

    assert isinstance(table, pd.DataFrame)
    assert float(table.to_numpy().sum()) == 0
