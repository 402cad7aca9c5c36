"""The few array functions that the model needs beyond + - * / and **.

Every series has the budget year as its first axis: shape (horizon,) for a point, (horizon, draws) for a simulation. A single
value has no year axis: shape () or (draws,). Formulas use operators and these functions only, so that one definition serves
numbers, draws and whatever else carries the operators: NumPy hands each call to the operands themselves where they know how to
answer it (its protocols `__array_ufunc__` and `__array_function__`), which is how the workbook writes its formulas.
"""

import numpy as np

# Binary fractions: 0.1 * 30 is 3.0000000000000004, and three is what a person would buy.
TOLERANCE = 1e-9
CENTS_PER_UNIT = 100
# Digits that a double holds for certain, and to which a spreadsheet looks when it rounds.
CERTAIN_DIGITS = 15


def ceil(x):
    """The next whole number, forgiving the noise of binary fractions. [same unit]"""
    return np.ceil(x - TOLERANCE) + 0.0  # no minus zero


def floor(x):
    """The whole number reached, forgiving the noise of binary fractions. [same unit]"""
    return np.floor(x + TOLERANCE)


def maximum(a, b):
    """The larger of two, element by element. [same unit]"""
    return np.maximum(a, b)


def minimum(a, b):
    """The smaller of two, element by element. [same unit]"""
    return np.minimum(a, b)


def clip(x, low, high):
    """`x` held between two bounds. [same unit]"""
    return minimum(maximum(x, low), high)


def where(condition, a, b):
    """`a` where the condition holds, else `b`. [same unit]"""
    return np.where(condition, a, b)


def round_to_cents(x):
    """Money to the cent, a half away from zero: what ROUND gives in a spreadsheet, and a ministry expects. [same currency]"""
    if isinstance(x, (float, np.floating, np.ndarray)):
        return round_floats_to_cents(np.asarray(x, dtype=float))
    return np.round(x, 2)  # an operand knows how it rounds


def round_floats_to_cents(x):
    """Money to the cent; a half is one even where binary fractions leave a hair less, as 0.05 * 16.9 does. [same currency]"""
    scaled = np.abs(x) * CENTS_PER_UNIT + 0.5
    step = 10.0 ** (CERTAIN_DIGITS - 1 - np.floor(np.log10(scaled)))
    return np.copysign(np.floor(np.rint(scaled * step) / step) / CENTS_PER_UNIT, x) + 0.0


def exp(x):
    """The exponential of `x`. [1]"""
    return np.exp(x)


def choose(choice, values):
    """What a named choice selects: `values` maps names to functions, of which only the chosen one is run. [its unit]

    A choice that is not a name but may become any of them, as in a spreadsheet, keeps all of them open.
    """
    if isinstance(choice, str):
        return values[choice]()
    *others, last = values
    result = values[last]()
    for name in reversed(others):
        result = where(choice == name, values[name](), result)
    return result


def safe_divide(part, whole):
    """`part` over `whole`; nothing where there is no whole. [unit of part per unit of whole]"""
    with np.errstate(divide="ignore", invalid="ignore"):
        return where(whole != 0, part / whole, 0.0)


def previous(series, start):
    """Last year's value in each year; `start` is the value before the first year. [same unit]"""
    shape = np.broadcast_shapes(np.shape(start), np.shape(series)[1:])
    rows = [np.broadcast_to(x, shape) for x in (start, *series[:-1])]
    return np.stack(rows)


def stack_years(values, years):
    """One value per year as a series that fits `years` (a series of any unit): shape (horizon, ...). [same unit]"""
    rows = np.stack(np.broadcast_arrays(*values))
    return rows.reshape(rows.shape[:1] + (1,) * (np.ndim(years) - rows.ndim) + rows.shape[1:])


def cumulative_sum(series):
    """Running sum over the years. [same unit]"""
    return np.cumsum(series, axis=0)


def round_up_to(x, sizes):
    """The smallest listed size that holds `x`; above the largest, whole multiples of it; nothing for nothing. [same unit]

    sizes : rising list of sizes on offer.
    """
    largest = sizes[-1]
    fitted = ceil(x / largest) * largest
    for size in reversed(sizes[:-1]):
        fitted = where(x <= size + TOLERANCE, size, fitted)
    return where(x > TOLERANCE, fitted, 0.0)
