"""Component 2: running costs of the offices, by office and month."""

from functools import partial

from imis_plan.model.budget_line import LOCAL, N_, RECURRENT, Line


def monthly_line(v, item, label):
    """A running cost that every office has every month. [office-month]"""
    return Line(
        item, label, RECURRENT, LOCAL, "offices", "office-month", f"office_running.{item}",
        quantity=v["office_months"] * v["office_running.share_charged"],
        working=N_("{offices} offices x 12 months x {office_running.share_charged} charged to openIMIS"),
    )  # fmt: skip


rent = partial(monthly_line, item="rent", label=N_("Rent"))
power = partial(monthly_line, item="power", label=N_("Power"))
internet = partial(monthly_line, item="internet", label=N_("Internet"))
stationery = partial(monthly_line, item="stationery", label=N_("Stationery and consumables"))
transport = partial(monthly_line, item="transport", label=N_("Transport"))

LINES = (rent, power, internet, stationery, transport)
