"""Procurement rules of a country: methods by ceiling and the weeks of their steps, from `procurement/NAME.yaml`.

The scenario names its rules in `about.procurement`. The first method that fits the category, the market and the cost counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from imis_plan.problems import Problem, suggestion
from imis_plan.scenario.fields import OptionalAmount, PlainText
from imis_plan.scenario.folder import PACKAGE_PARAMETERS, PROCUREMENT, rules_file
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import GivenConfidence, StrictModel
from imis_plan.scenario.provenance import source_suggestion
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import read
from imis_plan.sentence import sentence

Category = Literal["goods", "works", "consulting", "non_consulting"]
Weeks = Annotated[float, Field(ge=0, description="Weeks, 0 or more.", strict=False)]


class Step(StrictModel):
    """A step of a procurement: how many weeks it takes at least and at most."""

    name: PlainText
    low: Weeks
    high: Weeks
    source: PlainText
    confidence: GivenConfidence


class Method(StrictModel):
    """A method of procurement: for which categories and market, up to which cost, and its steps."""

    title: PlainText
    categories: Annotated[tuple[Category, ...], Field(strict=False)] = ("goods", "works", "consulting", "non_consulting")
    market: Literal["domestic", "world", "any"] = "any"
    up_to: OptionalAmount = Field(
        None, description="Highest cost of a package, in the currency of the rules; none: without limit."
    )
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1, description="Steps with their weeks.")]
    source: PlainText
    confidence: GivenConfidence

    def fits(self, category: str, market: str) -> bool:
        """Whether packages of a category and a market are bought by this method, if their cost allows."""
        return category in self.categories and self.market in ("any", market)

    @property
    def weeks(self) -> tuple[float, float]:
        """Weeks of all steps, at least and at most."""
        return sum(step.low for step in self.steps), sum(step.high for step in self.steps)


class RulesInput(StrictModel):
    """The rules as their file has them, their methods not yet checked."""

    currency: PlainText = Field(description="Currency of the ceilings, three letters.")
    methods: Annotated[list[dict[str, Any]], Field(min_length=1, description="Methods, the first that fits counts.")]


@dataclass(frozen=True)
class ProcurementRules:
    """The rules of a country. name : of their file, empty for none."""

    name: str = ""
    methods: tuple[Method, ...] = ()

    def method(self, category: str, market: str, cost: float) -> Method | None:
        """The method for a package, or None where no method fits."""
        fitting = (method for method in self.methods if method.fits(category, market))
        return next((method for method in fitting if method.up_to is None or cost <= method.up_to), None)


NO_RULES = ProcurementRules()


def rules_from(
    name: str | None, currency: str, folder: Path, sources: Mapping[str, Any], locations: Locations
) -> ProcurementRules:
    """The procurement rules that the scenario names; problems of the name and of the file are reported."""
    if name is None:
        return NO_RULES
    here = last_file_with(locations, "about", "procurement").below("about", "procurement")
    file = rules_file(name, folder)
    if file is None:
        known = {path.stem for place in (folder, PACKAGE_PARAMETERS) for path in (place / PROCUREMENT).glob("*.yaml")}
        here.report("no such procurement rules", suggestion(name, known), name)
        return NO_RULES
    rules, problems = read_rules(file, sources, currency)
    here.found.extend(problems)
    return rules


def read_rules(file: Path, sources: Mapping[str, Any], currency: str | None = None) -> tuple[ProcurementRules, list[Problem]]:
    """The rules in a file, and all that is wrong in it. currency : of the scenario, if the rules are for one."""
    document = read(file)
    location = Location(document, (), list(document.problems))
    given = build(RulesInput, document.data, location)
    if given is None:
        return NO_RULES, location.found
    if currency and given.currency != currency:
        location.below("currency").report(
            "not the currency of the scenario", sentence("give the ceilings in {currency}", currency=currency), given.currency
        )
    methods = [method_from(data, location.below("methods", i), sources) for i, data in enumerate(given.methods)]
    return ProcurementRules(file.stem, tuple(filter(None, methods))), location.found


def method_from(data: dict[str, Any], location: Location, sources: Mapping[str, Any]) -> Method | None:
    """The method with these data, or None; problems are reported at its location."""
    listed = data.get("steps")
    steps = [
        step_from(step, location.below("steps", k), sources) for k, step in enumerate(listed if isinstance(listed, list) else [])
    ]
    if not all(steps):
        return None
    method = build(Method, {**data, "steps": steps} if steps else data, location)
    if method:
        report_source(method.source, sources, location)
    return method


def step_from(data: Any, location: Location, sources: Mapping[str, Any]) -> Step | None:
    """The step with these data, or None; problems are reported at its location."""
    step = build(Step, data, location)
    if step and step.low > step.high:
        location.below("low").report("above high", "keep low <= high", step.low)
    if step:
        report_source(step.source, sources, location)
    return step


def report_source(source: str, sources: Mapping[str, Any], location: Location) -> None:
    """Report a source that is neither a key of sources.yaml nor a sentence."""
    head = source.partition(":")[0].strip()
    if " " not in head and head != "assumption" and head not in sources:
        location.below("source").report(
            sentence("{head} is not in sources.yaml", head=head), source_suggestion(head, sources), source
        )


def rules_problems(folder: Path, sources: Mapping[str, Any]) -> Iterator[Problem]:
    """All that is wrong in the procurement rules of a folder."""
    for file in sorted((folder / PROCUREMENT).glob("*.yaml")):
        yield from read_rules(file, sources)[1]
