"""A running openIMIS: read its counts, start a scenario from them, and compare a plan with them. Nothing is changed in the system."""

from imis_plan.openimis import plan_vs_observed, tables, text

__all__ = ["plan_vs_observed", "tables", "text"]


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
