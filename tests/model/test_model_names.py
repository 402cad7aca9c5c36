"""Scenario files are checked without the model; the names that they may use are those of the model."""

from imis_plan.model.components import COMPONENTS
from imis_plan.model.drivers import DRIVERS
from imis_plan.scenario.model_names import MODEL_NAMES


def test_scenario_files_may_use_every_driver_of_the_model_and_no_other():
    """A new driver is added to both lists."""
    assert frozenset(DRIVERS) == MODEL_NAMES.drivers


def test_scenario_files_may_use_every_component_of_the_model_in_its_order():
    """A message that lists the components lists them all."""
    assert MODEL_NAMES.components == COMPONENTS
