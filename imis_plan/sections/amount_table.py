"""A table of amounts by year: scaled, with the unit in the caption, a share column and a total row."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.year_labels import year_or_name
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit


def amounts_by_year(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """`amounts` for a table whose total row already has its name for readers."""
    table.index.name = None
    plainly = scaled_amounts(plan, table.rename(index={_("Total"): views.TOTAL}), caption, **more)
    plainly["frame"] = plainly["frame"].rename(index={views.TOTAL: _("Total")})
    plainly["frame"].index.name = _("Item")
    return plainly


def scaled_amounts(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """A table of amounts by year: scaled, with the unit in the caption and a share of the total."""
    divisor, unit = table_unit(plan, float(table[views.TOTAL].abs().max()))
    scaled = table / divisor
    total = table.loc[views.TOTAL if table.index.nlevels == 1 else (views.TOTAL, ""), views.TOTAL]
    scaled[_("Share")] = table[views.TOTAL] / total if total else 0.0
    names = {views.TOTAL: _("Total")}
    digits = 1 if divisor > 1 else 0
    numeric = {names.get(c) or year_or_name(plan, c): lambda x: formats.number(x, digits) for c in scaled.columns[:-1]}
    scaled.columns = [names.get(c) or year_or_name(plan, c) for c in scaled.columns]
    return {
        "frame": scaled,
        "caption": f"{caption} ({unit})",
        "formats": numeric | {_("Share"): formats.share},
        "emphasis": (_("Total"),),
    } | more
