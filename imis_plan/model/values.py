"""Parameters and drivers by name, each with the parameters it depends on."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

MISSING = object()


class FormulaResult(NamedTuple):
    """The result of a formula, the parameters it depends on, and the names it read."""

    result: Any
    dependencies: frozenset[str]
    names_read: frozenset[str]


class Values:
    """What formulas read: `v["printing.card_pvc"]` is a parameter, `v["insured"]` a driver.

    A formula is a function of `v`. Every name that it reads is recorded, so that each driver and each budget line can list the
    parameters it depends on, down to the scenario file.

    previous : the values of a variant that was evaluated before. A formula that reads nothing that has changed is not run again;
    a value is unchanged if it is the same object, so variants must share what they have in common.
    """

    def __init__(self, parameters: Mapping[str, Any], previous: "Values | None" = None) -> None:
        self._values: dict[str, Any] = dict(parameters)
        self.parameters = parameters
        self.results: dict[Hashable, FormulaResult] = {}
        self._read: set[str] = set()
        self._previous_results = previous.results if previous else {}
        self._changed: set[Hashable] = changed_names(previous.parameters, parameters) if previous else set()

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def dependencies(self, name: str) -> frozenset[str]:
        """Paths of the parameters that a driver depends on; a parameter depends on itself."""
        found = self.results.get(name)
        return found.dependencies if found else frozenset((name,))

    def evaluate(self, formula: Callable[["Values"], Any], key: Hashable = None) -> tuple[Any, frozenset[str]]:
        """The result of a formula and the paths of the parameters it depends on.

        key : name of the formula in every variant, for a driver its own name; without a key, variants do not share the result.
        """
        found = self._previous_results.get(key)
        if found is None or not self._changed.isdisjoint(found.names_read):
            found = self._run(formula)
            self._changed.add(key)
        if key is not None:
            self.results[key] = found
        return found.result, found.dependencies

    def add_driver(self, name: str, formula: Callable[["Values"], Any]) -> Any:
        """Compute a driver and store it under its name."""
        self._values[name], _ = self.evaluate(formula, name)
        return self._values[name]

    def _run(self, formula: Callable[["Values"], Any]) -> FormulaResult:
        outer, self._read = self._read, set()
        try:
            result = formula(self)
            return FormulaResult(result, frozenset().union(*map(self.dependencies, self._read)), frozenset(self._read))
        finally:
            self._read = outer


def changed_names(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[Hashable]:
    """Names of the parameters that are not the same object in both."""
    return {name for name in one.keys() | other.keys() if one.get(name, MISSING) is not other.get(name, MISSING)}
