"""Facts of an openIMIS straight from its PostgreSQL database, in one read-only transaction that sees one moment."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.openimis.address import Address
from imis_plan.openimis.baseline import Baseline, Fact, System, gap
from imis_plan.openimis.errors import Unreadable
from imis_plan.openimis.graphql_queries import CLAIMS, LEVELS, OWNERS
from imis_plan.openimis.period import Period
from imis_plan.openimis.sql_queries import GROUPED, NUMBERS, RELEASE
from imis_plan.problems import BadInput, Problem

if TYPE_CHECKING:
    import psycopg

CONNECT = 10
OTHER = "Other"
# How codes are called that have no table of names.
NAMES: dict[str, Mapping[Any, str]] = {"facilities_by_owner": OWNERS, "facilities_by_level": LEVELS, "claims_by_status": CLAIMS}
Row = tuple[Any, ...]


def read(
    address: Address,
    period: Period,
    user: str | None,
    password: str | None,
    ca_file: Path | None = None,
    timeout: float = 60.0,
    *,
    unencrypted: bool = False,
) -> Baseline:
    """Every fact that the role may select.

    unencrypted : whether an open connection to another machine is insisted on.

    Raises Unreadable where the database cannot be reached or is no openIMIS's, BadInput without the package psycopg.
    """
    driver = psycopg_or_problem()
    safety = {} if unencrypted or address.is_loopback else {"sslmode": "verify-full", "sslrootcert": str(ca_file or "system")}
    options = f"-c statement_timeout={int(timeout * 1000)} -c default_transaction_read_only=on -c row_security=off"
    given = {
        "user": user,
        "password": password,
        "options": options,
        "connect_timeout": CONNECT,
        "application_name": "imis_plan",
        **safety,
    }
    try:
        with driver.connect(address.text, **{key: value for key, value in given.items() if value is not None}) as connection:
            connection.read_only = True
            connection.isolation_level = driver.IsolationLevel.REPEATABLE_READ
            return facts_of(connection, address, period)
    except driver.Error as error:
        raise Unreadable(f"The database at {address.name} cannot be read: {first_line(error)}.") from None


def psycopg_or_problem() -> Any:
    """The driver, which is an extra."""
    try:
        import psycopg
    except ImportError:
        raise BadInput([Problem("psycopg", None, "", "not installed", "pip install imis_plan[sql]")]) from None
    return psycopg


def facts_of(connection: "psycopg.Connection[Row]", address: Address, period: Period) -> Baseline:
    """All facts, each in a savepoint of its own, so that one without permission leaves the others."""
    keyed = key_of_users(connection)
    numbers = {name: one(connection, text, period, keyed, number) for name, text in NUMBERS.items()}
    grouped = {name: one(connection, text, period, keyed, groups(name)) for name, text in GROUPED.items()}
    system = System(
        host=address.name, kind="database", account=str(connection.info.user), release=("core 1.10 or later" if keyed == "id" else "core 1.9 or earlier"),
        day=period.day.isoformat(), year=period.year,
    )  # fmt: skip
    return Baseline(system, {**numbers, **grouped})


def key_of_users(connection: "psycopg.Connection[Row]") -> str:
    """The name of the key of `tblUsers`, which changed with core 1.10. Tells at once whether this is an openIMIS at all."""
    found = connection.execute(RELEASE).fetchone()
    if found is None:
        raise Unreadable("This database has no openIMIS tables (no tblUsers), or the role may not use their schema.")
    return str(found[0])


def one(connection: "psycopg.Connection[Row]", text: str, period: Period, keyed: str, value: Callable[[list[Row]], Fact]) -> Fact:
    """A fact, or the gap where the statement is refused or fails."""
    from psycopg import errors

    statement = " ".join(text.replace("{user_key}", f'"{keyed}"').split())
    try:
        with connection.transaction():
            rows = connection.execute(statement.encode(), period.variables()).fetchall()
    except errors.UndefinedTable as error:
        return gap(
            f"a table is missing, so its module is not installed: {first_line(error)}", "nothing, if the module is not used"
        )
    except errors.InsufficientPrivilege as error:
        return gap(f"the role may not read it: {first_line(error)}", "grant select on it, see docs/openimis.md")
    except errors.QueryCanceled:
        return gap("the statement took too long", "give it more with --timeout SECONDS, or read at a quiet hour")
    except errors.UndefinedColumn as error:
        return gap(f"this release has other columns: {first_line(error)}", "read the interface instead")
    found = value(rows)
    return found.model_copy(update={"how": statement}) if found.value is not None else found


def number(rows: list[Row]) -> Fact:
    """The number of a single row; where a second column says how many rows hold none, it must be 0."""
    value, *unknown = rows[0]
    if unknown and unknown[0]:
        return gap(f"{unknown[0]} of {unknown[1]} villages hold no population", "take the population from the census")
    if value is None:
        return gap("the register has no villages", "take the population from the census")
    return Fact(value=float(value))


def groups(name: str) -> Callable[[list[Row]], Fact]:
    """Numbers by name."""

    def value(rows: list[Row]) -> Fact:
        if any(count is None for _, count in rows) or (not rows and name == "population_by_district"):
            return gap("villages hold no population", "take the population from the census")
        result: dict[str, float] = dict.fromkeys(NAMES.get(name, {}).values(), 0.0)
        for key, count in rows:
            title = NAMES[name].get(key, OTHER) if name in NAMES else str(key or OTHER)
            result[title] = result.get(title, 0.0) + float(count)
        return Fact(value=result)

    return value


def first_line(error: Exception) -> str:
    """The first line of a message of the database's."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
