"""What parameter files are made of: leaves as written and as they take effect, and the parts around them."""

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from imis_plan.scenario.fields import (
    Amount,
    Day,
    Line,
    Maybe,
    MaybeLine,
    MaybeNames,
    MaybeText,
    NamesOrAll,
    Share,
    Text,
    Texts,
    Version,
    Year,
    YearsOrAll,
)
from imis_plan.scenario.html_repr import two_column_table


def read_only(mapping: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    """The mapping, closed to change."""
    return MappingProxyType(mapping)


# So that a plan can be copied, and handed to another process.
copyreg.pickle(MappingProxyType, lambda mapping: (read_only, (dict(mapping),)))

Kind = Literal["number", "path", "history", "table", "choice", "flag"]
Layer = Literal["defaults", "country", "option", "what-if"]
Confidence = Literal["A", "B", "C", "assumed"]


class Model(BaseModel):
    """A part of a file; keys that it does not know are problems."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ParameterInput(Model):
    """A parameter as a country file, an option or a what-if writes it."""

    value: Any = Field(None, description="The value, in `unit`.")
    low: Maybe = Field(None, description="Lowest plausible value, in `unit`.")
    high: Maybe = Field(None, description="Highest plausible value, in `unit`.")
    unit: MaybeLine = Field(None, description="One of parameters/units.yaml; a country may change the currency only.")
    price_year: Year = Field(None, description="The year whose money a price is in.")
    source: MaybeLine = Field(
        None,
        description="A key of sources.yaml with the place in it (`key: table 3`), `assumption: why`, or a sentence.",
    )
    confidence: Confidence | None = Field(
        None, description="A: primary source. B: transcription. C: weak. assumed: needs low, high and a reason."
    )
    description: MaybeLine = Field(None, description="What the value is.")
    growth: Maybe = Field(None, description="Change per year after the first; 0.02 is two per cent more each year.")
    note: MaybeLine = Field(None, description="Anything a reader should know.")
    tag: MaybeLine = Field(None, description="Leaves of one tag move together in a simulation.")


class Declaration(ParameterInput):
    """A parameter as `defaults.yaml` declares it."""

    required: bool = Field(default=False, description="Every country must give it.")
    choices: Annotated[list[str], Field(min_length=1)] | None = Field(None, description="The values to choose from.")
    path: bool = Field(default=False, description="By year: a number, a list, or a number with `growth`.")
    history: bool = Field(default=False, description="By calendar year: a mapping year -> number.")
    table: bool = Field(default=False, description="A list of numbers that has nothing to do with years.")
    min: Maybe = Field(None, description="Nothing below can be right.")
    max: Maybe = Field(None, description="Nothing above can be right.")
    integer: bool = Field(default=False, description="Whole numbers only.")
    decision: bool = Field(default=False, description="The range is what one may choose, not what one does not know.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in effect: the value and all that is known about it. LCU is the scenario's own currency here.

    value : number; number or tuple by year (path); mapping year -> number (history); tuple (table); text
        (choice); bool (flag)
    currency : ISO 4217 code of a money unit, else None
    layer, file, line : where the value was said
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
    tag: str | None = None
    choices: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    integer: bool = False
    decision: bool = False
    required: bool = False

    def _repr_html_(self) -> str:
        has_range = self.low is not None and self.high is not None
        value = dict(self.value) if isinstance(self.value, Mapping) else self.value
        rows = {
            "Value": f"{value} {self.unit}" + (f" ({self.low:.12g} to {self.high:.12g})" if has_range else ""),
            "Description": self.description,
            "Price year": self.price_year,
            "Change per year": self.growth,
            "Source": self.source,
            "Confidence": self.confidence,
            "Note": self.note,
            "File": f"{self.file}:{self.line}" if self.line else self.file,
        }
        return two_column_table(self.path, rows)


class About(Model):
    """What a scenario is about."""

    country: Text
    iso3: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="Country code of three letters (ISO 3166).")]
    scheme: Text
    title: Text
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code; LCU stands for it.")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$", description="Language of the report, two letters.")]
    target: Text = Field(description="What is to be reached, and why that is plausible.")
    date: Day
    version: Version
    notes: Texts = ()


class Activity(Model):
    """Work that takes minutes each time; the minutes are the parameter `roles.<role>.workload.<activity>.minutes`."""

    driver: Line
    text: Text


class Cover(Model):
    """Posts for presence, whatever the volume, for each unit of the driver."""

    driver: Line


class Ratio(Model):
    """So many units of the driver per post."""

    driver: Line


class Role(Model):
    """A role: what its people do and must bring, and what its posts follow. Numbers are leaves below `roles.<key>`."""

    key: Line
    title: Text
    tasks: Texts
    needs: Texts
    level: Literal["national", "office"]
    workload: Annotated[Mapping[str, Activity], AfterValidator(read_only)] = Field(default_factory=dict)
    cover: Cover | None = None
    ratio: Ratio | None = None


class Option(Model):
    """A named variant of a scenario: a few changed leaves by dotted path."""

    title: Text
    description: Text
    changes: dict[str, Any]


class FundingRule(Model):
    """Who pays which share of what, and when."""

    funder: Text
    components: NamesOrAll
    share: Share
    years: YearsOrAll
    lines: MaybeNames = None
    cap: Amount = Field(None, description="Most that the funder pays in all.")
    cap_currency: MaybeLine = None
    kind: Literal["capital", "recurrent"] | None = None
    note: MaybeText = None
