"""Problems in input files: where they are, what is wrong and how to correct it."""

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum, auto
from typing import Any, Final

from imis_plan.sentence import Sentence, joined, sentence

MAX_VALUE_LENGTH = 60
MAX_NAMES_LISTED = 12


class NoValue(Enum):
    """The type of NO_VALUE, for a problem without a value. A member of an Enum stays the same object when it is pickled."""

    NO_VALUE = auto()


NO_VALUE: Final = NoValue.NO_VALUE


def format_value(value: Any) -> str:
    """A value as JSON, shortened if it is long."""
    text = json.dumps(dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[:MAX_VALUE_LENGTH]}..."


def closest_match(name: Any, known: Iterable[str]) -> str | None:
    """The known name with the most similar spelling, or None."""
    matches = get_close_matches(str(name), sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def suggestion(name: Any, known: Iterable[str], limit: int = MAX_NAMES_LISTED) -> str:
    """What to write instead of an unknown name; at most `limit` known names are listed."""
    known = sorted(known)
    if match := closest_match(name, known):
        return sentence("did you mean {name}?", name=match)
    if not known:
        return sentence("remove it: no name is allowed here")
    rest = ", ..." if len(known) > limit else ""
    return sentence("choose from {names}", names=", ".join(known[:limit]) + rest)


@dataclass(frozen=True)
class Problem:
    """One problem in the input. A check that does not know the file leaves `file` and `line` empty; `located` adds them.

    file : its name; a sentence of ours where it is none, as that of a what-if, which has no line
    path : the key or column, as in `population.total`
    message : what is wrong
    remedy : how to correct it
    warning : the value is used, but should be checked
    question : nothing is wrong, but somebody has to answer it or to confirm it
    """

    file: str
    line: int | None
    path: str
    message: str
    remedy: str
    value: Any = NO_VALUE
    warning: bool = False
    question: bool = False

    def __str__(self) -> str:
        return self.text()

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The problem in one line. translate : a sentence of ours into another language; the names of places stay."""
        value = "" if self.value is NO_VALUE else format_value(self.value)
        subject = " = ".join(part for part in (self.path, value) if part)
        words = translate(joined([self.message, self.remedy]))
        text = ": ".join(part for part in (subject, words) if part)
        if self.question:
            text = translate(sentence("open question: {problem}", problem=text))
        place = translate(self.file) if isinstance(self.file, Sentence) else self.location
        return ": ".join(part for part in (place, text) if part)

    @property
    def location(self) -> str:
        """The file and line, `parameters/nepal.yaml:12`; a what-if has no line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def located(self, file: str, line: int | None, path: str) -> "Problem":
        """The same problem with its location."""
        return replace(self, file=file, line=line, path=path)

    def __hash__(self) -> int:
        return hash(str(self))

    def _repr_html_(self) -> str:
        return problems_html((self,))


def key_problem(key: str, message: str, remedy: str, value: Any = NO_VALUE) -> Problem:
    """A problem of one key of a parameter, before its location is known."""
    return Problem("", None, key, message, remedy, value)


class BadInput(Exception):
    """Input that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted_unique(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Every problem, a line for each. translate : a sentence of ours into another language."""
        return "\n".join(problem.text(translate) for problem in self.problems)

    def __reduce__(self) -> tuple[type["BadInput"], tuple[tuple[Problem, ...]]]:
        return BadInput, (self.problems,)

    def _repr_html_(self) -> str:
        return problems_html(self.problems)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows when this error ends a cell: the problems without a stack trace."""
        return [str(problem) for problem in self.problems]


class NoSuchParameter(KeyError):
    """A path that no parameter has, with the closest match. A notebook shows it without a stack trace."""

    def __str__(self) -> str:
        return str(self.args[0])

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def sorted_unique(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line or 0))


def problems_html(problems: Iterable[Problem]) -> str:
    """Problems as an HTML table."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Location", "Value", "Problem", "Remedy"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(html_rows(problems))}</tbody></table>"


def html_rows(problems: Iterable[Problem]) -> Iterator[str]:
    """Rows of the HTML table; values are escaped because they are user input."""
    for problem in problems:
        value = "" if problem.value is NO_VALUE else f" = {format_value(problem.value)}"
        cells = (problem.location, problem.path + value, problem.message, problem.remedy)
        yield f"<tr>{''.join(f'<td>{html.escape(cell)}' for cell in cells)}</tr>"
