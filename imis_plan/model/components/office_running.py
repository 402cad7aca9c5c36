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


def power(v):
    """Electricity of the offices. [kWh]"""
    return Line(
        "power", N_("Power"), RECURRENT, LOCAL, "offices", "kWh", "office_running.power_price",
        quantity=v["office_months"] * v["office_running.share_charged"] * v["office_running.power_kwh"],
        working=N_("{offices} offices x 12 months x {office_running.share_charged} charged to openIMIS x {office_running.power_kwh} kWh"),
    )  # fmt: skip


def transport(v):
    """Visits from the offices, by distance. [km]"""
    return Line(
        "transport", N_("Transport"), RECURRENT, LOCAL, "offices", "km", "office_running.transport_price",
        quantity=v["office_months"] * v["office_running.share_charged"] * v["office_running.transport_km"],
        working=N_("{offices} offices x 12 months x {office_running.share_charged} charged to openIMIS x {office_running.transport_km} km"),
    )  # fmt: skip


rent = partial(monthly_line, item="rent", label=N_("Rent"))
internet = partial(monthly_line, item="internet", label=N_("Internet"))
stationery = partial(monthly_line, item="stationery", label=N_("Stationery and consumables"))

LINES = (rent, power, internet, stationery, transport)
