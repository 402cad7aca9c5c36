"""Tables of the report: views of the ledger with names, units and formats for readers. Each returns the arguments of `show.table`."""

from imis_plan.views.tables import risk
from imis_plan.views.tables.amounts import (
    amounts,
    components,
    funders,
    kinds,
    line_name,
    lines,
    relabelled,
    scale,
    small,
    unit_costs,
    working,
)
from imis_plan.views.tables.assessment import self_assessment, stale_prices
from imis_plan.views.tables.comparison import compared, decomposition, structure
from imis_plan.views.tables.costab import lender_categories, lender_costs, lender_financiers, lender_summary
from imis_plan.views.tables.drift import against_reality, facts
from imis_plan.views.tables.evidence import bands, excluded, grades, parameters, range_text, source_text, sources, value_text
from imis_plan.views.tables.options import moved, moved_components, options
from imis_plan.views.tables.people import activity_row, drivers, staffing, staffing_working
from imis_plan.views.tables.variance import projected, spending_factors, spent

__all__ = [
    "activity_row",
    "against_reality",
    "amounts",
    "bands",
    "compared",
    "components",
    "decomposition",
    "drivers",
    "excluded",
    "facts",
    "funders",
    "grades",
    "kinds",
    "lender_categories",
    "lender_costs",
    "lender_financiers",
    "lender_summary",
    "line_name",
    "lines",
    "moved",
    "moved_components",
    "options",
    "parameters",
    "projected",
    "range_text",
    "relabelled",
    "risk",
    "scale",
    "self_assessment",
    "small",
    "source_text",
    "sources",
    "spending_factors",
    "spent",
    "staffing",
    "staffing_working",
    "stale_prices",
    "structure",
    "unit_costs",
    "value_text",
    "working",
]
