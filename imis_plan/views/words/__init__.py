"""Sentences made from the numbers. Each function returns Markdown in the language spoken now; no figure is typed into a text."""

from imis_plan.views.words.cost import (
    after_leaving,
    by_year,
    component,
    exchange,
    funded,
    headline,
    per_insured,
    target,
    title,
    unfunded,
    where_money_goes,
)
from imis_plan.views.words.naming import currency, label, named_line, small_digits
from imis_plan.views.words.people import hosting, job, role_sentence, staff, volumes
from imis_plan.views.words.trust import exclusions, grades, outside, plausible

__all__ = [
    "after_leaving",
    "by_year",
    "component",
    "currency",
    "exchange",
    "exclusions",
    "funded",
    "grades",
    "headline",
    "hosting",
    "job",
    "label",
    "named_line",
    "outside",
    "per_insured",
    "plausible",
    "role_sentence",
    "small_digits",
    "staff",
    "target",
    "title",
    "unfunded",
    "volumes",
    "where_money_goes",
]
