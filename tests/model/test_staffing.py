"""Staff by role: the workload method, presence, ratios, rounding, pay in the first year."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from imis_plan.model.staffing import StaffNeed, available_hours, staff_need, staffing_drivers
from imis_plan.model.wisn import wisn
from imis_plan.scenario.scenario_sections import Activity, Cover, Ratio


def test_a_post_has_so_many_working_hours():
    """52 weeks x 5 days - 13 holidays - (21 + 5 + 5) days away, at 7 hours."""
    v = {
        "staffing.weeks": 52, "staffing.days_per_week": 5, "staffing.public_holidays": 13, "staffing.annual_leave": 21,
        "staffing.sick_leave": 5, "staffing.training_leave": 5, "staffing.hours_per_day": 7,
    }  # fmt: skip

    assert available_hours(v) == (52 * 5 - 13 - (21 + 5 + 5)) * 7


def test_the_worked_example_of_the_workload_method():
    """8,000 x 10 min + 4,000 x 20 min in 1,519 hours a post, 15 % of them for meetings: 2.065 staff."""
    hours = (8_000 * 10 + 4_000 * 20) / 60

    assert round(wisn(hours, 1519, 0.15), 3) == 2.065


@pytest.mark.parametrize(
    ("hours", "cas", "individual", "posts"),
    [
        (0, 0.15, 0, 0),  # no work, nobody
        (1500, 0, 0, 1),  # exactly a post's time
        (1500, 0.5, 0, 2),  # half of the time in meetings: twice the people, not one and a half times
        (1500, 0, 300, 1 + 300 / 1500),  # work that only some members do comes on top
        (1500, 0.25, 300, 1 / 0.75 + 300 / 1500),  # and is not stretched by the meetings of all
    ],
)
def test_required_staff_is_work_over_time(hours, cas, individual, posts):
    """A / (1 - CAS) + IAF."""
    assert wisn(hours, 1500, cas, individual) == pytest.approx(posts)


@pytest.mark.parametrize("cas", [1, 1.2, np.array([0.1, 1.0])])
def test_support_work_cannot_take_all_of_the_time(cas):
    """CAS of 1 or more is an error, not a factor of one."""
    with pytest.raises(ValueError, match="give a share below 1"):
        wisn(100, 1500, cas)


def test_the_ratio_of_existing_to_required_posts_is_theirs_to_read():
    """120 existing / 100 required = 1.2: a fifth too many."""
    required = wisn(100 * 1500, 1500)

    assert 120 / required == pytest.approx(1.2)


def role(**ways):
    """A role with some ways of deriving its need."""
    nothing: dict[str, Any] = {"key": "clerk", "level": "office", "stations": {}, "workload": {}, "cover": None, "ratio": None}
    return SimpleNamespace(**(nothing | ways))


WORKLOAD = {"claims": Activity(driver="claims", text="a claim"), "checks": Activity(driver="checks", text="a check")}
V = {
    "t": np.arange(2.0), "active": np.ones(2), "available_hours": 1500.0,
    "claims": np.array([30_000.0, 60_000.0]), "checks": np.array([100.0, 100.0]), "sites": np.array([2.0, 2.0]), "users": np.array([500.0, 1200.0]),
    "roles.clerk.workload.claims.minutes": 4, "roles.clerk.workload.checks.minutes": 60,
    "roles.clerk.cas": 0.2, "roles.clerk.individual_hours": 150,
    "roles.clerk.cover.posts": 1, "roles.clerk.cover.availability": 0.8, "roles.clerk.ratio.per_post": 300,
    "roles.clerk.rounding": 1, "roles.clerk.existing": 1, "roles.clerk.first_year": 0.75, "roles.clerk.turnover": 0.1,
    "roles.clerk.sourcing": "in_house", "supported_users": np.array([500.0, 1200.0]), "office_staff": np.array([10.0, 10.0]),
}  # fmt: skip


def test_each_way_of_deriving_the_need():
    """Workload, presence and ratio, each by itself; a way that the role does not use is absent."""
    everything = staff_need(V, role(workload=WORKLOAD, cover=Cover(driver="sites"), ratio=Ratio(driver="users")))

    # (30,000 x 4 + 100 x 60) / 60 = 2,100 hours / 1,500 / 0.8 + 150 / 1,500; second year (60,000 x 4 + 6,000) / 60 = 4,100
    assert everything.workload == pytest.approx([2100 / 1500 / 0.8 + 0.1, 4100 / 1500 / 0.8 + 0.1])
    assert everything.cover == pytest.approx([2 * 1 / 0.8] * 2)  # two sites, a stand-in for one day in five
    assert everything.ratio == pytest.approx([500 / 300, 1200 / 300])
    assert staff_need(V, role()) == StaffNeed(None, None, None)


def staffed(roles, **changes):
    """Drivers of staffing, worked out in their order."""
    v = V | changes
    for name, formula in staffing_drivers(roles).items():
        v[name] = v[name] if name == "available_hours" else formula(v)
    return v


def test_the_largest_need_binds_and_is_rounded_up_once():
    """1.85 by workload, 2.5 by presence, 1.67 by ratio: 2.5, so three posts; then 3.52, 2.5 and 4: four."""
    v = staffed([role(workload=WORKLOAD, cover=Cover(driver="sites"), ratio=Ratio(driver="users"))])

    assert v["need.clerk"] == pytest.approx([2.5, 4.0])
    assert v["posts.clerk"].tolist() == [3, 4]


def test_half_posts_where_the_scenario_allows_them():
    """2.1 posts in steps of a half are 2.5."""
    v = staffed([role(cover=Cover(driver="sites"))], **{"roles.clerk.rounding": 0.5, "roles.clerk.cover.availability": 2 / 2.1})

    assert v["posts.clerk"].tolist() == [2.5, 2.5]


def test_new_posts_are_paid_from_the_day_they_are_filled():
    """One exists, three are needed, then four: two and one new, paid for three quarters of their first year."""
    v = staffed([role(ratio=Ratio(driver="users"))], users=np.array([900.0, 1200.0]))

    assert v["posts.clerk"].tolist() == [3, 4]
    assert v["new_posts.clerk"].tolist() == [3 - 1, 4 - 3]
    assert v["paid_posts.clerk"] == pytest.approx([3 - 2 * 0.25, 4 - 1 * 0.25])


def test_who_leaves_is_replaced():
    """A tenth of last year's posts is filled again: of one existing, then of three."""
    v = staffed([role(ratio=Ratio(driver="users"))], users=np.array([900.0, 1200.0]))

    assert v["replaced_posts.clerk"] == pytest.approx([1 * 0.1, 3 * 0.1])


def test_posts_that_are_no_longer_needed_are_not_new():
    """From five existing posts to three: nobody is hired."""
    v = staffed([role(ratio=Ratio(driver="users"))], users=np.array([900.0, 900.0]), **{"roles.clerk.existing": 5})

    assert v["new_posts.clerk"].tolist() == [0, 0]


def test_a_role_without_work_needs_nobody():
    """No way of deriving a need, no post."""
    v = staffed([role()])

    assert v["posts.clerk"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("sourcing", "level", "posts", "local", "national"),
    [
        ("in_house", "office", 3, 3, 0),  # a clerk in an office
        ("in_house", "national", 3, 0, 3),
        ("contracted", "office", 3, 0, 0),  # somebody else's people sit elsewhere
    ],
)
def test_own_posts_need_a_workplace_and_training(sourcing, level, posts, local, national):
    """Contracted people are not counted among users, workplaces and trainees."""
    v = staffed(
        [role(ratio=Ratio(driver="users"), level=level)], users=np.array([900.0, 900.0]), **{"roles.clerk.sourcing": sourcing}
    )

    own = local + national
    assert v["posts.clerk"][0] == posts
    assert (v["local_posts"][0], v["national_posts"][0], v["it_posts"][0]) == (local, national, own)
    assert v["users"][0] == 500 + own  # supported users + IT posts
    assert v["workplaces"][0] == 10 + own  # scheme staff + IT posts
    assert v["local_posts_at_start"] == (1 if local else 0)  # the one that exists
    assert v["national_posts_at_start"] == (1 if national else 0)
