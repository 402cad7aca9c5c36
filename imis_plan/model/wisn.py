"""Workload indicators of staffing need (WISN): from the hours of recorded work to posts.

Source: WHO, Workload indicators of staffing need, 2010; see docs/method.md, "Staffing".
"""

import numpy as np

MINUTES_PER_HOUR = 60


def wisn(hours, awt, cas=0.0, individual_hours=0.0):
    """Posts for a workload: A x CAF + IAF. [post]

    hours : hours of recorded work in the year. [hour/year]
    awt : available working time of one post. [hour/year]
    cas : share of the time that all members spend on support activities; below 1. [1]
    individual_hours : hours of work that only some members do. [hour/year]

    Raises ValueError when `cas` is 1 or more: no time would be left for the counted work.
    """
    if np.any(cas >= 1):
        raise ValueError(f"cas = {cas}: support work of all members takes the whole working time; give a share below 1")
    return hours / awt / (1 - cas) + individual_hours / awt


def activity_hours(v, role, names):
    """Hours of recorded work: volume times minutes, over activities of the role. [hour/year]

    names : of the activities.
    """
    minutes = f"roles.{role.key}.workload.{{}}.minutes"
    return sum(v[role.workload[name].driver] * v[minutes.format(name)] for name in names) / MINUTES_PER_HOUR
