"""Facts of a running openIMIS through its API: each is a complete number, or a gap with its reason."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from imis_plan.openimis import graphql_queries, pagination
from imis_plan.openimis.baseline import Baseline, Fact, System, gap
from imis_plan.openimis.errors import FactUnavailable
from imis_plan.openimis.graphql_queries import COUNTS, SPLITS, Count, Split
from imis_plan.openimis.pagination import pages
from imis_plan.openimis.period import Period
from imis_plan.openimis.responses import checked_count
from imis_plan.openimis.session import Session
from imis_plan.openimis.visible_text import excerpt
from imis_plan.scenario.localized_text import N_
from imis_plan.sentence import Sentence, sentence

Reader = Callable[[], Fact]
OTHER = "Other"
SHOWN = 5  # districts in a line
# A field with arguments and, before it, its alias.
COUNTED = re.compile(r"(\w+)(?:: \w+)?\(first: 1")
# Raised where an answer is JSON, but has not the structure of the query.
UNEXPECTED_FORM = (KeyError, TypeError, AttributeError, IndexError, ValueError, OverflowError)
FORM_SENTENCE = sentence("the structure of the server's answer does not match the query")
DISTRICTS_UNKNOWN = N_("it is not known whether the account sees every district: {reason}")


def read(session: Session, period: Period, user: str) -> Baseline:
    """Every fact, with a gap for each that the account cannot see completely."""
    system = System(
        host=session.address.name, kind="API", account=user, release=session.release, day=period.day.isoformat(), year=period.year
    )
    restriction = district_restriction(session)
    facts: dict[str, Fact] = {}
    for name, (limited_by_district, reader) in readers(session, period, facts).items():
        facts[name] = gap(*restriction) if limited_by_district and restriction else reader()
    return Baseline(system, facts)


def readers(session: Session, period: Period, facts: Mapping[str, Fact]) -> dict[str, tuple[bool, Reader]]:
    """How each fact is read, and whether openIMIS limits it to the districts of the account.

    facts : facts already read
    """
    dates = period.variables()
    counts = {
        name: (definition.limited_by_district, count_reader(session, definition, dates)) for name, definition in COUNTS.items()
    }
    splits = {
        name: (definition.limited_by_district, split_reader(session, definition, dates, facts))
        for name, definition in SPLITS.items()
    }
    covered_people, village_population = (
        cache(lambda: pagination.covered_people(session, dates, facts)),
        cache(lambda: pagination.population(session)),
    )
    return {
        **counts,
        **splits,
        "covered": (True, lambda: fact_or_gap("policy", graphql_queries.POLICIES_RIGHT, lambda: covered_people()[0])),
        "insured_families": (True, lambda: fact_or_gap("policy", graphql_queries.POLICIES_RIGHT, lambda: covered_people()[1])),
        "officers": (
            True,
            lambda: fact_or_gap(
                "core", graphql_queries.OFFICERS_RIGHT, lambda: pagination.officers_at_work(session, dates["day"])
            ),
        ),
        "population": (True, lambda: fact_or_gap("location", "", lambda: village_population()[0])),
        "population_by_district": (True, lambda: fact_or_gap("location", "", lambda: village_population()[1])),
        "users_by_role": (
            False,
            lambda: fact_or_gap(
                "core", f"{graphql_queries.USERS_RIGHT} and {graphql_queries.ROLES_RIGHT}", lambda: users_by_role(session)
            ),
        ),
        "products": (False, lambda: fact_or_gap("product", graphql_queries.PRODUCTS_RIGHT, lambda: products(session))),
    }


def district_restriction(session: Session) -> tuple[str, str] | None:
    """Why an account sees only a part of the country, and the remedy; None if it sees all districts."""
    try:
        own_districts = {
            text_at(district, "code") for district in session.query_data(graphql_queries.USER_DISTRICTS)["userDistricts"] or ()
        }
        all_districts = {text_at(node, "code") for node in pages(session, graphql_queries.DISTRICTS) if not node["validityTo"]}
    except FactUnavailable as error:
        return Sentence.of(DISTRICTS_UNKNOWN, {"reason": error.missing}), error.remedy
    except UNEXPECTED_FORM:
        return Sentence.of(DISTRICTS_UNKNOWN, {"reason": FORM_SENTENCE}), sentence("read the database")
    unseen = sorted(all_districts - own_districts)
    if all_districts and not unseen:
        return None
    if not all_districts:
        return sentence("the register has no districts"), sentence("enter the districts, or read the database")
    names = ", ".join(map(excerpt, unseen[:SHOWN]))
    if len(unseen) > SHOWN:
        names = sentence("{names} and {count} more", names=names, count=len(unseen) - SHOWN)
    why = sentence(
        "the account sees {count} of {total} districts, so the figure would be incomplete",
        count=len(all_districts) - len(unseen),
        total=len(all_districts),
    )
    return why, sentence("give the account these districts as well: {names}", names=names)


def fact_or_gap(module: str, right: str, reader: Callable[[], Fact]) -> Fact:
    """A fact, or a gap that names the right or the module that is missing."""
    try:
        return reader()
    except FactUnavailable as error:
        if "right" in error.missing and right:
            return gap(
                sentence("the account lacks the right {right}", right=right),
                "grant it to a role of the account, see docs/openimis.md",
            )
        if "does not have the query" in error.missing:
            return gap(sentence("the module {module} is not installed, or is of another release", module=module), error.remedy)
        return gap(error.missing, error.remedy)
    except UNEXPECTED_FORM:
        return gap(FORM_SENTENCE, "read the database")


def count_reader(session: Session, definition: Count, dates: Mapping[str, str]) -> Reader:
    """A function that reads a count."""

    def reader() -> Fact:
        found = session.query_data(definition.query, dates)
        return Fact(value=sum(total_count(found.get(alias)) for alias in aliases(definition.query)), how=definition.query)

    return lambda: fact_or_gap(definition.module, definition.right, reader)


def split_reader(session: Session, definition: Split, dates: Mapping[str, str], facts: Mapping[str, Fact]) -> Reader:
    """A function that reads counts by category; the remainder to the total is the category Other."""

    def reader() -> Fact:
        found = session.query_data(definition.query, dates)
        values = {name: total_count(found.get(f"c_{code}")) for code, name in definition.names.items()}
        total = facts[definition.total].value
        rest = total - sum(values.values()) if isinstance(total, int | float) else 0
        if rest < 0:
            raise FactUnavailable("the categories add up to more than the total", "run it again when the system is less busy")
        return Fact(value={**values, **({OTHER: rest} if rest else {})}, how=definition.query)

    return lambda: fact_or_gap(definition.module, definition.right, reader)


def aliases(query: str) -> list[str]:
    """The names under which a query of counts is answered: `s2` in `s2: policies(...)`, else the field itself."""
    return COUNTED.findall(query)


def text_at(node: Mapping[str, Any], key: str) -> str:
    """A text of a node.

    Raises ValueError for anything else, and for an empty one.
    """
    if not isinstance(node[key], str) or not node[key]:
        raise ValueError(key)
    return str(node[key])


def total_count(part: Any) -> int:
    """The total of a connection."""
    return checked_count(part.get("totalCount") if isinstance(part, dict) else None)


def users_by_role(session: Session) -> Fact:
    """Users by role. A user with several roles counts in each."""
    answered = session.query_data(graphql_queries.ALL_ROLES)["role"]
    roles = [edge["node"] for edge in answered["edges"]]
    if total_count(answered) > len(roles):
        raise FactUnavailable(
            sentence("there are {count} roles, and the server shows {shown}", count=total_count(answered), shown=len(roles)),
            "read the database",
        )
    if not roles:
        raise FactUnavailable("the server shows no roles", "read the database")
    parts = (f"r{i}: {graphql_queries.count('users', f'roles: [{id_number(role)}]')}" for i, role in enumerate(roles))
    query = f"{{ {' '.join(parts)} }}"
    found = session.query_data(query)
    return Fact(
        value=sums_by_name((text_at(role, "name"), total_count(found[f"r{i}"])) for i, role in enumerate(roles)),
        how="users by role: " + query,
    )


def sums_by_name(pairs: Iterator[tuple[str, int]]) -> dict[str, float]:
    """Sums of values with the same name."""
    result: dict[str, float] = {}
    for name, value in pairs:
        result[name] = result.get(name, 0) + value
    return result


def id_number(node: Mapping[str, Any]) -> int:
    """The number in the id of a node: 2 in `RoleGQLType:2`, which is encoded in base 64."""
    try:
        return int(base64.b64decode(node["id"]).decode().rpartition(":")[2])
    except ValueError:
        raise FactUnavailable(
            sentence("the id of the role {name} contains no number", name=excerpt(str(node.get("name")))), "read the database"
        ) from None


def products(session: Session) -> Fact:
    """Insurance products, through FHIR: GraphQL hides regional products from accounts that are limited to districts."""
    return Fact(value=session.total_count("InsurancePlan"), how="GET api/api_fhir_r4/InsurancePlan/?_count=1")
