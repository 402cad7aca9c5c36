"""Component by component: every line by year, and its calculation."""

from imis_plan.sections.budget_lines import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
