"""Batch: the reports of all scenarios beside those of an earlier commit, and beside a shell loop over papermill and nbconvert.

`make bench-batch` checks the earlier commit out with the packages that it pins, and runs both in turn: load of the machine then
changes both alike. Only processor time counts, of all processes. It takes some ten minutes, and more where others compute.

What the earlier commit does not have is declared in `new_parts`. Its cells are left out of the notebook and that is run as well;
what is new in older texts, files and the workbook cannot be left out, so it is measured in this process and subtracted.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import nbformat

from benchmarks import new_parts, report
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


def check_new(earlier: Path) -> None:
    """Print how many functions the cells of both notebooks show, and how many are new. Raises ValueError where one is not."""
    sheets = {Path(line).stem for line in run("git", "ls-files", "imis_plan/workbook/sheets", at=earlier).splitlines()}
    then = new_parts.all_shown(report.read_notebook(earlier / "notebooks" / report.NOTEBOOK.name))
    now = new_parts.all_shown(report.read_notebook())
    older = sorted({*then, *sheets} & {*new_parts.CELLS, *new_parts.SHEETS})
    if older:
        raise ValueError(f"{', '.join(older)}: {EARLIER} has them, too; remove them from benchmarks/new_parts.py")
    new = [name for name in now if name in new_parts.CELLS]
    print(f"  cells show {len(now)} tables, texts and figures, {len(new)} of them new; those of {EARLIER} show {len(then)}")


@contextmanager
def older_notebook() -> Iterator[Path]:
    """The notebook of a report without what is new, in a file for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder, report.NOTEBOOK.name)
        file.write_text(nbformat.writes(new_parts.without_new(report.read_notebook())), encoding="utf-8")
        yield file


def other_new_seconds(names: Iterable[str]) -> float:
    """Processor time of what is new outside the cells left out: sheets, and parts of older texts and files. [second]"""
    measured = [report.measure(name, new_parts.without_new(report.read_notebook())) for name in names]
    return sum(sum(each.new.values()) for each in measured)


def compare(earlier: Path, names: list[str], pairs: int) -> None:
    """Print the processor time of both commits in turn, and the median of their ratios, with and without what is new."""
    check_new(earlier)
    times = []
    with older_notebook() as older:
        for i in range(pairs):
            then, now, less = reports(earlier, names), reports(ROOT, names), reports(ROOT, names, "--notebook", str(older))
            times.append((then, now, less))
            print(
                f"  pair {i + 1}: {EARLIER} {then:6.1f} s, now {now:6.1f} s, ratio {now / then:.2f};"
                f" without the new cells {less:6.1f} s, ratio {less / then:.2f}",
                flush=True,
            )
    report.measure(names[0])  # imports and fonts
    other = other_new_seconds(names)
    print(f"  {len(names)} reports with workbooks, medians of the ratios")
    print(f"    with all parts: {median(now / then for then, now, _ in times):.2f}")
    print(f"    without cells that {EARLIER} does not have: {median(less / then for then, _, less in times):.2f}")
    print(
        f"    without its new sheets and parts of older texts either ({other:.1f} s, measured in one process): "
        f"{median((less - other) / then for then, _, less in times):.2f}"
    )
    print(f"  parts that {EARLIER} does not have, processor seconds of {names[0]}:")
    for part, seconds in sorted(report.measure(names[0]).new.items(), key=lambda each: -each[1]):
        print(f"    {seconds:5.2f} {part}: {new_parts.reason(part)}")


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
