"""Contingency as separate lines, in addition to the base cost, by component (ADB guideline 3.4.4).

Its method is a choice: factors from a simulation that raise the budget to its expected cost or to a percentile, or physical and
price contingency by stated shares. Amounts of the base lines are nominal and so include the expected inflation; the price
contingency covers only prices that rise faster than expected.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from imis_plan.model.arrays import round_to_cents
from imis_plan.model.budget_line import CAPITAL, N_, RECURRENT
from imis_plan.model.calculation import format_number
from imis_plan.model.contingency_factors import PERCENTILE, SIMULATED, ContingencyFactors, contingency_factors
from imis_plan.model.economic_codes import columns_of_contingency
from imis_plan.model.group_sums import group_sums
from imis_plan.model.money import usd_and_real_amounts
from imis_plan.model.plan_content import content_hash
from imis_plan.model.translator import current_translator
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan

METHOD = "contingency.method"
PHYSICAL, PRICE, RISK = "physical_contingency", "price_contingency", "risk_contingency"
# Calculation of a contingency, by the kind of cost it is for.
SHARE_OF_COST = {
    CAPITAL: N_("{amount} {currency} capital cost x {share}"),
    RECURRENT: N_("{amount} {currency} recurrent cost x {share}"),
}
SIMULATED_SHARE = {
    CAPITAL: N_("{amount} {currency} capital cost x {share} ({year}: up to {target}, as simulated)"),
    RECURRENT: N_("{amount} {currency} recurrent cost x {share} ({year}: up to {target}, as simulated)"),
}
# The same where a what-if or a row of a table keeps the share of the plan that it departs from.
KEPT_SHARE = {
    CAPITAL: N_("{amount} {currency} capital cost x {share} ({year}: up to {target}, simulated for {simulated} without changes)"),
    RECURRENT: N_(
        "{amount} {currency} recurrent cost x {share} ({year}: up to {target}, simulated for {simulated} without changes)"
    ),
}
EXPECTED_COST = N_("the expected cost")
CONTINGENCY_LABELS = {RISK: N_("Contingency by simulation"), PHYSICAL: N_("Physical contingency"), PRICE: N_("Price contingency")}


def physical_contingency(base: Any, share: Any):
    """Margin for quantities that are larger than planned: a share of the base cost. [money]"""
    return base * share


def price_contingency(base: Any, margin: Any, t: Any):
    """Margin for prices that rise faster than expected, from the second year on. [money]

    base : base cost with physical contingency, nominal. [money]
    margin : further price rise a year. [1/year]
    t : years since the first. [year]
    """
    return base * ((1 + margin) ** t - 1)


class Contingency(NamedTuple):
    """Contingency of one kind for each component, kind and year of the base cost.

    base : the cost it is for (`base_cost`). on : the amount it is computed from; share : its share of that. Shapes (rows,).
    [nominal LCU], [1]
    paths : paths of the parameters of the shares.
    """

    line: str
    base: dict[str, np.ndarray]
    on: np.ndarray
    share: np.ndarray
    paths: list[str]

    @property
    def amount(self) -> np.ndarray:
        """The contingency, to the cent. Shape (rows,). [nominal LCU]"""
        return round_to_cents(self.on * self.share)


def contingency_columns(plan: Plan, evaluation, table: Mapping[str, Any]) -> list[dict[str, np.ndarray]]:
    """Columns of the ledger for each contingency, by component and kind. table : the columns of the base rows."""
    parts = [ledger_columns(plan, contingency) for contingency in contingencies(plan, table)]
    return [part | usd_and_real_amounts(evaluation.prices, part["amount"], part["year"]) for part in parts]


def contingencies(plan: Plan, table: Mapping[str, Any]) -> list[Contingency]:
    """The contingencies of a plan, by its method. table : component, kind, year and amount of the base rows."""
    method = plan[METHOD]
    if method == "none":
        return []
    base = base_cost(table)
    return [simulated_contingency(plan, base)] if method in SIMULATED else contingency_lines(plan, base)


def base_cost(table: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Base cost by component, kind and year, in the order of the ledger; without groups that cost nothing in any year.

    Columns component, kind, year, amount [nominal LCU]: exactly what a group-by gives, in a third of its time.
    """
    names = ("component", "kind", "year", "amount")
    *groups, amounts = (table[name].tolist() for name in names)
    sums = group_sums(zip(*groups, strict=True), amounts)
    costing = {group[:2] for group, amount in sums.items() if amount}
    columns = list(zip(*((*group, amount) for group, amount in sums.items() if group[:2] in costing), strict=True)) or [()] * 4
    kinds = (object, object, np.int64, float)
    return {name: np.array(column, dtype=kind) for name, column, kind in zip(names, columns, kinds, strict=True)}


def contingency_lines(plan: Plan, base: dict[str, np.ndarray]) -> list[Contingency]:
    """Physical contingency, a share of each component's base cost; if there is a margin for prices, also that margin on both."""
    cost, path = base["amount"], "contingency.price_margin"
    paths = [f"contingency.physical.{name}" for name in base["component"]]
    first = Contingency(PHYSICAL, base, cost, np.array([float(plan[each]) for each in paths]), paths)
    margin = float(plan[path])
    if not margin:
        return [first]
    share = price_contingency(1.0, margin, base["year"] - plan["time.base_year"])
    return [first, Contingency(PRICE, base, cost + physical_contingency(cost, first.share), share, [path] * len(cost))]


def simulated_contingency(plan: Plan, base: dict[str, np.ndarray]) -> Contingency:
    """The contingency that takes the budget to its expected cost or to a percentile: simulated shares of the base cost."""
    factors, first = contingency_factors(plan), plan["time.base_year"]
    share = [factors.share(kind, year - first) for kind, year in zip(base["kind"], base["year"], strict=True)]
    path = "contingency.percentile" if plan[METHOD] == PERCENTILE else METHOD
    return Contingency(RISK, base, base["amount"], np.array(share, dtype=float), [path] * len(share))


def calculations(plan: Plan, contingency: Contingency) -> list[str]:
    """The calculation of each amount, row by row."""
    texts: Mapping[str, str] = SHARE_OF_COST
    places = {"currency": plan.about.currency}
    if contingency.line == RISK:
        texts = KEPT_SHARE if keeps_factors(plan) else SIMULATED_SHARE
        places |= {"target": target_text(plan), "simulated": simulated_name(contingency_factors(plan))}
    rows = zip(contingency.on, contingency.share, contingency.base["kind"], contingency.base["year"], strict=True)
    return [share_sentence(texts[kind], cost, share, year=year_label(plan, year), **places) for cost, share, kind, year in rows]


def keeps_factors(plan: Plan) -> bool:
    """Whether the contingency of a plan was simulated for another plan: the scenario or option that it departs from."""
    return plan[METHOD] in SIMULATED and contingency_factors(plan).content != content_hash(plan)


def target_text(plan: Plan) -> str:
    """What a simulated contingency reaches, in the current language: the expected cost, or a percentile."""
    if plan[METHOD] == PERCENTILE:
        return f"P{plan['contingency.percentile'] * 100:.0f}"
    return current_translator().translate(EXPECTED_COST)


def simulated_name(factors: ContingencyFactors) -> str:
    """Name of the plan that was simulated, with its option."""
    return f"{factors.scenario}/{factors.option}" if factors.option else factors.scenario


def share_sentence(template: str, amount: Any, share: Any, **places: Any) -> str:
    """A calculation in the current language: an amount times a share."""
    translator = current_translator()
    return translator.translate(template).format(
        amount=translator.digits(format_number(amount)), share=translator.digits(f"{share:.6g}"), **places
    )


def ledger_columns(plan: Plan, contingency: Contingency) -> dict[str, np.ndarray]:
    """A contingency as columns of the ledger, without the amounts in other money."""
    base, count, parameters = contingency.base, len(contingency.on), [plan.parameters[path] for path in contingency.paths]
    life = {CAPITAL: float(plan["time.horizon"]), RECURRENT: 1.0}
    same = {
        "component": "contingency", "line": contingency.line, "label": CONTINGENCY_LABELS[contingency.line],
        "driver": "base cost",
        "quantity_unit": plan.about.currency, "price_currency": plan.about.currency, "quantity_confidence": "",
    }  # fmt: skip
    own = {
        "role_or_level": base["component"], "kind": base["kind"], "price_path": contingency.paths,
        "confidence": [parameter.confidence for parameter in parameters],
        "source": [parameter.source for parameter in parameters],
        "working": calculations(plan, contingency),
    } | columns_of_contingency(plan, contingency.line, base)  # fmt: skip
    texts = {name: np.full(count, text, dtype=object) for name, text in same.items()}
    texts |= {name: np.array(column, dtype=object) for name, column in own.items()}
    return texts | {
        "tradable": np.zeros(count, dtype=bool), "quantity": contingency.on, "unit_price": contingency.share,
        "price_year": base["year"],
        "price_index": np.ones(count), "exchange_rate": np.ones(count), "year": base["year"],
        "life": np.array([life[kind] for kind in base["kind"]]), "amount": contingency.amount,
    }  # fmt: skip
