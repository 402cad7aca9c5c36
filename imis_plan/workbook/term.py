"""One formula of a spreadsheet with the value that it has now, and how formulas are put together."""

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model.arrays import round_floats_to_cents

ATOM, POWER, PRODUCT, SUM, COMPARISON = 9, 5, 4, 3, 1


class Term(NamedTuple):
    """A formula without its `=`, and its value.

    tie : how strongly its outermost operation binds. year : the budget year it belongs to, from 0; None for all years.
    constant : a bare number, text or truth, which no cell can change. cell : a reference to a cell. fixed : one nobody edits.
    """

    text: str
    value: Any
    tie: int = ATOM
    year: int | None = None
    constant: bool = False
    cell: bool = False
    fixed: bool = False

    @property
    def composed(self) -> bool:
        """Whether it is more than a reference or a bare value."""
        return not (self.cell or self.constant)


class Operation(NamedTuple):
    """An operator of the spreadsheet: its sign, how strongly it binds, what it does; `loose` if its right side needs brackets."""

    sign: str
    tie: int
    does: Callable[[Any, Any], Any]
    loose: bool = False


OPERATIONS: dict[Any, Operation] = {
    np.add: Operation("+", SUM, operator.add),
    np.subtract: Operation("-", SUM, operator.sub, loose=True),
    np.multiply: Operation("*", PRODUCT, operator.mul),
    np.true_divide: Operation("/", PRODUCT, np.true_divide, loose=True),
    np.power: Operation("^", POWER, np.float_power, loose=True),
    np.equal: Operation("=", COMPARISON, operator.eq, loose=True),
    np.not_equal: Operation("<>", COMPARISON, operator.ne, loose=True),
    np.less: Operation("<", COMPARISON, operator.lt, loose=True),
    np.less_equal: Operation("<=", COMPARISON, operator.le, loose=True),
    np.greater: Operation(">", COMPARISON, operator.gt, loose=True),
    np.greater_equal: Operation(">=", COMPARISON, operator.ge, loose=True),
}
# Functions that Excel 2016 and LibreOffice 7 have. CEILING of a little less than nothing is nothing, as with numpy.
FUNCTIONS: dict[Any, str] = {
    np.maximum: "MAX({},{})",
    np.minimum: "MIN({},{})",
    np.exp: "EXP({})",
    np.floor: "INT({})",
    np.ceil: "CEILING({},1)",
    np.bitwise_or: "OR({},{})",
    np.bitwise_and: "AND({},{})",
    np.where: "IF({},{},{})",
    np.round: "ROUND({},{})",
}
# What two of them do to values, or to columns of them; the others do it themselves.
DOES: dict[Any, Callable[..., Any]] = {
    np.where: lambda condition, a, b: np.where(condition, a, b) if np.ndim(condition) else a if condition else b,
    np.round: lambda x, _decimals: round_floats_to_cents(np.asarray(x, dtype=float)),
}


def literal(value: Any) -> str:
    """A value as a formula writes it: 12, 0.5, 1E-09, "cloud", TRUE."""
    if isinstance(value, str):
        return '"{}"'.format(value.replace('"', '""'))
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
    number = float(value)
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else repr(number).upper()  # noqa: PLR2004  # exact up to there


@lru_cache(maxsize=4096, typed=True)
def constant(value: Any) -> Term:
    """A bare value. A negative number binds like a sum, since the spreadsheet takes -2^2 for 4."""
    plain = isinstance(value, str | bool | np.bool_)
    tie = ATOM if plain or value >= 0 else SUM
    return Term(literal(value), value if plain else np.float64(value), tie, constant=True)


def reference(address: str, value: Any, year: int | None = None) -> Term:
    """A reference to a cell that has this value now."""
    return Term(address, value, year=year, cell=True)


def bracketed(term: Term, tie: int, *, strictly: bool = False) -> str:
    """The text of a term as part of an operation that binds so strongly."""
    return f"({term.text})" if term.tie < tie or (strictly and term.tie == tie) else term.text


def same_year(terms: tuple[Term, ...]) -> int | None:
    """The last of the years that some terms belong to."""
    years = [term.year for term in terms if term.year is not None]
    return max(years) if years else None


def operated(kind: Any, left: Term, right: Term) -> Term:
    """Two terms with an operator between them; what a bare 0 or 1 leaves unchanged is left as it is."""
    if (known := shortened(kind, left, right)) is not None:
        return known
    sign, tie, does, loose = OPERATIONS[kind]
    value = does(left.value, right.value)
    if left.constant and right.constant:
        return constant(value)
    text = bracketed(left, tie, strictly=sign == "^") + sign + bracketed(right, tie, strictly=loose)
    return Term(text, value, tie, same_year((left, right)))


def shortened(kind: Any, left: Term, right: Term) -> Term | None:
    """A term plus nothing, times one, over one, to the first power; 1 to the power of 0, nothing times a bare 0."""
    if kind is np.multiply and any(term.constant and term.value == 0 for term in (left, right)):
        return constant(0.0)
    if kind is np.power and right.constant and right.value == 0:
        return constant(1.0)
    neutral = {np.add: 0, np.subtract: 0, np.multiply: 1, np.true_divide: 1, np.power: 1}.get(kind)
    if neutral is None:
        return None
    if right.constant and right.value == neutral:
        return left
    swaps = kind in (np.add, np.multiply) and left.constant and left.value == neutral
    return right if swaps else None


def called(kind: Any, terms: tuple[Term, ...]) -> Term:
    """A function of the spreadsheet on some terms."""
    value = DOES.get(kind, kind)(*(term.value for term in terms))
    if all(term.constant for term in terms):
        return constant(value)
    return Term(FUNCTIONS[kind].format(*(term.text for term in terms)), value, ATOM, same_year(terms))
