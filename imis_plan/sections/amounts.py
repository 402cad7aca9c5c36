"""Amounts and shares as sentences, tables and figures write them: in local currency or dollars, with a sign, scaled."""

from collections.abc import Callable
from functools import partial
from typing import Any

from imis_plan.i18n import formats
from imis_plan.i18n.formats import number, share
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan

HUNDRED = 100
USD = "USD"


def local_money(plan: Plan) -> Callable[[float], str]:
    """A function that writes amounts in the scenario's currency."""
    return partial(formats.money, currency=plan.about.currency)


def table_unit(plan: Plan, largest: float) -> tuple[float, str]:
    """A divisor for a table of amounts, and the words for its unit."""
    name = formats.of_currency(plan.about.currency)
    if largest >= 1e7:
        return 1e6, _("{currency} million").format(currency=name)
    if largest >= 1e5:
        return 1e3, _("{currency} thousand").format(currency=name)
    return 1.0, formats.currency_name(plan.about.currency)


def unit_cost_digits(x: float) -> int:
    """Decimals of a unit cost: cents below a hundred, none above."""
    return 2 if abs(x) < HUNDRED else 0


def unit_cost(x: float) -> str:
    """Cents below a hundred, none above."""
    return formats.number(x, 2 if abs(x) < 100 else 0)


def usd(x: float) -> str:
    """An amount in USD without its sign: a tenth of a cent counts below ten cents."""
    if abs(x) < 0.0995:
        return formats.with_currency(number(abs(x), 3), USD)
    return formats.money(abs(x), USD)


def signed_usd(x: float) -> str:
    """An amount in USD with its sign."""
    return ("−" if x < 0 else "+") + usd(x)


def signed_three_decimals(x: float) -> str:
    """An effect in USD with its sign and three decimals; 0 where it is smaller."""
    text = formats.number(abs(x), 3)
    if not float(round(x, 3)):
        return text
    return ("+" if x > 0 else "−") + text


def signed_share(part: float) -> str:
    """A share with its sign, with a decimal where it is small: +0.6%, −12%; <0.1% where it is smaller still."""
    sign = "+" if part > 0 else "−"
    if abs(part) < 0.0005:
        return share(0.0) if not part else _("<{part}").format(part=share(0.001, 1))
    return sign + share(abs(part), 0 if abs(part) >= 0.1 else 1)


def signed_money(x: float, lcu: Any) -> str:
    """An amount with its sign before the currency."""
    return ("−" if x < 0 else "+" if x > 0 else "") + lcu(abs(x))


def signed_one_decimal(x: float) -> str:
    """An amount with its sign and a decimal."""
    return ("+" if x > 0 else "−" if x < 0 else "") + formats.number(abs(x), 1)
