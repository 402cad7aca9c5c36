"""Scenarios side by side: their cost per insured person, household, claim ..., and the structure of the cost."""

from collections import Counter

import numpy as np
import pandas as pd

from imis_plan.analysis.summary import drivers, headline, unit_costs
from imis_plan.i18n.formats import label_and_value
from imis_plan.i18n.translate import localized
from imis_plan.model.components import COMPONENTS
from imis_plan.model.ledger import budget
from imis_plan.scenario.plan import Plan

SHARE_PREFIX = "share_"
USD_PER_PREFIX = "usd_per_"
MILLION = 1e6


def compare(*plans: Plan) -> pd.DataFrame:
    """Normalised unit costs and structure of cost, one row per plan in the order given.

    Index: name of the scenario, with its option after a colon. Columns: name (for readers), currency, first_year, last_year,
    insured (in the last year) [person], insured_years [person-year], total_usd [USD], usd_per_<unit> (the whole budget over the
    units of `unit_costs`, nominal) [USD], recurrent_share [1], recurrent_usd_per_insured (recurrent cost of the last year per
    insured) [USD], posts_per_million (IT posts per million insured, in the last year) [post], assumed_share [1], and
    share_<component> [1], which add up to 1.
    """
    rows = [comparison_row(plan, name) for plan, name in zip(plans, display_names(*plans), strict=True)]
    return pd.DataFrame(rows, index=pd.Index([scenario_key(plan) for plan in plans], name="scenario"))


def scenario_key(plan: Plan) -> str:
    """Name of the scenario, with its option after a colon."""
    return f"{plan.name}:{plan.option}" if plan.option else plan.name


def comparison_row(plan: Plan, name: str) -> dict[str, object]:
    """The figures of one plan that can be compared with those of others."""
    ledger = budget(plan)
    shown, units = headline(plan, ledger), unit_costs(plan, ledger)
    insured, total = shown["insured"] or np.nan, shown["total_usd"] or np.nan
    sums = ledger.groupby("component")["amount_usd"].sum().reindex(list(COMPONENTS), fill_value=0.0)
    return (
        {"name": name}
        | {key: shown[key] for key in ("currency", "first_year", "last_year", "insured")}
        | {"insured_years": insured_years(plan), "total_usd": shown["total_usd"]}
        | {f"{USD_PER_PREFIX}{unit}": float(cost) for unit, cost in units["usd"].items()}
        | {
            "recurrent_share": shown["recurrent_share"],
            "recurrent_usd_per_insured": shown["recurrent_after_usd"] / insured,
            "posts_per_million": shown["posts"] / insured * MILLION,
            "assumed_share": shown["assumed_share"],
        }
        | {f"{SHARE_PREFIX}{component}": float(amount) / total for component, amount in sums.items()}
    )


def insured_years(plan: Plan) -> float:
    """Insured people, summed over the years. [person-year]"""
    return float(drivers(plan).loc["average_insured"].sum())


def display_names(*plans: Plan) -> list[str]:
    """A name for each plan in the current language: its country, with scenario and option where needed."""
    countries = [localized(plan.about.country) for plan in plans]
    keys = {plan.name: localized(plan.about.country) for plan in plans}
    shared = {country for country, count in Counter(keys.values()).items() if count > 1}
    full = [f"{country} ({plan.name})" if country in shared else country for country, plan in zip(countries, plans, strict=True)]
    return [label_and_value(name, option_title(plan)) if plan.option else name for plan, name in zip(plans, full, strict=True)]


def option_title(plan: Plan) -> str:
    """Title of the option that a plan has; "" without one."""
    return localized(plan.options[plan.option].title) if plan.option else ""


def cost_structure(table: pd.DataFrame) -> pd.DataFrame:
    """Share of each component in the cost: components by scenario, those that cost nothing anywhere left out. [1]

    table : as `compare` gives it.
    """
    shares = table[[f"{SHARE_PREFIX}{component}" for component in COMPONENTS]].T.astype(float)
    shares.index = pd.Index([name.removeprefix(SHARE_PREFIX) for name in shares.index], name="component")
    return shares[(shares.fillna(0.0) != 0).any(axis=1)]
