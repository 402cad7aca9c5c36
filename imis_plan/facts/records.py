"""The rows of the pack and of the observations: frozen, and with their source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with a code of ISO 3166-1."""

    iso3: str
    iso2: str
    name_en: str
    name_fr: str
    region: str
    subregion: str
    currency: str
    currency_note: str
    languages: tuple[str, ...]
    weekend: tuple[str, ...]
    least_developed: bool

    def name(self, language: str = "en") -> str:
        """The French name for French, the English one otherwise."""
        return self.name_fr if language == "fr" else self.name_en


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit, and the range in which every value lies."""

    name: str
    table: str
    unit: str
    min: float
    max: float
    description: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of an indicator, for a country and a year."""

    iso3: str
    indicator: str
    year: int
    value: float
    unit: str
    origin: str
    note: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where values come from.

    producer : who measured or published them, not who packaged them.
    published : a date, a month or a year; `latest` where the page states none.
    accessed : the day on which the copy was taken.
    licence_read : whether the licence was read; if not, read it before the data are passed on.
    confidence : A primary source, B copy or estimate, C weak or a single case.
    """

    key: str
    producer: str
    title: str
    address: str
    published: str
    accessed: str
    licence: str
    licence_read: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is known to be wrong, doubtful or confirmed in a source, and why.

    action : `replace`, `add`, `drop`, `confirm` (the value stands, another source agrees) or `doubt` (it stands, with a note).
    """

    iso3: str
    indicator: str
    year: int
    expect: float | None
    action: str
    value: float | None
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class IncomeBand:
    """A band of income per head that has a name, for the incomes of one year; None is no limit."""

    gni_year: int
    group: str
    above: float | None
    up_to: float | None
    origin: str


@dataclass(frozen=True, slots=True)
class Area:
    """Public health facilities and hospitals of a first-level area, as counted in 2019."""

    iso3: str
    name: str
    facilities: int
    hospitals: int
    origin: str


@dataclass(frozen=True, slots=True)
class CloudRegion:
    """The region of a provider nearest to a country; `azure_priced` is the nearest one of Azure with a price."""

    iso3: str
    provider: str
    region: str
    place: str
    place_country: str
    km: int
    usd_core_month: float | None
    origin: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What one source says about one item in one country and year.

    value : in `currency` of `price_year` for one `unit`; `published` is what the source prints, where that differs.
    dated : `stated` by the source, the year of the `source`, or `undated` and taken for a year that the note names.
    series : of one series only the newest year counts; the source, where nothing else is said.
    tier : which of several values of one source, such as `below 5,000`; all tiers of a year are one observation.
    kind : `observed`, one end of a `range`, or a bound: `ceiling`, `floor`, `modelled`.
    """

    item: str
    country: str
    value: float
    unit: str
    currency: str
    price_year: int
    dated: str
    source: str
    locator: str
    series: str
    tier: str
    kind: str
    grade: str
    tax: str
    published: str
    note: str
    file: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """What no two rows share; a row of one's own folder replaces the shipped one with the same key."""
        return (self.item, self.country, self.source, str(self.price_year), self.tier, self.kind)


@dataclass(frozen=True, slots=True)
class Parity:
    """A currency that is pegged: units of it for one unit of its anchor."""

    currency: str
    anchor: str
    value: float
    origin: str
    note: str


@dataclass(frozen=True, slots=True)
class ExpectedInflation:
    """Inflation that is expected for the years after the published ones: an assumption with its range and reason. [1/year]"""

    area: str
    value: float
    low: float
    high: float
    reason: str
