"""In one page: headline figures, the essentials in six sentences, and the decisions asked for."""

from imis_plan.sections.first_page import cards, option_decisions, status, text
from imis_plan.sections.public_names import only

__all__ = ["cards", "option_decisions", "status", "text"]
__dir__ = only(__all__)
