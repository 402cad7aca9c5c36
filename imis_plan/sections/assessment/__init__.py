"""The self-assessment against the standards of auditors."""

from imis_plan.sections.assessment import tables, text

__all__ = ["tables", "text"]
