"""What each option changes beside the base, and why."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from imis_plan.analysis import options as views
from imis_plan.analysis.options import BASE, Alternatives
from imis_plan.analysis.risk import break_even
from imis_plan.i18n.formats import count, escape_markdown, join_with_and, label_and_value, number, share
from imis_plan.i18n.translate import _, localize_digits, localized, plural, translate_unit
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import HUNDRED, local_money, signed_share
from imis_plan.sections.hosting.text import HOSTING
from imis_plan.sections.naming import NEGLIGIBLE, line_in_sentence, parameter_name
from imis_plan.sections.posts_in_words import number_of_posts
from imis_plan.sections.public_names import only

__all__ = [
    "cost_difference",
    "coverage_change",
    "each_option",
    "main_reasons",
    "options_range",
    "posts_change",
    "recurrent_change",
]
__dir__ = only(__all__)

NAMED_LINES = 2
# Leading lines whose price is tried for a turning point.
TESTED_PRICES = 3
WORTH_NAMING = 0.1

# What an option risks, by the parameter that it changes: from its value in the base and in the option.
RISKS: dict[str, Callable[[Any, Any], str]] = {
    "server.hosting": lambda _base, new: HOSTING[new][1](),
    "phones.provided": lambda _base, new: (
        _("Data of insured people are stored on phones that the scheme does not control.") if new == "own" else ""
    ),
    "software.developers": lambda _base, new: (
        _("The scheme must recruit and keep developers at public-service pay.")
        if new == "in_house"
        else _("Knowledge of the system depends on a contractor.")
    ),
    "claims.electronic_share": lambda base, new: (
        _("Claims are delayed when a facility has no power or connection.")
        if new > base
        else _("Data entry from paper causes backlogs and errors, and fraud is detected later.")
    ),
    "enrolment.paper_share": lambda base, new: (
        _("Forms must be transported, and people enrolled on paper do not yet appear as insured in the system.")
        if new > base
        else _("Enrolment stops when a phone is lost or has no network.")
    ),
    "printing.card_type": lambda _base, new: (
        _("Identity must be checked in another way; otherwise people who are not insured may receive care.")
        if new == "none"
        else ""
    ),
    "server.database": lambda _base, new: (
        _("Database administrators must know PostgreSQL, and reports written for SQL Server must be rewritten.")
        if new == "postgresql"
        else _("Licences tie the scheme to one vendor.")
    ),
    "mobile_money.applicable": lambda _base, new: _("Providers may change their fees at short notice.") if new else "",
    "coverage.delay": lambda base, new: (
        _("The saving is only a postponed cost, and people are insured later.") if new > base else ""
    ),
}


def each_option(found: Alternatives) -> str:
    """One sentence on all options together, then what each changes and why."""
    plan = found.base.plan
    if not plan.options:
        return _("The scenario has no options. Add `options:` to its file to compare the cost of other decisions.")
    table = views.options(found)
    lines = [one_option(found, table, name) for name in found.cases]
    failed = [
        "- "
        + label_and_value(bold_title(plan, name), _("could not be computed: {reason}.").format(reason=escape_markdown(reason)))
        for name, reason in found.problems.items()
    ]
    return "\n".join([*range_sentence(found, table), "", *(f"- {line}" for line in lines), *failed])


def options_range(found: Alternatives) -> str:
    """How far the options lie apart, in one sentence."""
    if not found.base.plan.options:
        return each_option(found)
    return " ".join(range_sentence(found, views.options(found)))


def range_sentence(found: Alternatives, table: pd.DataFrame) -> list[str]:
    """How far the options lie apart; nothing where none was computed."""
    moves = table["difference"].drop(BASE).dropna()
    if moves.empty:
        return []
    plan, lcu = found.base.plan, local_money(found.base.plan)
    low, high = str(moves.idxmin()), str(moves.idxmax())
    text = _(
        "The base costs {total}. Of {count} options, “{low}” has the lowest cost with {least}, and “{high}” the highest"
        " with {most}."
    )
    return [
        text.format(
            total=lcu(table.loc[BASE, "total"]),
            count=len(moves),
            low=escape_markdown(localized(plan.options[low].title)),
            high=escape_markdown(localized(plan.options[high].title)),
            least=lcu(table.loc[low, "total"]),
            most=lcu(table.loc[high, "total"]),
        )
    ]


def one_option(found: Alternatives, table: pd.DataFrame, name: str) -> str:
    """What an option costs beside the base, because of which lines; posts, recurrent cost, people served and risk."""
    plan, base, row = found.base.plan, table.loc[BASE], table.loc[name]
    chosen, lcu = plan.options[name], local_money(plan)
    moved = found.lines[name]
    sentences = [
        label_and_value(bold_title(plan, name), escape_markdown(localized(chosen.description))),
        cost_difference(row, lcu) + main_reasons(found.cases[name].plan, moved, row["difference"], lcu) + ".",
        posts_change(row["posts"] - base["posts"]),
        recurrent_change(row["recurrent_after"], base["recurrent_after"], lcu),
        coverage_change(row, base, lcu),
        break_even_price(found.base.plan, found.cases[name].plan, moved),
        option_risks(plan, found.cases[name].plan),
    ]
    return " ".join(filter(None, sentences))


def bold_title(plan: Plan, name: str) -> str:
    """The title of an option in bold."""
    return f"**{escape_markdown(localized(plan.options[name].title))}**"


def break_even_price(base: Plan, other: Plan, moved: pd.DataFrame) -> str:
    """The price at which an option would cost as much as the base, where one of its leading lines has such a price."""
    lines = [row for row in moved.itertuples() if row.component != "contingency"][:TESTED_PRICES]
    for path in dict.fromkeys(row.price_path for row in lines):
        value = break_even(base, other, path)
        if value is not None:
            parameter = base.parameters[path]
            text = _("Break-even: it costs as much as the base if “{what}” is {value} {unit} instead of {now}.")
            return text.format(
                value=rounded_price(value),
                unit=translate_unit(parameter.unit),
                what=parameter_name(base, path),
                now=rounded_price(float(parameter.value)),
            )
    return ""


def rounded_price(x: float) -> str:
    """A price with three digits or all that stand before the point."""
    return number(x) if x >= HUNDRED else localize_digits(f"{x:.3g}")


def cost_difference(row: Any, lcu: Any) -> str:
    """How much more or less an option costs, without the full stop."""
    difference, part = row["difference"], row["difference_share"]
    if abs(difference) < views.CENT:
        return _("It costs the same over the plan")
    text = (
        _("It costs {amount} more over the plan ({part})")
        if difference > 0
        else _("It costs {amount} less over the plan ({part})")
    )
    return text.format(amount=lcu(abs(difference)), part=signed_share(part))


def main_reasons(plan: Plan, moved: pd.DataFrame, difference: float, lcu: Any) -> str:
    """The lines that move most: those that make the difference, then the one that works against it. "" if none moves.

    Contingency is left out, because it follows the others.
    """
    lines = [row for row in moved.itertuples() if row.component != "contingency"]
    largest = max((abs(row.difference) for row in lines), default=0.0)
    along = [row for row in lines if row.difference * difference > 0][:NAMED_LINES]
    against = [row for row in lines if row.difference * difference < 0][:1]
    worth_naming = [row for row in against if abs(row.difference) >= WORTH_NAMING * largest]
    reasons, others = ([line_change(plan, row, lcu) for row in part] for part in (along, worth_naming))
    if not reasons:
        return _(", because no line changes") if not others else _(", and {others}").format(others=join_with_and(others))
    text = _(", because {reasons}, while {others}") if others else _(", because {reasons}")
    return text.format(reasons=join_with_and(reasons), others=join_with_and(others) if others else "")


def line_change(plan: Plan, row: Any, lcu: Any) -> str:
    """How one line moves: comes in, falls away, rises or falls."""
    if row.base == 0:
        text = _("{line} is added ({amount})")
    elif row.option == 0:
        text = _("{line} is removed ({amount})")
    elif row.difference > 0:
        text = _("{line} rises by {amount}")
    else:
        text = _("{line} falls by {amount}")
    return text.format(line=line_in_sentence(plan, row), amount=lcu(abs(row.difference)))


def posts_change(change: float) -> str:
    """What happens to the posts of the last year; nothing where they stay. A part-time post is a share of a post."""
    if not change:
        return ""
    if not float(change).is_integer():
        text = _("In addition it requires {posts}.") if change > 0 else _("It saves {posts}.")
    elif change > 0:
        text = plural("It requires {count} additional post.", "It requires {count} additional posts.", change)
    else:
        text = plural("It requires {count} fewer post.", "It requires {count} fewer posts.", -change)
    return text.format(count=count(abs(change)), posts=number_of_posts(abs(change)))


def recurrent_change(option_cost: float, base_cost: float, lcu: Any) -> str:
    """What running it costs in the last year, where that differs."""
    difference = option_cost - base_cost
    if abs(difference) < NEGLIGIBLE * base_cost:
        return ""
    text = (
        _("In the last year, recurrent costs are {amount} higher.")
        if difference > 0
        else _("In the last year, recurrent costs are {amount} lower.")
    )
    return text.format(amount=lcu(abs(difference)))


def coverage_change(row: Any, base: Any, lcu: Any) -> str:
    """Whether it serves as many people; if not, what that makes of the cost of each."""
    if not base["insured_years"] or abs(row["insured_years"] / base["insured_years"] - 1) < NEGLIGIBLE:
        return ""
    change = row["insured_years"] / base["insured_years"] - 1
    cost, was = lcu(row["per_insured_year"]), lcu(base["per_insured_year"])
    text = (
        _("It serves {part} more insured people over the plan; the cost per insured person per year is {cost}, {beside}.")
        if change > 0
        else _("It serves {part} fewer insured people over the plan; the cost per insured person per year is {cost}, {beside}.")
    )
    beside = _("as in the base") if cost == was else _("compared with {was}").format(was=was)
    return text.format(part=share(abs(change)), cost=cost, beside=beside)


def option_risks(base: Plan, chosen: Plan) -> str:
    """What an option risks beside the base, by the parameters that it changes; nothing where none is known."""
    changed = [path for path in RISKS if chosen[path] != base[path]]
    return " ".join(filter(None, (RISKS[path](base[path], chosen[path]) for path in changed)))
