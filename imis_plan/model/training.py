"""The training cascade: quantities from the bottom up, prices from the top down (docs/method.md, "Training").

Office staff train agents and facility staff, the national team trains office staff, and consultants train the national team.
Trainers of a level are participants of the level above.
"""

from functools import partial

from imis_plan.model.arrays import ceil, maximum, minimum, previous, safe_divide

# Level -> (driver of its people, the same before the first year, levels whose trainers come from it).
LEVELS = {
    "agent": ("agents", "agents.at_start", ()),
    "facility": ("facility_users", "facility_users_at_start", ()),
    "office": ("office_people", "office_people_at_start", ("agent", "facility")),
    "national": ("national_people", "national_posts_at_start", ("office",)),
}


def facility_users_at_start(v):
    """Facility staff with a login before the first year. [person]"""
    return v["facilities.at_start"] * v["facilities.users_per_facility"]


def office_people(v):
    """Scheme staff and IT posts in the offices. [person]"""
    return v["office_staff"] + v["local_posts"]


def office_people_at_start(v):
    """The same before the first year. [person]"""
    return v["office_staff_at_start"] + v["local_posts_at_start"]


def national_people(v):
    """IT posts at national level. [person]"""
    return v["national_posts"]


def learners(people, start, turnover, refresher):
    """People of a level to train: newcomers, replacements of those who left, and refreshers. [person]

    people : people of the level by year; start : people before the first year. [person]
    turnover, refresher : shares of last year's people who stay needed. [1/year]
    """
    before = previous(people, start)
    stay = minimum(before, people)
    return ceil(maximum(people - before, 0) + stay * (turnover + refresher))


def initial_share(v, level):
    """Part of a level's training that is initial: for people in addition to those of last year. [1]"""
    people, start, _below = LEVELS[level]
    before = previous(v[people], v[start])
    more = maximum(v[people] - before, 0)
    again = minimum(before, v[people]) * (v[f"capacity.{level}.turnover"] + v[f"capacity.{level}.refresher"])
    return safe_divide(more, more + again)


def sessions(participants, class_size):
    """Sessions held. [session]"""
    return ceil(participants / class_size)


def trainers(held, per_session, sessions_per_trainer):
    """Trainers who can run the sessions. [person]"""
    return ceil(held * per_session / sessions_per_trainer)


def level_participants(v, level):
    """People of a level to train, including trainers of the level below. [person]"""
    people, start, below = LEVELS[level]
    own = learners(v[people], v[start], v[f"capacity.{level}.turnover"], v[f"capacity.{level}.refresher"])
    return own + sum(v[f"trainers.{name}"] for name in below)


def level_sessions(v, level):
    """Sessions of a level. [session]"""
    return sessions(v[f"participants.{level}"], v[f"capacity.{level}.class_size"])


def level_trainers(v, level):
    """Trainers of a level. [person]"""
    of = f"capacity.{level}."
    return trainers(v[f"sessions.{level}"], v[of + "trainers_per_session"], v[of + "sessions_per_trainer"])


TRAINING_DRIVERS = {f.__name__: f for f in (facility_users_at_start, office_people, office_people_at_start, national_people)}
for _level in LEVELS:  # bottom up: a level comes after those it trains
    TRAINING_DRIVERS[f"participants.{_level}"] = partial(level_participants, level=_level)
    TRAINING_DRIVERS[f"sessions.{_level}"] = partial(level_sessions, level=_level)
    TRAINING_DRIVERS[f"trainers.{_level}"] = partial(level_trainers, level=_level)
