"""Batch: side by side with a shell loop over papermill and nbconvert, and with the cells alone in a warm process.

`make bench-batch` takes some ten minutes: the shell loop is slow, and a thousand ledgers are made.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from imis_plan.scenario.folder import NOT_SCENARIOS

ROOT = Path(__file__).parents[1]
SCENARIOS, RUNS = 24, 3
SAMPLE = 6  # reports that the loop makes; it makes one after the other, so that the rest takes as long each
LEDGERS = (10, 100, 1000)
NOTEBOOK = ROOT / "notebooks" / "country_budget.ipynb"
# What the cells themselves cost: executed one after the other in forks of a process that has imported everything.
BARE = """
import json, os, sys, time
from imis_plan import load
from imis_plan.kernels.preload import preload
from imis_plan.i18n import available_language
notebook, folder, jobs, *names = sys.argv[1:]
os.environ |= {"IMIS_PLAN_PARAMETERS": folder, "MPLBACKEND": "agg"}
cells = ["".join(c["source"]) for c in json.load(open(notebook))["cells"] if c["cell_type"] == "code"]
preload(folder)
left = [{"scenario": name, "language": available_language(load(name).about.language)} for name in names]
start = time.perf_counter()
running = 0
while left or running:
    if left and running < int(jobs):
        parameters = left.pop()
        if os.fork() == 0:
            space = {}
            for i, cell in enumerate(cells):
                exec(cell, space)
                space |= parameters if i == 0 else {}
            os._exit(0)
        running += 1
    else:
        if os.wait()[1]:
            sys.exit("a cell failed")
        running -= 1
print(time.perf_counter() - start, file=sys.stderr)
"""


def project(at: Path, count: int) -> None:
    """Make a folder of parameters with so many scenarios, copies of those that are shipped."""
    folder = at / "parameters"
    folder.mkdir(parents=True)
    shipped = sorted((ROOT / "parameters").glob("*.yaml"))
    for file in shipped:
        if file.stem in NOT_SCENARIOS:
            shutil.copyfile(file, folder / file.name)
    real = [file for file in shipped if file.stem not in NOT_SCENARIOS]
    for i in range(count):
        shutil.copyfile(real[i % len(real)], folder / f"{real[i % len(real)].stem}_{i}.yaml")


def timed(command: Sequence[Any], **env: str) -> float:
    """Time of a command. [second]"""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **env})  # noqa: S603 - our own words
    return perf_counter() - start


def shell_loop(folder: Path, notebook: Path, out: Path) -> float:
    """Time of a loop of two programs for each report, one report after the other, estimated from a sample. [second]"""
    out.mkdir()
    programs, total, everybody = Path(sys.executable).parent, 0.0, names(folder)
    for name in everybody[:: len(everybody) // SAMPLE]:
        ran = out / f"{name}.ipynb"
        own = {"IMIS_PLAN_PARAMETERS": str(folder)}
        total += timed([programs / "papermill", notebook, ran, "-p", "scenario", name], **own)
        total += timed([programs / "jupyter", "nbconvert", "--to", "html", "--no-input", ran], **own)
    return total * len(everybody) / SAMPLE


def ours(folder: Path, out: Path, *more: str) -> float:
    """Time of `imis-plan report`. [second]"""
    return timed([Path(sys.executable).parent / "imis-plan", "report", "--parameters", folder, "--out", out, *more])


def bare(folder: Path, notebook: Path) -> float:
    """Time of the cells alone, on all cores, in a process that has imported all they need. [second]"""
    command: list[Any] = [sys.executable, "-c", BARE, notebook, folder, str(os.cpu_count()), *names(folder)]
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)  # noqa: S603 - our own words
    return float(done.stderr.splitlines()[-1])


def names(folder: Path) -> list[str]:
    """Names of the scenarios in a folder."""
    return sorted(file.stem for file in folder.glob("*.yaml") if file.stem not in NOT_SCENARIOS)


def side_by_side(at: Path, notebook: Path) -> None:
    """Print the ways to make the reports of a notebook in turn, several times, and the medians of their ratios.

    The loop makes no workbook, so it is compared with reports without workbooks; those with workbooks are printed, too.
    """
    folder, kind = at / "parameters", ("--notebook", str(notebook))
    rows = []
    for i in range(RUNS):
        out = at / notebook.stem / str(i)
        out.mkdir(parents=True)
        row = (
            shell_loop(folder, notebook, out / "loop"),
            ours(folder, out / "pages", *kind, "--no-workbook"),
            ours(folder, out / "all", *kind),
            bare(folder, notebook),
        )
        print(
            "  run {}: shell loop {:6.1f} s, imis-plan report {:5.1f} s, with workbooks {:5.1f} s, cells alone {:5.1f} s".format(
                i + 1, *row
            )
        )
        rows.append(row)
    again = median(ours(folder, at / notebook.stem / "0" / "all", *kind) for _ in range(RUNS))
    for words, which in (("without workbooks", 1), ("with workbooks", 2)):
        faster, longer = median(row[0] / row[which] for row in rows), median(row[which] / row[3] for row in rows)
        print(f"  {words}, medians: {faster:5.1f} times as fast as the shell loop, {longer:5.2f} times the cells alone")
    print(f"  again with nothing changed: {again:.2f} s")


def districts(at: Path, sizes: Sequence[int], *more: str) -> None:
    """Print time and memory for more and more districts, a row of a table each."""
    before: float | None = None
    for size in sizes:
        table = at / f"districts{size}.csv"
        rows = "".join(f"d{i},{100_000 + i},population\n" for i in range(size))
        table.write_text(f"name,population.total,share_of_base\n{rows}", encoding="utf-8")
        out = at / f"out{size}{len(more)}"
        seconds = ours(ROOT / "parameters", out, "nepal", "--scenarios", str(table), *more)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        grown = "" if before is None else f", {seconds / before:4.1f} times those of a tenth"
        print(f"  {size:5d}: {seconds:6.1f} s, {seconds / size * 1e3:4.0f} ms each, largest process {peak:.0f} MB{grown}")
        before = seconds
        shutil.rmtree(out)


def main() -> None:
    """Print all."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        at = Path(folder)
        print("ledgers of districts, a row of a table each")
        districts(at, LEDGERS, "--ledger-only")
        project(at, SCENARIOS)
        print(f"{SCENARIOS} reports of {NOTEBOOK.name} on {os.cpu_count()} cores; the loop is estimated from {SAMPLE}")
        side_by_side(at, NOTEBOOK)


if __name__ == "__main__":
    main()
