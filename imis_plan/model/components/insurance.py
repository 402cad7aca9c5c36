"""Additional items: insurance of the equipment in use, as a share of its price a year."""

from functools import partial

from imis_plan.model.budget_line import N_, RECURRENT, TRADABLE, Line
from imis_plan.model.components.additional import EXCLUDED
from imis_plan.model.components.server import all_machines

# Item -> label, what is counted, path of its price.
ITEMS = {
    "workstations": (N_("Insurance of workstations"), "workstation", "office_it.workstations.price"),
    "printers": (N_("Insurance of printers"), "printer", "office_it.printers.price"),
    "scanners": (N_("Insurance of scanners and cameras"), "scanner", "office_it.scanners.price"),
    "ups": (N_("Insurance of power supplies"), "UPS", "office_it.ups.price"),
    "network": (N_("Insurance of network kits"), "kit", "office_it.network.price"),
    "phones": (N_("Insurance of phones"), "phone", "phones.handset"),
    "machines": (N_("Insurance of servers"), "machine", "server.ministry_room.machine"),
}
PER_OFFICE, HOSTED_OR_OWN = ("printers", "scanners", "network"), ("phones", "machines")
NOT_OWNED = N_("the scheme owns none")


def pieces_in_use(v, item):
    """Pieces of an item that are in use in the year, old ones included. [piece]"""
    if item == "machines":
        return all_machines(v)
    if item == "phones":
        return v["phones_needed"]
    if item in PER_OFFICE:
        return v["offices"] * v[f"office_it.{item}.per_office"]
    per_workplace = "office_it.ups.per_workplace" if item == "ups" else "office_it.workstations.per_user"
    return v["workplaces"] * v[per_workplace]


def owned(v, item):
    """Whether the scheme owns an item that may belong to others: phones to their users, machines to a host."""
    return v["phones.provided"] == "given" if item == "phones" else v["server.hosting"] == "ministry_room"


def insurance(v, item):
    """Insurance of one kind of equipment against theft, fire and water. [piece]"""
    label, unit, price = ITEMS[item]
    pieces, included = pieces_in_use(v, item), v["other.equipment_insurance.included"]
    return Line(
        f"insurance_{item}", label, RECURRENT, TRADABLE, "equipment in use", unit, price,
        quantity=pieces * v["other.equipment_insurance.rate"],
        terms={"pieces": pieces},
        working=N_("{pieces} in use x {other.equipment_insurance.rate} of their price a year"),
        applies=included & owned(v, item) if item in HOSTED_OR_OWN else included,
        exclusion_reason=EXCLUDED if included is False or item not in HOSTED_OR_OWN else NOT_OWNED,
    )  # fmt: skip


LINES = tuple(partial(insurance, item=item) for item in ITEMS)
