"""Additional items: lines that budgets need and the openIMIS resource page does not list, each with its own switch."""

from imis_plan.model.arrays import ceil, floor, previous, where
from imis_plan.model.budget_line import CAPITAL, N_, RECURRENT, Line
from imis_plan.model.drivers import MONTHS
from imis_plan.model.stock import purchases

EXCLUDED = N_("not included in this budget")


def optional_line(v, line, label, kind, driver, unit, quantity, working, *, tradable=False, terms=None, life="", existing=0.0):
    """A line that `other.<line>.included` switches on, priced at `other.<line>.price`."""
    return Line(
        line, label, kind, tradable, driver, unit, f"other.{line}.price",
        quantity=quantity,
        working=working,
        terms=terms or {},
        life=life,
        existing=existing,
        applies=v[f"other.{line}.included"],
        exclusion_reason=EXCLUDED,
    )  # fmt: skip


def facility_power(v):
    """Small solar kits for facilities without power. [kit]"""
    need = v["facilities"] * v["other.facility_power.share"]
    return optional_line(
        v, "facility_power", N_("Power for facilities"), CAPITAL, "facilities", "kit",
        purchases(need, v["other.facility_power.at_start"], 0, v["other.facility_power.life"], v["other.facility_power.loss"]),
        N_("{facilities} facilities x {other.facility_power.share} = {need} needed, less {kept} still in use -> {quantity} bought"),
        tradable=True, terms={"need": need}, life="other.facility_power.life", existing=v["other.facility_power.at_start"],
    )  # fmt: skip


def facility_connectivity(v):
    """Internet for facilities that have none. [facility-month]"""
    return optional_line(
        v, "facility_connectivity", N_("Connectivity of facilities"), RECURRENT, "facilities", "facility-month",
        v["facilities"] * v["other.facility_connectivity.share"] * MONTHS,
        N_("{facilities} facilities x {other.facility_connectivity.share} x 12 months"),
    )  # fmt: skip


def months_in_first_years(v, count, years):
    """Months of so many posts or offices in each year, for the first years of the plan. [month]

    count, years : parameters with their number, and with the years in which they are there.
    """
    return where(v["t"] < v[years], 1.0, 0.0) * v[count] * MONTHS


def project_management(v):
    """Project management during the roll-out. [person-month]"""
    return optional_line(
        v, "project_management", N_("Project management"), RECURRENT, "months", "person-month",
        months_in_first_years(v, "other.project_management.posts", "other.project_management.years"),
        N_("{other.project_management.posts} posts x 12 months, for the first {other.project_management.years} years"),
    )  # fmt: skip


def partner_staff(v):
    """Staff of an implementing partner during the roll-out. [person-month]"""
    return optional_line(
        v, "partner_staff", N_("Staff of the implementing partner"), RECURRENT, "months", "person-month",
        months_in_first_years(v, "other.partner_staff.posts", "other.partner_staff.years"),
        N_("{other.partner_staff.posts} posts x 12 months, for the first {other.partner_staff.years} years"),
    )  # fmt: skip


def partner_office(v):
    """Office and vehicles of an implementing partner, while it has staff. [office-month]"""
    return optional_line(
        v, "partner_office", N_("Office of the implementing partner"), RECURRENT, "months", "office-month",
        months_in_first_years(v, "other.partner_office.number", "other.partner_staff.years"),
        N_("{other.partner_office.number} offices x 12 months, for the first {other.partner_staff.years} years"),
    )  # fmt: skip


def help_desk(v):
    """Help desk for users and insured. [person-month]"""
    desks = ceil(v["supported_users"] / v["other.help_desk.users_per_post"])
    return optional_line(
        v, "help_desk", N_("Help desk"), RECURRENT, "supported_users", "person-month",
        desks * MONTHS,
        N_("{supported_users} users / {other.help_desk.users_per_post} per post -> {posts} posts x 12 months"),
        terms={"posts": desks},
    )  # fmt: skip


def information_campaign(v):
    """Information of households about the scheme. [household]"""
    return optional_line(
        v, "information_campaign", N_("Information campaign"), RECURRENT, "new_households", "household",
        v["new_households"],
        N_("{new_households} new households"),
    )  # fmt: skip


def data_migration(v):
    """Bringing old records in, once. [record]"""
    return optional_line(
        v, "data_migration", N_("Data migration"), CAPITAL, "once", "record",
        v["setup"] * v["other.data_migration.records"],
        N_("{other.data_migration.records} records, once, in the year of set-up"),
    )  # fmt: skip


def data_protection(v):
    """Impact assessment, registration with the authority, yearly review. [review]"""
    return optional_line(
        v, "data_protection", N_("Data protection and audit"), RECURRENT, "years", "review",
        v["active"] * v["other.data_protection.per_year"],
        N_("{other.data_protection.per_year} reviews a year"),
    )  # fmt: skip


def evaluation(v):
    """Evaluations, spread over the years of the plan. [evaluation]"""
    held = floor((v["t"] + 1) / v["other.evaluation.every"])
    return optional_line(
        v, "evaluation", N_("Evaluation"), RECURRENT, "years", "evaluation",
        held - previous(held, 0.0),
        N_("one every {other.evaluation.every} years"),
    )  # fmt: skip


def closure(v):
    """Handover, archive and deletion at the end of the project. [closure]"""
    last = where(v["t"] == v["time.horizon"] - 1, 1.0, 0.0)
    return optional_line(
        v, "closure", N_("Closure and archive"), RECURRENT, "once", "closure",
        last,
        N_("once, in the last year"),
    )  # fmt: skip


def audit(v):
    """Audit of the accounts by an outside firm, as funders ask. [audit]"""
    return optional_line(
        v, "audit", N_("Audit of the accounts"), RECURRENT, "years", "audit",
        v["active"] * v["other.audit.per_year"],
        N_("{other.audit.per_year} audits a year"),
    )  # fmt: skip


def second_line(v):
    """Second internet line, by another provider, for the head office or the data centre. [month]"""
    return optional_line(
        v, "second_line", N_("Second internet line"), RECURRENT, "months", "month",
        v["active"] * MONTHS,
        N_("12 months"),
    )  # fmt: skip


LINES = (
    facility_power, facility_connectivity, project_management, help_desk, information_campaign, data_migration, data_protection,
    evaluation, closure, partner_staff, partner_office, audit, second_line,
)  # fmt: skip
