"""Value added tax and duty beside the net budget, who bears them, and foreign and local cost."""

from imis_plan.sections.public_names import only
from imis_plan.sections.taxes import tables, text

__all__ = ["tables", "text"]
__dir__ = only(__all__)
