"""One budget line before it is priced: item, quantity, price, and the calculation as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CAPITAL, RECURRENT = "capital", "recurrent"
TRADABLE, LOCAL = True, False
# What moves a price: the world market, home prices, or the path of pay.
TRADABLE_MARKET, LOCAL_MARKET, PAY_MARKET = "tradable", "local", "pay"


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for "translate later", which extractors know
    """Mark a text for translation where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line over all years.

    line : key of the line, unique in its component together with `level`.
    label : name for readers.
    kind : CAPITAL (used over several years) or RECURRENT (used up within the year).
    tradable : TRADABLE if bought on the world market, so that the foreign price and the exchange rate move it; else LOCAL.
    driver : what the quantity mainly depends on, in words.
    unit : unit of the quantity; the price is per this unit.
    price : path of the parameter with the price.
    quantity : series, shape (horizon, ...).
    working : calculation of the quantity, a sentence with {names} of terms, drivers or parameters.
    terms : series named in `working` that are neither drivers nor parameters.
    life : path of the parameter with the useful life, for a capital line that wears out; "" for a one-off.
    existing, existing_age : pieces in use at the start of the first year, and their age; 0 where none are. [unit], [year]
    level : role, training level or hosting option, if there is one line for each of them.
    applies : False switches the line off; `exclusion_reason` is then shown.
    salary : the price is pay, which has a path of its own.
    tax : kind of tax of a line that a scenario declares; "" for a line of the model, whose kind is in budget_lines.yaml.
    """

    line: str
    label: str
    kind: str
    tradable: bool
    driver: str
    unit: str
    price: str
    quantity: Any
    working: str
    terms: Mapping[str, Any] = field(default_factory=dict)
    life: str = ""
    existing: Any = 0.0
    existing_age: Any = 0.0
    level: str = ""
    applies: Any = True
    exclusion_reason: str = ""
    salary: bool = False
    tax: str = ""

    @property
    def effective_quantity(self) -> Any:
        """The quantity, or 0 where the line does not apply. Shape (horizon, ...)."""
        return self.quantity if self.applies is True else self.quantity * self.applies

    @property
    def market(self) -> str:
        """What moves the price of the line."""
        if self.salary:
            return PAY_MARKET
        return TRADABLE_MARKET if self.tradable else LOCAL_MARKET
