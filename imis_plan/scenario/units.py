"""The list of allowed units, read from `units.yaml`; a price has a currency and what is paid for: `USD/card`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from imis_plan.problems import Problem, closest_match, suggestion
from imis_plan.scenario.yaml_file import Document
from imis_plan.sentence import sentence

LCU = "LCU"
ISO = sentence("a currency of ISO 4217")
SECTIONS = ("units", "money", "currencies")


@dataclass(frozen=True)
class Measure:
    """A unit that is not money: its meaning, the bounds of its values, and whether they are counts, which are whole."""

    meaning: str
    min: float | None = None
    max: float | None = None
    whole: bool = False


@dataclass(frozen=True)
class Unit:
    """The parts of a unit. `USD/card`: currency USD, per card. `card`: no currency, per card."""

    text: str
    currency: str | None
    per: str


@dataclass(frozen=True)
class Units:
    """The units, what prices are per, and the currencies of the file and of ISO 4217, each with its meaning."""

    measures: Mapping[str, Measure]
    money: Mapping[str, str]
    currencies: Mapping[str, str]

    def parse(self, text: str) -> Unit | None:
        """The unit that a text names, or None if it is not in the list."""
        if text in self.measures:
            return Unit(text, None, text)
        currency, _, per = text.partition("/")
        known = currency in self.currencies and (per in self.money or per in self.currencies)
        return Unit(text, currency, per) if known and not text.endswith("/") else None

    def is_whole(self, unit: str) -> bool:
        """Whether values in a unit are counts."""
        return unit in self.measures and self.measures[unit].whole

    def with_fractions(self) -> "Units":
        """The same units for values that are calculated, where a mean may be a fraction."""
        return replace(self, measures={name: replace(each, whole=False) for name, each in self.measures.items()})

    def also_accepting(self, currency: str) -> "Units":
        """The same units with one more currency: an unknown currency of a scenario is reported once, not for each price."""
        return self if currency in self.currencies else replace(self, currencies={**self.currencies, currency: ""})

    def also_counting(self, names: Iterable[str], ratios: Iterable[str]) -> "Units":
        """The same units with more things to count and to pay for, and with ratios of known things, as in motorbike/office."""
        counted = {name: Measure("", min=0) for name in names if name not in self.measures}
        known = {part for unit in (*self.measures, *self.money, *counted) for part in unit.split("/")} - {""}
        amounts = [unit.partition("/")[2] for unit in ratios if unit.partition("/")[0] in self.currencies]
        made = [unit for unit in (*ratios, *amounts) if unit and known.issuperset(unit.split("/"))]
        measures = {unit: Measure("", min=0) for unit in made if not self.parse(unit)}
        money = dict.fromkeys((*counted, *made), "")
        return replace(self, measures={**self.measures, **counted, **measures}, money={**money, **self.money})

    def currency_suggestion(self, text: str) -> str:
        """What to write instead of an unknown currency: one with the same first two letters, which are the country's."""
        similar = sorted(code for code in self.currencies if code[:2] == text[:2].upper() and code != LCU)
        return (
            sentence("did you mean {name}?", name=similar[0])
            if similar
            else sentence("give a currency code of three letters (ISO 4217), such as NPR")
        )

    def suggestion(self, text: str) -> str:
        """What to write instead of a unit that is not in the list."""
        if "%" in text or "percent" in text.lower():
            return sentence('use the unit "1" for a share (0.25, not 25 %)')
        currency, _, per = text.partition("/")
        if currency in self.currencies:
            match = closest_match(per, [*self.money, *self.currencies])
            return (
                sentence("did you mean {name}?", name=money_unit(currency, match))
                if match
                else sentence("add it to `money` in units.yaml if it is needed")
            )
        if len(currency) == len(LCU) and currency.isalpha() and per in self.money:
            return sentence("{currency} is not a currency, {hint}", currency=currency, hint=self.currency_suggestion(currency))
        match = closest_match(text, self.measures)
        return (
            sentence("did you mean {name}?", name=match)
            if match
            else sentence("choose from units.yaml, or add it there if it is needed")
        )


def money_unit(currency: str, per: str) -> str:
    """`USD/card` for USD and card; `USD` for an amount."""
    return f"{currency}/{per}" if per else currency


@cache
def iso_currencies() -> Mapping[str, str]:
    """Currencies of ISO 4217 that are legal tender today, from Unicode CLDR (Babel)."""
    from babel.core import get_global

    spans = [span for spans in get_global("territory_currencies").values() for span in spans]
    return dict.fromkeys(sorted({code for code, _, end, tender in spans if tender and end is None}), ISO)


def replace_lcu(unit: str, currency: str) -> str:
    """A unit with the currency instead of LCU."""
    return "/".join(currency if part == LCU else part for part in unit.split("/"))


def units_from(document: Document) -> tuple[Units, list[Problem]]:
    """The units in a file, and the problems of the file."""
    data, found = document.data, list(document.problems)
    found += [document.problem((key,), "unknown key", suggestion(key, SECTIONS)) for key in data if key not in SECTIONS]
    found += [
        document.problem((section,), "missing", sentence("give the {section} as `name: meaning`", section=section))
        for section in SECTIONS
        if not data.get(section) and not document.problems
    ]
    measures = {name: measure(entry) for name, entry in entries(data.get("units"))}
    meanings = [{name: str(entry or "") for name, entry in entries(data.get(key))} for key in ("money", "currencies")]
    per, listed = meanings
    return Units(measures, per, {**listed, **iso_currencies()}), found


def entries(section: Any) -> Iterator[tuple[str, Any]]:
    """Names and entries of a section, written as `- name` or as `name: meaning`."""
    if isinstance(section, dict):
        yield from ((str(name), entry) for name, entry in section.items())
    elif isinstance(section, list):
        yield from ((str(name), "") for name in section)


def measure(entry: Any) -> Measure:
    """A unit from `meaning` or `{meaning, min, max, whole}`."""
    if isinstance(entry, dict):
        return Measure(str(entry.get("meaning", "")), entry.get("min"), entry.get("max"), entry.get("whole") is True)
    return Measure(str(entry or ""))
