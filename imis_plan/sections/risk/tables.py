"""The plan under uncertainty."""

from typing import Any

import pandas as pd

from imis_plan.analysis import risk
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localize_digits, translate_unit as unit_of
from imis_plan.model.simulation import Simulation
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.public_names import only

__all__ = ["envelope", "percentiles", "sensitivity"]
__dir__ = only(__all__)


def percentiles(plan: Plan, result: Simulation) -> dict[str, Any]:
    """Point estimate, mean and percentiles by year and in all."""
    table = risk.percentiles(result)
    divisor, unit = table_unit(plan, float(table["P90"].max()))
    money = table.drop(columns="chance") / divisor
    money.insert(1, _("Probability"), table["chance"])
    names = {"point": _("Point estimate"), "mean": _("Mean")}
    money = money.rename(columns=names, index={risk.TOTAL: _("Total")})
    money.index = pd.Index([str(i) for i in money.index], name=_("Year"))
    digits = 1 if divisor > 1 else 0
    patterns = {c: (formats.share if c == _("Probability") else lambda x: formats.number(x, digits)) for c in money.columns}
    note = _(
        "Without contingency. “Probability” means the probability that the cost does not exceed the point estimate. The"
        " percentiles of the years do not add up to those of the total."
    )
    return {
        "frame": money,
        "caption": _("Cost under uncertainty, by year ({unit})").format(unit=unit),
        "key": "percentiles",
        "notes": note,
        "formats": patterns,
        "emphasis": (_("Total"),),
    }


def envelope(plan: Plan, result: Simulation) -> dict[str, Any]:
    """Probability that the budget ceiling is sufficient."""
    table = risk.envelope(plan, result).rename(index={risk.TOTAL: _("Total")})
    table.columns = pd.Index([_("Budget ceiling"), _("Probability that it is sufficient"), _("Mean shortfall otherwise")])
    table.index = pd.Index([str(i) for i in table.index], name=_("Year"))
    patterns = {
        _("Budget ceiling"): formats.number,
        _("Probability that it is sufficient"): formats.share,
        _("Mean shortfall otherwise"): formats.number,
    }
    return {
        "frame": table,
        "caption": _("The budget ceiling compared with the simulated cost ({unit})").format(
            unit=formats.currency_name(plan.about.currency)
        ),
        "formats": patterns,
    }


def sensitivity(plan: Plan, result: Simulation, count: int = 15) -> dict[str, Any]:
    """Parameters with the largest swing, with their range and their share of the spread."""
    swings, explained = risk.tornado(plan).head(count), risk.variance_shares(result)["share"]
    divisor, unit = table_unit(plan, float(swings[["low", "high"]].to_numpy().max()))
    frame = pd.DataFrame({
        _("Parameter"): [_(plan.parameters[path].description) for path in swings.index],
        _("Low"): [plan.parameters[path].low for path in swings.index],
        _("High"): [plan.parameters[path].high for path in swings.index],
        _("Unit"): [unit_of(plan.parameters[path].unit) for path in swings.index],
        _("Cost at low"): swings["low"].to_numpy() / divisor,
        _("Cost at high"): swings["high"].to_numpy() / divisor,
        _("Share of the variance"): [explained.get(path) for path in swings.index],
        _("Kind"): [_("policy choice") if chosen else _("uncertain") for chosen in swings["decision"]],
    })  # fmt: skip
    digits = 1 if divisor > 1 else 0
    money = lambda x: formats.number(x, digits)  # noqa: E731  # named for the two columns below
    patterns = {
        _("Low"): six_digits,
        _("High"): six_digits,
        _("Cost at low"): money,
        _("Cost at high"): money,
        _("Share of the variance"): formats.share,
    }
    return {
        "frame": frame,
        "caption": _("Parameters with the largest effect on the total (costs in {unit})").format(unit=unit),
        "formats": patterns,
        "fold": True,
    }


def six_digits(x: float) -> str:
    """A parameter's bound, without digits that say nothing."""
    return localize_digits(f"{x:,.6g}")
