"""Economic class, account and category of the ledger's rows: text, or a formula where they follow from a choice."""

from collections.abc import Iterable

from imis_plan.model.arrays import where
from imis_plan.model.economic_codes import CONTRACTED, STAFF, role_codes
from imis_plan.scenario.line_attributes import ASSETS, EXPENSE
from imis_plan.scenario.plan import Plan
from imis_plan.sections.economic_codes.tables import account_name, account_titles, class_name
from imis_plan.workbook.categories import role_categories
from imis_plan.workbook.ledger_columns import ACCOUNT, CATEGORY, GFS, LedgerRow
from imis_plan.workbook.operand import Operand, inline
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel


def role_code_cells(traced: TracedModel, line: str, role: str) -> dict[int, Term]:
    """Formulas of the codes of a line of a role: they follow its sourcing, which may be changed in a cell."""
    plan = traced.start.base
    contracted, employed = (role_codes(plan, line, contracted=each) for each in (True, False))
    titles = account_titles(plan)
    texts = {
        GFS: [class_name(code) for code, _ in (contracted, employed)],
        ACCOUNT: [account_name(account, titles) for _, account in (contracted, employed)],
        CATEGORY: role_categories(line, role),
    }
    choice = Operand(traced.parameter(f"roles.{role}.sourcing").terms, inline, series=False) == CONTRACTED
    return {column: where(choice, a, b).terms[0] for column, (a, b) in texts.items() if a != b}


def codes_in(plan: Plan, rows: Iterable[LedgerRow]) -> tuple[list[str], list[str]]:
    """All economic classes and all accounts that rows have or may get, in the order of the report."""
    pairs = {(row.fields["gfs_code"], row.fields["account_code"]) for row in rows}
    lines = {row.fields["line"] for row in rows if row.fields["component"] == STAFF}
    pairs |= {role_codes(plan, line, contracted=each) for line in lines for each in (True, False)}
    classes, accounts = {code for code, _ in pairs}, {account for _, account in pairs}
    return (
        sorted(classes, key=lambda code: (code in (EXPENSE, ASSETS), code)),
        sorted(accounts, key=lambda code: (code == "", code)),
    )
