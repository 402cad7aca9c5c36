"""Budget lines that a scenario file declares below `lines`: as they are written, and as the model reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from imis_plan.scenario.expression import Expression
from imis_plan.scenario.fields import OptionalPlainText, OptionalTranslatableText, PlainText, TranslatableText
from imis_plan.scenario.line_attributes import PAYMENTS, TAX_KINDS, UNTAXED
from imis_plan.scenario.localized_text import TranslatedText
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import StrictModel

LINES = "lines"
# Fields that name a parameter, or declare one.
PARAMETER_FIELDS = ("price", "life", "loss")


class LineInput(StrictModel):
    """A budget line as a scenario file has it; fields that are not listed here are parameters of the line."""

    component: PlainText
    label: TranslatableText = Field(description="Name of the line, also by language.")
    kind: Literal["capital", "recurrent"] = Field(description="capital: used over several years. recurrent: used up in its year.")
    market: Literal["world", "domestic"] = Field(
        "domestic", description="world: imported, so that the foreign price and the exchange rate move it."
    )
    unit: PlainText = Field(description="What is counted; the price is per this unit.")
    quantity: OptionalPlainText = Field(None, description="What is bought each year: an expression of drivers and parameters.")
    in_use: OptionalPlainText = Field(
        None, description="Instead of quantity: how many are needed; what is lost or worn out after its life is bought again."
    )
    price: PlainText = Field(description="A parameter with the price per unit: its path, or value, unit, price_year, source ...")
    life: OptionalPlainText = Field(None, description="A parameter with the years of use: its path, or value, source ...")
    loss: OptionalPlainText = Field(None, description="A parameter with the share lost in a year: its path, or value, source ...")
    code: PlainText = Field(description="Economic class of GFSM 2014, as in 22 or 311221.")
    payment: Literal[PAYMENTS] = Field(description="Profile of the payments within a year.")  # type: ignore[valid-type]
    account_code: OptionalPlainText = Field(None, description="Code in the country's own chart of accounts.")
    category: Literal["works", "goods", "services", "consultants", "training", "salaries", "operating"] | None = Field(
        None, description="Expenditure category of lenders; by default it follows from the economic class."
    )
    procurement: Literal["goods", "works", "consulting", "non_consulting", "none"] | None = Field(
        None,
        description="Category of procurement; by default assets are goods, pay is none, all else non_consulting.",
    )
    tax: Literal[TAX_KINDS] = Field(  # type: ignore[valid-type]
        UNTAXED, description="Taxes on it: value added tax on services; import duty, then value added tax on equipment and cards."
    )
    funder: OptionalPlainText = Field(None, description="Who pays it in full, by the name in a funding rule.")
    working: OptionalTranslatableText = Field(
        None, description="Calculation of the quantity with {names} in it, also by language; by default the expression."
    )
    note: OptionalPlainText = Field(None, description="Notes for the reader.")


@dataclass(frozen=True)
class ScenarioLine:
    """A budget line of a scenario, resolved.

    expression : what is bought each year, or with `in_use` what is needed. by_year : whether it has a value for each year.
    driver : what the quantity mainly depends on. price, life, loss : paths of parameters, "" for none. tax : kind of tax.
    funder : who pays it, "" where the funding rules say so.
    """

    key: str
    component: str
    label: TranslatedText
    working: TranslatedText
    capital: bool
    tradable: bool
    unit: str
    driver: str
    expression: Expression
    in_use: bool
    by_year: bool
    price: str
    life: str
    loss: str
    code: str
    payment: str
    account_code: str
    category: str
    procurement: str
    tax: str
    funder: str


def lines_in(location: Location) -> Iterator[tuple[str, dict[Any, Any], Location]]:
    """Name, data and location of every line in a file."""
    data = location.document.data.get(LINES)
    for name, line in data.items() if isinstance(data, dict) else ():
        if isinstance(line, dict):
            yield str(name), line, location.below(LINES, name)


def line_parameters(location: Location) -> Iterator[tuple[Any, Location]]:
    """Data and location of the parameters that lines of a file declare or change."""
    for _, line, here in lines_in(location):
        yield from ((data, here.below(key)) for key, data in line.items() if is_parameter(key, data))


def is_parameter(key: Any, data: Any) -> bool:
    """Whether an entry of a line is a parameter: a mapping below another name than a text's, or that of a price, life or loss."""
    return isinstance(data, dict) and (key not in LineInput.model_fields or key in PARAMETER_FIELDS)


def texts_of(key: str, line: Mapping[Any, Any]) -> dict[Any, Any]:
    """A line without its parameters; a price, life or loss that is declared here becomes the path of the parameter."""
    declared = {
        name: f"{LINES}.{key}.{name}" for name, data in line.items() if name in PARAMETER_FIELDS and isinstance(data, dict)
    }
    return {name: data for name, data in line.items() if not is_parameter(name, data)} | declared
