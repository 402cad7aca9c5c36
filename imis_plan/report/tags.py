"""Tags of notebook cells that mean something to a report."""

from imis_plan.page.brief import BRIEF

PARAMETERS = "parameters"
TAGGED = {
    PARAMETERS: "the cell that sets scenario and language",
    BRIEF: "the cells that make the briefing",
}
