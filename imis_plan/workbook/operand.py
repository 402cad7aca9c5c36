"""Operands that write formulas: an operation of the model on them is recorded as a spreadsheet formula, and calculated as well.

NumPy dispatches its functions to them (protocols `__array_ufunc__` and `__array_function__`), so the model runs on them as it
runs on numbers and on draws. An operand is one formula, shape (), or one for each year, shape (horizon,).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from imis_plan.workbook.term import FUNCTIONS, OPERATIONS, Term, constant, function_call, operation

# A longer formula is hard to read: parts of it are moved to cells of their own.
LONGEST = 120
CellExtractor = Callable[[Term], Term]


class Operand(NDArrayOperatorsMixin):
    """A formula, or one for each year.

    terms : the formulas. series : whether there is one for each year. extract : moves a formula to a cell of its own and returns
    a reference to that cell.
    """

    def __init__(self, terms: Sequence[Term], extract: CellExtractor, *, series: bool) -> None:
        self.terms = tuple(terms)
        self.extract = extract
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
        """Current value, or an array with a value for each year."""
        return np.array([term.value for term in self.terms]) if self.series else self.terms[0].value

    def reshape(self, shape: tuple[int, ...]) -> Self:
        """The operand itself, since it has no draws. Raises ValueError for another shape."""
        if tuple(shape) != self.shape:
            raise ValueError(f"an operand of shape {self.shape} has no shape {shape}")
        return self

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, index: Any) -> "Operand":
        if isinstance(index, slice):
            return Operand(self.terms[index], self.extract, series=True)
        return Operand([self.terms[index]], self.extract, series=False)

    def __iter__(self) -> Iterator["Operand"]:
        return (self[i] for i in range(len(self.terms)))

    def __int__(self) -> int:
        if not self.terms[0].fixed:
            raise TypeError(f"{self.terms[0].text}: not part of the workbook's structure")
        return int(self.terms[0].value)

    def __bool__(self) -> bool:
        raise TypeError(f"{self.terms[0].text}: Python cannot decide by a value that may change in a cell; use `where` or `pick`")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **keywords: Any) -> Any:
        if method != "__call__" or keywords or not (ufunc in OPERATIONS or ufunc in FUNCTIONS or ufunc is np.negative):
            return NotImplemented
        return apply_by_year(self.extract, ufunc, inputs)

    def __array_function__(self, function: Any, _types: Any, arguments: Any, keywords: Any) -> Any:
        if function not in ARRAY_FUNCTIONS:
            return NotImplemented
        return ARRAY_FUNCTIONS[function](self.extract, *arguments, **keywords)


def terms_of(x: Any, length: int) -> list[Term]:
    """The formulas of an operand, a number or an array. length : how many."""
    if isinstance(x, Operand):
        return list(x.terms) if x.series else [x.terms[0]] * length
    if isinstance(x, str) or np.ndim(x) == 0:
        return [constant(x.item() if isinstance(x, np.ndarray) else x)] * length
    return [constant(entry) for entry in x]


def is_series(x: Any) -> bool:
    """Whether an operand or an array has a value for each year."""
    return x.series if isinstance(x, Operand) else isinstance(x, np.ndarray) and x.ndim > 0


def apply_by_year(extract: CellExtractor, kind: Any, inputs: Sequence[Any]) -> Operand:
    """An operation or a function on operands, year by year. Raises ValueError where their lengths differ."""
    lengths = [len(x) for x in inputs if is_series(x)]
    if not lengths:
        terms = [apply(extract, kind, tuple(x.terms[0] if isinstance(x, Operand) else constant(x) for x in inputs))]
        return Operand(terms, extract, series=False)
    length = max(lengths)
    columns = [terms_of(x, length) for x in inputs]
    terms = [apply(extract, kind, row) for row in zip(*columns, strict=True)]
    return Operand([in_year(term, year) for year, term in enumerate(terms)], extract, series=True)


def in_year(term: Term, year: int) -> Term:
    """The term as one of a year; a literal has none."""
    return term if term.constant or term.year == year else term._replace(year=year)


def apply(extract: CellExtractor, kind: Any, terms: tuple[Term, ...]) -> Term:
    """One operation; while the formula is too long, its longest part is moved to a cell of its own.

    A quotient by zero, which an IF around it does not show, is not moved: its cell would show an error.
    """
    result = combine(kind, terms)
    while len(result.text) > LONGEST and (parts := [term for term in terms if term.composed and has_value(term)]):
        longest = max(parts, key=lambda term: len(term.text))
        moved = extract(longest)
        if moved is longest:
            break
        terms = tuple(moved if term is longest else term for term in terms)
        result = combine(kind, terms)
    return result


def has_value(term: Term) -> bool:
    """Whether a formula has a value; a quotient by zero has none."""
    return isinstance(term.value, str) or bool(np.isfinite(term.value).all())


def combine(kind: Any, terms: tuple[Term, ...]) -> Term:
    """The formula of one operation."""
    if kind is np.negative:
        return operation(np.subtract, constant(0.0), terms[0])
    if kind in OPERATIONS:
        left, right = terms
        return operation(kind, left, right)
    return function_call(kind, terms)


def where(extract: CellExtractor, condition: Any, a: Any, b: Any) -> Any:
    """IF of the spreadsheet."""
    if isinstance(condition, bool | np.bool_):
        return a if condition else b
    return apply_by_year(extract, np.where, (condition, a, b))


def inline(term: Term) -> Term:
    """A CellExtractor that moves nothing: formulas stay as long as they are."""
    return term


def round_to(extract: CellExtractor, x: Any, decimals: int = 0) -> Operand:
    """ROUND of the spreadsheet."""
    return apply_by_year(extract, np.round, (x, decimals))


def stack(extract: CellExtractor, rows: Sequence[Any]) -> Operand:
    """One value per year as a series."""
    return Operand([terms_of(row, 1)[0]._replace(year=year) for year, row in enumerate(rows)], extract, series=True)


def running_sum(extract: CellExtractor, x: Any, axis: int) -> Operand:
    """Running sum over the years. Raises ValueError for another axis."""
    if axis != 0:
        raise ValueError("the first axis is that of the years")
    sums: list[Any] = []
    for entry in x:
        sums.append(entry if not sums else sums[-1] + entry)
    return stack(extract, sums)


def any_true(_extract: CellExtractor, x: Operand) -> bool:
    """Whether a condition holds anywhere for current values: for checks of bounds, which the sheet makes by data validation."""
    return bool(np.any(x.value))


ARRAY_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: where,
    np.round: round_to,
    np.stack: stack,
    np.cumsum: running_sum,
    np.any: any_true,
    np.shape: lambda _extract, x: x.shape,
    np.ndim: lambda _extract, x: x.ndim,
    np.broadcast_to: lambda _extract, x, _shape: x,
    np.broadcast_arrays: lambda _extract, *values: values,
}
