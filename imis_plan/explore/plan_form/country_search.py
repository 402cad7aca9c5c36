"""Find a country by what somebody types: a name in English or French, a code, or a part of either."""

from imis_plan.facts.country import closest, codes, folded, names
from imis_plan.facts.records import Country
from imis_plan.facts.tables import countries


def by_name(language: str) -> list[Country]:
    """All countries in the alphabetical order of a language."""
    return sorted(countries().values(), key=lambda country: folded(country.name(language)))


def matches(text: str, language: str) -> list[Country]:
    """The countries that a text may mean, best first; all of them where nothing is typed, and none where nothing is like it.

    A code comes before names that begin with the text, these before names that contain it, and before names that are like it.
    """
    name = folded(text)
    if not name:
        return by_name(language)
    known = countries()
    code = codes().get(text.strip().upper())
    begins = [iso3 for each, iso3 in names().items() if each.startswith(name)]
    contains = [iso3 for each, iso3 in names().items() if name in each]
    order = {country.iso3: place for place, country in enumerate(by_name(language))}
    ranked = [*([code] if code else []), *sorted(begins, key=order.__getitem__), *sorted(contains, key=order.__getitem__)]
    return [known[iso3] for iso3 in dict.fromkeys(ranked)] or closest(name)


def is_named(text: str) -> bool:
    """Whether a text is a code, a name or a part of one, and not only like one."""
    name = folded(text)
    return text.strip().upper() in codes() or (bool(name) and any(name in each for each in names()))


def plan_name(country: Country) -> str:
    """A name for the plan of a country, which becomes that of its file: letters, digits and _."""
    return "_".join(part for part in folded(country.name_en).split() if part.isascii()) or country.iso3.lower()
