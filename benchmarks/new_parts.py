"""What a report has and the earlier one of `batch.EARLIER` did not: cells, parts of older texts and files, and sheets.

Only what is named here counts as new, each with its reason. All else counts as there before: functions under a new name, longer
tables and texts, more columns of the ledger, more checks of a scenario, more sentences of page one, the sheet of contingency.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Any

CODES = "economic codes: the earlier ledger had none"
TAXES = "taxes: the earlier model had none"
CASH = "cash by quarter: the earlier model had years only"
PROCUREMENT = "procurement rules: the earlier model had none"
SUPPORT = "project support: the earlier model had neither a partner nor indirect cost"
TYPES = "types of facilities: the earlier model had none"
OBSERVED = "observed prices: the earlier parameters had none"
INDICES = "indices of groups: the earlier report had first-order indices alone, from draws it had"
# A function whose result a cell shows, as the cell calls it -> why it is new.
CELLS = {
    "first_page.status.plan_status": "status: the earlier scenario files stated none",
    "cost.tables.running_cost": "running cost with a year's part of the equipment: the earlier report had recurrent cost alone",
    "funding.tables.funding_by_component": "payers by component: the earlier report had payers by year alone",
    "evidence.text.prices_to_find": "prices to find: the earlier report had their share of the cost alone",
    "evidence.tables.prices_to_find": "prices to find: the earlier report had their share of the cost alone",
    "risk.tables.variance": INDICES,
    "variance.tables.execution": CODES,
    "people.tables.posts_by_facility_type": TYPES,
    "costab.tables.foreign_and_taxes": TAXES,
    "evidence.observed.figure": OBSERVED,
    "evidence.observed.table": OBSERVED,
    "project_support.text.project_support": SUPPORT,
    "project_support.tables.with_support": SUPPORT,
    "project_support.tables.indirect_cost": SUPPORT,
    "ministry_forms.text.first_year": CODES,
    "ministry_forms.tables.codes_and_taxes": CODES,
    "ministry_forms.tables.first_year_cash": CASH,
    "ministry_forms.tables.orders": PROCUREMENT,
    "ministry_forms.text.long_tables": CODES,
    "economic_codes.text.economic_codes": CODES,
    "economic_codes.tables.by_class": CODES,
    "economic_codes.tables.by_account": CODES,
    "economic_codes.tables.codes_of_lines": CODES,
    "economic_codes.text.residual_value": "value at the end of the plan: the earlier model had none",
    "economic_codes.tables.residual_value": "value at the end of the plan: the earlier model had none",
    "taxes.text.taxes": TAXES,
    "taxes.tables.by_year": TAXES,
    "taxes.tables.by_component": TAXES,
    "taxes.tables.by_payer": TAXES,
    "cash_plan.text.cash_plan": CASH,
    "cash_plan.tables.by_component": CASH,
    "cash_plan.tables.by_line": CASH,
    "procurement.text.procurement": PROCUREMENT,
    "procurement.tables.packages": PROCUREMENT,
    "procurement.tables.steps": PROCUREMENT,
}
# A function that an older text, file or sheet calls: its module and name, as they call it -> why it is new.
FUNCTIONS = {
    ("imis_plan.sections.first_page.text", "late_in_short"): PROCUREMENT,
    ("imis_plan.sections.first_page.text", "support_beside"): SUPPORT,
    ("imis_plan.sections.first_page.text", "taxes_beside"): TAXES,
    ("imis_plan.analysis.sensitivity", "samples"): INDICES,
    ("imis_plan.analysis.sensitivity", "screened"): INDICES,
    ("imis_plan.analysis.sensitivity", "group_index"): INDICES,
    ("imis_plan.analysis.sensitivity", "quotes_first"): INDICES,
    ("imis_plan.batch.data_files", "cash_columns"): CASH,
    ("imis_plan.workbook.write", "paid_by_quarter"): CASH,
    ("imis_plan.workbook.sheets.project_support", "support_terms"): SUPPORT,
}
# A function within those above that the earlier report had, or one like it.
OLDER = (("imis_plan.analysis.sensitivity", "class_index"), ("imis_plan.analysis.samples", "chunk_positions"))
# A sheet of the workbook, by the module that writes it -> why it is new.
SHEETS = {
    "by_code": CODES,
    "taxes": TAXES,
    "categories": "expenditure categories: the earlier workbook had none",
    "project_support": SUPPORT,
    "cash_plan": CASH,
    "procurement": PROCUREMENT,
}


# The name under which a cell finds what charges a part.
CHARGED = "_charged"


def shown(tree: ast.AST) -> list[str]:
    """Functions whose result some code shows, as it calls them: cost.text.target in display.text(cost.text.target(plan))."""
    return [
        ast.unparse(given.func)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith(("display.", "show."))
        for given in arguments(call)
        if isinstance(given, ast.Call)
    ]


def arguments(call: ast.Call) -> Iterator[ast.expr]:
    """Arguments of a call, those of *names and **names without the stars."""
    yield from (each.value if isinstance(each, ast.Starred) else each for each in call.args)
    yield from (each.value for each in call.keywords)


def is_new(statement: ast.stmt) -> bool:
    """Whether a statement shows something, and all that it shows is new."""
    names = shown(statement)
    return bool(names) and all(name in CELLS for name in names)


def new_statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that show what is new alone, from the first to the last, also those within an `if` or a `for`."""
    for statement in body:
        if is_new(statement):
            yield statement
        else:
            yield from new_statements([*getattr(statement, "body", ()), *getattr(statement, "orelse", ())])


def without_new(notebook: Any) -> Any:
    """The notebook without the statements that show what is new."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            lines = cell.source.split("\n")
            for statement in reversed(list(new_statements(ast.parse(cell.source).body))):
                del lines[statement.lineno - 1 : statement.end_lineno]
            cell.source = "\n".join(lines)
    return notebook


class Charging(ast.NodeTransformer):
    """Puts each statement that shows what is new into a block that charges it."""

    def visit(self, node: ast.AST) -> Any:
        """The node, or the block around it."""
        if not (isinstance(node, ast.stmt) and is_new(node)):
            return self.generic_visit(node)
        charged = ast.Call(ast.Name(CHARGED, ast.Load()), [ast.Constant(f"cell {shown(node)[0]}")], [])
        return ast.With([ast.withitem(charged)], [node])


def charging(source: str) -> Any:
    """A cell to compile, in which `CHARGED` gets the name of each part that is new, and gives the block that measures it."""
    return ast.fix_missing_locations(Charging().visit(ast.parse(source)))


def all_shown(notebook: Any) -> list[str]:
    """Functions whose results a notebook shows, each once, in the order of their first call."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return list(dict.fromkeys(name for source in code for name in shown(ast.parse(source))))


def reason(name: str) -> str:
    """Why a part of `report.Measured.new` is new."""
    kind, _, what = name.partition(" ")
    functions = {".".join(place): why for place, why in FUNCTIONS.items()}
    return {"cell": CELLS, "function": functions, "sheet": SHEETS}[kind][what]
