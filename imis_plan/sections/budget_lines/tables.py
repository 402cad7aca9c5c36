"""The lines of a component by year, and the calculation of every amount."""

from functools import cache, partial
from typing import Any, NamedTuple

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.analysis.sums import lists_of, rows_of_component
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.group_sums import group_sums
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.citations import short_citation
from imis_plan.sections.naming import component_name, grade_mark, line_name
from imis_plan.sections.public_names import only

__all__ = ["calculations", "lines_by_year"]
__dir__ = only(__all__)


class Row(NamedTuple):
    """What a calculation is shown with: columns of one row of the ledger."""

    line: str
    role_or_level: str
    label: str
    year: int
    amount: float
    working: str
    price_path: str
    source: str
    confidence: str

    @property
    def key(self) -> tuple[str, str]:
        """The line, with its role or level."""
        return self.line, self.role_or_level


def rows_of(ledger: pd.DataFrame, component: str) -> list[Row]:
    """The rows of one component, in the order of the ledger."""
    return list(map(Row, *lists_of(rows_of_component(ledger, component, Row._fields), Row._fields)))


def lines_by_year(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """Lines of one component by year; each leads to its working."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    labels = {row.key: row.label for row in rows_of(ledger, component)}
    table = views.by_line(ledger, component)
    keys = table.index[:-1].tolist()  # the last row is the total
    names = [*(line_name(_(labels[key]), key[1], titles) for key in keys), _("Total")]
    targets = [*(anchors.line(component, *key) for key in keys), ""]
    table.index = pd.Index(names)
    caption = _("{name}: lines by year").format(name=component_name(component))
    return amounts_by_year(plan, table, caption, key=f"lines.{component}", links={_("Item"): targets})


def calculations(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """How each amount of a component comes about, line by line and year by year; each price leads to its parameter.

    Print keeps the peak year: the same sentence with other numbers would fill a page for each of the others.
    """
    found = rows_of(ledger, component)
    place = {key: i for i, key in enumerate(dict.fromkeys(row.key for row in found))}
    rows = sorted((row for row in found if row.amount), key=lambda row: (place[row.key], row.year))
    yearly = group_sums((row.year for row in rows), (row.amount for row in rows))
    peak = max(sorted(yearly), key=yearly.__getitem__)
    amount = _("Amount, {currency}").format(currency=formats.currency_name(plan.about.currency))
    caption = _("{name}: calculation").format(name=component_name(component))
    note = _(
        "In print: the calculation of {year}, the highest of this table. The web page and the ledger show every year."
    ).format(year=year_label(plan, peak))
    return {
        "frame": calculation_rows(plan, rows, amount), "caption": caption, "notes": note, "fold": True, "formats": {amount: formats.number},
        "key": f"working.{component}", "anchors": line_anchors(component, rows),
        "links": {_("Price"): [anchors.parameter(plan, row.price_path) for row in rows],
                  _("Source of the price"): [anchors.source(plan, row.source) for row in rows]},
        "screen_only": {i for i, row in enumerate(rows) if row.year != peak},
    }  # fmt: skip


def calculation_rows(plan: Plan, rows: list[Row], amount: str) -> pd.DataFrame:
    """Line, year, working, amount, price, its source and its grade."""
    titles, parameters = {role.key: localized(role.title) for role in plan.roles}, plan.parameters
    # A line has the same names in all years.
    name, year = cache(lambda label, level: line_name(_(label), level, titles)), cache(partial(year_label, plan))
    price = cache(lambda path: _(parameters[path].description) if path in parameters else path)
    citation = cache(partial(short_citation, plan))
    return pd.DataFrame(
        {
            _("Line"): [name(row.label, row.role_or_level) for row in rows],
            _("Year"): [year(row.year) for row in rows],
            _("Calculation"): [row.working for row in rows],
            amount: [row.amount for row in rows],
            _("Price"): [price(row.price_path) for row in rows],
            _("Source of the price"): [citation(row.source) for row in rows],
            _("Grade"): [grade_mark(row.confidence) for row in rows],
        }
    )


def line_anchors(component: str, rows: list[Row]) -> list[str]:
    """For the first row of each line its name, for the others none."""
    first = {row.key: i for i, row in reversed(list(enumerate(rows)))}
    return [anchors.line(component, *row.key) if first[row.key] == i else "" for i, row in enumerate(rows)]
