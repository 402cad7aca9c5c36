"""Parameters that rest on observed prices (`from: handset`): the value, its range, its grade and what it rests on.

In order: a value of an option, a what-if or a workbook; a value with a source in the scenario's file; observations of the own
country; an assumed value in the scenario's file; analogues and prediction; the assumption in `defaults.yaml` (docs/prices.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from imis_plan.facts import world
from imis_plan.facts.carry import Economy, Money, Target
from imis_plan.facts.resolve import PREDICTION, Question, Resolved, Unresolved, own_country, resolve
from imis_plan.facts.terms import OBSERVED_PRICES, PREDICTED_PRICE
from imis_plan.problems import Problem, suggestion
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.own_money import money_of, own_money
from imis_plan.scenario.parameter import Confidence, Parameter
from imis_plan.scenario.parameter_checks import parameter_problems
from imis_plan.scenario.price_library import PriceLibrary, price_library
from imis_plan.scenario.scenario_sections import About
from imis_plan.scenario.significant_digits import four_digits
from imis_plan.sentence import sentence

ASSUMED = "assumed"
# Groups of parameters that carry observed prices from year to year and between currencies.
MONEY = ("money.", "time.")


@dataclass(frozen=True)
class ObservedPrices:
    """What resolves the parameters of one scenario.

    money_is_wrong : a problem of its years, inflation or rates is already reported.
    """

    about: About
    parameters: Mapping[str, Parameter]
    rules: CheckContext
    library: PriceLibrary
    money_is_wrong: bool = False

    @cached_property
    def money(self) -> Money:
        """What carries a price, from the scenario's own figures and the facts."""
        return money_of(own_money(self.about.iso3, self.about.currency, self.parameters))

    @cached_property
    def economy(self) -> Economy:
        """The country of the scenario; nothing more than its currency where the facts do not know it."""
        known = world.economies().get(self.about.iso3) or Economy(self.about.iso3, self.about.currency, "", "")
        return replace(known, currency=self.about.currency, pay_area=self.about.pay_area or "")

    def answer(self, parameter: Parameter, *, own_only: bool) -> Resolved | Unresolved:
        """What the observations give for a parameter, in its currency and price year."""
        target = Target(self.economy, parameter.currency or "", parameter.price_year or 0)
        return answered(self.library, str(parameter.item), target, self.money, own_only)


@lru_cache(maxsize=4096)
def answered(library: PriceLibrary, item: str, target: Target, money: Money, own_only: bool) -> Resolved | Unresolved:  # noqa: FBT001
    """The answer of the library, kept for scenarios with the same money; `own_only` asks for the own country only."""
    rows = library.observations.get(item, ())
    question = Question(library.items[item], target, rows, economies_with(target.economy), money, world.RELATIONS)
    return resolve(question, (own_country,) if own_only else None)


@lru_cache(maxsize=64)
def economies_with(economy: Economy) -> Mapping[str, Economy]:
    """All economies, that of the scenario as it describes it."""
    return {**world.economies(), economy.iso3: economy}


def pending(parameters: Mapping[str, Parameter]) -> list[Parameter]:
    """The parameters that may rest on observed prices and have not been resolved."""
    return [parameter for parameter in parameters.values() if parameter.item and not parameter.resolved and asks(parameter)]


def asks(parameter: Parameter) -> bool:
    """Whether observations are asked: not against a value of an option or a what-if, nor against one with a source."""
    return not parameter.stated or (parameter.layer == "country" and parameter.confidence == ASSUMED)


def converted_anew(parameters: Mapping[str, Parameter], changed: Mapping[str, Parameter], about: About) -> list[Parameter]:
    """The prices from observations that other inflation or exchange rates convert anew; none where these stay as they were."""
    if not any(path.startswith(MONEY) or each.item or parameters[path].item for path, each in changed.items()):
        return []  # nothing that `own_money` reads has changed
    before, after = (own_money(about.iso3, about.currency, each) for each in (parameters, {**parameters, **changed}))
    if before == after:
        return []
    return [replace(each, resolved=None) for path, each in parameters.items() if each.resolved and path not in changed]


def resolved_parameters(
    asked: list[Parameter], about: About, parameters: Mapping[str, Parameter], rules: CheckContext, folder: Path, file: Path,
    earlier: Iterable[Problem] = (),
) -> tuple[dict[str, Parameter], list[Problem]]:  # fmt: skip
    """The parameters that observations change, by path, and problems and warnings.

    parameters : all of the scenario, for its money
    folder, file : the folder of the parameter files and the file of the scenario
    earlier : problems already reported; one of the money of the scenario explains prices that cannot be carried
    """
    if not asked:
        return {}, []
    library = price_library(folder, file)
    prices = ObservedPrices(about, parameters, rules, library, any(each.path.startswith(MONEY) for each in earlier))
    found: dict[str, Parameter] = {}
    problems = [*library.errors]
    for parameter in asked:
        wrong = list(item_problems(parameter, prices))
        problems += wrong
        if not wrong:
            new, more = resolved(parameter, prices)
            found |= {parameter.path: new}
            problems += more
    return found, problems


def item_problems(parameter: Parameter, prices: ObservedPrices) -> Iterator[Problem]:
    """An item that is not in the list or has another unit, or a price without a year."""
    item = prices.library.items.get(str(parameter.item))
    unit = prices.rules.units.parse(parameter.unit)
    if item is None:
        yield problem(parameter, "not in observation_items.csv", suggestion(parameter.item, prices.library.items))
    elif unit is None or unit.per != item.unit:
        yield problem(
            parameter,
            sentence("{name} is per {unit}", name=item.name, unit=item.unit),
            "give an item with the unit of the parameter",
        )
    elif parameter.currency and parameter.price_year is None:
        yield problem(parameter, "no price year", "give the year whose money the price shall be in, as in price_year: 2025")


def problem(parameter: Parameter, message: str, remedy: str, *, warning: bool = False) -> Problem:
    """A problem of `from` of a parameter."""
    return Problem(parameter.file, parameter.line, f"{parameter.path}.from", message, remedy, parameter.item, warning)


def resolved(parameter: Parameter, prices: ObservedPrices) -> tuple[Parameter, list[Problem]]:
    """The parameter with the value of its observations, or with its assumption, and problems and warnings."""
    answer = prices.answer(parameter, own_only=parameter.stated)
    if isinstance(answer, Unresolved):
        if parameter.value is not None or prices.money_is_wrong:
            return parameter, []
        why = "; ".join(map(str, answer.skipped))
        return parameter, [
            problem(parameter, sentence("no observed price ({why})", why=why), "add an observation, or give a value")
        ]
    value, low, high = map(four_digits, (answer.value, answer.low, answer.high))
    new = replace(
        parameter,
        value=value,
        low=low,
        high=high,
        source=source(answer),
        confidence=cast("Confidence", answer.grade),
        note=None,
        resolved=answer,
    )
    wrong = [each.located(parameter.file, parameter.line, parameter.path) for each in parameter_problems(new, prices.rules)]
    return new, [*wrong, *contradictions(parameter, new)]


def contradictions(assumed: Parameter, observed: Parameter) -> Iterator[Problem]:
    """An assumed value of a scenario that lies outside the observed range: the observed one is used."""
    low, high = observed.low or 0, observed.high or 0
    if assumed.stated and not low <= assumed.value <= high:
        what = sentence(
            "assumed, but {item} is observed at {value} ({low} to {high}) {unit}",
            item=observed.item,
            value=f"{observed.value:g}",
            low=f"{low:g}",
            high=f"{high:g}",
            unit=observed.unit,
        )
        remedy = sentence("the observed value is used; remove the assumption, or add an empty `from` to keep it")
        yield Problem(assumed.file, assumed.line, assumed.path, what, remedy, assumed.value, warning=True)


def source(answer: Resolved) -> str:
    """The source of a resolved parameter in one line, the same in every language: item, countries, keys of the sources."""
    if answer.step == PREDICTION:
        return f"{PREDICTED_PRICE}: {answer.item.name}, {answer.item.relation}"
    rows = [carried.observation for carried in answer.observations]
    countries, keys = sorted({row.country for row in rows}), sorted({row.source for row in rows})
    return f"{OBSERVED_PRICES}: {answer.item.name}, {' '.join(countries)} ({', '.join(keys)})"
