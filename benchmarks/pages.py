"""Pages: what it takes to make the pages of a report from the notebook once that has run."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

RUNS = 15


def cpu(function: Callable[[], Any]) -> float:
    """Median CPU time of a call, once it is warm. [second]"""
    times = []
    for _ in range(RUNS):
        start = process_time()
        function()
        times.append(process_time() - start)
    return median(times)


def main() -> None:
    """Print the table."""
    import nbformat

    from imis_plan.batch.run import make_reports
    from imis_plan.page.html_check import violations
    from imis_plan.page.render import brief_html, report_html
    from imis_plan.scenario.folder import scenarios

    name = "nepal" if "nepal" in scenarios() else scenarios()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        make_reports([name], Path(folder), brief=True)
        notebook = nbformat.read(Path(folder, name, "report.ipynb"), 4)
    print(f"pages of {name} from its notebook, CPU seconds each")
    for words, function in (("report", report_html), ("briefing", brief_html)):
        page = function(notebook)
        whole, checking = cpu(partial(function, notebook)), cpu(partial(violations, page))
        print(f"  {words:<10}{whole:6.3f}, of that {checking:.3f} the check that it is self-contained; {len(page) / 1e3:.0f} kB")
