"""Pages: what it takes to make the pages of a report from the notebook once that has run."""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from imis_plan.page.html_check import violations
from imis_plan.page.render import brief_html, report_html

RUNS = 15


def cpu(function: Callable[[], Any], runs: int) -> float:
    """Median processor time of a call, once it is warm. [second]"""
    times = []
    for _ in range(runs):
        start = process_time()
        function()
        times.append(process_time() - start)
    return median(times)


def main(notebook: Any, runs: int = RUNS) -> None:
    """Print the table. notebook : of a report, executed."""
    print("pages of a report from its notebook, processor seconds each")
    for words, function in (("report", report_html), ("briefing", brief_html)):
        page = function(notebook)
        whole, checking = cpu(partial(function, notebook), runs), cpu(partial(violations, page), runs)
        print(f"  {words:<10}{whole:6.3f}, of that {checking:.3f} the check that it is self-contained; {len(page) / 1e3:.0f} kB")
