"""The facts of a country: all years, the last one, or a series. What is not known is empty, never zero."""

from difflib import get_close_matches

from imis_plan.facts.records import Area, CloudRegion, Fact
from imis_plan.facts.tables import areas, cloud_regions, facts, indicators


class UnknownIndicatorError(LookupError):
    """A name that is no indicator of the pack."""

    def __init__(self, name: str) -> None:
        close = get_close_matches(name, sorted(indicators()), n=1)
        advice = f"did you mean {close[0]}?" if close else f"choose from {', '.join(sorted(indicators()))}"
        super().__init__(f'the facts have no indicator "{name}", {advice}')


def observations(iso3: str, indicator: str) -> tuple[Fact, ...]:
    """All values of an indicator for a country, oldest first."""
    if indicator not in indicators():
        raise UnknownIndicatorError(indicator)
    return facts(indicators()[indicator].table).get((iso3, indicator), ())


def latest(iso3: str, indicator: str) -> Fact | None:
    """The value of the last year."""
    found = observations(iso3, indicator)
    return found[-1] if found else None


def series(iso3: str, indicator: str) -> dict[int, float]:
    """Values by year."""
    return {fact.year: fact.value for fact in observations(iso3, indicator)}


def facilities(iso3: str) -> tuple[Area, ...]:
    """Public health facilities by first-level area; nothing for countries outside Africa."""
    return areas().get(iso3, ())


def nearest_cloud(iso3: str) -> tuple[CloudRegion, ...]:
    """The nearest region of each provider, and the nearest one with a price."""
    return cloud_regions().get(iso3, ())
