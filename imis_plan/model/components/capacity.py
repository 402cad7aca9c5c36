"""Component 9: training of users and administrators, level by level, priced from the cascade of `imis_plan.model.training`."""

from functools import partial

from imis_plan.model.line import CAPITAL, LOCAL, N_, RECURRENT, Line
from imis_plan.model.training import LEVELS

LEVEL_LABELS = {
    "agent": N_("enrolment agents"),
    "facility": N_("facility staff"),
    "office": N_("office staff and trainers"),
    "national": N_("national team and master trainers"),
}
# How often a day in a course costs what: "{of}" is the level's group of parameters.
PER_DAY = "{participants.%(level)s} participants x {capacity.%(level)s.days} days"
PER_TRAINER_DAY = "{sessions.%(level)s} sessions x {capacity.%(level)s.trainers_per_session} trainers x ({capacity.%(level)s.days} + {capacity.trainer_extra_days}) days"


def training(level, line, label, unit, price, quantity, working):
    """A line of training at one level."""
    return Line(
        f"{line}_{level}", label + ": " + LEVEL_LABELS[level], RECURRENT, LOCAL, LEVELS[level][0], unit, price,
        quantity=quantity,
        working=working % {"level": level},
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
    working = PER_DAY + " x {capacity.%(level)s.allowance_share} of the daily rate"
    return training(level, "allowances", N_("Allowances of participants"), "person-day", "capacity.per_diem", quantity, working)


def travel(v, level):
    """Travel of participants to the course. [trip]"""
    quantity = v[f"participants.{level}"] * v[f"capacity.{level}.trips"]
    working = "{participants.%(level)s} participants x {capacity.%(level)s.trips} trips"
    return training(level, "travel", N_("Travel of participants"), "trip", "capacity.trip", quantity, working)


def venues(v, level):
    """Room, meals and refreshments. [person-day]"""
    return training(level, "venue", N_("Venue and meals"), "person-day", "capacity.venue", participant_days(v, level), PER_DAY)


def materials(v, level):
    """Handouts and manuals. [participant]"""
    quantity = v[f"participants.{level}"]
    return training(
        level,
        "materials",
        N_("Materials"),
        "participant",
        "capacity.materials",
        quantity,
        "{participants.%(level)s} participants",
    )


def trainer_allowances(v, level):
    """Daily allowance of trainers who come from the level above. [person-day]"""
    return training(
        level,
        "trainer_allowances",
        N_("Allowances of trainers"),
        "person-day",
        "capacity.per_diem",
        trainer_days(v, level),
        PER_TRAINER_DAY,
    )


def trainer_travel(v, level):
    """Travel of trainers, one trip to each session. [trip]"""
    quantity = v[f"sessions.{level}"] * v[f"capacity.{level}.trainers_per_session"]
    working = "{sessions.%(level)s} sessions x {capacity.%(level)s.trainers_per_session} trainers"
    price = "capacity.consultant_trip" if level == "national" else "capacity.trip"
    return training(level, "trainer_travel", N_("Travel of trainers"), "trip", price, quantity, working)


def consultants(v):
    """Fees of consultants who train the national team. [person-day]"""
    return training(
        "national",
        "consultants",
        N_("Fees of consultants"),
        "person-day",
        "capacity.consultant_day",
        trainer_days(v, "national"),
        PER_TRAINER_DAY,
    )


def manuals(v):
    """Writing, layout and translation of manuals, once. [person-day]"""
    return Line(
        "manuals", N_("Manuals"), CAPITAL, LOCAL, "once", "person-day", "capacity.author_day",
        quantity=v["setup"] * v["capacity.manual_days"],
        working=N_("{capacity.manual_days} days, once, in the year of set-up"),
    )  # fmt: skip


PER_LEVEL = (allowances, travel, venues, materials, trainer_allowances, trainer_travel)
LINES = (*(partial(line, level=level) for level in LEVELS for line in PER_LEVEL), consultants, manuals)
