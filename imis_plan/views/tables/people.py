"""Volumes and staff."""

from typing import Any

import pandas as pd

from imis_plan.scenario.leaf import Role
from imis_plan.scenario.plan import Plan
from imis_plan.views import formats, summary as views
from imis_plan.views.i18n import _, said


def staffing(plan: Plan) -> dict[str, Any]:
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


def staffing_working(plan: Plan) -> dict[str, Any]:
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


def activity_row(plan: Plan, v: Any, role: Role, name: str, activity: Any) -> tuple[Any, ...]:
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


def drivers(plan: Plan) -> dict[str, Any]:
    """Volumes by year."""
    names = {
        "population": _("Population"),
        "insured": _("Insured"),
        "new_insured": _("Enrolments"),
        "retained": _("Renewed"),
        "claims": _("Claims"),
        "paper_claims": _("Claims on paper"),
        "facilities": _("Facilities"),
        "agents": _("Enrolment agents"),
        "offices": _("Offices"),
        "users": _("Users"),
    }
    table = views.drivers(plan).loc[list(names)].rename(index=names)
    table.columns = [str(c) for c in table.columns]
    table.index.name = _("At the end of the year, or in the year")
    return {"frame": table, "caption": _("Volumes by year"), "formats": dict.fromkeys(table.columns, formats.number)}
