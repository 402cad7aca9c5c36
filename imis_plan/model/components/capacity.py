"""Component 9: training of users and administrators, level by level, priced from the cascade of `imis_plan.model.training`."""

from functools import partial

from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, Line
from imis_plan.model.calculation import placeholders
from imis_plan.model.training import LEVELS

LEVEL_LABELS = {
    "agent": "enrolment agents",
    "facility": "facility staff",
    "office": "office staff and trainers",
    "national": "national team and master trainers",
}
# Calculations of days in a course.
PARTICIPANT_DAYS = N_("{participants} participants x {days} days")
TRAINER_DAYS = N_("{sessions} sessions x {trainers} trainers x ({days} + {capacity.trainer_extra_days}) days")
# Paths of the figures of a level, by their names in these sentences, which are the same for every level.
LEVEL_PATHS = {
    "participants": "participants.{}",
    "sessions": "sessions.{}",
    "days": "capacity.{}.days",
    "trainers": "capacity.{}.trainers_per_session",
    "trips": "capacity.{}.trips",
    "share": "capacity.{}.allowance_share",
}


def training_line(v, level, line, label, unit, price, quantity, working):
    """A line of training at one level."""
    return Line(
        f"{line}_{level}", label + ": " + LEVEL_LABELS[level], RECURRENT, LOCAL, LEVELS[level][0], unit, price,
        quantity=quantity,
        working=working,
        terms={name: v[LEVEL_PATHS[name].format(level)] for name in placeholders(working) if name in LEVEL_PATHS},
        level=level,
    )  # fmt: skip


def participant_days(v, level):
    """Days that participants spend in courses. [person-day]"""
    return v[f"participants.{level}"] * v[f"capacity.{level}.days"]


def trainer_days(v, level):
    """Days that trainers spend on courses, with preparation and travel. [person-day]"""
    held = v[f"sessions.{level}"] * v[f"capacity.{level}.trainers_per_session"]
    return held * (v[f"capacity.{level}.days"] + v["capacity.trainer_extra_days"])


def allowances(v, level):
    """Daily allowance of participants. [person-day]"""
    quantity = participant_days(v, level) * v[f"capacity.{level}.allowance_share"]
    working = N_("{participants} participants x {days} days x {share} of the daily rate")
    return training_line(
        v, level, "allowances", "Allowances of participants", "person-day", "capacity.per_diem", quantity, working
    )


def travel(v, level):
    """Travel of participants to the course, by distance. [km]"""
    quantity = v[f"participants.{level}"] * v[f"capacity.{level}.trips"] * v["capacity.trip_km"]
    working = N_("{participants} participants x {trips} trips x {capacity.trip_km} km")
    return training_line(v, level, "travel", "Travel of participants", "km", "capacity.fare", quantity, working)


def venues(v, level):
    """Room, meals and refreshments. [person-day]"""
    return training_line(
        v, level, "venue", "Venue and meals", "person-day", "capacity.venue", participant_days(v, level), PARTICIPANT_DAYS
    )


def materials(v, level):
    """Handouts and manuals. [participant]"""
    quantity = v[f"participants.{level}"]
    return training_line(
        v,
        level,
        "materials",
        "Materials",
        "participant",
        "capacity.materials",
        quantity,
        N_("{participants} participants"),
    )


def trainer_allowances(v, level):
    """Daily allowance of trainers who come from the level above. [person-day]"""
    return training_line(
        v,
        level,
        "trainer_allowances",
        "Allowances of trainers",
        "person-day",
        "capacity.per_diem",
        trainer_days(v, level),
        TRAINER_DAYS,
    )


def trainer_travel(v, level):
    """Travel of trainers to each session, by distance. [km]"""
    quantity = v[f"sessions.{level}"] * v[f"capacity.{level}.trainers_per_session"] * v["capacity.trip_km"]
    working = N_("{sessions} sessions x {trainers} trainers x {capacity.trip_km} km")
    return training_line(v, level, "trainer_travel", "Travel of trainers", "km", "capacity.fare", quantity, working)


def consultant_travel(v, level):
    """Travel of consultants, one trip to each session. [trip]"""
    quantity = v[f"sessions.{level}"] * v[f"capacity.{level}.trainers_per_session"]
    working = N_("{sessions} sessions x {trainers} trainers")
    return training_line(v, level, "trainer_travel", "Travel of trainers", "trip", "capacity.consultant_trip", quantity, working)


def consultants(v):
    """Fees of consultants who train the national team. [person-day]"""
    return training_line(
        v,
        "national",
        "consultants",
        "Fees of consultants",
        "person-day",
        "capacity.consultant_day",
        trainer_days(v, "national"),
        TRAINER_DAYS,
    )


def manuals(v):
    """Writing, layout and translation of manuals, once. [person-day]"""
    return Line(
        "manuals", N_("Manuals"), CAPITAL, LOCAL, "once", "person-day", "capacity.author_day",
        quantity=v["setup"] * v["capacity.manual_days"],
        working=N_("{capacity.manual_days} days, once, in the year of set-up"),
    )  # fmt: skip


LEVEL_LINES = (allowances, travel, venues, materials, trainer_allowances)


def level_lines(level):
    """The lines of training at one level; consultants train the national team."""
    last = consultant_travel if level == "national" else trainer_travel
    return (partial(line, level=level) for line in (*LEVEL_LINES, last))


LINES = (*(line for level in LEVELS for line in level_lines(level)), consultants, manuals)
