"""The training cascade: who is trained, in how many sessions, by how many trainers."""

from typing import Any

import numpy as np
import pytest

from imis_plan.model.training import TRAINING_DRIVERS, learners, sessions, trainers

# People by year, people before the first year, turnover, refresher share, and who is trained.
LEARNERS = {
    "everybody is new": ([100], 0, 0.1, 0.3, [100]),
    # 50 newcomers + 100 who stay x (10 % replaced + 30 % refreshed)
    "growth, replacement and refresher": ([150], 100, 0.1, 0.3, [50 + 100 * (0.1 + 0.3)]),
    # of 100 people 60 are still needed: only their posts are filled again
    "a shrinking team trains those who stay": ([60], 100, 0.1, 0.3, [60 * (0.1 + 0.3)]),
    # 10 x 0.25 = 2.5 people are three
    "part of a person is a person": ([10], 10, 0.25, 0, [3]),
    "nobody there, nobody trained": ([0, 0], 0, 0.5, 0.5, [0, 0]),
    # second year: 0 newcomers + 100 x 0.2
    "last year's people are the base": ([100, 100], 0, 0.2, 0, [100, 20]),
}


@pytest.mark.parametrize(("people", "start", "turnover", "refresher", "trained"), LEARNERS.values(), ids=LEARNERS)
def test_newcomers_replacements_and_refreshers_are_trained(people, start, turnover, refresher, trained):
    """N = new posts + staff x turnover + staff x refresher share."""
    assert learners(np.array(people, dtype=float), start, turnover, refresher).tolist() == pytest.approx(trained)


@pytest.mark.parametrize(
    ("participants", "held"),
    [
        (0, 0),  # nobody, no session
        (25, 1),  # exactly a class
        (26, 2),  # one more needs another room
    ],
)
def test_a_class_has_a_size(participants, held):
    """Sessions = participants / class size, whole."""
    assert sessions(participants, 25) == held


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        (0, 0),  # no session, no trainer
        (5, 1),  # 5 sessions x 2 trainers / 10 sessions each
        (6, 2),  # 12 / 10
    ],
)
def test_a_trainer_can_run_so_many_sessions(held, needed):
    """Trainers = sessions x trainers per session / sessions one trainer can run."""
    assert trainers(held, 2, 10) == needed


COURSE: dict[str, Any] = {
    "turnover": 0.0,
    "refresher": 0.0,
    "class_size": 20,
    "trainers_per_session": 2,
    "sessions_per_trainer": 4,
}


def test_the_cascade_is_solved_from_the_bottom_up():
    """Trainers of agents and facilities are trained with the office staff, those of the offices with the national team."""
    v = {
        f"capacity.{level}.{key}": value for level in ("agent", "facility", "office", "national") for key, value in COURSE.items()
    }
    v |= {
        "agents": np.array([400.0]), "agents.at_start": 0,
        "facilities.at_start": 0, "facilities.users_per_facility": 2, "facility_users": np.array([160.0]),
        "office_staff": np.array([30.0]), "local_posts": np.array([6.0]), "office_staff_at_start": 0, "local_posts_at_start": 0,
        "national_posts": np.array([4.0]), "national_posts_at_start": 0,
    }  # fmt: skip
    for name, formula in TRAINING_DRIVERS.items():
        v[name] = formula(v)

    # agents: 400 / 20 = 20 sessions x 2 / 4 = 10 trainers; facilities: 160 / 20 = 8 sessions x 2 / 4 = 4 trainers
    assert (v["sessions.agent"], v["trainers.agent"], v["sessions.facility"], v["trainers.facility"]) == (20, 10, 8, 4)
    # offices: 30 scheme staff + 6 IT posts + 10 + 4 trainers = 50 -> 3 sessions x 2 / 4 = 1.5 -> 2 trainers
    assert (v["participants.office"], v["sessions.office"], v["trainers.office"]) == (50, 3, 2)
    # national team: 4 posts + 2 trainers
    assert v["participants.national"] == 4 + 2


def test_people_before_the_first_year_are_not_new():
    """Facility staff at the start = facilities at the start x users per facility; offices: scheme staff and IT posts."""
    v = {"facilities.at_start": 30, "facilities.users_per_facility": 1.5, "office_staff_at_start": 12, "local_posts_at_start": 3}

    assert TRAINING_DRIVERS["facility_users_at_start"](v) == 30 * 1.5
    assert TRAINING_DRIVERS["office_people_at_start"](v) == 12 + 3
