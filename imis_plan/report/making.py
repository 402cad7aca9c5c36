"""One report, from a scenario to the bytes of its files. Nothing is written here, so this can run anywhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.report import manifest
from imis_plan.report.endings import InputsChangedError
from imis_plan.report.translation import translate
from imis_plan.scenario.plan import Plan, load
from imis_plan.views import i18n
from imis_plan.views.export import csv_text, json_text, spoken

if TYPE_CHECKING:
    import pandas as pd

WORKBOOK = "budget.xlsx"
BESIDE = ("ledger.csv", "staffing.csv", "report.ipynb", "manifest.json")
HOW = ("kernel", "timeout")  # what a report is made with, which does not show in it
Files = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a report is to be, whichever its scenario, and how it is made.

    language : the one asked for, or None for the scenario's own.
    option, changes : the variant, as `load` takes it.
    paper, brief : PDF beside each page, and the briefing of two pages.
    workbook : the plan as a workbook that recalculates.
    ledger_only : the tables and the manifest, without a report.
    kernel, timeout : kind of the kernel, and for how many seconds a report may run.
    """

    language: str | None = None
    option: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    paper: bool = False
    brief: bool = False
    workbook: bool = True
    ledger_only: bool = False
    kernel: str = "fork"
    timeout: float | None = None

    @property
    def shown(self) -> dict[str, Any]:
        """What of it can be seen in a report: with another one it is another report."""
        return {name: value for name, value in self.asked.items() if name not in HOW} | {"changes": dict(self.changes)}

    @property
    def asked(self) -> dict[str, Any]:
        """All of it, by name."""
        return {each.name: getattr(self, each.name) for each in fields(Request)}


@dataclass(frozen=True)
class Task(Request):
    """One report to make."""

    name: str
    folder: Path
    notebook: Path

    @cached_property
    def plan(self) -> Plan:
        """The scenario, loaded. Raises BadInput with all its faults."""
        return load(self.name, option=self.option, parameters=self.folder, changes=dict(self.changes))

    @cached_property
    def ledger(self) -> "pd.DataFrame":
        """Its ledger, with workings in the language of the report."""
        from imis_plan.model.ledger import budget

        with i18n.speaking(self.spoken):
            return budget(self.plan)

    @property
    def spoken(self) -> str:
        """The language asked for, else the scenario's own where there is a catalogue for it, else English."""
        return self.language or i18n.spoken(self.plan.about.language)


def make(task: Task) -> Files:
    """The files of a report, name -> bytes; nothing is written.

    Raises NotebookError when the notebook does not run to its end, RenderError when its page is not self-contained, PrintError
    when the browser does not print, and InputsChangedError when an input was edited meanwhile.
    """
    before = manifest.inputs(task.name, task.folder, task.notebook)
    task = replace(task)  # without a plan that was loaded before
    record, files = _figures(task)
    if not task.ledger_only:
        made = {name: record[name] for name in ("generated", "package", "versions", "seed")} | {"inputs": before}
        files |= _report(task, {**record["about"], "made": made}) | (_workbook(task) if task.workbook else {})
    if manifest.inputs(task.name, task.folder, task.notebook) != before:
        raise InputsChangedError("a parameter file or the notebook was edited while the report was made; run it again")
    record |= {"inputs": before, "files": {name: manifest.sha256(content) for name, content in sorted(files.items())}}
    return files | {"manifest.json": json_text(record).encode()}


def _report(task: Task, about: Mapping[str, Any]) -> Files:
    """The executed notebook and its pages."""
    from imis_plan.report import kernels, pages

    parameters = {"scenario": task.name, "language": task.spoken}
    seconds = task.timeout or kernels.SECONDS
    notebook = kernels.execute(task.notebook, parameters, kernel_settings(task), kind=task.kernel, seconds=seconds)
    translate(notebook, task.spoken)
    beside = [*([WORKBOOK] if task.workbook else []), *BESIDE, *pages.names(paper=task.paper, brief=task.brief)]
    notebook.metadata["imis_plan"] = {**about, "files": beside}
    return {"report.ipynb": kernels.text(notebook).encode(), **pages.pages(notebook, paper=task.paper, brief=task.brief)}


def kernel_settings(task: Task) -> dict[str, str]:
    """What the kernel must know beyond the notebook's two parameters; papermill would change the types of more."""
    settings = {"IMIS_PLAN_PARAMETERS": str(task.folder.resolve())}
    if task.option:
        settings["IMIS_PLAN_OPTION"] = task.option
    if task.changes:
        settings["IMIS_PLAN_SET"] = json.dumps(dict(task.changes))
    return settings


def _figures(task: Task) -> tuple[dict[str, Any], Files]:
    """The manifest so far, and the two tables."""
    from imis_plan.views.summary import headline, staffing, yearly

    plan = task.plan
    with i18n.speaking(task.spoken):
        ledger = spoken(task.ledger)
    numbers = headline(plan, ledger)
    about = manifest.facts(plan, task.spoken, numbers) | {"changes": manifest.changes_in_words(task.changes)}
    record = {
        "scenario": task.name,
        "about": about,
        "option": task.option,
        "changes": dict(task.changes),
        "language": task.spoken,
        "request": task.shown,
        "seed": int(plan["uncertainty.seed"]),
        "generated": manifest.now(),
        "package": manifest.package(),
        "versions": manifest.versions(),
        "headline": numbers,
        "yearly_usd": yearly(ledger),
    }
    return record, {"ledger.csv": csv_text(ledger).encode(), "staffing.csv": csv_text(staffing(plan)).encode()}


def _workbook(task: Task) -> Files:
    """The plan as a workbook."""
    from imis_plan.workbook.write import workbook

    with i18n.speaking(task.spoken):
        return {WORKBOOK: workbook(task.plan, task.ledger)}
