"""Scenarios side by side, and the difference between two."""

from typing import Any

import pandas as pd

from imis_plan.analysis import comparison as views
from imis_plan.analysis.decomposition import FACTORS, decompose
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import signed_three_decimals, unit_cost
from imis_plan.sections.comparison.text import FACTOR_LABELS
from imis_plan.sections.naming import component_name
from imis_plan.sections.public_names import only

__all__ = ["decomposition", "structure", "unit_costs"]
__dir__ = only(__all__)

UNITS = {
    "insured_year": lambda: _("insured and year"),
    "household_year": lambda: _("household and year"),
    "enrolment": lambda: _("enrolment"),
    "claim": lambda: _("claim"),
    "facility_year": lambda: _("facility and year"),
    "scheme_year": lambda: _("scheme and year"),
    "user_year": lambda: _("user and year"),
}


def unit_costs(table: pd.DataFrame) -> dict[str, Any]:
    """Normalised unit costs of scenarios, from `compare`, the cheapest per insured first."""
    ordered = table.sort_values(f"{views.PER}insured_year")
    costs = {unit: f"{views.PER}{unit}" for unit in UNITS}
    frame = pd.DataFrame(
        {_("Insured, last year"): ordered["insured"], _("Total, USD million"): ordered["total_usd"] / views.MILLION}
        | {UNITS[unit](): ordered[column] for unit, column in costs.items()}
    )
    frame.index = pd.Index(ordered["name"], name=_("Scenario"))
    given = dict.fromkeys((UNITS[unit]() for unit in costs), unit_cost)
    return {
        "frame": frame,
        "caption": _("What everything costs per insured and year, household and year ... (USD)"),
        "formats": given | {_("Insured, last year"): formats.number, _("Total, USD million"): lambda x: formats.number(x, 2)},
        "notes": _("Each unit cost divides the whole budget, nominal, by one quantity over all years; they must not be added."),
    }


def structure(table: pd.DataFrame) -> dict[str, Any]:
    """Share of each component in the cost of each scenario, from `compare`."""
    shares = views.structure(table)
    frame = shares.rename(index=component_name).set_axis(list(table["name"]), axis=1)
    frame.index.name = _("Component")
    caption = _("What the cost is made of, by scenario")
    return {"frame": frame, "caption": caption, "formats": dict.fromkeys(frame.columns, formats.share), "fold": True}


def decomposition(left: Plan, right: Plan) -> dict[str, Any]:
    """From the cost per insured-year of one plan to that of another, by component and factor. [USD]"""
    table, (one, two) = decompose(left, right), views.names(left, right)
    frame = table[["left", *FACTORS, "right"]].rename(index={name: component_name(name) for name in table.index if name != TOTAL})
    frame = frame.rename(index={TOTAL: _("Total")})
    frame.index.name = _("Component")
    frame.columns = pd.Index([one, *(FACTOR_LABELS[name]() for name in FACTORS), two])
    steps = dict.fromkeys((FACTOR_LABELS[name]() for name in FACTORS), signed_three_decimals)
    return {
        "frame": frame,
        "caption": _("From {one} to {two}: cost per insured person and year, by component and factor (USD)").format(
            one=one, two=two
        ),
        "formats": dict.fromkeys([one, two], lambda x: formats.number(x, 3)) | steps,
        "emphasis": (_("Total"),),
        "notes": [*factor_notes(), _("Every row adds up: the first column and the four factors make the last.")],
    }


def factor_notes() -> list[str]:
    """What the four factors are, in words."""
    return [
        _("Volume: how much of each line is bought per insured-year; a line that only one of them buys is volume, whole."),
        _("Price: what a unit costs in USD at the exchange rate of its price year, with US inflation to the first year."),
        _("Timing: how far prices in USD have risen when payment falls due."),
        _("Exchange rate: how far home prices have since risen more, or less, than the exchange rate has followed."),
    ]
