"""Who pays in which year."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n.translate import _
from imis_plan.model import funding
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.public_names import only

__all__ = ["funding_by_year"]
__dir__ = only(__all__)


def funding_by_year(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays in which year."""
    table = views.by_funder(plan, ledger).rename(index={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")})
    return amounts_by_year(plan, table, _("Who pays, by year"), key="funders")
