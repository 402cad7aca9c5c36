"""Facts that have to be read page by page: the interface has no count of them, or one that counts too many."""

from collections.abc import Iterator, Mapping
from typing import Any

from imis_plan.openimis import graphql_queries
from imis_plan.openimis.baseline import Fact
from imis_plan.openimis.errors import Missing
from imis_plan.openimis.session import Session

# A page of policies takes seconds; more are better counted in the database.
MOST_POLICIES = 2000
# A list that has more pages than this is not a list of officers or villages.
MOST_PAGES = 1000
SQL = "read the database instead: imis-plan baseline postgresql://..."


def pages(session: Session, query: str, variables: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """The nodes of a list, page by page: one page holds a hundred and says nothing of the rest."""
    after, seen = None, set()
    for _ in range(MOST_PAGES):
        page = session.ask(query, {**(variables or {}), "after": after})["page"]
        if page is None:
            raise Missing("the server answered without a list", "ask whoever runs the server")
        yield from (edge["node"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
        if after in seen:
            break
        seen.add(after)
    raise Missing("the list does not end", SQL)


def officers(session: Session, day: str) -> Fact:
    """Enrolment officers who still work on the day."""
    found = [node for node in pages(session, graphql_queries.AT_WORK) if not node["validityTo"]]
    at_work = [node for node in found if not node["worksTo"] or node["worksTo"][:10] >= day]
    return Fact(
        value=len(at_work), how=f"enrolmentOfficers, page by page: {len(found)}, of whom {len(found) - len(at_work)} have left"
    )


def population(session: Session) -> tuple[Fact, Fact]:
    """People in the villages of the register: all of them, and by district.

    Raises Missing where villages hold no figure: a sum of some is not the population.
    """
    villages = [node for node in pages(session, graphql_queries.VILLAGES) if not node["validityTo"]]
    counts = [people(node) for node in villages]
    if not villages:
        raise Missing("the register has no villages", "take the population from the census")
    if empty := sum(count is None for count in counts):
        raise Missing(f"{empty} of {len(villages)} villages hold no population", "take the population from the census")
    districts: dict[str, float] = {}
    for node, count in zip(villages, counts, strict=True):
        name = ((node.get("parent") or {}).get("parent") or {}).get("name") or "without a district"
        districts[name] = districts.get(name, 0) + (count or 0)
    how = f"locations of type V, page by page: {len(villages)}"
    return Fact(value=sum(count or 0 for count in counts), how=how), Fact(value=districts, how=how)


def people(village: Mapping[str, Any]) -> int | None:
    """People of a village, or None where nobody entered any."""
    given = [village[key] for key in ("malePopulation", "femalePopulation", "otherPopulation") if village[key] is not None]
    return sum(given) if given else None


def covered(session: Session, dates: Mapping[str, str], facts: Mapping[str, Fact]) -> tuple[Fact, Fact]:
    """People with a policy in force, each once, and their families. The interface counts neither; both are read from the policies.

    Raises Missing where there are more policies than are worth reading one by one.
    """
    policies = facts["policies"]
    if not isinstance(policies.value, int | float):
        raise Missing(policies.missing or "policies were not read", policies.remedy or SQL)
    if policies.value > MOST_POLICIES:
        raise Missing(
            f"the interface has no count of people covered, and {policies.value:,.0f} policies are too many to read one by one",
            SQL,
        )
    families, persons = set(), set()
    for status in graphql_queries.INSURED:
        for node in pages(session, graphql_queries.COVERED, {**dates, "status": status}):
            families.add(node["family"]["uuid"])
            persons |= set(members(node["insureePolicies"], dates["day"]))
    how = f"policies in force with their people, page by page: {policies.value:,.0f} policies"
    return Fact(value=len(persons), how=how), Fact(value=len(families), how=how)


def members(links: Mapping[str, Any], day: str) -> Iterator[str]:
    """Those whom a policy covers on a day; superseded links stay in the list and count for nothing."""
    if links["pageInfo"]["hasNextPage"]:
        raise Missing("a policy covers more people than the server lists", SQL)
    for edge in links["edges"]:
        link = edge["node"]
        if not link["validityTo"] and link["effectiveDate"] and link["effectiveDate"] <= day <= (link["expiryDate"] or ""):
            yield link["insuree"]["uuid"]
