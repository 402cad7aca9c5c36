"""Names of the facts of a running openIMIS."""

from imis_plan.i18n.translate import _
from imis_plan.model.budget_line import N_

LABELS = {
    "registered": N_("People registered"),
    "covered": N_("People covered by a policy in force"),
    "families": N_("Families registered"),
    "insured_families": N_("Families with a policy in force"),
    "policies": N_("Policies in force"),
    "policies_before": N_("Policies in force on the day before the year begins"),
    "policies_after": N_("Policies in force at the end of the year, or on the day"),
    "renewed": N_("Renewals that took effect in the year"),
    "ended": N_("Policies that ended in the year"),
    "facilities": N_("Health facilities"),
    "facilities_by_owner": N_("Health facilities by owner"),
    "facilities_by_level": N_("Health facilities by level"),
    "claim_administrators": N_("Claim administrators"),
    "officers": N_("Active enrolment officers"),
    "users": N_("Users"),
    "officer_users": N_("Users who are enrolment officers"),
    "facility_users": N_("Users who are claim administrators"),
    "users_by_role": N_("Users by role"),
    "products": N_("Insurance products"),
    "policy_holders": N_("Policy holders"),
    "claims": N_("Claims of the year"),
    "claims_by_status": N_("Claims of the year by status"),
    "population": N_("Population in the villages of the register"),
    "population_by_district": N_("Population by district"),
}


def label(fact: str) -> str:
    """The name of a fact in the current language."""
    return _(LABELS[fact]) if fact in LABELS else fact.replace("_", " ")
