"""Sentences of problems: English text that keeps its parts, so that it can be shown in another language.

The English text is what programs compare and files contain. `imis_plan.i18n.sentences` translates it where a person reads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


class Sentence(str):  # noqa: SLOT000  # a str cannot have slots with values
    """A sentence in English that keeps its parts.

    template : as the catalogues have it, with {placeholders}. values : what fills them in; a Sentence among them, and each of
    the kinds below, is translated, any other text is a name and stays.
    """

    template: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, template: str, values: Mapping[str, Any]) -> "Sentence":
        """The sentence of a template; one without values may contain braces."""
        made = cls(template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Any, tuple[str, Mapping[str, Any]]]:
        return Sentence.of, (self.template, self.values)


class CountedSentence(Sentence):
    """A sentence that has another form for another count. many : its plural, as the catalogues have it. number : the count."""

    many: str
    number: float

    @classmethod
    def of_count(cls, one: str, many: str, count: float, values: Mapping[str, Any]) -> "CountedSentence":
        """The sentence of a count."""
        made = cls((one if count == 1 else many).format(**values))
        made.template, made.many, made.number, made.values = one, many, count, values
        return made

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return CountedSentence.of_count, (self.template, self.many, self.number, self.values)


class Digits(str):
    """An English number (1,234.5), shown with the separators of the language."""

    __slots__ = ()


class Unit(str):
    """A unit of `units.yaml`, shown in the words of the language."""

    __slots__ = ()


def sentence(template: str, /, **values: Any) -> Sentence:
    """A sentence of our own, to be extracted for the catalogues: whole, with {named} placeholders."""
    return Sentence.of(template, values)


def counted_sentence(one: str, many: str, count: float, /, **values: Any) -> CountedSentence:
    """A sentence of our own in the form that fits a count."""
    return CountedSentence.of_count(one, many, count, values)


def one_of(names: Sequence[str]) -> str:
    """Names of which one is to be chosen: A, B or C."""
    *first, last = names
    return sentence("{names} or {last}", names=", ".join(first), last=last) if first else last


def joined(parts: Iterable[str]) -> str:
    """Parts of a sentence with commas between them, each of which is translated by itself."""
    found = list(parts)
    template = ", ".join(f"{{part_{number}}}" for number in range(len(found)))
    own = (part if isinstance(part, Sentence) else Sentence.of(part, {}) for part in found)
    return Sentence.of(template, {f"part_{number}": part for number, part in enumerate(own)})
