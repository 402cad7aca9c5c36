"""What it costs: in total, by component, by year, and for each insured person."""

from imis_plan.sections.cost import figures, tables, text
from imis_plan.sections.public_names import only

__all__ = ["figures", "tables", "text"]
__dir__ = only(__all__)
