"""Component 7: external SMS gateway, if applicable: rights and sender name once, messages in parts."""

from imis_plan.model.arrays import previous
from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, Line

NOT_APPLICABLE = N_("the scheme sends no SMS")


def gateway_rights(v):
    """One-time charge for using the gateway. [contract]"""
    return Line(
        "gateway_rights", N_("Gateway rights"), CAPITAL, LOCAL, "once", "contract", "sms.gateway_rights",
        quantity=v["setup"],
        working=N_("once, in the year of set-up"),
        applies=v["sms.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


def sender_name(v):
    """Charge for setting up the sender name or short code. [name]"""
    return Line(
        "sender_name", N_("Sender name"), CAPITAL, LOCAL, "once", "name", "sms.sender_name",
        quantity=v["setup"],
        working=N_("once, in the year of set-up"),
        applies=v["sms.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


def message_line(v, line, label, events, driver, working, **terms):
    """A line of messages: events x phones reached x parts per message. [message part]"""
    return Line(
        line, label, RECURRENT, LOCAL, driver, "message part", "sms.message",
        quantity=events * v["sms.reached_share"] * v["sms.parts"],
        terms=terms,
        working=working + N_(" x {sms.reached_share} reached by phone x {sms.parts} parts"),
        applies=v["sms.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


def enrolment_messages(v):
    """Confirmation to each newly enrolled household. [message part]"""
    events = v["new_households"] * v["sms.per_enrolment"]
    return message_line(
        v,
        "enrolment_messages",
        N_("Messages at enrolment"),
        events,
        "new_households",
        N_("{new_households} new households x {sms.per_enrolment} messages"),
    )


def renewal_reminders(v):
    """Reminders to households whose policy ends. [message part]"""
    due = previous(v["households"], v["coverage.insured_at_start"] / v["population.household_size"])
    return message_line(
        v, "renewal_reminders", N_("Renewal reminders"), due * v["sms.per_renewal"], "households",
        N_("{due} households insured the year before x {sms.per_renewal} reminders"), due=due,
    )  # fmt: skip


def claim_notices(v):
    """Notices to the insured that a claim was made on their policy. [message part]"""
    events = v["claims"] * v["sms.per_claim"]
    return message_line(
        v, "claim_notices", N_("Claim notices"), events, "claims", N_("{claims} claims x {sms.per_claim} notices")
    )


LINES = (gateway_rights, sender_name, enrolment_messages, renewal_reminders, claim_notices)
