"""Open questions of a scenario: what only its planners can know. They are no problems of the file, but a budget needs them.

`value: open` stands for an answer that nobody has given yet; `typical` beside it is the value of comparable scenarios, which a
draft uses. `to_confirm` lists what was copied or made up for a start; removing a line confirms it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.localized_text import N_, OPEN_SOURCE, LocalizedText, both
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.yaml_file import Keys, dotted, parse
from imis_plan.sentence import Sentence, Unit, counted_sentence, sentence

OPEN, TO_CONFIRM = "open", "to_confirm"
UNCONFIRMED = N_("copied or made up for a start")
NO_TYPICAL = sentence("no typical value is known, so that a draft needs an answer, too")
DRAFT_TEXTS: dict[str, LocalizedText] = {
    "scheme": both("scheme not named yet", "régime à préciser"),
    "target": both(
        "The target has not been decided: this draft uses a typical value.",
        "L'objectif n'est pas encore fixé : cette version provisoire repose sur une valeur typique.",
    ),
}
ABOUT_QUESTIONS = {
    "scheme": N_("name of the insurance scheme that uses openIMIS"),
    "target": N_("what the plan shall achieve and why that is plausible, in a sentence or two"),
}


class OpenQuestions(BadInput):
    """A scenario without problems whose questions are not all answered."""

    def __reduce__(self) -> tuple[type["OpenQuestions"], tuple[tuple[Problem, ...]]]:
        return OpenQuestions, (self.problems,)

    def __str__(self) -> str:
        return self.text()

    def text(self, translate: Callable[[str], str] = str) -> str:
        """How many questions are open and what can be done, then each of them in a line."""
        files = sorted({problem.file for problem in self.problems})
        head = sentence(
            "{files}: {questions}; answer them in the file, or make a draft with typical values: --draft, "
            "in Python load(..., draft=True)",
            files=", ".join(files),
            questions=counted(len(self.problems)),
        )
        return f"{translate(head)}\n{super().text(translate)}"


def error_of(problems: Iterable[Problem]) -> BadInput:
    """The error for these problems: OpenQuestions, with what can be done about them, where there are no others."""
    found = list(problems)
    return (OpenQuestions if all(problem.question for problem in found) else BadInput)(found)


def counted(number: int) -> Sentence:
    """The number of open questions, as text."""
    return counted_sentence("{number} open question", "{number} open questions", number, number=number)


def question_of(parameter: Parameter) -> Problem:
    """The question that a parameter without an answer asks, before its location is known."""
    known = isinstance(parameter.value, int | float | str)
    series = sentence("a draft uses a typical series") if parameter.value else NO_TYPICAL
    typical = sentence("typical is {value}", value=as_in_yaml(parameter.value)) if known else series
    remedy = sentence("give value and source in place of `{word}`; {typical}", word=OPEN, typical=typical)
    message = (
        sentence("{description} [{unit}]", description=Sentence.of(parameter.description, {}), unit=Unit(parameter.unit))
        if parameter.unit
        else parameter.description
    )
    return Problem("", None, "value", message, remedy, question=True)


def as_in_yaml(value: Any) -> str:
    """A typical value as it is typed into the file: a number with a decimal point, a text in quotes where YAML needs them."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = parse(f"value: {value}", Path("value"))
    return value if not plain.problems and plain.data.get("value") == value else json.dumps(value, ensure_ascii=False)


def answered_problems(parameter: Parameter) -> Iterator[Problem]:
    """An answer whose source is still that of the typical value."""
    if not parameter.open and parameter.source and parameter.source.startswith(f"{OPEN_SOURCE}:"):
        remedy = sentence("say who gives the answer: a key of sources.yaml, a sentence, or `assumption: why`")
        yield Problem("", None, "source", "an answer with the source of the typical value", remedy, parameter.source)


def with_draft_texts(data: dict[Any, Any]) -> dict[Any, Any]:
    """The `about` section with texts in place of those that are open."""
    return {key: DRAFT_TEXTS[key] if text == OPEN and key in DRAFT_TEXTS else text for key, text in data.items()}


def report_open_texts(data: dict[Any, Any], location: Location) -> None:
    """Report the questions of the `about` section."""
    for key, meaning in ABOUT_QUESTIONS.items():
        if data.get(key) == OPEN:
            here = location.below(key)
            found = here.document.problem(here.keys, meaning, sentence("give it in place of `{word}`", word=OPEN))
            here.found.append(replace(found, question=True))


def report_unconfirmed(location: Location) -> None:
    """Report what a file lists to be confirmed, and entries that name nothing of the file."""
    data, here = location.document.data.get(TO_CONFIRM) or [], location.below(TO_CONFIRM)
    if not isinstance(data, list):
        here.report("not a list", "give a name after a dash for each part that is to be confirmed", data)
        return
    if not data:
        return
    named = {dotted(keys): keys for keys in location.document.lines if keys and keys[0] != TO_CONFIRM}
    for i, name in enumerate(data):
        if name in named:
            remedy = sentence("check it in line {line}, then remove this line", line=location.document.line(named[name]))
            found = location.document.problem((TO_CONFIRM, i), UNCONFIRMED, remedy)
            here.found.append(replace(found, path=str(name), question=True))
        else:
            here.below(i).report("names nothing in this file", suggestion(name, likely(named)), name)


def is_open(question: Problem, parameters: Mapping[str, Parameter]) -> bool:
    """Whether a question of a file is still open: an option or a what-if may have answered it, but confirms nothing."""
    path = question.path
    return question.message == UNCONFIRMED or path not in parameters or parameters[path].open


def is_to_confirm(questions: Iterable[Problem], part: str) -> bool:
    """Whether a part of a file, or something in it, is copied or made up for a start and not yet confirmed."""
    asked = (each.path for each in questions if each.message == UNCONFIRMED)
    return any(path == part or path.startswith((f"{part}[", f"{part}.")) for path in asked)


def likely(named: dict[str, Keys]) -> list[str]:
    """Parts of a file that are worth confirming, by name: sections, groups and parameters."""
    return [name for name, keys in named.items() if len(keys) <= len(("group", "subgroup", "parameter"))]


def questions_in(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The open questions among problems."""
    return tuple(problem for problem in found if problem.question)


def faults_in(found: Iterable[Problem]) -> list[Problem]:
    """The problems that are no open questions."""
    return [problem for problem in found if not problem.question]
