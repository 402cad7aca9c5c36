"""What `dir()` and tab completion show of a module: its public names, and nothing that it imports."""

from collections.abc import Callable, Iterable


def only(names: Iterable[str]) -> Callable[[], list[str]]:
    """A `__dir__` for a module that shows these names: `__dir__ = only(__all__)`."""
    shown = sorted(names)
    return lambda: list(shown)
