"""Names of rows and columns in tables for reading; CSV and JSON have the keys that files and options of the command line take."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from imis_plan.i18n.translate import _, localized
from imis_plan.scenario.localized_text import N_

if TYPE_CHECKING:
    import pandas as pd

# Columns of all tables -> their heads for readers.
HEADS = {
    "scenario": N_("Scenario"), "country": N_("Country"), "title": N_("Title"), "options": N_("Options"),
    "component": N_("Component"), "line": N_("Budget line"), "role": N_("Role"), "total": N_("Total"), "year": N_("Year"),
    "years": N_("Years"), "plan": N_("Planned"), "actual": N_("Actual"), "difference": N_("Difference"), "share": N_("Share"),
    "factor": N_("Correction factor"), "item": N_("Item"), "unit": N_("Unit"), "observations": N_("Observations"),
    "countries": N_("Countries"), "currency": N_("Currency"), "kind": N_("Kind"), "tier": N_("Tier"), "grade": N_("Grade"),
    "source": N_("Source"), "converted": N_("Converted"), "to": N_("Converted to"), "parameter": N_("Parameter"),
    "value": N_("Value"), "low": N_("Low"), "high": N_("High"), "rests on": N_("Rests on"), "report": N_("Report"),
    "would": N_("Action"), "why": N_("Reason"), "fact": N_("Fact"), "part": N_("Part"), "code": N_("Code"),
    "quarter": N_("Quarter"), "executed": N_("Executed"), "to_date": N_("To date"), "planned": N_("Planned"),
    "observed": N_("Observed"), "effect": N_("Effect"), "left": N_("Left"), "right": N_("Right"), "volume": N_("Volume"),
    "price": N_("Price"), "timing": N_("Timing"), "exchange": N_("Exchange rate"),
}  # fmt: skip
# Figures of `compare` that are no cost by unit and no share of a component.
FIGURES = {
    "insured": N_("Insured, last year"),
    "insured_years": N_("Insured person-years"),
    "total_usd": N_("Total, USD"),
    "recurrent_share": N_("Recurrent cost, share of the total"),
    "recurrent_usd_per_insured": N_("Recurrent cost of the last year per insured, USD"),
    "posts_per_million": N_("Posts per million insured"),
    "assumed_share": N_("At assumed prices, share of the total"),
}


def head_name(name: Any) -> str:
    """The head of a column by its key; a year or a name of a scenario stays."""
    return _(HEADS[name]) if name in HEADS else str(name)


def component_names() -> Mapping[str, str]:
    """Component, or total -> its name for readers."""
    from imis_plan.analysis.summary import TOTAL
    from imis_plan.model.components import COMPONENTS
    from imis_plan.sections.naming import component_name

    return {name: component_name(name) for name in COMPONENTS} | {TOTAL: _("Total")}


def line_names(ledger: "pd.DataFrame") -> Mapping[str, str]:
    """Budget line -> its name for readers."""
    return {row.line: _(row.label) for row in ledger[["line", "label"]].drop_duplicates().itertuples()}


def role_names(plan: Any) -> Mapping[str, str]:
    """Role -> its title."""
    return {role.key: localized(role.title) for role in plan.roles}


def figure_names() -> Mapping[str, str]:
    """Figure of a comparison -> its name for readers."""
    from imis_plan.analysis.comparison import SHARE_PREFIX, USD_PER_PREFIX
    from imis_plan.sections.comparison.tables import UNITS

    costs = {f"{USD_PER_PREFIX}{unit}": _("USD: {unit}").format(unit=name()) for unit, name in UNITS.items()}
    parts = {f"{SHARE_PREFIX}{key}": _("Share: {component}").format(component=name) for key, name in component_names().items()}
    return {key: _(name) for key, name in FIGURES.items()} | costs | parts
