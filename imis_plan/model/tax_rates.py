"""Value added tax and import duty of a budget line as a share of its net price.

Duty is a share of the price on arrival, value added tax a share of the price with duty (the order of the customs of Nepal, Zambia
and the Gambia; docs/taxes.md). Which kind of tax a budget line has is in `imis_plan/scenario/budget_lines.yaml`.
"""

from typing import Any

from imis_plan.scenario.line_attributes import UNTAXED, line_catalogue

VAT, PRICES = "taxes.vat", "taxes.prices"
# Whether prices are quoted with taxes.
INCLUDED = "included"
# Kind of tax -> parameter with its import duty; another kind has value added tax only.
DUTIES = {"equipment": "taxes.duty_equipment", "cards": "taxes.duty_cards"}


def duty_and_vat(duty: Any, vat: Any) -> Any:
    """Taxes on a net price: duty, then value added tax on the price with duty. [1]"""
    return (1 + duty) * (1 + vat) - 1


def tax_rate(values: Any, component: str, line: str) -> Any:
    """Taxes on a budget line as a share of its net price. [1]

    values : parameters by path: numbers, draws or cells of the workbook.
    """
    kind = line_catalogue().tax_kind(component, line)
    if kind == UNTAXED:
        return 0.0
    return duty_and_vat(values[DUTIES[kind]], values[VAT]) if kind in DUTIES else values[VAT]


def price_with_tax(values: Any, component: str, line: str) -> Any:
    """The quoted price of a line over its net price: 1 where prices are quoted without taxes. [1]"""
    return 1 + tax_rate(values, component, line) if values[PRICES] == INCLUDED else 1.0


def net_price(values: Any, component: str, line: str, price: Any) -> Any:
    """The quoted price of a line without taxes: the price itself where it is quoted without them. [price]"""
    return price / price_with_tax(values, component, line) if values[PRICES] == INCLUDED else price
