"""The total with project support beside the budget: an implementing partner, and the indirect cost of funders."""

from imis_plan.sections.project_support import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
