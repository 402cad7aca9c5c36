"""Component 6: machines or hosting, storage, licences, security, antivirus, power and connectivity of the server."""

from functools import partial

from imis_plan.model.arrays import ceil, maximum
from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, TRADABLE, Line
from imis_plan.model.drivers import MONTHS
from imis_plan.model.stock import purchases

HOSTED = {"government": N_("government data centre"), "cloud": N_("cloud"), "managed": N_("managed service")}
ENVIRONMENTS = {
    "production": N_("Production server"),
    "test": N_("Test and training server"),
    "recovery": N_("Recovery site"),
}
OTHER_HOSTING = N_("another hosting is chosen: {server.hosting}")


def machines_needed(v, environment):
    """Machines that a ministry room needs for one environment. [machine]"""
    return ceil(v[f"{environment}_cores"] / v["server.ministry_room.cores_per_machine"])


def own_machine(v, environment):
    """Machines of the ministry's own room for one environment. [machine]"""
    of = "server.ministry_room."
    return Line(
        f"{environment}_machines", ENVIRONMENTS[environment] + N_(": machines"), CAPITAL, TRADABLE, f"{environment}_cores", "machine", of + "machine",
        quantity=purchases(machines_needed(v, environment), v[of + f"{environment}_at_start"], v[of + "age_at_start"], v[of + "life"], v[of + "loss"]),
        life=of + "life",
        existing=v[of + f"{environment}_at_start"],
        existing_age=v[of + "age_at_start"],
        terms={"need": machines_needed(v, environment), "cores": v[f"{environment}_cores"]},
        working=N_("{cores} cores / {server.ministry_room.cores_per_machine} per machine -> {need} machines, less {kept} still in use -> {quantity} bought"),
        level="ministry_room",
        applies=v["server.hosting"] == "ministry_room",
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def all_machines(v):
    """Machines of the ministry's own room. [machine]"""
    return sum(machines_needed(v, environment) for environment in ENVIRONMENTS)


def machine_upkeep(v):
    """Service contract and spares of own machines, as a share of their price. [machine]"""
    return Line(
        "machine_upkeep", N_("Maintenance of machines"), RECURRENT, TRADABLE, "machines", "machine", "server.ministry_room.machine",
        quantity=all_machines(v) * v["server.ministry_room.upkeep_share"],
        terms={"machines": all_machines(v)},
        working=N_("{machines} machines x {server.ministry_room.upkeep_share} of their price a year"),
        level="ministry_room",
        applies=v["server.hosting"] == "ministry_room",
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def room_power(v):
    """Electricity of own machines with cooling. [kWh]"""
    return Line(
        "room_power", N_("Power and cooling of the server room"), RECURRENT, LOCAL, "machines", "kWh", "server.ministry_room.kwh",
        quantity=all_machines(v) * v["server.ministry_room.kwh_per_machine"] * v["server.ministry_room.cooling_factor"],
        terms={"machines": all_machines(v)},
        working=N_("{machines} machines x {server.ministry_room.kwh_per_machine} kWh a year x {server.ministry_room.cooling_factor} with cooling"),
        level="ministry_room",
        applies=v["server.hosting"] == "ministry_room",
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def backup_disks(v):
    """Disks for backups in the own room, bought as the data grow. [GB]"""
    need = v["storage_gb"] * v["server.backup_copies"]
    return Line(
        "backup_disks", N_("Backup disks"), CAPITAL, TRADABLE, "storage_gb", "GB", "server.ministry_room.disk_gb",
        quantity=purchases(need, 0, 0, v["server.ministry_room.life"], v["server.ministry_room.loss"]),
        life="server.ministry_room.life",
        terms={"need": need},
        working=N_("{storage_gb} GB x {server.backup_copies} copies = {need} GB needed, less {kept} still in use -> {quantity} bought"),
        level="ministry_room",
        applies=v["server.hosting"] == "ministry_room",
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def hosted(v, hosting, environment):
    """Rent of one environment at one kind of host. [core-month]"""
    return Line(
        f"{environment}_{hosting}", ENVIRONMENTS[environment] + ": " + HOSTED[hosting], RECURRENT, hosting != "government", f"{environment}_cores",
        "core-month", f"server.{hosting}.core",
        quantity=v[f"{environment}_cores"] * MONTHS,
        terms={"cores": v[f"{environment}_cores"]},
        working=N_("{cores} cores x 12 months"),
        level=hosting,
        applies=v["server.hosting"] == hosting,
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def hosted_storage(v, hosting):
    """Disk and backups at one kind of host. [GB-month]"""
    return Line(
        f"storage_{hosting}", N_("Storage and backup: ") + HOSTED[hosting], RECURRENT, hosting != "government", "storage_gb",
        "GB-month", f"server.{hosting}.storage",
        quantity=v["storage_gb"] * (1 + v["server.backup_copies"]) * MONTHS,
        working=N_("{storage_gb} GB x (1 + {server.backup_copies} backup copies) x 12 months"),
        level=hosting,
        applies=v["server.hosting"] == hosting,
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def service_fee(v):
    """Monthly fee for running openIMIS at a managed service. [month]"""
    return Line(
        "service_fee", N_("Fee of the managed service"), RECURRENT, TRADABLE, "months", "month", "server.managed.fee",
        quantity=v["active"] * MONTHS,
        working=N_("12 months"),
        level="managed",
        applies=v["server.hosting"] == "managed",
        exclusion_reason=OTHER_HOSTING,
    )  # fmt: skip


def postgresql(v):
    """PostgreSQL, which is free of charge. [core pack]"""
    return Line(
        "postgresql", N_("Database licence: PostgreSQL"), RECURRENT, TRADABLE, "production_cores", "core pack", "server.postgresql",
        quantity=v["production_cores"] / 2,
        working=N_("{production_cores} cores / 2"),
        applies=v["server.database"] == "postgresql",
        exclusion_reason=N_("another database is chosen: {server.database}"),
    )  # fmt: skip


def sql_server(v):
    """SQL Server Standard, by packs of two cores for production and recovery, at least the licence minimum. [core pack]"""
    need = v["active"] * maximum((v["production_cores"] + v["recovery_cores"]) / 2, v["server.sql_server.minimum_packs"])
    of = "server.sql_server."
    return Line(
        "sql_server", N_("Database licence: SQL Server"), CAPITAL, TRADABLE, "production_cores", "core pack", of + "pack",
        quantity=purchases(need, v[of + "at_start"], 0, v[of + "life"], 0.0),
        life=of + "life",
        existing=v[of + "at_start"],
        terms={"need": need},
        working=N_("({production_cores} + {recovery_cores} cores) / 2 = {need} packs needed, less {kept} held -> {quantity} bought"),
        applies=v["server.database"] == "sql_server",
        exclusion_reason=N_("another database is chosen: {server.database}"),
    )  # fmt: skip


def windows(v):
    """Windows Server on all environments. [core-month]"""
    total = v["production_cores"] + v["test_cores"] + v["recovery_cores"]
    return Line(
        "windows", N_("Windows Server"), RECURRENT, TRADABLE, "cores", "core-month", "server.windows_core",
        quantity=total * MONTHS,
        terms={"cores": total},
        working=N_("{cores} cores x 12 months"),
        applies=v["server.operating_system"] == "windows",
        exclusion_reason=N_("the servers run {server.operating_system}"),
    )  # fmt: skip


def certificates(v):
    """Certificates for encrypted connections. [certificate]"""
    return Line(
        "certificates", N_("Certificates"), RECURRENT, TRADABLE, "years", "certificate", "server.certificate",
        quantity=v["active"] * v["server.certificates"],
        working=N_("{server.certificates} certificates a year"),
    )  # fmt: skip


def security_audit(v):
    """Security audit with penetration test by an outside firm. [audit]"""
    return Line(
        "security_audit", N_("Security audit and penetration test"), RECURRENT, LOCAL, "years", "audit", "server.security_audit",
        quantity=v["active"] * v["server.audits_per_year"],
        working=N_("{server.audits_per_year} audits a year"),
    )  # fmt: skip


def antivirus(v):
    """Antivirus on every workstation of the schemes. [device]"""
    stations = v["workplaces"] * v["office_it.workstations.per_user"]
    return Line(
        "antivirus", N_("Antivirus"), RECURRENT, TRADABLE, "workplaces", "device", "server.antivirus",
        quantity=stations,
        terms={"stations": stations},
        working=N_("{stations} workstations"),
    )  # fmt: skip


def connectivity(v):
    """Connection of the server to the internet, where the host does not include it. [month]"""
    return Line(
        "connectivity", N_("Connection of the server"), RECURRENT, LOCAL, "months", "month", "server.connectivity",
        quantity=v["active"] * MONTHS,
        working=N_("12 months"),
        applies=(v["server.hosting"] == "ministry_room") | (v["server.hosting"] == "government"),
        exclusion_reason=N_("included in the hosting: {server.hosting}"),
    )  # fmt: skip


LINES = (
    *(partial(own_machine, environment=e) for e in ENVIRONMENTS),
    backup_disks,
    machine_upkeep,
    room_power,
    *(partial(hosted, hosting=h, environment=e) for h in HOSTED for e in ENVIRONMENTS),
    *(partial(hosted_storage, hosting=h) for h in HOSTED),
    service_fee,
    postgresql,
    sql_server,
    windows,
    certificates,
    security_audit,
    antivirus,
    connectivity,
)
