"""One report, from a checked scenario to the bytes of its files. Nothing is written here, so this can run anywhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imis_plan.report import kernels, manifest, render
from imis_plan.views.export import csv_text, json_text

BESIDE = ("budget.xlsx", "ledger.csv", "staffing.csv", "report.ipynb", "manifest.json")
Files = dict[str, bytes]


@dataclass(frozen=True)
class Task:
    """One report to make."""

    plan: Any
    language: str
    notebook: Path
    folder: Path
    option: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The scenario's name, which is that of the report's folder."""
        return self.plan.name


class InputsChangedError(Exception):
    """A file was edited while its report was being made."""


def make(task: Task) -> Files:
    """The files of a report, name -> bytes; nothing is written.

    Raises NotebookError when the notebook does not run to its end, RenderError when its page is not self-contained,
    and InputsChangedError when an input was edited meanwhile.
    """
    before = manifest.inputs(task.name, task.folder, task.notebook)
    record, files = _figures(task)
    notebook = kernels.execute(task.notebook, {"scenario": task.name, "language": task.language}, kernel_settings(task))
    notebook.metadata["imis_plan"] = record["about"] | {"files": list(BESIDE)}
    files["report.ipynb"] = kernels.text(notebook).encode()
    files["report.html"] = render.html(notebook).encode()
    if manifest.inputs(task.name, task.folder, task.notebook) != before:
        raise InputsChangedError("a parameter file or the notebook was edited while the report was made; run it again")
    record |= {"inputs": before, "files": {name: manifest.sha256(content) for name, content in sorted(files.items())}}
    return files | {"manifest.json": json_text(record).encode()}


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
    from imis_plan.model.ledger import budget
    from imis_plan.views.i18n import in_language
    from imis_plan.views.summary import headline, staffing
    from imis_plan.workbook.write import workbook

    ledger = budget(task.plan)
    numbers = headline(task.plan, ledger)
    about = manifest.facts(task.plan, task.language, numbers) | {"changes": manifest.changes_in_words(task.changes)}
    record = {
        "scenario": task.name,
        "about": about,
        "option": task.option,
        "changes": dict(task.changes),
        "language": task.language,
        "seed": int(task.plan["uncertainty.seed"]),
        "generated": manifest.now(),
        "package": manifest.package(),
        "versions": manifest.versions(),
        "headline": numbers,
    }
    tables = {"ledger.csv": csv_text(ledger).encode(), "staffing.csv": csv_text(staffing(task.plan)).encode()}
    return record, tables | {"budget.xlsx": in_language(task.language, lambda: workbook(task.plan, ledger))}
