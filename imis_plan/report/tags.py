"""Tags of notebook cells that mean something to a report."""

PARAMETERS, BRIEF = "parameters", "brief"
TAGGED = {
    PARAMETERS: "the cell that sets scenario and language",
    BRIEF: "the cells that make the briefing",
}
