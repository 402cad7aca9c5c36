"""The economic class and the account of every row of the ledger: further attributes, which move no amount.

A class comes from `imis_plan/scenario/budget_lines.yaml`, an account from the chart of accounts that the scenario names.
"""

from functools import cache
from typing import Any

from imis_plan.model.budget_line import Line
from imis_plan.scenario.line_attributes import LineAttributes, line_catalogue
from imis_plan.scenario.plan import Plan

STAFF, CONTRACTED = "staff", "contracted"


def attributes_of(plan: Plan, component: str, line: Line) -> LineAttributes:
    """What is filed about a budget line."""
    if line.line in plan.lines:
        own = plan.lines[line.line]
        return LineAttributes(own.code, own.payment, "" if own.procurement == "none" else own.key)
    contracted = component == STAFF and plan[f"roles.{line.level}.sourcing"] == CONTRACTED
    return catalogue_entry(component, line.line, contracted=contracted)


def catalogue_entry(component: str, line: str, *, contracted: bool) -> LineAttributes:
    """What the catalogue has about a line. contracted : whether it is a line of a contracted role."""
    catalogue = line_catalogue()
    return catalogue.contracted[line] if contracted else catalogue.lines[component][line]


def role_codes(plan: Plan, line: str, *, contracted: bool) -> tuple[str, str]:
    """Economic class and account of a line of a role, by whether its posts are contracted."""
    code = catalogue_entry(STAFF, line, contracted=contracted).code
    return code, account_code(plan, STAFF, line, code)


def line_codes(plan: Plan, component: str, line: Line) -> tuple[str, str]:
    """Economic class and account of a budget line; the account is empty where the chart has none."""
    code = attributes_of(plan, component, line).code
    return code, account_code(plan, component, line.line, code)


def contingency_codes(plan: Plan, line: str, base: str, kind: str) -> tuple[str, str]:
    """Economic class and account of a contingency for a kind of cost of a component."""
    code = line_catalogue().contingency[base][kind]
    return code, account_code(plan, "contingency", line, code)


def account_code(plan: Plan, component: str, line: str, code: str) -> str:
    """The account of a line in the country's own chart, empty where the chart has none."""
    own = plan.lines[line].account_code if line in plan.lines else ""
    account = plan.chart.account(component, line, code)
    return own or (account.code if account else "")


def columns_of_contingency(plan: Plan, line: str, base: dict[str, Any]) -> dict[str, list[str]]:
    """Economic class and account of the rows of a contingency. base : component and kind of each row."""
    find = cache(lambda component, kind: contingency_codes(plan, line, component, kind))
    pairs = [find(component, kind) for component, kind in zip(base["component"], base["kind"], strict=True)]
    return {"gfs_code": [code for code, _ in pairs], "account_code": [account for _, account in pairs]}
