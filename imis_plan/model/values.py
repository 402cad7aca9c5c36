"""Parameters and drivers by name, each knowing which parameters it rests on."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

MISSING = object()


class Found(NamedTuple):
    """What a formula gave, the parameters behind it, and the names it read."""

    result: Any
    basis: frozenset[str]
    read: frozenset[str]


class Values:
    """What formulas read: `v["printing.card_pvc"]` is a parameter, `v["insured"]` a driver.

    A formula is a function of `v`. Whatever it reads is remembered, so that every driver and every budget line can name the
    parameters behind it, down to the scenario file, without anyone keeping a list.

    like : the values of a variant worked out before. A formula that reads nothing that differs from it is not run again; only
    the very same object is the same value, so variants must share what they have in common.
    """

    def __init__(self, parameters: Mapping[str, Any], like: "Values | None" = None) -> None:
        self._values: dict[str, Any] = dict(parameters)
        self.parameters = parameters
        self.known: dict[Hashable, Found] = {}
        self._read: set[str] = set()
        self._before = like.known if like else {}
        self._differs: set[Hashable] = differing(like.parameters, parameters) if like else set()

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def basis(self, name: str) -> frozenset[str]:
        """Paths of the parameters behind a driver; a parameter rests on itself."""
        found = self.known.get(name)
        return found.basis if found else frozenset((name,))

    def call(self, formula: Callable[["Values"], Any], key: Hashable = None) -> tuple[Any, frozenset[str]]:
        """The result of a formula and the paths of the parameters behind it.

        key : what the formula is called in every variant, for a driver its name; without it variants do not share the result.
        """
        found = self._before.get(key)
        if found is None or not self._differs.isdisjoint(found.read):
            found = self._run(formula)
            self._differs.add(key)
        if key is not None:
            self.known[key] = found
        return found.result, found.basis

    def derive(self, name: str, formula: Callable[["Values"], Any]) -> Any:
        """Work out a driver once and keep it under its name."""
        self._values[name], _ = self.call(formula, name)
        return self._values[name]

    def _run(self, formula: Callable[["Values"], Any]) -> Found:
        outer, self._read = self._read, set()
        try:
            result = formula(self)
            return Found(result, frozenset().union(*map(self.basis, self._read)), frozenset(self._read))
        finally:
            self._read = outer


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[Hashable]:
    """Names of the parameters that are not the same object in both."""
    return {name for name in one.keys() | other.keys() if one.get(name, MISSING) is not other.get(name, MISSING)}
