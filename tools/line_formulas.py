"""The quantity of every budget line as a formula: the code is run on names instead of numbers."""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partialmethod
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from unittest.mock import patch

from imis_plan.model import components
from imis_plan.model.budget_line import Line
from imis_plan.model.components import line_functions

# Functions that are printed by name and not looked into.
OPAQUE = ("imis_plan.model.arrays", "imis_plan.model.stock")
SUM, PRODUCT, ATOM = 1, 2, 3


class Symbol:
    """A formula that grows with every operation on it.

    rank : precedence of its outermost operation, which decides where brackets are needed.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, text: str, rank: int = ATOM) -> None:
        self.text, self.rank = text, rank

    def __str__(self) -> str:
        return self.text

    def within(self, rank: int) -> str:
        """The text, in brackets if its precedence is lower than that of the formula around it."""
        return self.text if self.rank >= rank else f"({self.text})"

    def then(self, other: Any, sign: str, rank: int, right: int) -> "Symbol":
        """Formula of this one, a sign, and another."""
        return Symbol(f"{self.within(rank)} {sign} {symbol(other).within(right)}", rank)

    def before(self, other: Any, sign: str, rank: int, right: int) -> "Symbol":
        """The same with the other one first; 0 + x, with which Python begins a sum, is x."""
        if sign == "+" and isinstance(other, int) and other == 0:
            return self
        return symbol(other).then(self, sign, rank, right)

    __add__ = partialmethod(then, sign="+", rank=SUM, right=SUM)
    __radd__ = partialmethod(before, sign="+", rank=SUM, right=SUM)
    __sub__ = partialmethod(then, sign="-", rank=SUM, right=PRODUCT)
    __rsub__ = partialmethod(before, sign="-", rank=SUM, right=PRODUCT)
    __mul__ = partialmethod(then, sign="x", rank=PRODUCT, right=PRODUCT)
    __rmul__ = partialmethod(before, sign="x", rank=PRODUCT, right=PRODUCT)
    __truediv__ = partialmethod(then, sign="/", rank=PRODUCT, right=ATOM)
    __rtruediv__ = partialmethod(before, sign="/", rank=PRODUCT, right=ATOM)
    __lt__ = partialmethod(then, sign="<", rank=0, right=SUM)
    __eq__ = partialmethod(then, sign="=", rank=0, right=SUM)
    __and__ = partialmethod(then, sign="and", rank=0, right=0)
    __or__ = partialmethod(then, sign="or", rank=0, right=0)


def symbol(x: Any) -> Symbol:
    """Anything as a formula."""
    return x if isinstance(x, Symbol) else Symbol(str(x))


class Names(dict[str, Symbol]):
    """Values of a plan that are their own names."""

    def __missing__(self, name: str) -> Symbol:
        return Symbol("year" if name == "t" else name)


def call_symbol(name: str, *arguments: Any) -> Symbol:
    """A function by its name, with its arguments."""
    return Symbol(f"{name}({', '.join(str(symbol(x)) for x in arguments)})")


def component_modules() -> list[ModuleType]:
    """The modules of the components."""
    return [import_module(f"{components.__name__}.{module.name}") for module in iter_modules(components.__path__)]


@contextmanager
def printing_functions() -> Iterator[None]:
    """Array and stock functions return their name and arguments instead of a result."""
    with ExitStack() as stack:
        for module in component_modules():
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ in OPAQUE:
                    stack.enter_context(patch.object(module, name, lambda *a, n=name: call_symbol(n, *a)))
        yield


def symbolic_lines(roles: Any) -> Mapping[str, list[Line]]:
    """Component -> its lines, whose quantities and switches are formulas in words."""
    with printing_functions():
        return {
            component: [function(Names()) for function in functions] for component, functions in line_functions(roles).items()
        }
