"""What each component costs, and which of its lines costs most."""

from types import SimpleNamespace

import pandas as pd

from imis_plan.analysis.sums import rows_of_component, sums_by_columns
from imis_plan.i18n.formats import escape_markdown, share
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import component_name, line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["component_cost"]
__dir__ = only(__all__)


def component_cost(plan: Plan, ledger: pd.DataFrame, name: str) -> str:
    """What a component costs, which of its lines leads, and whether it is switched off."""
    lcu, rows = local_money(plan), rows_of_component(ledger, name, ("label", "role_or_level", "amount", "working"))
    total = rows["amount"].sum()
    if total == 0:
        reason = rows["working"][0].partition(" = 0 x ")[0]  # what nothing is multiplied with says nothing
        return f"### {component_name(name)}\n\n" + _("Nothing is budgeted here: {reason}.").format(reason=escape_markdown(reason))
    lines = sums_by_columns(rows, ("label", "role_or_level"))
    text_label, level = max(lines, key=lines.__getitem__)
    amount = lines[text_label, level]
    lead_name = line_in_sentence(plan, SimpleNamespace(label=text_label, role_or_level=level))
    text = _("{total} over the plan, or {part} of the total. The largest line is {line} with {lead} of the component.")
    return f"### {component_name(name)}\n\n" + text.format(
        total=lcu(total), part=share(total / ledger["amount"].sum(), 1), line=lead_name, lead=share(amount / total)
    )
