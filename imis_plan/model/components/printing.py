"""Component 3: forms for enrolment, renewal and claims, and cards with lamination."""

from imis_plan.model.budget_line import LOCAL, N_, RECURRENT, Line

CARD_TYPES = {
    "laminated_paper": N_("ID cards, laminated paper"),
    "pvc": N_("ID cards, printed plastic"),
    "preprinted_qr": N_("ID cards, pre-printed QR code"),
}

# Plastic is bought on the world market; paper is printed at home.
IMPORTED = frozenset({"pvc", "preprinted_qr"})


def form_line(line, label, driver, quantity, working, **terms):
    """A line of printed pages. [page]"""
    return Line(line, label, RECURRENT, LOCAL, driver, "page", "printing.page", quantity=quantity, working=working, terms=terms)


def enrolment_forms(v):
    """Forms for households that enrol on paper, spoiled ones included. [page]"""
    return form_line(
        "enrolment_forms", N_("Enrolment forms"), "new_households",
        v["paper_enrolments"] * v["printing.pages_per_enrolment"] * (1 + v["printing.spoiled"]),
        N_("{new_households} new households x {enrolment.paper_share} on paper x {printing.pages_per_enrolment} pages, + {printing.spoiled} spoiled"),
    )  # fmt: skip


def renewal_forms(v):
    """Forms for households that renew on paper. [page]"""
    return form_line(
        "renewal_forms", N_("Renewal forms"), "renewed_households",
        v["paper_renewals"] * v["printing.pages_per_renewal"] * (1 + v["printing.spoiled"]),
        N_("{renewed_households} renewed households x {enrolment.paper_renewal_share} on paper x {printing.pages_per_renewal} pages, + {printing.spoiled} spoiled"),
    )  # fmt: skip


def claim_forms(v):
    """Forms for claims on paper. [page]"""
    return form_line(
        "claim_forms", N_("Claim forms"), "paper_claims",
        v["paper_claims"] * v["printing.pages_per_claim"] * (1 + v["printing.spoiled"]),
        N_("{paper_claims} paper claims x {printing.pages_per_claim} pages, + {printing.spoiled} spoiled"),
    )  # fmt: skip


def cards_needed(v):
    """Cards for people registered for the first time, spoiled ones included. [card]"""
    return v["first_registered"] * v["printing.cards_per_insured"] * (1 + v["printing.spoiled"])


def card_line(v, card_type):
    """Cards of one type for people registered for the first time. [card]"""
    return Line(
        f"id_cards_{card_type}", CARD_TYPES[card_type], RECURRENT, card_type in IMPORTED, "first_registered", "card", f"printing.card_{card_type}",
        quantity=cards_needed(v),
        working=N_("{first_registered} registered for the first time x {printing.cards_per_insured} cards, + {printing.spoiled} spoiled"),
        applies=v["printing.card_type"] == card_type,
        exclusion_reason=N_("another card type is chosen: {printing.card_type}"),
    )  # fmt: skip


def card_replacement_line(v, card_type):
    """Cards of one type that replace lost ones. [card]"""
    return Line(
        f"card_replacement_{card_type}", CARD_TYPES[card_type] + N_(": replacement"), RECURRENT, card_type in IMPORTED, "retained", "card",
        f"printing.card_{card_type}",
        quantity=v["retained"] * v["printing.cards_per_insured"] * v["printing.card_loss"],
        working=N_("{retained} who renewed x {printing.cards_per_insured} cards x {printing.card_loss} lost"),
        applies=v["printing.card_type"] == card_type,
        exclusion_reason=N_("another card type is chosen: {printing.card_type}"),
    )  # fmt: skip


def lamination(v):
    """Lamination of paper cards, new and replaced. [card]"""
    replaced = v["retained"] * v["printing.cards_per_insured"] * v["printing.card_loss"]
    return Line(
        "lamination", N_("Lamination"), RECURRENT, LOCAL, "first_registered", "card", "printing.lamination",
        quantity=cards_needed(v) + replaced,
        terms={"new": cards_needed(v), "replaced": replaced},
        working=N_("{new} new + {replaced} replaced cards"),
        applies=v["printing.card_type"] == "laminated_paper",
        exclusion_reason=N_("another card type is chosen: {printing.card_type}"),
    )  # fmt: skip


def id_cards_laminated_paper(v):
    """Paper cards, to be laminated. [card]"""
    return card_line(v, "laminated_paper")


def id_cards_pvc(v):
    """Printed plastic cards. [card]"""
    return card_line(v, "pvc")


def id_cards_preprinted_qr(v):
    """Cards with a pre-printed QR code. [card]"""
    return card_line(v, "preprinted_qr")


def replacement_laminated_paper(v):
    """Lost paper cards. [card]"""
    return card_replacement_line(v, "laminated_paper")


def replacement_pvc(v):
    """Lost plastic cards. [card]"""
    return card_replacement_line(v, "pvc")


def replacement_preprinted_qr(v):
    """Lost QR cards. [card]"""
    return card_replacement_line(v, "preprinted_qr")


LINES = (
    enrolment_forms, renewal_forms, id_cards_laminated_paper, id_cards_pvc, id_cards_preprinted_qr, lamination,
    replacement_laminated_paper, replacement_pvc, replacement_preprinted_qr, claim_forms,
)  # fmt: skip
