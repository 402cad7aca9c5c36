"""The status of a plan: a draft, planning figures of this project, or endorsed by an authority that is named."""

from typing import TYPE_CHECKING

from imis_plan.sentence import sentence

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan

DRAFT, PLANNING_FIGURES, ENDORSED_BY = "draft", "planning figures of this project", "endorsed by "
PATTERN = rf"^({DRAFT}|{PLANNING_FIGURES}|{ENDORSED_BY}\S.*)$"
REMEDY = sentence(
    "give {draft}, {planning_figures}, or {endorsed_by}... with the name of the authority",
    draft=DRAFT,
    planning_figures=PLANNING_FIGURES,
    endorsed_by=ENDORSED_BY,
)


def plan_status(plan: "Plan") -> str:
    """The status that the scenario states for this plan; with an option or what-ifs it is a draft, which nobody has endorsed."""
    changed = any(parameter.layer == "what-if" for parameter in plan.parameters.values())
    return DRAFT if plan.option or changed else plan.about.status


def endorsing_authority(status: str) -> str:
    """The authority that has endorsed a plan; empty for other plans."""
    return status.removeprefix(ENDORSED_BY) if status.startswith(ENDORSED_BY) else ""
