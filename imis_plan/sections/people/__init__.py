"""Whom the plan serves, and which posts are needed."""

from imis_plan.sections.people import figures, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "tables", "text"]
__dir__ = only(__all__)
