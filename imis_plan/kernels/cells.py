"""Check an executed notebook cell by cell: whether all cells ran, and where and why it stopped if not."""

import re
from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError, strip_color

from imis_plan.kernels.errors import Failure

LONGEST_LINE = 50
# Characters of an error's own text in a message; all of it is in `report.failed.ipynb`.
LONGEST_ERROR = 1000
CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
INJECTED = "injected-parameters"


def first_failure(notebook: Any) -> Failure | None:
    """The first code cell that did not complete and why, or None when all did."""
    for number, cell in code_cells(notebook):
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors:
            return _failed_cell(number, cell, errors[0])
        if cell.execution_count is None:
            return Failure(f"cell {number} ({first_line(cell)}) was not run", number)
    return None


def normalize(notebook: Any) -> Any:
    """Normalize the notebook: remove what differs between two runs of the same input."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if _injected(cell):
            cell["id"] = INJECTED
    return notebook


def code_cells(notebook: Any) -> list[tuple[int, Any]]:
    """Code cells that have something to run, each with its place in the notebook as its author sees it, from 1."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and not _injected(cell)]
    return [(number, cell) for number, cell in enumerate(cells, 1) if cell.source.strip()]


def _injected(cell: Any) -> bool:
    return INJECTED in cell.metadata.get("tags", [])


def failure(notebook: Any, error: Exception, line: int | None = None, timeout: float | None = None) -> Failure:
    """What stopped the notebook, naming the cell, and the line in it where that is known. timeout : the one that it ran into."""
    if notebook is None:
        return Failure(f"{type(error).__name__}: {error}")
    if isinstance(error, PapermillExecutionError):
        return first_failure(notebook) or Failure(str(error))
    last = _last_started(notebook)
    if last is None:
        return Failure(f"before the first cell: {_short_message(error)}")
    number, cell = last
    at = f", line {line}" if line else ""
    blame = slowest(notebook, timeout, number) if timeout else ""
    return Failure(f"cell {number} ({first_line(cell)}){at}: {_short_message(error)}{blame}", number, line)


def _short_message(error: Exception) -> str:
    if isinstance(error, DeadKernelError):
        return "the kernel died (out of memory, or ended by the cell)"
    lines = [line for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {shortened(lines[0]) if lines else ''}"


def shortened(text: str) -> str:
    """The beginning of a long text, and how long it is."""
    return text if len(text) <= LONGEST_ERROR else f"{text[:LONGEST_ERROR].rstrip()} ... ({len(text):,} characters)"


def slowest(notebook: Any, timeout: float, last: int) -> str:
    """The cell that took most of the time of a notebook that ran out of it, in words; empty if that is the last one."""
    timed = [(cell.metadata.get("papermill", {}).get("duration") or 0.0, n, cell) for n, cell in code_cells(notebook)]
    before = [each for each in timed if each[1] != last]
    seconds, number, cell = max(before, key=lambda each: each[0], default=(0.0, 0, None))
    if cell is None or seconds <= timeout - sum(each for each, *_ in before):
        return ""
    return f"; most of the time went to cell {number} ({first_line(cell)}): {seconds:.0f} seconds"


def _last_started(notebook: Any) -> tuple[int, Any] | None:
    # A dying kernel may not say which cell it was at; papermill notes when it sent each.
    started = [(n, cell) for n, cell in code_cells(notebook) if cell.metadata.get("papermill", {}).get("start_time")]
    return started[-1] if started else None


def _failed_cell(number: int, cell: Any, error: Any) -> Failure:
    lines = CELL_LINE.findall(strip_color("\n".join(error.traceback)))
    line = f", line {lines[0]}" if lines else ""
    text = f"cell {number} ({first_line(cell)}){line}: {error.ename}: {shortened(error.evalue)}".rstrip(": ")
    return Failure(text, number, int(lines[0]) if lines else None)


def first_line(cell: Any) -> str:
    """The first line of a cell, shortened, by which its author recognises it."""
    first = cell.source.strip().splitlines()[0]
    return first if len(first) <= LONGEST_LINE else f"{first[:LONGEST_LINE]}..."
