"""Who pays, and what is not yet funded."""

from imis_plan.sections.funding import figures, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "tables", "text"]
__dir__ = only(__all__)
