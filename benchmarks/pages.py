"""Pages: what it takes to make the pages of a report from the notebook once that has run."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

RUNS = 15


def cpu(function: Callable[[Any], str], notebook: Any) -> tuple[float, float, str]:
    """CPU time of the first call and the median of later ones, and what comes out. [second]"""
    times, page = [], ""
    for _ in range(RUNS + 1):
        start = process_time()
        page = function(notebook)
        times.append(process_time() - start)
    return times[0], median(times[1:]), page


def main() -> None:
    """Print the table."""
    import nbformat

    from imis_plan.report import batch, render
    from imis_plan.report.offline import faults
    from imis_plan.scenario.plan import scenarios

    name = "nepal" if "nepal" in scenarios() else scenarios()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        batch.report([name], Path(folder), brief=True)
        notebook = nbformat.read(Path(folder, name, "report.ipynb"), 4)
    print(f"pages of {name}, CPU seconds, first in a process and then each")
    for words, function in (("report", render.html), ("briefing", render.brief)):
        first, each, page = cpu(function, notebook)
        _, looking, _ = cpu(lambda _notebook, page=page: str(faults(page)), None)  # type: ignore[misc]
        print(f"  {words:<10}{first:6.2f}{each:8.3f}, the last look in it {looking:.3f}; {len(page) / 1e3:.0f} kB")
