"""Component 1: IT equipment of the offices, phones excluded. Bought by cohort, lost and worn out, bought again."""

from imis_plan.model.budget_line import CAPITAL, N_, RECURRENT, TRADABLE, Line
from imis_plan.model.stock import purchases


def pieces_to_buy(v, item, need):
    """Pieces of an item to buy, from the need and the stock. [piece]"""
    of = f"office_it.{item}."
    return purchases(need, v[of + "at_start"], v[of + "age_at_start"], v[of + "life"], v[of + "loss"])


def line_per_office(v, item, label, unit):
    """A line for equipment with a number of pieces per office."""
    each = v[f"office_it.{item}.per_office"]
    need = v["offices"] * each
    return Line(
        item, label, CAPITAL, TRADABLE, "offices", unit, f"office_it.{item}.price",
        quantity=pieces_to_buy(v, item, need),
        life=f"office_it.{item}.life",
        existing=v[f"office_it.{item}.at_start"],
        existing_age=v[f"office_it.{item}.age_at_start"],
        terms={"each": each, "need": need},
        working=N_("{offices} offices x {each} = {need} needed, less {kept} still in use -> {quantity} bought"),
    )  # fmt: skip


def workstations(v):
    """Workstations of people who use openIMIS in an office. [workstation]"""
    need = v["workplaces"] * v["office_it.workstations.per_user"]
    return Line(
        "workstations", N_("Workstations"), CAPITAL, TRADABLE, "workplaces", "workstation", "office_it.workstations.price",
        quantity=pieces_to_buy(v, "workstations", need),
        life="office_it.workstations.life",
        existing=v["office_it.workstations.at_start"],
        existing_age=v["office_it.workstations.age_at_start"],
        terms={"need": need},
        working=N_(
            "({office_staff} scheme staff + {it_posts} IT posts) x {office_it.workstations.per_user} = {need} needed, "
            "less {kept} still in use -> {quantity} bought"
        ),
    )  # fmt: skip


def printers(v):
    """Printers of the offices. [printer]"""
    return line_per_office(v, "printers", N_("Printers"), "printer")


def scanners(v):
    """Scanners or cameras of the offices. [scanner]"""
    return line_per_office(v, "scanners", N_("Scanners and cameras"), "scanner")


def ups(v):
    """Uninterruptible power supplies, one for each workstation that needs it. [UPS]"""
    need = v["workplaces"] * v["office_it.ups.per_workplace"]
    return Line(
        "ups", N_("Uninterruptible power supplies"), CAPITAL, TRADABLE, "workplaces", "UPS", "office_it.ups.price",
        quantity=pieces_to_buy(v, "ups", need),
        life="office_it.ups.life",
        existing=v["office_it.ups.at_start"],
        existing_age=v["office_it.ups.age_at_start"],
        terms={"need": need},
        working=N_("{workplaces} workstations x {office_it.ups.per_workplace} = {need} needed, less {kept} still in use -> {quantity} bought"),
    )  # fmt: skip


def network(v):
    """Network kits: router, switch, cabling. [kit]"""
    return line_per_office(v, "network", N_("Network kits"), "kit")


def upkeep(v):
    """Service and spares of workstations, as a share of their price. [workstation]"""
    need = v["workplaces"] * v["office_it.workstations.per_user"]
    return Line(
        "upkeep", N_("Maintenance of workstations"), RECURRENT, TRADABLE, "workplaces", "workstation", "office_it.workstations.price",
        quantity=need * v["office_it.upkeep_share"],
        terms={"need": need},
        working=N_("{need} workstations x {office_it.upkeep_share} of their price a year"),
    )  # fmt: skip


LINES = (workstations, printers, scanners, ups, network, upkeep)
