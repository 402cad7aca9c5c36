"""What the figures rest on, what is left out, and whether they are plausible."""

from imis_plan.sections.evidence import figures, observed, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "observed", "tables", "text"]
__dir__ = only(__all__)
