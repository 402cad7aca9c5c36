"""The model run on cells: every driver, post and price becomes a row of formulas, every budget line a formula for each year."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imis_plan.model.arrays import where
from imis_plan.model.budget_line import Line
from imis_plan.model.evaluate import EvaluatedLine, Evaluation, evaluate_values
from imis_plan.model.money import Prices, price_currency_and_year
from imis_plan.model.staffing import staffing_drivers
from imis_plan.model.values import Values
from imis_plan.workbook.grid import Grid, Workings, address
from imis_plan.workbook.layout import FIRST, OPTION, SINGLE, TOP, title
from imis_plan.workbook.operand import Aside, Operand
from imis_plan.workbook.parameter_cells import entries, operands
from imis_plan.workbook.parameter_entry import Entry
from imis_plan.workbook.starting_point import METHOD, PERCENTILE, State
from imis_plan.workbook.term import Term

YEARS = "t"
EXCHANGE_RATE, PRICE_LEVEL = "exchange_rate", "price_level"


@dataclass
class Book:
    """All formulas of a workbook by sheet, before anything is written.

    entries : parameter -> its cells. grids : key of a sheet by year -> its rows. priced : index and rate of a price at a kind of
    market, by currency, price year and market. used : parameters that some formula reads.
    """

    state: State
    entries: Mapping[str, Entry]
    workings: Workings
    grids: dict[str, Grid]
    evaluation: Evaluation
    used: set[str]
    factors: dict[tuple[Any, ...], tuple[Operand, Operand]] = field(default_factory=dict)
    yearly: dict[str, Operand] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """Calendar years of the budget."""
        return self.evaluation.prices.years()

    @property
    def lines(self) -> tuple[EvaluatedLine, ...]:
        """Budget lines in the order of the report."""
        return self.evaluation.lines

    def parameter(self, path: str) -> Any:
        """Reference to a parameter with one value."""
        self.used.add(path)
        return self.evaluation.values[path]


class CellValues(Values):
    """Values of the model that put every driver into cells and go on with references to these."""

    def __init__(self, parameters: Mapping[str, Any], place: Callable[[str, Any], Operand], workings: Workings) -> None:
        super().__init__(parameters)
        self._place = place
        self._workings = workings
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)

    def evaluate(self, formula: Callable[[Values], Any], key: Hashable = None) -> tuple[Any, frozenset[str]]:
        """The result of a formula; parts of long ones are named after the driver or the line."""
        self._workings.begin("")
        result, dependencies = super().evaluate(formula, key)
        if isinstance(result, Line):
            self._workings.named(result.line)
        return result, dependencies

    def add_driver(self, name: str, formula: Callable[[Values], Any]) -> Any:
        """Work out a driver, in cells of its own."""
        result, _ = self.evaluate(formula, name)
        self._workings.named(name)
        self._values[name] = self._place(name, result)
        return self._values[name]


def grid(key: str) -> Grid:
    """An empty sheet by year."""
    return Grid(title(key), TOP, SINGLE, FIRST)


def book_of(state: State) -> Book:
    """Run the model on the cells of a state."""
    found = entries(state)
    grids = {key: grid(key) for key in ("drivers", "staffing", "prices", "workings")}
    workings = Workings(grids["workings"])
    aside, horizon = workings.aside, int(state.base["time.horizon"])
    staff = staffing_drivers(state.base.roles)

    def place(name: str, result: Any) -> Operand:
        return grids["staffing" if name in staff else "drivers"].place(name, result, horizon, aside)

    parameters = operands(found, aside) | {
        "about.currency": state.base.about.currency,
        YEARS: years(grids["drivers"], horizon, aside),
    }
    if int(state.base["money.planning_rate_year"]) > int(state.base["time.base_year"]):
        # A path that is given covers years that the others leave open, so that the choice is structure here.
        parameters["money.exchange_path"] = state.plan["money.exchange_path"]
    values = CellValues(parameters, place, workings)
    evaluation = evaluate_values(values, state.base.roles)
    book = Book(state, found, workings, grids, evaluation, values.seen)
    workings.begin(EXCHANGE_RATE)
    money_rows(book, horizon)
    return book


def years(drivers: Grid, horizon: int, aside: Aside) -> Operand:
    """Years since the first, as the first row of the drivers."""
    terms = [
        Term(f"{address(drivers.sheet, TOP - 1, FIRST + t)}-{address(drivers.sheet, TOP - 1, FIRST, fixed=True)}", float(t), 3, t)
        for t in range(horizon)
    ]
    return drivers.place(YEARS, Operand(terms, aside, series=True), horizon, aside)


def money_rows(book: Book, horizon: int) -> None:
    """Rows of prices: exchange rate and price level of each year, then index and rate of every kind of price in the budget."""
    prices, aside, sheet = book.evaluation.prices, book.workings.aside, book.grids["prices"]
    rates = {year: placed(sheet, f"{EXCHANGE_RATE}.{year}", rate, aside) for year, rate in prices.rate.items()}
    prices = Prices(**{**vars(prices), "rate": rates})
    book.yearly[EXCHANGE_RATE] = sheet.place(EXCHANGE_RATE, prices.payment_rates(), horizon, aside)
    book.yearly[PRICE_LEVEL] = sheet.place(PRICE_LEVEL, prices.index(prices.home, prices.base_year), horizon, aside)
    for key in dict.fromkeys(kind for priced in book.lines for kind in kinds(book.state, priced)):
        currency, year, tradable = key
        index, rate = prices.factors(currency, year, tradable=tradable)
        name = f"{currency}.{year}.{'tradable' if tradable else 'local'}"
        book.factors[key] = (
            sheet.place(f"price_index.{name}", index, horizon, aside),
            sheet.place(f"rate.{name}", rate, horizon, aside),
        )


def placed(sheet: Grid, name: str, rate: Any, aside: Aside) -> Any:
    """A rate in a cell of its own, unless it is one that somebody gave."""
    if isinstance(rate, Operand) and rate.terms[0].composed:
        return sheet.place(name, rate, 1, aside)
    return rate


def kinds(state: State, priced: EvaluatedLine) -> list[tuple[Any, ...]]:
    """Kinds of price of a line: as the scenario quotes it, and as options quote it."""
    path, tradable = priced.line.price, priced.line.tradable
    parameters = [
        state.base.parameters[path],
        *(parameters[path] for parameters in state.variants.values() if path in parameters),
    ]
    return [(*price_currency_and_year(parameter), tradable) for parameter in parameters]


def factors_of(book: Book, priced: EvaluatedLine) -> tuple[Any, Any]:
    """Index and rate of a line's price by year; where an option quotes it in another money, as the chosen option does."""
    path, state = priced.line.price, book.state
    index, rate = book.factors[kinds(state, priced)[0]]
    for name, parameters in state.variants.items():
        if path in parameters:
            index, rate = of_option(book, name, (*price_currency_and_year(parameters[path]), priced.line.tradable), (index, rate))
    return index, rate


def of_option(book: Book, option: str, kind: tuple[Any, ...], otherwise: tuple[Any, Any]) -> tuple[Any, Any]:
    """Index and rate of a kind of price where an option is chosen, else others."""
    mine = book.factors[kind]
    if mine[0] is otherwise[0]:
        return otherwise
    chosen = Operand([Term(OPTION, book.state.option, cell=True)], book.workings.aside, series=False) == option
    return where(chosen, mine[0], otherwise[0]), where(chosen, mine[1], otherwise[1])


def rests_on_simulation(state: State) -> bool:
    """Whether the contingency is one by percentile, which no formula can give."""
    return bool(state.plan[METHOD] == PERCENTILE)
