"""Tables for lenders, in the layout of COSTAB: components or expenditure categories, contingencies apart, by year and by payer."""

from typing import Any

import pandas as pd

from imis_plan.analysis import costab
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model import funding
from imis_plan.model.components import LABELS
from imis_plan.model.year_labels import year_label, year_or_name
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only
from imis_plan.sections.taxes.tables import headings as tax_headings

__all__ = ["category_contents", "contingencies", "financiers", "foreign_and_taxes", "project_costs"]
__dir__ = only(__all__)

USD = "USD"
# Column headings of the last four rows, and of the columns of a summary.
STEPS = {
    "base": lambda: _("Total base cost"),
    "physical": lambda: _("Physical contingencies"),
    "price": lambda: _("Price contingencies"),
    "total": lambda: _("Total cost"),
}


def project_costs(plan: Plan, ledger: pd.DataFrame, rows: str = "component", *, usd: bool = False) -> dict[str, Any]:
    """Base cost by component or category and year, then both contingencies, then total cost."""
    table = costab.project_costs(costab.costs(plan, ledger, usd=usd), rows)
    captions = {"component": _("Project costs by component"), "category": _("Project costs by expenditure category")}
    notes = _(
        "Base costs and physical contingencies are in constant {base} prices. Price contingencies add the expected "
        "inflation to both. Total cost is in nominal terms and equals the ledger to the cent."
    ).format(base=year_label(plan, plan["time.base_year"]))
    return costab_table(plan, table, captions[rows], usd=usd, notes=notes)


def contingencies(plan: Plan, ledger: pd.DataFrame, rows: str = "component", *, usd: bool = False) -> dict[str, Any]:
    """Components or categories by base cost, contingencies and total cost over all years."""
    table = costab.summary(costab.costs(plan, ledger, usd=usd), rows)
    return costab_table(plan, table, _("Contingencies, all years"), usd=usd)


def financiers(plan: Plan, ledger: pd.DataFrame, rows: str = "category", *, usd: bool = False) -> dict[str, Any]:
    """Total cost of categories or components by who pays."""
    table = costab.by_financier(costab.costs(plan, ledger, usd=usd), rows)
    captions = {"component": _("Components by financier"), "category": _("Expenditure categories by financier")}
    notes = _("Including contingencies, in nominal terms.")
    return costab_table(plan, table, captions[rows], usd=usd, notes=notes)


def foreign_and_taxes(plan: Plan, ledger: pd.DataFrame, rows: str = "category") -> dict[str, Any]:
    """Categories or components by foreign and local cost, with the taxes beside the net cost."""
    table = costab.taxes_by_category(plan, ledger, rows).rename(columns=tax_headings())
    notes = _("Including contingencies, in nominal terms. Taxes are in no other table for lenders.")
    return costab_table(plan, table, _("Foreign and local cost and taxes, all years"), usd=False, notes=notes)


def category_contents(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Which lines count as which expenditure category."""
    lines = ledger[(ledger["component"] != costab.CONTINGENCY) & (ledger["amount"] != 0)]
    lines = lines.drop_duplicates(["component", "line", "role_or_level"])
    keys = lines[["component", "line", "role_or_level", "kind"]].itertuples(index=False, name=None)
    names = pd.Series([costab.category(plan, *key) for key in keys], dtype=object)
    grouped = pd.Series([_(label) for label in lines["label"]], dtype=object).groupby(names).unique()
    rows = [(_(text), ", ".join(grouped[key]) if key in grouped else _("no lines")) for key, text in costab.CATEGORIES.items()]
    caption = _("Lines of each expenditure category")
    return {"frame": pd.DataFrame(rows, columns=[_("Category"), _("Lines")]), "caption": caption, "fold": True}


def costab_table(plan: Plan, table: pd.DataFrame, caption: str, *, usd: bool, **more: Any) -> dict[str, Any]:
    """Amounts with names for readers, scaled, the unit in the caption."""
    divisor, unit = unit_scale(USD if usd else plan.about.currency, float(table.abs().to_numpy().max()))
    digits = 1 if divisor > 1 else 0
    # Columns are names of payers, too, which nobody translates.
    frame = (table / divisor).rename(
        index=row_name, columns=lambda key: row_name(key) if key in NAMED else year_or_name(plan, key)
    )
    frame.index.name, frame.columns.name = _("Item"), None
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": dict.fromkeys(frame.columns, lambda x: formats.number(x, digits)),
        "emphasis": (STEPS["base"](), STEPS["total"]()),
    } | more


NAMED = frozenset({*STEPS, funding.GAP})


def row_name(key: Any) -> str:
    """A component, category or step for readers."""
    if key in STEPS:
        return STEPS[key]()
    return _({**LABELS, **costab.CATEGORIES, funding.GAP: funding.GAP_LABEL}[key])


def unit_scale(currency: str, largest: float) -> tuple[float, str]:
    """A divisor for amounts in a currency, and the words for its unit."""
    if largest >= 1e8:
        return 1e6, _("{currency} million").format(currency=formats.of_currency(currency))
    if largest >= 1e5:
        return 1e3, _("{currency} thousand").format(currency=formats.of_currency(currency))
    return 1.0, formats.currency_name(currency)
