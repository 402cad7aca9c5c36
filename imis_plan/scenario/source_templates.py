"""Words of sources that variants, parts of a country and readings of openIMIS have, as files have them: in English.

`imis_plan.i18n.sources` finds them by their pattern and translates them where they are shown.
"""

from imis_plan.scenario.localized_text import N_

WHAT_IF_OF_ANALYST = N_("what-if of the analyst, instead of {value}")
KEEPS_FACTORS = N_("a variant keeps the contingency of its base")
FACILITIES_OF_AREA = N_("{area}, public facilities, collected up to 2019")
COUNTED_ELSEWHERE = N_("all office users are counted in {path}")
YEAR_OF_COUNT = N_("year of the count")
POPULATION_FROM_REGISTER = N_("no population was read, so the number of people in the register is used; replace it by the census")
SHARE_OF_TODAY = N_("today's share is kept, {count} insured / {number} people; high: everybody registered")
# Whole sources, without a key of a publication.
SHARE_OF_COUNT = N_("share of {name} by population: {percent}% of its {number}")
GIVEN_BY_USER = N_("given on the command line, {day}")

KEYED = (WHAT_IF_OF_ANALYST, FACILITIES_OF_AREA, COUNTED_ELSEWHERE, SHARE_OF_TODAY, SHARE_OF_COUNT)
UNKEYED = (SHARE_OF_COUNT, GIVEN_BY_USER)
