"""The state of an explorer, without any widget: what can be done with a what-if, and what it comes to."""

import csv
import io

import pytest

from imis_plan import budget, load
from imis_plan.analysis.summary import headline
from imis_plan.explore.results import FIGURES, outcome
from imis_plan.explore.state import ExplorerState, parse_value
from imis_plan.i18n import using_language
from imis_plan.model import simulated_cost
from imis_plan.model.memoize import RecentResults
from imis_plan.model.simulation import planned_simulation
from imis_plan.problems import BadInput


@pytest.fixture
def state(place):
    """An explorer of Nepal."""
    return ExplorerState("nepal", place)


def test_the_figures_are_those_of_the_report():
    """Left out are the sentences that explain each row, who pays it, its taxes, and whose plan it is; nothing else."""
    plan = load("nepal")
    ledger, found = budget(plan), outcome(plan)
    assert {*ledger.columns} - {*found.ledger.columns} == {"scenario", "option", "funder", "tax", "working"}
    shared = [name for name in ledger.columns if name in found.ledger.columns]
    assert found.ledger[shared].equals(ledger[shared])
    assert {name: found.figures[name] for name in FIGURES} == {name: headline(plan, ledger)[name] for name in FIGURES}


def test_a_lever_moves_the_plan_and_goes_back(state):
    """The base stays; back at its value a parameter is moved no longer."""
    base = state.base
    state.set_value("coverage.target", 0.35)
    assert state.changes == {"coverage.target": 0.35}
    assert state.current.figures["total"] > state.base.figures["total"]
    state.set_value("coverage.target", 0.28)
    assert (state.changes, state.base) == ({}, base)
    assert state.current.figures == base.figures


def test_no_lever_starts_a_simulation(place, monkeypatch):
    """Scenario and option are simulated once each, when they are chosen; whatever is moved keeps their shares of contingency."""
    names = []

    def noted(plan):
        names.append((plan.name, plan.option))
        return planned_simulation(plan)

    monkeypatch.setattr(simulated_cost, "known", RecentResults(simulated_cost.REMEMBERED))
    monkeypatch.setattr(simulated_cost, "planned_simulation", noted)
    state = ExplorerState("nepal", place)
    state.set_value("coverage.target", 0.35)
    state.set_value("coverage.target", 0.3)
    state.choose_option("cloud")
    state.set_value("claims.per_insured_year", 2.0)
    state.set_value("server.hosting", "ministry_room")
    state.reset()

    assert names == [("nepal", None), ("nepal", "cloud")]


def test_each_lever_and_all_of_them_can_be_reset(state):
    """One leaves the others where they are."""
    state.set_value("coverage.target", 0.35)
    state.set_value("claims.per_insured_year", 2.0)
    state.reset("coverage.target")
    assert state.changes == {"claims.per_insured_year": 2.0}
    state.reset()
    assert state.changes == {}


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("coverage.target", "2", "what-if: coverage.target = 2: above 1, give 0.0001 to 1"),
        ("coverage.target", "0,3", 'what-if: coverage.target = "0,3": not a number, give a number without quotes, separators or %'),
        ("coverage.target", "30%", 'what-if: coverage.target = "30%": not a number, give a number without quotes, separators or %'),
        ("coverage.target", "", 'what-if: coverage.target = "": no value, give a value'),
        ("coverage.target", "a: [", 'what-if: coverage.target = "a: [": no value, give a value'),
        ("printing.card_type", "gold", 'what-if: printing.card_type = "gold": not an allowed value, choose from laminated_paper, none, preprinted_qr, pvc'),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_in_the_words_of_the_check_and_changes_nothing(path, text, problem, state):
    """The state is as it was before."""
    state.set_value("claims.per_insured_year", 2.0)
    before = state.current
    with pytest.raises(BadInput) as caught:
        state.set_text(path, text)
    assert str(caught.value) == problem
    assert (state.current, state.changes) == (before, {"claims.per_insured_year": 2.0})


@pytest.mark.parametrize(("text", "value"), [("0.3", 0.3), ("7", 7), ("true", True), ("cloud", "cloud"), ("1e3", 1000.0)])
def test_an_entry_is_read_as_its_file_would_read_it(text, value):
    """Numbers, switches and words of YAML."""
    assert parse_value("x", text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("0,25", 0.25), ("0.25", 0.25), ("1 500", 1500), ("1,234", 1.234), ("cloud", "cloud")]
)
def test_a_number_may_have_the_decimal_mark_of_the_language(text, value):
    """A comma in French; the point of files is read as well."""
    with using_language("fr"):
        assert parse_value("x", text) == value


def test_an_option_is_laid_over_the_base_and_levers_over_the_option(state):
    """What was moved stays moved; what the option decides is the start from which one moves."""
    state.set_value("claims.per_insured_year", 2.0)
    state.choose_option("cloud")
    assert state.current.plan["server.hosting"] == "cloud"
    assert state.current.plan["claims.per_insured_year"] == 2.0
    assert state.base.plan["server.hosting"] == "government"
    state.set_value("server.hosting", "managed")
    state.reset("server.hosting")
    assert state.current.plan["server.hosting"] == "cloud"
    state.choose_option("")
    assert (state.current.plan["server.hosting"], state.changes) == ("government", {"claims.per_insured_year": 2.0})


def test_up_to_three_what_ifs_are_kept_and_taken_back(state):
    """With option and levers as they were."""
    state.choose_option("cloud")
    state.set_value("coverage.target", 0.35)
    state.take_snapshot("A")
    kept = state.current.figures["total"]
    state.choose_option("")
    state.reset()
    state.restore_snapshot("A")
    assert (state.option, state.changes, state.current.figures["total"]) == ("cloud", {"coverage.target": 0.35}, kept)


def test_another_scenario_begins_anew(state):
    """Its money is another, so nothing that was kept can stand beside it."""
    state.set_value("coverage.target", 0.35)
    state.take_snapshot("A")
    state.choose_scenario("zambia")
    assert (state.scenario, state.option, state.changes, state.snapshots) == ("zambia", "", {}, {})
    assert state.base.plan.about.currency == "ZMW"


def test_what_is_saved_and_exported_is_what_is_shown(state, place):
    """The saved scenario has the same total; so has the ledger, which explains its rows."""
    state.choose_option("cloud")
    state.set_value("coverage.target", 0.35)
    total = state.current.figures["total"]
    state.save(" nepal_cloud ", "the ministry asked")
    assert budget(load("nepal_cloud", parameters=place))["amount"].sum() == pytest.approx(total, abs=0.5)
    assert "nepal_cloud" in state.scenarios
    rows = list(csv.DictReader(io.StringIO(state.ledger_csv())))
    assert sum(float(row["amount"]) for row in rows) == pytest.approx(total, abs=0.5)
    assert all(row["working"] for row in rows)
