"""A few made-up countries, items and rows, so that a case fits into one line."""

from pathlib import Path
from typing import Any

from imis_plan.facts.carry import Economy, Money, Target
from imis_plan.facts.items import Item
from imis_plan.facts.records import Observation
from imis_plan.facts.resolve import Question

PARAMETERS = Path(__file__).parents[2] / "parameters"
# Countries of the shipped rows, and some more.
COUNTRIES = frozenset(
    [
        "BFA", "BGD", "CIV", "CMR", "COD", "ETH", "GHA", "GIN", "GMB", "IND", "KEN", "KHM", "MLI", "MOZ", "MRT", "MWI", "NER", "NGA",
        "NPL", "RWA", "SEN", "TCD", "TZA", "UGA", "ZMB", "ZWE",
    ]
)  # fmt: skip
CURRENCIES = frozenset(
    ["USD", "EUR", "NPR", "TZS", "XAF", "XOF", "MWK", "ZMW", "CDF", "GMD", "MRU", "KES", "RWF", "INR", "GNF", "NGN", "ZAR", "BDT"]
)

NPL = Economy("NPL", "NPR", "Asia", "lower-middle")
TZA = Economy("TZA", "TZS", "Africa", "lower-middle")
KEN = Economy("KEN", "KES", "Africa", "lower-middle")
CIV = Economy("CIV", "XOF", "Africa", "lower-middle")
MWI = Economy("MWI", "MWK", "Africa", "low")
RWA = Economy("RWA", "RWF", "Africa", "low")
ZMB = Economy("ZMB", "ZMW", "Africa", "lower-middle")
CMR = Economy("CMR", "XAF", "Africa", "lower-middle")
ECONOMIES = {economy.iso3: economy for economy in (NPL, TZA, KEN, CIV, MWI, RWA, ZMB, CMR)}

PHONE = Item("handset", "phone", "tradable", spread=0.1)
MESSAGE = Item("sms_local", "message part", "local", spread=0.2)
MINUTES = Item("household_interview", "minute", "none", spread=0.2)

RATES = {"NPR": 100.0, "TZS": 2500.0, "KES": 101.99, "RWF": 899.35, "XOF": 600.0, "MWK": 1000.0, "ZMW": 20.0, "XAF": 600.0}
PARITY = {"NPL": 40.0, "TZA": 1000.0, "KEN": 50.0, "CIV": 240.0, "MWI": 400.0, "RWA": 360.0, "ZMB": 8.0, "CMR": 240.0}


def index(area: str, start: int, end: int) -> float | None:
    """Prices rise by 2 % a year in dollars and by 5 % elsewhere; nothing is known before 2010."""
    return None if start < 2010 else (1.02 if area == "USD" else 1.05) ** (end - start)


# The same rates and parities in every year.
MONEY = Money(index, lambda currency, _: RATES.get(currency), lambda country, _: PARITY.get(country))


def observation(**given: Any) -> Observation:
    """A message in Nepal for one rupee of 2025, but for what is given."""
    row: dict[str, Any] = {
        "item": "sms_local", "country": "NPL", "value": 1.0, "unit": "message part", "currency": "NPR", "price_year": 2025,
        "dated": "stated", "source": "a", "locator": "", "series": "", "tier": "", "kind": "observed", "grade": "B", "tax": "unknown",
        "published": "", "note": "",
    }  # fmt: skip
    row |= given
    return Observation(**(row | {"series": row["series"] or row["source"]}))


def question(item: Item, economy: Economy, rows: Any, year: int = 2026, **given: Any) -> Question:
    """What the rows give for an item in local money of a year."""
    return Question(item, Target(economy, economy.currency, year), tuple(rows), ECONOMIES, MONEY, **given)
