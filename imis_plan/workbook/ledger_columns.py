"""What a row of the ledger is in the workbook: its columns, its formulas, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.translate import _, source, unit
from imis_plan.model.budget_line import CAPITAL
from imis_plan.sections.naming import component_name, grade_mark
from imis_plan.workbook.operand import Operand, whole
from imis_plan.workbook.term import Term

YEAR, COMPONENT, LINE, FOR, KIND, MARKET, QUANTITY, UNIT, UNIT_PRICE, CURRENCY, PRICE_YEAR, INDEX, RATE, AMOUNT, USD, REAL = (
    range(16)
)
GRADE, QUANTITY_GRADE, SOURCE, WORKING = range(16, 20)
KEY = ["component", "line", "role_or_level", "kind", "year"]
# What the words of a row follow from, apart from its year and its working.
SAID = (
    "component", "label", "role_or_level", "kind", "tradable", "quantity_unit", "price_currency", "price_year", "confidence",
    "quantity_confidence", "source",
)  # fmt: skip


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger in the workbook. number : of its row; t : years since the first; about : what formulas do not touch."""

    number: int
    t: int
    about: dict[str, Any]
    cells: dict[int, Term] = field(default_factory=dict)
    words: dict[int, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What it shares with a row of the ledger."""
        return tuple(self.about[name] for name in KEY)

    def here(self, column: int) -> Operand:
        """A reference to one of its cells, from its own row."""
        term = Term(xl_rowcol_to_cell(self.number, column), self.cells[column].value, cell=True)
        return Operand([term], whole, series=False)

    def value(self, column: int) -> float:
        """What a cell comes to now."""
        return float(self.cells[column].value)


def names(said_of: tuple[tuple[str, Any], ...], titles: Mapping[str, str]) -> dict[int, Any]:
    """Words of a row for readers that are the same in every year, by column. titles : of the roles."""
    about = dict(said_of)
    level = about["role_or_level"]
    # A level of training or a way of hosting is in the name of the line already.
    meant = component_name(level) if about["component"] == "contingency" else titles.get(level, "")
    return {
        COMPONENT: component_name(about["component"]),
        LINE: _(about["label"]),
        FOR: meant,
        KIND: kind_word(about["kind"]),
        MARKET: _("world market") if about["tradable"] else _("at home"),
        UNIT: unit(about["quantity_unit"]),
        CURRENCY: about["price_currency"],
        PRICE_YEAR: about["price_year"],
        GRADE: grade_mark(about["confidence"]),
        QUANTITY_GRADE: grade_mark(about["quantity_confidence"]),
        SOURCE: source(about["source"]),
    }


def kind_word(kind: str) -> str:
    """Capital or recurrent, for readers."""
    return _("capital") if kind == CAPITAL else _("recurrent")
