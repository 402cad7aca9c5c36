"""Budget lines: quantities as arithmetic, switches with their reasons, and scenarios in which there is nothing to do."""

from functools import partial

import numpy as np
import pytest

from imis_plan.model.components import (
    COMPONENTS,
    LABELS,
    additional,
    capacity,
    insurance,
    line_functions,
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
from imis_plan.model.ledger import budget
from tests.model.plans import NAMES, ledger_of, moved, plan_of


def years(*values):
    """A series by year."""
    return np.array(values, dtype=float)


ROLE = type("Role", (), {"key": "clerk"})
IT = {"at_start": 0, "age_at_start": 0, "life": 5, "loss": 0.0}
EQUIPMENT = {f"office_it.{item}.{key}": value for item in ("workstations", "printers", "scanners", "ups", "network") for key, value in IT.items()} | {
    "office_it.workstations.per_user": 0.8, "office_it.printers.per_office": 1, "office_it.scanners.per_office": 0.5, "office_it.network.per_office": 1,
    "office_it.ups.per_workplace": 0.5, "office_it.upkeep_share": 0.1,
    "offices": years(10, 20), "workplaces": years(50, 100), "office_staff": years(40, 80), "it_posts": years(10, 20),
}  # fmt: skip
PRINTING = {
    "printing.card_type": "pvc", "printing.cards_per_insured": 1, "printing.card_loss": 0.05, "printing.spoiled": 0.03,
    "printing.pages_per_enrolment": 2, "printing.pages_per_renewal": 1, "printing.pages_per_claim": 2,
    "paper_enrolments": years(100, 200), "paper_renewals": years(0, 50), "paper_claims": years(300, 600), "first_registered": years(1000, 2000), "retained": years(0, 800),
}  # fmt: skip
PHONES = {
    "agents": years(90, 190), "facilities": years(20, 20), "phones.per_agent": 1, "phones.per_facility": 0.5, "phones.at_start": 0,
    "phones.age_at_start": 0, "phones.life": 3, "phones.loss": 0.1, "phones.provided": "given", "phones.data_months": 12, "phones.data_volume": 2,
}  # fmt: skip
for name, formula in phones.DRIVERS.items():  # phones in use and bought, which several lines share
    PHONES[name] = formula(PHONES)
SOFTWARE = {
    "software.developers": "contracted", "software.customisation_days": 150, "software.integration_days": 60, "software.translation_days": 20,
    "software.maintenance_days": 70, "software.upgrade_days": 30, "setup": years(0.5, 0), "active": years(1, 1),
}  # fmt: skip
ROOM = "server.ministry_room."
SERVER = {
    "production_cores": years(16, 32), "test_cores": years(8, 16), "recovery_cores": years(8, 16), "storage_gb": years(100, 150), "active": years(1, 1),
    "workplaces": years(50, 100), "office_it.workstations.per_user": 0.8,
    "server.hosting": "ministry_room", "server.database": "sql_server", "server.operating_system": "windows", "server.backup_copies": 2,
    ROOM + "cores_per_machine": 16, ROOM + "production_at_start": 0, ROOM + "test_at_start": 1, ROOM + "recovery_at_start": 0, ROOM + "age_at_start": 4,
    ROOM + "life": 5, ROOM + "loss": 0.0, ROOM + "upkeep_share": 0.125, ROOM + "kwh_per_machine": 3500, ROOM + "cooling_factor": 1.8,
    "server.sql_server.minimum_packs": 2, "server.sql_server.at_start": 4, "server.sql_server.life": 5,
    "server.certificates": 3, "server.audits_per_year": 0.5,
}  # fmt: skip
SMS = {
    "sms.applicable": True, "sms.reached_share": 0.7, "sms.parts": 2, "sms.per_enrolment": 1, "sms.per_renewal": 2, "sms.per_claim": 1,
    "new_households": years(100, 200), "households": years(100, 250), "coverage.insured_at_start": 200, "population.household_size": 5, "claims": years(1000, 2000), "setup": years(1, 0), "active": years(1, 1),
}  # fmt: skip
MONEY = {
    "mobile_money.applicable": True, "mobile_money.providers": 2, "mobile_money.paid_share": 0.3, "mobile_money.payments_per_year": 4,
    "mobile_money.share_fee": 0.02, "mobile_money.borne_by_scheme": 0.5, "new_households": years(100, 200), "renewed_households": years(0, 50), "setup": years(1, 0),
}  # fmt: skip
TRAINING = {
    "participants.agent": years(50, 30), "sessions.agent": years(2, 2), "participants.national": years(4, 0), "sessions.national": years(1, 0),
    "capacity.agent.days": 3, "capacity.agent.allowance_share": 0.5, "capacity.agent.trips": 2, "capacity.agent.trainers_per_session": 2,
    "capacity.national.days": 10, "capacity.national.trainers_per_session": 1, "capacity.trainer_extra_days": 1, "capacity.manual_days": 40, "setup": years(1, 0),
    "capacity.trip_km": 150,
}  # fmt: skip
PAY = {
    "posts.clerk": years(3, 4), "paid_posts.clerk": years(2.5, 4), "roles.clerk.first_year": 0.5, "new_posts.clerk": years(2, 1), "replaced_posts.clerk": years(0.1, 0.3),
    "roles.clerk.on_costs": 0.2, "roles.clerk.sourcing": "in_house",
}  # fmt: skip
OTHER = {f"other.{line.__name__}.included": True for line in additional.LINES} | {
    "facilities": years(100, 200), "other.facility_power.share": 0.3, "other.facility_power.at_start": 10, "other.facility_power.life": 5, "other.facility_power.loss": 0.0,
    "other.facility_connectivity.share": 0.3, "t": years(0, 1), "time.horizon": 2, "other.project_management.years": 1, "other.project_management.posts": 2,
    "supported_users": years(1000, 2001), "other.help_desk.users_per_post": 2000, "new_households": years(100, 200), "setup": years(1, 0), "active": years(1, 1),
    "other.data_migration.records": 5000, "other.data_protection.per_year": 0.5, "other.evaluation.every": 2,
    "other.partner_staff.posts": 3, "other.partner_staff.years": 1, "other.partner_office.number": 2,
    "other.audit.per_year": 0.5,
}  # fmt: skip
INSURED = {"other.equipment_insurance.included": True, "other.equipment_insurance.rate": 0.02}

# Line, what it reads, and its quantity in two years as arithmetic.
LINES = {
    # (40 + 10) people x 0.8, then 40 more
    "workstations": (office_it.workstations, EQUIPMENT, [50 * 0.8, 100 * 0.8 - 40]),
    "printers": (office_it.printers, EQUIPMENT, [10, 10]),
    "scanners": (office_it.scanners, EQUIPMENT, [10 * 0.5, 20 * 0.5 - 5]),
    "UPS": (office_it.ups, EQUIPMENT, [50 * 0.5, 100 * 0.5 - 25]),
    "network kits": (office_it.network, EQUIPMENT, [10, 10]),
    # a tenth of the price of 40 and 80 workstations
    "upkeep of workstations": (office_it.upkeep, EQUIPMENT, [40 * 0.1, 80 * 0.1]),
    # office months x half charged x 90 kWh
    "power": (
        office_running.power,
        {"office_months": years(120, 240), "office_running.share_charged": 0.5, "office_running.power_kwh": 90},
        [5400, 10_800],
    ),
    "transport": (
        office_running.transport,
        {"office_months": years(120, 240), "office_running.share_charged": 0.5, "office_running.transport_km": 350},
        [21_000, 42_000],
    ),
    "rent": (office_running.rent, {"office_months": years(120, 240), "office_running.share_charged": 0.5}, [60, 120]),
    # households on paper x 2 pages, 3 % spoiled
    "enrolment forms": (printing.enrolment_forms, PRINTING, [100 * 2 * 1.03, 200 * 2 * 1.03]),
    "renewal forms": (printing.renewal_forms, PRINTING, [0, 50 * 1 * 1.03]),
    "claim forms": (printing.claim_forms, PRINTING, [300 * 2 * 1.03, 600 * 2 * 1.03]),
    "plastic cards": (printing.id_cards_pvc, PRINTING, [1000 * 1.03, 2000 * 1.03]),
    "lost plastic cards": (printing.replacement_pvc, PRINTING, [0, 800 * 0.05]),
    "lamination of new and lost paper cards": (
        printing.lamination,
        PRINTING | {"printing.card_type": "laminated_paper"},
        [1000 * 1.03, 2000 * 1.03 + 800 * 0.05],
    ),
    # 90 agents + 20 x 0.5 facilities = 100, then 200
    "handsets for newcomers": (phones.handsets, PHONES, [100, 100]),
    # 100 x 0.9 = 90 left, so 110 are bought, 100 of them for newcomers
    "replacement of handsets": (phones.replacements, PHONES, [0, 10]),
    "accessories": (phones.accessories, PHONES, [100, 110]),
    "mobile data": (phones.data, PHONES, [100 * 12 * 2, 200 * 12 * 2]),
    # half of the set-up is still due
    "customisation": (software.customisation, SOFTWARE, [150 * 0.5, 0]),
    "integration": (software.integration, SOFTWARE, [60 * 0.5, 0]),
    "translation": (software.translation, SOFTWARE, [20 * 0.5, 0]),
    "maintenance": (software.maintenance, SOFTWARE, [70, 70]),
    "upgrades": (software.upgrade, SOFTWARE, [30, 30]),
    # 16 cores are a machine, 32 are two
    "production machines": (lambda v: server.own_machine(v, "production"), SERVER, [1, 1]),
    # half a machine is one; the old one is in its fifth and last year
    "test machines": (lambda v: server.own_machine(v, "test"), SERVER, [0, 1]),
    "backup disks": (server.backup_disks, SERVER, [100 * 2, 50 * 2]),
    # 1 + 1 + 1, then 2 + 1 + 1 machines
    "upkeep of machines": (server.machine_upkeep, SERVER, [3 * 0.125, 4 * 0.125]),
    "power of the server room": (server.room_power, SERVER, [3 * 3500 * 1.8, 4 * 3500 * 1.8]),
    "rented cores": (lambda v: server.hosted(v, "cloud", "test"), SERVER | {"server.hosting": "cloud"}, [8 * 12, 16 * 12]),
    # the data and two copies
    "rented storage": (
        lambda v: server.hosted_storage(v, "cloud"),
        SERVER | {"server.hosting": "cloud"},
        [100 * 3 * 12, 150 * 3 * 12],
    ),
    "fee of a managed service": (server.service_fee, SERVER | {"server.hosting": "managed"}, [12, 12]),
    "PostgreSQL": (server.postgresql, SERVER | {"server.database": "postgresql"}, [8, 16]),
    # (16 + 8) / 2 = 12 packs less 4 held, then (32 + 16) / 2 = 24
    "SQL Server": (server.sql_server, SERVER, [8, 12]),
    # never fewer than the licence minimum: 2 packs, 4 are held
    "SQL Server on a small machine": (
        server.sql_server,
        SERVER | {"production_cores": years(2, 2), "recovery_cores": years(0, 0)},
        [0, 0],
    ),
    "Windows Server": (server.windows, SERVER, [32 * 12, 64 * 12]),
    "certificates": (server.certificates, SERVER, [3, 3]),
    "security audits": (server.security_audit, SERVER, [0.5, 0.5]),
    "antivirus": (server.antivirus, SERVER, [50 * 0.8, 100 * 0.8]),
    "connection of the server": (server.connectivity, SERVER, [12, 12]),
    "gateway rights": (sms.gateway_rights, SMS, [1, 0]),
    "sender name": (sms.sender_name, SMS, [1, 0]),
    # households x messages x 70 % reached x 2 parts
    "messages at enrolment": (sms.enrolment_messages, SMS, [100 * 1 * 0.7 * 2, 200 * 1 * 0.7 * 2]),
    # to the households insured at the end of the year before
    "renewal reminders": (sms.renewal_reminders, SMS, [40 * 2 * 0.7 * 2, 100 * 2 * 0.7 * 2]),
    "claim notices": (sms.claim_notices, SMS, [1000 * 0.7 * 2, 2000 * 0.7 * 2]),
    "set-up of mobile money": (mobile_money.setup, MONEY, [2, 0]),
    # households x 30 % by phone x 4 payments, half of the fee borne by the scheme
    "flat fees": (mobile_money.flat_fees, MONEY, [100 * 0.3 * 4 * 0.5, 250 * 0.3 * 4 * 0.5]),
    # 2 % of the contributions paid by phone, however many payments that takes
    "proportional fees": (mobile_money.share_fees, MONEY, [100 * 0.3 * 0.02 * 0.5, 250 * 0.3 * 0.02 * 0.5]),
    # 50 agents x 3 days at half the daily rate
    "allowances of agents": (lambda v: capacity.allowances(v, "agent"), TRAINING, [50 * 3 * 0.5, 30 * 3 * 0.5]),
    # 50 agents x 2 trips x 150 km
    "travel of agents": (lambda v: capacity.travel(v, "agent"), TRAINING, [50 * 2 * 150, 30 * 2 * 150]),
    "venue": (lambda v: capacity.venues(v, "agent"), TRAINING, [50 * 3, 30 * 3]),
    "materials": (lambda v: capacity.materials(v, "agent"), TRAINING, [50, 30]),
    # 2 sessions x 2 trainers x (3 days + 1 for the way)
    "allowances of trainers": (lambda v: capacity.trainer_allowances(v, "agent"), TRAINING, [2 * 2 * 4, 2 * 2 * 4]),
    "travel of trainers": (lambda v: capacity.trainer_travel(v, "agent"), TRAINING, [2 * 2 * 150, 2 * 2 * 150]),
    "travel of consultants": (lambda v: capacity.consultant_travel(v, "national"), TRAINING, [1 * 1, 0]),
    "consultants": (capacity.consultants, TRAINING, [1 * 1 * 11, 0]),
    "manuals": (capacity.manuals, TRAINING, [40, 0]),
    "pay": (lambda v: staff.pay(v, ROLE), PAY, [2.5 * 12, 4 * 12]),
    "on-costs": (lambda v: staff.on_costs(v, ROLE), PAY, [2.5 * 12 * 0.2, 4 * 12 * 0.2]),
    "recruitment": (lambda v: staff.recruitment(v, ROLE), PAY, [2 + 0.1, 1 + 0.3]),
    "power of facilities": (additional.facility_power, OTHER, [100 * 0.3 - 10, 30]),
    "connectivity of facilities": (additional.facility_connectivity, OTHER, [100 * 0.3 * 12, 200 * 0.3 * 12]),
    "project management": (additional.project_management, OTHER, [2 * 12, 0]),
    "help desk": (additional.help_desk, OTHER, [1 * 12, 2 * 12]),
    "information campaign": (additional.information_campaign, OTHER, [100, 200]),
    "data migration": (additional.data_migration, OTHER, [5000, 0]),
    "data protection": (additional.data_protection, OTHER, [0.5, 0.5]),
    "evaluation": (additional.evaluation, OTHER, [0, 1]),  # every two years
    "partner's staff": (additional.partner_staff, OTHER, [3 * 12, 0]),
    "partner's office": (additional.partner_office, OTHER, [2 * 12, 0]),
    "audit of the accounts": (additional.audit, OTHER, [0.5, 0.5]),  # every two years
    "second internet line": (additional.second_line, OTHER, [12, 12]),
    # 2 % of the price of 40 and 80 workstations, of 100 and 200 phones, of 3 and 4 machines
    "insurance of workstations": (partial(insurance.insurance, item="workstations"), EQUIPMENT | INSURED, [40 * 0.02, 80 * 0.02]),
    "insurance of power supplies": (partial(insurance.insurance, item="ups"), EQUIPMENT | INSURED, [25 * 0.02, 50 * 0.02]),
    "insurance of printers": (partial(insurance.insurance, item="printers"), EQUIPMENT | INSURED, [10 * 0.02, 20 * 0.02]),
    "insurance of phones": (
        partial(insurance.insurance, item="phones"),
        PHONES | INSURED | {"phones_needed": years(100, 200)},
        [100 * 0.02, 200 * 0.02],
    ),
    "insurance of servers": (partial(insurance.insurance, item="machines"), SERVER | INSURED, [3 * 0.02, 4 * 0.02]),
    "closure": (additional.closure, OTHER, [0, 1]),  # in the last year
}


@pytest.mark.parametrize(("line", "reads", "quantity"), LINES.values(), ids=LINES)
def test_a_line_is_its_arithmetic(line, reads, quantity):
    """Quantity of each line in two years, from the drivers and parameters it reads."""
    assert np.broadcast_to(line(reads).effective_quantity, 2).tolist() == pytest.approx(quantity)


# Line, what it reads besides, and why it is off.
SWITCHES = {
    "own phones": (phones.handsets, PHONES | {"phones.provided": "own"}, "agents and facilities use their own phones"),
    "own phones need no replacement": (
        phones.replacements,
        PHONES | {"phones.provided": "own"},
        "agents and facilities use their own phones",
    ),
    "own phones need no accessories": (
        phones.accessories,
        PHONES | {"phones.provided": "own"},
        "agents and facilities use their own phones",
    ),
    "no contractor": (
        software.maintenance,
        SOFTWARE | {"software.developers": "none"},
        "no developers are contracted: {software.developers}",
    ),
    "no SMS": (sms.sender_name, SMS | {"sms.applicable": False}, "the scheme sends no SMS"),
    "no mobile money": (
        mobile_money.flat_fees,
        MONEY | {"mobile_money.applicable": False},
        "contributions are not collected by mobile money",
    ),
    "cloud: no machines": (
        lambda v: server.own_machine(v, "production"),
        SERVER | {"server.hosting": "cloud"},
        "another hosting is chosen: {server.hosting}",
    ),
    "own room: no rent": (lambda v: server.hosted(v, "cloud", "test"), SERVER, "another hosting is chosen: {server.hosting}"),
    "own room: no fee": (server.service_fee, SERVER, "another hosting is chosen: {server.hosting}"),
    "cloud: the host connects": (
        server.connectivity,
        SERVER | {"server.hosting": "cloud"},
        "included in the hosting: {server.hosting}",
    ),
    "SQL Server: no PostgreSQL": (server.postgresql, SERVER, "another database is chosen: {server.database}"),
    "PostgreSQL: no licence": (
        server.sql_server,
        SERVER | {"server.database": "postgresql"},
        "another database is chosen: {server.database}",
    ),
    "Linux: no Windows": (
        server.windows,
        SERVER | {"server.operating_system": "linux"},
        "the servers run {server.operating_system}",
    ),
    "plastic: no paper cards": (printing.id_cards_laminated_paper, PRINTING, "another card type is chosen: {printing.card_type}"),
    "plastic: no QR cards": (printing.id_cards_preprinted_qr, PRINTING, "another card type is chosen: {printing.card_type}"),
    "plastic: no lost paper cards": (
        printing.replacement_laminated_paper,
        PRINTING,
        "another card type is chosen: {printing.card_type}",
    ),
    "plastic: no lost QR cards": (
        printing.replacement_preprinted_qr,
        PRINTING,
        "another card type is chosen: {printing.card_type}",
    ),
    "plastic is not laminated": (printing.lamination, PRINTING, "another card type is chosen: {printing.card_type}"),
    "contractors bear their own costs": (
        lambda v: staff.on_costs(v, ROLE),
        PAY | {"roles.clerk.sourcing": "contracted"},
        "contracted: the fee includes on-costs",
    ),
    "contractors recruit": (
        lambda v: staff.recruitment(v, ROLE),
        PAY | {"roles.clerk.sourcing": "contracted"},
        "contracted: the contractor recruits",
    ),
    "own phones are not insured": (
        partial(insurance.insurance, item="phones"),
        PHONES | INSURED | {"phones_needed": years(100, 200), "phones.provided": "own"},
        "the scheme owns none",
    ),
    "cloud: no machines to insure": (
        partial(insurance.insurance, item="machines"),
        SERVER | INSURED | {"server.hosting": "cloud"},
        "the scheme owns none",
    ),
    "nothing is insured": (
        partial(insurance.insurance, item="printers"),
        EQUIPMENT | INSURED | {"other.equipment_insurance.included": False},
        "not included in this budget",
    ),
    "left out": (additional.help_desk, OTHER | {"other.help_desk.included": False}, "not included in this budget"),
}


@pytest.mark.parametrize(("line", "reads", "reason"), SWITCHES.values(), ids=SWITCHES)
def test_a_line_that_does_not_apply_costs_nothing_and_says_why(line, reads, reason):
    """The quantity is nothing in every year; the reason takes the place of the sum."""
    off = line(reads)

    assert not np.any(off.effective_quantity)
    assert off.exclusion_reason == reason


@pytest.mark.parametrize(("per_agent", "agents"), [(0.5, (21, 22, 23)), (0.3, (30, 33, 37)), (0.7, (11, 12, 14))])
def test_replaced_handsets_are_never_fewer_than_none(per_agent, agents):
    """Half a phone of growth may find the other half of the last phone in stock: nothing is given back for it."""
    v = PHONES | {
        "agents": years(*agents),
        "facilities": years(0, 0, 0),
        "phones.per_agent": per_agent,
        "phones.loss": 0.0,
        "phones.life": 9,
    }
    for name, formula in phones.DRIVERS.items():
        v[name] = formula(v)
    first, replaced = phones.handsets(v).effective_quantity, phones.replacements(v).effective_quantity

    assert (replaced >= 0).all()
    assert (first + replaced).tolist() == phones.accessories(v).effective_quantity.tolist()  # a set with each


def test_every_component_has_a_label_and_lines():
    """The ten of the resource page, what comes besides, and contingency, in the order of the report."""
    functions = line_functions([ROLE])

    assert (*functions, "contingency") == COMPONENTS
    assert len(LABELS) == 10 + 2
    assert all(functions.values())


def test_a_line_is_unique_in_its_component():
    """Component, line and level name a row; a stored ledger rests on it."""
    ledger = ledger_of("tanzania")
    keys = ledger[["component", "line", "role_or_level", "kind", "year"]]

    assert not keys.duplicated().any()


@pytest.mark.parametrize(
    ("changes", "off"),
    [
        ({"sms.applicable": False}, {"sms"}),
        ({"mobile_money.applicable": False}, {"mobile_money"}),
        ({"software.developers": "none"}, {"software"}),
        (
            {"sms.applicable": False, "mobile_money.applicable": False, "software.developers": "none"},
            {"sms", "mobile_money", "software"},
        ),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_components_if_applicable_switch_off_cleanly(name, changes, off):
    """Each line of the component is 0 in every year and carries the reason; no other component moves."""
    ledger = budget(plan_of(name).replace(changes))
    rows = ledger[ledger["component"].isin(off)]
    reasons = {"the scheme sends no SMS", "contributions are not collected by mobile money", "no developers are contracted: none"}

    assert not rows[["quantity", "amount", "amount_usd", "amount_real"]].any(axis=None)
    assert set(rows["working"]) <= reasons
    assert set(rows["component"]) == off
    assert {component for component, _, _ in moved(ledger_of(name), ledger)} <= off


def deserted(name):
    """A scenario in which nobody is ever insured and nothing exists."""
    plan = plan_of(name)
    counts = ("at_start", "offices_at_start", "insured_at_start", "existing")
    nothing = {path: 0 for path, parameter in plan.parameters.items() if path.rpartition(".")[2] in counts and parameter.value}
    return plan.replace(nothing | {"coverage.delay": 15, "coverage.rollout": [0] * 15})


@pytest.mark.parametrize("name", NAMES)
def test_where_nobody_is_insured_nothing_that_follows_people_costs_anything(name):
    """Only project management, evaluation and closure, which follow the calendar, are left, and their contingency."""
    ledger = budget(deserted(name))
    left = ledger[(ledger["amount"] != 0) & (ledger["component"] != "contingency")]

    assert set(left["line"]) <= {"project_management", "evaluation", "closure"}
    assert set(ledger.loc[(ledger["component"] == "contingency") & (ledger["amount"] != 0), "role_or_level"]) <= {"other"}


# Nothing of one thing, and the lines that then cost nothing.
NOTHING = {
    "no claims": ({"claims.per_insured_year": 0}, {"claim_forms", "claim_notices"}),
    "no paper": ({"enrolment.paper_share": 0, "enrolment.paper_renewal_share": 0, "claims.electronic_share": 1}, {"enrolment_forms", "renewal_forms", "claim_forms"}),
    "no card": ({"printing.card_type": "none"}, {f"{line}_{card}" for line in ("id_cards", "card_replacement") for card in ("pvc", "laminated_paper", "preprinted_qr")} | {"lamination"}),
    "no facilities": ({"facilities.number": 0, "facilities.at_start": 0}, {"facility_power", "facility_connectivity", "materials_facility", "venue_facility"}),
    "no refreshers, nobody leaves, no growth of agents": ({"capacity.agent.refresher": 0, "capacity.agent.turnover": 0, "agents.basis": "given", "agents.number": 0, "agents.at_start": 0}, {"materials_agent", "venue_agent", "allowances_agent", "trainer_travel_agent"}),
    "nothing due": ({"schemes.setup_due": 0}, {"customisation", "integration", "translation", "gateway_rights", "setup", "manuals", "data_migration"}),
    "prices of nothing": ({"office_running.rent": 0, "phones.data_price": 0}, {"rent", "data"}),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "lines"), NOTHING.values(), ids=NOTHING)
@pytest.mark.parametrize("name", ["tanzania", "chad", "borsa"])
def test_nothing_of_a_thing_costs_nothing(name, changes, lines):
    """The lines that follow it are 0 in every year, and the rest of the budget still adds up."""
    ledger = budget(plan_of(name).replace(changes))

    assert ledger.loc[ledger["line"].isin(lines), "amount"].sum() == 0
    assert ledger["amount"].sum() > 0
