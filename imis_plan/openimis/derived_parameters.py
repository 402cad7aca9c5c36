"""Parameters derived from facts: values as read, and rates with their calculation; or why a parameter cannot be derived."""

from collections.abc import Iterator
from datetime import date

from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.derived_value import DerivedValue, missing_reason, ratio
from imis_plan.openimis.period import Period

# Facts that are parameters as they are: path -> fact.
AS_READ = {
    "population.total": "population",
    "coverage.insured_at_start": "covered",
    "enrolment.registered_at_start": "registered",
    "facilities.at_start": "facilities",
    "agents.at_start": "officers",
}
DESCRIPTIONS = {
    "population": "people in the villages of the register",
    "covered": "people covered by a policy in force on the day",
    "registered": "people in the register",
    "facilities": "health facilities in the register",
    "officers": "active enrolment officers",
}
# Their defaults mean that nothing exists yet.
NEEDED = ("coverage.insured_at_start", "facilities.at_start", "agents.at_start")


def period_of(baseline: Baseline) -> Period:
    """The day and year of a baseline."""
    return Period(date.fromisoformat(baseline.system.day), baseline.system.year)


def derived_parameters(baseline: Baseline) -> list[DerivedValue]:
    """Every parameter that can be derived from the facts, or the reason why it cannot."""
    formulas = (
        household_size,
        renewal_rate,
        claims_per_insured,
        households_per_agent,
        agent_logins,
        facility_users,
        office_users,
    )
    return [*as_read(baseline), *(formula(baseline) for formula in formulas)]


def as_read(baseline: Baseline) -> Iterator[DerivedValue]:
    """Parameters that are facts themselves. Without a count, people covered are estimated from their policies."""
    for path, name in AS_READ.items():
        value = baseline.number(name)
        if value is None and name == "covered":
            yield estimated_cover(baseline)
        else:
            yield DerivedValue(path, value, DESCRIPTIONS[name] if value is not None else missing_reason(baseline, name))


def household_size(baseline: Baseline) -> DerivedValue:
    """People covered per family with a policy; without these counts, people registered per family."""
    path = "population.household_size"
    found = ratio(baseline, path, ("covered", "people covered"), ("insured_families", "families with a policy in force"))
    if found.value is not None:
        return found
    return ratio(baseline, path, ("registered", "people registered"), ("families", "families registered"), "C")


def estimated_cover(baseline: Baseline) -> DerivedValue:
    """People covered, estimated as policies in force times people per family. Too high where only a part of a family is insured."""
    policies, people, families = (baseline.number(name) for name in ("policies", "registered", "families"))
    path = "coverage.insured_at_start"
    if policies is None or people is None or not families:
        return DerivedValue(path, None, missing_reason(baseline, "policies", "registered", "families"))
    calculation = (
        f"estimated as {policies:,.0f} policies in force x {people:,.0f} people registered / {families:,.0f} families, since "
        f"{baseline.facts['covered'].missing}; the database counts them"
    )
    return DerivedValue(path, round(policies * people / families), calculation, "C")


def renewal_rate(baseline: Baseline) -> DerivedValue:
    """Renewals that took effect in the year, divided by policies that ended in the same days shifted by one."""
    path, span = "enrolment.renewal_rate", period_of(baseline)
    dates = span.variables()
    found = ratio(
        baseline, path, ("renewed", f"renewals from {span.first} to {span.last}"),
        ("ended", f"policies that ended from {dates['before']} to {dates['last']}"),
    )  # fmt: skip
    if found.value is not None and found.value > 1:
        return DerivedValue(path, None, f"more renewals than policies that ended ({found.calculation}): late or early renewals")
    return found


def claims_per_insured(baseline: Baseline) -> DerivedValue:
    """Claims of the year divided by the average number of insured, for a full year."""
    path, span = "claims.per_insured_year", period_of(baseline)
    claims, before, after = (baseline.number(name) for name in ("claims", "policies_before", "policies_after"))
    people, per = persons_per_policy(baseline)
    if claims is None or before is None or after is None or people is None:
        return DerivedValue(
            path,
            None,
            missing_reason(baseline, "claims", "policies_before", "policies_after", "policies", "registered", "families"),
        )
    insured = (before + after) / 2 * people
    if not insured:
        return DerivedValue(path, None, f"nobody was insured in {span.year}")
    partly = f" x {span.days_of_year} / {span.days} days" if span.days < span.days_of_year else ""
    calculation = (
        f"{claims:,.0f} claims from {span.first} to {span.last} / (({before:,.0f} + {after:,.0f}) / 2 policies x {per}){partly}"
    )
    return DerivedValue(path, claims / insured * span.days_of_year / span.days, calculation, "B")


def persons_per_policy(baseline: Baseline) -> tuple[float | None, str]:
    """People per policy, with the calculation: people covered per policy, else people registered per family."""
    for upper, lower, words in (
        ("covered", "policies", "people covered for each policy today"),
        ("registered", "families", "people registered in a family"),
    ):
        a, b = baseline.number(upper), baseline.number(lower)
        if a is not None and b:
            return a / b, f"{a:,.0f} / {b:,.0f} {words}"
    return None, ""


def households_per_agent(baseline: Baseline) -> DerivedValue:
    """Insured families, or policies, per active enrolment officer."""
    officers = ("officers", "active enrolment officers")
    path = "agents.households_per_agent"
    found = ratio(baseline, path, ("insured_families", "families with a policy in force"), officers)
    if found.value is None:
        found = ratio(baseline, path, ("policies", "policies in force"), officers, "C")
    if found.value is not None and found.value < 1:
        return DerivedValue(path, None, f"fewer families than officers ({found.calculation})")
    return found


def agent_logins(baseline: Baseline) -> DerivedValue:
    """Share of officers with a login; above 1 where officers who left still have one."""
    found = ratio(
        baseline, "agents.login_share", ("officer_users", "users who are officers"), ("officers", "active enrolment officers")
    )
    if found.value is not None and found.value > 1:
        return DerivedValue(found.path, 1, f"{found.calculation}, taken as 1: some logins are those of officers who left", "B")
    return found


def facility_users(baseline: Baseline) -> DerivedValue:
    """Claim administrators with a login, per facility."""
    return ratio(
        baseline,
        "facilities.users_per_facility",
        ("facility_users", "users who are claim administrators"),
        ("facilities", "facilities"),
    )


def office_users(baseline: Baseline) -> DerivedValue:
    """Users who are neither officers nor claim administrators. openIMIS does not record in which office they work."""
    path = "schemes.national_users"
    users, officers, facility = (baseline.number(name) for name in ("users", "officer_users", "facility_users"))
    if users is None or officers is None or facility is None:
        return DerivedValue(path, None, missing_reason(baseline, "users", "officer_users", "facility_users"))
    calculation = f"{users:,.0f} users - {officers:,.0f} officers - {facility:,.0f} claim administrators; all counted here, whatever their office"
    return DerivedValue(path, users - officers - facility, calculation)
