"""Relations: limits of a parameter that other parameters determine, as `at_most` in `defaults.yaml` declares them."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema

from imis_plan.scenario.fields import invalid, plain_text
from imis_plan.sentence import sentence

Values = Mapping[str, Any]
# The result for values and a function that rounds up.
Computation = Callable[[Values, Callable[[Any], Any]], Any]
OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS = ("ceil", "lowest")
EXAMPLE = sentence("a path, or a formula as in schemes.number * schemes.offices_per_scheme")


@dataclass(frozen=True)
class Formula:
    """Arithmetic with the values of parameters.

    text : numbers, paths, + - * / **, brackets, `ceil(...)`, which rounds up, and `lowest(...)`, the lowest number of a list
    """

    text: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the parameters, in the order of the text."""
        return parsed(self.text)[1]

    def value(self, values: Values, ceil: Callable[[Any], Any] = math.ceil) -> Any:
        """The result for these values, path -> number or array of draws.

        ceil : rounds up to whole numbers; for arrays, the one of the model.

        Raises ArithmeticError where there is no result.
        """
        return parsed(self.text)[0](values, ceil)


@lru_cache(maxsize=256)
def parsed(text: str) -> tuple[Computation, tuple[str, ...]]:
    """A formula as a function of values, and its paths. Raises ValueError for a text that is no formula."""
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(text) from None
    paths = tuple(dict.fromkeys(paths_in(tree)))
    return computation(tree), paths


def paths_in(node: ast.expr) -> list[str]:
    """The paths in a part of a formula. Raises ValueError where it has anything but arithmetic."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return []
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return [*paths_in(node.left), *paths_in(node.right)]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in FUNCTIONS and len(node.args) == 1 and not node.keywords:
        return paths_in(node.args[0])
    if isinstance(node, ast.Attribute | ast.Name) and all(part.isidentifier() for part in ast.unparse(node).split(".")):
        return [ast.unparse(node)]
    raise ValueError(ast.unparse(node))


def computation(node: ast.expr) -> Computation:
    """A part of a formula as a function, so that its syntax tree is read once and not for each plan."""
    if isinstance(node, ast.Constant):
        number = node.value
        return lambda _values, _ceil: number
    if isinstance(node, ast.BinOp):
        apply, left, right = OPERATORS[type(node.op)], computation(node.left), computation(node.right)
        return lambda values, ceil: apply(left(values, ceil), right(values, ceil))
    if isinstance(node, ast.Call):
        argument = computation(node.args[0])
        if ast.unparse(node.func) == "ceil":
            return lambda values, ceil: ceil(argument(values, ceil))
        return lambda values, ceil: lowest(argument(values, ceil))
    path = ast.unparse(node)
    return lambda values, _ceil: values[path]


def lowest(value: Any) -> Any:
    """The lowest number of a list; any other value as it is. For arrays of years and draws, the lowest of the years."""
    if isinstance(value, tuple):
        return min(value)
    return value.min(axis=0) if getattr(value, "ndim", 0) else value


class Relation(BaseModel):
    """One limit of a parameter. Without `unless` nothing above it is possible; with it, it is a matter of what is planned."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    limit: str = Field(description="The highest value: a path, or a formula of paths.")
    meaning: str | None = Field(None, description="What the formula gives, in a few words.")
    when: dict[str, Any] = Field(default_factory=dict, description="Path -> value: the limit applies only with these values.")
    unless: str | None = Field(None, description="The path of a switch: where it is true, the limit does not apply.")

    def __hash__(self) -> int:
        return hash((self.limit, self.unless, str(self.when)))

    @cached_property
    def formula(self) -> Formula:
        """The limit as a formula."""
        return Formula(self.limit)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every parameter that the relation reads."""
        return (*self.formula.paths, *self.when, *((self.unless,) if self.unless else ()))

    def applies(self, values: Values) -> bool:
        """Whether the limit holds for these values."""
        return all(values.get(path) == value for path, value in self.when.items()) and not (
            self.unless and values.get(self.unless) is True
        )

    def __str__(self) -> str:
        conditions = [f"{path} is {value}" for path, value in self.when.items()]
        return (
            f"At most {self.limit}"
            + (f" ({self.meaning})" if self.meaning else "")
            + (f" if {' and '.join(conditions)}" if conditions else "")
            + (f", unless {self.unless} is true" if self.unless else "")
        )


def relations(value: Any) -> tuple[Relation, ...]:
    """The relations of `at_most`: a formula, a mapping with `limit`, or a list of these."""
    return tuple(relation(entry) for entry in (value if isinstance(value, list) else [value]))


def relation(value: Any) -> Relation:
    """One relation."""
    try:
        found = Relation.model_validate({"limit": plain_text(value)} if not isinstance(value, dict) else value)
        parsed(found.limit)
    except (ValidationError, ValueError):
        raise invalid(
            "not a limit", sentence("give {example}, or a mapping with limit, meaning, when and unless", example=EXAMPLE)
        ) from None
    return found


RELATION_SCHEMA = {"anyOf": [{"type": "string"}, Relation.model_json_schema()]}
AtMost = Annotated[
    tuple[Relation, ...],
    PlainValidator(relations),
    WithJsonSchema({"anyOf": [*RELATION_SCHEMA["anyOf"], {"type": "array", "items": RELATION_SCHEMA}]}),
]
