"""The workbook: time to write it, its size, and the model's point evaluations while LibreOffice recalculates it once."""

import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import xlsxwriter

from benchmarks.point import RUNS, seconds
from imis_plan import budget, load
from imis_plan.model.evaluate import evaluate, inputs
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import Plan
from imis_plan.workbook.allocation import allocate
from imis_plan.workbook.ledger_rows import ledger_rows
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.tracing import trace_model
from imis_plan.workbook.write import SETTINGS, workbook, write_sheets

# Recalculate whatever the file holds.
OFFICE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
ALWAYS, NEVER = 0, 1
FILES = 6


def converting(office: str, content: bytes, mode: int, count: int) -> float:
    """Time in which LibreOffice loads a file so many times and writes its first sheet as text. [second]"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(OFFICE.format(mode=mode), encoding="utf-8")
        files = [folder / f"{i}.xlsx" for i in range(count)]
        for file in files:
            file.write_bytes(content)
        command = [
            office,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            name,
        ]
        start = perf_counter()
        subprocess.run([*command, *files], check=True, capture_output=True)  # noqa: S603  # our own words
        return perf_counter() - start


def each(office: str, content: bytes, mode: int, files: int) -> float:
    """Time for one file more, the start of LibreOffice left out. [second]"""
    return (converting(office, content, mode, files) - converting(office, content, mode, 1)) / (files - 1)


def phases(plan: Plan) -> dict[str, float]:
    """Processor time of each part of writing a workbook. [second]"""
    found, start = {}, process_time()

    def done(name: str) -> None:
        """Take the time since the last part."""
        nonlocal start
        now = process_time()
        found[name], start = now - start, now

    with np.errstate(all="ignore"):
        traced = trace_model(starting_point(plan))
        done("the model on cells")
        rows = ledger_rows(traced, budget(plan))
        done("ledger")
        paid = allocate(traced, rows)
        done("who pays")
    with xlsxwriter.Workbook(BytesIO(), SETTINGS) as file:
        write_sheets(file, traced, rows, paid)
        done("sheets, with the options")
    done("the file")
    return found


def main(runs: int = RUNS, files: int = FILES) -> None:
    """Print the table. files : workbooks that LibreOffice loads, two or more; it loads none with less."""
    plan = load("nepal" if "nepal" in scenarios() else scenarios()[0])
    content = workbook(plan)
    writing, point = seconds(lambda: workbook(plan), 1, runs), seconds(lambda: evaluate(inputs(plan), plan.roles), runs=runs)
    print(f"workbook of {plan.name}: written in {writing:.2f} s, {len(content) / 1e3:.0f} kB")
    print("; ".join(f"{name} {time:.2f} s" for name, time in phases(plan).items()))
    if files < 2:  # noqa: PLR2004 - from one file to the next
        return
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("no LibreOffice on PATH: its time is not measured")
        return
    live, kept = (each(office, content, mode, files) for mode in (ALWAYS, NEVER))
    print(f"LibreOffice loads and recalculates it in {live:.2f} s, loads it without recalculating in {kept:.2f} s")
    print(f"while LibreOffice loads and recalculates it once, the model makes {live / point:,.0f} point evaluations")
    if live > kept:
        print(f"while LibreOffice only recalculates it, {(live - kept) / point:,.0f}")
