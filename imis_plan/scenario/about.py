"""What a scenario is about, from its file and from those that it builds on."""

from typing import Any

from imis_plan.facts.tables import countries
from imis_plan.scenario.declarations import Declarations
from imis_plan.scenario.inheritance import Locations
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import About
from imis_plan.scenario.units import LCU, Units
from imis_plan.scenario.validation import build


def about_from(declarations: Declarations, locations: Locations) -> About | None:
    """What the scenario is about, or None; what is wrong is reported."""
    about: About | None = None
    data: dict[Any, Any] = {}
    for location in locations:
        here, own = location.below("about"), location.document.data.get("about", {})
        if not data and "about" not in location.document.data:
            here.report("missing", "say what the scenario is about: country, iso3, scheme, title, currency, ...")
            return None
        data = {**data, **own} if isinstance(own, dict) else own
        base, about = about, build(About, data, here)
        if about is None:
            return None
        report_currency(about, base, declarations, here)
    return about


def report_currency(about: About, base: About | None, declarations: Declarations, location: Location) -> None:
    """Report a currency that does not exist, or not that of the scenario that this one builds on."""
    known, here = set(declarations.units.currencies) - {LCU}, location.below("currency")
    if base and about.currency != base.currency:
        right = f"keep {base.currency}: the amounts of the scenario that this one is based on are in it"
        here.report("another currency", right, about.currency)
    elif not base and about.currency not in known:
        here.report("unknown currency", right_currency(about, declarations.units), about.currency)


def right_currency(about: About, units: Units) -> str:
    """What to write in place of an unknown currency: that of the country, if the country is known."""
    country = countries().get(about.iso3)
    if country and country.currency in units.currencies:
        return f"the currency of {country.name_en} is {country.currency}"
    return units.currency_instead(about.currency)
