"""Whom the plan serves, and which posts are needed."""

from typing import Any

import numpy as np

from imis_plan.analysis import summary as views
from imis_plan.analysis.posts import post_totals, staffing
from imis_plan.i18n.formats import compact, count, escape_markdown, join_with_and, join_with_semicolons, number, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_sections import Role
from imis_plan.sections.posts_in_words import main_role, number_of_posts
from imis_plan.sections.public_names import only

__all__ = ["job_description", "posts", "posts_needed", "volumes"]
__dir__ = only(__all__)


def volumes(plan: Plan) -> str:
    """What the money serves."""
    table = views.drivers(plan)
    first, last = table.columns[0], table.columns[-1]
    at = lambda name, year: compact(float(table.loc[name, year]))  # noqa: E731  # a table look-up, used seven times below
    text = _(
        "The number of insured people goes from {start} before the first year to {insured} at the end of {last}, or "
        "{part} of a population of {population}. They are served by {facilities} facilities, {agents} enrolment agents "
        "and {offices} offices; {users} people use the system. In {last} there are {new} enrolments and {claims} "
        "claims, of which {paper} on paper."
    )
    return text.format(
        start=compact(float(plan["coverage.insured_at_start"])),
        insured=at("insured", last),
        last=year_label(plan, last),
        part=share(table.loc["insured", last] / table.loc["population", last], 1),
        population=at("population", last),
        facilities=at("facilities", last),
        agents=at("agents", last),
        offices=at("offices", last),
        users=at("users", last),
        new=at("new_insured", last),
        claims=at("claims", last),
        paper=at("paper_claims", last),
        first=year_label(plan, first),
    )


STAFFING_METHODS = {
    "workload": lambda: _("workload"),
    "cover": lambda: _("minimum presence"),
    "ratio": lambda: _("ratio of users to posts"),
}


def posts(plan: Plan) -> str:
    """How many people, and what binds."""
    table = staffing(plan)
    last = table[table["year"] == table["year"].max()]
    titles = {role.key: localized(role.title) for role in plan.roles}
    needed = [posts_of_role(row, titles[row.role]) for row in last.itertuples() if row.posts > 0]
    idle = [titles[row.role] for row in last.itertuples() if row.posts == 0]
    none = (
        [_("No posts: {roles}. The work is contracted out, excluded or zero.").format(roles=join_with_and(idle))] if idle else []
    )
    head = " ".join([posts_needed(plan), posts_not_needed(plan)]).strip()
    return "\n".join([head, "", *(f"- {sentence}" for sentence in needed + none)])


def posts_needed(plan: Plan) -> str:
    """The posts of the last year, what most of them are, and how many exist or are to be created."""
    totals = post_totals(plan)[-1]
    role = main_role(plan, totals)
    text = _("The IT team requires {posts} in {year}, of which {role}.") if role else _("The IT team requires {posts} in {year}.")
    sentences = [
        text.format(posts=number_of_posts(totals.needed), year=year_label(plan, totals.year), role=escape_markdown(role))
    ]
    if totals.needed:
        exist = _("Of these, {filled} exist today and {more} are to be created.")
        sentences.append(exist.format(filled=number_or_none(totals.filled), more=number_or_none(totals.to_create)))
    return " ".join(sentences)


def posts_not_needed(plan: Plan) -> str:
    """Existing posts that their role does not need in the last year; empty without any."""
    fewer = post_totals(plan)[-1].not_needed
    return _("Existing posts not needed in that year: {fewer}.").format(fewer=count(fewer)) if fewer else ""


def number_or_none(posts: float) -> str:
    """A number of posts, or the word for none."""
    if posts % 1:
        return number_of_posts(posts)
    return count(posts) if posts else _("none")


def posts_of_role(row: Any, name: str) -> str:
    """The posts of one role in a year, the method that requires most, and what other methods require."""
    if row.at_facilities:
        return posts_with_facilities(row, name)
    others = [way for way in STAFFING_METHODS if way != row.binding and not np.isnan(getattr(row, way))]
    text = (
        _("**{name}**: {posts} (basis: {method}, {need}; {others})")
        if others
        else _("**{name}**: {posts} (basis: {method}, {need})")
    )
    need = lambda way: _("{method}, {need}").format(method=STAFFING_METHODS[way](), need=number(getattr(row, way), 2))  # noqa: E731
    return text.format(
        name=escape_markdown(name),
        posts=count(row.posts),
        method=STAFFING_METHODS[row.binding](),
        need=number(row.need, 2),
        others=join_with_semicolons(need(way) for way in others),
    )


def posts_with_facilities(row: Any, name: str) -> str:
    """The posts of a role of which some are in facilities: those there, and the need of the offices."""
    text = (
        _("**{name}**: {posts}, of which {there} in facilities; the offices require {need} (basis: {method})")
        if row.binding
        else _("**{name}**: {posts}, all of them in facilities")
    )
    return text.format(
        name=escape_markdown(name),
        posts=count(row.posts),
        there=count(row.at_facilities),
        need=number(row.need - row.at_facilities, 2),
        method=STAFFING_METHODS[row.binding]() if row.binding else "",
    )


def job_description(role: Role) -> str:
    """Job description: what the role does and what it requires of people."""
    tasks = "\n".join(f"- {escape_markdown(localized(task))}" for task in role.tasks)
    needs = join_with_semicolons(escape_markdown(localized(need)) for need in role.needs)
    requirements = _("*Requirements:* {needs}.").format(needs=needs)
    return f"### {escape_markdown(localized(role.title))}\n\n{tasks}\n\n{requirements}"
