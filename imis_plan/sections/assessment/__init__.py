"""The self-assessment against the standards of auditors."""

from imis_plan.sections.assessment import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
