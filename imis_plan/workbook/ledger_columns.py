"""A row of the ledger in the workbook: its columns, its formulas, and its texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.i18n.sources import translate_source
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.model.budget_line import CAPITAL
from imis_plan.sections.economic_codes.tables import account_name, class_name
from imis_plan.sections.naming import component_name, grade_mark
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import Term

YEAR, COMPONENT, LINE, FOR, KIND, MARKET, QUANTITY, UNIT, UNIT_PRICE, CURRENCY, PRICE_YEAR, INDEX, RATE, AMOUNT, USD, REAL = (
    range(16)
)
TAX, GRADE, QUANTITY_GRADE, GFS, ACCOUNT, CATEGORY, RESIDUAL, SOURCE, WORKING = range(16, 25)
KEY = ["component", "line", "role_or_level", "kind", "year"]
# Fields of the ledger that the texts of a row depend on, apart from its year and its calculation.
TEXT_FIELDS = (
    "component", "label", "role_or_level", "kind", "tradable", "quantity_unit", "price_currency", "price_year", "confidence",
    "quantity_confidence", "source", "gfs_code", "account_code",
)  # fmt: skip


@dataclass
class LedgerRow:
    """A row of the ledger, which is filled step by step.

    number : of its row; t : years since the first; fields : of the ledger, which stay as they are; cells : formulas by column;
    texts : by column.
    """

    number: int
    t: int
    fields: dict[str, Any]
    cells: dict[int, Term] = field(default_factory=dict)
    texts: dict[int, Any] = field(default_factory=dict)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """Its key in the ledger of the plan. Its fields do not change, so it is computed once."""
        return tuple(self.fields[name] for name in KEY)

    def reference(self, column: int) -> Operand:
        """A reference to one of its cells, from the same sheet."""
        term = Term(xl_rowcol_to_cell(self.number, column), self.cells[column].value, cell=True)
        return Operand([term], inline, series=False)

    def value(self, column: int) -> float:
        """Current value of a cell."""
        return float(self.cells[column].value)


def row_texts(fields: tuple[tuple[str, Any], ...], titles: Mapping[str, str], accounts: Mapping[str, str]) -> dict[int, Any]:
    """Texts of a row that are the same in every year, by column. titles : of the roles; accounts : titles by account."""
    about = dict(fields)
    level = about["role_or_level"]
    # A level of training or a kind of hosting is part of the name of the line.
    role = component_name(level) if about["component"] == "contingency" else titles.get(level, "")
    return {
        COMPONENT: component_name(about["component"]),
        LINE: _(about["label"]),
        FOR: role,
        KIND: kind_label(about["kind"]),
        MARKET: _("world market") if about["tradable"] else _("domestic market"),
        UNIT: translate_unit(about["quantity_unit"]),
        CURRENCY: about["price_currency"],
        PRICE_YEAR: about["price_year"],
        GRADE: grade_mark(about["confidence"]),
        QUANTITY_GRADE: grade_mark(about["quantity_confidence"]),
        # With their titles, so that no spreadsheet takes a code for a number.
        GFS: class_name(about["gfs_code"]),
        ACCOUNT: account_name(about["account_code"], accounts),
        SOURCE: translate_source(about["source"]),
    }


def kind_label(kind: str) -> str:
    """Capital or recurrent, as shown."""
    return _("capital") if kind == CAPITAL else _("recurrent")
