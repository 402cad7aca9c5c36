"""Tables by economic class, by account, and by line with both codes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from imis_plan.analysis import economic_codes as views, residual_value as residual_values
from imis_plan.analysis.residual_value import LIFE
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.translate import SOURCE, _, current_language, localized
from imis_plan.scenario.chart_of_accounts import Account
from imis_plan.scenario.line_attributes import ASSETS, EXPENSE, line_catalogue
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amount_table import amounts_by_year
from imis_plan.sections.amounts import table_unit
from imis_plan.sections.naming import component_name, line_name
from imis_plan.sections.public_names import only

__all__ = ["by_account", "by_class", "codes_of_lines", "residual_value"]
__dir__ = only(__all__)


def by_class(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Economic classes by year, with current and capital expenditure."""
    table = views.by_class(ledger).rename(index=class_name)
    table_of_amounts = amounts_by_year(plan, table, _("Cost by economic class (GFSM 2014) and year"), key="economic_classes")
    return table_of_amounts | {"emphasis": (class_name(views.CURRENT), class_name(views.CAPITAL_EXPENDITURE), _("Total"))}


def by_account(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Accounts of the country's own chart by year."""
    titles, table = account_titles(plan), views.by_account(ledger)
    # As objects: a column of strings would lose which words are in another language.
    table.index = pd.Index([account_name(code, titles) for code in table.index], dtype=object)
    return amounts_by_year(plan, table, _("Cost by account and year"), key="accounts")


def residual_value(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Equipment by line: its life, what is bought in all years, and what it is still worth at the end of the plan."""
    table = residual_values.by_line(plan, ledger)
    roles = {role.key: localized(role.title) for role in plan.roles}
    divisor, unit = table_unit(plan, float(table[residual_values.BOUGHT].max()))
    caption = _("Residual value of equipment at the end of the plan: memo item, not deducted")
    life, bought, worth = _("Life, years"), _("Bought, all years"), _("Residual value")
    frame = pd.DataFrame(
        {
            _("Component"): [_("Total") if key == TOTAL else component_name(key) for key, *_rest in table.index],
            _("Line"): [line_name(_(label), level, roles) if label else "" for _key, label, level in table.index],
            life: ["" if pd.isna(years) else formats.number(years, 0 if years == int(years) else 1) for years in table[LIFE]],
            bought: (table[residual_values.BOUGHT] / divisor).tolist(),
            worth: (table[residual_values.RESIDUAL] / divisor).tolist(),
        }
    )
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": dict.fromkeys((bought, worth), lambda x: formats.number(x, 1 if divisor > 1 else 0)),
        "key": "residual_value",
    }


def codes_of_lines(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Every line that costs something with its economic class, its account and its total."""
    rows = views.codes_of_lines(ledger)
    roles = {role.key: localized(role.title) for role in plan.roles}
    divisor, unit = table_unit(plan, float(rows["amount"].abs().max()) if len(rows) else 0.0)
    amount, caption = _("Amount, all years"), _("Codes of each line")
    frame = pd.DataFrame(
        {
            _("Component"): [component_name(component) for component in rows["component"]],
            _("Line"): [line_name(_(row.label), row.role_or_level, roles) for row in rows.itertuples()],
            _("Economic class"): rows["gfs_code"].tolist(),
            _("Account"): [code or "–" for code in rows["account_code"]],
            amount: (rows["amount"] / divisor).tolist(),
        }
    )
    return {
        "frame": frame,
        "caption": f"{caption} ({unit})",
        "formats": {amount: lambda x: formats.number(x, 1 if divisor > 1 else 0)},
        "fold": True,
        "key": "line_codes",
    }


def class_name(key: str) -> str:
    """An economic class with its code, or one of the totals by class."""
    named = {
        views.CURRENT: _("Current expenditure"),
        views.CAPITAL_EXPENDITURE: _("Capital expenditure"),
        TOTAL: _("Total"),
    }
    head = key in (EXPENSE, ASSETS)
    title = _("Contingency, not allocated to a class") if head else named.get(key) or _(line_catalogue().classes[key].title)
    return title if key in named else f"{key} {title}"


def account_titles(plan: Plan) -> dict[str, str]:
    """Account -> its title as published, marked where that is in another language."""
    return {account.code: in_its_language(plan, account) for account in plan.chart.accounts}


def in_its_language(plan: Plan, account: Account) -> str:
    """The title of an account, which nobody translates."""
    source = plan.sources.get(account.source.partition(":")[0], {})
    own = str(source.get("language", SOURCE))
    text = f"{account.code} {account.title}"
    return text if own == current_language() else formats.ForeignText(text, account.title, own)


def account_name(code: str, titles: Mapping[str, str]) -> str:
    """An account with its title."""
    if code == TOTAL:
        return _("Total")
    if not code:
        return _("no account yet")
    # Words beside the digits, so that no spreadsheet takes a code for a number.
    return titles[code] if code in titles else _("account {code}").format(code=code)
