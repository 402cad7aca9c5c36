"""The ledger as cells: rows by year, each with quantity, price, index and rate as references, and its amounts as formulas."""

from functools import cache, partial
from typing import Any

import pandas as pd

from imis_plan.i18n.translate import localized
from imis_plan.model.economic_codes import STAFF
from imis_plan.model.evaluate import EvaluatedLine
from imis_plan.model.money import divide_to_cents, local_amount
from imis_plan.model.tax_rates import net_price, tax_kind
from imis_plan.sections.economic_codes.tables import account_titles
from imis_plan.workbook.categories import category_text
from imis_plan.workbook.codes import role_code_cells
from imis_plan.workbook.column_formulas import column_reference, row_formulas
from imis_plan.workbook.contingency import contingency_rows
from imis_plan.workbook.layout import LEDGER_TOP
from imis_plan.workbook.ledger_columns import (
    AMOUNT,
    CATEGORY,
    INDEX,
    KEY,
    QUANTITY,
    RATE,
    REAL,
    TEXT_FIELDS,
    UNIT_PRICE,
    USD,
    WORKING,
    YEAR,
    LedgerRow,
    row_texts,
)
from imis_plan.workbook.operand import Operand, terms_of
from imis_plan.workbook.residual_value import fill_residual_values, no_residual_value
from imis_plan.workbook.taxes import fill_contingency_taxes, fill_taxes
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import EXCHANGE_RATE, PRICE_LEVEL, TracedModel, factors_of

# Texts taken from the ledger of the plan.
LEDGER_FIELDS = (*TEXT_FIELDS, "working")


def ledger_rows(traced: TracedModel, table: pd.DataFrame) -> list[LedgerRow]:
    """All rows of the workbook's ledger, by year. table : the ledger of the plan, for its texts."""
    names = [*KEY, *(name for name in LEDGER_FIELDS if name not in KEY)]
    each = (dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in names), strict=True))
    ledger_by_key = {tuple(row[name] for name in KEY): row for row in each}
    lines = [(budget_line, line_cells(traced, budget_line)) for budget_line in traced.lines]
    rows: list[LedgerRow] = []
    for t, year in enumerate(traced.years):
        number = LEDGER_TOP + len(rows)
        base = [base_row(*line, (number + i, t, year), ledger_by_key) for i, line in enumerate(lines)]
        fill_amounts(traced, base)
        fill_taxes(traced, base)
        fill_residual_values(traced, base, [line.line.life for line, _cells in lines])
        contingency = list(contingency_rows(traced, base, t, ledger_by_key))
        fill_amounts(traced, contingency)
        fill_contingency_taxes(base, contingency)
        no_residual_value(contingency)
        rows += base + contingency
    titles = {role.key: localized(role.title) for role in traced.start.base.roles}
    texts_of = cache(partial(row_texts, titles=titles, accounts=account_titles(traced.start.base)))
    role_cells = cache(partial(role_code_cells, traced))
    category_of = cache(partial(category_text, traced.start.base))
    for row in rows:
        constant_texts = texts_of(tuple((name, row.fields[name]) for name in TEXT_FIELDS))
        row.texts.update(constant_texts | {YEAR: row.fields["year"], WORKING: row.fields["working"]})
        row.texts[CATEGORY] = category_of(*row.key[:-1])
        if row.fields["component"] == STAFF:
            row.cells.update(role_cells(row.fields["line"], row.fields["role_or_level"]))
    return rows


def line_cells(traced: TracedModel, budget_line: EvaluatedLine) -> list[dict[int, Term]]:
    """Quantity, price, index and rate of a budget line, for each year."""
    index, rate = factors_of(traced, budget_line)
    formulas = {
        QUANTITY: budget_line.line.effective_quantity,
        UNIT_PRICE: net_price(
            traced.evaluation.values,
            tax_kind(budget_line.component, budget_line.line),
            traced.parameter(budget_line.line.price),
        ),
        INDEX: index,
        RATE: rate,
    }
    by_year = [terms_of(formula, len(traced.years)) for formula in formulas.values()]
    return [dict(zip(formulas, cells, strict=True)) for cells in zip(*by_year, strict=True)]


def base_row(
    budget_line: EvaluatedLine, cells: list[dict[int, Term]], place: tuple[int, int, int], ledger_by_key: Any
) -> LedgerRow:
    """The row of a budget line in a year. place : row number, years since the first, year."""
    (number, t, year), line = place, budget_line.line
    key = {"component": budget_line.component, "line": line.line, "role_or_level": line.level, "kind": line.kind, "year": year}
    return LedgerRow(number, t, key | ledger_by_key[tuple(key.values())], dict(cells[t]))


def fill_amounts(traced: TracedModel, rows: list[LedgerRow]) -> None:
    """Fill the amounts of the rows of a year, in local currency, in US dollars and in prices of the base year."""
    if not rows:
        return
    numbers, t = [row.number for row in rows], rows[0].t

    def column_of(column: int) -> Operand:
        """References of the rows to one of their columns."""
        return column_reference(column, [row.value(column) for row in rows])

    money = {AMOUNT: lambda: local_amount(*map(column_of, (QUANTITY, UNIT_PRICE, INDEX, RATE)))}
    money[USD] = lambda: divide_to_cents(column_of(AMOUNT), traced.yearly[EXCHANGE_RATE][t])
    money[REAL] = lambda: divide_to_cents(column_of(AMOUNT), traced.yearly[PRICE_LEVEL][t])
    for column, formula in money.items():
        for row, term in zip(rows, row_formulas(formula(), numbers), strict=True):
            row.cells[column] = term
