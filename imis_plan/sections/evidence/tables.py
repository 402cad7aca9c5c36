"""Grades, exclusions, plausibility, parameters and sources."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.plausibility import plausibility
from imis_plan.analysis.price_gaps import prices_without_evidence
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.model.budget_line import N_
from imis_plan.model.calculation import without_price
from imis_plan.model.grades import GRADES
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amounts import unit_cost
from imis_plan.sections.citations import full_citation, short_citation
from imis_plan.sections.evidence import observed
from imis_plan.sections.naming import component_name, grade_mark, grade_name
from imis_plan.sections.parameter_values import range_text, value_text
from imis_plan.sections.public_names import only

__all__ = ["benchmarks", "exclusions", "grades", "parameters", "prices_to_find", "sources"]
__dir__ = only(__all__)

# Who set a parameter.
LAYERS = (N_("defaults"), N_("facts"), N_("country"), N_("option"), N_("what-if"))


def grades(ledger: pd.DataFrame) -> dict[str, Any]:
    """Share of the cost by grade."""
    table = views.by_grade(ledger).rename(index={grade: grade_name(grade) for grade in GRADES})
    table.columns = pd.Index([_("By the price"), _("By the weakest input of the amount")])
    table.index.name = _("Grade")
    return {
        "frame": table,
        "caption": _("Share of the cost without contingency by confidence grade"),
        "formats": dict.fromkeys(table.columns, formats.share),
        "key": "grades",
    }


def prices_to_find(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The assumed prices with what is spent at each, the largest first."""
    table = prices_without_evidence(plan, ledger)
    parameters = [plan.parameters[str(path)] for path in table.index]
    frame = pd.DataFrame(
        {
            _("Price"): [observed.plain_name(plan, parameter) for parameter in parameters],
            _("Value"): [value_text(parameter) for parameter in parameters],
            _("Range"): [range_text(parameter) for parameter in parameters],
            _("Unit"): [translate_unit(parameter.unit) for parameter in parameters],
            _("Amount, {currency}").format(currency=formats.currency_name(plan.about.currency)): table["amount"].to_list(),
            _("Share of the cost"): table["share"].to_list(),
        }
    )
    return {
        "frame": frame,
        "caption": _("Assumed prices: no published price of the country, of comparable countries or from a tested relation"),
        "formats": {frame.columns[-2]: formats.number, frame.columns[-1]: lambda x: formats.share(x, 1)},
        "key": "prices-to-find",
    }


def exclusions(ledger: pd.DataFrame) -> dict[str, Any]:
    """Lines that cost nothing in this budget, those with the same reason together."""
    table = views.excluded(ledger)
    table["reason"] = table["reason"].map(without_price)
    same = table.groupby(["component", "reason"], sort=False)["label"].agg(list).reset_index()
    frame = pd.DataFrame(
        {
            _("Component"): [component_name(c) for c in same["component"]],
            _("Lines"): [formats.join_with_semicolons(_(t) for t in labels) for labels in same["label"]],
            _("Reason"): same["reason"],
        }
    )
    return {"frame": frame, "caption": _("Lines not included in this budget"), "fold": True, "key": "excluded"}


def benchmarks(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The budget against published bands."""
    table = plausibility(plan, ledger)
    verdicts = {"below": _("below"), "above": _("above"), "within": _("within"), "": _("not applicable")}
    frame = pd.DataFrame(
        {
            _("What"): [_(t) for t in table["what"]],
            _("Unit"): [translate_unit(u) for u in table["unit"]],
            _("Low"): table["low"],
            _("High"): table["high"],
            _("This budget"): table["value"],
            _("Verdict"): table["verdict"].map(verdicts),
            _("Source"): [full_citation(plan, s) for s in table["source"]],
        }
    ).reset_index(drop=True)
    note = _("Ranges in US dollars are adjusted to prices of the base year with US inflation.")
    formatted = {_("Low"): unit_cost, _("High"): unit_cost, _("This budget"): unit_cost}
    return {
        "frame": frame,
        "caption": _("The budget compared with published figures"),
        "notes": note,
        "formats": formatted,
        "key": "bands",
        "links": {_("This budget"): [anchors.table("components")] * len(frame)},
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
            translate_unit(parameter.unit),
            str(parameter.price_year or ""),
            short_citation(plan, parameter.source),
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
        _("Set by"),
    ]
    return {
        "frame": pd.DataFrame(rows, columns=columns), "caption": _("All parameters"), "fold": True, "key": "parameters",
        "anchors": [anchors.parameter(plan, parameter.path) for parameter in parameters],
        "links": {_("Source"): [anchors.source(plan, parameter.source) for parameter in parameters]},
    }  # fmt: skip


def sources(plan: Plan) -> dict[str, Any]:
    """The published sources that the plan uses, with how many parameters and accounts each carries."""
    keys = [anchors.source_key(parameter.source) for parameter in plan.parameters.values()]
    accounts = [anchors.source_key(account.source) for account in plan.chart.accounts]
    used = pd.Series([*keys, *observed.cited(plan), *accounts]).value_counts()
    used = used[used.index.isin(list(plan.sources))]
    rows = [(full_citation(plan, key), int(count)) for key, count in used.items()]
    return {
        "frame": pd.DataFrame(rows, columns=[_("Source"), _("Uses")]), "caption": _("Published sources used"),
        "key": "sources", "anchors": [anchors.source(plan, str(key)) for key in used.index],
    }  # fmt: skip
