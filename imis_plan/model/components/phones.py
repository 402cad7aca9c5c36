"""Component 4: mobile phones of enrolment agents and facilities."""

from imis_plan.model.arrays import maximum, minimum
from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, TRADABLE, Line
from imis_plan.model.stock import growth, purchases

OWN_PHONES = N_("agents and facilities use their own phones")


def phones_needed(v):
    """Phones in use by agents and facilities. [phone]"""
    return v["agents"] * v["phones.per_agent"] + v["facilities"] * v["phones.per_facility"]


def phones_bought(v):
    """Phones to buy: growth, losses and end of life together. [phone]"""
    return purchases(v["phones_needed"], v["phones.at_start"], v["phones.age_at_start"], v["phones.life"], v["phones.loss"])


def phones_first(v):
    """Of these, phones for a growing number of agents and facilities. [phone]"""
    # Growth by half a phone may use the other half of a phone bought last year: never more than are bought.
    return minimum(growth(v["phones_needed"], v["phones.at_start"]), v["phones_bought"])


DRIVERS = {function.__name__: function for function in (phones_needed, phones_bought, phones_first)}


def handsets(v):
    """Handsets for agents and facilities that had none. [phone]"""
    return Line(
        "handsets", N_("Handsets"), CAPITAL, TRADABLE, "agents + facilities", "phone", "phones.handset",
        quantity=v["phones_first"],
        life="phones.life",
        existing=v["phones.at_start"],
        existing_age=v["phones.age_at_start"],
        working=N_(
            "{agents} agents x {phones.per_agent} + {facilities} facilities x {phones.per_facility} = {phones_needed} in use -> {quantity} more than in any earlier year"
        ),
        applies=v["phones.provided"] == "given",
        exclusion_reason=OWN_PHONES,
    )  # fmt: skip


def replacements(v):
    """Handsets in place of lost and worn-out ones. [phone]"""
    return Line(
        "replacements", N_("Replacement of handsets"), CAPITAL, TRADABLE, "agents + facilities", "phone", "phones.handset",
        quantity=v["phones_bought"] - v["phones_first"],
        terms={"kept": maximum(v["phones_needed"] - v["phones_bought"], 0)},
        life="phones.life",
        working=N_("{phones_needed} needed, less {kept} still in use after losses of {phones.loss} a year and a life of {phones.life} years -> {phones_bought} bought, of them {phones_first} counted as new"),
        applies=v["phones.provided"] == "given",
        exclusion_reason=OWN_PHONES,
    )  # fmt: skip


def accessories(v):
    """Case, charger, power bank, one set with each handset. [set]"""
    return Line(
        "accessories", N_("Accessories"), CAPITAL, TRADABLE, "handsets bought", "set", "phones.accessories",
        quantity=v["phones_bought"],
        life="phones.life",
        existing=v["phones.at_start"],
        existing_age=v["phones.age_at_start"],
        working=N_("{phones_bought} handsets bought"),
        applies=v["phones.provided"] == "given",
        exclusion_reason=OWN_PHONES,
    )  # fmt: skip


def data(v):
    """Mobile data, for own phones too. [GB]"""
    return Line(
        "data", N_("Mobile data"), RECURRENT, LOCAL, "agents + facilities", "GB", "phones.data_price",
        quantity=v["phones_needed"] * v["phones.data_months"] * v["phones.data_volume"],
        working=N_("{phones_needed} phones x {phones.data_months} months x {phones.data_volume} GB"),
    )  # fmt: skip


LINES = (handsets, replacements, accessories, data)
