"""The command `imis-plan report`: create reports and print their results, or print what would be done."""

import argparse
from typing import TYPE_CHECKING, Any

from imis_plan.batch import run
from imis_plan.batch.results import Status, exit_code
from imis_plan.cli import console, overrides
from imis_plan.i18n.interface import in_interface_language, interface_language
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import _, using_language
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.output_file import shown
from imis_plan.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

# Each folder of a report contains one of these.
REPORT_FILES = ("manifest.json", "report.failed.ipynb")

# What became of a report that is not made from a scenario of today.
STATUS = {Status.ORPHANED: sentence("orphaned"), Status.PRUNED: sentence("pruned")}

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
            console.message(sentence("{name} failed: {reason}", name=result.name, reason=result.error))
        elif result.status in (Status.ORPHANED, Status.PRUNED):
            status, reason = (in_interface_language(text or "") for text in (STATUS[result.status], result.reason))
            console.message(f"{result.name} {status}: {reason}")
        for warning in result.warnings:
            console.message(sentence("{name}: warning: {text}", name=result.name, text=warning))
    if current := sum(result.status == Status.CURRENT for result in results):
        console.message(sentence("{count} current: inputs have not changed; --force creates them again", count=current))
    console.line(str(options.out / "index.html"))
    return exit_code(results)


def check_folder(options: argparse.Namespace) -> None:
    """Refuse a folder in which reports would replace what is none. Raises BadInput."""
    out: Path = options.out
    if out.exists() and not out.is_dir():
        raise BadInput([Problem(shown(out), None, "", "a file, not a folder", "name a folder for the reports")])
    index, remedy = out / "index.html", sentence("name another folder, or overwrite it with --force")
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
    with using_language(interface_language()):
        words = {Status.PUBLISHED: _("make"), Status.CURRENT: _("keep"), Status.ORPHANED: _("leave"), Status.FAILED: _("fail")}
        rows = [{"report": r.name, "would": words[r.status], "why": r.error or localized_sentence(r.reason)} for r in results]
        console.print_rows(rows, "table")
    return exit_code(results)
