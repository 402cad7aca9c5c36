"""Loading: processor time to load and check every scenario in a new process."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time

from imis_plan import load
from imis_plan.scenario.folder import scenarios

ROOT = Path(__file__).parents[1]
RUNS = 3


def loading() -> float:
    """Processor time to load and check every scenario in this process. [second]"""
    start = process_time()
    for name in scenarios():
        load(name)
    return process_time() - start


def cold() -> float:
    """The same in a new process, start of Python and imports left out. Raises CalledProcessError where it fails. [second]"""
    command = [sys.executable, "-m", "benchmarks.loading"]
    return float(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout)  # noqa: S603 - our own words


def main(runs: int = RUNS) -> None:
    """Print the median of some new processes."""
    print(f"load and check all {len(scenarios())} scenarios, cold: {median(cold() for _ in range(runs)):.2f} s")


if __name__ == "__main__":
    print(loading())
