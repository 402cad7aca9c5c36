"""The chapters of the report, a folder each: sentences, tables and figures beside each other."""

from imis_plan.sections.public_names import only

__all__ = [
    "assessment",
    "budget_lines",
    "cash_plan",
    "comparison",
    "cost",
    "costab",
    "display",
    "economic_codes",
    "evidence",
    "first_page",
    "funding",
    "hosting",
    "ministry_forms",
    "narrative",
    "options",
    "people",
    "procurement",
    "project_support",
    "risk",
    "taxes",
    "variance",
]
__dir__ = only(__all__)
