"""The baseline of a scenario: what a running openIMIS contained, in `parameters/baselines/<scenario>.yaml`.

A fact is a number with its query, or a gap with the reason and the remedy. A gap is never a 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.fields import IsoDate, OptionalPlainText, PlainText, amount, field, year
from imis_plan.scenario.folder import BASELINES
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import StrictModel
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import read

Amount = Annotated[float, *field(amount)]
Year = Annotated[int, *field(year)]


class Fact(StrictModel):
    """A number of a running system, or the reason why there is none."""

    value: Amount | dict[str, Amount] | None = None
    how: OptionalPlainText = Field(None, description="The query or the SQL statement.")
    missing: OptionalPlainText = Field(None, description="Why there is no number.")
    remedy: OptionalPlainText = Field(None, description="What to do about it.")


class System(StrictModel):
    """Which system was read, with which account, on which day."""

    host: PlainText = Field(description="give the host that was read")
    kind: PlainText = Field(description="give API or database")
    account: PlainText = Field(description="give the account or database role")
    release: PlainText = Field(description="give what is known of the release")
    day: IsoDate = Field(description="give the day of the counts, as in 2026-11-30")
    year: Year = Field(description="give the year of the claims")


@dataclass(frozen=True)
class Baseline:
    """The facts of a system, by name."""

    system: System
    facts: Mapping[str, Fact]
    file: str = ""

    def number(self, name: str) -> float | None:
        """The value of a fact, or None if it is a gap."""
        fact = self.facts.get(name)
        return fact.value if fact and isinstance(fact.value, int | float) else None

    def gaps(self) -> dict[str, Fact]:
        """The facts that could not be read."""
        return {name: fact for name, fact in self.facts.items() if fact.value is None}

    def source(self) -> str:
        """The source of every parameter derived from it."""
        system = self.system
        return f"openIMIS at {system.host}, {system.day}, account {system.account}, {system.release}"

    def as_dict(self) -> dict[str, Any]:
        """Its data as plain dictionaries, for its file."""
        facts = {name: with_plain_integers(fact.model_dump(exclude_none=True)) for name, fact in self.facts.items()}
        return {"system": self.system.model_dump(), "facts": facts}


def with_plain_integers(data: Any) -> Any:
    """The data, with whole numbers written without a decimal point, and sentences as plain text in English."""
    if isinstance(data, dict):
        return {key: with_plain_integers(value) for key, value in data.items()}
    if isinstance(data, str):
        return str(data)
    return int(data) if isinstance(data, float) and data.is_integer() else data


def gap(missing: str, remedy: str) -> Fact:
    """A fact that could not be read."""
    return Fact(missing=missing, remedy=remedy)


def baseline_file(plan: Plan) -> Path | None:
    """The file of the plan's baseline in its folder of parameters, or None."""
    file = plan.folder / BASELINES / f"{plan.name}.yaml"
    return file if file.is_file() else None


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file.

    Raises BadInput with all problems of the file.
    """
    if not file.is_file():
        raise BadInput([Problem(str(file), None, "", "no such file", "give a file that imis-plan baseline has written")])
    document = read(file)
    location = Location(document, (), list(document.problems))
    for key in document.data.keys() - {"system", "facts"}:
        location.below(key).report("unknown key", suggestion(key, ("system", "facts")))
    system = build(System, document.data.get("system"), location.below("system"))
    given = document.data.get("facts")
    if not isinstance(given, dict) or not given:
        location.below("facts").report("no facts", "give `facts:` with the facts below it")
        given = {}
    facts = {name: build(Fact, data, location.below("facts", name)) for name, data in given.items()}
    report_empty(facts, location)
    if location.found or system is None:
        raise BadInput(location.found)
    return Baseline(system, {name: fact for name, fact in facts.items() if fact}, document.name)


def report_empty(facts: Mapping[str, Fact | None], location: Location) -> None:
    """Report facts with neither a value nor a reason, and facts with both."""
    for name, fact in facts.items():
        if fact and (fact.value is None) == (fact.missing is None):
            location.below("facts", name).report(
                "needs a value or a reason, not both", "give `value`, or `missing` with the reason"
            )
