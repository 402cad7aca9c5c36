"""Plan against actual spending."""

from imis_plan.sections.public_names import only
from imis_plan.sections.variance import tables, text

__all__ = ["tables", "text"]
__dir__ = only(__all__)
