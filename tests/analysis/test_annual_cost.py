"""What a plan costs a year: equipment, one-offs and initial training as yearly payments, and what keeps the system running."""

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis import annual_cost, summary
from imis_plan.model.ledger import budget
from imis_plan.model.money import annuity
from imis_plan.model.training import initial_share
from tests.model.plans import NAMES, ledger_of, plan_of

YEARS = np.array([2027, 2028, 2029])


def purchase(amount, year, life):
    """One row of capital cost."""
    return pd.DataFrame({"amount_real": [amount], "year": [year], "life": [life]})


@pytest.mark.parametrize(
    ("rate", "life", "charges"),
    [
        (0.03, 3.0, [330 * 0.35353] * 3),  # an annuity of three years at 3 % is 0.35353 of the price
        (0.0, 2.0, [165, 165, 0]),  # without interest a half each; the life ends in the second year
        (0.0, 10.0, [33] * 3),  # what is usable after the plan weighs on later years
    ],
)
def test_a_purchase_weighs_on_the_years_of_its_life(rate, life, charges):
    """330 in 2027."""
    assert annual_cost.yearly_charges(purchase(330.0, 2027, life), YEARS, rate)[0].tolist() == pytest.approx(charges, abs=0.01)


def test_a_later_purchase_does_not_weigh_on_earlier_years():
    """It starts in its year."""
    assert annual_cost.yearly_charges(purchase(100.0, 2028, 2.0), YEARS, 0.0)[0].tolist() == [0, 50, 50]


def charge(plan, component, kind):
    """The charges of a component by year; nothing if it has none."""
    table = annual_cost.annual_charges(plan, budget(plan))
    return table.loc[(component, kind)].tolist() if (component, kind) in table.index else [0.0] * len(table.columns)


def test_existing_equipment_is_charged_until_its_life_ends():
    """Borsa with ten printers of one year and a life of four: charges in 2027, 2028 and 2029 that a plan without them does not have."""
    base = plan_of("borsa").replace(
        {f"office_it.{item}.at_start": 0 for item in ("workstations", "printers", "scanners", "ups", "network")}
    )
    life = {"office_it.printers.life": 4, "office_it.printers.loss": 0, "office_it.printers.per_office": 0}
    without, held = (
        base.replace(life),
        base.replace(life | {"office_it.printers.at_start": 10, "office_it.printers.age_at_start": 1}),
    )
    first = budget(held).query("line == 'printers' and year == 2027").iloc[0]
    price = first["unit_price"] * first["price_index"] * first["exchange_rate"]
    more = np.subtract(charge(held, "office_it", "equipment"), charge(without, "office_it", "equipment"))

    assert more == pytest.approx([annuity(10 * price, 4, 0.03)] * 3 + [0, 0])


def test_pieces_of_a_line_that_does_not_apply_are_not_charged():
    """Phones in use at the start cost the scheme nothing where agents use their own."""
    plan = plan_of("tanzania").replace({"phones.provided": "own"})

    assert charge(plan_of("tanzania"), "phones", "equipment")[0] > 0
    assert charge(plan, "phones", "equipment") == [0.0] * 5


def test_training_of_additional_people_is_initial_and_the_rest_recurs():
    """All training of a first year without anybody before is initial. Initial and other training make that of the ledger."""
    plan, ledger = plan_of("congo_dr"), ledger_of("congo_dr")
    table = annual_cost.annual_charges(plan, ledger)
    courses = ledger[(ledger["component"] == "capacity") & (ledger["kind"] == "recurrent")].groupby("year")["amount_real"].sum()
    paid, again = table.loc[("capacity", "training_paid")], table.loc[("capacity", "recurrent")]

    assert (paid + again).tolist() == pytest.approx(courses.tolist())
    assert table.loc[("capacity", "training_spread")].iloc[0] == pytest.approx(annuity(paid.iloc[0], 5, 0.03))


def test_the_initial_part_of_training_follows_growth():
    """Ten people before; two more in the second year while half of the ten are trained again: two of seven. Fewer people: none."""
    v = {
        "office_people": np.array([10, 12, 9]),
        "office_people_at_start": 10,
        "capacity.office.turnover": 0.1,
        "capacity.office.refresher": 0.4,
    }

    assert initial_share(v, "office").tolist() == pytest.approx([0, 2 / 7, 0])


@pytest.mark.parametrize("name", NAMES)
def test_running_cost_is_recurrent_cost_and_replacement(name):
    """Recurrent cost is that of the last year in the ledger; replacement comes on top of it."""
    plan, ledger = plan_of(name), ledger_of(name)
    table, h = annual_cost.running_cost(plan, ledger), summary.headline(plan, ledger)
    last = ledger[(ledger["year"] == 2031) & (ledger["kind"] == "recurrent")].groupby("component")["amount"].sum()

    assert table["recurrent"].sum() == pytest.approx(last.sum(), abs=1)
    assert (table["replacement"] >= 0).all()
    assert h["running_cost"] == pytest.approx(h["recurrent_after"] + table["replacement"].sum(), abs=1)


@pytest.mark.parametrize("name", NAMES)
def test_charges_of_some_years_are_those_of_the_whole_plan(name):
    """The last two years by themselves, as running cost takes the last one: the same charges to the digit."""
    plan, ledger = plan_of(name), ledger_of(name)
    whole = annual_cost.charges_by_kind(plan, ledger)
    some = annual_cost.charges_by_kind(plan, ledger, np.array([2030, 2031]))

    assert {key: row.tolist() for key, row in some.items()} == {key: row.tolist()[-2:] for key, row in whole.items()}


def test_contingency_for_equipment_follows_the_equipment():
    """Without contingency the charges of equipment are the same, and nothing is charged for its contingency."""
    bare = plan_of("tanzania").replace({"contingency.method": "none"})

    assert charge(bare, "phones", "equipment") == pytest.approx(charge(plan_of("tanzania"), "phones", "equipment"))
    assert charge(bare, "contingency", "equipment") == [0.0] * 5
    assert charge(plan_of("tanzania"), "contingency", "equipment")[0] > 0
