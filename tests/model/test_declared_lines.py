"""A line declared in YAML behaves as one in code: on numbers, on draws and on the cells of a workbook."""

import pickle
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from imis_plan.analysis import costab
from imis_plan.i18n import translate
from imis_plan.i18n.localized_ledger import localize_ledger
from imis_plan.model.evaluate import evaluate, evaluate_plan, inputs
from imis_plan.model.expression import evaluate_expression
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import simulate
from imis_plan.scenario.expression import Call, Name, Number, Operation
from imis_plan.scenario.line_attributes import line_catalogue
from imis_plan.scenario.plan import Plan, scenario_of
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.scenario.yaml_file import parse
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.tracing import trace_model
from tests.model.plans import FOLDER, plan_of
from tests.model.test_properties import FAST, ranged

# Lines of the model, declared again in YAML: component, line, and the declaration of its twin.
TWINS = {
    ("office_running", "rent"): "kind: recurrent, unit: office-month, quantity: office_months * office_running.share_charged, price: office_running.rent",
    ("office_running", "transport"): "kind: recurrent, unit: km, quantity: office_months * office_running.share_charged * office_running.transport_km, price: office_running.transport_price",
    ("printing", "claim_forms"): "kind: recurrent, unit: page, quantity: paper_claims * printing.pages_per_claim * (1 + printing.spoiled), price: printing.page",
    ("office_it", "printers"): "kind: capital, market: world, unit: printer, in_use: offices * office_it.printers.per_office, price: office_it.printers.price, life: office_it.printers.life, loss: office_it.printers.loss",
    ("office_it", "upkeep"): "kind: recurrent, market: world, unit: workstation, quantity: workplaces * office_it.workstations.per_user * office_it.upkeep_share, price: office_it.workstations.price",
}  # fmt: skip
# Who pays each twin, and by a funding rule the line of the model.
PAYER = "Scheme contributions"
# What a line in YAML begins without: equipment from before the first year.
NOTHING_OWNED = {"office_it.printers.at_start": 0, "office_it.printers.age_at_start": 0}
COMPARED = ["year", "quantity", "quantity_unit", "unit_price", "price_currency", "price_index", "exchange_rate", "amount", "amount_usd", "amount_real", "tax", "funder", "life", "kind", "tradable", "confidence", "quantity_confidence", "source"]  # fmt: skip


def declared(text: str, base: str = "nepal") -> Plan:
    """A scenario with more lines in its file."""
    return scenario_of(parse(f"based_on: {base}\n{text}", FOLDER / "own.yaml"), FOLDER)[0]


@cache
def with_twins() -> Plan:
    """Nepal with a twin of each of these lines."""
    kind = line_catalogue().tax_kind
    lines = [
        f'  twin_{line}: {{component: {component}, label: Twin, code: "22", payment: monthly, tax: {kind(component, line)}, funder: {PAYER}, {text}}}'
        for (component, line), text in TWINS.items()
    ]
    plan = declared("lines:\n" + "\n".join(lines) + "\n").replace(NOTHING_OWNED)
    rule = FundingRule(funder=PAYER, components="all", lines=tuple(line for _, line in TWINS), share=1, years="all")
    return replace(plan, funding=(rule, *plan.funding))


PARAMETERS = ranged(plan_of("nepal"))


@st.composite
def changes(draw):
    """Some parameters elsewhere between low and high."""
    chosen = draw(st.lists(st.sampled_from(PARAMETERS), max_size=12, unique_by=lambda parameter: parameter.path))
    units = plan_of("nepal").rules.units
    values = {
        each.path: draw(
            st.integers(int(np.ceil(each.low)), int(each.high))
            if each.integer or units.is_whole(each.unit)
            else st.floats(each.low, each.high)
        )
        for each in chosen
    }
    return {path: value for path, value in values.items() if path not in NOTHING_OWNED}


@settings(FAST, max_examples=25)
@given(changed=changes(), prices=st.sampled_from(["excluded", "included"]))
def test_a_line_in_yaml_costs_what_its_twin_in_code_costs(changed, prices):
    """Every number of its rows, the taxes on them and who pays, whatever the parameters; agents may become fewer."""
    ledger = budget(with_twins().replace({"coverage.shrinks": True, "taxes.prices": prices, **changed}))

    for component, line in TWINS:
        rows = [ledger[(ledger["component"] == component) & (ledger["line"] == name)] for name in (line, f"twin_{line}")]
        one, other = (each[COMPARED].reset_index(drop=True) for each in rows)
        # Text for text: a twin has the same price, and its quantity the same inputs, but for equipment that was there before.
        ignored = ["quantity_confidence"] if line == "printers" else []
        assert one.drop(columns=ignored).equals(other.drop(columns=ignored)), line


def test_it_is_drawn_in_the_simulation_as_its_twin_is():
    """The same quantities in every draw."""
    plan = with_twins()
    values = inputs(plan) | {
        "office_running.transport_km": np.array([40.0, 50.0, 60.0]),
        "office_it.printers.loss": np.array([0.0, 0.1, 0.2]),
    }
    values["t"] = values["t"][:, None]
    values = {
        name: x[:, None] if name != "t" and isinstance(x, np.ndarray) and len(x) == plan["time.horizon"] else x
        for name, x in values.items()
    }
    found = {entry.line.line: entry.line.quantity for entry in evaluate(values, plan.roles).lines}

    for line in ("transport", "printers"):
        assert np.shape(found[line]) == (plan["time.horizon"], 3)
        assert np.array_equal(found[line], found[f"twin_{line}"])


def test_its_own_range_makes_the_cost_uncertain():
    """A parameter that it declares is drawn."""
    text = 'lines:\n  audit_room: {component: other, label: Audit room, kind: recurrent, unit: office-month, code: "22", payment: monthly, quantity: rooms * months, price: office_running.rent, rooms: {value: 50, low: 10, high: 400, unit: office, source: "assumption: a guess", confidence: assumed, description: Rooms}}\n'  # fmt: skip
    plan = declared(text)
    drawn = simulate(plan, 400)

    assert "lines.audit_room.rooms" in {parameter.path for parameter in drawn.parameters}
    assert drawn.total.std() > simulate(plan_of("nepal"), 400).total.std()
    assert drawn.point == pytest.approx(evaluate_point(plan))


def evaluate_point(plan):
    """The base cost of a plan. [LCU]"""
    ledger = budget(plan)
    return ledger.loc[ledger["component"] != "contingency", "amount"].sum()


def test_in_the_workbook_it_is_a_formula_with_the_same_value():
    """Each year of each twin: cells come to what numbers come to, and name the parameters."""
    plan = with_twins()
    traced = trace_model(starting_point(plan))
    numbers = {entry.line.line: entry.line.quantity for entry in evaluate_plan(plan).lines}
    for entry in traced.lines:
        if entry.line.line.startswith("twin_"):
            assert np.asarray(entry.line.quantity.value, dtype=float) == pytest.approx(numbers[entry.line.line], rel=1e-12)
    (km,) = [entry.line for entry in traced.lines if entry.line.line == "twin_transport"]
    assert "office_running.transport_km" in km.quantity.terms[0].text


LEAVES = st.sampled_from([Number(0), Number(1), Name("a"), Name("b"), Name("s"), Name("months")])
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(Operation, st.sampled_from("+-*/"), parts, parts),
        st.builds(lambda name, x, y: Call(name, (x, y)), st.sampled_from(["min", "max"]), parts, parts),
        st.builds(lambda x: Call("ceil", (x,)), parts),
    ),
    max_leaves=8,
)


@settings(FAST, max_examples=150)
@given(tree=TREES)
def test_an_expression_comes_to_the_same_on_numbers_and_on_draws(tree):
    """Draw by draw; what is divided by nothing is nothing, and no result is infinite."""
    draws = {"a": np.array([0.0, 2.0, 7.5]), "b": np.array([3.0, 0.0, 0.1]), "s": np.array([[1.0], [4.0]])}
    every = np.broadcast_to(evaluate_expression(tree, draws), (2, 3))

    for i in range(3):
        one = np.broadcast_to(evaluate_expression(tree, {"a": draws["a"][i], "b": draws["b"][i], "s": draws["s"][:, 0]}), (2,))
        assert np.array_equal(every[:, i], one)
    assert np.isfinite(every).all()


def test_a_quantity_without_a_driver_is_the_same_in_every_year():
    """One contract a year, in as many years as the plan has."""
    text = 'lines:\n  escrow: {component: other, label: Escrow of the source code, kind: recurrent, unit: contract, code: "22", payment: monthly, quantity: contracts, price: sms.gateway_rights, contracts: {value: 2, unit: contract, source: Offer of 2026, confidence: C, description: Contracts}}\n'  # fmt: skip
    rows = budget(declared(text)).query("line == 'escrow'")

    assert rows["quantity"].tolist() == [2] * 5
    assert set(rows["driver"]) == {"once"}


def test_its_name_and_its_calculation_follow_the_language_of_the_report():
    """Given by language in the file; the other texts are translated as ever."""
    text = 'lines:\n  fuel: {component: office_running, label: {en: Fuel, fr: Carburant}, kind: recurrent, unit: office-month, code: "22", payment: monthly, quantity: offices * months, price: office_running.rent, working: {en: "{offices} offices x {months} months", fr: "{offices} bureaux x {months} mois"}}\n'  # fmt: skip
    plan = pickle.loads(pickle.dumps(declared(text)))  # noqa: S301  # as a kernel gets it
    with translate.using_language("fr"):
        row = localize_ledger(budget(plan)).query("line == 'fuel'").iloc[0]

    assert row["label"] == "Carburant"
    assert row["working"].startswith("77 bureaux x 12 mois = 924 x")
    assert budget(plan).query("line == 'fuel'").iloc[0]["label"] == "Fuel"


def test_lenders_categories_follow_the_economic_class_unless_given():
    """Assets are goods, all else is operating cost; a line says if it is otherwise."""
    text = 'lines:\n  advice: {component: printing, label: Advice, kind: capital, unit: page, code: "22", payment: monthly, quantity: claims * per_claim, price: printing.page, per_claim: {value: 1, unit: page/claim, source: Offer of 2026, confidence: C, description: Pages}CATEGORY}\n'  # fmt: skip
    plain, given_ = (declared(text.replace("CATEGORY", more)) for more in ("", ", category: consultants"))

    assert costab.category(plain, "printing", "advice", "", "capital") == "operating"
    assert costab.category(given_, "printing", "advice", "", "capital") == "consultants"
    assert costab.costs(given_, budget(given_))["total"].sum() == pytest.approx(budget(given_)["amount"].sum())
