"""Facts that must be read page by page: the API has no count of them, or counts too many."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.openimis import graphql_queries
from imis_plan.openimis.baseline import Fact
from imis_plan.openimis.errors import FactUnavailable
from imis_plan.openimis.responses import checked_count
from imis_plan.openimis.session import Session
from imis_plan.sentence import Digits, sentence

# A page of policies takes seconds; the database counts larger numbers faster.
MAX_POLICIES = 2000
# More pages of officers or villages than any country has.
MAX_PAGES = 1000
DATABASE_REMEDY = sentence("read the database instead: imis-plan baseline postgresql://...")


def pages(session: Session, query: str, variables: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """The nodes of a list, page by page. A page has at most 100."""
    cursor, seen = None, set()
    for _ in range(MAX_PAGES):
        page = session.query_data(query, {**(variables or {}), "after": cursor})["page"]
        if page is None:
            raise FactUnavailable("the server answered without a list", "ask the administrator of the server")
        yield from (edge["node"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        cursor = page["pageInfo"]["endCursor"]
        if cursor in seen:
            break
        seen.add(cursor)
    raise FactUnavailable("the list has no end", DATABASE_REMEDY)


def officers_at_work(session: Session, day: str) -> Fact:
    """Enrolment officers who are active on the day."""
    found = [node for node in pages(session, graphql_queries.OFFICERS_AT_WORK) if not node["validityTo"]]
    at_work = [node for node in found if not node["worksTo"] or node["worksTo"][:10] >= day]
    return Fact(
        value=len(at_work), how=f"enrolmentOfficers, page by page: {len(found)}, of whom {len(found) - len(at_work)} have left"
    )


def population(session: Session) -> tuple[Fact, Fact]:
    """People in the villages of the register: all of them, and by district.

    Raises FactUnavailable where villages have no population: the sum of the others is not the total.
    """
    villages = [node for node in pages(session, graphql_queries.VILLAGES) if not node["validityTo"]]
    counts = [people_of(node) for node in villages]
    if not villages:
        raise FactUnavailable("the register has no villages", "take the population from the census")
    if empty := sum(count is None for count in counts):
        raise FactUnavailable(
            sentence("{count} of {total} villages have no population", count=empty, total=len(villages)),
            "take the population from the census",
        )
    districts: dict[str, float] = {}
    for node, count in zip(villages, counts, strict=True):
        name = ((node.get("parent") or {}).get("parent") or {}).get("name") or "without a district"
        districts[name] = districts.get(name, 0) + (count or 0)
    how = f"locations of type V, page by page: {len(villages)}"
    return Fact(value=sum(count or 0 for count in counts), how=how), Fact(value=districts, how=how)


def people_of(village: Mapping[str, Any]) -> int | None:
    """Population of a village, or None if none was entered."""
    given = [village[key] for key in ("malePopulation", "femalePopulation", "otherPopulation") if village[key] is not None]
    return sum(map(checked_count, given)) if given else None


def covered_people(session: Session, dates: Mapping[str, str], facts: Mapping[str, Fact]) -> tuple[Fact, Fact]:
    """People with a policy in force, each counted once, and their families. The API counts neither; both are read from the policies.

    Raises FactUnavailable where there are too many policies to read one by one.
    """
    policies = facts["policies"]
    if not isinstance(policies.value, int | float):
        raise FactUnavailable(policies.missing or sentence("policies were not read"), policies.remedy or DATABASE_REMEDY)
    if policies.value > MAX_POLICIES:
        raise FactUnavailable(
            sentence(
                "the API has no count of people covered, and {number} policies are too many to read one by one",
                number=Digits(f"{policies.value:,.0f}"),
            ),
            DATABASE_REMEDY,
        )
    families, persons = set(), set()
    for status in graphql_queries.IN_FORCE_STATUSES:
        for node in pages(session, graphql_queries.COVERED_PEOPLE, {**dates, "status": status}):
            families.add(node["family"]["uuid"])
            persons |= set(covered_members(node["insureePolicies"], dates["day"]))
    how = f"policies in force with their people, page by page: {policies.value:,.0f} policies"
    return Fact(value=len(persons), how=how), Fact(value=len(families), how=how)


def covered_members(links: Mapping[str, Any], day: str) -> Iterator[str]:
    """People whom a policy covers on a day. Superseded entries stay in the list and are not counted."""
    if links["pageInfo"]["hasNextPage"]:
        raise FactUnavailable("the server lists only a part of the people of a policy", DATABASE_REMEDY)
    for edge in links["edges"]:
        link = edge["node"]
        if not link["validityTo"] and link["effectiveDate"] and link["effectiveDate"] <= day <= (link["expiryDate"] or ""):
            yield link["insuree"]["uuid"]
