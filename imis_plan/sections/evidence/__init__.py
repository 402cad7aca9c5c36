"""What the figures rest on, what is left out, and whether they are plausible."""

from imis_plan.sections.evidence import figures, observed, tables, text

__all__ = ["figures", "observed", "tables", "text"]
