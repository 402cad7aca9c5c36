"""What the model needs of a plan and lacks, or cannot compute, as problems with file and line instead of errors of Python."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from imis_plan.model.year_labels import year_label
from imis_plan.problems import Problem
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.relation_checks import place

if TYPE_CHECKING:
    from imis_plan.model.evaluate import EvaluatedLine, Evaluation

# An office may own more than openIMIS needs; with so many times as much, another unit is meant, or a digit is too many.
SURPLUS, SHRINKS = 10, "coverage.shrinks"
# Parameters that a message names at most.
MOST_NAMED = 5
BASE_YEAR, PLANNING_YEAR = "time.base_year", "money.planning_rate_year"
SERIES = "inflation and exchange rates are in `money`"


def failed_evaluation(plan: Plan, error: Exception) -> Problem:
    """The problem of a plan whose drivers or series of prices cannot be computed."""
    if isinstance(error, KeyError) and error.args and error.args[0] not in plan.parameters:
        file = f"{plan.folder.name}/defaults.yaml"
        right = "declare it as the defaults of imis_plan do"
        return Problem(file, None, str(error.args[0]), "missing, and the model reads it", right)
    return at(plan, BASE_YEAR, str(error), f"give another base year or horizon, or the missing years: {SERIES}")


def unusable_lines(plan: Plan, evaluation: "Evaluation") -> Iterator[Problem]:
    """Problems of budget lines: a price year or currency that the series of the plan do not reach, or an impossible amount."""
    lacking: dict[str, list[str]] = {}
    try:
        evaluation.prices.payment_rates()
    except ValueError as error:
        right = f"give a planning rate of {plan[BASE_YEAR]} or earlier, or the missing years of money.exchange_rates"
        yield at(plan, PLANNING_YEAR, f"{error}, a year of the budget", right)
        return
    for entry in evaluation.lines:
        try:
            amounts = line_amounts(plan, entry, evaluation)
        except ValueError as error:
            lacking.setdefault(str(error), []).append(entry.line.price)
            continue
        yield from impossible_amounts(plan, entry, amounts)
    yield from (lacking_problem(plan, message, paths) for message, paths in lacking.items())


def line_amounts(plan: Plan, entry: "EvaluatedLine", evaluation: "Evaluation") -> Any:
    """Amounts of a line by year, not rounded. Raises ValueError where a series lacks a year. [nominal LCU]"""
    parameter, line = plan.parameters[entry.line.price], entry.line
    index, rate = evaluation.prices.factors(parameter.currency or "", parameter.price_year or 0, line.market)
    with np.errstate(all="ignore"):
        return np.asarray(line.effective_quantity * evaluation.values[line.price] * index * rate, dtype=float)


def impossible_amounts(plan: Plan, entry: "EvaluatedLine", amounts: Any) -> Iterator[Problem]:
    """An amount that is negative or no number, at the price of its line."""
    wrong = ~np.isfinite(amounts) | (amounts < 0)
    if np.any(wrong):
        where = int(np.argmax(wrong))
        found = (plan.parameters[path] for path in sorted(entry.dependencies) if path in plan.parameters)
        behind = [f"{each.path} ({place(each)})" for each in found if each.layer != "defaults"]
        right = f"check its price and {', '.join(behind[:MOST_NAMED])}" if behind else "check its price"
        year = year_label(plan, plan[BASE_YEAR] + where)
        message = f"the amount of {entry.component}.{entry.line.line} in {year} would be {amounts[where]:g}"
        yield at(plan, entry.line.price, message, right)


def lacking_problem(plan: Plan, message: str, paths: list[str]) -> Problem:
    """One problem for all prices that need the same year of a series: at the base year if they are later, else at the first."""
    price, base, last = plan.parameters[paths[0]], plan.parameters[BASE_YEAR], plan[BASE_YEAR] + plan["time.horizon"] - 1
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    if price.price_year is not None and price.price_year > last:
        what = f"{message}, which prices of {price.price_year} need: {price.path} ({place(price)}){others}"
        return at(plan, BASE_YEAR, what, f"give a base year of {price.price_year} or later, or the missing years: {SERIES}")
    what = f"{message}, which this price of {price.price_year}{others} needs for a budget from {base.value} on ({place(base)})"
    return at(plan, price.path, what, f"give a price of a year in the series, or the missing years: {SERIES}")


def surplus_problems(plan: Plan, evaluation: "Evaluation") -> Iterator[Problem]:
    """Equipment or posts before the first year that are many times what any year needs: a digit or a unit too many."""
    if SHRINKS in plan.parameters and plan[SHRINKS]:
        return
    for path, need in needed(plan, evaluation):
        if plan.parameters[path].open:  # a typical value, which is not what the planners have
            continue
        most, given = float(np.max(need)), plan.parameters[path].value
        if 0 < most * SURPLUS < given:
            message = f"more than {SURPLUS} times the {most:g} [{plan.parameters[path].unit}] that any year needs"
            yield at(plan, path, message, f"give what is in use for openIMIS, or {SHRINKS}: true if the rest is to go")


def needed(plan: Plan, evaluation: "Evaluation") -> Iterator[tuple[str, Any]]:
    """Path of each number of equipment or posts before the first year, and how many each year needs."""
    for entry in evaluation.lines:
        path = f"{entry.line.life.rpartition('.')[0]}.at_start"
        if path in plan.parameters and "need" in entry.line.terms:
            yield path, entry.line.terms["need"]
    if "phones.at_start" in plan.parameters:
        yield "phones.at_start", evaluation.values["phones_needed"]
    for role in plan.roles:
        yield f"roles.{role.key}.existing", evaluation.values[f"posts.{role.key}"]


def at(plan: Plan, path: str, message: str, remedy: str) -> Problem:
    """A problem at the place of a parameter."""
    parameter = plan.parameters[path]
    return Problem(parameter.file, parameter.line, path, message, remedy, parameter.value)


def problems_of(plans: Iterable[Plan]) -> list[Problem]:
    """Problems of plans that can be read and not evaluated, each once."""
    from imis_plan.model.evaluate import evaluate_plan
    from imis_plan.problems import BadInput

    found: dict[Problem, None] = {}
    for plan in plans:
        try:
            found |= dict.fromkeys(surplus_problems(plan, evaluate_plan(plan)))
        except BadInput as error:
            found |= dict.fromkeys(error.problems)
    return list(found)
