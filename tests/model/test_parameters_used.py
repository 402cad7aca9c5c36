"""Every parameter moves something, and every name that a formula reads is a parameter."""

from functools import cache
from typing import Any

import pytest

from imis_plan.model.evaluate import driver_formulas, evaluate, inputs
from tests.model.plans import NAMES, plan_of, total

# Decisions under which other parameters come into play.
DECISIONS: tuple[dict[str, Any], ...] = (
    {},
    {"money.exchange_path": "given", "money.exchange_rate_path": [9000] * 15},
    {"contingency.price_margin": 0.01},
    {"server.hosting": "ministry_room"},
    {"coverage.shape": "given", "coverage.shrinks": True},
    {"agents.basis": "given"},
)
# Read by what comes after the ledger: views, simulation; or before it: limits of other parameters.
BEYOND_THE_LEDGER = ("money.discount_rate", "uncertainty.", "coverage.shrinks", "cash.", "other.indirect_cost")
# Read for prices, by contingency or for taxes: these bear on amounts, not on the quantity of a line.
OF_AMOUNTS = ("money.", "contingency.", "taxes.", "time.fiscal_year_start")
# A driver rests on it that no line uses: the national team is trained by consultants, whose number costs nothing, only their days.
IDLE = {"capacity.national.sessions_per_trainer"}


@cache
def behind_lines():
    """Paths behind the quantity, price or life of any line, in any scenario, under any of the decisions."""
    used: set[str] = set()
    for name in NAMES:
        for changes in DECISIONS:
            plan = plan_of(name).replace(changes)
            for _, line, basis in evaluate(inputs(plan), plan.roles).lines:
                used |= basis | {line.price, line.life} - {""}
    return used


def test_every_parameter_is_used():
    """A parameter that nothing reads would be asked of every country in vain."""
    parameters = {path for name in NAMES for path in plan_of(name).parameters}
    dead = {path for path in parameters - behind_lines() if not path.startswith((*BEYOND_THE_LEDGER, *OF_AMOUNTS))}

    assert dead == IDLE


OLD_HANDSET = {"phones.handset": {"value": 150, "unit": "USD/phone", "price_year": 2020}}
RUPEE_HANDSET = {"phones.handset": {"value": 12000, "unit": "INR/phone", "price_year": 2024}}
LINES = {"contingency.method": "lines"}
EURO_HANDSET = {"phones.handset": {"value": 140, "unit": "EUR/phone", "price_year": 2024}}
PEGGED_TO_EURO = {"money.exchange_path": "pegged", "money.anchor": "EUR", "money.parity": 3000}
# Parameter, another value than Tanzania's, what else is changed, and whether the budget is costlier with the other.
OF_AMOUNTS_CASES = [
    ("money.planning_rate", 2000, {}, False),  # a stronger shilling
    ("money.planning_rate_year", 2025, {}, True),  # a year more of difference in inflation
    ("money.home_inflation", dict.fromkeys(range(2010, 2025), 0.2), {}, True),  # pay and allowances of 2022 are brought forward
    ("money.foreign_inflation", dict.fromkeys(range(2009, 2025), 0.2), OLD_HANDSET, True),
    ("money.home_inflation_forward", 0.2, {}, True),
    ("money.foreign_inflation_forward", 0.2, {}, True),  # from the price year to that of the planning rate
    ("money.exchange_rates", dict.fromkeys(range(2020, 2027), 3000), {}, True),  # home prices quoted in dollars
    ("money.exchange_path", "constant", {}, False),  # the shilling does not lose
    ("money.exchange_rate_path", [9000] * 15, {"money.exchange_path": "given", "money.exchange_rate_path": [2600] * 15}, True),
    ("money.usd_per_eur", {2024: 2.0}, EURO_HANDSET, True),
    ("money.euro_inflation", dict.fromkeys(range(2010, 2027), 0.2), EURO_HANDSET, True),  # up to the last known rate
    ("money.euro_inflation_forward", 0.2, PEGGED_TO_EURO, True),  # the shilling falls with the euro
    ("money.usd_per_inr", {2024: 0.02}, RUPEE_HANDSET, True),
    ("money.india_inflation", dict.fromkeys(range(2010, 2027), 0.2), RUPEE_HANDSET, True),
    ("money.india_inflation_forward", 0.2, RUPEE_HANDSET, True),
    ("money.exchange_path", "pegged", {"money.anchor": "EUR", "money.parity": 3000}, False),  # the shilling does not lose
    ("money.parity", 2850, PEGGED_TO_EURO | EURO_HANDSET, False),  # a cheaper euro
    ("money.pay_rises", {2026: 0.5}, {}, True),
    ("money.pay_growth", 0.05, {}, True),
    ("contingency.method", "none", {}, False),
    ("contingency.method", "percentile", {}, True),
    ("contingency.percentile", 0.9, {"contingency.method": "percentile"}, True),
    ("contingency.factors", "plan", {"coverage.target": 0.06}, True),  # with more people, what is uncertain weighs more
    ("contingency.price_margin", 0.05, LINES, True),
    ("contingency.physical.staff", 0.5, LINES, True),
]


@pytest.mark.parametrize(("path", "value", "other", "costlier"), OF_AMOUNTS_CASES)
def test_what_bears_on_amounts_moves_them(path, value, other, costlier):
    """Rates, paths and margins change no quantity and yet the budget."""
    plan = plan_of("tanzania").replace(other)
    before, after = total(plan), total(plan.replace({path: value}))

    assert (after > before * 1.0001) if costlier else (after < before * 0.9999)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_that_is_read_is_a_parameter_or_a_driver(name):
    """A formula that asked for anything else would rest on nothing."""
    plan = plan_of(name)
    known = set(plan.parameters) | {"t", "about.currency"}
    found = evaluate(inputs(plan), plan.roles)
    behind = frozenset().union(
        *(found.values.dependencies(driver) for driver in driver_formulas(plan.roles)),
        *(entry.dependencies for entry in found.lines),
    )

    assert behind <= known
    assert {entry.line.price for entry in found.lines} <= set(plan.parameters)
    assert {entry.line.life for entry in found.lines} - {""} <= set(plan.parameters)
