"""Units as powers of what they are made of, so that the units of an expression can be checked.

A year counts as nothing, since every driver is a number of its year: `claim/person/year` times people is claims.
"""

from collections import Counter
from collections.abc import Mapping

from imis_plan.scenario.expression import CONSTANTS, BadExpression, Call, Expression, Name, Number, Operation
from imis_plan.sentence import sentence

Dimension = frozenset[tuple[str, int]]
PURE: Dimension = frozenset()
# Shares, factors and switches; and the year of a series.
NOTHING = frozenset({"", "1", "factor", "year"})
SWITCH = "yes/no"


def dimension(unit: str) -> Dimension:
    """The dimension of a unit: `person-day/facility` is person and day once, facility minus once."""
    powers: Counter[str] = Counter()
    for place, part in enumerate([] if unit == SWITCH else unit.split("/")):
        for word in part.split("-"):
            if word not in NOTHING:
                powers[word] += 1 if place == 0 else -1
    return frozenset((word, power) for word, power in powers.items() if power)


def combined(one: Dimension, other: Dimension, sign: int) -> Dimension:
    """The dimension of a product (sign 1) or of a quotient (sign -1)."""
    powers = Counter(dict(one))
    for word, power in other:
        powers[word] += sign * power
    return frozenset((word, power) for word, power in powers.items() if power)


def dimension_text(found: Dimension) -> str:
    """A dimension as a unit is written."""
    above = "-".join(sorted(word for word, power in found for _ in range(power)))
    below = sorted(word for word, power in found for _ in range(-power))
    return "/".join([above or "1", *below])


def dimension_of(expression: Expression, units: Mapping[str, str]) -> Dimension | None:
    """The dimension of an expression; None for 0, which fits any.

    units : name -> unit.

    Raises BadExpression where unlike units are added or compared.
    """
    match expression:
        case Number(value):
            return None if value == 0 else PURE
        case Name(name):
            return dimension(CONSTANTS.get(name) or units[name])
        case Call(function, arguments):
            return common([dimension_of(argument, units) for argument in arguments], function)
        case Operation(sign, left, right):
            one, other = dimension_of(left, units), dimension_of(right, units)
            if sign in "+-":
                return common([one, other], sign)
            if one is None or other is None:
                return None
            return combined(one, other, 1 if sign == "*" else -1)


def common(found: list[Dimension | None], what: str) -> Dimension | None:
    """The dimension that all have. Raises BadExpression if there are two."""
    given = [each for each in found if each is not None]
    for other in given[1:]:
        if other != given[0]:
            texts = f"{dimension_text(given[0])} {what} {dimension_text(other)}"
            raise BadExpression(sentence("unlike units: {texts}", texts=texts), "give both in the same unit")
    return given[0] if given else None
