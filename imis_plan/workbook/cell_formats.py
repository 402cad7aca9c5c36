"""Formats of cells: one table of formats, and formats of amounts by currency."""

from typing import Any

from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan

INK, PALE, RULE, INPUT, NOTE = "#1F3A4D", "#E8EEF2", "#B8C4CC", "#FFF6D6", "#5B6770"
# A dash for zero, so that the other amounts stand out.
NOTHING = '"–"'
PLAIN: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
HEAD: dict[str, Any] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": INK,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": INK,
}
LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "subtitle": {"font_color": NOTE, "italic": True},
    "heading": {"bold": True, "font_size": 12, "font_color": INK, "bottom": 1, "bottom_color": INK},
    "head": HEAD,
    "head_right": {**HEAD, "align": "right"},
    "year": {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "num_format": "0", "align": "right", "valign": "vcenter"},
    "group": {"bold": True, "bg_color": PALE, "font_color": INK},
    "note": {"font_color": NOTE, "text_wrap": True},
    "link": {"font_color": "#1B5E85", "underline": 1},
    "path": {"font_color": NOTE, "font_size": 9},
    "input": {"bg_color": INPUT, "border": 1, "border_color": RULE, "locked": False},
    "number": {"num_format": "General"},
    "integer": {"num_format": "0"},
    "calendar": {"num_format": "0", "align": "left"},
    "after": {"indent": 1, "align": "left"},
    "wrapped_after": {"indent": 1, "align": "left", "text_wrap": True},
    "quantity": {"num_format": "#,##0.00"},
    "small": {"num_format": "0.0000"},
    "count": {"num_format": "#,##0"},
    "factor": {"num_format": "0.000000"},
    "share": {"num_format": "0.0%"},
    "price": {"num_format": "#,##0.00####"},
    "amount": {"num_format": f"#,##0.00;-#,##0.00;{NOTHING}"},
    "whole": {"num_format": f"#,##0;-#,##0;{NOTHING}"},
    "total": {"num_format": "#,##0.00", "bold": True, "top": 1, "top_color": INK, "bg_color": PALE},
    "total_text": {"bold": True, "top": 1, "top_color": INK, "bg_color": PALE},
    "good": {"bold": True, "font_color": "#2E6B3E"},
    "simulated": {"num_format": "#,##0.00####", "bg_color": "#F3E3E3"},
}


class Styles:
    """The formats of one workbook, each created at its first use."""

    def __init__(self, workbook: Any, currency: str) -> None:
        self._workbook = workbook
        self._currency = currency
        self._made: dict[Any, Any] = {}
        self._unlocked: set[Any] = set()

    def __call__(self, name: str, **more: Any) -> Any:
        """The format of a name, with more properties."""
        key = (name, tuple(sorted(more.items()))) if more else name
        if key not in self._made:
            look = {**PLAIN, **LOOKS[name], **more}
            self._made[key] = self._workbook.add_format(look)
            if not look.get("locked", True):
                self._unlocked.add(self._made[key])
        return self._made[key]

    def is_locked(self, style: Any) -> bool:
        """Whether cells of this format are locked when their sheet is protected."""
        return style not in self._unlocked

    def money(self, currency: str | None = None, *, name: str = "amount", cents: bool = False) -> Any:
        """Amounts with the code of their currency, whole or to the cent."""
        pattern = f'#,##0{".00" if cents else ""}\\ "{currency or self._currency}"'
        return self(name, num_format=pattern)


def year_format(plan: Plan, year: int) -> str:
    """Number format that shows a year by its name; the cell keeps the number, by which sums find it."""
    label = year_label(plan, year)
    return "0" if label == str(year) else f'"{label}"'


def value_format(value: Any, unit: str) -> str:
    """Number format of a parameter, from the size of its value."""
    large = 1e6
    if unit == "calendar year":
        return "0"
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1000:  # noqa: PLR2004  # thousands separators from here on
        return "#,##0" if float(value).is_integer() or abs(value) >= large else "#,##0.00"
    return "General"
