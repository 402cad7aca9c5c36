"""Payment profiles on cells: the share of a year's amount that is paid by the end of each quarter, as formulas."""

from itertools import accumulate

import numpy as np

from imis_plan.analysis.cash_plan import YEARS
from imis_plan.model.payment_profiles import PROFILES
from imis_plan.workbook.operand import terms_of
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel

# The last quarter pays what is left, so that quarters add up to the year.
GIVEN_QUARTERS = 3


def paid_by_quarter(traced: TracedModel) -> dict[str, list[list[Term]]]:
    """Payment profile -> for each of the first years, the share paid by the end of its first, second and third quarter."""
    years = min(YEARS, len(traced.years))
    found = {}
    for name, profile in PROFILES.items():
        traced.workings.begin_owner(name)
        with np.errstate(all="ignore"):  # as in the model
            sums = list(accumulate(profile(traced.evaluation.values)))[:GIVEN_QUARTERS]
        by_quarter = [terms_of(share, len(traced.years)) for share in sums]
        found[name] = [[terms[t] for terms in by_quarter] for t in range(years)]
    return found
