"""What is wrong in a parameter file, in words that say where it stands and what would be right."""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from typing import Any, Final

LONGEST_VALUE = 60


class Missing(Enum):
    """What stands where a problem has no value. A member of an Enum is still itself when another process has sent it."""

    MISSING = auto()


MISSING: Final = Missing.MISSING


def shown(value: Any) -> str:
    """A value as its file would write it, cut where it grows long."""
    text = json.dumps(dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}..."


def did_you_mean(word: Any, known: Iterable[str]) -> str | None:
    """The known word that is spelled most like `word`, or None."""
    close = get_close_matches(str(word), sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def suggestion(word: Any, known: Iterable[str], most: int = 12) -> str:
    """What to write in place of an unknown word."""
    known = sorted(known)
    if best := did_you_mean(word, known):
        return f"did you mean {best}?"
    if not known:
        return "nothing can stand here"
    rest = ", ..." if len(known) > most else ""
    return f"choose from {', '.join(known[:most])}{rest}"


@dataclass(frozen=True)
class Problem:
    """One problem: where it stands, what is wrong and what would be right."""

    file: str
    line: int | None
    path: str
    what: str
    right: str
    value: Any = MISSING

    def __str__(self) -> str:
        value = "" if self.value is MISSING else shown(self.value)
        subject = " = ".join(part for part in (self.path, value) if part)
        return ": ".join(part for part in (self.place, subject, f"{self.what}, {self.right}") if part)

    @property
    def place(self) -> str:
        """The file and line, `parameters/nepal.yaml:12`; a what-if has no line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __hash__(self) -> int:
        return hash(str(self))

    def _repr_html_(self) -> str:
        return html_table((self,))


class BadInput(Exception):
    """Parameters that cannot be used, with every problem found in them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(in_order(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["BadInput"], tuple[tuple[Problem, ...]]]:
        return BadInput, (self.problems,)

    def _repr_html_(self) -> str:
        return html_table(self.problems)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows where this ends a cell: the problems. How they were found helps nobody to put them right."""
        return [str(problem) for problem in self.problems]


class NoSuchParameter(KeyError):
    """A path that no parameter has, and the one that was probably meant. A notebook shows it without a stack trace."""

    def __str__(self) -> str:
        return str(self.args[0])

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line or 0))


def html_table(problems: Iterable[Problem]) -> str:
    """Problems as a table: where, what, why not, and what would be right."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("where", "what", "is wrong", "would be right"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(html_rows(problems))}</tbody></table>"


def html_rows(problems: Iterable[Problem]) -> Iterator[str]:
    """Table rows, escaped: values are whatever somebody typed."""
    for problem in problems:
        value = "" if problem.value is MISSING else f" = {shown(problem.value)}"
        cells = (problem.place, problem.path + value, problem.what, problem.right)
        yield f"<tr>{''.join(f'<td>{html.escape(cell)}' for cell in cells)}</tr>"
