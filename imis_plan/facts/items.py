"""The closed list of what is observed: its unit, its market, the parameter that it feeds (docs/prices.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from imis_plan.facts.csv_rows import Row, table
from imis_plan.problems import Problem, suggestion
from imis_plan.sentence import sentence

TRADABLE, LOCAL, WORLD, QUANTITY = "tradable", "local", "world", "none"
MARKETS = (TRADABLE, LOCAL, WORLD, QUANTITY)
NOMINAL = "nominal"
# Steps that an item may put in another order than the usual one; the first is always the country itself.
OWN, NEAR, ANYWHERE, PREDICTED = "own", "near", "all", "predicted"
STEPS = (OWN, NEAR, ANYWHERE, PREDICTED)
COLUMNS = (
    "item", "unit", "market", "carried", "feeds", "needs", "relation", "factor", "steps", "spread", "oldest", "why",
    "description",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something that has a price, or a quantity that is observed.

    unit : what one price buys, as in `person/month`; a quantity's own unit.
    market : `tradable` follows the dollar, `local` the prices at home, `world` is a list price for all, `none` is no price.
    nominal : dollars of any year count the same: the price of a device of a class does not rise with consumer prices.
    feeds : paths of the parameters; needs : what is missing between observation and parameter, if anything.
    relation, factor : the tested relation that predicts it, and how many times its result.
    steps : the order in which a value is looked for.
    spread : least half-width of the range, as a share of the value. [1]
    oldest : age at which an observation is no longer of the same good; None where goods do not change. [year]
    """

    name: str
    unit: str
    market: str
    feeds: tuple[str, ...] = ()
    needs: str = ""
    relation: str = ""
    factor: float = 1.0
    spread: float = 0.0
    oldest: int | None = None
    why: str = ""
    description: str = ""
    nominal: bool = False
    steps: tuple[str, ...] = STEPS


def read_items(path: Path) -> tuple[Mapping[str, Item], list[Problem]]:
    """Items by name, and what is wrong in their table."""
    rows, problems = table(path, COLUMNS)
    items: dict[str, Item] = {}
    for row in rows:
        found = list(item_problems(row, items))
        problems += found
        if not found:
            items[row["item"]] = item_from(row)
    return items, problems


def item_from(row: Row) -> Item:
    """The item of a row without problems."""
    feeds, steps = listed(row["feeds"]), listed(row["steps"]) or STEPS
    factor = float(row["factor"] or 1)
    oldest = int(row["oldest"]) if row["oldest"] else None
    names, relation = (row["item"], row["unit"], row["market"], feeds, row["needs"]), (row["relation"], factor)
    return Item(*names, *relation, float(row["spread"]), oldest, row["why"], row["description"], row["carried"] == NOMINAL, steps)


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell with semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def item_problems(row: Row, earlier: Mapping[str, Item]) -> Iterator[Problem]:
    """What is wrong with a row of the list."""
    if not row["item"]:
        yield row.problem("item", "no name", "give a short name, such as card_pvc")
    if row["item"] in earlier:
        yield row.problem("item", "listed before", "keep one of the two rows")
    if row["market"] not in MARKETS:
        yield row.problem("market", "no such market", suggestion(row["market"], MARKETS))
    yield from order_problems(row)
    for column in ("unit", "why", "description"):
        if not row[column]:
            yield row.problem(column, "empty", "fill it in")
    if not is_positive(row["spread"]):
        yield row.problem("spread", "no share above zero", "give the least half-width of the range, such as 0.1")
    if row["oldest"] and not row["oldest"].isdecimal():
        yield row.problem("oldest", "no number of years", "give a whole number, or nothing")
    if row["factor"] and not is_positive(row["factor"]):
        yield row.problem("factor", "no number above zero", "give the factor of the relation, such as 0.85")


def order_problems(row: Row) -> Iterator[Problem]:
    """A way of carrying prices, or an order of the steps, that does not exist."""
    if row["carried"] not in ("", NOMINAL):
        yield row.problem(
            "carried", "no such way", sentence("write {nominal} for dollars without a price index, or nothing", nominal=NOMINAL)
        )
    if row["carried"] == NOMINAL and row["market"] not in (TRADABLE, WORLD):
        yield row.problem("carried", sentence("{market} prices follow an index", market=row["market"]), "leave it empty")
    if row["steps"] and (sorted(listed(row["steps"])) != sorted(STEPS) or listed(row["steps"])[0] != OWN):
        yield row.problem(
            "steps",
            "not an order of the steps",
            sentence("name each of them once, {own} first: {names}", own=OWN, names="; ".join(STEPS)),
        )


def is_positive(text: str) -> bool:
    """Whether a text is a finite number above zero."""
    try:
        return 0 < float(text) < float("inf")
    except ValueError:
        return False
