"""Project support in sentences: the total with it, what is in the budget and what is not, and what published registers paid."""

import pandas as pd

from imis_plan.analysis import project_support as views
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n.formats import join_with_and, share
from imis_plan.i18n.translate import _
from imis_plan.model.project_support import USUAL_RATE
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import local_money
from imis_plan.sections.citations import publisher
from imis_plan.sections.public_names import only

__all__ = ["project_support", "support_beside"]
__dir__ = only(__all__)


def names() -> dict[str, str]:
    """What projects pay for, in a sentence."""
    return {
        "audit": _("audit of the accounts"),
        "equipment_insurance": _("insurance of equipment"),
        "second_line": _("a second internet line"),
        "facility_power": _("power for facilities"),
        "partner_staff": _("staff of an implementing partner"),
        "partner_office": _("the office of an implementing partner"),
    }


def support_beside(plan: Plan, ledger: pd.DataFrame) -> str:
    """The total with project support beside the sum that is asked for, in one sentence."""
    text = _("With {support}, the total would be {amount}.")
    total = views.with_support(plan, ledger).loc[TOTAL, TOTAL]
    link = anchors.link(_("a partner and indirect cost"), anchors.table("project_support"))
    return text.format(support=link, amount=local_money(plan)(total))


def project_support(plan: Plan, ledger: pd.DataFrame) -> str:
    """The total with project support, what is in the budget and what is not, and what published registers paid."""
    lcu, table = local_money(plan), views.with_support(plan, ledger)[TOTAL]
    sentences = [
        _("**With project support, the total is {total}**, {more} more than this budget.").format(
            total=lcu(table[TOTAL]), more=lcu(table[TOTAL] - table[views.BUDGET])
        ),
        indirect_cost(plan),
        in_and_out(plan),
        published(plan),
    ]
    return " ".join(filter(None, sentences))


def indirect_cost(plan: Plan) -> str:
    """On what indirect cost is calculated: what the rules state, or the usual share of everything."""
    if views.states_indirect_cost(plan):
        return _("Indirect cost is a share of the net base cost that its funder pays; the funding rules state it.")
    parameter = plan.parameters[USUAL_RATE]
    return _(
        "No funder of the scenario states an indirect cost, so it is {rate} of the net base cost with the partner, as if one project paid "
        "for everything ({source})."
    ).format(rate=share(parameter.value, 1), source=publisher(plan, anchors.source_key(parameter.source)))


def in_and_out(plan: Plan) -> str:
    """Which supports the budget includes, and which it does not."""
    known = names()
    inside = [known[line] for line in views.SWITCHES if views.is_included(plan, line)]
    outside = [known[line] for line in views.SWITCHES if not views.is_included(plan, line)]
    sentences = [_("The budget includes: {names}.").format(names=join_with_and(inside))] if inside else []
    outside.append(_("indirect cost of funders"))
    return " ".join([*sentences, _("It does not include: {names}.").format(names=join_with_and(outside))])


def published(plan: Plan) -> str:
    """What project staff took of the spending on published registers; nothing without the figure."""
    band = views.published_share(plan)
    if band is None:
        return ""
    return _("In published registers, project staff took {low} and {high} of the spending ({basis}; {source}).").format(
        low=share(band.low),
        high=share(band.high),
        basis=_(band.basis),
        source=publisher(plan, anchors.source_key(band.source)),
    )
