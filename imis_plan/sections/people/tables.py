"""Volumes and staff."""

from typing import Any

import pandas as pd

from imis_plan.analysis import facility_types, summary as views
from imis_plan.analysis.posts import staffing
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_sections import Role
from imis_plan.sections import anchors
from imis_plan.sections.citations import short_citation
from imis_plan.sections.public_names import only

__all__ = ["posts_by_facility_type", "posts_by_role", "volumes", "workload"]
__dir__ = only(__all__)


def posts_by_role(plan: Plan) -> dict[str, Any]:
    """Posts by role and year; a role leads to its workload, its posts to the line with their pay."""
    table = staffing(plan)
    titles = {role.key: localized(role.title) for role in plan.roles}
    posts = table.pivot_table(index="role", columns="year", values="posts", sort=False)
    posts.insert(0, _("Existing"), table.groupby("role", sort=False)["existing"].first())
    targets = [anchors.role(key) if role_by_key(plan, str(key)).workload else "" for key in posts.index] + [""]
    paid = table.groupby("role", sort=False)["paid_posts"].sum()
    pay = [anchors.line("staff", "pay", str(key)) if paid[key] > 0 else "" for key in posts.index] + [""]
    posts = posts.rename(index=titles)
    posts.loc[_("Total")] = posts.sum()
    posts = with_year_labels(plan, posts)
    posts.index.name = _("Role")
    return {
        "frame": posts,
        "caption": _("Posts by role at the end of each year"),
        "formats": dict.fromkeys(posts.columns, formats.count),
        "emphasis": (_("Total"),),
        "key": "staffing",
        "links": {_("Role"): targets} | dict.fromkeys(posts.columns, pay),
    }


def role_by_key(plan: Plan, key: str) -> Role:
    """The role with this key."""
    return next(role for role in plan.roles if role.key == key)


def workload(plan: Plan) -> dict[str, Any]:
    """How the need of each role in the last year comes about: volumes, minutes, hours, posts."""
    evaluation = evaluate_plan(plan)
    v, work = evaluation.values, [(role, *item) for role in plan.roles for item in role.workload.items()]
    rows = [activity_row(plan, v, role, name, activity) for role, name, activity in work]
    firsts = {role.key: i for i, (role, _name, _activity) in reversed(list(enumerate(work)))}
    hours = formats.number(float(v["available_hours"]))
    frame = pd.DataFrame(
        rows, columns=[_("Role"), _("Activity"), _("Volume"), _("Minutes each"), _("Hours"), _("Source of the minutes")]
    )
    caption = _("Workload in {year}; a post has {hours} working hours a year").format(
        year=year_label(plan, plan["time.base_year"] + plan["time.horizon"] - 1), hours=hours
    )
    columns = {_("Volume"): formats.number, _("Minutes each"): formats.number, _("Hours"): formats.number}
    minutes = [anchors.parameter(plan, f"roles.{role.key}.workload.{name}.minutes") for role, name, _activity in work]
    return {
        "frame": frame, "caption": caption, "fold": True, "formats": columns, "key": "workload",
        "anchors": [anchors.role(role.key) if firsts[role.key] == i else "" for i, (role, *_rest) in enumerate(work)],
        "links": {_("Minutes each"): minutes},
    }  # fmt: skip


def activity_row(plan: Plan, v: Any, role: Role, name: str, activity: Any) -> tuple[Any, ...]:
    """One activity of a role in the last year."""
    parameter = plan.parameters[f"roles.{role.key}.workload.{name}.minutes"]
    volume = float(v[activity.driver][-1])
    return (
        localized(role.title),
        localized(activity.text),
        volume,
        float(parameter.value),
        volume * float(parameter.value) / 60,
        short_citation(plan, parameter.source),
    )


def posts_by_facility_type(plan: Plan) -> dict[str, Any]:
    """The calculation of the posts in facilities in the last year; no rows where the scenario has no types of facilities."""
    table = facility_types.posts_by_type(plan)
    last = table[table["year"] == table["year"].max()]
    titles = {role.key: localized(role.title) for role in plan.roles}
    rows = [
        (
            titles[row.role], localized(plan.facility_types[row.type].title), row.facilities, row.share,
            row.hours / row.facilities if row.facilities else 0.0, row.need, row.posts_each, row.posts,
        )
        for row in last.itertuples()
    ]  # fmt: skip
    names = [
        _("Role"), _("Type of facility"), _("Facilities"), _("Share of the workload"), _("Hours of one facility"),
        _("Posts required by one"), _("Posts in each"), _("Posts"),
    ]  # fmt: skip
    year = year_label(plan, plan["time.base_year"] + plan["time.horizon"] - 1)
    looks = (formats.count, formats.share, formats.number, lambda x: formats.number(x, 2), formats.count, formats.count)
    return {
        "frame": pd.DataFrame(rows, columns=names),
        "caption": _("Posts in facilities in {year}, by type of facility").format(year=year),
        "notes": _(
            "Hours: volume of the year x share of the type x minutes of each activity, divided by the facilities of the type. What "
            "one facility requires is rounded up there, and multiplied by the facilities. Work of types without posts, and all other "
            "work of the role, is done in the offices."
        ),
        "fold": True,
        "formats": dict(zip(names[2:], looks, strict=True)),
        "key": "facility_types",
    }


def volumes(plan: Plan) -> dict[str, Any]:
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
    table = with_year_labels(plan, table)
    table.index.name = _("At the end of the year, or in the year")
    return {
        "frame": table,
        "caption": _("Volumes by year"),
        "key": "volumes",
        "formats": dict.fromkeys(table.columns, formats.number),
    }
