"""Money by component, line, year and payer."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats, translate
from imis_plan.i18n.translate import _, localized
from imis_plan.model import funding
from imis_plan.model.components import COMPONENTS
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.naming import grade_mark, label


def scale(plan: Plan, largest: float) -> tuple[float, str]:
    """A divisor for a table of amounts, and the words for its unit."""
    name = plan.about.currency
    if largest >= 1e7:
        return 1e6, _("{currency} million").format(currency=name)
    if largest >= 1e5:
        return 1e3, _("{currency} thousand").format(currency=name)
    return 1.0, name


def amounts(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """A table of amounts by year: scaled, with the unit in the caption and a share of the total."""
    divisor, unit = scale(plan, float(table[views.TOTAL].abs().max()))
    scaled = table / divisor
    total = table.loc[views.TOTAL if table.index.nlevels == 1 else (views.TOTAL, ""), views.TOTAL]
    scaled[_("Share")] = table[views.TOTAL] / total if total else 0.0
    names = {views.TOTAL: _("Total")}
    digits = 1 if divisor > 1 else 0
    numeric = {str(names.get(c, c)): lambda x: formats.number(x, digits) for c in scaled.columns[:-1]}
    scaled.columns = [str(names.get(c, c)) for c in scaled.columns]
    return {
        "frame": scaled,
        "caption": f"{caption} ({unit})",
        "formats": numeric | {_("Share"): formats.share},
        "emphasis": (_("Total"),),
    } | more


def components(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Components by year; each leads to its lines."""
    table = views.by_component(ledger)
    targets = [anchors.lines(str(name)) if name in COMPONENTS and table.loc[name].any() else "" for name in table.index]
    table = table.rename(index={name: label(name) for name in COMPONENTS} | {views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Cost by component and year"), key="components", links={_("Item"): targets})


def kinds(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Capital and recurrent cost by year."""
    names = {"capital": _("Capital"), "recurrent": _("Recurrent"), views.TOTAL: _("Total")}
    return relabelled(plan, views.by_kind(ledger).rename(index=names), _("Capital and recurrent cost by year"), key="kinds")


def relabelled(plan: Plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """`amounts` for a table whose total row already has its name for readers."""
    table.index.name = None
    plainly = amounts(plan, table.rename(index={_("Total"): views.TOTAL}), caption, **more)
    plainly["frame"] = plainly["frame"].rename(index={views.TOTAL: _("Total")})
    plainly["frame"].index.name = _("Item")
    return plainly


def lines(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """Lines of one component by year; each leads to its working."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    labels = ledger.drop_duplicates(["line", "role_or_level"]).set_index(["line", "role_or_level"])["label"]
    table = views.by_line(ledger, component)
    names = [_("Total") if key[0] == views.TOTAL else line_name(_(labels[key]), key[1], titles) for key in table.index]
    targets = ["" if key[0] == views.TOTAL else anchors.line(component, *key) for key in table.index]
    table.index = pd.Index(names)
    caption = _("{name}: lines by year").format(name=label(component))
    return relabelled(plan, table, caption, key=f"lines.{component}", links={_("Item"): targets})


def line_name(text: str, level: str, titles: dict[str, str]) -> str:
    """A line's name, with the role or the component it is for."""
    if level in titles:
        return formats.label_and_value(text, titles[level])
    return formats.label_and_value(text, label(level)) if level in COMPONENTS else text


def working(plan: Plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """How each amount of a component comes about, line by line and year by year; each price leads to its parameter.

    Print keeps the dearest year: the same sentence with other numbers would fill a page for each other one.
    """
    rows = ledger[(ledger["component"] == component) & (ledger["amount"] != 0)]
    dearest = rows.groupby("year")["amount"].sum().idxmax()
    rows = rows.sort_values("year", kind="stable").set_index(["line", "role_or_level"])
    rows = rows.loc[list(dict.fromkeys(ledger.set_index(["line", "role_or_level"]).index.intersection(rows.index)))].reset_index()
    amount = _("Amount, {currency}").format(currency=plan.about.currency)
    caption = _("{name}: how the amounts come about").format(name=label(component))
    note = _("In print: the working of {year}, the dearest year. The page and the ledger have every year.").format(year=dearest)
    return {
        "frame": working_rows(plan, rows, amount), "caption": caption, "notes": note, "fold": True, "formats": {amount: formats.number},
        "key": f"working.{component}", "anchors": line_anchors(component, rows),
        "links": {_("Price"): [anchors.parameter(plan, path) for path in rows["price_path"]],
                  _("Source of the price"): [anchors.source(plan, text) for text in rows["source"]]},
        "aside": [i for i, year in enumerate(rows["year"]) if year != dearest],
    }  # fmt: skip


def working_rows(plan: Plan, rows: pd.DataFrame, amount: str) -> pd.DataFrame:
    """Line, year, working, amount, price, its source and its grade."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    return pd.DataFrame(
        {
            _("Line"): [line_name(_(r.label), r.role_or_level, titles) for r in rows.itertuples()],
            _("Year"): [str(year) for year in rows["year"]],
            _("Working"): list(rows["working"]),
            amount: list(rows["amount"]),
            _("Price"): [
                _(plan.parameters[path].description) if path in plan.parameters else path for path in rows["price_path"]
            ],
            _("Source of the price"): [source_name(plan, text) for text in rows["source"]],
            _("Grade"): [grade_mark(grade) for grade in rows["confidence"]],
        }
    )


def line_anchors(component: str, rows: pd.DataFrame) -> list[str]:
    """For the first row of each line its name, for the others none."""
    names = [anchors.line(component, r.line, r.role_or_level) for r in rows.itertuples()]
    return [name if name not in names[:i] else "" for i, name in enumerate(names)]


def source_name(plan: Plan, source: str | None) -> str:
    """A source in short: its publisher and title in place of its key, without the address, which stands with the sources."""
    key, _colon, where = (source or "").partition(":")
    entry = plan.sources.get(key)
    return cited(entry, _(where.strip())) if entry else translate.translate_source(source)


def cited(entry: Mapping[str, Any], *more: Any) -> str:
    """Publisher and title of a work in its own language, and what else is known of it in ours."""
    work = ", ".join(str(entry[name]) for name in ("publisher", "title") if entry.get(name))
    text = ", ".join(str(part) for part in (work, *more) if part)
    own = str(entry.get("language", translate.SOURCE))
    return text if own == translate.current_language() else formats.ForeignText(text, work, own)


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
    return {"frame": table, "caption": _("Unit costs"), "notes": note, "formats": formatted, "key": "unit_costs"}


def small(x: float) -> str:
    """Cents below a hundred, none above."""
    return formats.number(x, 2 if abs(x) < 100 else 0)


def funders(plan: Plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays in which year."""
    table = views.by_funder(plan, ledger).rename(index={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Who pays, by year"), key="funders")
