"""Drivers: the quantities by year that budget lines multiply. One function each, in the order of computation.

Every function takes the parameters and the drivers before it (`v`) and returns a series, first axis = budget year. Sources:
the definitions are those of this project (docs/method.md, "Drivers"); `v["t"]` is the year, 0 = base year.
"""

from imis_plan.model.arrays import TOLERANCE, ceil, choose, clip, cumulative_sum, exp, maximum, minimum, previous, where

MONTHS = 12


def population(v):
    """People living in the area of the scheme. [person]"""
    years = v["time.base_year"] - v["population.year"] + v["t"]
    return v["population.total"] * (1 + v["population.growth"]) ** years


def start_share(v):
    """Share of the target that is reached before the first year. [1]"""
    years = v["time.base_year"] - v["population.year"] - 1
    before = v["population.total"] * (1 + v["population.growth"]) ** years
    return minimum(v["coverage.insured_at_start"] / (before * v["coverage.target"]), 1)


def linear_share(elapsed, years):
    """Even steps over `years`. [1]"""
    return clip(elapsed / years, 0, 1)


def logistic_share(elapsed, years):
    """Slow start, fast middle, slow end; 0 and 1 at the ends. [1]"""
    steepness = 8
    curve = 1 / (1 + exp(-steepness * (linear_share(elapsed, years) - 0.5)))
    lowest = 1 / (1 + exp(steepness / 2))
    return (curve - lowest) / (1 - 2 * lowest)


def given_share(elapsed, path, start):
    """A listed path, moved to the right by a delay, straight between its points. [1]"""
    reached, before = start, start
    for k, point in enumerate(path):
        reached = reached + (point - before) * clip(elapsed - k, 0, 1)
        before = point
    return reached


def rollout(v):
    """Share of the target reached by the end of the year. [1]"""
    elapsed = v["t"] + 1 - v["coverage.delay"]
    start = v["start_share"]
    return choose(
        v["coverage.shape"],
        {
            "linear": lambda: start + (1 - start) * linear_share(elapsed, v["coverage.years"]),
            "logistic": lambda: start + (1 - start) * logistic_share(elapsed, v["coverage.years"]),
            "given": lambda: given_share(elapsed, v["coverage.rollout"], start),
        },
    )


def progress(v):
    """Progress from the start to the target; what exists before the first year grows in the same proportion. [1]"""
    distance = maximum(1 - v["start_share"], TOLERANCE)
    return clip((v["rollout"] - v["start_share"]) / distance, 0, 1)


def grow_to_target(v, start, target):
    """Whole things by year on their way from the number at the start to the number of the target. [same unit]"""
    return ceil(start + (target - start) * v["progress"])


def insured(v):
    """People with an active policy at the end of the year. [person]"""
    return v["population"] * v["coverage.target"] * v["rollout"]


def retained(v):
    """Insured of last year who renewed. [person]"""
    before = previous(v["insured"], v["coverage.insured_at_start"])
    return minimum(before * v["enrolment.renewal_rate"], v["insured"])


def new_insured(v):
    """Enrolments of the year. [person]"""
    return v["insured"] - v["retained"]


def average_insured(v):
    """Insured at mid-year, on whom claims depend. [person]"""
    return (previous(v["insured"], v["coverage.insured_at_start"]) + v["insured"]) / 2


def households(v):
    """Insured households at the end of the year. [household]"""
    return v["insured"] / v["population.household_size"]


def new_households(v):
    """Households enrolled in the year. [household]"""
    return v["new_insured"] / v["population.household_size"]


def renewed_households(v):
    """Households that renewed in the year. [household]"""
    return v["retained"] / v["population.household_size"]


def active(v):
    """1 from the first year with insured people, else 0. [1]"""
    return where(v["insured"] > 0, 1.0, 0.0)


def setup(v):
    """Share of the one-off costs paid in the year: all that is due, in the first year with insured people. [1]"""
    first = where(cumulative_sum(v["active"]) == 1, v["active"], 0.0)
    return first * v["schemes.setup_due"]


def claims(v):
    """Claims of the year. [claim]"""
    return v["average_insured"] * v["claims.per_insured_year"]


def paper_claims(v):
    """Claims that reach the office on paper and are keyed there. [claim]"""
    return v["claims"] * (1 - v["claims.electronic_share"])


def facilities(v):
    """Contracted health facilities. [facility]"""
    return grow_to_target(v, v["facilities.at_start"], v["facilities.number"])


def agents(v):
    """Enrolment agents: a number that follows the roll-out, or a ratio of households; never fewer than before. [agent]"""
    wanted = choose(
        v["agents.basis"],
        {
            "given": lambda: grow_to_target(v, v["agents.at_start"], v["agents.number"]),
            "ratio": lambda: ceil(v["households"] / v["agents.households_per_agent"]),
        },
    )
    return maximum(wanted, v["agents.at_start"])


def schemes(v):
    """Insurance schemes in operation, each with its own offices, registers and products. [scheme]"""
    return grow_to_target(v, v["schemes.at_start"], v["schemes.number"])


def offices(v):
    """Scheme offices open. [office]"""
    return grow_to_target(v, v["schemes.offices_at_start"], v["schemes.number"] * v["schemes.offices_per_scheme"])


def office_months(v):
    """Months in which offices are open. [office-month]"""
    return v["offices"] * MONTHS


def office_staff(v):
    """The schemes' own staff who work with openIMIS, IT team not counted. [user]"""
    return v["offices"] * v["schemes.users_per_office"] + v["schemes.national_users"] * v["active"]


def office_staff_at_start(v):
    """The same before the first year. [user]"""
    running = where(v["coverage.insured_at_start"] > 0, 1.0, 0.0)
    return v["schemes.offices_at_start"] * v["schemes.users_per_office"] + v["schemes.national_users"] * running


def facility_users(v):
    """People with a login in facilities. [user]"""
    return v["facilities"] * v["facilities.users_per_facility"]


def agent_users(v):
    """Agents with a login. [user]"""
    return v["agents"] * v["agents.login_share"]


def supported_users(v):
    """Users whom the IT team supports. [user]"""
    return v["office_staff"] + v["facility_users"] + v["agent_users"]


def paper_enrolments(v):
    """Households enrolled on paper, keyed in the office. [household]"""
    return v["new_households"] * v["enrolment.paper_share"]


def paper_renewals(v):
    """Households renewed on paper, keyed in the office. [household]"""
    return v["renewed_households"] * v["enrolment.paper_renewal_share"]


def offline_transfers(v):
    """Extracts for, and uploads from, facilities that work offline. [event]"""
    return v["facilities"] * v["facilities.offline_share"] * v["facilities.transfers_per_year"]


def feedback_requests(v):
    """Insured who are asked about a visit. [event]"""
    return v["claims"] * v["claims.feedback_share"]


def tickets(v):
    """Requests for help that reach the administrators. [event]"""
    return v["supported_users"] * v["operations.tickets_per_user"]


def register_changes(v):
    """Changes of registers: facilities, products, prices. [event]"""
    return v["facilities"] * v["operations.changes_per_facility"] + v["schemes"] * v["operations.changes_per_scheme"]


def app_rollouts(v):
    """New versions of the application brought to the offices. [event]"""
    return v["operations.versions_per_year"] * v["offices"]


def server_upgrades(v):
    """Upgrades of application, database and operating system. [event]"""
    return v["operations.upgrades_per_year"] * v["active"]


def security_tasks(v):
    """Monthly rounds of patches, logs, restore tests and access reviews. [event]"""
    return MONTHS * v["active"]


def development_days(v):
    """Days of development: customisation, integration and translation once, then maintenance and upgrades. [person-day]"""
    once = v["software.customisation_days"] + v["software.integration_days"] + v["software.translation_days"]
    yearly = v["software.maintenance_days"] + v["software.upgrade_days"]
    return v["setup"] * once + v["active"] * yearly


def in_house_days(v):
    """Days of development that the scheme's own developers do. [person-day]"""
    return v["development_days"] * (v["software.developers"] == "in_house")


def first_registered(v):
    """Of those who enrol, people who were never registered before: they need a record, a photo and a card. [person]"""
    return v["new_insured"] * (1 - v["enrolment.returning_share"])


def registered(v):
    """People ever registered, whose records and photos stay. [person]"""
    start = maximum(v["enrolment.registered_at_start"], v["coverage.insured_at_start"])
    return start + cumulative_sum(v["first_registered"])


DRIVERS = {
    function.__name__: function
    for function in (
        population, start_share, rollout, progress, insured, retained, new_insured, average_insured, households, new_households,
        renewed_households, active, setup, claims, paper_claims, facilities, agents, schemes, offices,
        office_months, office_staff, office_staff_at_start, facility_users, agent_users, supported_users, paper_enrolments,
        paper_renewals, offline_transfers, feedback_requests, tickets, register_changes, app_rollouts, server_upgrades,
        security_tasks, development_days, in_house_days, first_registered, registered,
    )
}  # fmt: skip
