"""Which countries stand in for one that has no observation."""

import pytest

from imis_plan.facts.analogues import alike
from tests.facts.small import KEN, MWI, NPL, TZA


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (KEN, True),  # in Africa, lower-middle income
        (MWI, False),  # poorer
        (NPL, False),  # elsewhere
        (None, False),  # a price without a country
    ],
)
def test_alike_is_the_same_region_and_income_group(other, expected):
    """As Tanzania."""
    assert alike(TZA, other) is expected
