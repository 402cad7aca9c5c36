"""Batch: the reports of all scenarios beside those of an earlier commit, and beside a shell loop over papermill and nbconvert.

`make bench-batch` checks the earlier commit out with the packages that it pins, and runs both in turn: load of the machine then
changes both alike. Only processor time counts, of all processes. It takes some ten minutes, and more where others compute.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import report
from benchmarks.processor import processor_seconds
from imis_plan.scenario.folder import scenarios

ROOT = Path(__file__).parents[1]
# The commit that times are compared with.
EARLIER = "df8bb58"
PAIRS = 3
# Scenarios that the shell loop makes; it makes one after the other, so that the others take as long each.
LOOP_SAMPLE = ("nepal", "cameroon")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A folder with an earlier commit and an environment with the packages that it pins; removed in the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder) / commit
        run("git", "worktree", "add", "--detach", str(place), commit, at=ROOT)
        try:
            run("make", "setup", f"PYTHON={sys.executable}", at=place)
            yield place
        finally:
            run("git", "worktree", "remove", "--force", str(place), at=ROOT)


def run(*command: str, at: Path) -> str:
    """What a command prints. Raises CalledProcessError where it fails."""
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words


def reports(place: Path, names: Iterable[str], *more: str) -> float:
    """Processor time of `imis-plan report --force` in a checked-out folder. [second]"""
    with tempfile.TemporaryDirectory(prefix="bench-") as out:
        program = place / ".venv" / "bin" / "imis-plan"
        return processor_seconds([program, "report", *names, "--force", "--out", out, *more], folder=place)


def shell_loop(names: Iterable[str]) -> float:
    """Processor time of two programs for each report, one after the other, with the same notebook. [second]"""
    programs, total = Path(sys.executable).parent, 0.0
    with tempfile.TemporaryDirectory(prefix="bench-") as out:
        for name in names:
            executed = str(Path(out) / f"{name}.ipynb")
            total += processor_seconds([programs / "papermill", report.NOTEBOOK, executed, "-p", "scenario", name], folder=ROOT)
            total += processor_seconds([programs / "jupyter", "nbconvert", "--to", "html", "--no-input", executed], folder=ROOT)
    return total


def headings(notebook: str) -> list[str]:
    """The headings of the chapters of a notebook, given as JSON."""
    texts = ["".join(cell["source"]) for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "markdown"]
    return [text.partition("\n")[0].lstrip("# ") for text in texts if text.startswith("#")]


def modules(listing: str) -> set[str]:
    """Names of the modules in a listing of files."""
    return {Path(line).stem for line in listing.splitlines()}


def new_parts(place: Path, measured: report.Measured) -> Mapping[str, float]:
    """Chapters and sheets that the earlier commit does not have, with their processor time in one process. [second]"""
    notebook = "notebooks/country_budget.ipynb"
    before = headings((place / notebook).read_text(encoding="utf-8"))
    sheets = modules(run("git", "ls-files", "imis_plan/workbook/sheets", at=place))
    chapters = {f"chapter {name}": seconds for name, seconds in measured.chapters.items() if name and name not in before}
    written = {f"sheet {name}": seconds for name, seconds in measured.sheets.items() if name not in {*sheets, "other"}}
    return {name: seconds for name, seconds in (chapters | written).items() if name != "chapter other"}


def compare(earlier: Path, names: list[str], pairs: int) -> None:
    """Print the processor time of both commits in turn, and the median of their ratios, with and without what is new."""
    ratios = []
    for i in range(pairs):
        then, now = reports(earlier, names), reports(ROOT, names)
        ratios.append(now / then)
        print(f"  pair {i + 1}: {EARLIER} {then:6.1f} s, now {now:6.1f} s, ratio {now / then:.2f}", flush=True)
    measured = [report.measure(name) for name in report.SCENARIOS]
    shares = [sum(new_parts(earlier, each).values()) / sum(each.parts.values()) for each in measured]
    print(f"  {len(names)} reports with workbooks, median of the ratios: {median(ratios):.2f} with all parts")
    print(f"  without those that {EARLIER} does not have: {median(ratios) * (1 - sum(shares) / len(shares)):.2f}")
    print(f"  parts that {EARLIER} does not have, processor seconds of {report.SCENARIOS[0]}:")
    for name, seconds in sorted(new_parts(earlier, measured[0]).items(), key=lambda each: -each[1]):
        print(f"    {name:40} {seconds:.2f}")


def compare_with_loop(pairs: int) -> None:
    """Print the ratio to a shell loop, which makes no workbook, for the same notebook."""
    ratios = []
    for _ in range(pairs):
        loop, now = shell_loop(LOOP_SAMPLE), reports(ROOT, LOOP_SAMPLE, "--no-workbook")
        ratios.append(now / loop)
    print(f"  {' and '.join(LOOP_SAMPLE)} beside papermill and nbconvert: {median(ratios):.2f} times their processor time")


def options() -> Any:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="interleaved pairs (default: 3)")
    parser.add_argument("--earlier", type=Path, help=f"a folder with {EARLIER} and its .venv, instead of a new one")
    parser.add_argument("names", nargs="*", help="scenarios (default: all)")
    return parser.parse_args()


def main() -> None:
    """Print all."""
    asked = options()
    names = asked.names or scenarios(ROOT / "parameters")
    print(f"{len(names)} reports: this commit beside {EARLIER}, each with the packages that it pins")
    if asked.earlier:
        compare(asked.earlier, names, asked.pairs)
    else:
        with checked_out(EARLIER) as earlier:
            compare(earlier, names, asked.pairs)
    compare_with_loop(asked.pairs)


if __name__ == "__main__":
    main()
