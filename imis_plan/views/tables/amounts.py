"""Money by component, line, year and payer."""

from typing import Any

import pandas as pd

from imis_plan.model import funding
from imis_plan.model.components import COMPONENTS
from imis_plan.scenario.plan import Plan
from imis_plan.views import formats, summary as views
from imis_plan.views.i18n import _, said
from imis_plan.views.words import label


def scale(plan: Plan, largest: float) -> tuple[float, str]:
    """A divisor for a table of amounts, and the words for its unit."""
    name = plan.about.currency
    if largest >= 1e8:
        return 1e6, _("{currency} million").format(currency=name)
    if largest >= 1e5:
        return 1e3, _("{currency} thousand").format(currency=name)
    return 1.0, name


def amounts(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """A table of amounts by year: scaled, with the unit in the caption and a share of the total."""
    divisor, unit = scale(plan, float(table[views.TOTAL].abs().max()))
    scaled = table / divisor
    total = table.loc[views.TOTAL if table.index.nlevels == 1 else (views.TOTAL, ""), views.TOTAL]
    scaled[_("share")] = table[views.TOTAL] / total if total else 0.0
    names = {views.TOTAL: _("Total")}
    digits = 1 if divisor > 1 else 0
    numeric = {str(names.get(c, c)): lambda x: formats.number(x, digits) for c in scaled.columns[:-1]}
    scaled.columns = [str(names.get(c, c)) for c in scaled.columns]
    return {
        "frame": scaled,
        "caption": f"{caption} ({unit})",
        "formats": numeric | {_("share"): formats.share},
        "emphasis": (_("Total"),),
    } | more


def components(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Components by year."""
    table = views.by_component(ledger)
    table = table.rename(index={name: label(name) for name in COMPONENTS} | {views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Cost by component and year"))


def kinds(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Capital and recurrent cost by year."""
    names = {"capital": _("Capital"), "recurrent": _("Recurrent"), views.TOTAL: _("Total")}
    return relabelled(plan, views.by_kind(ledger).rename(index=names), _("Capital and recurrent cost by year"))


def relabelled(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """`amounts` for a table whose total row already has its name for readers."""
    table.index.name = None
    plainly = amounts(plan, table.rename(index={_("Total"): views.TOTAL}), caption, **more)
    plainly["frame"] = plainly["frame"].rename(index={views.TOTAL: _("Total")})
    plainly["frame"].index.name = _("Item")
    return plainly


def lines(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """Lines of one component by year."""
    titles = {role.key: said(role.title) for role in plan.roles}
    labels = ledger.drop_duplicates(["line", "role_or_level"]).set_index(["line", "role_or_level"])["label"]
    table = views.by_line(ledger, component)
    names = [_("Total") if key[0] == views.TOTAL else line_name(_(labels[key]), key[1], titles) for key in table.index]
    table.index = pd.Index(names)
    return relabelled(plan, table, _("{name}: lines by year").format(name=label(component)))


def line_name(text: str, level: str, titles: dict[str, str]) -> str:
    """A line's name, with the role or the component it is for."""
    if level in titles:
        return formats.pair(text, titles[level])
    return formats.pair(text, label(level)) if level in COMPONENTS else text


def working(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """How each amount of a component in the dearest year comes about, with price, source and grade."""
    rows = ledger[(ledger["component"] == component) & (ledger["amount"] != 0)]
    year = rows.groupby("year")["amount"].sum().idxmax()
    rows = rows[rows["year"] == year]
    titles = {role.key: said(role.title) for role in plan.roles}
    frame = pd.DataFrame(
        {
            _("Line"): [line_name(_(r.label), r.role_or_level, titles) for r in rows.itertuples()],
            _("Working"): list(rows["working"]),
            plan.about.currency: list(rows["amount"]),
            _("Source of the price"): list(rows["source"]),
            _("Grade"): list(rows["confidence"]),
        }
    )
    caption = _("{name}: how the amounts of {year} come about").format(name=label(component), year=year)
    return {"frame": frame, "caption": caption, "fold": True, "formats": {plan.about.currency: formats.number}}


def unit_costs(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The whole budget over what it serves."""
    names = {
        "insured_year": _("insured person and year"),
        "household_year": _("household and year"),
        "enrolment": _("enrolment"),
        "claim": _("claim"),
        "facility_year": _("facility and year"),
        "scheme_year": _("scheme and year"),
        "user_year": _("user and year"),
    }
    table = views.unit_costs(plan, ledger).dropna().rename(index=names)
    table.columns = pd.Index([_("number over all years"), plan.about.currency, "USD"])
    table.index.name = _("The whole budget per")
    note = _("Each line divides the whole budget by one quantity. They are views of one total and must not be added.")
    formatted = {_("number over all years"): formats.number, plan.about.currency: small, "USD": small}
    return {"frame": table, "caption": _("Unit costs"), "notes": note, "formats": formatted}


def small(x: float) -> str:
    """Cents below a hundred, none above."""
    return formats.number(x, 2 if abs(x) < 100 else 0)


def funders(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays in which year."""
    table = views.by_funder(plan, ledger).rename(index={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Who pays, by year"))
