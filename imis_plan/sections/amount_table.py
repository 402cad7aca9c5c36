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
    """A table of amounts by year: scaled, with the unit in the caption and a share of the total.

    table : with a row of totals that has its name for readers, and a column `total`.
    """
    divisor, unit = table_unit(plan, float(table[views.TOTAL].abs().max()))
    total = table.loc[_("Total"), views.TOTAL]
    scaled = table / divisor
    scaled.columns = pd.Index([_("Total") if name == views.TOTAL else year_or_name(plan, name) for name in table.columns])
    digits = 1 if divisor > 1 else 0
    numeric = dict.fromkeys(scaled.columns, lambda x: formats.number(x, digits))
    scaled[_("Share")] = table[views.TOTAL] / total if total else 0.0
    scaled.index.name = _("Item")
    return {
        "frame": scaled,
        "caption": f"{caption} ({unit})",
        "formats": numeric | {_("Share"): formats.share},
        "emphasis": (_("Total"),),
    } | more
