"""Parameters and drivers by name, each knowing which parameters it rests on."""

from collections.abc import Callable, Mapping
from typing import Any


class Values:
    """What formulas read: `v["printing.card_pvc"]` is a parameter, `v["insured"]` a driver.

    A formula is a function of `v`. Whatever it reads is remembered, so that every driver and every budget line can name the
    parameters behind it, down to the scenario file, without anyone keeping a list.
    """

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._values: dict[str, Any] = dict(parameters)
        self._basis: dict[str, frozenset[str]] = {}
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def basis(self, name: str) -> frozenset[str]:
        """Paths of the parameters behind a driver; a parameter rests on itself."""
        return self._basis.get(name, frozenset((name,)))

    def call(self, formula: Callable[["Values"], Any]) -> tuple[Any, frozenset[str]]:
        """The result of a formula and the paths of the parameters behind it."""
        outer, self._read = self._read, set()
        try:
            result = formula(self)
            return result, frozenset().union(*map(self.basis, self._read))
        finally:
            self._read = outer

    def derive(self, name: str, formula: Callable[["Values"], Any]) -> Any:
        """Work out a driver once and keep it under its name."""
        self._values[name], self._basis[name] = self.call(formula)
        return self._values[name]
