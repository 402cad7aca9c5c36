"""The ten components of the openIMIS resource page, additional items, and their order."""

from functools import partial

from imis_plan.model.budget_line import N_
from imis_plan.model.components import (
    additional,
    capacity,
    insurance,
    mobile_money,
    office_it,
    office_running,
    phones,
    printing,
    server,
    sms,
    software,
    staff,
)

LABELS = {
    "office_it": N_("Office IT equipment"),
    "office_running": N_("Running costs of offices"),
    "printing": N_("Printing and cards"),
    "phones": N_("Mobile phones"),
    "software": N_("Software development and maintenance"),
    "server": N_("Server and hosting"),
    "sms": N_("SMS"),
    "mobile_money": N_("Mobile money"),
    "capacity": N_("Training"),
    "staff": N_("IT staff"),
    "other": N_("Additional items"),
    "contingency": N_("Contingency"),
}
COMPONENTS = tuple(LABELS)


def line_functions(roles):
    """Component -> functions of its lines, in the order of the report.

    roles : roles of the plan; staff lines exist once per role.
    """
    return {
        "office_it": office_it.LINES,
        "office_running": office_running.LINES,
        "printing": printing.LINES,
        "phones": phones.LINES,
        "software": software.LINES,
        "server": server.LINES,
        "sms": sms.LINES,
        "mobile_money": mobile_money.LINES,
        "capacity": capacity.LINES,
        "staff": tuple(partial(line, role=role) for role in roles for line in staff.LINES),
        "other": (*additional.LINES, *insurance.LINES),
    }
