"""The fixed texts of the pages, which no cell of a notebook has, in the current language."""

from imis_plan.i18n.translate import _, plural


def report_labels() -> dict[str, str]:
    """Labels and sentences around the cells of a report."""
    return {
        "contents": _("Contents"),
        "country": _("Country"),
        "scheme": _("Scheme"),
        "years": _("Years"),
        "currency": _("Currency"),
        "version": _("Version"),
        "date": _("Date"),
        "option": _("Option"),
        "changes": _("Changed for this report"),
        "made": _("How this report was made"),
        "skip": _("Skip to the report"),
        "report": _("Report"),
        "top": _("Back to the top"),
        "brief": _("Briefing for the cabinet"),
        "short": _("In short"),
        "brief_of": _(
            "Two pages of the report. Its tables and figures keep their numbers; working, prices and sources stand there."
        ),
        "beside": _(
            "Beside this page, where it was made, lie the files below. A page that was sent alone is complete without them."
        ),
    }


def index_labels(count: int, finding: str) -> dict[str, str]:
    """Labels and sentences of the index of so many reports; `finding` is what its ranking shows."""
    return {
        "title": _("Budgets of all scenarios"),
        "contents": plural("{count} scenario with a report", "{count} scenarios with a report", count).format(count=count),
        "lead": _(
            "What an openIMIS costs in each of them, over all years of its plan. Totals say little beside each other: schemes insure anything from a valley to a nation. The cost of an insured person and year can be compared."
        ),
        "nothing": _("No scenario has a report yet."),
        "skip": _("Skip to the report"),
        "filter": _("Show schemes by their insured people"),
        "scenario": _("Scenario"),
        "made": _("Made on"),
        "changed": _("Changed:"),
        "table": _("All scenarios in figures"),
        "table_shows": _("Cost, posts, funding and evidence of each scenario"),
        "table_note": _(
            "Money is nominal, over all years of the plan, where nothing else is said. Where scripts may run, a click on the head of a column sorts by it."
        ),
        "ranking": _("What an insured person costs a year"),
        "ranking_found": finding,
        "years": _("When the money is needed"),
        "years_note": _(
            "USD million a year; capital hatched, recurrent solid, contingency with the kind it is for. Each scenario has a scale of its own; the largest year is written out."
        ),
        "capital": _("Capital"),
        "recurrent": _("Recurrent"),
        "brief": _("Briefing for the cabinet"),
    }
