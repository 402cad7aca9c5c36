"""Tables of the report: views of the ledger with names, units and formats for readers. Each returns the arguments of `show.table`."""

from typing import Any

import pandas as pd

from imis_plan.views import formats, summary as views
from imis_plan.model import funding
from imis_plan.model.components import COMPONENTS
from imis_plan.model.grades import GRADES
from imis_plan.views.i18n import _, said
from imis_plan.views.plausibility import plausibility
from imis_plan.views.words import label

MILLION = 1e6


def scale(plan, largest: float) -> tuple[float, str]:
    """A divisor for a table of amounts, and the words for its unit."""
    name = plan.about.currency
    if largest >= 1e8:
        return 1e6, _("{currency} million").format(currency=name)
    if largest >= 1e5:
        return 1e3, _("{currency} thousand").format(currency=name)
    return 1.0, name


def amounts(plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
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


def components(plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Components by year."""
    table = views.by_component(ledger)
    table = table.rename(index={name: label(name) for name in COMPONENTS} | {views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Cost by component and year"))


def kinds(plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Capital and recurrent cost by year."""
    names = {"capital": _("Capital"), "recurrent": _("Recurrent"), views.TOTAL: _("Total")}
    return relabelled(plan, views.by_kind(ledger).rename(index=names), _("Capital and recurrent cost by year"))


def relabelled(plan, table: pd.DataFrame, caption: str, **more: Any) -> dict[str, Any]:
    """`amounts` for a table whose total row already has its name for readers."""
    table.index.name = None
    plainly = amounts(plan, table.rename(index={_("Total"): views.TOTAL}), caption, **more)
    plainly["frame"] = plainly["frame"].rename(index={views.TOTAL: _("Total")})
    plainly["frame"].index.name = _("Item")
    return plainly


def lines(plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
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
        return f"{text}: {titles[level]}"
    return f"{text}: {label(level)}" if level in COMPONENTS else text


def working(plan, ledger: pd.DataFrame, component: str) -> dict[str, Any]:
    """How each amount of a component in the dearest year comes about, with price, source and grade."""
    rows = ledger[(ledger["component"] == component) & (ledger["amount"] != 0)]
    year = rows.groupby("year")["amount"].sum().idxmax()
    rows = rows[rows["year"] == year]
    titles = {role.key: said(role.title) for role in plan.roles}
    frame = pd.DataFrame({
        _("Line"): [line_name(_(r.label), r.role_or_level, titles) for r in rows.itertuples()],
        _("Working"): list(rows["working"]),
        plan.about.currency: list(rows["amount"]),
        _("Source of the price"): list(rows["source"]),
        _("Grade"): list(rows["confidence"]),
    })  # fmt: skip
    caption = _("{name}: how the amounts of {year} come about").format(name=label(component), year=year)
    return {"frame": frame, "caption": caption, "fold": True, "formats": {plan.about.currency: formats.number}}


def staffing(plan) -> dict[str, Any]:
    """Posts by role and year."""
    table = views.staffing(plan)
    titles = {role.key: said(role.title) for role in plan.roles}
    posts = table.pivot_table(index="role", columns="year", values="posts", sort=False)
    posts.insert(0, _("existing"), table.groupby("role", sort=False)["existing"].first())
    posts = posts.rename(index=titles)
    posts.loc[_("Total")] = posts.sum()
    posts.columns = [str(c) for c in posts.columns]
    posts.index.name = _("Role")
    return {
        "frame": posts,
        "caption": _("Posts by role at the end of each year"),
        "formats": dict.fromkeys(posts.columns, one_decimal),
    }


def one_decimal(x: float) -> str:
    """Whole posts whole, half posts with a decimal."""
    return formats.number(x, 1 if x % 1 else 0)


def staffing_working(plan) -> dict[str, Any]:
    """How the need of each role in the last year comes about: volumes, minutes, hours, posts."""
    evaluation = views.evaluation_of(plan)
    v, rows = evaluation.values, []
    for role in plan.roles:
        rows += [activity_row(plan, v, role, name, activity) for name, activity in role.workload.items()]
    hours = formats.number(float(v["available_hours"]))
    frame = pd.DataFrame(
        rows, columns=[_("Role"), _("Activity"), _("Volume"), _("Minutes each"), _("Hours"), _("Source of the minutes")]
    )
    caption = _("Workload in {year}; a post has {hours} working hours a year").format(
        year=plan["time.base_year"] + plan["time.horizon"] - 1, hours=hours
    )
    columns = {_("Volume"): formats.number, _("Minutes each"): formats.number, _("Hours"): formats.number}
    return {"frame": frame, "caption": caption, "fold": True, "formats": columns}


def activity_row(plan, v, role, name: str, activity) -> tuple:
    """One activity of a role in the last year."""
    leaf = plan.leaves[f"roles.{role.key}.workload.{name}.minutes"]
    volume = float(v[activity.driver][-1])
    return (
        said(role.title),
        said(activity.text),
        volume,
        float(leaf.value),
        volume * float(leaf.value) / 60,
        leaf.source,
    )


def unit_costs(plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The whole budget over what it serves."""
    names = {
        "insured_year": _("insured person and year"), "household_year": _("household and year"), "enrolment": _("enrolment"), "claim": _("claim"),
        "facility_year": _("facility and year"), "scheme_year": _("scheme and year"), "user_year": _("user and year"),
    }  # fmt: skip
    table = views.unit_costs(plan, ledger).dropna().rename(index=names)
    table.columns = pd.Index([_("number over all years"), plan.about.currency, "USD"])
    table.index.name = _("The whole budget per")
    note = _("Each line divides the whole budget by one quantity. They are views of one total and must not be added.")
    formatted = {_("number over all years"): formats.number, plan.about.currency: small, "USD": small}
    return {"frame": table, "caption": _("Unit costs"), "notes": note, "formats": formatted}


def small(x: float) -> str:
    """Cents below a hundred, none above."""
    return formats.number(x, 2 if abs(x) < 100 else 0)


def grades(ledger: pd.DataFrame) -> dict[str, Any]:
    """Share of the total by grade."""
    table = views.by_grade(ledger).rename(index={grade: f"{grade}: {_(text)}" for grade, text in GRADES.items()})
    table.columns = pd.Index([_("by the price"), _("by the weakest figure behind the amount")])
    table.index.name = _("Grade")
    return {
        "frame": table,
        "caption": _("Share of the total by grade of confidence"),
        "formats": dict.fromkeys(table.columns, formats.share),
    }


def excluded(ledger: pd.DataFrame) -> dict[str, Any]:
    """Lines that cost nothing in this budget, with the reason."""
    table = views.excluded(ledger)
    frame = pd.DataFrame(
        {
            _("Component"): [label(c) for c in table["component"]],
            _("Line"): [_(t) for t in table["label"]],
            _("Reason"): table["reason"],
        }
    )
    return {"frame": frame, "caption": _("Lines that this budget does not carry"), "fold": True}


def bands(plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """The budget against published bands."""
    table = plausibility(plan, ledger)
    verdicts = {"below": _("below"), "above": _("above"), "within": _("within"), "": _("nothing to measure")}
    frame = pd.DataFrame({
        _("What"): [_(t) for t in table["what"]], _("Unit"): table["unit"], _("Low"): table["low"], _("High"): table["high"],
        _("This budget"): table["value"], _("Verdict"): table["verdict"].map(verdicts), _("Source"): [source_text(plan, s) for s in table["source"]],
    }).reset_index(drop=True)  # fmt: skip
    note = _("Bands in dollars are carried to the money of the base year with the dollar's inflation.")
    formatted = {_("Low"): small, _("High"): small, _("This budget"): small}
    return {"frame": frame, "caption": _("The budget against published figures"), "notes": note, "formats": formatted}


def funders(plan, ledger: pd.DataFrame) -> dict[str, Any]:
    """Who pays in which year."""
    table = views.by_funder(plan, ledger).rename(index={funding.GAP: _("not yet funded"), views.TOTAL: _("Total")})
    return relabelled(plan, table, _("Who pays, by year"))


def drivers(plan) -> dict[str, Any]:
    """Volumes by year."""
    names = {
        "population": _("Population"), "insured": _("Insured"), "new_insured": _("Enrolments"), "retained": _("Renewed"), "claims": _("Claims"),
        "paper_claims": _("Claims on paper"), "facilities": _("Facilities"), "agents": _("Enrolment agents"), "offices": _("Offices"), "users": _("Users"),
    }  # fmt: skip
    table = views.drivers(plan).loc[list(names)].rename(index=names)
    table.columns = [str(c) for c in table.columns]
    table.index.name = _("At the end of the year, or in the year")
    return {"frame": table, "caption": _("Volumes by year"), "formats": dict.fromkeys(table.columns, formats.number)}


def parameters(plan) -> dict[str, Any]:
    """Every parameter with value, range, unit, source and grade."""
    rows = [
        (
            leaf.path,
            value_text(leaf),
            range_text(leaf),
            leaf.unit,
            leaf.price_year or "",
            source_text(plan, leaf.source),
            leaf.confidence,
            leaf.layer,
        )
        for leaf in plan.leaves.values()
    ]
    columns = [_("Parameter"), _("Value"), _("Range"), _("Unit"), _("Price year"), _("Source"), _("Grade"), _("Layer")]
    return {"frame": pd.DataFrame(rows, columns=columns), "caption": _("All parameters"), "fold": True}


def value_text(leaf) -> str:
    """A parameter's value for readers."""
    if leaf.kind == "history":
        return ", ".join(f"{year}: {value:g}" for year, value in leaf.value.items())
    if isinstance(leaf.value, (tuple, list)):
        return ", ".join(f"{value:g}" for value in leaf.value)
    if isinstance(leaf.value, bool):
        return _("yes") if leaf.value else _("no")
    growth = f" (+{leaf.growth:g} a year)" if leaf.growth else ""
    return (
        leaf.value
        if isinstance(leaf.value, str)
        else f"{leaf.value:,g}{growth}"
        if abs(leaf.value) < 1e5
        else f"{leaf.value:,.0f}{growth}"
    )


def range_text(leaf) -> str:
    """Lowest to highest plausible value."""
    return "" if leaf.low is None or leaf.high is None else f"{leaf.low:,g} – {leaf.high:,g}"


def source_text(plan, source: str) -> str:
    """A source with title, publisher and address in place of its key."""
    key, colon, where = source.partition(":")
    entry = plan.sources.get(key)
    if not entry:
        return source
    fields = [
        entry.get("publisher"),
        entry.get("title"),
        where.strip() if colon else "",
        entry.get("date"),
        entry.get("address"),
    ]
    return ", ".join(str(part) for part in fields if part)


def sources(plan) -> dict[str, Any]:
    """The published sources that the plan uses, with how many parameters each carries."""
    used = pd.Series([(leaf.source or "").partition(":")[0] for leaf in plan.leaves.values()]).value_counts()
    rows = [(source_text(plan, key), int(count)) for key, count in used.items() if key in plan.sources]
    return {"frame": pd.DataFrame(rows, columns=[_("Source"), _("parameters")]), "caption": _("Published sources used")}
