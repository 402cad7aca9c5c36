"""What the filled register holds, as sums of what `glue/seed.py` puts in. Written by hand: nothing here asks the code under test."""

from datetime import date

DAY, YEAR = date(2026, 11, 24), 2025
# Families 0, 2, 4 ... have four members, the others five; of the first 325, each fifth leaves one member uninsured.
IN_FAMILIES = 163 * 4 + 162 * 5
FACTS = {
    "registered": 300 * 4 + 300 * 5,  # 40 superseded versions are not people
    "families": 600,
    "policies": 325 + 30,  # in force, and second ones; not 25 that are "active" and over, nor 10 that begin next week
    "policies_before": 100,  # of 2024, the last of which ended on 31 December
    "policies_after": 200 + 25 + 100,  # of 2025: renewed later, over since, and not renewed
    "renewed": 50,
    "ended": 100,
    "covered": IN_FAMILIES - 65,  # each person once, though 30 families have two policies
    "insured_families": 325,
    "facilities": 15 + 7 + 7 + 1,
    "facilities_by_owner": {"Government": 15, "District organization": 7, "Private": 7, "Charity": 1},
    "facilities_by_level": {"Hospital": 3, "Health centre": 2 * 3, "Dispensary": 7 * 3},
    "claim_administrators": 30,
    "officers": 24 - 2,  # two have left; who leaves today is still at work
    "users": 6 + 10 + 10 + 6,  # one was deleted
    "officer_users": 6,
    "facility_users": 10,
    "users_by_role": {"Administrator": 1, "Planner": 3, "No policies": 1, "Clerk": 10 + 10 + 6},
    "products": 3,
    "policy_holders": 5,
    # Claim i falls on day i * 689 // 1499 from 1 January 2025; those up to day 364 have i * 689 < 365 * 1499.
    "claims": 795,
    "claims_by_status": {"Rejected": 80, "Entered": 80, "Checked": 160, "Processed": 160, "Valuated": 315},
    # Village i has 400 + i men and boys, 420 + i women and girls.
    "population": 120 * 820 + 2 * sum(range(120)),
    "population_by_district": {f"District {d}": 20 * 820 + 2 * sum(range(20 * d, 20 * d + 20)) for d in range(6)},
}
# Parameters of the scenario begun from it.
PARAMETERS = {
    "population.total": 112680,
    "population.household_size": round(1397 / 325, 12),
    "coverage.insured_at_start": 1397,
    "enrolment.registered_at_start": 2700,
    "enrolment.renewal_rate": 50 / 100,
    "claims.per_insured_year": round(795 / ((100 + 325) / 2 * 1397 / 355), 12),
    "facilities.number": 30,
    "facilities.at_start": 30,
    "facilities.users_per_facility": round(10 / 30, 12),
    "agents.at_start": 22,
    "agents.households_per_agent": round(325 / 22, 12),
    "agents.login_share": round(6 / 22, 12),
    "schemes.national_users": 32 - 6 - 10,
}
# Facts that an account sees whole though it has few districts or none.
SEEN_BY_ALL = {"users", "officer_users", "facility_users", "users_by_role", "products", "policy_holders"}
RIGHTS = {
    "registered": "101101", "families": "101001", "policies": "101201", "claims": "111001", "officers": "121501", "users": "121701",
    "users_by_role": "122001", "covered": "101201", "renewed": "101201",
}  # fmt: skip
