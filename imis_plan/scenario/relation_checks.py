"""Checks of relations between parameters: every value above its limit, with both values and where each comes from."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.problems import Problem, format_value
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.fields import is_finite
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.relation import Relation
from imis_plan.scenario.value_checks import has_valid_value
from imis_plan.sentence import Digits, Sentence, Unit, joined, sentence

# Values that a person wrote may be rounded; the limit is a result.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Excess:
    """A parameter above a limit that others determine."""

    parameter: Parameter
    relation: Relation
    limit: float


def relation_problems(
    parameters: Mapping[str, Parameter], rules: CheckContext, changed: Collection[str] | None = None
) -> Iterator[Problem]:
    """A problem for each parameter above one of its limits: the first, since the others follow from it.

    A typical value that stands for the answer to an open question is not checked, nor is anything against it. A value that is
    itself refused, as it is out of bounds, has a problem already; limits that it leads to would be absurd.

    changed : paths that an option, a what-if or a row changes; relations that read none of them are not checked again, and the
        problem is at the changed parameter. By default all are checked.
    """
    for parameter in parameters.values():
        if not parameter.at_most or not (changed is None or reads_any(parameter, changed)):
            continue
        known = (each for each in parameter.at_most if not reads_open(parameter, each, parameters))
        excesses = (excess_over(parameter, relation, parameters) for relation in known)
        if excess := next((each for each in excesses if each and all_valid(each, parameters, rules)), None):
            subjects = [path for path in (parameter.path, *excess.relation.paths) if changed is None or path in changed]
            if subjects:
                yield excess_problem(excess, parameters[subjects[0]], parameters)


def reads_any(parameter: Parameter, changed: Collection[str]) -> bool:
    """Whether a limit of a parameter can come out otherwise after some paths have changed."""
    return parameter.path in changed or any(path in changed for relation in parameter.at_most for path in relation.paths)


def reads_open(parameter: Parameter, relation: Relation, parameters: Mapping[str, Parameter]) -> bool:
    """Whether a relation is about an open question."""
    return parameter.open or any(parameters[path].open for path in relation.paths if path in parameters)


def all_valid(excess: Excess, parameters: Mapping[str, Parameter], rules: CheckContext) -> bool:
    """Whether the parameter above its limit, and all that the limit reads, have values that would be accepted alone."""
    read = [parameters[path] for path in excess.relation.paths if path in parameters]
    return all(has_valid_value(each, rules) for each in (excess.parameter, *read))


def excess_over(parameter: Parameter, relation: Relation, parameters: Mapping[str, Parameter]) -> Excess | None:
    """The excess of a parameter over a limit; None where the limit does not apply or some value is no number."""
    values = {path: parameters[path].value for path in relation.paths if path in parameters}
    needed = [parameter.value, *(values.get(path) for path in relation.formula.paths)]
    numbers = [number for value in needed for number in (value if isinstance(value, tuple) and value else (value,))]
    if isinstance(parameter.value, tuple) or not relation.applies(values) or not all(map(is_number, numbers)):
        return None
    try:
        limit = relation.formula.value(values, rounded_up)
    except (ArithmeticError, TypeError):  # a list where a formula needs one number
        return None
    if not is_number(limit) or parameter.value <= limit + TOLERANCE * abs(limit):
        return None
    return Excess(parameter, relation, float(limit))


def is_number(value: Any) -> bool:
    """Whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and is_finite(value)


def rounded_up(number: float) -> int:
    """A number rounded up; what is whole but for an error of rounding stays."""
    return math.ceil(number - TOLERANCE * abs(number))


def excess_problem(excess: Excess, subject: Parameter, parameters: Mapping[str, Parameter]) -> Problem:
    """The problem of an excess, at the subject: the parameter itself, or one that its limit reads."""
    own, relation = excess.parameter, excess.relation
    most = format_limit(excess.limit)
    limit = limit_text(excess, most, parameters)
    if subject is own:
        message, remedies = sentence("above {limit}", limit=limit), [sentence("give {most} or less", most=most)]
    else:
        message = sentence("{parameter} is above {limit}", parameter=value_and_place(own), limit=limit)
        remedies = [sentence("give at most {most} for {path}, or change one of these", most=most, path=own.path)]
    if relation.unless:
        leaving = sentence(
            "or {switch}: true if these {number} [{unit}] are meant to leave",
            switch=relation.unless,
            number=Digits(f"{own.value - excess.limit:,.0f}"),
            unit=Unit(own.unit),
        )
        remedies.append(leaving)
    return Problem(subject.file, subject.line, subject.path, message, joined(remedies), subject.value)


def format_limit(limit: float) -> str:
    """A limit as a number to write: whole above 1, because counts are."""
    return f"{math.floor(limit + TOLERANCE * abs(limit)) if abs(limit) >= 1 else limit:.12g}"


def limit_text(excess: Excess, most: str, parameters: Mapping[str, Parameter]) -> str:
    """The limit with the parameters that determine it and where each comes from."""
    formula = excess.relation.formula
    parts = ", ".join(value_and_place(parameters[path]) for path in formula.paths)
    if formula.paths == (formula.text,):
        return parts
    meaning = Sentence.of(excess.relation.meaning or formula.text, {})
    return sentence("{most}, {meaning}: {parts}", most=most, meaning=meaning, parts=parts)


def value_and_place(parameter: Parameter) -> str:
    """The path of a parameter, its value and where it comes from."""
    return f"{parameter.path} = {format_value(parameter.value)} ({place(parameter)})"


def place(parameter: Parameter) -> str:
    """File and line of a value."""
    return f"{parameter.file}:{parameter.line}" if parameter.line else parameter.file
