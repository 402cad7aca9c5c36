"""The price that the observations give for an item in a country, where it comes from, and why nothing better was used.

Steps in order of trust: own country, analogues like it, all analogues, prediction, or as the item says (docs/prices.md). An
explicit value of a country file comes before them, and the stated assumption where they find nothing; both are for the caller.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from math import prod
from operator import attrgetter
from statistics import median

from imis_plan.facts import items, lookup
from imis_plan.facts.analogues import ANYWHERE, LEAST, NEAR, alike
from imis_plan.facts.carry import Carried, Economy, Money, Skipped, Step, Target, at_home, carry
from imis_plan.facts.evidence import Evidence, contradictions, evidence, span
from imis_plan.facts.items import QUANTITY, WORLD, Item
from imis_plan.facts.records import Observation
from imis_plan.facts.terms import ALL
from imis_plan.sentence import Sentence, sentence

OWN, ANALOGUE, PREDICTION = "own country", "analogue", "prediction"
ANALOGUE_GRADE, PREDICTED_GRADE = "analogue", "predicted"
# The indicator of the lowest pay in the public service, and the unit of pay.
MINIMUM_PAY, MONTH_OF_WORK = "public_minimum_pay", "person/month"


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a relation gives for a country: value and range in the money of a year, and how good the relation is, in words."""

    value: float
    low: float
    high: float
    currency: str
    year: int
    words: str


@dataclass(frozen=True)
class Question:
    """An item, the country and money asked for, and all that an answer may rest on.

    economies : by ISO code, the countries that observations come from.
    relations : by the name an item gives, what predicts for a country, or None where a figure is missing.
    """

    item: Item
    target: Target
    observations: tuple[Observation, ...]
    economies: Mapping[str, Economy]
    money: Money
    relations: Mapping[str, Callable[[str], Predicted | None]] = field(default_factory=dict)

    def carried(self, observation: Observation) -> Carried | Skipped:
        """An observation in the money asked for."""
        return carry(observation, self.item, self.economies, self.target, self.money)

    @cached_property
    def by_country(self) -> Mapping[str, list[Observation]]:
        """The observations of the item, by country in alphabetical order."""
        rows = sorted((row for row in self.observations if row.item == self.item.name), key=attrgetter("country"))
        return {country: list(group) for country, group in groupby(rows, key=attrgetter("country"))}

    @cached_property
    def others(self) -> Mapping[str, Evidence]:
        """The evidence of every other country that has observations of the item."""
        home = self.target.economy.iso3
        return {iso3: evidence(rows, self.carried) for iso3, rows in self.by_country.items() if iso3 != home}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its range in the money asked for, the step that gave it, and what it rests on."""

    item: Item
    target: Target
    value: float
    low: float
    high: float
    grade: str
    step: str
    words: str
    observations: tuple[Carried, ...]
    factors: tuple[Step, ...] = ()
    contradictions: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """No value, and why each step gave none."""

    item: Item
    target: Target
    skipped: tuple[Skipped, ...]


# A step: asked with the question and the evidence of the country itself.
Ask = Callable[[Question, Evidence], Resolved | Skipped]


def resolve(question: Question, steps: tuple[Ask, ...] | None = None) -> Resolved | Unresolved:
    """The answer of the first step that has one, with what the steps before it lacked."""
    own = own_evidence(question)
    skipped: tuple[Skipped, ...] = own.skipped
    for ask in usual_steps(question.item) if steps is None else steps:
        answer = ask(question, own)
        if isinstance(answer, Resolved):
            return with_skipped(answer, skipped)
        skipped = (*skipped, answer)
    return Unresolved(question.item, question.target, skipped)


def with_skipped(answer: Resolved, skipped: tuple[Skipped, ...]) -> Resolved:
    """The answer with what was passed over before it."""
    return replace(answer, skipped=(*skipped, *answer.skipped))


def own_evidence(question: Question) -> Evidence:
    """The observations of the country itself; a list price of the world market is everybody's own."""
    countries = (question.target.economy.iso3, *((ALL,) if question.item.market == WORLD else ()))
    return evidence([row for country in countries for row in question.by_country.get(country, ())], question.carried)


def own_country(question: Question, own: Evidence) -> Resolved | Skipped:
    """The median of the country's own observations."""
    if not own.deciding:
        return Skipped(OWN, "only bounds are known" if own.bounds else "no observation")
    ends = [row.value for group in own.deciding for row in group]
    words = sentence("{count} of {country}", count=len(own.deciding), country=question.target.economy.iso3)
    return answered(question, OWN, own.value, ends, own.bounds, own.grade, words, own.rows)


def near_analogue(question: Question, own: Evidence) -> Resolved | Skipped:
    """The median over countries of the same region and income group."""
    return analogue(question, own, NEAR, lambda other: alike(question.target.economy, question.economies.get(other)))


def any_analogue(question: Question, own: Evidence) -> Resolved | Skipped:
    """The median over all countries with a value; a price without a country counts as one of them."""
    return analogue(question, own, ANYWHERE, lambda _: True)


def analogue(question: Question, own: Evidence, circle: str, within: Callable[[str], bool]) -> Resolved | Skipped:
    """The median over at least two countries; bounds of these, general ones and those of the country itself widen the range."""
    found = question.others
    chosen = {iso3: each for iso3, each in found.items() if each.deciding and within(iso3)}
    if len(chosen) < LEAST:
        lost = [str(reason) for each in found.values() for reason in each.skipped]
        return Skipped(ANALOGUE, "; ".join([f"{len(chosen)} of at least {LEAST} countries, {circle}", *lost]))
    general = found[ALL].bounds if ALL in found else ()
    values = [each.value for each in chosen.values()]
    bounds = distinct(*own.bounds, *general, *(row for each in chosen.values() for row in each.bounds))
    rows = distinct(*(row for each in chosen.values() for row in each.rows), *own.bounds, *general)
    words = sentence("{countries} ({circle})", countries=", ".join(chosen), circle=Sentence.of(circle, {}))
    return answered(question, ANALOGUE, median(values), values, bounds, ANALOGUE_GRADE, words, rows)


def distinct(*rows: Carried) -> tuple[Carried, ...]:
    """Rows without repetition, in their order."""
    return tuple(dict.fromkeys(rows))


def prediction(question: Question, own: Evidence) -> Resolved | Skipped:
    """What a tested relation gives; bounds of the country itself widen the range."""
    name = question.item.relation
    if not name or name not in question.relations:
        return Skipped(PREDICTION, "no tested relation" if not name else f"the relation {name} is not given")
    found = question.relations[name](question.target.economy.iso3)
    if found is None:
        return Skipped(PREDICTION, f"{name} needs a figure that is not known for {question.target.economy.iso3}")
    steps: tuple[Step, ...] = ()
    if question.item.market != QUANTITY:
        steps = tuple(at_home(found.currency, found.year, question.target, question.money))
    if unknown := [step.name for step in steps if step.factor is None]:
        return Skipped(PREDICTION, f"not known: {', '.join(unknown)}")
    steps = (Step(f"{question.item.name} for one of {name}", question.item.factor), *steps)
    value, low, high = (times(end, steps) for end in (found.value, found.low, found.high))
    return answered(question, PREDICTION, value, [low, high], own.bounds, PREDICTED_GRADE, found.words, own.bounds, steps)


def times(value: float, steps: tuple[Step, ...]) -> float:
    """A value times all factors."""
    for step in steps:
        value *= step.factor if step.factor is not None else 1.0
    return value


def answered(
    question: Question, step: str, value: float, ends: list[float], bounds: tuple[Carried, ...], grade: str, words: str,
    rows: tuple[Carried, ...], factors: tuple[Step, ...] = (),
) -> Resolved:  # fmt: skip
    """A value with its range and what contradicts it."""
    low, high = span(value, ends, bounds, question.item.spread)
    if step != OWN:
        low = max(low, min(value, public_minimum(question)))
    against = contradictions(value, bounds)
    return Resolved(question.item, question.target, value, low, high, grade, step, words, rows, factors, against)


def public_minimum(question: Question) -> float:
    """The lowest pay in the public service of the country, carried like a price at home; 0 for other items or if unknown.

    Nobody there is paid less, however little the same work earns in other countries.
    """
    target = question.target
    area = target.economy.pay_area or target.economy.iso3
    known = lookup.latest(area, MINIMUM_PAY) if question.item.unit == MONTH_OF_WORK else None
    if known is None:
        return 0.0
    factors = [step.factor for step in at_home(target.economy.currency, known.year, target, question.money)]
    return known.value * prod(factor or 0.0 for factor in factors)


STEPS: dict[str, Ask] = {
    items.OWN: own_country,
    items.NEAR: near_analogue,
    items.ANYWHERE: any_analogue,
    items.PREDICTED: prediction,
}


def usual_steps(item: Item) -> tuple[Ask, ...]:
    """The steps in the order of the item."""
    return tuple(STEPS[name] for name in item.steps)
