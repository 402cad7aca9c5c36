"""Scenarios side by side, and why one costs more than another."""

from imis_plan.sections.comparison import figures, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "tables", "text"]
__dir__ = only(__all__)
