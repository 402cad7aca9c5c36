"""Expressions of budget lines in scenario files, evaluated on the model's own values: numbers, draws or cells of a workbook."""

from functools import reduce
from typing import Any

from imis_plan.model.arrays import ceil, maximum, minimum, safe_divide
from imis_plan.model.drivers import MONTHS
from imis_plan.scenario.expression import Call, Expression, Name, Number, Operation

CONSTANTS = {"months": MONTHS}
OPERATIONS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": safe_divide}
FUNCTIONS = {
    "min": lambda arguments: reduce(minimum, arguments),
    "max": lambda arguments: reduce(maximum, arguments),
    "ceil": lambda arguments: ceil(*arguments),
}


def evaluate_expression(expression: Expression, v: Any) -> Any:
    """The value of an expression; what is divided by 0 is 0. Shape (horizon, ...), or that of a single value. [its unit]"""
    match expression:
        case Number(value):
            return value
        case Name(name):
            return CONSTANTS[name] if name in CONSTANTS else v[name]
        case Operation(sign, left, right):
            return OPERATIONS[sign](evaluate_expression(left, v), evaluate_expression(right, v))
        case Call(function, arguments):
            return FUNCTIONS[function]([evaluate_expression(argument, v) for argument in arguments])
    raise TypeError(f"not an expression: {expression!r}")
