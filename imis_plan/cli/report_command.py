"""The command `imis-plan report`: create reports and print their results, or print what would be done."""

import argparse
from typing import Any

from imis_plan.cli import console, overrides
from imis_plan.report import batch, outcome

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


def report_command(options: argparse.Namespace) -> int:
    """Render reports; 1 if one failed, after all others are done."""
    asked = {name: getattr(options, name) for name in ASKED} | {
        "table": options.scenarios,
        "changes": overrides.overrides(options),
    }
    asked["paper"] = "pdf" in options.formats
    if options.dry_run:
        return _print_forecast(batch.foresee(options.names, options.out, **asked))
    ways = {name: getattr(options, name) for name in ("jobs", "scheduler", "prune", "junit")}
    with console.Progress() as progress:
        results = batch.report(options.names, options.out, **ways, on_result=progress, **asked)
    for result in results:
        if result.reason:
            console.message(f"{result.name} failed: {result.reason}")
        elif result.status in (outcome.LEFT, outcome.REMOVED):
            console.message(f"{result.name} {result.status}: {result.why}")
    if current := sum(result.status == outcome.CURRENT for result in results):
        console.message(f"{current} current: inputs have not changed; --force creates them again")
    console.line(str(options.out / "index.html"))
    return outcome.exit_code(results)


def _print_forecast(results: list[Any]) -> int:
    """Print what would be done and why; 1 if something would fail."""
    words = {"made": "make", "current": "keep", "left": "leave", "failed": "fail"}
    console.print_rows([{"report": r.name, "would": words[r.status], "why": r.reason or r.why} for r in results], "table")
    return int(any(result.reason for result in results))
