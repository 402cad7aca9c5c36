"""Which way the budget moves: direction tables, and changes that move exactly the lines they should."""

import numpy as np
import pytest

from imis_plan.model.ledger import budget
from tests.model.plans import NAMES, ledger_of, moved, plan_of, total

SCENARIOS = ("tanzania", "malawi", "chad", "cameroon")

# Parameter, low, high: the total rises.
RISES = [
    ("population.total", 20_000_000, 80_000_000),  # more people, more of everything
    ("coverage.target", 0.05, 0.5),
    ("claims.per_insured_year", 0.3, 2.2),
    ("facilities.number", 8_000, 16_000),
    ("facilities.users_per_facility", 1, 4),  # more people to train and to help
    ("operations.tickets_per_user", 0.2, 60),  # enough for another administrator
    ("schemes.users_per_office", 1, 6),
    ("office_it.workstations.price", 300, 1200),
    ("office_it.upkeep_share", 0.0, 0.2),
    ("office_running.internet", 10, 200),
    ("phones.data_price", 1, 5),
    ("capacity.per_diem", 10, 100),
    ("capacity.agent.refresher", 0.1, 0.9),
    ("capacity.office.days", 2, 10),
    ("staffing.annual_leave", 10, 60),  # fewer hours in a post, more posts
    ("roles.data_entry_clerk.cas", 0.05, 0.5),
    ("roles.data_entry_clerk.workload.claims.minutes", 1, 60),
    ("roles.system_administrator.pay", 100, 1000),
    ("roles.system_administrator.on_costs", 0.0, 0.4),
    ("server.antivirus", 5, 100),
    ("server.sizing.call_factor", 1, 200),  # more load, a larger machine
    ("software.maintenance_days", 20, 200),
    ("contingency.physical.staff", 0.0, 0.2),
    ("contingency.price_margin", 0.0, 0.05),
    ("money.home_inflation_forward", 0.02, 0.2),
]
# Parameter, low, high: the total falls.
FALLS = [
    ("staffing.hours_per_day", 5, 8),  # a longer day, fewer posts
    ("capacity.agent.class_size", 10, 60),  # larger classes, fewer sessions
    ("coverage.delay", 0, 2),  # later is less within the horizon
    ("claims.electronic_share", 0.0, 1.0),  # nothing to print and to key
    ("enrolment.returning_share", 0.0, 0.9),  # no new card for those who come back
    ("roles.data_entry_clerk.rounding", 1, 0.5),  # from high to low: half posts cost less
    ("office_it.workstations.life", 2, 8),  # replaced later
]
# Parameter, low, high: nothing moves.
STAYS = [
    ("money.discount_rate", 0.0, 0.1),  # a view of the same money
    ("server.government.core", 1, 100),  # where another hosting is chosen
    ("server.managed.fee", 1, 9000),
    ("agents.number", 1, 99_999),  # where agents follow the households
    ("printing.card_pvc", 0.1, 5),  # where another card is chosen
    ("other.help_desk.price", 1, 9999),  # a line that is left out
]

# Without the minimum of half a clerk in each office, so that clerks follow the work in every scenario: where offices are many
# and claims few, as in Tanzania, the minimum is more than the work.
CLERKS_BY_WORK = {"roles.data_entry_clerk.cover.posts": 0}


def totals(name, path, low, high):
    """The budget at both ends."""
    plan = plan_of(name)
    if path.startswith(("staffing.", "roles.data_entry_clerk.")):  # how much one clerk does
        plan = plan.replace(CLERKS_BY_WORK)
    if path.startswith("contingency."):  # shares that only one method reads
        plan = plan.replace({"contingency.method": "lines"})
    return [total(plan.replace({path: value, "coverage.shrinks": True})) for value in (low, high)]


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize(("path", "low", "high"), RISES)
def test_the_budget_rises_with(name, path, low, high):
    """Each of these can only make the plan costlier."""
    cheap, costly = totals(name, path, low, high)

    assert cheap < costly


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize(("path", "low", "high"), FALLS)
def test_the_budget_falls_with(name, path, low, high):
    """Each of these can only make the plan cheaper."""
    costly, cheap = totals(name, path, low, high)

    assert cheap < costly or (path.endswith("rounding") and cheap <= costly)


@pytest.mark.parametrize(("path", "low", "high"), STAYS)
def test_the_budget_does_not_care_for(path, low, high):
    """A figure of a choice that was not made costs nothing."""
    one, two = totals("chad", path, low, high)

    assert one == two


LEVELS = ("agent", "facility", "office", "national")
COURSE = ("allowances", "travel", "venue", "materials", "trainer_allowances", "trainer_travel")


def training(*levels):
    """Lines of the courses of some levels."""
    return {("capacity", f"{line}_{level}", level) for level in levels for line in COURSE}


def posts(role):
    """Lines that follow the posts of a role."""
    return {("staff", line, role) for line in ("pay", "on_costs", "recruitment")}


def hosted(hosting):
    """Lines of rented servers, which follow their size."""
    return {("server", f"{what}_{hosting}", hosting) for what in ("production", "test", "recovery", "storage")}


def insurance(*items):
    """Insurance of equipment: it is a share of the price of the pieces in use, so it moves with them."""
    return {("other", f"insurance_{item}", "") for item in items}


WORKPLACES = (
    {("office_it", line, "") for line in ("workstations", "ups", "upkeep")}
    | insurance("workstations", "ups")
    | {("server", "antivirus", "")}
)
ROOM = {
    ("server", line, "ministry_room")
    for line in ("production_machines", "test_machines", "recovery_machines", "backup_disks", "machine_upkeep", "room_power")
} | insurance("machines")
LINE = {("server", "connectivity", "")}
CLERKS = posts("data_entry_clerk") | WORKPLACES | training("office")  # clerks sit in offices and are trained there
LICENCES = {("server", "sql_server", ""), ("server", "windows", "")}
FORMS = {("printing", line, "") for line in ("enrolment_forms", "renewal_forms", "claim_forms")}
MESSAGES = {("sms", line, "") for line in ("enrolment_messages", "renewal_reminders")}
# One session holds the whole team: trainers stay.
NATIONAL_TEAM = WORKPLACES | {("capacity", f"{line}_national", "national") for line in COURSE[:4]}
# More than one where the cores are more than one looks after, so its posts follow the size of the server too.
SERVER_ADMINISTRATOR = posts("server_administrator") | NATIONAL_TEAM


def cards(*types):
    """Cards of some types, new and lost; paper ones are laminated."""
    lines = {("printing", f"{line}_{card}", "") for card in types for line in ("id_cards", "card_replacement")}
    return lines | ({("printing", "lamination", "")} if "laminated_paper" in types else set())


# Tanzania: government data centre, SQL Server and Windows, paper cards, developers contracted, 16,000 agents from the start.
TANZANIA = {
    "half the claims: forms, clerks, a smaller server, and less of an administrator": (
        {"claims.per_insured_year": 0.35},
        {("printing", "claim_forms", "")} | CLERKS | hosted("government") | LICENCES | SERVER_ADMINISTRATOR,
    ),
    "claims entered by facilities: forms and clerks; the load on the server stays": (
        {"claims.electronic_share": 1.0},
        {("printing", "claim_forms", "")} | CLERKS,
    ),
    "two years later: all that follows people; not the agents and offices, who are there already": (
        {"coverage.delay": 2.0},
        FORMS
        | cards("laminated_paper")
        | CLERKS
        | training("facility")
        | hosted("government")
        | LICENCES
        | SERVER_ADMINISTRATOR
        | MESSAGES
        | {("mobile_money", "flat_fees", "")},
    ),
    "cloud: the host connects, and less of an administrator": (
        {"server.hosting": "cloud"},
        # Half a post less from the fourth year on; half a workstation less is within the rounding to whole ones.
        hosted("government") | hosted("cloud") | LINE | (SERVER_ADMINISTRATOR - {("office_it", "workstations", "")}),
    ),
    "managed: a fee, and less of an administrator": (
        {"server.hosting": "managed"},
        hosted("government") | hosted("managed") | {("server", "service_fee", "managed")} | LINE | SERVER_ADMINISTRATOR,
    ),
    "own room: machines, power, disks, and more of an administrator": (
        {"server.hosting": "ministry_room"},
        hosted("government") | ROOM | SERVER_ADMINISTRATOR,
    ),
    "the same hosting: nothing": ({"server.hosting": "government"}, set()),
    "no SMS: gateway rights and sender name are paid already": ({"sms.applicable": False}, MESSAGES),
    "no mobile money: the set-up is paid already, the fee is flat": (
        {"mobile_money.applicable": False},
        {("mobile_money", "flat_fees", "")},
    ),
    "own phones: data is still paid": (
        {"phones.provided": "own"},
        {("phones", line, "") for line in ("handsets", "replacements", "accessories")} | insurance("phones"),
    ),
    "own developers: posts of the national team in place of a contract": (
        {"software.developers": "in_house"},
        {("software", line, "") for line in ("customisation", "integration", "translation", "maintenance", "upgrade")}
        | posts("developer")
        | NATIONAL_TEAM,
    ),
    "plastic cards": ({"printing.card_type": "pvc"}, cards("laminated_paper", "pvc")),
    "QR cards": ({"printing.card_type": "preprinted_qr"}, cards("laminated_paper", "preprinted_qr")),
    "no cards": ({"printing.card_type": "none"}, cards("laminated_paper")),
    "PostgreSQL": ({"server.database": "postgresql"}, {("server", "sql_server", "")}),  # its own line costs nothing
    "Linux": ({"server.operating_system": "linux"}, {("server", "windows", "")}),
}


@pytest.mark.parametrize(("changes", "lines"), TANZANIA.values(), ids=TANZANIA)
def test_a_decision_moves_exactly_its_lines(changes, lines):
    """No line more and no line less, in Tanzania, if its fund grew to 6 % of the people."""
    plan = plan_of("tanzania").replace({"coverage.target": 0.06} | CLERKS_BY_WORK)
    before, after = budget(plan), budget(plan.replace(changes))

    assert moved(before, after) == lines


def halved(plan, path):
    """Half of a path, however it is written."""
    value = plan[path]
    return [x / 2 for x in value] if isinstance(value, tuple) else value / 2


def paper_claims(plan):
    """Whether anything is claimed on paper: a register of clients, such as Zanzibar's, knows no claims."""
    return bool(np.any(plan["claims.per_insured_year"]) and np.min(plan["claims.electronic_share"]) < 1)


SIZE = (
    {line for hosting in ("government", "cloud", "managed") for line in hosted(hosting)}
    | ROOM
    | LICENCES
    | {("server", "postgresql", "")}
)
PEOPLE = (
    FORMS | cards("laminated_paper", "pvc", "preprinted_qr") | MESSAGES | {("sms", "claim_notices", "")}
    | {("mobile_money", line, "") for line in ("flat_fees", "share_fees")}
)  # fmt: skip
FOLLOW_CLAIMS = (
    {("printing", "claim_forms", ""), ("sms", "claim_notices", "")} | CLERKS | SIZE | SERVER_ADMINISTRATOR | training("national")
)


@pytest.mark.parametrize("name", NAMES)
def test_half_the_claims_move_only_what_follows_claims(name):
    """In every scenario: forms and notices, clerks with their places and courses, the size of the server, its administrator."""
    plan = plan_of(name)
    after = budget(plan.replace({"claims.per_insured_year": halved(plan, "claims.per_insured_year")}))
    lines = moved(ledger_of(name), after)

    assert lines <= FOLLOW_CLAIMS
    assert (("printing", "claim_forms", "") in lines) == paper_claims(plan)
    assert (after["amount"].sum() < ledger_of(name)["amount"].sum()) == bool(lines)


@pytest.mark.parametrize("name", NAMES)
def test_electronic_claims_move_only_paper_and_clerks(name):
    """In every scenario: the claims are the same, and so is the load on the server."""
    lines = moved(ledger_of(name), budget(plan_of(name).replace({"claims.electronic_share": 1})))

    assert (("printing", "claim_forms", "") in lines) == paper_claims(plan_of(name))
    assert lines <= {("printing", "claim_forms", "")} | CLERKS | training("national")


@pytest.mark.parametrize("name", NAMES)
def test_two_years_later_no_price_moves(name):
    """In every scenario only quantities move: the price of a year is what it was, and so is project management."""
    before, after = ledger_of(name), budget(plan_of(name).replace({"coverage.delay": plan_of(name)["coverage.delay"] + 2}))
    base, late = (frame[frame["component"] != "contingency"].reset_index(drop=True) for frame in (before, after))

    assert late[["unit_price", "price_index", "exchange_rate"]].equals(base[["unit_price", "price_index", "exchange_rate"]])
    assert ("other", "project_management", "") not in moved(before, after)
    assert after["amount"].sum() < before["amount"].sum()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("hosting", ["ministry_room", "government", "cloud", "managed"])
def test_hosting_moves_only_servers_and_their_administrator(name, hosting):
    """In every scenario and among all four; what is not hosted there costs nothing there."""
    after = budget(plan_of(name).replace({"server.hosting": hosting}))
    elsewhere = {"ministry_room", "government", "cloud", "managed"} - {hosting}

    allowed = SIZE | LINE | {("server", "service_fee", "managed")} | SERVER_ADMINISTRATOR | training("national", "office")
    assert moved(ledger_of(name), after) <= allowed
    assert after.loc[after["role_or_level"].isin(elsewhere) & (after["component"] == "server"), "amount"].sum() == 0


def test_a_price_moves_only_the_lines_it_is_the_price_of():
    """A costlier day moves allowances, of participants and of trainers, and nothing else."""
    after = budget(plan_of("tanzania").replace({"capacity.per_diem": 120_000}))

    lines = {("capacity", f"{line}_{level}", level) for line in ("allowances", "trainer_allowances") for level in LEVELS}
    assert moved(ledger_of("tanzania"), after) == lines
