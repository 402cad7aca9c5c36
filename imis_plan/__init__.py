"""Budget and staffing plans for national health-insurance information systems on openIMIS.

The analyst's surface: `scenarios`, `load`, `drivers`, `staffing`, `budget`, `simulate`, `compare`. Views and figures are in
`imis_plan.sections`, the explorer in `imis_plan.explore`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imis_plan.analysis.comparison import compare
    from imis_plan.analysis.posts import staffing
    from imis_plan.analysis.summary import drivers
    from imis_plan.model.ledger import budget
    from imis_plan.model.simulation import simulate
    from imis_plan.scenario.folder import scenarios
    from imis_plan.scenario.plan import Plan, load

__version__ = "0.1.0"
__all__ = ["Plan", "budget", "compare", "drivers", "load", "scenarios", "simulate", "staffing"]

# Found when first asked for, so that the command line starts without pandas.
MODULES = {
    "Plan": "scenario.plan",
    "budget": "model.ledger",
    "compare": "analysis.comparison",
    "drivers": "analysis.summary",
    "load": "scenario.plan",
    "scenarios": "scenario.folder",
    "simulate": "model.simulation",
    "staffing": "analysis.posts",
}


def __getattr__(name: str) -> Any:
    """Functions of the surface, imported when first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"imis_plan.{MODULES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
