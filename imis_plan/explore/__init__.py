"""What if? Levers that change one scenario, and their effect on its budget. In JupyterLab, or as an app without code.

`explore("nepal")` as the last line of a cell shows it; `start()` shows a form that leads from nothing to a budget of one's own.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imis_plan.explore.app import Explorer, explore, first
    from imis_plan.explore.figure import still
    from imis_plan.explore.plan_form.form import start
    from imis_plan.explore.report_request import report

__all__ = ["Explorer", "explore", "first", "report", "start", "still"]

# Imported at first use: the command that starts the server does not draw anything itself.
MODULES = {
    "Explorer": "app",
    "explore": "app",
    "first": "app",
    "report": "report_request",
    "start": "plan_form.form",
    "still": "figure",
}


def __getattr__(name: str) -> Any:
    """The names above, imported when first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"imis_plan.explore.{MODULES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, for tab completion, and the attributes of every module."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
