"""Server size: the worked table of the measurements, and what binds."""

from typing import Any

import numpy as np
import pytest

from imis_plan.model.sizing import SIZING, administered_environments
from tests.model.plans import plan_of

# The constants stand in parameters/defaults.yaml; the table fixes them, so that a scenario may differ.
MEASURED = {
    "peak_hour_share": 0.2, "working_days": 250, "enrolment_days": 60, "updated_share": 0.3, "active_users_share": 0.5,
    "call_factor": 2, "utilisation": 0.5, "headroom": 2, "minimum_cores": 4,
    "backend_claim": 0.573, "database_claim": 0.268, "backend_renewal": 0.095, "database_renewal": 0.074,
    "backend_person": 0.035, "database_person": 0.021, "backend_update": 0.039, "database_update": 0.024,
    "backend_user_hour": 0.814, "database_user_hour": 0.421,
    "kb_per_person": 1.33, "kb_per_renewal": 0.72, "kb_per_update": 1.15, "kb_per_claim": 7.82, "kb_per_photo": 56.1,
    "attachment_share": 0.5, "kb_per_attachment": 200,
    "bloat": 1.3, "system_gb": 30, "gb_per_worker": 0.26, "backend_gb": 1, "database_base_gb": 2, "database_memory_share": 0.2,
    "gb_per_core": 4,
}  # fmt: skip
BASE: dict[str, Any] = {f"server.sizing.{key}": value for key, value in MEASURED.items()} | {
    "server.machine_sizes": (2, 4, 8, 16, 32, 48, 64, 96), "server.test_share": 0.5, "server.recovery_share": 0.5, "enrolment.photo_share": 1,
}  # fmt: skip
AFTER = 5  # years
CLAIMS = 1.5  # of an insured person in a year


def sized(insured, users):
    """The size after five steady years: a contact with each family of four, a fifth of the people new each year."""
    ones = np.ones(AFTER)
    v = BASE | {
        "t": np.arange(AFTER), "active": ones, "insured": insured * ones, "average_insured": insured * ones,
        "new_insured": 0.2 * insured * ones, "households": insured / 4 * ones, "claims": CLAIMS * insured * ones,
        "registered": insured * (1 + 0.2 * np.arange(1, AFTER + 1)), "supported_users": users * ones,
    }  # fmt: skip
    for name, formula in SIZING.items():
        v[name] = formula(v)
    return {name: v[name][-1] for name in SIZING}


# Insured, users, and from the worked table: cores of backend and database, records with bloat and photos in GB.
WORKED = {
    "a mutuelle": (10_000, 20, 1, 1, 0.9, 0.7 + 0.4),
    "a region": (500_000, 600, 1, 1, 44, 37 + 20),
    "a country": (6_000_000, 6_000, 9, 5, 524, 440 + 234),
}


@pytest.mark.parametrize(("insured", "users", "backend", "database", "records", "photos"), WORKED.values(), ids=WORKED)
def test_the_worked_table_of_the_measurements_is_reproduced(insured, users, backend, database, records, photos):
    """The published table, which prints one to three figures: a mutuelle's 0.866 GB are 0.9 there."""
    size = sized(insured, users)

    assert (size["backend_cores"], size["database_cores"]) == (backend, database)
    assert size["database_gb"] * 1.3 == pytest.approx(records, rel=0.04)
    assert size["photos_gb"] == pytest.approx(photos, rel=0.04)


@pytest.mark.parametrize(
    ("insured", "users", "backend", "database"),
    [
        # claims/day + enrolment/day + users, processor seconds in the peak hour
        (10_000, 20, 16, 8),
        (500_000, 600, 659, 337),
        (6_000_000, 6_000, 7_416, 3_792),
    ],
)
def test_the_peak_hour_asks_for_the_seconds_of_the_table(insured, users, backend, database):
    """0.2 of a day's claims and enrolments, and half of the users with their lists and a login."""
    claims, family, day = CLAIMS * insured / 250, insured / 4, 0.2 / 60
    expected = {
        "backend": 0.2 * claims * 0.573 + day * (family * 0.095 + 0.2 * insured * 0.035 + 0.3 * insured * 0.039) + 0.5 * users * 0.814,
        "database": 0.2 * claims * 0.268 + day * (family * 0.074 + 0.2 * insured * 0.021 + 0.3 * insured * 0.024) + 0.5 * users * 0.421,
    }  # fmt: skip
    assert list(expected.values()) == pytest.approx([backend, database], rel=1e-3, abs=0.5)  # that of the table

    size = sized(insured, users)

    # seconds x 2 calls / 3600 / 50 % busy, whole cores
    assert size["backend_cores"] == np.ceil(expected["backend"] * 2 / 3600 / 0.5)
    assert size["database_cores"] == np.ceil(expected["database"] * 2 / 3600 / 0.5)


def test_disk_is_records_with_bloat_photos_attachments_and_system():
    """500,000 insured after five years, in GB, from bytes per record."""
    people = 500_000 * (1 + 0.2 * 5) * 1.33  # KB: everybody ever registered
    kept = 500_000 * 5 * (0.72 + 0.3 * 1.15)  # KB: renewals and updates of five years
    claims = 500_000 * 1.5 * 5 * 7.82  # KB: claims of five years
    photos = 500_000 * (1 + 0.2 * 5) * 56.1  # KB: three copies of each
    attached = 500_000 * 1.5 * 5 * 0.5 * 200  # KB: half of the claims of five years

    assert sized(500_000, 600)["storage_gb"] == pytest.approx(((people + kept + claims) * 1.3 + photos + attached) / 1e6 + 30)


def test_memory_is_workers_and_a_fifth_of_the_records():
    """6 million insured: 19 workers in the backend, a fifth of 403 GB in the database."""
    records = 6e6 * (2 * 1.33 + 5 * 1.065 + 1.5 * 5 * 7.82) / 1e6

    assert sized(6_000_000, 6_000)["memory_gb"] == pytest.approx((2 * 9 + 1) * 0.26 + 1 + 2 + 0.2 * records)


@pytest.mark.parametrize(
    ("insured", "users", "cores"),
    [
        (10_000, 20, 4),  # (1 + 1) cores x 2 head-room = 4, also the smallest that is bought
        # 33.6 GB of records: (3 x 0.26 + 1 + 2 + 6.7) GB / 4 GB a core = 2.6 < 4
        (500_000, 600, 4),
        # (9 + 5) x 2 = 28 -> 32; memory: (4.94 + 3 + 80.6) / 4 = 22 is less
        (6_000_000, 6_000, 32),
    ],
)
def test_production_takes_the_machine_that_holds_load_and_memory(insured, users, cores):
    """Load with head-room or memory, whichever needs more, stepped to a size on offer."""
    size = sized(insured, users)

    assert size["production_cores"] == cores
    assert (size["test_cores"], size["recovery_cores"]) == (cores / 2, cores / 2)


def test_memory_can_bind():
    """With 1 GB to a core, 88.5 GB of memory want 96 cores, though 28 would carry the load."""
    v = BASE | {
        "server.sizing.gb_per_core": 1.0,
        "active": np.ones(1),
        "backend_cores": np.array([9.0]),
        "database_cores": np.array([5.0]),
        "memory_gb": np.array([88.5]),
    }

    assert SIZING["production_cores"](v).tolist() == [96]


def test_no_scheme_no_server():
    """Before anybody is insured there is neither disk nor machine."""
    off = np.zeros(1)
    v = BASE | {
        "active": off,
        "backend_cores": off,
        "database_cores": off,
        "memory_gb": off + 3,
        "database_gb": off,
        "photos_gb": off,
        "attachments_gb": off,
    }

    assert SIZING["storage_gb"](v).tolist() == [0]
    assert SIZING["production_cores"](v).tolist() == [0]
    assert SIZING["test_cores"](v | {"production_cores": off}).tolist() == [0]


def test_the_defaults_are_the_measured_constants():
    """What the table was worked with is what a scenario gets that says nothing else."""
    plan = plan_of("chad")
    own = {key for key in MEASURED if plan.parameters[f"server.sizing.{key}"].layer != "defaults"}

    assert {key: plan[f"server.sizing.{key}"] for key in MEASURED if key not in own} == pytest.approx(
        {key: value for key, value in MEASURED.items() if key not in own}
    )


ENVIRONMENTS = ("production", "test", "recovery")
CORES = {"server.cores_per_administrator": 48} | {f"{name}_cores": np.full(3, 4.0) for name in ENVIRONMENTS}


@pytest.mark.parametrize(
    ("hosting", "presence"),
    [
        ("ministry_room", 1.0),  # machines of one's own want somebody
        ("government", 0.75),
        ("cloud", 0.6),
        ("managed", 0.2),  # the least is left to do
    ],
)
def test_hosting_says_how_much_administration_is_left(hosting, presence):
    """Presence of the server administrator follows the hosting, once the system runs."""
    shares = {"ministry_room": 1.0, "government": 0.75, "cloud": 0.6, "managed": 0.2}
    v = {f"server.{name}.administration": share for name, share in shares.items()}

    result = administered_environments({**v, **CORES, "server.hosting": hosting, "active": np.array([0, 1, 1])})

    assert result.tolist() == [0, presence, presence]


@pytest.mark.parametrize(
    ("production", "posts"),
    [
        (16, 1),  # 16 + 8 + 8 cores are less than 48
        (32, 64 / 48),
        (96, 192 / 48),
    ],
)
def test_administration_grows_with_the_servers(production, posts):
    """One administrator for 48 cores, never less than one in a room of one's own."""
    v = CORES | {f"{name}_cores": np.array([production / (1 if name == "production" else 2)]) for name in ENVIRONMENTS}
    v |= {"server.hosting": "ministry_room", "server.ministry_room.administration": 1.0, "active": np.ones(1)}

    assert administered_environments(v).tolist() == pytest.approx([posts])
