"""Which country a name or a code means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from imis_plan.facts.records import Country
from imis_plan.facts.tables import aliases, countries, hints
from imis_plan.sentence import one_of, sentence

ARTICLES = frozenset({"le", "la", "les", "l"})
# How the hint of a name of several countries begins.
SEVERAL = "it stands for"
# Below it, a name is offered that the reader hardly meant.
LIKENESS = 0.75


class UnknownCountryError(LookupError):
    """A text that is no country of ISO 3166-1: `hint` says why, `close` are countries with a similar name."""

    def __init__(self, text: str, hint: str, close: Iterable[Country]) -> None:
        self.text, self.hint, self.close = text, hint, tuple(close)
        super().__init__(self.message())

    @property
    def ambiguous(self) -> bool:
        """Whether the text stands for several countries, of which one has to be chosen."""
        return self.hint.startswith(SEVERAL)

    def message(self) -> str:
        """What is wrong and what to write."""
        if self.hint:
            return sentence('"{text}" has no facts of its own: {hint}', text=self.text, hint=self.hint)
        if self.close:
            return sentence('no country is called "{text}", did you mean {names}?', text=self.text, names=self.close_names())
        return sentence(
            'no country is called "{text}": give its name in English or French, or its three letters, such as KEN', text=self.text
        )

    def close_names(self) -> str:
        """The countries with a similar name, of which one may be meant."""
        return one_of([f"{country.name_en} ({country.iso3})" for country in self.close])


def find_country(text: str) -> Country:
    """The country that a code of ISO 3166-1 or a name in English or French means."""
    code, name = text.strip().upper(), folded(text)
    iso3 = codes().get(code) or names().get(name)
    if iso3:
        return countries()[iso3]
    raise UnknownCountryError(text, folded_hints().get(name, ""), closest(name))


def closest(name: str) -> list[Country]:
    """At most three countries with a name like this one, most similar first."""
    matches = get_close_matches(name, sorted(names()), n=3, cutoff=LIKENESS)
    return [countries()[iso3] for iso3 in dict.fromkeys(names()[match] for match in matches)]


@cache
def codes() -> Mapping[str, str]:
    """Three letters by two and by three letters."""
    known = countries()
    return MappingProxyType({country.iso2: iso3 for iso3, country in known.items()} | {iso3: iso3 for iso3 in known})


@cache
def names() -> Mapping[str, str]:
    """Three letters by folded name."""
    listed = {name: iso3 for iso3, country in countries().items() for name in (country.name_en, country.name_fr)}
    return MappingProxyType({folded(name): iso3 for name, iso3 in {**listed, **aliases()}.items()})


@cache
def folded_hints() -> Mapping[str, str]:
    """Hints by folded name."""
    return MappingProxyType({folded(name): hint for name, hint in hints().items()})


def folded(name: str) -> str:
    """A name without accents, case, punctuation and articles, so that different spellings of it agree."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    parts = re.sub(r"[\W_]+", " ", letters.casefold().replace("&", " and ")).split()
    parts = ["saint" if part == "st" else part for part in parts if part != "the"]
    return " ".join(parts[1:] if len(parts) > 1 and parts[0] in ARTICLES else parts)
