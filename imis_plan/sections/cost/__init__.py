"""What it costs, when, and who pays."""

from imis_plan.sections.cost import figures, tables, text

__all__ = ["figures", "tables", "text"]
