"""Grades, exclusions, plausibility, parameters and sources."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.plausibility import plausibility
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, choice, digits, source as said_source, unit
from imis_plan.model.budget_line import N_
from imis_plan.model.grades import GRADES
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.cost.tables import cited, small, source_name
from imis_plan.sections.evidence import observed
from imis_plan.sections.naming import grade_mark, grade_name, label

# Who set a parameter.
LAYERS = (N_("defaults"), N_("country"), N_("option"), N_("what-if"))
# From here on a number is printed with all its digits.
LARGE = 1e5
YEAR = "calendar year"


def grades(ledger: pd.DataFrame) -> dict[str, Any]:
    """Share of the cost by grade."""
    table = views.by_grade(ledger).rename(index={grade: grade_name(grade) for grade in GRADES})
    table.columns = pd.Index([_("by the price"), _("by the weakest figure behind the amount")])
    table.index.name = _("Grade")
    return {
        "frame": table,
        "caption": _("Share of the cost without contingency by grade of confidence"),
        "formats": dict.fromkeys(table.columns, formats.share),
        "key": "grades",
    }


def excluded(ledger: pd.DataFrame) -> dict[str, Any]:
    """Lines that cost nothing in this budget, those with the same reason together."""
    table = views.excluded(ledger)
    same = table.groupby(["component", "reason"], sort=False)["label"].agg(list).reset_index()
    frame = pd.DataFrame(
        {
            _("Component"): [label(c) for c in same["component"]],
            _("Lines"): [formats.series(_(t) for t in labels) for labels in same["label"]],
            _("Reason"): same["reason"],
        }
    )
    return {"frame": frame, "caption": _("Lines that this budget does not carry"), "fold": True, "key": "excluded"}


def bands(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The budget against published bands."""
    table = plausibility(plan, ledger)
    verdicts = {"below": _("below"), "above": _("above"), "within": _("within"), "": _("nothing to measure")}
    frame = pd.DataFrame(
        {
            _("What"): [_(t) for t in table["what"]],
            _("Unit"): [unit(u) for u in table["unit"]],
            _("Low"): table["low"],
            _("High"): table["high"],
            _("This budget"): table["value"],
            _("Verdict"): table["verdict"].map(verdicts),
            _("Source"): [source_text(plan, s) for s in table["source"]],
        }
    ).reset_index(drop=True)
    note = _("Bands in dollars are carried to the money of the base year with the dollar's inflation.")
    formatted = {_("Low"): small, _("High"): small, _("This budget"): small}
    return {
        "frame": frame,
        "caption": _("The budget against published figures"),
        "notes": note,
        "formats": formatted,
        "key": "bands",
    }


def parameters(plan: Plan) -> dict[str, Any]:
    """Every parameter with value, range, unit, source and grade; each leads to its source."""
    parameters = list(plan.parameters.values())
    rows = [
        (
            parameter.path,
            _(parameter.description),
            value_text(parameter),
            range_text(parameter),
            unit(parameter.unit),
            str(parameter.price_year or ""),
            source_name(plan, parameter.source),
            grade_mark(parameter.confidence or ""),
            _(parameter.layer),
        )
        for parameter in parameters
    ]
    columns = [
        _("Parameter"),
        _("What it is"),
        _("Value"),
        _("Range"),
        _("Unit"),
        _("Price year"),
        _("Source"),
        _("Grade"),
        _("Layer"),
    ]
    return {
        "frame": pd.DataFrame(rows, columns=columns), "caption": _("All parameters"), "fold": True, "key": "parameters",
        "anchors": [anchors.parameter(plan, parameter.path) for parameter in parameters],
        "links": {_("Source"): [anchors.source(plan, parameter.source) for parameter in parameters]},
    }  # fmt: skip


def value_text(parameter: Any) -> str:
    """A parameter's value for readers."""
    if parameter.kind == "history":
        return formats.series(formats.pair(str(year), digits(f"{value:g}")) for year, value in parameter.value.items())
    if isinstance(parameter.value, (tuple, list)):
        return formats.series(digits(f"{value:g}") for value in parameter.value)
    if isinstance(parameter.value, bool):
        return _("yes") if parameter.value else _("no")
    if isinstance(parameter.value, str):
        return choice(parameter.value)
    text = str(parameter.value) if parameter.unit == YEAR else number_text(parameter.value)
    return (
        _("{value} ({growth} a year)").format(value=text, growth=digits(f"{parameter.growth:+g}")) if parameter.growth else text
    )


def range_text(parameter: Any) -> str:
    """Lowest to highest plausible value."""
    return (
        "" if parameter.low is None or parameter.high is None else f"{number_text(parameter.low)} – {number_text(parameter.high)}"
    )


def number_text(value: float) -> str:
    """A number for readers, a large one in full."""
    return digits(f"{value:,g}" if abs(value) < LARGE else f"{value:,.0f}")


def source_text(plan: Plan, source: str | None) -> str:
    """A source with title, publisher and address in place of its key."""
    key, _colon, where = (source or "").partition(":")
    entry = plan.sources.get(key)
    return cited(entry, _(where.strip()), entry.get("date"), entry.get("address")) if entry else said_source(source)


def sources(plan: Plan) -> dict[str, Any]:
    """The published sources that the plan uses, with how many parameters each carries."""
    keys = [anchors.source_key(parameter.source) for parameter in plan.parameters.values()]
    used = pd.Series([*keys, *observed.cited(plan)]).value_counts()
    used = used[used.index.isin(list(plan.sources))]
    rows = [(source_text(plan, key), int(count)) for key, count in used.items()]
    return {
        "frame": pd.DataFrame(rows, columns=[_("Source"), _("parameters")]), "caption": _("Published sources used"),
        "key": "sources", "anchors": [anchors.source(plan, str(key)) for key in used.index],
    }  # fmt: skip
