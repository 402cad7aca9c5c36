"""How a notebook or a function can fail. Light, so that a batch with nothing to do imports nothing of Jupyter."""

from typing import Any, NamedTuple


class Failure(NamedTuple):
    """What stopped a notebook, in words, and where: number of the code cell from 1, and line in it; None where unknown."""

    text: str
    cell: int | None = None
    line: int | None = None


class NotebookError(Exception):
    """A notebook did not run to its end; `failure` says why and where, `notebook` is what there is of it, or None."""

    def __init__(self, failure: Failure, notebook: Any = None) -> None:
        super().__init__(failure.text)
        self.failure = failure
        self.notebook = notebook

    def __reduce__(self) -> tuple[type["NotebookError"], tuple[Failure, Any]]:
        return NotebookError, (self.failure, self.notebook)


class ProcessError(Exception):
    """A function gave no result: it took too long, or its process died."""
