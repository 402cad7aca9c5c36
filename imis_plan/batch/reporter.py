"""Collect results as they arrive, and report progress to the caller."""

from collections.abc import Callable

from imis_plan.batch.results import Result, Status

OnResult = Callable[[Result, int], None]


class ProgressReporter:
    """Collects results, and calls back with those of reports that are not current."""

    def __init__(self, on_result: OnResult | None, total: int) -> None:
        self.results: list[Result] = []
        self._on_result, self._total = on_result, total

    def add(self, result: Result) -> None:
        """Keep one result."""
        self.results.append(result)
        if self._on_result and result.status != Status.CURRENT:
            self._on_result(result, self._total)
