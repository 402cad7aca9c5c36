"""The command `imis-plan report`: make reports, tell what became of each, or what would."""

import argparse
from typing import TYPE_CHECKING, Any

from imis_plan.cli import commands, console
from imis_plan.report import batch, outcome
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.output_file import shown
from imis_plan.scenario.problems import BadInput, Problem

if TYPE_CHECKING:
    from pathlib import Path

# What each folder of a report has: one of these.
REPORTED = ("manifest.json", "report.failed.ipynb")

# Arguments that go to `batch` under their own name.
ASKED = (
    "parameters",
    "language",
    "option",
    "notebook",
    "brief",
    "workbook",
    "ledger_only",
    "force",
    "kernel",
    "timeout",
    "shard",
)


def report_(options: argparse.Namespace) -> int:
    """Render reports; 1 when one failed, after all others are done."""
    check_folder(options)
    asked = {name: getattr(options, name) for name in ASKED} | {"table": options.scenarios, "changes": commands.changes(options)}
    asked["paper"] = "pdf" in options.formats
    if options.dry_run:
        return _foreseen(batch.foresee(options.names, options.out, **asked))
    ways = {name: getattr(options, name) for name in ("jobs", "scheduler", "prune", "junit")}
    with console.Progress() as progress:
        results = batch.report(options.names, options.out, **ways, on_result=progress, **asked)
    for result in results:
        if result.reason:
            console.message(f"{result.name} failed: {result.reason}")
        elif result.status in (outcome.LEFT, outcome.REMOVED):
            console.message(f"{result.name} {result.status}: {result.why}")
    if current := sum(result.status == outcome.CURRENT for result in results):
        console.message(f"{current} current: nothing they were made from has changed; --force makes them again")
    console.line(str(options.out / "index.html"))
    return outcome.exit_code(results)


def check_folder(options: argparse.Namespace) -> None:
    """Refuse a folder in which reports would replace what is none. Raises BadInput."""
    out: Path = options.out
    if out.exists() and not out.is_dir():
        raise BadInput([Problem(shown(out), None, "", "a file, not a folder", "name a folder for the reports")])
    index, right = out / "index.html", "name another folder, or overwrite it with --force"
    names = options.names or ([] if options.scenarios else scenarios(options.parameters))
    problems = [
        Problem(shown(folder), None, "", "a folder without a report", right)
        for folder in map(out.joinpath, names)
        if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in REPORTED)
    ]
    if index.is_file() and b"imis_plan" not in index.read_bytes():
        problems.append(Problem(shown(index), None, "", "already there", right))
    if problems and not options.force:
        raise BadInput(problems)


def _foreseen(results: list[Any]) -> int:
    """Print what would be done and why; 1 when something could not be."""
    words = {"made": "make", "current": "keep", "left": "leave", "failed": "fail"}
    console.rows([{"report": r.name, "would": words[r.status], "why": r.reason or r.why} for r in results], "table")
    return int(any(result.reason for result in results))
