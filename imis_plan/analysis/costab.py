"""The budget in the layout of COSTAB, which lenders use: base cost at constant prices, contingencies, category, payer.

Base cost is `amount_real` of the ledger: money of the base year. Physical contingency is that of the contingency lines, in the
same money. Price contingency is the effect of prices: nominal less base-year money, which our nominal lines contain and COSTAB
shows separately, and all of our own `price_contingency` lines. So base + physical + price = nominal, to the cent.
"""

from functools import cache

import pandas as pd

from imis_plan.analysis import taxes
from imis_plan.analysis.summary import with_totals
from imis_plan.model import funding
from imis_plan.model.budget_line import CAPITAL, N_, RECURRENT
from imis_plan.model.components import COMPONENTS, insurance
from imis_plan.model.contingency import PRICE
from imis_plan.model.economic_codes import CONTRACTED, STAFF
from imis_plan.model.evaluate import evaluate_plan
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
    parts = funding.allocation(plan, ledger)[["row", "funder", "amount"]]
    part = parts["amount"] / parts["row"].map(ledger["amount"])
    table = (
        parts.assign(part=part).merge(row_categories(plan, ledger), on="row").join(cost_stages(plan, ledger, usd=usd), on="row")
    )
    table[list(STAGES)] = table[list(STAGES)].mul(table["part"] * table["weight"], axis=0)
    return table[["year", "component", "category", "funder", *STAGES]]


def cost_stages(plan: Plan, ledger: pd.DataFrame, *, usd: bool) -> pd.DataFrame:
    """Each ledger row as base cost, physical contingency, price contingency and total."""
    prices = evaluate_plan(plan).prices
    nominal = ledger["amount_usd" if usd else "amount"]
    constant = (ledger["amount_real"] / float(prices.payment_rates()[0])).round(2) if usd else ledger["amount_real"]
    reserve = ledger["component"] == CONTINGENCY
    base = constant.where(~reserve, 0.0)
    physical = constant.where(reserve & (ledger["line"] != PRICE), 0.0)
    return pd.DataFrame({"base": base, "physical": physical, "price": nominal - base - physical, "total": nominal})


def row_categories(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Year, component and category of each ledger row; contingency follows the lines that it is computed from, by weight. [1]"""
    names = ["component", "line", "role_or_level", "kind"]
    lines = ledger[ledger["component"] != CONTINGENCY]
    known = cache(lambda *key: category(plan, *key))  # a line is of one category in all years
    kinds = [known(*key) for key in zip(*(lines[name] for name in names), strict=True)]
    own = lines[["year", "component", "kind", "amount"]].assign(row=lines.index, category=kinds, weight=1.0)
    reserve = ledger[ledger["component"] == CONTINGENCY]
    rows = reserve[["year", "kind"]].assign(row=reserve.index, component=reserve["role_or_level"])
    named = rows["component"].isin(COMPONENTS)
    parts = [own]
    if named.any():
        parts.append(rows[named].merge(category_weights(own, ["year", "component", "kind"])))
    if not named.all():  # a contingency for the whole plan has no component: it follows all lines of its year
        parts.append(rows[~named].assign(component=CONTINGENCY).merge(category_weights(own, ["year"])))
    return pd.concat(parts)[["row", "year", "component", "category", "weight"]]


def category_weights(own: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Share of each category in the cost of a group of lines. [1]"""
    sums = own.groupby([*keys, "category"])["amount"].sum()
    whole = sums.groupby(keys).transform("sum")
    return (sums / whole.where(whole != 0)).fillna(0.0).rename("weight").reset_index()


def by_year(table: pd.DataFrame, rows: str = "component", value: str = "total") -> pd.DataFrame:
    """Components or categories by year, with totals. [money]"""
    return with_totals(sort_rows(table.pivot_table(index=rows, columns="year", values=value, aggfunc="sum", fill_value=0.0)))


def project_costs(table: pd.DataFrame, rows: str = "component") -> pd.DataFrame:
    """COSTAB's first table: base cost of components or categories by year, then both contingencies, then total cost. [money]

    The last four rows are base, physical, price and total.
    """
    items = sort_rows(table.pivot_table(index=rows, columns="year", values="base", aggfunc="sum", fill_value=0.0))
    below = table.groupby("year")[list(STAGES)].sum().T
    result = pd.concat([items, below])
    return result.assign(total=result.sum(axis=1))


def summary(table: pd.DataFrame, rows: str = "component") -> pd.DataFrame:
    """Components or categories by base cost, physical and price contingency and total, all years. [money]"""
    sums = sort_rows(table.groupby(rows)[list(STAGES)].sum())
    sums.loc["total"] = sums.sum()
    return sums


def by_financier(table: pd.DataFrame, rows: str = "category") -> pd.DataFrame:
    """Total cost of categories or components by who pays, the gap last, with totals. [nominal money]"""
    paid = sort_rows(table.pivot_table(index=rows, columns="funder", values="total", aggfunc="sum", fill_value=0.0))
    last = [name for name in paid.columns if name == funding.GAP]
    return with_totals(paid[[name for name in paid.columns if name not in last] + last])


def taxes_by_category(plan: Plan, ledger: pd.DataFrame, rows: str = "category") -> pd.DataFrame:
    """Categories or components by foreign, local and net cost, taxes, and cost with taxes over all years, then the total.

    Contingency is within the categories that it is for; its foreign part is that of the whole base cost, as in `taxes`.

    Columns FOREIGN, LOCAL, NET, TAX and GROSS of `taxes`. [nominal LCU]
    """
    parts = row_categories(plan, ledger)
    columns = ledger.loc[parts["row"], ["amount", "tax"]].to_numpy() * parts[["weight"]].to_numpy()
    share = taxes.foreign_share(ledger)
    table = parts[[rows]].assign(foreign=columns[:, 0] * share.loc[parts["row"]].to_numpy(), net=columns[:, 0], tax=columns[:, 1])
    sums = sort_rows(table.groupby(rows)[["foreign", "net", "tax"]].sum()).set_axis([taxes.FOREIGN, taxes.NET, taxes.TAX], axis=1)
    sums.loc["total"] = sums.sum()
    sums = sums.assign(**{taxes.LOCAL: sums[taxes.NET] - sums[taxes.FOREIGN], taxes.GROSS: sums[taxes.NET] + sums[taxes.TAX]})
    return sums[[taxes.FOREIGN, taxes.LOCAL, taxes.NET, taxes.TAX, taxes.GROSS]]


def sort_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of components and categories."""
    order = {name: i for i, name in enumerate((*COMPONENTS, *CATEGORIES))}
    return table.loc[sorted(table.index, key=order.__getitem__)]
