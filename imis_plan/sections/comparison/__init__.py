"""Scenarios side by side, and why one costs more than another."""

from imis_plan.sections.comparison import figures, tables, text

__all__ = ["figures", "tables", "text"]
