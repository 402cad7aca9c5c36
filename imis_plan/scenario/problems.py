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
    """What stands where a fault has no value. A member of an Enum is still itself when another process has sent it."""

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
class Fault:
    """One fault: where it stands, what is wrong and what would be right."""

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
    """Parameters that cannot be used, with every fault found in them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(in_order(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type["BadInput"], tuple[tuple[Fault, ...]]]:
        return BadInput, (self.faults,)

    def _repr_html_(self) -> str:
        return html_table(self.faults)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows where this ends a cell: the faults. How they were found helps nobody to put them right."""
        return [str(fault) for fault in self.faults]


class NoSuchParameter(KeyError):
    """A path that no parameter has, and the one that was probably meant. A notebook shows it without a stack trace."""

    def __str__(self) -> str:
        return str(self.args[0])

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, by file and line."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line or 0))


def html_table(faults: Iterable[Fault]) -> str:
    """Faults as a table: where, what, why not, and what would be right."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("where", "what", "is wrong", "would be right"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(html_rows(faults))}</tbody></table>"


def html_rows(faults: Iterable[Fault]) -> Iterator[str]:
    """Table rows, escaped: values are whatever somebody typed."""
    for fault in faults:
        value = "" if fault.value is MISSING else f" = {shown(fault.value)}"
        cells = (fault.place, fault.path + value, fault.what, fault.right)
        yield f"<tr>{''.join(f'<td>{html.escape(cell)}' for cell in cells)}</tr>"
