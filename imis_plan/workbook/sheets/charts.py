"""The charts of the summary: charts of the spreadsheet, which follow its cells."""

from typing import Any

from imis_plan.i18n.translate import _
from imis_plan.workbook.layout import title
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.sheets.funding import RULES_TOP, funders
from imis_plan.workbook.tracing import TracedModel

FEW = 6
PALETTE = (
    "#1F3A4D",
    "#2A7F9E",
    "#8CC0CF",
    "#C9A227",
    "#E0C878",
    "#7A4E2D",
    "#B5651D",
    "#6B8E4E",
    "#A9C08F",
    "#8E3B46",
    "#5B6770",
    "#D9A5AC",
)


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any, place: int, table: tuple[int, int, int]) -> None:
    """Insert the charts: cost by year and component, and funding by year.

    place : row of their upper edge. table : row of the heads of cost by component, that of its total, column of its first year.
    """
    top, bottom, first = table
    last = first + len(traced.years) - 1
    cost = stacked_columns(
        workbook, sheet.name, (top, first, last), range(top + 1, bottom), 0, _("Cost by year and component"), traced, 490
    )
    sheet.worksheet.insert_chart(place, 2, cost, {"x_offset": 12, "object_position": 1})
    head = RULES_TOP + len(traced.start.base.funding) + 2
    payer_columns = range(head + 1, head + 1 + len(funders(traced)))
    who = stacked_columns(
        workbook, title("funding"), (head, 3, 3 + len(traced.years) - 1), payer_columns, 1, _("Who pays, by year"), traced, 318
    )
    sheet.worksheet.insert_chart(place, 5, who, {"x_offset": 90, "object_position": 1})


def stacked_columns(
    workbook: Any, sheet: str, heads: tuple[int, int, int], rows: range, names: int, text: str, traced: TracedModel, width: int
) -> Any:
    """A chart of stacked columns by year. heads : row of the years, its first and last column; names : column of the names."""
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    head, first, last = heads
    for i, row in enumerate(rows):
        chart.add_series({
            "name": [sheet, row, names], "categories": [sheet, head, first, head, last], "values": [sheet, row, first, row, last],
            "fill": {"color": PALETTE[i % len(PALETTE)]}, "gap": 60,
        })  # fmt: skip
    chart.set_title({"name": text, "name_font": {"size": 12, "color": PALETTE[0]}, "overlay": False})
    chart.set_y_axis(
        {
            "num_format": "#,##0",
            "name": traced.start.base.about.currency,
            "major_gridlines": {"visible": True, "line": {"color": "#D9DEE2"}},
            "line": {"none": True},
            "display_units": "millions",
            "display_units_visible": True,
        }
    )
    # The names of fiscal years are the number formats of their cells.
    fiscal = not traced.start.base.fiscal.is_calendar_year
    chart.set_x_axis({"num_format": "0", "num_format_linked": fiscal, "text_axis": True})
    if len(rows) > FEW:  # a long legend leaves room for the columns only with a fixed layout
        chart.set_legend(
            {"position": "right", "font": {"size": 8}, "layout": {"x": 0.6, "y": 0.13, "width": 0.39, "height": 0.85}}
        )
        chart.set_plotarea({"layout": {"x": 0.21, "y": 0.14, "width": 0.37, "height": 0.74}})
    else:
        chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_size({"width": width, "height": 325})
    return chart
