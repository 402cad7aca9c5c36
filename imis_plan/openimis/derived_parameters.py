"""From facts to parameters: values as they were read, and rates with their working; what cannot be reckoned, by name."""

from collections.abc import Iterator
from datetime import date

from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.derived_value import Derived, ratio, reason
from imis_plan.openimis.period import Period

# Facts that stand in a plan as they are, path -> fact.
AS_READ = {
    "population.total": "population",
    "coverage.insured_at_start": "covered",
    "enrolment.registered_at_start": "registered",
    "facilities.at_start": "facilities",
    "agents.at_start": "officers",
}
WORDS = {
    "population": "people in the villages of the register",
    "covered": "people covered by a policy in force on the day",
    "registered": "people in the register",
    "facilities": "health facilities in the register",
    "officers": "enrolment officers still at work",
}
# Their defaults would say that there is nothing yet.
NEEDED = ("coverage.insured_at_start", "facilities.at_start", "agents.at_start")


def period_of(baseline: Baseline) -> Period:
    """The day and year of a baseline."""
    return Period(date.fromisoformat(baseline.system.day), baseline.system.year)


def derived(baseline: Baseline) -> list[Derived]:
    """Every parameter that the facts tell, or why they do not."""
    reckoned = (
        household_size,
        renewal_rate,
        claims_per_insured,
        households_per_agent,
        agent_logins,
        facility_users,
        office_users,
    )
    return [*as_read(baseline), *(formula(baseline) for formula in reckoned)]


def as_read(baseline: Baseline) -> Iterator[Derived]:
    """Parameters that are facts themselves. People covered can be estimated from their policies."""
    for path, name in AS_READ.items():
        value = baseline.number(name)
        if value is None and name == "covered":
            yield estimated_cover(baseline)
        else:
            yield Derived(path, value, WORDS[name] if value is not None else reason(baseline, name))


def household_size(baseline: Baseline) -> Derived:
    """People insured together; where those covered were not counted, members of a registered family."""
    path = "population.household_size"
    found = ratio(baseline, path, ("covered", "people covered"), ("insured_families", "families with a policy in force"))
    if found.value is not None:
        return found
    return ratio(baseline, path, ("registered", "people registered"), ("families", "families registered"), "C")


def estimated_cover(baseline: Baseline) -> Derived:
    """People covered as policies in force times members of a family: too many where some of a family are not insured."""
    policies, people, families = (baseline.number(name) for name in ("policies", "registered", "families"))
    path = "coverage.insured_at_start"
    if policies is None or people is None or not families:
        return Derived(path, None, reason(baseline, "policies", "registered", "families"))
    working = (
        f"estimated as {policies:,.0f} policies in force x {people:,.0f} people registered / {families:,.0f} families, since "
        f"{baseline.facts['covered'].missing}; the database counts them"
    )
    return Derived(path, round(policies * people / families), working, "C")


def renewal_rate(baseline: Baseline) -> Derived:
    """Renewals that took effect in the year over policies that ended in it, one day earlier."""
    path, span = "enrolment.renewal_rate", period_of(baseline)
    dates = span.variables()
    found = ratio(
        baseline, path, ("renewed", f"renewals from {span.first} to {span.last}"),
        ("ended", f"policies that ended from {dates['before']} to {dates['last']}"),
    )  # fmt: skip
    if found.value is not None and found.value > 1:
        return Derived(path, None, f"more renewals than policies that ended ({found.working}): late or early renewals")
    return found


def claims_per_insured(baseline: Baseline) -> Derived:
    """Claims of the year over the insured at its middle, for a whole year."""
    path, span = "claims.per_insured_year", period_of(baseline)
    claims, before, after = (baseline.number(name) for name in ("claims", "policies_before", "policies_after"))
    people, per = persons_per_policy(baseline)
    if claims is None or before is None or after is None or people is None:
        return Derived(
            path, None, reason(baseline, "claims", "policies_before", "policies_after", "policies", "registered", "families")
        )
    insured = (before + after) / 2 * people
    if not insured:
        return Derived(path, None, f"nobody was insured in {span.year}")
    partly = f" x {span.days_of_year} / {span.days} days" if span.days < span.days_of_year else ""
    working = (
        f"{claims:,.0f} claims from {span.first} to {span.last} / (({before:,.0f} + {after:,.0f}) / 2 policies x {per}){partly}"
    )
    return Derived(path, claims / insured * span.days_of_year / span.days, working, "B")


def persons_per_policy(baseline: Baseline) -> tuple[float | None, str]:
    """People to a policy, with the working: those covered today, else those registered to a family."""
    for upper, lower, words in (
        ("covered", "policies", "people covered for each policy today"),
        ("registered", "families", "people registered in a family"),
    ):
        a, b = baseline.number(upper), baseline.number(lower)
        if a is not None and b:
            return a / b, f"{a:,.0f} / {b:,.0f} {words}"
    return None, ""


def households_per_agent(baseline: Baseline) -> Derived:
    """Insured families, or policies, to an enrolment officer at work."""
    officers = ("officers", "enrolment officers at work")
    path = "agents.households_per_agent"
    found = ratio(baseline, path, ("insured_families", "families with a policy in force"), officers)
    if found.value is None:
        found = ratio(baseline, path, ("policies", "policies in force"), officers, "C")
    if found.value is not None and found.value < 1:
        return Derived(path, None, f"fewer families than officers ({found.working})")
    return found


def agent_logins(baseline: Baseline) -> Derived:
    """Officers with a login; logins of officers who left can make more of them than officers."""
    found = ratio(
        baseline, "agents.login_share", ("officer_users", "users who are officers"), ("officers", "enrolment officers at work")
    )
    if found.value is not None and found.value > 1:
        return Derived(found.path, 1, f"{found.working}, taken as 1: some logins are those of officers who left", "B")
    return found


def facility_users(baseline: Baseline) -> Derived:
    """Claim administrators with a login to a facility."""
    return ratio(
        baseline,
        "facilities.users_per_facility",
        ("facility_users", "users who are claim administrators"),
        ("facilities", "facilities"),
    )


def office_users(baseline: Baseline) -> Derived:
    """Users who are neither officers nor claim administrators; openIMIS does not say in which office they sit."""
    path = "schemes.national_users"
    users, officers, facility = (baseline.number(name) for name in ("users", "officer_users", "facility_users"))
    if users is None or officers is None or facility is None:
        return Derived(path, None, reason(baseline, "users", "officer_users", "facility_users"))
    working = f"{users:,.0f} users - {officers:,.0f} officers - {facility:,.0f} claim administrators; all counted here, whatever their office"
    return Derived(path, users - officers - facility, working)
