"""The lines of a component by year, and the calculation of every amount."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.citations import short_citation
from imis_plan.sections.naming import component_name, grade_mark, line_name
from imis_plan.sections.public_names import only

__all__ = ["calculations", "lines_by_year"]
__dir__ = only(__all__)


def lines_by_year(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """Lines of one component by year; each leads to its working."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    labels = ledger.drop_duplicates(["line", "role_or_level"]).set_index(["line", "role_or_level"])["label"]
    table = views.by_line(ledger, component)
    names = [_("Total") if key[0] == views.TOTAL else line_name(_(labels[key]), key[1], titles) for key in table.index]
    targets = ["" if key[0] == views.TOTAL else anchors.line(component, *key) for key in table.index]
    table.index = pd.Index(names)
    caption = _("{name}: lines by year").format(name=component_name(component))
    return amounts_by_year(plan, table, caption, key=f"lines.{component}", links={_("Item"): targets})


def calculations(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """How each amount of a component comes about, line by line and year by year; each price leads to its parameter.

    Print keeps the peak year: the same sentence with other numbers would fill a page for each of the others.
    """
    rows = ledger[(ledger["component"] == component) & (ledger["amount"] != 0)]
    peak = rows.groupby("year")["amount"].sum().idxmax()
    rows = rows.sort_values("year", kind="stable").set_index(["line", "role_or_level"])
    rows = rows.loc[list(dict.fromkeys(ledger.set_index(["line", "role_or_level"]).index.intersection(rows.index)))].reset_index()
    amount = _("Amount, {currency}").format(currency=formats.currency_name(plan.about.currency))
    caption = _("{name}: calculation").format(name=component_name(component))
    note = _(
        "In print: the calculation of {year}, the highest of this table. The web page and the ledger show every year."
    ).format(year=year_label(plan, peak))
    return {
        "frame": calculation_rows(plan, rows, amount), "caption": caption, "notes": note, "fold": True, "formats": {amount: formats.number},
        "key": f"working.{component}", "anchors": line_anchors(component, rows),
        "links": {_("Price"): [anchors.parameter(plan, path) for path in rows["price_path"]],
                  _("Source of the price"): [anchors.source(plan, text) for text in rows["source"]]},
        "screen_only": [i for i, year in enumerate(rows["year"]) if year != peak],
    }  # fmt: skip


def calculation_rows(plan: Plan, rows: pd.DataFrame, amount: str) -> pd.DataFrame:
    """Line, year, working, amount, price, its source and its grade."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    return pd.DataFrame(
        {
            _("Line"): [line_name(_(r.label), r.role_or_level, titles) for r in rows.itertuples()],
            _("Year"): [year_label(plan, year) for year in rows["year"]],
            _("Calculation"): list(rows["working"]),
            amount: list(rows["amount"]),
            _("Price"): [
                _(plan.parameters[path].description) if path in plan.parameters else path for path in rows["price_path"]
            ],
            _("Source of the price"): [short_citation(plan, text) for text in rows["source"]],
            _("Grade"): [grade_mark(grade) for grade in rows["confidence"]],
        }
    )


def line_anchors(component: str, rows: pd.DataFrame) -> list[str]:
    """For the first row of each line its name, for the others none."""
    names = [anchors.line(component, r.line, r.role_or_level) for r in rows.itertuples()]
    return [name if name not in names[:i] else "" for i, name in enumerate(names)]
