"""The budget by economic class and by the codes of the country's own chart of accounts."""

from imis_plan.sections.economic_codes import tables, text
from imis_plan.sections.public_names import only

__all__ = ["tables", "text"]
__dir__ = only(__all__)
