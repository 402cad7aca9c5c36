"""The command `imis-plan report`: create reports and print their results, or print what would be done."""

import argparse
from typing import TYPE_CHECKING, Any

from imis_plan.batch import run
from imis_plan.batch.results import Status, exit_code
from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.output_file import shown

if TYPE_CHECKING:
    from pathlib import Path

# Each folder of a report contains one of these.
REPORT_FILES = ("manifest.json", "report.failed.ipynb")

# Arguments that go to `run.make_reports` under their own name.
OPTIONS = (
    "parameters",
    "language",
    "option",
    "notebook",
    "brief",
    "annex",
    "workbook",
    "ledger_only",
    "draft",
    "force",
    "timeout",
    "shard",
)


def report_command(options: argparse.Namespace) -> int:
    """Render reports; after all others are done, 1 if one failed, and 2 if scenarios only lack answers."""
    check_folder(options)
    request = {name: getattr(options, name) for name in OPTIONS}
    request |= {
        "scenarios_source": options.scenarios,
        "ignored_columns": tuple(options.ignore_columns),
        "start_method": options.kernel,
        "changes": overrides.overrides(options),
        "pdf": "pdf" in options.formats,
    }
    if options.dry_run:
        return _print_forecast(run.preview_reports(options.names, options.out, **request))
    ways = {name: getattr(options, name) for name in ("jobs", "scheduler", "prune", "junit")}
    with console.Progress() as progress:
        results = run.make_reports(options.names, options.out, **ways, on_result=progress, **request)
    for result in results:
        if result.error:
            console.message(f"{result.name} failed: {result.error}")
        elif result.status in (Status.ORPHANED, Status.PRUNED):
            console.message(f"{result.name} {result.status}: {result.reason}")
        for warning in result.warnings:
            console.message(f"{result.name}: warning: {warning}")
    if current := sum(result.status == Status.CURRENT for result in results):
        console.message(f"{current} current: inputs have not changed; --force creates them again")
    console.line(str(options.out / "index.html"))
    return exit_code(results)


def check_folder(options: argparse.Namespace) -> None:
    """Refuse a folder in which reports would replace what is none. Raises BadInput."""
    out: Path = options.out
    if out.exists() and not out.is_dir():
        raise BadInput([Problem(shown(out), None, "", "a file, not a folder", "name a folder for the reports")])
    index, remedy = out / "index.html", "name another folder, or overwrite it with --force"
    names = options.names or ([] if options.scenarios else scenarios(options.parameters))
    problems = [
        Problem(shown(folder), None, "", "a folder without a report", remedy)
        for folder in map(out.joinpath, names)
        if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in REPORT_FILES)
    ]
    if index.is_file() and b"imis_plan" not in index.read_bytes():
        problems.append(Problem(shown(index), None, "", "already exists", remedy))
    if problems and not options.force:
        raise BadInput(problems)


def _print_forecast(results: list[Any]) -> int:
    """Print what would be done and why. Returns the exit code that it would end with."""
    words = {Status.PUBLISHED: "make", Status.CURRENT: "keep", Status.ORPHANED: "leave", Status.FAILED: "fail"}
    console.print_rows([{"report": r.name, "would": words[r.status], "why": r.error or r.reason} for r in results], "table")
    return exit_code(results)
