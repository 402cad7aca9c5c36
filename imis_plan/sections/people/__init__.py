"""Whom the money serves, and which staff are needed."""

from imis_plan.sections.people import figures, tables, text

__all__ = ["figures", "tables", "text"]
