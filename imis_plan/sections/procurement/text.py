"""The procurement plan in sentences: what must be started before the year begins, and what is late already."""

import pandas as pd

from imis_plan.analysis import procurement as views
from imis_plan.i18n.formats import join_with_and, long_date, quote
from imis_plan.i18n.translate import _, plural
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.folder import PROCUREMENT
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only

__all__ = ["late_in_short", "procurement"]
__dir__ = only(__all__)

NAMED = 4


def procurement(plan: Plan, ledger: pd.DataFrame) -> str:
    """Packages that must be started before the first year begins, those that are late already, and how dates are found."""
    table = views.procurement_plan(plan, ledger)
    if table.empty:
        return _("Nothing is procured in the first two years.")
    return "\n\n".join([*before_the_year(plan, table), rules(plan)])


def before_the_year(plan: Plan, table: pd.DataFrame) -> list[str]:
    """What must be started before the first year begins, and what the date of the scenario leaves no time for."""
    first = table[table["year"] == plan["time.base_year"]]
    early = first[first["before_year"]].sort_values("start_by", kind="stable")
    late = late_warning(plan, views.late_packages(plan, table))
    if early.empty:
        return [_("Nothing of the first year has to be started before that year begins."), *late]
    text = plural(
        "One package of the first year, {amount} in all, must be started before {year} begins: {names}.",
        "{count} packages of the first year, {amount} in all, must be started before {year} begins; the first are {names}.",
        len(early),
    ).format(
        count=len(early),
        amount=local_money(plan)(early["amount"].sum()),
        year=year_label(plan, plan["time.base_year"]),
        names=join_with_and(
            [
                _("{name} (by {date})").format(name=quote(_(row.title)), date=long_date(row.start_by.isoformat()))
                for row in early.head(NAMED).itertuples()
            ]
        ),
    )
    return [text, *late]


def late_warning(plan: Plan, late: pd.DataFrame) -> list[str]:
    """What the date of the plan leaves no time for, by name; nothing where all of it can still be delivered in time."""
    if late.empty:
        return []
    names = join_with_and([quote(_(title)) for title in late["title"].head(NAMED)])
    warning = plural(
        "On the date of this plan, {date}, one package can no longer meet its date even with the shortest steps: {names}. Postpone the roll-out, or start it now and accept the delay.",
        "On the date of this plan, {date}, {count} packages can no longer meet their dates even with the shortest steps; among them are {names}. Postpone the roll-out, or start them now and accept the delay.",
        len(late),
    )
    return [warning.format(date=long_date(plan.about.date), count=len(late), names=names)]


def late_in_short(plan: Plan, ledger: pd.DataFrame) -> str:
    """How many packages the date of the plan leaves no time for; "" where there is none."""
    late = views.late_packages(plan, views.procurement_plan(plan, ledger))
    if late.empty:
        return ""
    text = plural(
        "One package of the first year is late already: start it now, or postpone the roll-out.",
        "{count} packages of the first year are late already: start them now, or postpone the roll-out.",
        len(late),
    )
    return text.format(count=len(late))


def rules(plan: Plan) -> str:
    """How dates and methods are found, or what the ministry has to enter."""
    dates = _(
        "Equipment, software and training are needed one lead time (`cash.delivery_lead`) before the roll-out of their year begins, services when it begins, audits in the last "
        "quarter. Costs are of one year, without contingency. Pay, allowances, rent, power and fuel are not procured."
    )
    if plan.procurement.name:
        return f"{dates} " + _(
            "The method follows from the cost of the package by the rules in `{file}`; the date to start leaves time for the longest steps."
        ).format(file=f"{PROCUREMENT}/{plan.procurement.name}.yaml")
    return f"{dates} " + _(
        "This scenario names no procurement rules. The ministry enters its thresholds and times in `{folder}/NAME.yaml`, and that name as `procurement` in the scenario; "
        "until then no method and no time for procurement is shown."
    ).format(folder=PROCUREMENT)
