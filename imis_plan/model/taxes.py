"""Tax on each row of the ledger, and who bears it. It moves no amount: amounts are net of value added tax and duty."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.budget_line import N_
from imis_plan.model.funding import payments_by_rule, shares_of_rows
from imis_plan.model.group_sums import kahan_sum
from imis_plan.model.tax_rates import tax_rate
from imis_plan.model.translator import current_translator
from imis_plan.scenario.line_attributes import line_catalogue
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.scenario_lines import ScenarioLine
from imis_plan.scenario.scenario_sections import FundingRule

# Of a funding rule whose funder pays no tax.
EXEMPT = "exempt"
DEFAULT_BEARER = N_("Government budget")
CONTINGENCY = "contingency"
KEY_COLUMNS = ("component", "line", "role_or_level", "kind", "year")
# Component, kind and year.
Group = tuple[str, str, int]


def taxes_by_row(
    values: Any, table: Mapping[str, Any], declared: Mapping[str, ScenarioLine] = MappingProxyType({})
) -> np.ndarray:
    """Tax on every row of the ledger, to the cent; contingency has the average rate of what it is for. Shape (rows,). [LCU]

    values : a plan, or the parameters of taxes by path. table : component, line, role_or_level, kind, year and amount.
    declared : lines that the scenario declares.
    """
    components, lines, levels, kinds, years = (np.asarray(table[name]).tolist() for name in KEY_COLUMNS)
    amount, pairs = np.asarray(table["amount"], dtype=float), list(zip(components, lines, strict=True))
    of_kind = cache(lambda kind: float(tax_rate(values, kind)))
    rates = {pair: 0.0 if pair[0] == CONTINGENCY else of_kind(kind_in_ledger(declared, *pair)) for pair in set(pairs)}
    taxes: np.ndarray = round_to_cents(amount * np.array([rates[pair] for pair in pairs], dtype=float))
    # Contingencies that are not 0: many plans have none.
    reserves = [row for row, component in enumerate(components) if component == CONTINGENCY and amount[row]]
    bases = [(levels[row], kinds[row], years[row]) for row in reserves]
    averages = average_rates(zip(components, kinds, years, strict=True), amount.tolist(), taxes.tolist(), set(bases))
    taxes[reserves] = round_to_cents(amount[reserves] * np.array([averages.get(base, 0.0) for base in bases], dtype=float))
    return taxes


def kind_in_ledger(declared: Mapping[str, ScenarioLine], component: str, line: str) -> str:
    """Kind of tax of a line by its names in the ledger."""
    return declared[line].tax if line in declared else line_catalogue().tax_kind(component, line)


def average_rates(
    groups: Iterable[Group], amounts: Iterable[float], taxes: Iterable[float], wanted: set[Group]
) -> dict[Group, float]:
    """Tax over cost of the groups that are wanted: component, kind and year; 0 where there is no cost. [1]"""
    found: defaultdict[Group, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for group, amount, tax in zip(groups, amounts, taxes, strict=True):
        if group in wanted:
            of_costs, of_taxes = found[group]
            of_costs.append(amount)
            of_taxes.append(tax)
    sums = {group: (kahan_sum(of_costs), kahan_sum(of_taxes)) for group, (of_costs, of_taxes) in found.items()}
    return {group: tax / cost if cost else 0.0 for group, (cost, tax) in sums.items()}


def bearer(rule: FundingRule) -> str:
    """Who bears the taxes on what a funding rule pays: its funder, or, if exempt, who is named, or else the government budget."""
    translator = current_translator()
    if rule.taxes != EXEMPT:
        return translator.text(rule.funder)
    return translator.text(rule.tax_bearer) if rule.tax_bearer else translator.translate(DEFAULT_BEARER)


def tax_by_payer(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger by payer, with the tax on each payment and who bears it; the gap is a payer that bears its own tax.

    Returns one row per ledger row and payer: row (index of the ledger), year, funder, exempt, bearer, amount (net), tax.
    [nominal LCU]
    """
    payments, tax = payments_by_rule(plan, ledger), ledger["tax"].to_numpy(dtype=float)
    bearers = [*((bearer(rule), rule.taxes == EXEMPT) for rule in plan.funding), (payments[-1][0], False)]
    paid = np.array([amounts for _, amounts in payments])
    taxes = tax * shares_of_rows(ledger, paid)
    payer, at = np.nonzero(paid)
    funders, who = (np.array(names, dtype=object) for names in ([name for name, _ in payments], [name for name, _ in bearers]))
    return pd.DataFrame(
        {
            "year": ledger["year"].array[at],
            "row": ledger.index[at],
            "funder": funders[payer],
            "exempt": np.array([exempt for _, exempt in bearers])[payer],
            "bearer": who[payer],
            "amount": paid[payer, at],
            "tax": taxes[payer, at],
        }
    )
