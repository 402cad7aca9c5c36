"""What else could be decided."""

from imis_plan.sections.options import figures, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "tables", "text"]
__dir__ = only(__all__)
