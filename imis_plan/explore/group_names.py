"""Names of the groups of parameters: several groups have parameters of the same description, such as a price or a life."""

from imis_plan.i18n.translate import _
from imis_plan.scenario.localized_text import N_

# Last key but one of a path -> what readers call the group.
GROUP_NAMES = {
    "agent": N_("agent"),
    "audit": N_("audit"),
    "closure": N_("closure"),
    "cloud": N_("cloud"),
    "data_migration": N_("data migration"),
    "data_protection": N_("data protection"),
    "equipment_insurance": N_("equipment insurance"),
    "evaluation": N_("evaluation"),
    "facility": N_("facility"),
    "facility_connectivity": N_("facility connectivity"),
    "facility_power": N_("facility power"),
    "government": N_("government"),
    "help_desk": N_("help desk"),
    "information_campaign": N_("information campaign"),
    "managed": N_("managed service"),
    "ministry_room": N_("ministry room"),
    "national": N_("national"),
    "network": N_("network"),
    "office": N_("office"),
    "partner_office": N_("partner office"),
    "partner_staff": N_("partner staff"),
    "physical": N_("physical servers"),
    "printers": N_("printers"),
    "project_management": N_("project management"),
    "scanners": N_("scanners"),
    "second_line": N_("second internet line"),
    "sizing": N_("sizing"),
    "sql_server": N_("SQL Server"),
    "ups": N_("power supplies (UPS)"),
    "workstations": N_("workstations"),
}


def group_name(key: str) -> str:
    """The name of a group in the current language; that of a scenario's own group is its key."""
    return _(GROUP_NAMES.get(key, key.replace("_", " ")))
