"""The budget in the layout of COSTAB, as lenders read it."""

from imis_plan.sections.costab import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
