"""A spreadsheet formula with its current value, and how formulas are combined."""

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model.arrays import round_floats_to_cents

ATOM, POWER, PRODUCT, SUM, COMPARISON = 9, 5, 4, 3, 1


class Term(NamedTuple):
    """A formula without its `=`, and its value.

    precedence : of its outermost operation. year : the budget year it belongs to, from 0; None for all years.
    constant : a literal number, text or truth value. cell : a reference to a cell. fixed : to a cell that cannot be edited.
    """

    text: str
    value: Any
    precedence: int = ATOM
    year: int | None = None
    constant: bool = False
    cell: bool = False
    fixed: bool = False

    @property
    def composed(self) -> bool:
        """Whether it is more than a reference or a literal."""
        return not (self.cell or self.constant)


class Operation(NamedTuple):
    """An operator of the spreadsheet. bracket_right : whether a right side of the same precedence needs brackets."""

    sign: str
    precedence: int
    compute: Callable[[Any, Any], Any]
    bracket_right: bool = False


OPERATIONS: dict[Any, Operation] = {
    np.add: Operation("+", SUM, operator.add),
    np.subtract: Operation("-", SUM, operator.sub, bracket_right=True),
    np.multiply: Operation("*", PRODUCT, operator.mul),
    np.true_divide: Operation("/", PRODUCT, np.true_divide, bracket_right=True),
    np.power: Operation("^", POWER, np.float_power, bracket_right=True),
    np.equal: Operation("=", COMPARISON, operator.eq, bracket_right=True),
    np.not_equal: Operation("<>", COMPARISON, operator.ne, bracket_right=True),
    np.less: Operation("<", COMPARISON, operator.lt, bracket_right=True),
    np.less_equal: Operation("<=", COMPARISON, operator.le, bracket_right=True),
    np.greater: Operation(">", COMPARISON, operator.gt, bracket_right=True),
    np.greater_equal: Operation(">=", COMPARISON, operator.ge, bracket_right=True),
}
# Functions that Excel 2016 and LibreOffice 7 have. CEILING of a number just below 0 is 0, as in NumPy.
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
# Of a right side that changes nothing, and of a left side, too, where sides may be swapped.
NEUTRAL: dict[Any, float] = {np.add: 0, np.subtract: 0, np.multiply: 1, np.true_divide: 1, np.power: 1}
SWAPPABLE = (np.add, np.multiply)
# How two of them are calculated for values or columns; the other keys are functions that calculate themselves.
COMPUTE: dict[Any, Callable[..., Any]] = {
    np.where: lambda condition, a, b: np.where(condition, a, b) if np.ndim(condition) else a if condition else b,
    np.round: lambda x, _decimals: round_floats_to_cents(np.asarray(x, dtype=float)),
}


def literal(value: Any) -> str:
    """A value as written in a formula: 12, 0.5, 1E-09, "cloud", TRUE."""
    if isinstance(value, str):
        return '"{}"'.format(value.replace('"', '""'))
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
    number = float(value)
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else repr(number).upper()  # noqa: PLR2004  # exact up to there


@lru_cache(maxsize=4096, typed=True)
def constant(value: Any) -> Term:
    """A literal. A negative number has the precedence of a sum, since a spreadsheet calculates -2^2 as 4."""
    plain = isinstance(value, str | bool | np.bool_)
    precedence = ATOM if plain or value >= 0 else SUM
    return Term(literal(value), value if plain else np.float64(value), precedence, constant=True)


def reference(address: str, value: Any, year: int | None = None) -> Term:
    """A reference to a cell with this current value."""
    return Term(address, value, year=year, cell=True)


def bracketed(term: Term, precedence: int, *, strictly: bool = False) -> str:
    """The text of a term within an operation of a precedence, in brackets where needed."""
    return f"({term.text})" if term.precedence < precedence or (strictly and term.precedence == precedence) else term.text


def same_year(terms: tuple[Term, ...]) -> int | None:
    """The last of the years of some terms; None if they are for all years."""
    years = [term.year for term in terms if term.year is not None]
    return max(years) if years else None


def operation(kind: Any, left: Term, right: Term) -> Term:
    """Two terms with an operator between them; an operation with a neutral 0 or 1 is left out."""
    if (known := simplified(kind, left, right)) is not None:
        return known
    sign, precedence, compute, bracket_right = OPERATIONS[kind]
    value = compute(left.value, right.value)
    if left.constant and right.constant:
        return constant(value)
    text = bracketed(left, precedence, strictly=sign == "^") + sign + bracketed(right, precedence, strictly=bracket_right)
    return Term(text, value, precedence, same_year((left, right)))


def simplified(kind: Any, left: Term, right: Term) -> Term | None:
    """The result of a trivial one: x + 0, x - 0, x * 1, x / 1 and x ^ 1 are x; x ^ 0 is 1; x * 0, 0 / x are 0. Else None."""
    if kind not in NEUTRAL or not (left.constant or right.constant):
        return None
    if kind is np.multiply and (is_number(left, 0) or is_number(right, 0)):
        return constant(0.0)
    if kind is np.true_divide and is_number(left, 0):
        return constant(0.0)
    if kind is np.power and is_number(right, 0):
        return constant(1.0)
    if is_number(right, NEUTRAL[kind]):
        return left
    return right if kind in SWAPPABLE and is_number(left, NEUTRAL[kind]) else None


def is_number(term: Term, number: float) -> bool:
    """Whether a term is this literal number."""
    return term.constant and bool(term.value == number)


def function_call(kind: Any, terms: tuple[Term, ...]) -> Term:
    """A function of the spreadsheet on some terms."""
    value = COMPUTE.get(kind, kind)(*[term.value for term in terms])
    if all(term.constant for term in terms):
        return constant(value)
    return Term(FUNCTIONS[kind].format(*[term.text for term in terms]), value, ATOM, same_year(terms))
