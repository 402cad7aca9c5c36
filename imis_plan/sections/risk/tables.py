"""The plan under uncertainty."""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis import risk
from imis_plan.analysis.sensitivity import variance_shares
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localize_digits, translate_unit as unit_of
from imis_plan.model.simulation import Simulation
from imis_plan.model.year_labels import year_or_name
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.public_names import only
from imis_plan.sections.risk.groups import group_label

__all__ = ["envelope", "percentiles", "sensitivity", "variance"]
__dir__ = only(__all__)


def percentiles(plan: Plan, result: Simulation) -> dict[str, Any]:
    """Point estimate, mean and percentiles by year and in all."""
    table = risk.percentiles(result)
    divisor, unit = table_unit(plan, float(table["P90"].max()))
    money = table.drop(columns="chance") / divisor
    money.insert(1, _("Probability"), table["chance"])
    names = {"point": _("Point estimate"), "mean": _("Mean")}
    money = money.rename(columns=names, index={risk.TOTAL: _("Total")})
    money.index = pd.Index([year_or_name(plan, i) for i in money.index], name=_("Year"))
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
        "links": {_("Year"): [anchors.table("sensitivity") if result.parameters else ""] * len(money)},
        "notes": note,
        "formats": patterns,
        "emphasis": (_("Total"),),
    }


def envelope(plan: Plan, result: Simulation) -> dict[str, Any]:
    """Probability that the budget ceiling is sufficient."""
    table = risk.envelope(plan, result).rename(index={risk.TOTAL: _("Total")})
    table.columns = pd.Index([_("Budget ceiling"), _("Probability that it is sufficient"), _("Mean shortfall otherwise")])
    table.index = pd.Index([year_or_name(plan, i) for i in table.index], name=_("Year"))
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


def sensitivity(plan: Plan, count: int = 15) -> dict[str, Any]:
    """Parameters with the largest swing, with their range."""
    swings = risk.tornado(plan).head(count)
    kinds = {"open question": _("open question"), "policy choice": _("policy choice"), "uncertain": _("uncertain")}
    divisor, unit = table_unit(plan, float(swings[["low", "high"]].to_numpy().max()))
    frame = pd.DataFrame({
        _("Parameter"): [_(plan.parameters[path].description) for path in swings.index],
        _("Low"): [plan.parameters[path].low for path in swings.index],
        _("High"): [plan.parameters[path].high for path in swings.index],
        _("Unit"): [unit_of(plan.parameters[path].unit) for path in swings.index],
        _("Cost at low"): swings["low"].to_numpy() / divisor,
        _("Cost at high"): swings["high"].to_numpy() / divisor,
        _("Kind"): [kinds[plan.parameters[path].range_kind] for path in swings.index],
    })  # fmt: skip
    digits = 1 if divisor > 1 else 0
    money = lambda x: formats.number(x, digits)  # noqa: E731  # named for the two columns below
    patterns = {
        _("Low"): six_digits,
        _("High"): six_digits,
        _("Cost at low"): money,
        _("Cost at high"): money,
    }
    return {
        "frame": frame,
        "caption": _("Parameters with the largest effect on the total (costs in {unit})").format(unit=unit),
        "key": "sensitivity",
        "links": {_("Parameter"): [anchors.parameter(plan, str(path)) for path in swings.index]},
        "formats": patterns,
        "fold": True,
    }


def variance(plan: Plan, result: Simulation, count: int = 10) -> dict[str, Any]:
    """How much of the variance independent groups explain, alone and with others."""
    found = variance_shares(result)
    table = found.table[found.table["first"] > 0].head(count)
    alone, others = _("Explains alone"), _("Also with others")
    frame = pd.DataFrame({
        _("Figures that vary together"): [group_label(plan, str(row.Index), row.members, str) for row in table.itertuples()],
        _("Number"): [len(members) for members in table["members"]],
        _("First of them"): [_(plan.parameters[members[0]].description) if len(members) > 1 else "" for members in table["members"]],
        alone: table["first"].to_numpy(),
        others: table["total"].to_numpy(),
    })  # fmt: skip
    note = _(
        "Parts of the variance of the total: first-order indices, which sum to {sum} over all groups (standard error {error}), and total "
        "indices of the largest groups; {evaluations} evaluations."
    )
    return {
        "frame": frame,
        "caption": _("What explains the uncertainty"),
        "notes": note.format(
            sum=formats.share(found.table["first"].sum()),
            error=formats.share(found.sampling_error),
            evaluations=formats.number(found.evaluations),
        ),
        "formats": {alone: formats.share, others: lambda x: "–" if np.isnan(x) else formats.share(x)},
        "fold": True,
    }


def six_digits(x: float) -> str:
    """A parameter's bound, without digits that say nothing."""
    return localize_digits(f"{x:,.6g}")
