"""The cash plan: the first two years by quarter."""

from imis_plan.sections.cash_plan import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
