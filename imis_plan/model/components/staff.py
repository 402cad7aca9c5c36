"""Component 10: pay, on-costs and recruitment of each role."""

from imis_plan.model.drivers import MONTHS
from imis_plan.model.line import LOCAL, N_, RECURRENT, Line


def pay(v, role):
    """Pay of the posts of a role, new ones pro rata in their first year. [person-month]"""
    of = f"roles.{role.key}"
    return Line(
        "pay", N_("Pay"), RECURRENT, LOCAL, "posts", "person-month", f"{of}.pay",
        quantity=v[f"paid_posts.{role.key}"] * MONTHS,
        working=N_("{posts.%(role)s} posts, {new_posts.%(role)s} of them new and paid for {roles.%(role)s.first_year} of the year, x 12 months") % {"role": role.key},
        level=role.key,
    )  # fmt: skip


def on_costs(v, role):
    """Social security, allowances and other costs of employment, in months of pay. [person-month]"""
    of = f"roles.{role.key}"
    return Line(
        "on_costs", N_("On-costs"), RECURRENT, LOCAL, "posts", "person-month", f"{of}.pay",
        quantity=v[f"paid_posts.{role.key}"] * MONTHS * v[f"{of}.on_costs"],
        terms={"months": v[f"paid_posts.{role.key}"] * MONTHS},
        working=N_("{months} person-months x {roles.%s.on_costs} of the pay") % role.key,
        level=role.key,
        applies=v[f"{of}.sourcing"] == "in_house",
        unless=N_("contracted: on-costs are in the fee"),
    )  # fmt: skip


def recruitment(v, role):
    """Filling new posts and those that somebody left. [recruitment]"""
    filled = v[f"new_posts.{role.key}"] + v[f"replaced_posts.{role.key}"]
    return Line(
        "recruitment", N_("Recruitment"), RECURRENT, LOCAL, "posts", "recruitment", "staffing.recruitment",
        quantity=filled,
        working=N_("{new_posts.%(role)s} new + {replaced_posts.%(role)s} replaced posts") % {"role": role.key},
        level=role.key,
        applies=v[f"roles.{role.key}.sourcing"] == "in_house",
        unless=N_("contracted: the contractor recruits"),
    )  # fmt: skip


LINES = (pay, on_costs, recruitment)
