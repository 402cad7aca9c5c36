"""The procurement plan: packages, methods and dates that meet the roll-out."""

from imis_plan.sections.procurement import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
