"""Tables and pages of a report are made in two processes: the second takes the simulations of the first, and no others."""

import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest

from imis_plan.analysis.options import alternatives, simulate_with_options
from imis_plan.model import simulation, simulation_store
from imis_plan.model.simulation import planned_simulation
from imis_plan.scenario.folder import SIMULATIONS
from tests.model.plans import plan_of

FEW = {"uncertainty.draws": 1000}


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The folder that two processes have in common, from which this one reads."""
    monkeypatch.setenv(SIMULATIONS, str(tmp_path))
    return tmp_path


def kept_by_another_process(plan, store):
    """What the process of the tables does."""
    with simulation_store.writing_to(store):
        return planned_simulation(plan)


def test_a_kept_simulation_is_the_same_as_a_new_one(store):
    """To the last bit, with its point estimate, years and parameters."""
    plan = plan_of("borsa").replace(FEW)
    kept_by_another_process(plan, store)
    again = plan_of("borsa").replace(FEW)
    found, new = simulation.stored_simulation(again), simulation.simulate(again, 1000, design="latin")

    assert found is not None
    for name in ("capital", "recurrent", "point_capital", "point_recurrent"):
        assert np.array_equal(getattr(found, name), getattr(new, name))
    assert (found.plan, found.seed, found.years, found.parameters) == (again, new.seed, new.years, new.parameters)


@pytest.mark.parametrize("change", [{"population.total": 123_456}, {"uncertainty.seed": 7}, {"uncertainty.draws": 1001}])
def test_another_plan_has_a_simulation_of_its_own(store, change):
    """A value, a seed or a number of draws: nothing that depends on it is taken."""
    plan = plan_of("borsa").replace(FEW)
    kept_by_another_process(plan, store)

    assert simulation.stored_simulation(plan.replace(change)) is None


def test_nothing_is_kept_unless_a_folder_asks_for_it(store):
    """A notebook of somebody's own reads and writes nothing."""
    planned_simulation(plan_of("borsa").replace(FEW))

    assert list(store.iterdir()) == []


def test_a_simulation_in_progress_is_waited_for(store, monkeypatch):
    """The explorer needs it before the command has finished; the file that says so is removed after it, also where it fails."""
    plan = plan_of("borsa").replace(FEW)
    made = simulation.simulate(plan, 1000, design="latin")

    def meanwhile(_seconds):
        simulation_store.write(plan, made.capital, made.recurrent)
        marker.unlink()

    monkeypatch.setattr(simulation_store, "sleep", meanwhile)
    with suppress(ZeroDivisionError), simulation_store.writing_to(store), simulation_store.in_progress(plan):
        (marker,) = store.iterdir()
        assert simulation.stored_simulation(plan) is not None
        raise ZeroDivisionError
    assert marker not in [*store.iterdir()]


def test_a_simulation_in_progress_that_does_not_come_is_not_waited_for_longer(store, monkeypatch):
    """It takes longer than the limit: this process simulates the plan itself."""
    plan = plan_of("borsa").replace(FEW)
    monkeypatch.setattr(simulation_store, "WAIT_SECONDS", 0.05)
    with simulation_store.writing_to(store), simulation_store.in_progress(plan):
        assert simulation.stored_simulation(plan) is None


def test_a_simulation_whose_process_was_killed_is_not_waited_for(store, monkeypatch):
    """Its file stays, but its process id is that of nobody."""
    plan = plan_of("borsa").replace(FEW)
    monkeypatch.setattr(simulation_store, "sleep", None)
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    file = simulation_store.file_of(store, plan).with_suffix(simulation_store.IN_PROGRESS)
    file.write_text(ended.stdout.strip(), encoding="ascii")
    assert simulation.stored_simulation(plan) is None
    assert file.exists()


def test_options_need_no_simulation_after_the_tables(store, monkeypatch):
    """The base and every option are there, and the options come out the same."""
    plan = plan_of("borsa").replace(FEW)
    expected = alternatives(plan)
    with simulation_store.writing_to(store):
        simulate_with_options(plan)
    monkeypatch.setattr(simulation, "simulate_variants", None)
    found = alternatives(plan)

    assert len(list(store.iterdir())) == 1 + len(plan.options)
    assert {name: case.figures for name, case in found.cases.items()} == {
        name: case.figures for name, case in expected.cases.items()
    }
    assert np.array_equal(found.simulation.total, expected.simulation.total)
