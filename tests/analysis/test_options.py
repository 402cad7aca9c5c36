"""Options beside the base: each is the scenario that `load` would give, and what moves is read from the ledgers."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis.options import BASE, alternatives, largest_moves, moved_components, moved_lines, options, variant
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import planned_simulation
from imis_plan.scenario.plan import load
from imis_plan.scenario.scenario_sections import Option
from imis_plan.sections import amounts
from imis_plan.sections.options import figures as options_figures, tables as options_tables, text as options_text
from imis_plan.sections.options.text import break_even_price
from tests.model.plans import FOLDER, alternatives_of, ledger_of, plan_of

FULL = ("nepal", "tanzania", "malawi", "cameroon")
OPTIONS = [(name, option) for name in FULL for option in plan_of(name).options]

# Where no test looks at what is simulated.
FEW_DRAWS = {"uncertainty.draws": 100}


def small_ledger(*rows):
    """A ledger of (component, line, level, amount)."""
    return pd.DataFrame(
        [(component, line, level, line.title(), f"{component}.{line}", amount) for component, line, level, amount in rows],
        columns=["component", "line", "role_or_level", "label", "price_path", "amount"],
    )


def broken(plan):
    """The plan with one more option, which changes a parameter that does not exist."""
    wrong = Option(title="Wrong", description="It names no parameter.", changes={"server.hostng": "cloud"})
    return dataclasses.replace(plan, options={**plan.options, "wrong": wrong})


@pytest.mark.parametrize("name", FULL)
def test_every_full_scenario_has_four_options_that_can_be_computed(name):
    """Four kinds of decision at least."""
    assert len(alternatives_of(name).cases) >= 4
    assert alternatives_of(name).problems == {}


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_an_option_is_what_loading_it_gives(name, option):
    """The file is not read again, and the ledger is the same to the cent."""
    loaded = budget(load(name, option=option, parameters=FOLDER))
    case = alternatives_of(name).cases[option]

    pd.testing.assert_frame_equal(case.ledger, loaded[[*case.ledger.columns]])


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_an_option_moves_lines_and_they_make_the_difference(name, option):
    """Lines and components both add up to the difference of the totals."""
    base, case = alternatives_of(name).base, alternatives_of(name).cases[option]
    difference = case.ledger["amount"].sum() - base.ledger["amount"].sum()
    lines = moved_lines(base.ledger, case.ledger)

    assert len(lines) > 0
    assert lines["difference"].sum() == pytest.approx(difference, abs=0.5)
    assert moved_components(base.ledger, case.ledger)["difference"].sum() == pytest.approx(difference, abs=0.01)
    assert options(alternatives_of(name)).loc[option, "difference"] == pytest.approx(difference)


# Scenario, option, component, and which way it moves.
MOVES = {
    "phones for assistants are bought": ("nepal", "phones_for_assistants", "phones", 1),
    "and fewer clerks key forms": ("nepal", "phones_for_assistants", "staff", -1),
    "and fewer forms are printed": ("nepal", "phones_for_assistants", "printing", -1),
    "the costlier card is printed": ("nepal", "plastic_cards", "printing", 1),
    "no card is printed": ("nepal", "no_new_cards", "printing", -1),
    "own developers are staff": ("tanzania", "own_developers", "staff", 1),
    "and not a contract": ("tanzania", "own_developers", "software", -1),
    "free software has no licences": ("tanzania", "postgresql_linux", "server", -1),
    "own phones are not bought": ("tanzania", "own_phones", "phones", -1),
    "clerks key what facilities do not": ("malawi", "paper_first", "staff", 1),
    "and need fewer phones": ("malawi", "paper_first", "phones", -1),
    "solar kits are beyond the list": ("malawi", "solar_for_facilities", "other", 1),
    "what is imported gets costlier": ("malawi", "devaluation", "phones", 1),
    "a service has a fee": ("cameroon", "managed_service", "server", 1),
    "fees come with payments": ("cameroon", "phase_2", "mobile_money", 1),
    "a later start prints later": ("cameroon", "two_year_delay", "printing", -1),
}


@pytest.mark.parametrize(("name", "option", "component", "sign"), MOVES.values(), ids=MOVES)
def test_an_option_moves_what_it_should(name, option, component, sign):
    """Each decision is felt where it belongs."""
    change = moved_components(alternatives_of(name).base.ledger, alternatives_of(name).cases[option].ledger).loc[
        component, "difference"
    ]
    assert change * sign > 0


def test_the_table_has_the_base_first_and_every_option():
    """The base differs from itself by nothing, and in it each insured costs what the whole does."""
    table = options(plan_of("nepal"))

    assert list(table.index) == [BASE, *plan_of("nepal").options]
    assert table.loc[BASE, "total"] == pytest.approx(ledger_of("nepal")["amount"].sum())
    assert table.loc[BASE, ["difference", "difference_share"]].tolist() == [0, 0]
    assert table.loc[BASE, "per_insured_year"] == pytest.approx(table.loc[BASE, "total"] / table.loc[BASE, "insured_years"])
    assert set(table["problem"]) == {""}


def test_lines_that_move_are_listed_by_how_far():
    """A line of one ledger only costs nothing in the other; what stays is not in the list."""
    base = small_ledger(("server", "machines", "own", 15), ("server", "rent", "", 2), ("staff", "pay", "clerk", 7))
    after = small_ledger(("server", "rent", "", 5), ("staff", "pay", "clerk", 7), ("contingency", "physical", "server", 1))
    table = moved_lines(base, after)

    assert table.drop(columns=["role_or_level", "label", "price_path"]).to_numpy().tolist() == [
        ["server", "machines", 15, 0, -15],
        ["server", "rent", 2, 5, 3],
        ["contingency", "physical", 0, 1, 1],
    ]
    assert list(largest_moves(table, 2)["line"]) == ["machines", "rent"]
    assert moved_components(base, after)["difference"].to_dict() == {"server": 3 - 15, "staff": 0, "contingency": 1}


def test_what_ifs_stay_in_the_base_and_in_every_option():
    """A later layer wins: a what-if holds even against an option that says otherwise."""
    plan = plan_of("nepal").replace({"coverage.target": 0.25, "server.hosting": "managed", **FEW_DRAWS})
    cases = alternatives(plan)

    assert cases.base.plan["coverage.target"] == 0.25
    assert {case.plan["coverage.target"] for case in cases.cases.values()} == {0.25}
    assert cases.cases["cloud"].plan["server.hosting"] == "managed"
    assert cases.cases["cloud"].plan.parameters["server.hosting"].layer == "what-if"


def test_a_plan_with_an_option_is_held_against_the_scenario_without_it(monkeypatch):
    """The base is the same whichever option the report is made for, and whatever the environment asks for."""
    monkeypatch.setenv("IMIS_PLAN_OPTION", "plastic_cards")
    plan = load("nepal", option="cloud", parameters=FOLDER, changes={"coverage.target": 0.25, **FEW_DRAWS})
    base = alternatives(plan).base.plan

    assert (base.option, base["server.hosting"], base["coverage.target"]) == (None, "government", 0.25)


def test_an_option_that_cannot_be_loaded_is_named_with_the_reason():
    """The others are computed all the same, and table, text and figure say what is missing."""
    cases = alternatives(broken(plan_of("nepal")))
    reason = "parameters/nepal.yaml: options.wrong.changes.server.hostng: no such parameter, did you mean server.hosting?"

    assert cases.problems == {"wrong": reason}
    assert options(cases).loc["wrong", "problem"] == reason
    assert options(cases)["total"].isna().sum() == 1
    assert "**Wrong**: could not be computed: parameters/nepal" in options_text.each_option(cases)
    assert options_tables.options(cases)["notes"][-1] == f"Wrong: could not be computed: {reason}"
    assert "Wrong" not in options_figures.options(cases).alt


def test_an_option_is_not_lost_where_the_file_is_gone():
    """A plan with an option cannot show its base without its file: it stands alone, with the reason at every option."""
    plan = dataclasses.replace(load("nepal", option="cloud", parameters=FOLDER), name="elsewhere")
    cases = alternatives(plan)

    assert cases.base.plan is plan
    assert set(cases.problems) == set(plan.options)
    assert "elsewhere.yaml: no such scenario" in cases.problems["cloud"]
    assert options_text.each_option(cases).count("could not be computed") == len(plan.options)


def test_a_draft_without_a_file_in_the_folder_has_its_options():
    """They are in the plan itself."""
    draft = dataclasses.replace(plan_of("nepal"), name="draft")
    assert variant(draft, "cloud")["server.hosting"] == "cloud"


def test_a_scenario_without_options_says_so():
    """And how to add one."""
    plan = dataclasses.replace(plan_of("nepal"), options={})
    assert options_text.each_option(alternatives(plan)).startswith("The scenario has no options.")


@pytest.mark.parametrize("name", FULL)
def test_every_option_is_told(name):
    """What it is, what it costs, because of what: no gap in any sentence."""
    cases = alternatives_of(name)
    text = options_text.each_option(cases)

    assert text.count("\n- **") == len(cases.cases)
    assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b", text), text
    for option, row in options(cases).drop(index=BASE).iterrows():
        line = options_text.one_option(cases, options(cases), option)
        assert (" more over the plan" in line) == (row["difference"] > 0)
        assert ", because “" in line


def test_the_reason_names_what_makes_the_difference_then_what_works_against_it():
    """Cloud is costlier because its storage and machines come in, though those of the data centre fall away."""
    line = options_text.one_option(alternatives_of("nepal"), options(alternatives_of("nepal")), "cloud")
    assert re.search(
        r"because “Storage and backup: cloud” is added .* while “Storage and backup: government data centre” is removed", line
    )
    assert line.endswith("No equipment is bought, and capacity follows need.")


def test_a_delay_is_not_told_as_a_saving_alone():
    """It serves fewer people, and each of them costs something else."""
    line = options_text.one_option(alternatives_of("malawi"), options(alternatives_of("malawi")), "two_year_delay")
    assert "fewer insured people over the plan; the cost per insured person per year is" in line
    assert "The saving is only a postponed cost" in line


@pytest.mark.parametrize(
    ("part", "text"),
    [(0.0, "0%"), (0.0063, "+0.6%"), (-0.0063, "−0.6%"), (0.42, "+42%"), (-0.0001, "<0.1%")],
)
def test_shares_carry_their_sign(part, text):
    """With a decimal only where it tells something."""
    assert amounts.signed_share(part) == text


@pytest.mark.parametrize("name", FULL)
def test_tables_and_figure_hold_the_same_differences(name):
    """The figure's parts and the table's columns add up to the difference of each option."""
    cases = alternatives_of(name)
    difference = options(cases)["difference"].drop(BASE)
    shown = options_figures.options(cases)
    table = options_tables.changes_by_component(cases)["frame"]

    assert shown.caption in shown.alt
    assert shown.alt.count("%)") == len(difference)
    assert list(table.loc["Total"] / table.loc["Total"].iloc[0]) == pytest.approx(list(difference / difference.iloc[0]))
    for option in cases.cases:
        assert len(options_tables.largest_changes(cases, option)["frame"]) <= 10


def test_a_turning_point_is_where_the_ledgers_meet():
    """At the price that the sentence names, option and base cost the same."""
    base, other = load("nepal"), load("nepal", "cloud")
    moved = moved_lines(budget(base), budget(other))
    text = break_even_price(base, other, moved)
    found = re.search(r"is ([\d.]+) USD/GB/month", text)
    assert found
    value = float(found[1])
    totals = [
        budget(plan.replace({"server.cloud.storage": value, "contingency.method": "none"}))["amount"].sum()
        for plan in (base, other)
    ]

    assert totals[0] == pytest.approx(totals[1], rel=1e-4)  # three digits of a price that makes 1 % of the cost


@pytest.mark.parametrize("option", [None, "cloud"])
def test_the_simulation_of_the_plan_at_hand_comes_along(monkeypatch, option):
    """It is what the plan alone would give, to the last bit, and nothing is drawn for it again."""
    plan = load("nepal", option=option, parameters=FOLDER)
    alone = planned_simulation(plan)
    monkeypatch.setattr("imis_plan.analysis.options.planned_simulation", None)
    simulation = alternatives(plan).simulation

    assert simulation.plan is plan
    assert np.array_equal(simulation.by_year, alone.by_year)


def test_a_plan_that_its_file_no_longer_gives_is_simulated_by_itself():
    """Its base is read again, and the option may have become another one since the plan was loaded."""
    loaded = load("nepal", option="cloud", parameters=FOLDER, changes=FEW_DRAWS)
    parameter = loaded.parameters["coverage.target"]
    plan = dataclasses.replace(
        loaded, parameters={**loaded.parameters, parameter.path: dataclasses.replace(parameter, value=0.25)}
    )

    assert np.array_equal(alternatives(plan).simulation.total, planned_simulation(plan).total)
