"""Write a new scenario: what is published about its country, and questions about what only its planners can know."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from imis_plan.facts.country import UnknownCountryError, find_country
from imis_plan.facts.records import Country
from imis_plan.problems import suggestion
from imis_plan.scenario.declarations import Declarations, declarations
from imis_plan.scenario.folder import PACKAGE_PARAMETERS, available_scenarios, scenario_names
from imis_plan.scenario.from_facts import published_money
from imis_plan.scenario.generic_parts import generic_options, illustrative_funding
from imis_plan.scenario.localized_text import N_, OPEN_SOURCE, both
from imis_plan.scenario.new_file import bad_input, create, exists_already, scenario_path
from imis_plan.scenario.open_questions import OPEN
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan, load
from imis_plan.scenario.published import budget_currency, inflation_elsewhere, published
from imis_plan.scenario.questionnaire import ABOUT, Contents, text
from imis_plan.scenario.roles import ROLES
from imis_plan.scenario.scenario_name import is_name, nearest_name
from imis_plan.scenario.structure import Structure, structure_of
from imis_plan.scenario.typical import POPULATION, Typical, comparable, typical_value, usable_scenarios
from imis_plan.scenario.typical_limits import within_limits
from imis_plan.sentence import sentence

BY_HAND = "none"
INFLATION, EXPECTED = "money.home_inflation", "money.home_inflation_forward"
# Kinds of values that scenarios share; money is a country's own, and so are the people of a country that is not known.
SINGLE, MONEY, COUNTED = ("number", "path", "choice", "flag"), "money.", (POPULATION, "population.year")
# A text with one of them is meant as a path, not as the name of a country.
PATH_MARKS = "/\\."
FRENCH, ENGLISH = "fr", "en"
FIRST_VERSION = "1"
NO_TYPICAL_VALUE, LAST_FIVE_YEARS = N_("no typical value"), N_("last five years")
DEFAULT = N_("default of defaults.yaml, no comparable scenario")
NO_STRUCTURE = Structure({}, {}, {}, ())


def write(name: str, folder: Path, country: str | None = None, like: str | None = None) -> Path:
    """Write `<name>.yaml` into the folder of parameters and return its path.

    country : name or code of the country; `none` for a form without facts; by default what the name of the scenario says
    like : a scenario whose structure is copied, but none of its facts

    Raises BadInput when the name is not valid, the file exists already, or the country or `like` is not known.
    """
    path = scenario_path(name, folder)
    if path.exists():
        raise exists_already(path)
    return create(path, scenario_text(name, folder, country, like))


def scenario_text(
    name: str, folder: Path, country: str | None = None, like: str | None = None, translate: Callable[[str], str] = str
) -> str:
    """The text of a new scenario; arguments and errors as for `write`. translate : a sentence into the language of comments."""
    other = scenario_like(like, folder) if like else None
    return text(replace(NewScenario(name, folder, country_of(name, country), other).contents(), translate=translate))


def name_of_scenario(given: str) -> str:
    """The name of a new scenario: as given, or in plain letters where it is that of a country with accents or blanks.

    Any other name that no scenario can have stays, to be refused.
    """
    near = nearest_name(given)
    if is_name(given) or not near or any(mark in given for mark in PATH_MARKS):
        return given
    try:
        find_country(given)
    except UnknownCountryError:
        return given
    return near


def country_of(name: str, given: str | None) -> Country | None:
    """The country that is named, or that the scenario is called after; None for one whose scenario is written by hand."""
    if given == BY_HAND:
        return None
    try:
        return find_country(given or name.replace("_", " ").replace("-", " "))
    except UnknownCountryError as error:
        if error.hint and not given and not error.ambiguous:
            return None
        what = error.message() if error.hint else sentence('no country is called "{text}"', text=error.text)
        remedy = sentence("name it, as in --country KEN; --country none begins without facts")
        if error.close and not error.hint:
            remedy = sentence(
                "did you mean {names}? Else name it, as in --country KEN; --country none begins without facts",
                names=error.close_names(),
            )
        elif not error.hint:
            remedy = sentence(
                "give its name in English or French, or its three letters, as in --country KEN; "
                "--country none begins without facts"
            )
        raise bad_input(f"imis-plan new {name}", what, remedy) from None


def scenario_like(name: str, folder: Path) -> Plan:
    """The scenario whose structure is copied. Raises BadInput when there is none of this name, or it has problems."""
    known = available_scenarios(folder)
    if name not in known:
        raise bad_input(name, "no such scenario", suggestion(name, known))
    return load(name, parameters=folder if name in scenario_names(folder) else PACKAGE_PARAMETERS, draft=True)


@dataclass(frozen=True)
class NewScenario:
    """What a new scenario is made of: a country, or None, and a scenario like it, or None.

    plans : scenarios that typical values are taken from; those of the folder by default
    """

    name: str
    folder: Path
    country: Country | None
    like: Plan | None = None
    plans: tuple[Plan, ...] | None = field(default=None, repr=False)

    @cached_property
    def shared(self) -> Declarations:
        """What the folder declares."""
        return declarations(self.folder)

    @cached_property
    def currency(self) -> str:
        """The currency of the budget; empty where the country is not known."""
        return budget_currency(self.country) if self.country else ""

    @cached_property
    def declared(self) -> dict[str, Parameter]:
        """The declared parameters, and those of copied roles."""
        own = self.shared.parameters_in(self.currency) if self.currency else dict(self.shared.parameters)
        others = self.like.parameters.items() if self.like else ()
        return own | {path: each for path, each in others if path in self.structure.parameters and path not in own}

    @cached_property
    def structure(self) -> Structure:
        """What is copied from the scenario like this one."""
        return structure_of(self.like, self.shared.parameters) if self.like else NO_STRUCTURE

    @cached_property
    def comparable(self) -> list[Plan]:
        """The scenarios that typical values are taken from."""
        plans = usable_scenarios(self.folder) if self.plans is None else list(self.plans)
        return comparable(plans, self.country.iso3 if self.country else "")

    @cached_property
    def facts(self) -> dict[str, Mapping[str, Any]]:
        """What is published about the country, as far as the folder declares it."""
        base_year = self.shared.parameters.get("time.base_year")
        first = base_year.value if base_year else datetime.now(UTC).year
        found = published(self.country, first) if self.country else {}
        return {path: data for path, data in found.items() if path in self.shared.parameters}

    def is_asked(self, parameter: Parameter) -> bool:
        """Whether the file has to give a parameter: neither the file's facts nor those that every scenario takes have it."""
        published_anyway = published_money(self.country.iso3 if self.country else "", self.currency)
        known = parameter.path in self.facts or parameter.path in published_anyway
        return bool(parameter.question or parameter.required) and not known

    def contents(self) -> Contents:
        """What the file says."""
        first = self.shared.parameters.get("time.base_year")
        rules = illustrative_funding(int(first.value)) if first else []
        copied = self.structure
        chosen = {path: data["value"] for path, data in copied.parameters.items()}
        generic = generic_options(self.shared.parameters, chosen)
        confirm = [*(["funding"] if rules else []), *(path for path in copied.parameters if not self.is_open(path))]
        confirm += [*(f"options.{name}" for name in copied.options), *(f"{ROLES}.{name}" for name in copied.roles)]
        known = [each["changes"] for each in copied.options.values()]
        options: dict[str, Mapping[str, Any]] = {
            name: each for name, each in generic.items() if name not in copied.options and each["changes"] not in known
        }
        options |= copied.options
        return Contents(
            self.name, self.about(), self.parameters(), self.declared, copied.roles, options, rules, confirm, [*self.remarks()]
        )

    def is_open(self, path: str) -> bool:
        """Whether a copied parameter is an open question, which need not be confirmed as well."""
        return self.structure.parameters[path]["value"] == OPEN

    def remarks(self) -> Iterator[str]:
        """What a reader of the file should know besides."""
        if self.like:
            yield sentence(
                "Roles, options and policy choices are those of {name}; its facts are not copied.", name=self.like.name
            )
            if left_out := self.structure.left_out:
                yield sentence("Left out, because they state facts: {names}.", names=", ".join(left_out))
        if self.country and self.currency != self.country.currency:
            local = self.country.currency or sentence("a local currency")
            yield sentence(
                "The budget is in {currency}: no exchange rate of {local} is published.", currency=self.currency, local=local
            )
        if not self.country:
            yield sentence("Nothing is published under the name of this country here: fill in `about`, too.")

    def about(self) -> dict[str, Any]:
        """The `about` section; what cannot be known is open, or empty where the country is not known."""
        today = {"date": datetime.now(UTC).date().isoformat(), "version": FIRST_VERSION}
        if self.country is None:
            return {**dict.fromkeys(ABOUT, ""), "scheme": OPEN, "target": OPEN, "language": ENGLISH, **today}
        names = {language: self.country.name(language) for language in (ENGLISH, FRENCH)}
        titles = both(f"{names['en']}: openIMIS for health insurance", f"{names['fr']} : openIMIS pour l’assurance maladie")
        return {
            "country": names,
            "iso3": self.country.iso3,
            "scheme": OPEN,
            "title": titles,
            "currency": self.currency,
            "language": report_language(self.country),
            "target": OPEN,
            **today,
        }

    def parameters(self) -> dict[str, Mapping[str, Any]]:
        """Path -> what the file says of it: facts, open questions and copied choices, in the order of the declarations."""
        asked = [path for path, each in self.declared.items() if self.is_asked(each)]
        found = {**self.structure.parameters, **{path: self.question(self.declared[path]) for path in asked}, **self.facts}
        order = [*self.declared]
        return within_limits({path: found[path] for path in sorted(found, key=order.index)}, self.declared)

    def question(self, parameter: Parameter) -> Mapping[str, Any]:
        """An open question with its typical value, if there is one."""
        if parameter.path in self.structure.parameters:
            return self.structure.parameters[parameter.path]
        if found := self.typical(parameter):
            ends = {"low": found.low, "high": found.high} if found.low is not None else {}
            return {"value": OPEN, "typical": found.value, **ends, "source": found.source, "confidence": "assumed"}
        return {"value": OPEN, "source": f"{OPEN_SOURCE}: {NO_TYPICAL_VALUE}", "confidence": "assumed"}

    def typical(self, parameter: Parameter) -> Typical | None:
        """The typical value of a parameter: of comparable scenarios, of inflation in comparable countries, or the default."""
        if parameter.path in (INFLATION, EXPECTED) and self.country:
            return self.inflation(parameter.path)
        if parameter.kind not in SINGLE or parameter.path.startswith(MONEY) or (not self.country and parameter.path in COUNTED):
            return None
        population = self.facts.get(POPULATION, {}).get("value")
        return typical_value(parameter, self.comparable, population) or default_value(parameter)

    def inflation(self, path: str) -> Typical | None:
        """Inflation of the countries with the same currency or of the region, and its median for the years to come."""
        found = inflation_elsewhere(replace(self.country, currency=self.currency)) if self.country else None
        if found is None:
            return None
        years, words = found
        if path == INFLATION:
            return Typical(years, None, None, words)
        recent = sorted(list(years.values())[-5:])
        return Typical(recent[len(recent) // 2], recent[0], recent[-1], f"{words}, {LAST_FIVE_YEARS}")


def report_language(country: Country) -> str:
    """The language that the scenario of a country gets: French where that is official and English is not."""
    return FRENCH if FRENCH in country.languages and ENGLISH not in country.languages else ENGLISH


def default_value(parameter: Parameter) -> Typical | None:
    """The value that a parameter has where no scenario says anything, or None where every scenario has to give it."""
    if parameter.value is None:
        return None
    single = parameter.kind == "number" and parameter.low is None
    low, high = (parameter.value, parameter.value) if single else (parameter.low, parameter.high)
    return Typical(parameter.value, low, high, DEFAULT)
