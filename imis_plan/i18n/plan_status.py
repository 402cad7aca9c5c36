"""The status of a plan in words, in the current language."""

from typing import TYPE_CHECKING

from imis_plan.i18n.translate import _
from imis_plan.scenario.status import PLANNING_FIGURES, endorsing_authority, plan_status

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan


def status_in_words(plan: "Plan") -> str:
    """Draft, planning figures of this project, or who has endorsed the plan."""
    status = plan_status(plan)
    if authority := endorsing_authority(status):
        return _("endorsed by {authority}").format(authority=authority)
    return _("planning figures of this project, not endorsed") if status == PLANNING_FIGURES else _("draft")
