"""Numbers with a fixed number of significant digits."""

from math import floor, log10

# More than enough for a price that is known to ten per cent at best.
DIGITS = 4


def four_digits(number: float) -> float:
    """A number with four significant digits, as observed prices and ends of ranges have."""
    return round(number, DIGITS - 1 - floor(log10(abs(number)))) if number else 0.0
