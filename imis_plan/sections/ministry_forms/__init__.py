"""What a ministry files, on one page: cost by code with taxes, cash of the first year, and what to order by when."""

from imis_plan.sections.ministry_forms import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
