"""The `about` section of a scenario, from its file and the files that it is based on."""

from typing import Any

from imis_plan.facts.lookup import latest
from imis_plan.facts.resolve import MINIMUM_PAY
from imis_plan.facts.tables import countries
from imis_plan.scenario.declarations import Declarations
from imis_plan.scenario.inheritance import Locations
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import report_open_texts, with_draft_texts
from imis_plan.scenario.scenario_sections import About
from imis_plan.scenario.status import DRAFT
from imis_plan.scenario.units import LCU, Units
from imis_plan.scenario.validation import build
from imis_plan.sentence import sentence


def about_from(declarations: Declarations, locations: Locations) -> About | None:
    """The `about` section of the scenario, or None; problems are reported."""
    about: About | None = None
    data: dict[Any, Any] = {}
    for location in locations:
        here, own = location.below("about"), location.document.data.get("about", {})
        if not data and "about" not in location.document.data:
            here.report("missing", "give country, iso3, scheme, title, currency, ...")
            return None
        # The status is not inherited: who endorsed the base has not endorsed what is based on it.
        data = {**data, "status": DRAFT, **own} if isinstance(own, dict) else own
        base, about = about, build(About, with_draft_texts(data) if isinstance(data, dict) else data, here)
        if about is None:
            return None
        report_currency(about, base, declarations, here)
        report_pay_area(about, here)
    report_open_texts(data, locations[-1].below("about"))
    return about


def report_currency(about: About, base: About | None, declarations: Declarations, location: Location) -> None:
    """Report a currency that does not exist, or that is not the currency of the base scenario."""
    known, here = set(declarations.units.currencies) - {LCU}, location.below("currency")
    if base and about.currency != base.currency:
        remedy = sentence("keep {currency}: the amounts of the base scenario are in it", currency=base.currency)
        here.report("not the currency of the base scenario", remedy, about.currency)
    elif not base and about.currency not in known:
        here.report("unknown currency", currency_suggestion(about, declarations.units), about.currency)


def report_pay_area(about: About, location: Location) -> None:
    """Report a part of the country whose minimum of public pay is not in the facts: the country's would not hold either."""
    if about.pay_area and not latest(about.pay_area, MINIMUM_PAY):
        remedy = sentence("give the code of a row with public_minimum_pay, as in EAZ, or leave it out")
        location.below("pay_area").report("not in the facts", remedy, about.pay_area)


def currency_suggestion(about: About, units: Units) -> str:
    """What to write instead of an unknown currency: the currency of the country, if the country is known."""
    country = countries().get(about.iso3)
    if country and country.currency in units.currencies:
        return sentence("the currency of {name_en} is {currency}", name_en=country.name_en, currency=country.currency)
    return units.currency_suggestion(about.currency)
