"""Facts of an openIMIS from its PostgreSQL database, in one read-only transaction with one snapshot."""

from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.openimis.address import Address
from imis_plan.openimis.baseline import Baseline, Fact, System, gap
from imis_plan.openimis.destination import database_parameters, import_psycopg, secured
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.graphql_queries import CLAIM_STATUSES, LEVEL_NAMES, OWNER_NAMES
from imis_plan.openimis.limits import cut_off_after
from imis_plan.openimis.period import Period
from imis_plan.openimis.responses import MAX_COUNT
from imis_plan.openimis.sql_queries import GROUPED, NUMBERS, USER_KEY
from imis_plan.openimis.visible_text import excerpt, visible
from imis_plan.sentence import Digits, sentence

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 10
# PostgreSQL ends a slow statement by itself; a connection that is still open after this is cut off.
GRACE_SECONDS = 2.0
# More districts, roles or statuses than any country has.
MAX_ROWS = 10_000
OTHER = "Other"
# Names of codes for which the database has no table.
CODE_NAMES: dict[str, Mapping[Any, str]] = {
    "facilities_by_owner": OWNER_NAMES,
    "facilities_by_level": LEVEL_NAMES,
    "claims_by_status": CLAIM_STATUSES,
}
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

    unencrypted : allow an unencrypted connection to another machine

    Raises SystemUnavailable where the database cannot be reached or belongs to no openIMIS, BadInput without the package psycopg.
    """
    driver = import_psycopg()
    target = secured(database_parameters(address.text), ca_file, unencrypted=unencrypted)
    options = f"-c statement_timeout={int(timeout * 1000)} -c default_transaction_read_only=on -c row_security=off"
    parameters = {
        "user": user,
        "password": password,
        "options": options,
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "imis_plan",
    }
    try:
        with driver.connect("", **target | {key: value for key, value in parameters.items() if value is not None}) as connection:
            connection.read_only = True
            connection.isolation_level = driver.IsolationLevel.REPEATABLE_READ
            return read_facts(connection, address, period, timeout + GRACE_SECONDS)
    except TimeoutError:
        raise SystemUnavailable(
            sentence(
                "The database at {host} did not complete its response within {timeout} seconds. Run it when the system is less busy, "
                "or allow more with --timeout SECONDS.",
                host=address.name,
                timeout=f"{timeout:g}",
            )
        ) from None
    except driver.Error as error:
        raise SystemUnavailable(
            sentence("The database at {host} cannot be read: {reason}.", host=address.name, reason=first_line(error))
        ) from None


def read_facts(connection: "psycopg.Connection[Row]", address: Address, period: Period, timeout: float) -> Baseline:
    """All facts. Each has its own savepoint, so that a statement without permission does not end the transaction."""
    with cut_off_after(timeout, connection.fileno()):
        user_key = user_key_column(connection)
    numbers = {name: read_fact(connection, text, period, user_key, single_number, timeout) for name, text in NUMBERS.items()}
    grouped = {
        name: read_fact(connection, text, period, user_key, numbers_by_name(name), timeout) for name, text in GROUPED.items()
    }
    system = System(
        host=address.name, kind="database", account=str(connection.info.user), release=("core 1.10 or later" if user_key == "id" else "core 1.9 or earlier"),
        day=period.day.isoformat(), year=period.year,
    )  # fmt: skip
    return Baseline(system, {**numbers, **grouped})


def user_key_column(connection: "psycopg.Connection[Row]") -> str:
    """The name of the primary key of `tblUsers`, which changed with core 1.10. Without it this is not a database of openIMIS."""
    found = connection.execute(USER_KEY).fetchone()
    if found is None:
        raise SystemUnavailable(
            sentence("This database has no openIMIS tables (no tblUsers), or the role may not use their schema.")
        )
    return str(found[0])


def read_fact(
    connection: "psycopg.Connection[Row]",
    text: str,
    period: Period,
    user_key: str,
    value: Callable[[list[Row]], Fact],
    timeout: float,
) -> Fact:
    """A fact, or a gap if the statement is refused or fails.

    Raises TimeoutError where the database neither answers nor ends the statement in time. [second]
    """
    from psycopg import errors

    statement = " ".join(text.replace("{user_key}", f'"{user_key}"').split())
    try:
        with cut_off_after(timeout, connection.fileno()), connection.transaction(), connection.cursor() as cursor:
            # Row by row, so that no more are kept in memory than are wanted.
            rows = list(islice(cursor.stream(statement.encode(), period.variables()), MAX_ROWS + 1))
    except errors.UndefinedTable as error:
        return gap(
            sentence("a table is missing, so its module is not installed: {error}", error=first_line(error)),
            "nothing to do if the module is not used",
        )
    except errors.InsufficientPrivilege as error:
        return gap(
            sentence("the role lacks permission: {error}", error=first_line(error)), "grant it SELECT, see docs/openimis.md"
        )
    except errors.QueryCanceled:
        return gap("the statement took too long", "allow more with --timeout SECONDS, or run it when the system is less busy")
    except errors.UndefinedColumn as error:
        return gap(sentence("this release has other columns: {error}", error=first_line(error)), "read the API instead")
    if len(rows) > MAX_ROWS:
        return gap(sentence("the database returned more than {number} rows", number=Digits(f"{MAX_ROWS:,}")), "check the address")
    found = value(rows)
    return found.model_copy(update={"how": statement}) if found.value is not None else found


def single_number(rows: list[Row]) -> Fact:
    """The number of a single row. A second column, if any, counts the villages without population and must be 0."""
    value, *unknown = rows[0]
    if unknown and unknown[0]:
        return gap(
            sentence("{count} of {total} villages have no population", count=unknown[0], total=unknown[1]),
            "take the population from the census",
        )
    if value is None:
        return gap("the register has no villages", "take the population from the census")
    return Fact(value=float(value)) if is_count(value) else impossible(value)


def numbers_by_name(name: str) -> Callable[[list[Row]], Fact]:
    """A function that turns rows into numbers by name."""

    def value(rows: list[Row]) -> Fact:
        if any(count is None for _, count in rows) or (not rows and name == "population_by_district"):
            return gap("villages have no population", "take the population from the census")
        if wrong := [count for _, count in rows if not is_count(count)]:
            return impossible(wrong[0])
        result: dict[str, float] = dict.fromkeys(CODE_NAMES.get(name, {}).values(), 0.0)
        for key, count in rows:
            title = CODE_NAMES[name].get(key, OTHER) if name in CODE_NAMES else visible(str(key or OTHER))
            result[title] = result.get(title, 0.0) + float(count)
        return Fact(value=result)

    return value


def is_count(value: Any) -> bool:
    """Whether a number of the database can be a count."""
    return 0 <= value <= MAX_COUNT


def impossible(value: Any) -> Fact:
    """The gap for a number that cannot be right."""
    return gap(sentence("the database returned an impossible count: {value}", value=excerpt(str(value))), "correct the register")


def first_line(error: Exception) -> str:
    """The first line of an error message of the database."""
    return excerpt((str(error).strip() or type(error).__name__).splitlines()[0]).rstrip(".")
