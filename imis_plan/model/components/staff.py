"""Component 10: pay, on-costs and recruitment of each role."""

from imis_plan.model.budget_line import LOCAL, N_, RECURRENT, Line
from imis_plan.model.drivers import MONTHS


def pay(v, role):
    """Pay of the posts of a role, new ones pro rata in their first year. [person-month]"""
    of = f"roles.{role.key}"
    return Line(
        "pay", N_("Pay"), RECURRENT, LOCAL, "posts", "person-month", f"{of}.pay",
        quantity=v[f"paid_posts.{role.key}"] * MONTHS,
        terms={"posts": v[f"posts.{role.key}"], "new": v[f"new_posts.{role.key}"], "part": v[f"{of}.first_year"]},
        working=N_("{posts} posts, {new} of them new and paid for {part} of the year, x 12 months"),
        level=role.key, salary=True,
    )  # fmt: skip


def on_costs(v, role):
    """Social security, allowances and other costs of employment, in months of pay. [person-month]"""
    of = f"roles.{role.key}"
    return Line(
        "on_costs", N_("On-costs"), RECURRENT, LOCAL, "posts", "person-month", f"{of}.pay",
        quantity=v[f"paid_posts.{role.key}"] * MONTHS * v[f"{of}.on_costs"],
        terms={"months": v[f"paid_posts.{role.key}"] * MONTHS, "share": v[f"{of}.on_costs"]},
        working=N_("{months} person-months x {share} of the pay"),
        level=role.key,
        applies=v[f"{of}.sourcing"] == "in_house",
        exclusion_reason=N_("contracted: the fee includes on-costs"), salary=True,
    )  # fmt: skip


def recruitment(v, role):
    """Filling new posts and those that somebody left. [recruitment]"""
    new, replaced = v[f"new_posts.{role.key}"], v[f"replaced_posts.{role.key}"]
    return Line(
        "recruitment", N_("Recruitment"), RECURRENT, LOCAL, "posts", "recruitment", "staffing.recruitment",
        quantity=new + replaced,
        terms={"new": new, "replaced": replaced},
        working=N_("{new} new + {replaced} replaced posts"),
        level=role.key,
        applies=v[f"roles.{role.key}.sourcing"] == "in_house",
        exclusion_reason=N_("contracted: the contractor recruits"),
    )  # fmt: skip


LINES = (pay, on_costs, recruitment)
