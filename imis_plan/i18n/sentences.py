"""Problems and their sentences in the current language."""

from collections.abc import Iterable
from typing import Any

from imis_plan.i18n.translate import _, localize_digits, plural, translate_unit
from imis_plan.problems import Problem
from imis_plan.sentence import CountedSentence, Digits, Sentence, Unit


def localized_sentence(text: str) -> str:
    """A sentence of a problem in the current language; in English where the catalogue does not have it."""
    if not isinstance(text, Sentence):
        return _(text)
    values = {name: localized_value(value) for name, value in text.values.items()}
    if isinstance(text, CountedSentence):
        return plural(text.template, text.many, text.number).format(**values)
    return _(text.template).format(**values) if values else _(text.template)


def localized_value(value: Any) -> Any:
    """What fills in a placeholder: sentences, numbers and units follow the language, names stay."""
    if isinstance(value, Sentence):
        return localized_sentence(value)
    if isinstance(value, Digits):
        return localize_digits(value)
    return translate_unit(value) if isinstance(value, Unit) else value


def problem_text(problem: Problem) -> str:
    """A problem in one line, in the current language."""
    return problem.text(localized_sentence)


def refusals(problems: Iterable[Problem]) -> list[str]:
    """What is wrong with an entry and what would be right, without the place in a file, in the current language."""
    return [
        _("{name}: {value}").format(name=localized_sentence(problem.message), value=localized_sentence(problem.remedy))
        for problem in problems
    ]
