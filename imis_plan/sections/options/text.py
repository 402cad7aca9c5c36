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
from imis_plan.sections.naming import HUNDRED, SMALL, currency, named_line
from imis_plan.sections.people.text import HOSTING

REASONS = 2
# Leading lines whose price is tried for a turning point.
PRICES = 3
WORTH_NAMING = 0.1

# What an option risks, by the parameter that it changes: from its value in the base and in the option.
RISKS: dict[str, Callable[[Any, Any], str]] = {
    "server.hosting": lambda _base, new: HOSTING[new][1](),
    "phones.provided": lambda _base, new: (
        _("Data of insured people lie on phones that the scheme does not control.") if new == "own" else ""
    ),
    "software.developers": lambda _base, new: (
        _("Developers must be found, and kept, at the pay of the public service.")
        if new == "in_house"
        else _("Knowledge of the system lies with a contractor.")
    ),
    "claims.electronic_share": lambda base, new: (
        _("Claims wait where power or the line fails in a facility.")
        if new > base
        else _("Keying from paper brings arrears and errors, and fraud is found later.")
    ),
    "enrolment.paper_share": lambda base, new: (
        _("Forms must be carried, and whoever is on paper is not yet insured at the counter.")
        if new > base
        else _("Enrolment stops where a phone is lost or has no network.")
    ),
    "printing.card_type": lambda _base, new: (
        _("Identity has to be checked in another way, or care goes to people who are not insured.") if new == "none" else ""
    ),
    "server.database": lambda _base, new: (
        _("Those who keep the database must know PostgreSQL, and reports written for SQL Server must be made anew.")
        if new == "postgresql"
        else _("Licences bind the scheme to one vendor.")
    ),
    "mobile_money.applicable": lambda _base, new: _("Fees of the providers may change with little notice.") if new else "",
    "coverage.delay": lambda base, new: (
        _("The saving is cost that comes later, and people are insured later.") if new > base else ""
    ),
}


def options(found: Alternatives) -> str:
    """One sentence on all options together, then what each changes and why."""
    plan = found.base.plan
    if not plan.options:
        return _("The scenario names no option. Add `options:` to its file to see what another decision would cost.")
    table = views.options(found)
    lines = [option(found, table, name) for name in found.cases]
    failed = [
        "- " + label_and_value(bold(plan, name), _("could not be computed: {reason}.").format(reason=escape_markdown(reason)))
        for name, reason in found.problems.items()
    ]
    return "\n".join([*options_spread(found, table), "", *(f"- {line}" for line in lines), *failed])


def options_in_short(found: Alternatives) -> str:
    """How far the options lie apart, in one sentence."""
    if not found.base.plan.options:
        return options(found)
    return " ".join(options_spread(found, views.options(found)))


def options_spread(found: Alternatives, table: pd.DataFrame) -> list[str]:
    """How far the options lie apart; nothing where none was computed."""
    moves = table["difference"].drop(BASE).dropna()
    if moves.empty:
        return []
    plan, lcu = found.base.plan, currency(found.base.plan)
    low, high = str(moves.idxmin()), str(moves.idxmax())
    text = _("The base costs {total}. Of {count} options, “{low}” costs least with {least}, and “{high}” most with {most}.")
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


def option(found: Alternatives, table: pd.DataFrame, name: str) -> str:
    """What an option costs beside the base, because of which lines; posts, recurrent cost, people served and risk."""
    plan, base, row = found.base.plan, table.loc[BASE], table.loc[name]
    chosen, lcu = plan.options[name], currency(plan)
    moved = found.lines[name]
    sentences = [
        label_and_value(bold(plan, name), escape_markdown(localized(chosen.description))),
        price(row, lcu) + because(found.cases[name].plan, moved, row["difference"], lcu) + ".",
        posts(row["posts"] - base["posts"]),
        afterwards(row["recurrent_after"], base["recurrent_after"], lcu),
        served(row, base, lcu),
        turning_point(found.base.plan, found.cases[name].plan, moved),
        risk(plan, found.cases[name].plan),
    ]
    return " ".join(filter(None, sentences))


def bold(plan: Plan, name: str) -> str:
    """The title of an option in bold."""
    return f"**{escape_markdown(localized(plan.options[name].title))}**"


def turning_point(base: Plan, other: Plan, moved: pd.DataFrame) -> str:
    """The price at which an option would cost as much as the base, where one of its leading lines has such a price."""
    lines = moved[moved["component"] != "contingency"].head(PRICES)
    for path in dict.fromkeys(lines["price_path"]):
        value = break_even(base, other, path)
        if value is not None:
            parameter = base.parameters[path]
            text = _("It would cost as much as the base at {value} {unit} for “{what}”, which is {now} here.")
            return text.format(
                value=rounded(value),
                unit=translate_unit(parameter.unit),
                what=parameter_name(base, path),
                now=rounded(float(parameter.value)),
            )
    return ""


def rounded(x: float) -> str:
    """A price with three digits or all that stand before the point."""
    return number(x) if x >= HUNDRED else localize_digits(f"{x:.3g}")


def parameter_name(plan: Plan, path: str) -> str:
    """What a parameter is, with the role it belongs to."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    role = titles.get(path.split(".")[1]) if path.startswith("roles.") else None
    text = _(plan.parameters[path].description)
    return escape_markdown(f"{text} ({role})" if role else text)


def price(row: Any, lcu: Any) -> str:
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


def signed_share(part: float) -> str:
    """A share with its sign, with a decimal where it is small: +0.6%, −12%."""
    sign = "+" if part > 0 else "−"
    if abs(part) < 0.0005:
        return share(0.0) if not part else f"{sign}<{share(0.001, 1)}"
    return sign + share(abs(part), 0 if abs(part) >= 0.1 else 1)


def signed_money(x: float, lcu: Any) -> str:
    """An amount with its sign before the currency."""
    return ("−" if x < 0 else "+" if x > 0 else "") + lcu(abs(x))


def because(plan: Plan, moved: pd.DataFrame, difference: float, lcu: Any) -> str:
    """The lines that move most: those that make the difference, then the one that works against it. "" if none moves.

    Contingency is left out, because it follows the others.
    """
    lines = moved[moved["component"] != "contingency"]
    along = lines[lines["difference"] * difference > 0].head(REASONS)
    against = lines[lines["difference"] * difference < 0].head(1)
    against = against[against["difference"].abs() >= WORTH_NAMING * lines["difference"].abs().max()]
    reasons, others = ([move(plan, row, lcu) for row in part.itertuples()] for part in (along, against))
    if not reasons:
        return _(", because no line moves") if not others else _(", and {others}").format(others=join_with_and(others))
    text = _(", because {reasons}, while {others}") if others else _(", because {reasons}")
    return text.format(reasons=join_with_and(reasons), others=join_with_and(others) if others else "")


def move(plan: Plan, row: Any, lcu: Any) -> str:
    """How one line moves: comes in, falls away, rises or falls."""
    if row.base == 0:
        text = _("{line} comes in ({amount})")
    elif row.option == 0:
        text = _("{line} falls away ({amount})")
    elif row.difference > 0:
        text = _("{line} rises by {amount}")
    else:
        text = _("{line} falls by {amount}")
    return text.format(line=named_line(plan, row), amount=lcu(abs(row.difference)))


def posts(change: float) -> str:
    """What happens to the posts of the last year; nothing where they stay."""
    if not change:
        return ""
    text = (
        plural("It needs {count} post more.", "It needs {count} posts more.", abs(change))
        if change > 0
        else plural("It needs {count} post fewer.", "It needs {count} posts fewer.", abs(change))
    )
    return text.format(count=count(abs(change)))


def afterwards(option_cost: float, base_cost: float, lcu: Any) -> str:
    """What running it costs in the last year, where that differs."""
    difference = option_cost - base_cost
    if abs(difference) < SMALL * base_cost:
        return ""
    text = (
        _("In the last year it costs {amount} more to run.")
        if difference > 0
        else _("In the last year it costs {amount} less to run.")
    )
    return text.format(amount=lcu(abs(difference)))


def served(row: Any, base: Any, lcu: Any) -> str:
    """Whether it serves as many people; if not, what that makes of the cost of each."""
    if not base["insured_years"] or abs(row["insured_years"] / base["insured_years"] - 1) < SMALL:
        return ""
    change = row["insured_years"] / base["insured_years"] - 1
    cost, was = lcu(row["per_insured_year"]), lcu(base["per_insured_year"])
    text = (
        _("It serves {part} more insured people over the years; each costs {cost} a year, {beside}.")
        if change > 0
        else _("It serves {part} fewer insured people over the years; each costs {cost} a year, {beside}.")
    )
    beside = _("as in the base") if cost == was else _("against {was}").format(was=was)
    return text.format(part=share(abs(change)), cost=cost, beside=beside)


def risk(base: Plan, chosen: Plan) -> str:
    """What an option risks beside the base, by the parameters that it changes; nothing where none is known."""
    changed = [path for path in RISKS if chosen[path] != base[path]]
    return " ".join(filter(None, (RISKS[path](base[path], chosen[path]) for path in changed)))
