"""Operands that write formulas: what the model's code does to them is recorded as a formula of a spreadsheet, and worked out too.

NumPy hands its calls to them (protocols `__array_ufunc__` and `__array_function__`), so the model runs on them as it runs on
numbers and on draws. An operand is one formula, shape (), or one for each year, shape (horizon,).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from imis_plan.workbook.term import FUNCTIONS, OPERATIONS, Term, called, constant, operated

# A formula longer than this is hard to read, so that parts of it get cells of their own.
LONGEST = 120
Aside = Callable[[Term], Term]


class Operand(NDArrayOperatorsMixin):
    """A formula, or one for each year.

    terms : the formulas. series : whether there is one for each year. aside : puts a formula into a cell of its own and gives a
    reference to it.
    """

    def __init__(self, terms: Sequence[Term], aside: Aside, *, series: bool) -> None:
        self.terms = tuple(terms)
        self.aside = aside
        self.series = series

    @property
    def shape(self) -> tuple[int, ...]:
        """(horizon,) of a series, else ()."""
        return (len(self.terms),) if self.series else ()

    @property
    def ndim(self) -> int:
        """1 of a series, else 0."""
        return int(self.series)

    @property
    def value(self) -> Any:
        """What it comes to now: a value, or an array with one a year."""
        return np.array([term.value for term in self.terms]) if self.series else self.terms[0].value

    def reshape(self, shape: tuple[int, ...]) -> Self:
        """Itself: there are no draws. Raises ValueError for another shape."""
        if tuple(shape) != self.shape:
            raise ValueError(f"an operand of shape {self.shape} has no shape {shape}")
        return self

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, index: Any) -> "Operand":
        if isinstance(index, slice):
            return Operand(self.terms[index], self.aside, series=True)
        return Operand([self.terms[index]], self.aside, series=False)

    def __iter__(self) -> Iterator["Operand"]:
        return (self[i] for i in range(len(self.terms)))

    def __int__(self) -> int:
        if not self.terms[0].fixed:
            raise TypeError(f"{self.terms[0].text}: not part of the workbook's structure")
        return int(self.terms[0].value)

    def __bool__(self) -> bool:
        raise TypeError(f"{self.terms[0].text}: Python cannot decide by a value that may change in a cell; use `where` or `pick`")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **more: Any) -> Any:
        if method != "__call__" or more or not (ufunc in OPERATIONS or ufunc in FUNCTIONS or ufunc is np.negative):
            return NotImplemented
        return by_year(self.aside, ufunc, inputs)

    def __array_function__(self, function: Any, _types: Any, arguments: Any, more: Any) -> Any:
        if function not in ANSWERS:
            return NotImplemented
        return ANSWERS[function](self.aside, *arguments, **more)


def terms_of(x: Any, length: int) -> list[Term]:
    """Formulas of an operand, a number or an array, as many as asked for."""
    if isinstance(x, Operand):
        return list(x.terms) if x.series else [x.terms[0]] * length
    if isinstance(x, str) or np.ndim(x) == 0:
        return [constant(x.item() if isinstance(x, np.ndarray) else x)] * length
    return [constant(entry) for entry in x]


def is_series(x: Any) -> bool:
    """Whether something has a value for each year."""
    return x.series if isinstance(x, Operand) else isinstance(x, np.ndarray) and x.ndim > 0


def by_year(aside: Aside, kind: Any, inputs: Sequence[Any]) -> Operand:
    """An operation or a function on operands, year by year. Raises ValueError where their lengths differ."""
    lengths = [len(x) for x in inputs if is_series(x)]
    if not lengths:
        terms = [applied(aside, kind, tuple(x.terms[0] if isinstance(x, Operand) else constant(x) for x in inputs))]
        return Operand(terms, aside, series=False)
    length = max(lengths)
    columns = [terms_of(x, length) for x in inputs]
    terms = [applied(aside, kind, row) for row in zip(*columns, strict=True)]
    terms = [term if term.constant else term._replace(year=year) for year, term in enumerate(terms)]
    return Operand(terms, aside, series=True)


def applied(aside: Aside, kind: Any, terms: tuple[Term, ...]) -> Term:
    """One operation; where the formula grows too long, its longest parts go into cells of their own."""
    result = combined(kind, terms)
    while len(result.text) > LONGEST and (parts := [term for term in terms if term.composed]):
        longest = max(parts, key=lambda term: len(term.text))
        moved = aside(longest)
        if moved is longest:
            break
        terms = tuple(moved if term is longest else term for term in terms)
        result = combined(kind, terms)
    return result


def combined(kind: Any, terms: tuple[Term, ...]) -> Term:
    """The formula of one operation."""
    if kind is np.negative:
        return operated(np.subtract, constant(0.0), terms[0])
    if kind in OPERATIONS:
        left, right = terms
        return operated(kind, left, right)
    return called(kind, terms)


def where(aside: Aside, condition: Any, a: Any, b: Any) -> Any:
    """IF of the spreadsheet."""
    if isinstance(condition, bool | np.bool_):
        return a if condition else b
    return by_year(aside, np.where, (condition, a, b))


def whole(term: Term) -> Term:
    """An aside that leaves formulas as long as they are."""
    return term


def rounded(aside: Aside, x: Any, decimals: int = 0) -> Operand:
    """ROUND of the spreadsheet."""
    return by_year(aside, np.round, (x, decimals))


def stacked(aside: Aside, rows: Sequence[Any]) -> Operand:
    """One value per year as a series."""
    return Operand([terms_of(row, 1)[0]._replace(year=year) for year, row in enumerate(rows)], aside, series=True)


def running(aside: Aside, x: Any, axis: int) -> Operand:
    """Running sum over the years. Raises ValueError for another axis."""
    if axis != 0:
        raise ValueError("the first axis is that of the years")
    sums: list[Any] = []
    for entry in x:
        sums.append(entry if not sums else sums[-1] + entry)
    return stacked(aside, sums)


def any_now(_aside: Aside, x: Operand) -> bool:
    """Whether a condition holds anywhere at present: for checks of bounds, which the sheet keeps by validating what is typed."""
    return bool(np.any(x.value))


ANSWERS: dict[Any, Callable[..., Any]] = {
    np.where: where,
    np.round: rounded,
    np.stack: stacked,
    np.cumsum: running,
    np.any: any_now,
    np.shape: lambda _aside, x: x.shape,
    np.ndim: lambda _aside, x: x.ndim,
    np.broadcast_to: lambda _aside, x, _shape: x,
    np.broadcast_arrays: lambda _aside, *values: values,
}
