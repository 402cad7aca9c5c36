"""Value added tax and import duty of a budget line as a share of its net price.

Duty is a share of the price on arrival, value added tax a share of the price with duty (the order of the customs of Nepal, Zambia
and the Gambia; docs/taxes.md). Which kind of tax a budget line has is in `imis_plan/scenario/budget_lines.yaml`.
"""

from typing import Any

from imis_plan.model.budget_line import Line
from imis_plan.scenario.line_attributes import UNTAXED, line_catalogue

VAT, PRICES = "taxes.vat", "taxes.prices"
# Whether prices are quoted with taxes.
INCLUDED = "included"
# Kind of tax -> parameter with its import duty; another kind has value added tax only.
DUTIES = {"equipment": "taxes.duty_equipment", "cards": "taxes.duty_cards"}


def duty_and_vat(duty: Any, vat: Any) -> Any:
    """Taxes on a net price: duty, then value added tax on the price with duty. [1]"""
    return (1 + duty) * (1 + vat) - 1


def tax_kind(component: str, line: Line) -> str:
    """Kind of tax of a budget line: as a scenario declares it, else that of the line in the catalogue."""
    return line.tax or line_catalogue().tax_kind(component, line.line)


def tax_rate(values: Any, kind: str) -> Any:
    """Taxes on a budget line of a kind of tax as a share of its net price. [1]

    values : parameters by path: numbers, draws or cells of the workbook.
    """
    if kind == UNTAXED:
        return 0.0
    return duty_and_vat(values[DUTIES[kind]], values[VAT]) if kind in DUTIES else values[VAT]


def price_with_tax(values: Any, kind: str) -> Any:
    """The quoted price of a line over its net price: 1 where prices are quoted without taxes. [1]"""
    return 1 + tax_rate(values, kind) if values[PRICES] == INCLUDED else 1.0


def net_price(values: Any, kind: str, price: Any) -> Any:
    """The quoted price of a line without taxes: the price itself where it is quoted without them. [price]"""
    return price / price_with_tax(values, kind) if values[PRICES] == INCLUDED else price
