"""How certain the figures are."""

from imis_plan.sections.risk import figures, tables, text

__all__ = ["figures", "tables", "text"]
