"""The cash plan by component, and by line with the payment profile of each."""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis import cash_plan as views
from imis_plan.analysis.sums import in_order_of_parts, sums_by_columns
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.payment_profiles import LABELS
from imis_plan.model.year_labels import quarter_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.naming import component_name, line_name
from imis_plan.sections.public_names import only

__all__ = ["by_component", "by_line"]
__dir__ = only(__all__)


def by_component(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Components by quarter, with totals."""
    table = views.by_component(views.cash_plan(plan, ledger))
    table = table[table.abs().sum(axis=1) > 0].rename(index=component_name)
    table.columns = pd.Index([quarter_name(plan, *column) for column in table.columns])
    table.loc[_("Total")] = table.sum()
    table.index.name = _("Component")
    return scaled(plan, table, _("Cash plan of the first two years by quarter"), key="cash_plan")


def by_line(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Lines by quarter with their payment profiles; lines that cost nothing left out."""
    roles = {role.key: localized(role.title) for role in plan.roles}
    keys = ("component", "line", "label", "role_or_level", "kind", "payment")
    cash = views.cash_plan(plan, ledger)
    sums = {quarter: sums_by_columns(cash, (*keys, "year"), quarter) for quarter in views.QUARTERS}
    columns = [(year, quarter) for year in sorted(set(cash["year"])) for quarter in views.QUARTERS]
    lines = in_order_of_parts(dict.fromkeys(key[:-1] for key in sums["q1"]))
    amounts = {line: [sums[quarter].get((*line, year), np.nan) for year, quarter in columns] for line in lines}
    paid = [line for line, quarters in amounts.items() if np.nansum(np.abs(quarters)) > 0]
    frame = pd.DataFrame(
        {
            _("Component"): [component_name(component) for component, *_rest in paid],
            _("Line"): [line_name(_(label), level, roles) for _component, _line, label, level, *_rest in paid],
            _("Payment"): [_(LABELS[payment]) for *_rest, payment in paid],
        }
        | {quarter_name(plan, *column): [amounts[line][i] for line in paid] for i, column in enumerate(columns)}
    )
    return scaled(plan, frame, _("Cash plan by line"), key="cash_plan_lines", fold=True)


def quarter_name(plan: Plan, year: int, quarter: str) -> str:
    """A quarter for readers."""
    return quarter_label(plan, year, int(quarter.removeprefix("q")))


def scaled(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """A table with its amounts in the unit of the caption."""
    names = [name for name in table.columns if table[name].dtype.kind == "f"]
    divisor, unit = table_unit(plan, float(table[names].abs().to_numpy().max()) if len(table) and names else 0.0)
    frame = table.assign(**{name: table[name] / divisor for name in names})
    digits = 1 if divisor > 1 else 0
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": dict.fromkeys(names, lambda x: formats.number(x, digits)),
    } | more
