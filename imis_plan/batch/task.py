"""One report, from a scenario to the bytes of its files. Nothing is written here, so this can run anywhere."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.analysis.export import json_text
from imis_plan.batch import manifest
from imis_plan.i18n import translate as i18n
from imis_plan.kernels import function_call, tempdirs
from imis_plan.kernels.errors import NotebookError, ProcessError
from imis_plan.kernels.forkserver import FORKSERVER_START, TIMEOUT_SECONDS
from imis_plan.page.errors import RenderError
from imis_plan.page.translation import translate_notebook
from imis_plan.scenario.folder import DRAFT, SIMULATIONS
from imis_plan.scenario.localized_text import in_language

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan

WORKBOOK = "budget.xlsx"
BASE_FILE_NAMES = ("ledger.csv", "cash_plan.csv", "staffing.csv", "report.ipynb", "manifest.json")
DATA_FILES = "imis_plan.batch.data_files:data_files"  # by name, since its imports are slow and only the other process needs them
EXECUTION_FIELDS = ("start_method", "timeout")  # these do not change the content of a report
Files = dict[str, bytes]


class InputsChangedError(Exception):
    """A file was edited while its report was being made."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a report is to be, for any scenario, and how it is made.

    language : the one asked for, or None for the scenario's own.
    option, changes : name of an option of the scenario, and what-ifs (path -> value), as `scenario.plan.load` takes them.
    pdf, brief, annex : also a PDF of each page; also the two-page briefing; also the annex by itself.
    workbook : the plan as a workbook that recalculates.
    ledger_only : the tables and the manifest, without a report.
    draft : typical values may stand for the open questions of a scenario.
    start_method : how its processes start, "fork" or "standard" (`--kernel`).
    timeout : time limit in seconds for making the data files, and again for running the notebook. The data files, which are made
    first, have none with `ledger_only`, with the start method "standard", or where the system has no fork server.
    """

    language: str | None = None
    option: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    pdf: bool = False
    brief: bool = False
    annex: bool = False
    workbook: bool = True
    ledger_only: bool = False
    draft: bool = False
    start_method: str = FORKSERVER_START
    timeout: float | None = None

    @property
    def effective_timeout(self) -> float:
        """The time limit in seconds, or the default."""
        return self.timeout or TIMEOUT_SECONDS

    @property
    def content_fields(self) -> dict[str, Any]:
        """The fields that change the content of a report: when one differs, the report is stale."""
        return {name: value for name, value in self.as_dict().items() if name not in EXECUTION_FIELDS} | {
            "changes": dict(self.changes)
        }

    def as_dict(self) -> dict[str, Any]:
        """All fields of a request, by name."""
        return {each.name: getattr(self, each.name) for each in fields(Request)}


@dataclass(frozen=True)
class Task(Request):
    """One report to make.

    simulations : folder for the simulations that its tables and its pages have in common, while it is being made.
    """

    name: str
    folder: Path
    notebook: Path
    simulations: Path | None = None

    @cached_property
    def plan(self) -> "Plan":
        """The scenario, loaded. Raises BadInput with all its problems."""
        from imis_plan.scenario.plan import load

        return load(self.name, option=self.option, parameters=self.folder, changes=dict(self.changes), draft=self.draft or None)

    @property
    def report_language(self) -> str:
        """The language asked for, else the scenario's own where there is a catalogue for it, else English."""
        return self.language or i18n.available_language(self.plan.about.language)


def make(task: Task) -> Files:
    """The files of a report, name -> bytes; nothing is written.

    Raises BadInput when the scenario has problems, ProcessError when tables and workbook are late or their process dies,
    NotebookError when the notebook does not run to its end or its page would not be self-contained, PrintError when the browser
    does not print, and InputsChangedError when an input was edited meanwhile.
    """
    if task.ledger_only:
        return make_files(replace(task))  # without a plan that was loaded before
    tempdir = tempdirs.TempDir(Path(tempfile.gettempdir()))
    try:
        return make_files(replace(task, simulations=tempdir.folder))
    finally:
        tempdir.close()


def make_files(task: Task) -> Files:
    """The files of `make`, for a task whose plan is not loaded yet."""
    before = manifest.inputs(task.name, task.folder, task.notebook)
    found, files = make_data_files(task)
    record: dict[str, Any] = {
        "scenario": task.name,
        "about": found["about"],
        "option": task.option,
        "changes": dict(task.changes),
        "language": found["language"],
        "request": task.content_fields,
        "seed": found["seed"],
        "generated": manifest.now(),
        "package": manifest.package(),
        "versions": manifest.versions(),
        "headline": found["headline"],
        "yearly_usd": found["yearly_usd"],
    }
    if not task.ledger_only:
        provenance = {name: record[name] for name in ("generated", "package", "versions", "seed")} | {"inputs": before}
        pages, record["warnings"] = make_pages(task, {**record["about"], "made": provenance})
        files |= pages
    if manifest.inputs(task.name, task.folder, task.notebook) != before:
        raise InputsChangedError("a parameter file or the notebook was edited while the report was made; run it again")
    record |= {"inputs": before, "files": {name: manifest.sha256(content) for name, content in sorted(files.items())}}
    return files | {"manifest.json": json_text(record).encode()}


def warm_up() -> None:
    """Import and compile in advance what the first report needs."""
    from imis_plan.kernels import execute
    from imis_plan.page.pages import render_pages

    render_pages(execute.warm_up_notebook())


def make_data_files(task: Task) -> tuple[dict[str, Any], Files]:
    """What `data_files` returns; called in a process of the fork server where there is one, else in this process."""
    if task.ledger_only:
        return function_call.call_here(DATA_FILES, task)
    located = replace(task, folder=task.folder.resolve())  # as the fork server has read it
    try:
        return function_call.call(DATA_FILES, located, timeout=task.effective_timeout, start_method=task.start_method)
    except ProcessError as error:
        raise ProcessError(f"tables and workbook: {error}") from error


def make_pages(task: Task, about: Mapping[str, Any]) -> tuple[Files, list[str]]:
    """The executed notebook and its pages, and warnings about what they show."""
    from imis_plan.batch.cell_outputs import describe_pictures, page_failure
    from imis_plan.kernels import execute
    from imis_plan.page import pages
    from imis_plan.sections import fonts

    parameters = {"scenario": task.name, "language": about["language"]}
    notebook = execute.execute(
        task.notebook, parameters, kernel_env(task), start_method=task.start_method, timeout=task.effective_timeout
    )
    translate_notebook(notebook, about["language"])
    asked = {"pdf": task.pdf, "brief": task.brief, "annex": task.annex}
    file_names = [*([WORKBOOK] if task.workbook else []), *BASE_FILE_NAMES, *pages.file_names(**asked)]
    notebook.metadata["imis_plan"] = {**about, "files": file_names}
    with i18n.using_language(about["language"]):
        warnings = describe_pictures(notebook)
    try:
        rendered = pages.render_pages(notebook, **asked)
    except RenderError as error:
        raise NotebookError(page_failure(notebook, str(error)), notebook) from error
    pages_text = [rendered[name].decode() for name in (pages.REPORT_FILE, pages.BRIEF_FILE) if name in rendered]
    warnings += [
        *fonts.missing_font_warnings(pages_text),
        *fonts.shaping_warnings(names_in_figures(task.plan, about["language"])),
    ]
    return {"report.ipynb": execute.to_text(notebook).encode(), **rendered}, warnings


def names_in_figures(plan: "Plan", language: str) -> list[str]:
    """The texts of a scenario that stand in figures: names of roles, options and funders."""
    titles = [*(role.title for role in plan.roles), *(option.title for option in plan.options.values())]
    return [in_language(text, language) for text in (*titles, *(rule.funder for rule in plan.funding))]


def kernel_env(task: Task) -> dict[str, str]:
    """Environment variables for the kernel. Only two parameters go through papermill, which would change the types of others."""
    settings = {"IMIS_PLAN_PARAMETERS": str(task.folder.resolve())}
    if task.option:
        settings["IMIS_PLAN_OPTION"] = task.option
    if task.draft:
        settings[DRAFT] = "1"
    if task.simulations:
        settings[SIMULATIONS] = str(task.simulations)
    if task.changes:
        settings["IMIS_PLAN_SET"] = json.dumps(dict(task.changes))
    return settings
