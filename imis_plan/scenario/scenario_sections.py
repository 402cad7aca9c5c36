"""Data types of the sections of a scenario besides its parameters: description, roles, options and funding."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from imis_plan.scenario.fields import (
    CountryCode,
    CurrencyCode,
    IsoDate,
    LanguageCode,
    NamesOrAll,
    OptionalAmount,
    OptionalNames,
    OptionalPlainText,
    OptionalTranslatableText,
    PlainText,
    Share,
    Status,
    TranslatableText,
    TranslatableTexts,
    Version,
    YearsOrAll,
)
from imis_plan.scenario.parameter import StrictModel, read_only
from imis_plan.scenario.status import DRAFT


class OwnCalendarInput(StrictModel):
    """A country's own count of years, which stands beside the fiscal year where it is named in full."""

    offset: int = Field(description="Its year less the calendar year in which the fiscal year begins: 57 in Nepal.")
    suffix: PlainText = Field(description="Its era, as readers write it: BS.")


class About(StrictModel):
    """The `about` section of a scenario."""

    country: TranslatableText
    iso3: CountryCode = Field(description="Country code of three letters (ISO 3166), as in NPL.")
    scheme: TranslatableText
    title: TranslatableText
    currency: CurrencyCode = Field(description="Currency code of three letters (ISO 4217), as in NPR.")
    language: LanguageCode = Field(description="Language of the report, two letters, as in en.")
    target: TranslatableText = Field(description="What the plan shall achieve, and why that is plausible.")
    date: IsoDate
    version: Version
    status: Status = Field(
        DRAFT, description="draft, `planning figures of this project`, or `endorsed by ...` with the name of the authority."
    )
    notes: TranslatableTexts = ()
    chart_of_accounts: OptionalPlainText = Field(
        None, description="Name of the file in chart_of_accounts/ with the country's own budget codes, as in nepal."
    )
    procurement: OptionalPlainText = Field(
        None, description="Name of the file in procurement/ with the country's procurement rules, as in zambia."
    )
    pay_area: OptionalPlainText = Field(
        None, description="Code of the part of the country whose minimum of public pay holds, as in EAZ for Zanzibar."
    )
    own_calendar: OwnCalendarInput | None = Field(None, description="The country's own calendar, if its budget uses one.")


class Activity(StrictModel):
    """An activity of a role; its time is the parameter `roles.<role>.workload.<activity>.minutes`."""

    driver: PlainText
    text: TranslatableText


class Cover(StrictModel):
    """Posts for each unit of the driver, independent of the workload."""

    driver: PlainText


class Ratio(StrictModel):
    """One post for a number of units of the driver."""

    driver: PlainText


class RoleInput(StrictModel):
    """A role as written in a file: its tasks, requirements and staffing rules."""

    key: PlainText
    title: TranslatableText
    title_plural: OptionalTranslatableText = Field(None, description="The title of several posts in a sentence, as in clerks.")
    tasks: TranslatableTexts
    needs: TranslatableTexts
    level: Literal["national", "office"]
    workload: Annotated[Mapping[str, Activity], AfterValidator(read_only)] = Field(default_factory=dict)
    cover: Cover | None = None
    ratio: Ratio | None = None


class Role(RoleInput):
    """A role as used. Its numbers are the parameters below `roles.<key>`.

    stations : type of facilities -> the activities that posts in each facility of the type do there. Every type of the scenario
        is in it; it is empty for a role without posts in facilities.
    """

    stations: Annotated[Mapping[str, tuple[str, ...]], AfterValidator(read_only)] = Field(default_factory=dict)


class Option(StrictModel):
    """A named variant of a scenario: changed parameters by path."""

    title: TranslatableText
    description: TranslatableText
    changes: dict[str, Any]


class FundingRule(StrictModel):
    """The share that a funder pays, of which components and in which years."""

    funder: TranslatableText
    components: NamesOrAll
    share: Share
    years: YearsOrAll
    lines: OptionalNames = None
    cap: OptionalAmount = Field(None, description="Maximum that the funder pays in total.")
    cap_currency: OptionalPlainText = None
    kind: Literal["capital", "recurrent"] | None = None
    taxes: Literal["paid", "exempt"] = Field(
        "paid", description="Whether the funder pays the taxes on its part, or is exempt, so that `tax_bearer` bears them."
    )
    tax_bearer: OptionalTranslatableText = Field(
        None, description="Who bears the taxes on the part of an exempt funder. Empty: the government budget."
    )
    indirect_cost: Share = Field(0, description="Indirect cost of the funder, as a share of the net base cost that it pays.")
    indirect_cost_excludes: OptionalNames = Field(
        None, description="Economic classes that indirect cost is not calculated on, as in 31 for all assets."
    )
    indirect_cost_source: OptionalTranslatableText = Field(None, description="Where the share of indirect cost is agreed.")
    note: OptionalTranslatableText = None
    agreed: bool = Field(default=False, description="Whether the funder has agreed to pay; else the rule is an assumption.")
