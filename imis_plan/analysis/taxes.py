"""Taxes on the budget: group-bys of the column `tax` of the ledger, which is beside the net amounts and in none of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis.summary import CONTINGENCY, TOTAL
from imis_plan.model.funding import GAP
from imis_plan.model.taxes import tax_by_payer, taxes_by_row
from imis_plan.scenario.plan import Plan

NET, TAX, GROSS, FOREIGN, LOCAL = "net", "tax", "gross", "foreign", "local"
OWN, FOR_OTHERS, NOT_PAID, OUTLAY = "own", "for_others", "not_paid", "outlay"
GROUP = "taxes."


def by_year(ledger: pd.DataFrame) -> pd.DataFrame:
    """NET, TAX and GROSS by year, then TOTAL. [nominal LCU]"""
    table = ledger.groupby("year")[["amount", "tax"]].sum().T.set_axis([NET, TAX])
    table.loc[GROSS] = table.sum()
    return table.assign(**{TOTAL: table.sum(axis=1)})


def by_component(ledger: pd.DataFrame) -> pd.DataFrame:
    """Components by FOREIGN, LOCAL, NET, TAX and GROSS over all years, then TOTAL. [nominal LCU]

    Foreign is what is bought on the world market, whose price follows the exchange rate. Contingency is divided as the base cost.
    """
    rows = ledger.assign(foreign=ledger["amount"] * foreign_share(ledger))
    table = rows.groupby("component", sort=False)[["foreign", "amount", "tax"]].sum().set_axis([FOREIGN, NET, TAX], axis=1)
    table = table[table[NET] != 0]
    table.loc[TOTAL] = table.sum()
    return table.assign(**{LOCAL: table[NET] - table[FOREIGN], GROSS: table[NET] + table[TAX]})[[FOREIGN, LOCAL, NET, TAX, GROSS]]


def foreign_share(ledger: pd.DataFrame) -> pd.Series:
    """Share of each row of the ledger that is foreign; of contingency, the share of the whole base cost. [1]"""
    tradable, base = ledger["tradable"].to_numpy(dtype=bool), ledger["component"].to_numpy() != CONTINGENCY
    amounts = ledger["amount"].to_numpy(dtype=float)
    whole = amounts[base].sum()
    average = amounts[base & tradable].sum() / whole if whole else 0.0
    return pd.Series(np.where(base, tradable, average), ledger.index)


def by_payer(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """What each payer pays over all years: the gap comes last before TOTAL. [nominal LCU]

    Columns NET; OWN, taxes on its own part; FOR_OTHERS, taxes on the part of exempt funders; OUTLAY, the sum of these three;
    NOT_PAID, taxes on its part that another payer bears.
    """
    rows = tax_by_payer(plan, ledger)
    own = rows["funder"] == rows["bearer"]
    table = pd.DataFrame(
        {
            NET: rows.groupby("funder")["amount"].sum(),
            OWN: rows[own].groupby("funder")["tax"].sum(),
            FOR_OTHERS: rows[~own].groupby("bearer")["tax"].sum(),
            NOT_PAID: rows[~own].groupby("funder")["tax"].sum(),
        }
    ).fillna(0.0)
    order = dict.fromkeys([*rows["funder"], *rows["bearer"]])
    table = table.reindex([*(name for name in order if name != GAP), *(name for name in order if name == GAP)])
    table[OUTLAY] = table[[NET, OWN, FOR_OTHERS]].sum(axis=1)
    table.loc[TOTAL] = table.sum()
    return table[[NET, OWN, FOR_OTHERS, OUTLAY, NOT_PAID]]


def tax_free(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """What exempt funders finance, and the taxes on it with who bears them: funder, bearer, amount, tax. [nominal LCU]"""
    rows = tax_by_payer(plan, ledger)
    return rows[rows["exempt"].astype(bool)].groupby(["funder", "bearer"], sort=False)[["amount", "tax"]].sum().reset_index()


def tax_range(plan: Plan, ledger: pd.DataFrame) -> tuple[float, float]:
    """All taxes with every rate at the low end of its range, and at the high end; net amounts stay. [nominal LCU]"""
    low, high = (float(taxes_by_row(rates_at(plan, end), ledger, plan.lines).sum()) for end in ("low", "high"))
    return low, high


def rates_at(plan: Plan, end: str) -> Mapping[str, Any]:
    """The parameters of taxes at one end of their range; those without a range as they are. end : low or high."""
    mine = {path: parameter for path, parameter in plan.parameters.items() if path.startswith(GROUP)}
    return {
        path: parameter.value if getattr(parameter, end) is None else getattr(parameter, end) for path, parameter in mine.items()
    }
