"""Take out of notebooks what a run leaves behind: `make strip`.

Outputs and counts go, and so do the traces of a machine (kernel, Python version, papermill's times, widget state).
A notebook whose metadata says `"keep_output": true` keeps its outputs: a tutorial that nbval compares.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
TRACES = ("papermill", "widgets", "execution")


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Copy of a notebook as it is to be committed; tags stay."""
    clean = deepcopy(notebook)
    metadata = clean["metadata"]
    metadata["kernelspec"] = dict(KERNEL)
    metadata.get("language_info", {}).pop("version", None)
    for part in (clean, *clean["cells"]):
        for trace in TRACES:
            part["metadata"].pop(trace, None)
    if not metadata.get("keep_output"):
        for cell in clean["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
    return clean


def strip(path: Path) -> bool:
    """Rewrite a notebook if a run left something in it, and tell whether it did."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    clean = stripped(notebook)
    if clean != notebook:
        path.write_text(json.dumps(clean, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return clean != notebook


if __name__ == "__main__":
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        if strip(file):
            print(f"stripped {file.name}")
