"""The budget in the layout of COSTAB, as lenders read it."""

from imis_plan.sections.costab import tables, text

__all__ = ["tables", "text"]
