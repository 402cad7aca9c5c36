"""Drivers that a budget line in a scenario file may name, with their units.

The model comes after this room and is not imported here. tests/model/test_model_names.py checks that these are the drivers of the
model that belong to no role and no level, with the units of their docstrings.
"""

BY_UNIT = {
    "person": (
        "average_insured",
        "facility_users_at_start",
        "first_registered",
        "insured",
        "national_people",
        "new_insured",
        "office_people",
        "office_people_at_start",
        "population",
        "registered",
        "retained",
    ),
    "1": ("active", "progress", "rollout", "setup", "start_share"),
    "household": ("households", "new_households", "paper_enrolments", "paper_renewals", "renewed_households"),
    "claim": ("claims", "paper_claims"),
    "facility": ("facilities",),
    "agent": ("agents",),
    "scheme": ("schemes",),
    "office": ("offices",),
    "office-month": ("office_months",),
    "user": ("agent_users", "facility_users", "office_staff", "office_staff_at_start", "supported_users", "users", "workplaces"),
    "event": (
        "app_rollouts",
        "feedback_requests",
        "offline_transfers",
        "register_changes",
        "security_tasks",
        "server_upgrades",
        "tickets",
    ),
    "environment": ("administered_environments",),
    "person-day": ("development_days", "in_house_days"),
    "hour/year": ("available_hours",),
    "post": ("it_posts", "local_posts", "local_posts_at_start", "national_posts", "national_posts_at_start"),
    "core": ("backend_cores", "database_cores", "production_cores", "recovery_cores", "test_cores"),
    "GB": ("attachments_gb", "database_gb", "memory_gb", "photos_gb", "storage_gb"),
    "phone": ("phones_bought", "phones_first", "phones_needed"),
}
DRIVER_UNITS = {name: unit for unit, names in BY_UNIT.items() for name in names}
# Those that have one value for all years.
SINGLE = frozenset({"available_hours", "start_share", *(name for name in DRIVER_UNITS if name.endswith("_at_start"))})
