"""Expressions of budget lines in scenario files: a small grammar, read into a tree. Nothing is calculated here.

A name is a driver or a parameter, as in `offices` and `office_it.ups.per_workplace`. The operators are + - * / and the functions
min, max and ceil. The only numbers are 0 and 1: every other number is a parameter, which has a source. `months` is 12.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from imis_plan.sentence import sentence

LONGEST, MOST_PARTS = 500, 100
SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
# Function -> least and largest number of its arguments.
FUNCTIONS = {"min": (2, MOST_PARTS), "max": (2, MOST_PARTS), "ceil": (1, 1)}
# Named conversions, with their units.
CONSTANTS = {"months": "month"}
GRAMMAR = sentence("use names of drivers and parameters, + - * /, min, max, ceil and brackets")
# How tightly an operator binds, for brackets.
RANKS = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True)
class Number:
    """0 or 1."""

    value: int


@dataclass(frozen=True)
class Name:
    """A driver, a parameter or a named conversion."""

    name: str


@dataclass(frozen=True)
class Operation:
    """Two expressions with an operator between them: + - * or /."""

    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Call:
    """A function of expressions: min, max or ceil."""

    function: str
    arguments: tuple["Expression", ...]


Expression = Number | Name | Operation | Call


class BadExpression(Exception):
    """An expression that the grammar does not have: what is wrong and what would be right."""

    def __init__(self, what: str, right: str = GRAMMAR) -> None:
        self.what, self.right = what, right
        super().__init__(f"{what}, {right}")


def parse_expression(text: str) -> Expression:
    """The tree of an expression. Raises BadExpression for all that is not in the grammar."""
    if len(text) > LONGEST:
        raise BadExpression(sentence("an expression of more than {number} characters", number=LONGEST), "split it into two lines")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadExpression("not an expression") from None
    if sum(1 for _ in ast.walk(body)) > 4 * MOST_PARTS:
        raise BadExpression("an expression of too many parts", "split it into two lines")
    return tree(body)


def tree(node: ast.expr) -> Expression:
    """The expression of a node of Python's syntax; any node that is not listed here is refused."""
    match node:
        case ast.Constant(value=int(value)) if not isinstance(value, bool) and value in (0, 1):
            return Number(value)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            raise BadExpression(
                sentence("the number {value} has no source", value=f"{value:g}"), "declare a parameter of the line for it"
            )
        case ast.Name() | ast.Attribute():
            return Name(dotted_name(node))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
            return Operation(SIGNS[type(op)], tree(left), tree(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("-", Number(0), tree(operand))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            least, most = FUNCTIONS[name]
            if not least <= len(arguments) <= most:
                raise BadExpression(
                    sentence("{name} of {count}", name=name, count=len(arguments)),
                    sentence("give one in the brackets") if most == 1 else sentence("give two or more in the brackets"),
                )
            return Call(name, tuple(map(tree, arguments)))
    raise BadExpression(sentence("{text} is not in the grammar", text=ast.unparse(node)[:40]))


def dotted_name(node: ast.expr) -> str:
    """`office_it.ups.price` of the nodes for it."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted_name(value)}.{name}"
    raise BadExpression(sentence("{text} is not a name", text=ast.unparse(node)[:40]))


def names_in(expression: Expression) -> Iterator[str]:
    """Every name, from left to right."""
    match expression:
        case Name(name):
            yield name
        case Operation(_, left, right):
            yield from names_in(left)
            yield from names_in(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from names_in(argument)


def renamed(expression: Expression, names: dict[str, str]) -> Expression:
    """The expression with some names replaced."""
    match expression:
        case Name(name):
            return Name(names.get(name, name))
        case Operation(sign, left, right):
            return Operation(sign, renamed(left, names), renamed(right, names))
        case Call(function, arguments):
            return Call(function, tuple(renamed(argument, names) for argument in arguments))
    return expression


def as_calculation(expression: Expression, rank: int = 0) -> str:
    """The expression as a calculation with {names} in it, in which numbers are filled in; brackets only where needed."""
    match expression:
        case Number(value):
            return str(value)
        case Name(name):
            return f"{{{name}}}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(as_calculation, arguments))})"
        case Operation(sign, left, right):
            own = RANKS[sign]
            text = f"{as_calculation(left, own)} {'x' if sign == '*' else sign} {as_calculation(right, own + (sign in '-/'))}"
            return f"({text})" if own < rank else text
