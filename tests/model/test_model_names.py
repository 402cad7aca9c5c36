"""Scenario files are checked without the model; the names that they may use are those of the model."""

import inspect

import numpy as np

from imis_plan.model.components import COMPONENTS
from imis_plan.model.drivers import DRIVERS
from imis_plan.model.evaluate import driver_formulas, evaluate_plan
from imis_plan.model.sizing import ADMINISTRATION
from imis_plan.scenario.driver_units import DRIVER_UNITS, SINGLE
from imis_plan.scenario.model_names import MODEL_NAMES
from tests.model.plans import plan_of


def test_scenario_files_may_use_every_driver_of_the_model_and_no_other():
    """A new driver is added to both lists."""
    assert frozenset(DRIVERS | ADMINISTRATION) == MODEL_NAMES.drivers


def test_scenario_files_may_use_every_component_of_the_model_in_its_order():
    """A message that lists the components lists them all."""
    assert MODEL_NAMES.components == COMPONENTS


def test_lines_of_scenario_files_may_use_every_driver_that_belongs_to_no_role_and_no_level():
    """With the units of their docstrings, and marked where they have one value for all years."""
    formulas = {name: formula for name, formula in driver_formulas(()).items() if "." not in name}
    texts = {name: inspect.getdoc(getattr(formula, "func", formula)) or "" for name, formula in formulas.items()}
    units = {name: text.split("\n")[0].rpartition("[")[2].rstrip("]") for name, text in texts.items()}
    values = evaluate_plan(plan_of("nepal")).values

    assert units == DRIVER_UNITS
    assert {name for name in DRIVER_UNITS if np.ndim(values[name]) == 0} == SINGLE
