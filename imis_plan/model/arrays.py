"""The array functions of the model, in addition to + - * / and **.

Every series has the budget year as its first axis: shape (horizon,) for a point, (horizon, draws) for a simulation. A single
value has no year axis: shape () or (draws,). Formulas use operators and these functions only, so that one definition works
for numbers, draws and any other type with the operators: NumPy passes each call to the operands if they can
evaluate it (its protocols `__array_ufunc__` and `__array_function__`), which is how the workbook writes its formulas.
"""

import numpy as np

# Rounding errors of binary fractions: 0.1 * 30 is 3.0000000000000004, which counts as 3.
TOLERANCE = 1e-9
CENTS_PER_UNIT = 100
# Digits that a double represents exactly, and that a spreadsheet considers when it rounds.
CERTAIN_DIGITS = 15


def ceil(x):
    """The next whole number, with a tolerance for rounding errors. [same unit]"""
    return np.ceil(x - TOLERANCE) + 0.0  # no minus zero


def floor(x):
    """The whole number reached, with a tolerance for rounding errors. [same unit]"""
    return np.floor(x + TOLERANCE)


def maximum(a, b):
    """The larger of two, element by element. [same unit]"""
    return np.maximum(a, b)


def minimum(a, b):
    """The smaller of two, element by element. [same unit]"""
    return np.minimum(a, b)


def clip(x, low, high):
    """`x` limited to a range. [same unit]"""
    return minimum(maximum(x, low), high)


def where(condition, a, b):
    """`a` where the condition holds, else `b`. [same unit]"""
    return np.where(condition, a, b)


def round_to_cents(x):
    """Money to the cent, a half away from zero: as ROUND does in a spreadsheet. [same currency]"""
    if isinstance(x, (float, np.floating, np.ndarray)):
        return round_floats_to_cents(np.asarray(x, dtype=float))
    return np.round(x, 2)  # an operand of the workbook rounds itself


def round_floats_to_cents(x):
    """Money to the cent; a half is rounded up even after a rounding error, as in 0.05 * 16.9. [same currency]"""
    scaled = np.abs(x) * CENTS_PER_UNIT + 0.5
    step = 10.0 ** (CERTAIN_DIGITS - 1 - np.floor(np.log10(scaled)))
    return np.copysign(np.floor(np.rint(scaled * step) / step) / CENTS_PER_UNIT, x) + 0.0


def exp(x):
    """The exponential of `x`. [1]"""
    return np.exp(x)


def choose(choice, values):
    """The value of a named choice: `values` maps names to functions, of which only the chosen one runs. [its unit]

    A choice that is a cell of a spreadsheet may become any name, so that all functions run.
    """
    if isinstance(choice, str):
        return values[choice]()
    *others, last = values
    result = values[last]()
    for name in reversed(others):
        result = where(choice == name, values[name](), result)
    return result


def safe_divide(part, whole):
    """`part` over `whole`; 0 where `whole` is 0. [unit of part per unit of whole]"""
    with np.errstate(divide="ignore", invalid="ignore"):
        return where(whole != 0, part / whole, 0.0)


def previous(series, start):
    """Last year's value in each year; `start` is the value before the first year. [same unit]"""
    if isinstance(start, (int, float)) and isinstance(series, np.ndarray) and series.ndim == 1:
        return np.concatenate(([start], series[:-1]))  # a point: most calls, in a twentieth of the time
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
    """`x` rounded up to the next of the given sizes; above the largest, to a multiple of it; 0 for 0. [same unit]

    sizes : available sizes in ascending order.
    """
    largest = sizes[-1]
    fitted = ceil(x / largest) * largest
    for size in reversed(sizes[:-1]):
        fitted = where(x <= size + TOLERANCE, size, fitted)
    return where(x > TOLERANCE, fitted, 0.0)
