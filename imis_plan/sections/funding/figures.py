"""Who pays in which year."""

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n.translate import _
from imis_plan.model import funding
from imis_plan.model.funding import is_proposed
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import CaptionedFigure, alternative_text, canvas, money_axis, stacked_columns, styled
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.public_names import only

__all__ = ["funding_by_year"]
__dir__ = only(__all__)


@styled
def funding_by_year(plan: Plan, ledger: pd.DataFrame) -> CaptionedFigure:
    """Who pays in which year, and the funding gap."""
    table = views.by_funder(plan, ledger).drop(index=views.TOTAL, columns=views.TOTAL)
    names = {key: _("not yet funded") if key == funding.GAP else key for key in table.index}
    fig, axes = canvas(3.2)
    labelled = with_year_labels(plan, table)
    stacked_columns(axes[0, 0], labelled, names)
    money_axis(axes[0, 0], plan)
    gap = table.loc[funding.GAP] if funding.GAP in table.index else table.iloc[0] * 0
    lcu = local_money(plan)
    text = _("{gap} are unfunded over the plan, of which {last} in {year}")
    if is_proposed(plan):
        text = _("Funding is not decided: as proposed, {gap} would be unfunded over the plan, of which {last} in {year}")
        if gap.sum() < NEGLIGIBLE * table.to_numpy().sum():
            text = _("Funding is not decided: as proposed, all lines would be funded")
    caption = text.format(gap=lcu(gap.sum()), last=lcu(gap.iloc[-1]), year=year_label(plan, table.columns[-1]))
    alt = alternative_text(caption, {str(names[key]): lcu(row.sum()) for key, row in table.iterrows()})
    data = series_table(labelled, names, _("Funder"), plan.about.currency)
    return CaptionedFigure(fig, caption, alt, data, "cost-by-funder")
