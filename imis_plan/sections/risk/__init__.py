"""How certain the figures are."""

from imis_plan.sections.public_names import only
from imis_plan.sections.risk import figures, groups, tables, text

__all__ = ["figures", "groups", "tables", "text"]
__dir__ = only(__all__)
