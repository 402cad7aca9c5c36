"""Grades of confidence, from best to weakest."""

from collections.abc import Iterable

from imis_plan.model.budget_line import N_

GRADES = {
    "A": N_("primary source"),
    "B": N_("transcription"),
    "C": N_("weak source"),
    "analogue": N_("observed in other countries"),
    "predicted": N_("from a tested relation"),
    "assumed": N_("assumption"),
}
# Grades of what was published about the own country.
PUBLISHED = ("A", "B", "C")
RANKS = {grade: rank for rank, grade in enumerate(GRADES)}


def weakest(grades: Iterable[str | None]) -> str:
    """The weakest of some grades; empty when there is none."""
    known = [grade for grade in grades if grade in RANKS]
    return max(known, key=RANKS.__getitem__, default="")
