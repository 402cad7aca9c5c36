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
    "insured_year": lambda: _("Insured person-year"),
    "household_year": lambda: _("Household-year"),
    "enrolment": lambda: _("Enrolment"),
    "claim": lambda: _("Claim"),
    "facility_year": lambda: _("Facility-year"),
    "scheme_year": lambda: _("Scheme-year"),
    "user_year": lambda: _("User-year"),
}


def unit_costs(table: pd.DataFrame) -> dict[str, Any]:
    """Normalised unit costs of scenarios, from `compare`, the cheapest per insured first."""
    ordered = table.sort_values(f"{views.USD_PER_PREFIX}insured_year")
    costs = {unit: f"{views.USD_PER_PREFIX}{unit}" for unit in UNITS}
    frame = pd.DataFrame(
        {_("Insured, last year"): ordered["insured"], _("Total, USD million"): ordered["total_usd"] / views.MILLION}
        | {UNITS[unit](): ordered[column] for unit, column in costs.items()}
    )
    frame.index = pd.Index(ordered["name"], name=_("Scenario"))
    given = dict.fromkeys((UNITS[unit]() for unit in costs), unit_cost)
    return {
        "frame": frame,
        "caption": _("Total cost per insured person-year, household-year and other units (USD)"),
        "formats": given | {_("Insured, last year"): formats.number, _("Total, USD million"): lambda x: formats.number(x, 2)},
        "notes": _(
            "Each unit cost is the total nominal budget divided by one quantity, over all years. Unit costs must not be added."
        ),
    }


def structure(table: pd.DataFrame) -> dict[str, Any]:
    """Share of each component in the cost of each scenario, from `compare`."""
    shares = views.cost_structure(table)
    frame = shares.rename(index=component_name).set_axis(list(table["name"]), axis=1)
    frame.index.name = _("Component")
    caption = _("Cost structure by scenario")
    return {"frame": frame, "caption": caption, "formats": dict.fromkeys(frame.columns, formats.share), "fold": True}


def decomposition(left: Plan, right: Plan) -> dict[str, Any]:
    """From the cost per insured-year of one plan to that of another, by component and factor. [USD]"""
    table, (one, two) = decompose(left, right), views.display_names(left, right)
    frame = table[["left", *FACTORS, "right"]].rename(index={name: component_name(name) for name in table.index if name != TOTAL})
    frame = frame.rename(index={TOTAL: _("Total")})
    frame.index.name = _("Component")
    frame.columns = pd.Index([one, *(FACTOR_LABELS[name]() for name in FACTORS), two])
    steps = dict.fromkeys((FACTOR_LABELS[name]() for name in FACTORS), signed_three_decimals)
    return {
        "frame": frame,
        "caption": _("From {one} to {two}: cost per insured person per year, by component and factor (USD)").format(
            one=one, two=two
        ),
        "formats": dict.fromkeys([one, two], lambda x: formats.number(x, 3)) | steps,
        "emphasis": (_("Total"),),
        "notes": [*factor_notes(), _("In each row, the first column plus the four factors equals the last column.")],
    }


def factor_notes() -> list[str]:
    """What the four factors are, in words."""
    return [
        _(
            "Volume: the quantity of each line bought per insured person-year. A line that only one scenario buys counts "
            "fully as volume."
        ),
        _("Price: the unit price in USD at the exchange rate of its price year, adjusted for US inflation to the first year."),
        _("In the row of contingency, price is the contingency on the price of each unit: it changes with its rate, too."),
        _("Timing: the increase of prices in USD until the year of payment."),
        _(
            "Exchange rate: the increase of domestic prices since the price year that the change of the exchange rate does "
            "not explain."
        ),
    ]
