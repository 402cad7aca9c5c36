"""The charts of the summary: native to the sheet, so that they follow its cells."""

from typing import Any

from imis_plan.i18n.translate import _
from imis_plan.workbook.layout import title
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.sheets.funding import RULES_TOP, funders
from imis_plan.workbook.tracing import Book

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


def write(page: Page, book: Book, workbook: Any, place: int, table: tuple[int, int, int]) -> None:
    """Cost by year stacked by component, and who pays.

    place : row of their upper edge. table : row of the heads of cost by component, that of its total, column of its first year.
    """
    top, bottom, first = table
    last = first + len(book.years) - 1
    cost = stacked(workbook, page.name, (top, first, last), range(top + 1, bottom), 0, _("Cost by year and component"), book, 490)
    page.sheet.insert_chart(place, 2, cost, {"x_offset": 12, "object_position": 1})
    head = RULES_TOP + len(book.state.base.funding) + 2
    payers = range(head + 1, head + 1 + len(funders(book)))
    who = stacked(workbook, title("funding"), (head, 3, 3 + len(book.years) - 1), payers, 1, _("Who pays, by year"), book, 318)
    page.sheet.insert_chart(place, 5, who, {"x_offset": 90, "object_position": 1})


def stacked(
    workbook: Any, sheet: str, heads: tuple[int, int, int], rows: range, names: int, text: str, book: Book, width: int
) -> Any:
    """Columns by year, stacked. heads : row of the years, its first and last column; names : column of the names."""
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
            "name": book.state.base.about.currency,
            "major_gridlines": {"visible": True, "line": {"color": "#D9DEE2"}},
            "line": {"none": True},
            "display_units": "millions",
            "display_units_visible": True,
        }
    )
    chart.set_x_axis({"num_format": "0", "text_axis": True})
    if len(rows) > FEW:  # a dozen names leave no room for the columns unless each has its place
        chart.set_legend(
            {"position": "right", "font": {"size": 8}, "layout": {"x": 0.6, "y": 0.13, "width": 0.39, "height": 0.85}}
        )
        chart.set_plotarea({"layout": {"x": 0.21, "y": 0.14, "width": 0.37, "height": 0.74}})
    else:
        chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_size({"width": width, "height": 325})
    return chart
