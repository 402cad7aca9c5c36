"""Countries with observations of the same item, where one's own has none: those like it first, then all."""

from imis_plan.facts.carry import Economy
from imis_plan.sentence import sentence

# The value of a single other country says more about that country than about the item.
LEAST = 2
NEAR, ANYWHERE = sentence("same region and income group"), sentence("all countries")


def alike(economy: Economy, other: Economy | None) -> bool:
    """Whether another country is of the same region and income group; one that nothing is known of is not."""
    return other is not None and (economy.region, economy.income_group) == (other.region, other.income_group)
