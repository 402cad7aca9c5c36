"""What else could be decided."""

from imis_plan.sections.options import figures, tables, text

__all__ = ["figures", "tables", "text"]
