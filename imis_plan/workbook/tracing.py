"""Run the model on cells: every driver, post and price becomes a row of formulas, every budget line a formula for each year."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from imis_plan.model.arrays import where
from imis_plan.model.budget_line import Line
from imis_plan.model.evaluate import PRICES as PRICES_KEY, EvaluatedLine, Evaluation, evaluate_values, inputs_without_formulas
from imis_plan.model.money import FISCAL_YEAR_START, price_currency_and_year
from imis_plan.model.staffing import staffing_drivers
from imis_plan.model.tax_rates import PRICES
from imis_plan.model.values import Values
from imis_plan.workbook.factor_table import FactorRow, factors_by_option, shares_in_effect, table_rows
from imis_plan.workbook.grid import Grid, Workings, address
from imis_plan.workbook.layout import FIRST, OPTION, SINGLE, TOP, title
from imis_plan.workbook.operand import CellExtractor, Operand
from imis_plan.workbook.parameter_cells import ParameterCells
from imis_plan.workbook.parameter_formulas import locate_parameters, parameter_operands
from imis_plan.workbook.starting_point import METHOD, StartingPoint
from imis_plan.workbook.term import Term

YEARS = "t"
EXCHANGE_RATE, PRICE_LEVEL, DOLLARS_PER = "exchange_rate", "price_level", "dollars_per"


@dataclass
class TracedModel:
    """All formulas of a workbook by sheet, before anything is written.

    parameter_cells : parameter -> its cells. grids : key of a sheet by year -> its rows. used : parameters that a formula reads.
    factors : price index and exchange rate, by currency, price year and market. yearly : exchange rate and price level by year.
    factor_rows : contingency factors of each option. shares : kind of cost and year -> the contingency factor in effect.
    """

    start: StartingPoint
    parameter_cells: Mapping[str, ParameterCells]
    workings: Workings
    grids: dict[str, Grid]
    evaluation: Evaluation
    used: set[str]
    factors: dict[tuple[Any, ...], tuple[Operand, Operand]] = field(default_factory=dict)
    yearly: dict[str, Operand] = field(default_factory=dict)
    factor_rows: list[FactorRow] = field(default_factory=list)
    shares: dict[tuple[str, int], Term] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """Calendar years of the budget."""
        return self.evaluation.prices.years()

    @property
    def lines(self) -> tuple[EvaluatedLine, ...]:
        """Budget lines in the order of the report."""
        return self.evaluation.lines

    def parameter(self, path: str) -> Any:
        """Reference to a parameter with a single value."""
        self.used.add(path)
        return self.evaluation.values[path]


class CellValues(Values):
    """Values of the model that put every driver into cells and continue with references to these cells."""

    def __init__(self, parameters: Mapping[str, Any], place: Callable[[str, Any], Operand], workings: Workings) -> None:
        super().__init__(parameters)
        self._place = place
        self._workings = workings
        self.parameters_read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.parameters_read.add(name)
        return super().__getitem__(name)

    def evaluate(self, formula: Callable[[Values], Any], key: Hashable = None) -> tuple[Any, frozenset[str]]:
        """The result of a formula; the parts of a long formula are named after the driver or the budget line."""
        if key != PRICES_KEY:  # parts of indices and exchange rates are not those of a driver or a line
            self._workings.begin_owner("")
        result, basis = super().evaluate(formula, key)
        if isinstance(result, Line):
            self._workings.name_owner(result.line)
        return result, basis

    def add_driver(self, name: str, formula: Callable[[Values], Any]) -> Any:
        """Calculate a driver, in cells of its own."""
        result, _ = self.evaluate(formula, name)
        self._workings.name_owner(name)
        self._values[name] = self._place(name, result)
        return self._values[name]


def grid(key: str) -> Grid:
    """An empty sheet by year."""
    return Grid(title(key), TOP, SINGLE, FIRST)


def trace_model(start: StartingPoint) -> TracedModel:
    """Run the model on the cells of a workbook."""
    found = locate_parameters(start)
    grids = {key: grid(key) for key in ("drivers", "staffing", "prices", "workings")}
    workings = Workings(grids["workings"])
    extract, horizon = workings.extract, int(start.base["time.horizon"])
    staff = staffing_drivers(start.base.roles)

    def place(name: str, result: Any) -> Operand:
        return grids["staffing" if name in staff else "drivers"].place(name, result, horizon, extract)

    parameters = parameter_operands(found, extract) | {
        YEARS: year_row(grids["drivers"], horizon, extract),
    }
    if int(start.base["money.planning_rate_year"]) > int(start.base["time.base_year"]):
        # A given path of exchange rates covers more years than the others, so that this choice decides the structure.
        parameters["money.exchange_path"] = start.plan["money.exchange_path"]
    parameters |= {path: start.plan[path] for path in (PRICES, FISCAL_YEAR_START) if path in start.plan.parameters}
    parameters |= inputs_without_formulas(start.base)
    values = CellValues(parameters, place, workings)
    evaluation = evaluate_values(values, start.base.roles)
    traced = TracedModel(start, found, workings, grids, evaluation, values.parameters_read)
    workings.begin_owner(EXCHANGE_RATE)
    add_price_rows(traced, horizon)
    traced.factor_rows = table_rows(factors_by_option(start), horizon)
    traced.shares = shares_in_effect(start, traced.factor_rows, traced.parameter(METHOD))
    return traced


def year_row(drivers: Grid, horizon: int, extract: CellExtractor) -> Operand:
    """Write the years since the first as the first row of the drivers."""
    terms = [
        Term(f"{address(drivers.sheet, TOP - 1, FIRST + t)}-{address(drivers.sheet, TOP - 1, FIRST, fixed=True)}", float(t), 3, t)
        for t in range(horizon)
    ]
    return drivers.place(YEARS, Operand(terms, extract, series=True), horizon, extract)


def add_price_rows(traced: TracedModel, horizon: int) -> None:
    """Write the rows of prices: exchange rate and price level of each year, then index and rate of every kind of price in use."""
    prices, extract, sheet = traced.evaluation.prices, traced.workings.extract, traced.grids["prices"]
    rates = {year: rate_reference(sheet, f"{EXCHANGE_RATE}.{year}", rate, extract) for year, rate in prices.rate.items()}
    kinds = dict.fromkeys(kind for budget_line in traced.lines for kind in price_kinds(traced.start, budget_line))
    dollars = {
        code: {year: rate_reference(sheet, f"{DOLLARS_PER}.{code}.{year}", rate, extract) for year, rate in path.items()}
        for code, path in prices.usd_per.items()
        if code in {currency for currency, *_ in kinds}
    }
    prices = replace(prices, rate=rates, usd_per=prices.usd_per | dollars)
    traced.yearly[EXCHANGE_RATE] = sheet.place(EXCHANGE_RATE, prices.payment_rates(), horizon, extract)
    traced.yearly[PRICE_LEVEL] = sheet.place(PRICE_LEVEL, prices.real_index(), horizon, extract)
    for key in kinds:
        currency, year, market = key
        index, rate = prices.factors(currency, year, market)
        name = f"{currency}.{year}.{market}"
        traced.factors[key] = (
            sheet.place(f"price_index.{name}", index, horizon, extract),
            sheet.place(f"rate.{name}", rate, horizon, extract),
        )


def rate_reference(sheet: Grid, name: str, rate: Any, extract: CellExtractor) -> Any:
    """A reference to a rate: a calculated one is put into a cell of its own."""
    if isinstance(rate, Operand) and rate.terms[0].composed:
        return sheet.place(name, rate, 1, extract)
    return rate


def price_kinds(start: StartingPoint, budget_line: EvaluatedLine) -> list[tuple[Any, ...]]:
    """Kinds of price of a budget line: as quoted in the scenario, and as quoted in its options."""
    path, market = budget_line.line.price, budget_line.line.market
    parameters = [
        start.base.parameters[path],
        *(parameters[path] for parameters in start.variants.values() if path in parameters),
    ]
    return [(*price_currency_and_year(parameter), market) for parameter in parameters]


def factors_of(traced: TracedModel, budget_line: EvaluatedLine) -> tuple[Any, Any]:
    """Price index and exchange rate of a budget line by year; where an option quotes another currency or year, as chosen."""
    path, start = budget_line.line.price, traced.start
    index, rate = traced.factors[price_kinds(start, budget_line)[0]]
    for name, parameters in start.variants.items():
        if path in parameters:
            index, rate = factors_with_option(
                traced, name, (*price_currency_and_year(parameters[path]), budget_line.line.market), (index, rate)
            )
    return index, rate


def factors_with_option(traced: TracedModel, option: str, kind: tuple[Any, ...], otherwise: tuple[Any, Any]) -> tuple[Any, Any]:
    """Price index and exchange rate of a kind of price if an option is chosen, else others."""
    mine = traced.factors[kind]
    if mine[0] is otherwise[0]:
        return otherwise
    chosen = Operand([Term(OPTION, traced.start.option, cell=True)], traced.workings.extract, series=False) == option
    return where(chosen, mine[0], otherwise[0]), where(chosen, mine[1], otherwise[1])
