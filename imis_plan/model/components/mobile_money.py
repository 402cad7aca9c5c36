"""Component 8: mobile money, if applicable: set-up once, and the part of the transaction fees that the scheme pays."""

from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, Line

NOT_APPLICABLE = N_("contributions are not collected by mobile money")


def payments(v):
    """Contributions paid by mobile money. [payment]"""
    return (v["new_households"] + v["renewed_households"]) * v["mobile_money.paid_share"] * v["mobile_money.payments_per_year"]


def setup(v):
    """One-time charge for joining the payment systems. [provider]"""
    return Line(
        "setup", N_("Set-up with providers"), CAPITAL, LOCAL, "once", "provider", "mobile_money.setup",
        quantity=v["setup"] * v["mobile_money.providers"],
        working=N_("{mobile_money.providers} providers, once, in the year of set-up"),
        applies=v["mobile_money.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


def flat_fees(v):
    """Flat fee of each payment, the part that the scheme bears. [payment]"""
    return Line(
        "flat_fees", N_("Flat transaction fees"), RECURRENT, LOCAL, "payments", "payment", "mobile_money.flat_fee",
        quantity=payments(v) * v["mobile_money.borne_by_scheme"],
        terms={"payments": payments(v)},
        working=N_("{payments} payments x {mobile_money.borne_by_scheme} borne by the scheme"),
        applies=v["mobile_money.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


def share_fees(v):
    """Fee in proportion to the contribution, the part that the scheme bears, counted in contributions. [contribution]"""
    each = v["mobile_money.share_fee"] * v["mobile_money.borne_by_scheme"] / v["mobile_money.payments_per_year"]
    return Line(
        "share_fees", N_("Proportional transaction fees"), RECURRENT, LOCAL, "payments", "contribution", "enrolment.contribution",
        quantity=payments(v) * each,
        terms={"payments": payments(v)},
        working=N_(
            "{payments} payments x {mobile_money.share_fee} of the yearly contribution / {mobile_money.payments_per_year} payments a year "
            "x {mobile_money.borne_by_scheme} borne by the scheme"
        ),
        applies=v["mobile_money.applicable"],
        exclusion_reason=NOT_APPLICABLE,
    )  # fmt: skip


LINES = (setup, flat_fees, share_fees)
