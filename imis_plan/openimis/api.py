"""Facts of a running openIMIS through its interface: each a number that is complete, or a gap with its reason."""

import base64
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from imis_plan.openimis import graphql_queries, pagination
from imis_plan.openimis.baseline import Baseline, Fact, System, gap
from imis_plan.openimis.errors import Missing
from imis_plan.openimis.graphql_queries import COUNTS, SPLITS, Count, Split
from imis_plan.openimis.pagination import pages
from imis_plan.openimis.period import Period
from imis_plan.openimis.session import Session

Reader = Callable[[], Fact]
OTHER = "Other"
# What Python says where an answer is JSON, yet not of the form that was asked for.
UNEXPECTED = (KeyError, TypeError, AttributeError, IndexError)
OTHER_FORM = "the server's answer has another form than the question asked for"


def read(session: Session, period: Period, user: str) -> Baseline:
    """Every fact that the account can see whole."""
    system = System(
        host=session.address.name, kind="API", account=user, release=session.release, day=period.day.isoformat(), year=period.year
    )
    blinkers = partial(session)
    facts: dict[str, Fact] = {}
    for name, (cut, reader) in readers(session, period, facts).items():
        facts[name] = gap(*blinkers) if cut and blinkers else reader()
    return Baseline(system, facts)


def readers(session: Session, period: Period, facts: Mapping[str, Fact]) -> dict[str, tuple[bool, Reader]]:
    """How each fact is read, and whether an account sees those of its own districts only. `facts` are those read before."""
    dates = period.variables()
    counts = {name: (one.cut, counted(session, one, dates)) for name, one in COUNTS.items()}
    splits = {name: (one.cut, split(session, one, dates, facts)) for name, one in SPLITS.items()}
    covered, villages = cache(lambda: pagination.covered(session, dates, facts)), cache(lambda: pagination.population(session))
    return {
        **counts,
        **splits,
        "covered": (True, lambda: told("policy", graphql_queries.POLICIES, lambda: covered()[0])),
        "insured_families": (True, lambda: told("policy", graphql_queries.POLICIES, lambda: covered()[1])),
        "officers": (True, lambda: told("core", graphql_queries.OFFICERS, lambda: pagination.officers(session, dates["day"]))),
        "population": (True, lambda: told("location", "", lambda: villages()[0])),
        "population_by_district": (True, lambda: told("location", "", lambda: villages()[1])),
        "users_by_role": (
            False,
            lambda: told("core", f"{graphql_queries.USERS} and {graphql_queries.ROLES}", lambda: by_role(session)),
        ),
        "products": (False, lambda: told("product", graphql_queries.PRODUCTS, lambda: products(session))),
    }


def partial(session: Session) -> tuple[str, str] | None:
    """Why an account sees a part of the country only, and what to do; None where it sees all of it."""
    try:
        mine = {district["code"] for district in session.ask(graphql_queries.MINE)["userDistricts"] or ()}
        every = {node["code"] for node in pages(session, graphql_queries.DISTRICTS) if not node["validityTo"]}
    except Missing as error:
        return f"whether the account sees every district cannot be known: {error.missing}", error.remedy
    except UNEXPECTED:
        return f"whether the account sees every district cannot be known: {OTHER_FORM}", "read the database"
    unseen = sorted(every - mine)
    if every and not unseen:
        return None
    if not every:
        return "the register has no districts", "enter the districts, or read the database"
    names = ", ".join(unseen[:5]) + (f" and {len(unseen) - 5} more" if len(unseen) > 5 else "")  # noqa: PLR2004  # as long as a line
    why = f"the account sees {len(every) - len(unseen)} of {len(every)} districts, so the figure would be a part of the whole"
    return why, f"give the account these districts too: {names}"


def told(module: str, right: str, reader: Callable[[], Fact]) -> Fact:
    """A fact, or the gap where the account or the installation does not answer, with the right or the module named."""
    try:
        return reader()
    except Missing as error:
        if "right" in error.missing and right:
            return gap(f"the account has not the right {right}", "grant it to a role of the account, see docs/openimis.md")
        if "does not have the query" in error.missing:
            return gap(f"the module {module} is not installed, or has another release", error.remedy)
        return gap(error.missing, error.remedy)
    except UNEXPECTED:
        return gap(OTHER_FORM, "read the database")


def counted(session: Session, one: Count, dates: Mapping[str, str]) -> Reader:
    """Reads a count."""

    def reader() -> Fact:
        found = session.ask(one.query, dates)
        return Fact(value=sum(total(part) for part in found.values()), how=one.query)

    return lambda: told(one.module, one.right, reader)


def split(session: Session, one: Split, dates: Mapping[str, str], facts: Mapping[str, Fact]) -> Reader:
    """Reads counts by name; what none of the names has is the rest of the whole."""

    def reader() -> Fact:
        found = session.ask(one.query, dates)
        values = {one.names[key.removeprefix("c_")]: total(part) for key, part in found.items()}
        whole = facts[one.whole].value
        rest = whole - sum(values.values()) if isinstance(whole, int | float) else 0
        if rest < 0:
            raise Missing("the parts are more than the whole", "run it again at a quiet hour")
        return Fact(value={**values, **({OTHER: rest} if rest else {})}, how=one.query)

    return lambda: told(one.module, one.right, reader)


def total(part: Any) -> int:
    """The total of a connection; nothing at all is not 0."""
    found = part.get("totalCount") if isinstance(part, dict) else None
    if not isinstance(found, int) or isinstance(found, bool):
        raise Missing("the server answered without a total", "ask whoever runs the server")
    return found


def by_role(session: Session) -> Fact:
    """Users by role. One with several roles counts in each."""
    answered = session.ask(graphql_queries.ALL_ROLES)["role"]
    roles = [edge["node"] for edge in answered["edges"]]
    if total(answered) > len(roles):
        raise Missing(f"there are {total(answered)} roles, and the server shows {len(roles)}", "read the database")
    if not roles:
        raise Missing("the server shows no roles", "read the database")
    parts = (f"r{i}: {graphql_queries.count('users', f'roles: [{number(role)}]')}" for i, role in enumerate(roles))
    query = f"{{ {' '.join(parts)} }}"
    found = session.ask(query)
    return Fact(
        value=summed((role["name"], total(found[f"r{i}"])) for i, role in enumerate(roles)), how="users by role: " + query
    )


def summed(pairs: Iterator[tuple[str, int]]) -> dict[str, float]:
    """Values by name; equal names are added."""
    result: dict[str, float] = {}
    for name, value in pairs:
        result[name] = result.get(name, 0) + value
    return result


def number(node: Mapping[str, Any]) -> int:
    """The number inside a node's id, `RoleGQLType:2` in base 64."""
    try:
        return int(base64.b64decode(node["id"]).decode().rpartition(":")[2])
    except ValueError:
        raise Missing(f"the id of role {node.get('name')} holds no number", "read the database") from None


def products(session: Session) -> Fact:
    """Insurance products, through FHIR: GraphQL hides those of a region from an account that has districts."""
    return Fact(value=session.total("InsurancePlan"), how="GET api/api_fhir_r4/InsurancePlan/?_count=1")
