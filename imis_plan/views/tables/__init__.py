"""Tables of the report: views of the ledger with names, units and formats for readers. Each returns the arguments of `show.table`."""

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
from imis_plan.views.tables.evidence import bands, excluded, grades, parameters, range_text, source_text, sources, value_text
from imis_plan.views.tables.people import activity_row, drivers, one_decimal, staffing, staffing_working

__all__ = [
    "activity_row",
    "amounts",
    "bands",
    "components",
    "drivers",
    "excluded",
    "funders",
    "grades",
    "kinds",
    "line_name",
    "lines",
    "one_decimal",
    "parameters",
    "range_text",
    "relabelled",
    "scale",
    "small",
    "source_text",
    "sources",
    "staffing",
    "staffing_working",
    "unit_costs",
    "value_text",
    "working",
]
