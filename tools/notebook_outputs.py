"""Remove outputs and metadata of a run from notebooks: `make strip`. Renew the outputs that are stored: `make outputs`.

Outputs and counts go, and so do the traces of a machine (kernel, Python version, papermill's times, widget state).
A notebook whose metadata says `"keep_output": true` keeps its outputs: it says something without a kernel, and nbval compares it.
Cells that nbval does not compare keep none: widgets that are dead without a kernel, links to files of this machine.

A notebook that opens a plan of the user runs with a folder without plans, so that no answer in `my_plans/` gets into its outputs.
`--without-plans COMMAND` runs a command in the same way, as `make notebooks` does.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
TRACES = ("papermill", "widgets", "execution")
UNCOMPARED = "nbval-ignore-output"
SECONDS = 300
WITHOUT_PLANS = "--without-plans"


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Copy of a notebook as it is to be committed; tags stay."""
    clean = deepcopy(notebook)
    metadata = clean["metadata"]
    metadata["kernelspec"] = dict(KERNEL)
    metadata.get("language_info", {}).pop("version", None)
    for part in (clean, *clean["cells"]):
        for trace in TRACES:
            part["metadata"].pop(trace, None)
    for cell in clean["cells"]:
        if cell["cell_type"] == "code" and not (
            metadata.get("keep_output") and UNCOMPARED not in cell["metadata"].get("tags", [])
        ):
            cell.update(outputs=[], execution_count=None)
    return clean


def strip(path: Path) -> bool:
    """Rewrite a notebook if a run left something in it, and tell whether it did."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    clean = stripped(notebook)
    if clean != notebook:
        path.write_text(json.dumps(clean, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return clean != notebook


@contextmanager
def without_plans() -> Iterator[dict[str, str]]:
    """The environment of a kernel for which `own_folder()` has no plans, only the schema, whatever `my_plans/` contains."""
    from imis_plan.scenario.folder import FOLDER
    from imis_plan.scenario.form import OWN_PLANS
    from imis_plan.scenario.own_folder import begin_parameters

    with TemporaryDirectory() as place:
        own = begin_parameters(Path(place) / OWN_PLANS / FOLDER)
        yield {**os.environ, "IMIS_PLAN_PARAMETERS": str(own)}


def run(path: Path) -> None:
    """Run a notebook that keeps its outputs, and store them in it."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    if notebook.metadata.get("keep_output"):
        place = {"metadata": {"path": str(path.parent)}}
        with without_plans() as environment:
            NotebookClient(notebook, timeout=SECONDS, resources=place, store_widget_state=False).execute(env=environment)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def run_without_plans(command: list[str]) -> int:
    """Run a command in an environment without plans of the user, and return its exit code."""
    with without_plans() as environment:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  # a command of the Makefile


if __name__ == "__main__":
    if sys.argv[1:2] == [WITHOUT_PLANS]:
        sys.exit(run_without_plans(sys.argv[2:]))
    for file in sorted(NOTEBOOKS.glob("*.ipynb")) if "--run" in sys.argv else ():
        run(file)
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        if strip(file):
            print(f"stripped {file.name}")
