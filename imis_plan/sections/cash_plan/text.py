"""The cash plan in sentences: how much each quarter of the first year needs, and what comes first."""

import pandas as pd

from imis_plan.analysis import cash_plan as views
from imis_plan.i18n.formats import count, day_and_month, join_with_and, share
from imis_plan.i18n.translate import _
from imis_plan.model.payment_profiles import QUARTERS
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["cash_plan"]
__dir__ = only(__all__)

NAMED, MONTHS = 3, 12


def cash_plan(plan: Plan, ledger: pd.DataFrame) -> str:
    """What the first quarter needs, its largest payments, and how a year is divided."""
    cash = views.cash_plan(plan, ledger)
    first = cash[cash["year"] == plan["time.base_year"]]
    whole = first["amount"].sum()
    if not whole:
        return _("Nothing is budgeted in the first year, so no quarter needs cash.")
    lcu, quarter = local_money(plan), first["q1"].sum()
    largest = first[first["payment"] != views.BASE].nlargest(NAMED, "q1")
    text = _(
        "The first quarter of {year} needs {amount}, {part} of the cost of its year. The largest payments are {lines}."
    ).format(
        year=year_label(plan, plan["time.base_year"]),
        amount=lcu(quarter),
        part=share(quarter / whole),
        lines=join_with_and([line_in_sentence(plan, row) for row in largest.itertuples()]),
    )
    rule = _(
        "Every line has a payment profile. Pay and services are monthly, rent is paid in advance by quarter, licences by year. Purchases, training and recruitment are paid "
        "{months} months before the roll-out that they serve, but not before the year begins; forms, cards and fees follow enrolment or the insured. Contingency is paid like "
        "the cost it is for. Quarters begin on {days} and add up to the ledger."
    ).format(days=quarter_days(plan), months=count(round(plan["cash.delivery_lead"] * MONTHS, 1)))
    return f"{text}\n\n{rule}"


def quarter_days(plan: Plan) -> str:
    """The first days of the quarters of every fiscal year."""
    return join_with_and([day_and_month(plan.fiscal.first_day(plan["time.base_year"], quarter)) for quarter in range(QUARTERS)])
