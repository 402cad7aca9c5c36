"""Data types of the parameter files: parameters as written and as used, and the other sections of a scenario."""

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from imis_plan.facts.resolve import Resolved
from imis_plan.scenario.fields import (
    ItemName,
    OptionalNumber,
    OptionalPlainText,
    OptionalYear,
)
from imis_plan.scenario.html_repr import two_column_table
from imis_plan.scenario.relation import AtMost, Relation


def read_only(mapping: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    """A read-only view of the mapping."""
    return MappingProxyType(mapping)


# So that a plan can be copied and pickled.
copyreg.pickle(MappingProxyType, lambda mapping: (read_only, (dict(mapping),)))

Kind = Literal["number", "path", "history", "table", "choice", "flag"]
Layer = Literal["defaults", "facts", "country", "option", "what-if"]
# What a file may give; the two grades between C and assumed are those of prices that rest on observations elsewhere.
GivenConfidence = Literal["A", "B", "C", "assumed"]
Confidence = Literal["A", "B", "C", "analogue", "predicted", "assumed"]
# Of a history: whether its years are calendar or fiscal years.
FISCAL: Final = "fiscal"
YearsOf = Literal["calendar", "fiscal"]
RangeKind = Literal["open question", "policy choice", "uncertain"]
Distribution = Literal["triangular", "pert", "log_triangular", "logit_triangular"]


class StrictModel(BaseModel):
    """A section of a file; unknown keys are problems."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ParameterInput(StrictModel):
    """A parameter as written in a scenario file, an option or a what-if."""

    value: Any = Field(None, description="The value, in `unit`.")
    item: ItemName = Field(
        None,
        alias="from",
        description="An item of observation_items.csv: the value comes from the observed prices. Empty: it does not.",
    )
    low: OptionalNumber = Field(None, description="Lowest plausible value, in `unit`.")
    high: OptionalNumber = Field(None, description="Highest plausible value, in `unit`.")
    unit: OptionalPlainText = Field(None, description="A unit of units.yaml. A scenario may change only the currency.")
    price_year: OptionalYear = Field(None, description="Year of the price level.")
    source: OptionalPlainText = Field(
        None,
        description="A key of sources.yaml with page or table (`key: table 3`), `assumption: why`, or a sentence.",
    )
    confidence: GivenConfidence | None = Field(
        None, description="A: primary source. B: transcription of one. C: weak source. assumed: give low, high and a reason, too."
    )
    description: OptionalPlainText = Field(None, description="Description of the value.")
    years: YearsOf | None = Field(
        None,
        description="Of a mapping by year: calendar years (the default), or fiscal years by the year in which each begins.",
    )
    typical: Any = Field(
        None, description="The value of a draft while `value` is `open`: that of comparable scenarios, in `unit`."
    )
    growth: OptionalNumber = Field(None, description="Change per year after the first; 0.02 is an increase of 2 % each year.")
    note: OptionalPlainText = Field(None, description="Notes for the reader.")
    tag: OptionalPlainText = Field(
        None, description="Parameters with the same tag vary together in a simulation; `-tag` falls when the others rise."
    )
    distribution: Distribution | None = Field(
        None, description="Distribution between low and high in a simulation; by default it follows the kind of the value."
    )
    value_is: Literal["mode", "median"] | None = Field(
        None, description="mode: the most likely value (the default). median: half of all cases lie below, as in observations."
    )


class Declaration(ParameterInput):
    """A parameter as `defaults.yaml` declares it."""

    required: bool = Field(default=False, description="Every scenario must give it.")
    choices: Annotated[list[str] | dict[str, str], Field(min_length=1)] | None = Field(
        None, description="The allowed values, or a mapping from each to its name for readers."
    )
    path: bool = Field(default=False, description="Values by year: a number, a list, or a number with `growth`.")
    history: bool = Field(default=False, description="Values by calendar year: a mapping from year to number.")
    may_be_empty: bool = Field(default=False, description="A mapping by calendar year may have no entry.")
    table: bool = Field(default=False, description="A list of numbers that are not by year.")
    min: OptionalNumber = Field(None, description="Lowest allowed value.")
    max: OptionalNumber = Field(None, description="Highest allowed value.")
    integer: bool = Field(default=False, description="Whole numbers only.")
    at_most: AtMost = Field((), description="Limits that other parameters determine: a path, a formula, or a list of these.")
    decision: bool = Field(
        default=False, description="The value is a policy choice; low and high are the choices, not an uncertainty."
    )
    question: OptionalPlainText = Field(
        None, description="Why every new scenario is asked for this value, in a sentence: only its planners can know it."
    )
    scales_with: Literal["population"] | None = Field(
        None, description="A count that a part of a country has in proportion, as in a table with `share_of_base`."
    )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as used: the value with its source and other attributes. LCU is replaced by the scenario's currency.

    value : number; number or tuple by year (path); mapping year -> number (history); tuple (table); text
        (choice); bool (flag)
    currency : ISO 4217 code of a money unit, else None
    layer, file, line : where the value comes from
    choices, choice_names : the allowed values, and what readers see instead of them
    item : the item of observed prices that the value may come from (`from` in a file)
    stated : whether a scenario gives a value of its own nevertheless
    resolved : the observations that the value rests on, if it does
    open : nobody has answered it yet; the value is a typical one, or None
    question : why every new scenario is asked for it; empty if it is not
    scales_with : what a part of a country has a share of, to which this count is proportional
    """

    path: str
    value: Any
    unit: str
    kind: Kind
    layer: Layer
    file: str
    line: int | None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    price_year: int | None = None
    source: str | None = None
    confidence: Confidence | None = None
    description: str = ""
    growth: float | None = None
    note: str | None = None
    years: YearsOf | None = None
    tag: str | None = None
    distribution: str | None = None
    value_is: str | None = None
    choices: tuple[str, ...] = ()
    choice_names: Mapping[str, str] = field(default_factory=dict)
    min: float | None = None
    max: float | None = None
    integer: bool = False
    at_most: tuple[Relation, ...] = ()
    decision: bool = False
    required: bool = False
    may_be_empty: bool = False
    item: str | None = None
    stated: bool = False
    resolved: Resolved | None = None
    open: bool = False
    question: str | None = None
    scales_with: str | None = None

    @property
    def range_kind(self) -> RangeKind:
        """What its range shows: what the answer to an open question may be, else policy choices, else uncertainty."""
        if self.open:
            return "open question"
        return "policy choice" if self.decision else "uncertain"

    def _repr_html_(self) -> str:
        has_range = self.low is not None and self.high is not None
        value = dict(self.value) if isinstance(self.value, Mapping) else self.value
        rows = {
            "Value": f"{value} {self.unit}" + (f" ({self.low:.12g} to {self.high:.12g})" if has_range else ""),
            "Description": self.description,
            "Price year": self.price_year,
            "Change per year": self.growth,
            "Years": self.years,
            "Source": self.source,
            "Confidence": self.confidence,
            "Note": self.note,
            "File": f"{self.file}:{self.line}" if self.line else self.file,
        }
        return two_column_table(self.path, rows)
