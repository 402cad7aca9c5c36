"""In one page: headline figures, the essentials in five sentences, and the decisions asked for."""

from imis_plan.sections.first_page import cards, text

__all__ = ["cards", "text"]
