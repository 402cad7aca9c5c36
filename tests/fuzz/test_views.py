"""What a plan accepts can be shown: every view of a plan with other values has a result, or names a problem."""

import warnings
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from imis_plan.analysis.annual_cost import annualised
from imis_plan.analysis.comparison import compare
from imis_plan.analysis.costab import costs, project_costs
from imis_plan.analysis.decomposition import decompose
from imis_plan.analysis.options import alternatives
from imis_plan.analysis.outliers import outlier_message
from imis_plan.analysis.plausibility import plausibility
from imis_plan.analysis.posts import staffing
from imis_plan.analysis.summary import drivers, headline
from imis_plan.explore.levers import levers
from imis_plan.explore.results import outcome
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import simulate
from imis_plan.problems import BadInput
from imis_plan.workbook.write import workbook
from tests.fuzz.mutations import examples
from tests.model.plans import NAMES, plan_of

FAST = {
    "headline": headline,
    "annualised": annualised,
    "drivers": lambda plan, _table: drivers(plan),
    "staffing": lambda plan, _table: staffing(plan),
    "plausibility": plausibility,
    "simulation": lambda plan, _table: simulate(plan, 64),
    "comparison": lambda plan, _table: compare(plan, plan_of("nepal")),
    "decomposition": lambda plan, _table: decompose(plan, plan_of("nepal")),
    "check": lambda plan, _table: outlier_message(plan),
    "explorer": lambda plan, _table: outcome(plan),
    "accounts": lambda plan, table: project_costs(costs(plan, table)),
}
SLOW = {
    "workbook": workbook,
    "options": lambda plan, _table: alternatives(plan),
    "levers": lambda plan, _table: levers(plan),
}


def values_of(parameter):
    """Values that a parameter may well accept: its ends and round numbers, of its kind."""
    ends = [end for end in (parameter.min, parameter.max, parameter.low, parameter.high) if end is not None]
    number = st.sampled_from([0, 1, 0.5, 2, 10, 1000, 10**6, 10**9, 10**15, *ends])
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    if parameter.unit == "month-day":
        return st.sampled_from(["01-01", "04-01", "07-16"])
    if parameter.kind == "flag":
        return st.booleans()
    if parameter.kind == "history":
        return st.dictionaries(st.integers(2005, 2030), number, min_size=1, max_size=20)
    several = st.lists(number, min_size=15, max_size=15)
    return several if parameter.kind == "table" else st.one_of(number, several) if parameter.kind == "path" else number


@st.composite
def accepted(draw):
    """A real plan with one to three other values, and its ledger; None where they are refused."""
    plan = plan_of(draw(st.sampled_from(NAMES)))
    paths = draw(st.lists(st.sampled_from(list(plan.parameters)), min_size=1, max_size=3, unique=True))
    changes = {path: draw(values_of(plan.parameters[path])) for path in paths}
    with suppress(BadInput):
        plan = plan.replace(changes)
        return plan, budget(plan)
    return None


def show(plan_and_ledger, views):
    """Every view of a plan; one that names a problem is as good as a result."""
    if plan_and_ledger is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for view in views.values():
            with suppress(BadInput):
                view(*plan_and_ledger)


@examples(4, 0.3)
@given(case=accepted())
def test_every_view_of_an_accepted_plan(case):
    """Tables, simulation, comparison and explorer."""
    show(case, FAST)


@pytest.mark.slow
@examples(1, 0.02)
@given(case=accepted())
def test_every_slow_view_of_an_accepted_plan(case):
    """Workbook, options and levers."""
    show(case, SLOW)
