"""Sentences made from the numbers. Each function returns Markdown in the language spoken now; no figure is typed into a text."""

from imis_plan.views.words.assessment import assessed, stale_prices
from imis_plan.views.words.comparison import FACTOR_LABELS, dollars, leading, ranked, why
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
from imis_plan.views.words.costab import lenders
from imis_plan.views.words.drift import against_reality
from imis_plan.views.words.essentials import decisions, essentials
from imis_plan.views.words.naming import currency, label, named_line, small_digits
from imis_plan.views.words.options import option, options, options_in_short, signed_money, signed_share
from imis_plan.views.words.people import hosting, job, role_sentence, staff, volumes
from imis_plan.views.words.risk import causes, contingency, enough, spread
from imis_plan.views.words.trust import exclusions, grades, outside, plausible
from imis_plan.views.words.variance import against_plan

__all__ = [
    "FACTOR_LABELS",
    "after_leaving",
    "against_plan",
    "against_reality",
    "assessed",
    "by_year",
    "causes",
    "component",
    "contingency",
    "currency",
    "decisions",
    "dollars",
    "enough",
    "essentials",
    "exchange",
    "exclusions",
    "funded",
    "grades",
    "headline",
    "hosting",
    "job",
    "label",
    "leading",
    "lenders",
    "named_line",
    "option",
    "options",
    "options_in_short",
    "outside",
    "per_insured",
    "plausible",
    "ranked",
    "role_sentence",
    "signed_money",
    "signed_share",
    "small_digits",
    "spread",
    "staff",
    "stale_prices",
    "target",
    "title",
    "unfunded",
    "volumes",
    "where_money_goes",
    "why",
]
