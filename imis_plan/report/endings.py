"""How a report can end other than well. Light, so that a batch that has nothing to do imports nothing of Jupyter."""

from typing import Any, NamedTuple


class Stop(NamedTuple):
    """What stopped a notebook, in words, and where: number of the code cell from 1, and line in it; None where unknown."""

    text: str
    cell: int | None = None
    line: int | None = None


class NotebookError(Exception):
    """A notebook did not run to its end; `stop` says why and where, `notebook` is what there is of it, or None."""

    def __init__(self, stop: Stop, notebook: Any = None) -> None:
        super().__init__(stop.text)
        self.stop = stop
        self.notebook = notebook

    def __reduce__(self) -> tuple[type["NotebookError"], tuple[Stop, Any]]:
        return NotebookError, (self.stop, self.notebook)


class InputsChangedError(Exception):
    """A file was edited while its report was being made."""


class ForkError(Exception):
    """What was to be done in a fork was not: it took too long, or its process died."""
