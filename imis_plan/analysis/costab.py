"""The budget in the layout of COSTAB, which lenders use: base cost at constant prices, contingencies, category, payer.

Base cost is `amount_real` of the ledger: money of the base year. Physical contingency is that of the contingency lines, in the
same money. Price contingency is the effect of prices: nominal less base-year money, which our nominal lines contain and COSTAB
shows separately, and all of our own `price_contingency` lines. So base + physical + price = nominal, to the cent.
"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis import taxes
from imis_plan.analysis.summary import with_totals
from imis_plan.analysis.sums import columns_of_sums, lists_of, table_of_sums
from imis_plan.model import funding
from imis_plan.model.budget_line import CAPITAL, N_, RECURRENT
from imis_plan.model.components import COMPONENTS, insurance
from imis_plan.model.contingency import PRICE
from imis_plan.model.economic_codes import CONTRACTED, STAFF
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.group_sums import group_sums
from imis_plan.scenario.plan import Plan

WORKS, GOODS, SERVICES, CONSULTANTS, TRAINING = "works", "goods", "services", "consultants", "training"
SALARIES, OPERATING = "salaries", "operating"
# Lenders count the first five as investment and the last two as recurrent.
CATEGORIES = {
    WORKS: N_("Civil works"),
    GOODS: N_("Goods"),
    SERVICES: N_("Services other than consultants"),
    CONSULTANTS: N_("Consultants"),
    TRAINING: N_("Training and workshops"),
    SALARIES: N_("Salaries and on-costs"),
    OPERATING: N_("Operating costs"),
}
# Category of a line, unless its name or level is listed below.
BY_KIND = {
    ("office_it", CAPITAL): GOODS,
    ("office_it", RECURRENT): OPERATING,
    ("office_running", RECURRENT): OPERATING,
    ("printing", RECURRENT): GOODS,  # forms and cards are printed matter, bought by tender
    ("phones", CAPITAL): GOODS,
    ("phones", RECURRENT): OPERATING,
    ("software", CAPITAL): CONSULTANTS,
    ("software", RECURRENT): SERVICES,  # a maintenance contract, not advice
    ("server", CAPITAL): GOODS,
    ("server", RECURRENT): OPERATING,
    ("sms", CAPITAL): SERVICES,
    ("sms", RECURRENT): OPERATING,  # communication charges
    ("mobile_money", CAPITAL): SERVICES,
    ("mobile_money", RECURRENT): OPERATING,  # bank charges
    ("capacity", RECURRENT): TRAINING,
    ("staff", RECURRENT): SALARIES,
    ("other", RECURRENT): SERVICES,
}
BY_LEVEL = {("server", hosting): SERVICES for hosting in ("government", "cloud", "managed")}
BY_LINE = {
    ("server", "postgresql"): GOODS,  # licences off the shelf, even by the year
    ("server", "windows"): GOODS,
    ("server", "antivirus"): GOODS,
    ("server", "certificates"): GOODS,
    ("server", "security_audit"): CONSULTANTS,
    ("capacity", "consultants_national"): CONSULTANTS,
    ("capacity", "manuals"): CONSULTANTS,
    ("staff", "recruitment"): OPERATING,
    ("other", "facility_power"): GOODS,
    ("other", "facility_connectivity"): OPERATING,
    ("other", "project_management"): CONSULTANTS,
    ("other", "partner_staff"): CONSULTANTS,
    ("other", "partner_office"): OPERATING,
    ("other", "audit"): CONSULTANTS,
    ("other", "second_line"): OPERATING,
    **{("other", f"insurance_{item}"): OPERATING for item in insurance.ITEMS},
    ("other", "data_migration"): SERVICES,
    ("other", "data_protection"): CONSULTANTS,
    ("other", "evaluation"): CONSULTANTS,
}
STAGES = ("base", "physical", "price", "total")
CONTINGENCY = "contingency"


def category(plan: Plan, component: str, line: str, level: str, kind: str) -> str:
    """Expenditure category of a line. Contracted staff are consultants: lenders seldom pay salaries of civil servants."""
    if line in plan.lines:
        return plan.lines[line].category
    if component == STAFF and plan[f"roles.{level}.sourcing"] == CONTRACTED:
        return CONSULTANTS
    return category_in_catalogue(component, line, level, kind)


def category_in_catalogue(component: str, line: str, level: str, kind: str) -> str:
    """Expenditure category of a line that the scenario does not declare and no contracted staff."""
    return BY_LINE.get((component, line)) or BY_LEVEL.get((component, level)) or BY_KIND[component, kind]


def costs(plan: Plan, ledger: pd.DataFrame, *, usd: bool = False) -> pd.DataFrame:
    """The ledger by component, expenditure category and payer, in the steps of COSTAB. Every table here is a group-by of it.

    usd : True for USD (base and physical at the exchange rate of the base year), False for local currency.

    Columns year, component, category, funder; base, physical [money of the base year]; price [money]; total [nominal money].
    """
    stages, categories = stages_by_row(plan, ledger, usd=usd), categories_by_row(plan, ledger)
    amounts, years = ledger["amount"].to_numpy(dtype=float), ledger["year"].to_numpy()
    at, parts, payers = list[int](), list[float](), list[str]()
    components, kinds = list[str](), list[str]()
    for funder, paid in funding.payments_by_rule(plan, ledger):
        for row in np.flatnonzero(paid).tolist():
            for component, category_, weight in categories[row]:
                at.append(row)
                parts.append(paid[row] / amounts[row] * weight)
                payers.append(funder)
                components.append(component)
                kinds.append(category_)
    rows, part = np.array(at, dtype=int), np.array(parts, dtype=float)
    texts = {"year": years[rows], "component": components, "category": kinds, "funder": payers}
    return pd.DataFrame(texts | {name: stage[rows] * part for name, stage in stages.items()})


def cost_stages(plan: Plan, ledger: pd.DataFrame, *, usd: bool) -> pd.DataFrame:
    """Each ledger row as base cost, physical contingency, price contingency and total."""
    return pd.DataFrame(stages_by_row(plan, ledger, usd=usd), ledger.index)


def stages_by_row(plan: Plan, ledger: pd.DataFrame, *, usd: bool) -> dict[str, np.ndarray]:
    """Base cost, physical contingency, price contingency and total of each ledger row. Shapes (rows,). [money]"""
    nominal, constant = (ledger[name].to_numpy(dtype=float) for name in ("amount_usd" if usd else "amount", "amount_real"))
    if usd:
        constant = (constant / float(evaluate_plan(plan).prices.payment_rates()[0])).round(2)
    reserve = ledger["component"].to_numpy() == CONTINGENCY
    base = np.where(reserve, 0.0, constant)
    physical = np.where(reserve & (ledger["line"].to_numpy() != PRICE), constant, 0.0)
    return {"base": base, "physical": physical, "price": nominal - base - physical, "total": nominal}


def row_categories(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Year, component and category of each ledger row; contingency follows the lines that it is computed from, by weight. [1]"""
    years = ledger["year"].tolist()
    found = zip(ledger.index.tolist(), years, categories_by_row(plan, ledger), strict=True)
    rows = [(row, year, *each) for row, year, parts in found for each in parts]
    return pd.DataFrame(rows, columns=["row", "year", "component", "category", "weight"])


def categories_by_row(plan: Plan, ledger: pd.DataFrame) -> list[list[tuple[str, str, float]]]:
    """Component, category and weight of the parts of each ledger row: one part of a line, several of a contingency. [1]

    Contingency follows the lines that it is computed from; one for the whole plan, which has no component, those of its year.
    """
    known = cache(lambda *key: category(plan, *key))  # a line is of one category in all years
    rows = list(zip(*lists_of(ledger, ("year", "component", "line", "role_or_level", "kind", "amount")), strict=True))
    lines = [(*row, known(*row[1:5])) for row in rows if row[1] != CONTINGENCY]
    of_component = category_weights([((year, component, kind), name, x) for year, component, _, _, kind, x, name in lines])
    of_year = category_weights([((year,), name, x) for year, *_, x, name in lines])

    def parts(year: int, component: str, line: str, level: str, kind: str) -> list[tuple[str, str, float]]:
        """The parts of one row."""
        if component != CONTINGENCY:
            return [(component, known(component, line, level, kind), 1.0)]
        own = level in COMPONENTS
        weights = of_component.get((year, level, kind), {}) if own else of_year.get((year,), {})
        return [(level if own else CONTINGENCY, name, weight) for name, weight in weights.items()]

    return [parts(*row[:-1]) for row in rows]


def category_weights(lines: list[tuple[tuple[Any, ...], str, float]]) -> dict[tuple[Any, ...], dict[str, float]]:
    """Share of each category in the cost of a group of lines, 0 where it costs nothing. [1]

    lines : group, category and cost of each. Returns group -> category, in alphabetical order -> share.
    """
    sums = sorted(group_sums(((group, name) for group, name, _cost in lines), (cost for *_keys, cost in lines)).items())
    whole = group_sums((group for (group, _name), _cost in sums), (cost for _key, cost in sums))
    weights: dict[tuple[Any, ...], dict[str, float]] = {group: {} for group in whole}
    for (group, name), cost in sums:
        weights[group][name] = cost / whole[group] if whole[group] else 0.0
    return weights


def by_year(table: pd.DataFrame, rows: str = "component", value: str = "total") -> pd.DataFrame:
    """Components or categories by year, with totals. [money]"""
    return with_totals(sort_rows(table_of_sums(table, rows, "year", value, sort=True, fill=0.0)))


def project_costs(table: pd.DataFrame, rows: str = "component") -> pd.DataFrame:
    """COSTAB's first table: base cost of components or categories by year, then both contingencies, then total cost. [money]

    The last four rows are base, physical, price and total.
    """
    items = sort_rows(table_of_sums(table, rows, "year", "base", sort=True, fill=0.0))
    below = table.groupby("year")[list(STAGES)].sum().T
    result = pd.concat([items, below])
    return result.assign(total=result.sum(axis=1))


def summary(table: pd.DataFrame, rows: str = "component") -> pd.DataFrame:
    """Components or categories by base cost, physical and price contingency and total, all years. [money]"""
    sums = sort_rows(columns_of_sums(table, rows, STAGES))
    sums.loc["total"] = sums.sum()
    return sums


def by_financier(table: pd.DataFrame, rows: str = "category") -> pd.DataFrame:
    """Total cost of categories or components by who pays, the gap last, with totals. [nominal money]"""
    paid = sort_rows(table_of_sums(table, rows, "funder", "total", sort=True, fill=0.0))
    last = [name for name in paid.columns if name == funding.GAP]
    return with_totals(paid[[name for name in paid.columns if name not in last] + last])


def taxes_by_category(plan: Plan, ledger: pd.DataFrame, rows: str = "category") -> pd.DataFrame:
    """Categories or components by foreign, local and net cost, taxes, and cost with taxes over all years, then the total.

    Contingency is within the categories that it is for; its foreign part is that of the whole base cost, as in `taxes`.

    Columns FOREIGN, LOCAL, NET, TAX and GROSS of `taxes`. [nominal LCU]
    """
    parts = row_categories(plan, ledger)
    at, weights = ledger.index.get_indexer(parts["row"]), parts["weight"].to_numpy(dtype=float)
    net, tax = (ledger[column].to_numpy(dtype=float)[at] * weights for column in ("amount", "tax"))
    amounts = {taxes.FOREIGN: net * taxes.foreign_share(ledger).to_numpy()[at], taxes.NET: net, taxes.TAX: tax}
    sums = sort_rows(columns_of_sums({rows: parts[rows]} | amounts, rows, list(amounts)))
    sums.loc["total"] = sums.sum()
    sums = sums.assign(**{taxes.LOCAL: sums[taxes.NET] - sums[taxes.FOREIGN], taxes.GROSS: sums[taxes.NET] + sums[taxes.TAX]})
    return sums[[taxes.FOREIGN, taxes.LOCAL, taxes.NET, taxes.TAX, taxes.GROSS]]


def sort_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of components and categories."""
    order = {name: i for i, name in enumerate((*COMPONENTS, *CATEGORIES))}
    return table.loc[sorted(table.index, key=order.__getitem__)]
