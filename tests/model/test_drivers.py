"""Drivers: how many people, claims, facilities, agents, offices and events there are in each year."""

import numpy as np
import pytest

from imis_plan.model import drivers
from imis_plan.model.drivers import DRIVERS

YEARS = np.arange(3.0)


def years(*values):
    """A series by year."""
    return np.array(values, dtype=float)


# Driver, what it reads, and its value by year as arithmetic.
CASES = {
    # 2027 is three years after the count of 2024
    "population": ({"time.base_year": 2027, "population.year": 2024, "population.total": 1000, "population.growth": 0.02}, [1000 * 1.02**3, 1000 * 1.02**4, 1000 * 1.02**5]),
    # population x target x share of the target
    "insured": ({"population": years(1000, 1000, 1100), "coverage.target": 0.5, "rollout": years(0.2, 0.6, 1)}, [1000 * 0.5 * 0.2, 1000 * 0.5 * 0.6, 1100 * 0.5 * 1]),
    # last year's insured x renewal rate; 80 before the first year
    "retained": ({"insured": years(100, 300, 120), "coverage.insured_at_start": 80, "enrolment.renewal_rate": 0.75}, [80 * 0.75, 100 * 0.75, 120]),  # 300 x 0.75 = 225 > 120
    # insured - renewed
    "new_insured": ({"insured": years(100, 300, 120), "retained": years(60, 75, 120)}, [40, 225, 0]),
    # mean of the ends of two years
    "average_insured": ({"insured": years(100, 300, 300), "coverage.insured_at_start": 80}, [(80 + 100) / 2, (100 + 300) / 2, 300]),
    "households": ({"insured": years(100, 300, 300), "population.household_size": 5}, [20, 60, 60]),
    "new_households": ({"new_insured": years(100, 225, 75), "population.household_size": 5}, [20, 45, 15]),
    "renewed_households": ({"retained": years(0, 75, 225), "population.household_size": 5}, [0, 15, 45]),
    # anybody insured yet?
    "active": ({"insured": years(0, 1, 2)}, [0, 1, 1]),
    # the first active year pays what is due of the set-up
    "setup": ({"active": years(0, 1, 1), "schemes.setup_due": 0.4}, [0, 0.4, 0]),
    # people at mid-year x claims of each
    "claims": ({"average_insured": years(50, 200, 300), "claims.per_insured_year": 0.7}, [50 * 0.7, 200 * 0.7, 300 * 0.7]),
    # what facilities do not enter themselves
    "paper_claims": ({"claims": years(100, 100, 100), "claims.electronic_share": years(0, 0.4, 1)}, [100, 60, 0]),
    # 20 facilities at the start, 100 in the end; halfway 60
    "facilities": ({"facilities.at_start": 20, "facilities.number": 100, "progress": years(0, 0.5, 1)}, [20, 60, 100]),
    # 1 scheme of 3 at the start; a third of the way 1.67 schemes are two
    "schemes": ({"schemes.at_start": 1, "schemes.number": 3, "progress": years(0, 1 / 3, 1)}, [1, 2, 3]),
    # 3 schemes x 4 offices in the end
    "offices": ({"schemes.offices_at_start": 0, "schemes.number": 3, "schemes.offices_per_scheme": 4, "progress": years(0.25, 0.5, 1)}, [3, 6, 12]),
    "office_months": ({"offices": years(3, 6, 12)}, [3 * 12, 6 * 12, 12 * 12]),
    # offices x staff + national staff once anybody is insured
    "office_staff": ({"offices": years(0, 6, 12), "schemes.users_per_office": 3, "schemes.national_users": 5, "active": years(0, 1, 1)}, [0, 6 * 3 + 5, 12 * 3 + 5]),
    "facility_users": ({"facilities": years(20, 60, 100), "facilities.users_per_facility": 1.5}, [30, 90, 150]),
    "agent_users": ({"agents": years(10, 20, 30), "agents.login_share": 0.5}, [5, 10, 15]),
    "supported_users": ({"office_staff": years(5, 5, 5), "facility_users": years(30, 30, 30), "agent_users": years(1, 2, 3)}, [36, 37, 38]),
    "paper_enrolments": ({"new_households": years(20, 45, 15), "enrolment.paper_share": 0.2}, [4, 9, 3]),
    "paper_renewals": ({"renewed_households": years(0, 15, 45), "enrolment.paper_renewal_share": 0.2}, [0, 3, 9]),
    # facilities x a tenth offline x 24 transfers
    "offline_transfers": ({"facilities": years(20, 60, 100), "facilities.offline_share": 0.1, "facilities.transfers_per_year": 24}, [2 * 24, 6 * 24, 10 * 24]),
    "feedback_requests": ({"claims": years(100, 200, 300), "claims.feedback_share": 0.01}, [1, 2, 3]),
    "tickets": ({"supported_users": years(36, 37, 38), "operations.tickets_per_user": 2}, [72, 74, 76]),
    # facilities x 2 + schemes x 60
    "register_changes": ({"facilities": years(20, 60, 100), "schemes": years(1, 2, 3), "operations.changes_per_facility": 2, "operations.changes_per_scheme": 60}, [40 + 60, 120 + 120, 200 + 180]),
    "app_rollouts": ({"operations.versions_per_year": 2, "offices": years(3, 6, 12)}, [6, 12, 24]),
    "server_upgrades": ({"operations.upgrades_per_year": 3, "active": years(0, 1, 1)}, [0, 3, 3]),
    "security_tasks": ({"active": years(0, 1, 1)}, [0, 12, 12]),
    # (300 + 120 + 10 days) once + (60 + 30) a year
    "development_days": ({"software.customisation_days": 300, "software.integration_days": 120, "software.translation_days": 10, "software.maintenance_days": 60, "software.upgrade_days": 30, "setup": years(0, 1, 0), "active": years(0, 1, 1)}, [0, 430 + 90, 90]),
    # one in ten of the new was registered before
    "first_registered": ({"new_insured": years(100, 200, 0), "enrolment.returning_share": 0.1}, [90, 180, 0]),
    # the insured at the start are registered at least
    "registered": ({"enrolment.registered_at_start": 500, "coverage.insured_at_start": 800, "first_registered": years(90, 180, 0)}, [800 + 90, 800 + 90 + 180, 800 + 270]),
}  # fmt: skip


@pytest.mark.parametrize(("driver", "reads", "expected"), [(name, *case) for name, case in CASES.items()], ids=CASES)
def test_a_driver_is_its_arithmetic(driver, reads, expected):
    """Each driver by year, from what it reads."""
    result = DRIVERS[driver]({"t": YEARS, **reads})

    assert np.broadcast_to(result, 3).tolist() == pytest.approx(expected)


START = {
    "time.base_year": 2027,
    "population.year": 2024,
    "population.total": 1000,
    "population.growth": 0.0,
    "coverage.target": 0.5,
}


@pytest.mark.parametrize(
    ("at_start", "share"),
    [
        (0, 0),  # a new scheme
        (100, 100 / (1000 * 0.5)),  # 100 of 500 who are to be insured
        (700, 1),  # more than the target: there is nothing left to roll out
    ],
)
def test_the_start_is_a_share_of_the_target(at_start, share):
    """Insured at the start / (population x target), at most 1."""
    assert drivers.start_share({**START, "coverage.insured_at_start": at_start}) == pytest.approx(share)


def rollout(shape, delay=0.0, start=0.0, years_to_target=2.0, path=(0.1, 0.4, 1.0)):
    """The roll-out over three years."""
    v = {
        "t": YEARS,
        "coverage.shape": shape,
        "coverage.delay": delay,
        "coverage.years": years_to_target,
        "coverage.rollout": years(*path),
        "start_share": start,
    }
    return drivers.rollout(v).tolist()


LOW = 1 / (1 + np.e**4)  # the logistic curve of steepness 8 at its left end
LATE = 1 / (1 + np.e ** -(8 * (2 / 3 - 0.5)))  # and two thirds of the way
ROLLOUTS = {
    "linear: even steps over two years": (rollout("linear"), [1 / 2, 1, 1]),
    "linear: a year late": (rollout("linear", delay=1), [0, 1 / 2, 1]),
    "linear: half a year late": (rollout("linear", delay=0.5), [1 / 4, 3 / 4, 1]),
    # 20 % are there; half of the other 80 % is added
    "linear: from what there is": (rollout("linear", start=0.2), [0.2 + 0.8 / 2, 1, 1]),
    "logistic: half of the way at half of the time": (rollout("logistic"), [1 / 2, 1, 1]),
    # 1/3 and 2/3 of the time lie as far below and above one half
    "logistic: slow, fast, slow": (rollout("logistic", years_to_target=3), [1 - (LATE - LOW) / (1 - 2 * LOW), (LATE - LOW) / (1 - 2 * LOW), 1]),
    "given: the list as it stands": (rollout("given"), [0.1, 0.4, 1]),
    "given: a year late": (rollout("given", delay=1), [0, 0.1, 0.4]),
    # half of the first step, then halfway between the points
    "given: half a year late": (rollout("given", delay=0.5), [0.05, (0.1 + 0.4) / 2, (0.4 + 1) / 2]),
    "given: a late list begins where the scheme stands": (rollout("given", delay=1, start=0.05), [0.05, 0.1, 0.4]),
    "later than the plan is long: nothing happens": (rollout("linear", delay=5), [0, 0, 0]),
}  # fmt: skip


@pytest.mark.parametrize(("shares", "expected"), ROLLOUTS.values(), ids=ROLLOUTS)
def test_the_rollout_follows_its_shape_and_its_delay(shares, expected):
    """Share of the target at the end of each year."""
    assert shares == pytest.approx(expected)


@pytest.mark.parametrize(
    ("start", "share", "way"),
    [
        (0.0, 0.5, 0.5),  # from nothing: the share itself
        (0.2, 0.6, 0.4 / 0.8),  # 40 of the 80 % that were missing
        (1.0, 1.0, 0.0),  # there from the start: no way to go
        (0.5, 0.3, 0.0),  # below the start: nothing that exists is taken down
    ],
)
def test_progress_is_the_part_of_the_way_that_is_done(start, share, way):
    """Offices and facilities grow along it from what there is to what is wanted."""
    assert drivers.progress({"start_share": start, "rollout": years(share)}) == pytest.approx([way])


@pytest.mark.parametrize(
    ("basis", "at_start", "expected"),
    [
        ("ratio", 0, [1, 2, 3]),  # 200, 201 and 600 households, 200 to an agent
        ("ratio", 2, [2, 2, 3]),  # nobody is sent away
        ("given", 0, [50, 100, 100]),  # a hundred follow the roll-out
        ("given", 40, [70, 100, 100]),  # 40 + half of the 60 missing
    ],
)
def test_agents_follow_households_or_the_rollout(basis, at_start, expected):
    """The scenario says which; never fewer than at the start."""
    v = {
        "agents.basis": basis, "agents.at_start": at_start, "agents.number": 100, "agents.households_per_agent": 200,
        "households": years(200, 201, 600), "progress": years(0.5, 1, 1),
    }  # fmt: skip

    assert drivers.agents(v).tolist() == expected


@pytest.mark.parametrize(
    ("insured", "staff"),
    [
        (0, 4 * 3),  # offices, but no scheme yet: no national staff
        (900, 4 * 3 + 5),
    ],
)
def test_national_staff_exists_when_the_scheme_does(insured, staff):
    """Before the first year: offices x staff, and national staff if anybody is insured."""
    v = {
        "coverage.insured_at_start": insured,
        "schemes.offices_at_start": 4,
        "schemes.users_per_office": 3,
        "schemes.national_users": 5,
    }

    assert drivers.office_staff_at_start(v) == staff


@pytest.mark.parametrize(
    ("developers", "days"),
    [
        ("in_house", [520, 90, 90]),  # all of it
        ("contracted", [0, 0, 0]),  # the contractor's
        ("none", [0, 0, 0]),
    ],
)
def test_own_developers_do_what_is_not_contracted(developers, days):
    """Development days make posts only if the developers are the scheme's own."""
    assert drivers.in_house_days({"software.developers": developers, "development_days": years(520, 90, 90)}).tolist() == days


@pytest.mark.parametrize(
    ("active", "due", "paid"),
    [
        ((1, 1, 1), 1.0, (1, 0, 0)),  # at once
        ((0, 0, 1), 1.0, (0, 0, 1)),  # late
        ((1, 0, 1), 1.0, (1, 0, 0)),  # a scheme that rests for a year is not set up again
        ((1, 1, 1), 0.0, (0, 0, 0)),  # all is in place
        ((0, 0, 0), 1.0, (0, 0, 0)),  # never
    ],
)
def test_a_system_is_set_up_once(active, due, paid):
    """In the first year with anybody insured, and for the share that is still due."""
    assert drivers.setup({"active": years(*active), "schemes.setup_due": due}).tolist() == list(paid)


def test_every_driver_has_a_named_case():
    """A new driver needs its arithmetic here."""
    apart = {
        "start_share",
        "rollout",
        "progress",
        "agents",
        "office_staff_at_start",
        "in_house_days",
    }

    assert set(CASES) | apart == set(DRIVERS)
