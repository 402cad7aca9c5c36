"""The self-assessment and the prices that have grown old."""

from typing import Any

import pandas as pd

from imis_plan.analysis.assessment import STALE_YEARS, assessment, stale
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.plan import Plan
from imis_plan.sections.assessment.text import VERDICTS
from imis_plan.sections.citations import full_citation
from imis_plan.sections.public_names import only

__all__ = ["old_prices", "self_assessment"]
__dir__ = only(__all__)


def self_assessment(plan: Plan, ledger: pd.DataFrame, simulation: Any = None, actuals: Actuals | None = None) -> dict[str, Any]:
    """Every criterion with its verdict and the figures behind it."""
    table = assessment(plan, ledger, simulation, actuals)
    frame = pd.DataFrame(
        {
            _("Standard"): list(table["standard"]),
            _("Criterion"): [_(name) for name in table["criterion"]],
            _("Verdict"): [VERDICTS[verdict]() for verdict in table["verdict"]],
            _("Points"): [f"{row.holds}/{row.points}" for row in table.itertuples()],
            _("Reason"): list(table["reason"]),
        }
    )
    notes = _(
        "Each criterion consists of a few points, which the data of this plan decide. Met: all points hold. Partly met:"
        " some points hold. Not met: no point holds. The thresholds are set by this project; neither GAO nor GHCC gives"
        " any. The assessment shows how reliable the estimate is, not how good the project is."
    )
    return {"frame": frame, "caption": _("Self-assessment"), "notes": notes}


def old_prices(plan: Plan, ledger: pd.DataFrame, years: int = STALE_YEARS) -> dict[str, Any]:
    """Prices older than some years, with what they carry."""
    table = stale(plan, years, ledger)
    frame = pd.DataFrame(
        {
            _("Price"): [_(text) for text in table["description"]],
            _("Price year"): [str(year) for year in table["price_year"]],
            formats.currency_name(plan.about.currency): list(table["amount"]),
            _("share of the total"): list(table["share"]),
            _("Source"): [full_citation(plan, source) for source in table["source"]],
        }
    )
    caption = _("Prices more than {years} years older than the first year").format(years=years)
    formatted = {
        formats.currency_name(plan.about.currency): formats.number,
        _("share of the total"): lambda x: formats.share(x, 1),
    }
    return {"frame": frame, "caption": caption, "fold": True, "formats": formatted}
