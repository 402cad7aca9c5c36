"""Names of the cost model that scenario files may use: drivers of roles, and components in funding rules.

The model comes after this room and is not imported here. tests/model/test_model_names.py checks that both lists are those of
`imis_plan.model.drivers` and `imis_plan.model.components`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelNames:
    """Names that scenario files may use; a test may use a small list of its own."""

    drivers: frozenset[str]
    components: tuple[str, ...]


MODEL_NAMES = ModelNames(
    drivers=frozenset(
        {
            "active",
            "administered_environments",
            "agent_users",
            "agents",
            "app_rollouts",
            "average_insured",
            "claims",
            "development_days",
            "facilities",
            "facility_users",
            "feedback_requests",
            "first_registered",
            "households",
            "in_house_days",
            "insured",
            "new_households",
            "new_insured",
            "office_months",
            "office_staff",
            "office_staff_at_start",
            "offices",
            "offline_transfers",
            "paper_claims",
            "paper_enrolments",
            "paper_renewals",
            "population",
            "progress",
            "register_changes",
            "registered",
            "renewed_households",
            "retained",
            "rollout",
            "schemes",
            "security_tasks",
            "server_upgrades",
            "setup",
            "start_share",
            "supported_users",
            "tickets",
        }
    ),
    components=(
        "office_it",
        "office_running",
        "printing",
        "phones",
        "software",
        "server",
        "sms",
        "mobile_money",
        "capacity",
        "staff",
        "other",
        "contingency",
    ),
)
