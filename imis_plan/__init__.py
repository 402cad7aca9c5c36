"""Budget and staffing plans for national health-insurance information systems on openIMIS.

The analyst's surface: `scenarios`, `load`, `drivers`, `staffing`, `budget`, `simulate`, `compare`. Views and figures are in
`imis_plan.views`, the explorer in `imis_plan.explore`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imis_plan.model.ledger import budget
    from imis_plan.model.uncertainty import simulate
    from imis_plan.scenario.folder import scenarios
    from imis_plan.scenario.plan import Plan, load
    from imis_plan.views.comparison import compare
    from imis_plan.views.summary import drivers, staffing

__version__ = "0.1.0"
__all__ = ["Plan", "budget", "compare", "drivers", "load", "scenarios", "simulate", "staffing"]

# Found when first asked for, so that the command line starts without pandas.
HOMES = {
    "Plan": "scenario.plan",
    "budget": "model.ledger",
    "compare": "views.comparison",
    "drivers": "views.summary",
    "load": "scenario.plan",
    "scenarios": "scenario.folder",
    "simulate": "model.uncertainty",
    "staffing": "views.summary",
}


def __getattr__(name: str) -> Any:
    """Functions of the surface, imported when first used."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"imis_plan.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Names for tab completion."""
    return sorted([*globals(), *HOMES])
