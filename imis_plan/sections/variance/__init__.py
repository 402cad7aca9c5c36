"""Plan against actual spending."""

from imis_plan.sections.variance import tables, text

__all__ = ["tables", "text"]
