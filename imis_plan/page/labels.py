"""The fixed texts of the pages, which no cell of a notebook has, in the current language."""

from collections.abc import Sequence

from imis_plan.i18n.translate import _, plural


def report_labels() -> dict[str, str]:
    """Labels and sentences around the cells of a report."""
    return {
        "budget": _("openIMIS budget"),
        "contents": _("Contents"),
        "status": _("Status"),
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
        "download": _("Download:"),
        "picture": _("picture (PNG)"),
        "data": _("data (CSV)"),
        "brief": _("Briefing for the cabinet"),
        "short": _("In short"),
        "brief_of": _(
            "Two pages of the report. Tables and figures have the same numbers as in the report, which shows "
            "calculations, prices and sources."
        ),
        "annex_apart": _(
            "The annex is a document of its own (annex.html): the calculation of every line, every parameter with its source, tables for "
            "lenders, and how this report was made."
        ),
        "beside": _("The files below are in the same folder as this page. The page is complete without them."),
    }


def index_labels(count: int, shown: Sequence[str], finding: str) -> dict[str, str]:
    """Labels and sentences of the index of so many reports.

    shown : names of those on the page. finding : what its ranking shows.
    """
    part = _("This page shows {shown} of them, {first} to {last}. Ranking, table and charts are those of this page.")
    bounds = {"shown": len(shown), "first": shown[0], "last": shown[-1]} if len(shown) < count else {}
    return {
        "pages": _("Pages of the index"),
        "part": part.format(**bounds) if bounds else "",
        "title": _("Budgets of all scenarios"),
        "contents": plural("{count} scenario with a report", "{count} scenarios with a report", count).format(count=count),
        "lead": _(
            "The cost of openIMIS in each scenario, over all years of its plan. Totals are hard to compare, because "
            "schemes differ in size. The cost per insured person per year can be compared."
        ),
        "nothing": _("No scenario has a report yet."),
        "skip": _("Skip to the report"),
        "filter": _("Show schemes by number of insured people"),
        "scenario": _("Scenario"),
        "made": _("Made on"),
        "changed": _("Changed:"),
        "table": _("All scenarios in figures"),
        "table_shows": _("Cost, posts, funding and evidence of each scenario"),
        "table_note": _(
            "Amounts are nominal and cover all years of the plan, unless stated otherwise. Click a column heading to "
            "sort, where scripts are allowed."
        ),
        "ranking": _("Cost per insured person per year"),
        "ranking_found": finding,
        "years": _("Cost by year"),
        "years_note": _(
            "USD million a year. Capital is hatched, recurrent is solid; contingency is included in the kind of cost "
            "that it covers. Each scenario has its own scale; the highest-cost year shows its amount."
        ),
        "capital": _("Capital"),
        "recurrent": _("Recurrent"),
        "brief": _("Briefing for the cabinet"),
        "annex": _("Annex"),
    }
