"""The open questions of a scenario as data, for a terminal or a form, and answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from imis_plan.facts.tables import origins
from imis_plan.problems import Problem
from imis_plan.scenario.localized_text import N_, OPEN_SOURCE
from imis_plan.scenario.location import Location
from imis_plan.scenario.number_text import plain_number
from imis_plan.scenario.open_questions import ABOUT_QUESTIONS, UNCONFIRMED
from imis_plan.scenario.overlay import overlay
from imis_plan.scenario.parameter import Kind, Parameter, ParameterInput
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.save import needs_range
from imis_plan.scenario.value_checks import bounds
from imis_plan.scenario.yaml_file import Document, parse
from imis_plan.sentence import sentence

ABOUT, SOURCE = "about.", "source"
DECIMAL_POINT = "."
PERCENT = 100
# In place of the name of a file, in problems of an answer by itself.
ANSWER = "answer"
ANSWERED = N_("answer of the planners")
OWN_ANSWER = f"assumption: {ANSWERED}"
ASSUMED, WEAK = "assumed", "C"
RANGE = ("low", "high")
# Factor beyond the range of comparable scenarios from which an answer gets a note: one digit too many or too few.
FAR = 10


@dataclass(frozen=True)
class Question:
    """What is asked, and what helps to answer it.

    path : path of a parameter, `about.<key>` of a text, or the name of a part that is to be confirmed
    why : why it matters; empty where nothing more is to be said
    typical, low, high : the value of a draft and its range, or None
    comparable : the values of comparable scenarios, in words
    least, most : bounds of an answer, or None
    """

    path: str
    kind: Kind | Literal["text", "confirm"]
    text: str
    unit: str = ""
    why: str = ""
    typical: Any = None
    low: float | None = None
    high: float | None = None
    comparable: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    line: int | None = None


def questions(plan: Plan) -> list[Question]:
    """The open questions of a plan in the order of its file, and then what is to be confirmed."""
    return sorted((question(plan, each) for each in plan.open_questions), key=lambda each: each.kind == "confirm")


def question(plan: Plan, asked: Problem) -> Question:
    """One open question."""
    parameter = plan.parameters.get(asked.path)
    if parameter and asked.message != UNCONFIRMED:
        least, most = bounds(parameter, plan.rules.units)
        words = (parameter.source or "").removeprefix(f"{OPEN_SOURCE}: ")
        about = (parameter.unit, parameter.question or "", parameter.value, parameter.low, parameter.high, words)
        return Question(asked.path, parameter.kind, parameter.description, *about, least, most, parameter.choices, asked.line)
    if asked.path.startswith(ABOUT):
        return Question(asked.path, "text", ABOUT_QUESTIONS[asked.path.removeprefix(ABOUT)], line=asked.line)
    return Question(asked.path, "confirm", asked.message, line=asked.line)


def read_answer(text: str) -> Any:
    """A typed answer as YAML reads it; a decimal comma is a decimal point, and 30 % is 0.3. Text that is no YAML stays text."""
    number, percent, rest = text.strip().partition("%")
    if percent and not rest and isinstance(share := read_answer(number), int | float) and not isinstance(share, bool):
        return share / PERCENT
    document = parse(f"value: {plain_number(text.strip(), DECIMAL_POINT)}", Path(ANSWER))
    single = [*document.data] == ["value"] and not document.problems
    return document.data["value"] if single else text.strip()


def answer(plan: Plan, path: str, value: Any, source: str = "", ends: tuple[Any, Any] | None = None) -> dict[str, Any]:
    """The answer to the question of a parameter, as a file states it; None for a key that the file loses.

    Without a source it is an assumption. ends : the lowest and the highest value that the planners hold possible.

    The range of comparable scenarios does not belong to an answer: other countries say nothing of it, and a contingency would be
    simulated for it, larger or smaller by which of their values the answer is near to.
    """
    source = source.strip() or OWN_ANSWER
    grade = ASSUMED if source.startswith("assumption") else grade_of(source)
    return {"value": value, **answer_range(plan.parameters[path], value, grade, ends), "source": source, "confidence": grade}


def answer_range(parameter: Parameter, value: Any, grade: str, ends: tuple[Any, Any] | None = None) -> dict[str, Any]:
    """Low and high of an answer: as stated; else the value itself for an assumption and None for a figure with a source.

    Nothing where the parameter has no range at all.
    """
    if not has_range(parameter, value):
        return {}
    without = (value, value) if grade == ASSUMED else (None, None)
    return dict(zip(RANGE, ends or without, strict=True))


def has_range(parameter: Parameter, value: Any) -> bool:
    """Whether an answer to the question of a parameter may have a range."""
    return isinstance(value, int | float) and not isinstance(value, bool) and needs_range(parameter)


def is_far(question: Question, value: Any) -> bool:
    """Whether an answer is more than ten times as far out as the values of comparable scenarios: often a slip of the keys."""
    if question.low is None or question.high is None or not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return value > FAR * question.high > 0 or 0 < value < question.low / FAR


def grade_of(source: str) -> str:
    """The grade of a source that the planners name: that of the facts where it is one of theirs, else a weak source."""
    origin = origins().get(source.partition(":")[0].strip())
    return origin.confidence if origin else WEAK


def answer_problems(plan: Plan, path: str, data: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with an answer; nothing is written."""
    location = Location(Document(Path(ANSWER), ANSWER, first=None), tuple(path.split(".")))
    kept = {key: each for key, each in data.items() if each is not None or key not in RANGE}
    overlay(plan.parameters[path], kept, ParameterInput, plan.rules, location, "country")
    of_source = text_problems(str(data.get(SOURCE, ANSWERED)), SOURCE)
    return [*of_source, *(problem for problem in location.found if not problem.question)]


def text_problems(text: str, path: str) -> list[Problem]:
    """What is wrong with a name, a sentence or a source: `?` is no answer. path : of the text, which the problem names."""
    if any(mark.isalnum() for mark in text):
        return []
    remedy = sentence("give it in words")
    return [Problem(ANSWER, None, path, sentence("neither a letter nor a digit"), remedy, text)]
