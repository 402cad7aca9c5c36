"""The status of the plan, and which of its decisions are assumptions of its authors and no policy."""

from imis_plan.i18n.formats import escape_markdown, join_with_and, label_and_value
from imis_plan.i18n.plan_status import status_in_words
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["own_assumptions", "plan_status"]
__dir__ = only(__all__)

# What the pace of the roll-out depends on, by its shape.
PACE = {"given": "coverage.rollout"}


def plan_status(plan: Plan) -> str:
    """The status of the plan, and what in it is assumed by its authors."""
    label, words = _("Status"), escape_markdown(status_in_words(plan))
    status = f"**{label_and_value(label, words)}.**"
    assumed = own_assumptions(plan)
    if not assumed:
        return status
    text = _("Assumed for this plan, without an official decision: {what}.")
    return f"{status} {text.format(what=join_with_and(assumed))}"


def own_assumptions(plan: Plan) -> list[str]:
    """Target, pace and funding as far as no published decision and no agreement sets them."""
    pace = PACE.get(plan["coverage.shape"], "coverage.years")
    found = [
        (plan.parameters["coverage.target"].confidence == "assumed", _("the target")),
        (plan.parameters[pace].confidence == "assumed", _("the years until it is reached")),
        (any(not rule.agreed for rule in plan.funding), _("who pays")),
    ]
    return [name for is_assumed, name in found if is_assumed]
