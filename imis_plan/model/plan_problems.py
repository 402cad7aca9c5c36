"""What the model needs of a plan and lacks, or cannot compute, as problems with file and line instead of errors of Python."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from imis_plan.model.year_labels import year_label
from imis_plan.problems import Problem
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.relation_checks import place
from imis_plan.sentence import sentence

if TYPE_CHECKING:
    from imis_plan.model.evaluate import EvaluatedLine, Evaluation

# An office may own more than openIMIS needs; with this multiple of it, another unit is meant, or a digit is too many.
SURPLUS, SHRINKS = 10, "coverage.shrinks"
# Parameters that a message names at most.
MOST_NAMED = 5
BASE_YEAR, PLANNING_YEAR = "time.base_year", "money.planning_rate_year"
SERIES = sentence("inflation and exchange rates are in `money`")


def failed_evaluation(plan: Plan, error: Exception) -> Problem:
    """The problem of a plan whose drivers or series of prices cannot be computed."""
    if isinstance(error, KeyError) and error.args and error.args[0] not in plan.parameters:
        file = f"{plan.folder.name}/defaults.yaml"
        right = sentence("declare it as the defaults of imis_plan do")
        return Problem(file, None, str(error.args[0]), "missing, and the model reads it", right)
    return at(
        plan, BASE_YEAR, str(error), sentence("give another base year or horizon, or the missing years: {what}", what=SERIES)
    )


def unusable_lines(plan: Plan, evaluation: "Evaluation") -> Iterator[Problem]:
    """Problems of budget lines: a price year or currency that the series of the plan do not reach, or an impossible amount."""
    lacking: dict[str, list[str]] = {}
    try:
        evaluation.prices.payment_rates()
    except ValueError as error:
        right = sentence(
            "give a planning rate of {year} or earlier, or the missing years of money.exchange_rates", year=plan[BASE_YEAR]
        )
        yield at(plan, PLANNING_YEAR, sentence("{error}, a year of the budget", error=error), right)
        return
    amounts: list[tuple[EvaluatedLine, Any]] = []
    with np.errstate(all="ignore"):
        for entry in evaluation.lines:
            try:
                amounts.append((entry, line_amounts(plan, entry, evaluation)))
            except ValueError as error:
                lacking.setdefault(str(error), []).append(entry.line.price)
    if np.any(are_impossible(np.array([each for _entry, each in amounts]))):  # of all lines at once, as most plans have none
        for entry, each in amounts:
            yield from impossible_amounts(plan, entry, each)
    yield from (lacking_problem(plan, message, paths) for message, paths in lacking.items())


def line_amounts(plan: Plan, entry: "EvaluatedLine", evaluation: "Evaluation") -> Any:
    """Amounts of a line by year, not rounded. Raises ValueError where a series lacks a year. [nominal LCU]"""
    parameter, line = plan.parameters[entry.line.price], entry.line
    index, rate = evaluation.prices.factors(parameter.currency or "", parameter.price_year or 0, line.market)
    return np.asarray(line.effective_quantity * evaluation.values[line.price] * index * rate, dtype=float)


def are_impossible(amounts: Any) -> Any:
    """Which amounts are negative or no number. The shape of the amounts."""
    return ~np.isfinite(amounts) | (amounts < 0)


def impossible_amounts(plan: Plan, entry: "EvaluatedLine", amounts: Any) -> Iterator[Problem]:
    """An amount that is negative or no number, at the price of its line."""
    wrong = are_impossible(amounts)
    if np.any(wrong):
        where = int(np.argmax(wrong))
        found = (plan.parameters[path] for path in sorted(entry.dependencies) if path in plan.parameters)
        behind = [f"{each.path} ({place(each)})" for each in found if each.layer != "defaults"]
        right = (
            sentence("check its price and {names}", names=", ".join(behind[:MOST_NAMED]))
            if behind
            else sentence("check its price")
        )
        year = year_label(plan, plan[BASE_YEAR] + where)
        message = sentence(
            "the amount of {component}.{line} in {year} would be {amounts}",
            component=entry.component,
            line=entry.line.line,
            year=year,
            amounts=f"{amounts[where]:g}",
        )
        yield at(plan, entry.line.price, message, right)


def lacking_problem(plan: Plan, message: str, paths: list[str]) -> Problem:
    """One problem for all prices that need the same year of a series: at the base year if they are later, else at the first."""
    price, base, last = plan.parameters[paths[0]], plan.parameters[BASE_YEAR], plan[BASE_YEAR] + plan["time.horizon"] - 1
    others = sentence(" and {count} more", count=len(paths) - 1) if len(paths) > 1 else ""
    if price.price_year is not None and price.price_year > last:
        what = sentence(
            "{message}, which prices of {price_year} need: {path} ({place}){others}",
            message=message,
            price_year=price.price_year,
            path=price.path,
            place=place(price),
            others=others,
        )
        return at(
            plan,
            BASE_YEAR,
            what,
            sentence(
                "give a base year of {price_year} or later, or the missing years: {what}",
                price_year=price.price_year,
                what=SERIES,
            ),
        )
    what = sentence(
        "{message}, which this price of {price_year}{others} needs for a budget from {value} on ({place})",
        message=message,
        price_year=price.price_year,
        others=others,
        value=base.value,
        place=place(base),
    )
    return at(plan, price.path, what, sentence("give a price of a year in the series, or the missing years: {what}", what=SERIES))


def surplus_problems(plan: Plan, evaluation: "Evaluation") -> Iterator[Problem]:
    """Equipment or posts before the first year that are many times what any year needs: a digit or a unit too many."""
    if SHRINKS in plan.parameters and plan[SHRINKS]:
        return
    for path, need in needed(plan, evaluation):
        if plan.parameters[path].open:  # a typical value, which is not what the planners have
            continue
        most, given = float(np.max(need)), plan.parameters[path].value
        if 0 < most * SURPLUS < given:
            message = sentence(
                "more than {times} times the {most} [{unit}] that any year needs",
                times=SURPLUS,
                most=f"{most:g}",
                unit=plan.parameters[path].unit,
            )
            yield at(
                plan,
                path,
                message,
                sentence("give what is in use for openIMIS, or {shrinks}: true if the rest is to go", shrinks=SHRINKS),
            )


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
