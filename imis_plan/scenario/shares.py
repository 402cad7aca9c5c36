"""A scenario for a part of a country: the counts of the base scenario in proportion to the people who live there.

A row of a table that gives a population of its own either gives every count that `defaults.yaml` declares with `scales_with`, or
says `share_of_base: population`. Prices, shares and ratios are those of the base.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from imis_plan.scenario.localized_text import OPEN_SOURCE, LocalizedText, both, in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import OPEN
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.scenario.source_templates import SHARE_OF_COUNT
from imis_plan.scenario.typical import POPULATION
from imis_plan.sentence import sentence

SHARE_OF_BASE, BY_PEOPLE = "share_of_base", "population"
YEAR, GROWTH, TARGET = "population.year", "population.growth", "coverage.target"
# A row that gives one of these has a target of its own, which the text of the base does not describe.
OWN_TARGET = frozenset({POPULATION, TARGET})
# Grades of a figure of the whole country, and what is left of them for a part.
WEAKENED = {"A": "C", "B": "C", "C": "C"}
# So that the parts add up to the whole.
DIGITS = 9


def share_of_base(word: str | None, given: Mapping[str, Any], base: Plan, location: Location) -> float | None:
    """The share of the people of the base, or None for a row that is not scaled; what a row lacks is reported.

    word : the cell `share_of_base`. given : values of the row, by path
    """
    if word is None:
        report_absent_counts(given, base, location)
        return None
    if word != BY_PEOPLE:
        location.below(SHARE_OF_BASE).report(
            "no share of the base", sentence("write {by_people}, or leave the cell empty", by_people=BY_PEOPLE), word
        )
    elif not isinstance(given.get(POPULATION), int | float):
        location.below(POPULATION).report(
            "missing", sentence("give the people of this part, which {share_of_base} needs", share_of_base=SHARE_OF_BASE)
        )
    else:
        return people_in_year_of(base, given) / float(base[POPULATION])
    return None


def people_in_year_of(base: Plan, given: Mapping[str, Any]) -> float:
    """The people of a part in the year of the population of the base."""
    years = base[YEAR] - given.get(YEAR, base[YEAR]) if YEAR in base.parameters else 0
    growth = given.get(GROWTH, base[GROWTH]) if GROWTH in base.parameters else 0
    return float(given[POPULATION] * (1 + growth) ** years)


def report_absent_counts(given: Mapping[str, Any], base: Plan, location: Location) -> None:
    """Report the counts that a row with a population of its own does not give, so that those of the base would hold for it."""
    if POPULATION not in given or given[POPULATION] == base[POPULATION]:
        return
    absent = [path for path, each in counts(base).items() if path not in given and each.layer != "defaults"]
    if absent:
        remedy = sentence(
            "give {names}, or write {by_people} in a column {share_of_base}",
            names=", ".join(absent),
            by_people=BY_PEOPLE,
            share_of_base=SHARE_OF_BASE,
        )
        location.below(POPULATION).report(
            sentence("a population of its own, but counts of {name}", name=base.name), remedy, given[POPULATION]
        )


def counts(base: Plan) -> dict[str, Parameter]:
    """The parameters of the base that are in proportion to its people, by path; what is zero is zero everywhere."""
    return {path: each for path, each in base.parameters.items() if each.scales_with == BY_PEOPLE and each.value}


def scaled_counts(base: Plan, share: float, given: Collection[str]) -> dict[str, dict[str, Any]]:
    """Path of each count that a row does not give, and what its file says of it."""
    return {path: scaled(base, each, share) for path, each in counts(base).items() if path not in given}


def scaled(base: Plan, parameter: Parameter, share: float) -> dict[str, Any]:
    """A count in proportion to the people of a part; what is open in the base stays open."""
    value = parameter.value
    times = whole_times if parameter.integer or base.rules.units.is_whole(parameter.unit) else exact_times
    part = [times(each, share) for each in value] if isinstance(value, tuple) else times(value, share)
    words = SHARE_OF_COUNT.format(name=base.name, percent=f"{100 * share:.4f}", number=shown(value))
    fields = {
        **({"value": OPEN, "typical": part} if parameter.open else {"value": part}),
        "low": None if parameter.low is None else times(parameter.low, share),
        "high": None if parameter.high is None else times(parameter.high, share),
        "unit": parameter.unit if parameter.currency else None,
        "price_year": parameter.price_year,
        "growth": parameter.growth,
        "source": f"{OPEN_SOURCE}: {words}" if parameter.open else words,
        "confidence": WEAKENED.get(str(parameter.confidence), "assumed"),
    }
    return {key: each for key, each in fields.items() if each is not None}


def exact_times(count: float, share: float) -> float:
    """A number times a share, with as many digits as sums need."""
    return round(count * share, DIGITS)


def whole_times(count: float, share: float) -> int:
    """A count times a share, to the nearest whole number."""
    return round(count * share)


def shown(value: Any) -> str:
    """A count in words; a series by its first number."""
    first = value[0] if isinstance(value, tuple) else value
    return f"{first:,.12g}" + (" ..." if isinstance(value, tuple) else "")


def scaled_caps(rules: Iterable[FundingRule], share: float) -> list[dict[str, Any]]:
    """The funding rules of the base with their maximum in proportion, or nothing where no rule has one."""
    rules = list(rules)
    if not any(rule.cap for rule in rules):
        return []
    caps = [{"cap": rule.cap * share} if rule.cap else {} for rule in rules]
    return [plain(rule.model_dump(exclude_none=True)) | cap for rule, cap in zip(rules, caps, strict=True)]


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Lists in place of tuples, as YAML has them."""
    return {key: list(each) if isinstance(each, tuple) else each for key, each in data.items()}


def part_texts(base: Plan, share: float | None, scaled_paths: Collection[str], place: str) -> dict[str, Any]:
    """Target and notes of a part: which plan it belongs to, and what is in proportion; those of the base are about the whole."""
    if share is None:
        english, french = "Part or variant of the plan “{title}”: {place}.", "Partie ou variante du plan « {title} » : {place}."
        return {"target": localized(base, english, french, place=place), "notes": []}
    target = localized(
        base,
        "Part of the plan “{title}”: {share} of its people.",
        "Partie du plan « {title} » : {share} de sa population.",
        share=share,
    )
    note = localized(
        base,
        "In proportion to the people, {share} of the whole: {counts}.",
        "En proportion de la population, {share} du total : {counts}.",
        share=share,
        counts=", ".join(scaled_paths),
    )
    return {"target": target, "notes": [note] if scaled_paths else []}


def localized(base: Plan, english: str, french: str, share: float = 0, **values: str) -> LocalizedText:
    """A sentence in both languages, with the title of the base and the share as each of them has it."""
    percent = {"en": f"{share:.1%}", "fr": f"{share:.1%}".replace(".", ",").replace("%", "\N{NO-BREAK SPACE}%")}
    return {
        language: text.format(title=in_language(base.about.title, language), share=percent[language], **values)
        for language, text in both(english, french).items()
    }
