"""The procurement plan: packages of the first two years with cost, method and dates that meet the roll-out."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from imis_plan.analysis.cash_plan import YEARS
from imis_plan.analysis.sums import lists_of
from imis_plan.model.economic_codes import attributes_of
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.payment_profiles import QUARTERS
from imis_plan.scenario.line_attributes import CATEGORIES, Package, line_catalogue
from imis_plan.scenario.plan import Plan

DAYS_PER_YEAR, DAYS_PER_WEEK = 365, 7
WORLD, DOMESTIC = "world", "domestic"
# Payment profiles of what is delivered one lead time before the roll-out, and of what begins with the roll-out.
DELIVERED, WITH_ROLLOUT, LAST = ("before_rollout", "at_start"), ("with_enrolment", "with_insured"), "last_quarter"
COLUMNS = (
    "package", "title", "category", "year", "lines", "amount", "market", "method", "weeks_low", "weeks_high", "delivery",
    "start_by", "latest_start", "before_year",
)  # fmt: skip


class PackageLine(NamedTuple):
    """A line of a package: component, line, level, label, payment profile, and whether it is bought on the world market."""

    component: str
    line: str
    level: str
    label: str
    payment: str
    tradable: bool


def package_lines(plan: Plan) -> dict[str, list[PackageLine]]:
    """Package -> its lines, in the order of the catalogue; a procured line that a scenario declares is a package of its own."""
    found: dict[str, list[PackageLine]] = {key: [] for key in line_catalogue().packages}
    for component, line, _ in evaluate_plan(plan).lines:
        filed = attributes_of(plan, component, line)
        if filed.package:
            row = PackageLine(component, line.line, line.level, line.label, filed.payment, bool(line.tradable))
            found.setdefault(filed.package, []).append(row)
    return found


def package_of(plan: Plan, key: str) -> Package:
    """Title and category of a package."""
    own = plan.lines.get(key)
    return Package(own.label, own.procurement) if own else line_catalogue().packages[key]


def rollout_start(plan: Plan, t: int) -> float:
    """When the roll-out of a year begins: years after its first day, by `coverage.delay`. [year]"""
    return min(max(float(plan["coverage.delay"]) - t, 0.0), 1.0)


def whole_days(days: float) -> timedelta:
    """A duration in whole days, a half away from zero, as ROUND does in a spreadsheet."""
    return timedelta(days=int(math.copysign(math.floor(abs(days) + 0.5), days)))


def delivery_date(plan: Plan, t: int, payment: str) -> date:
    """The day by which a line has to be delivered, or its service has to begin, to meet the roll-out of a year."""
    year = int(plan["time.base_year"]) + t
    first = plan.fiscal.first_day(year)
    if payment in DELIVERED:
        return first + whole_days(DAYS_PER_YEAR * (rollout_start(plan, t) - float(plan["cash.delivery_lead"])))
    if payment in WITH_ROLLOUT:
        return first + whole_days(DAYS_PER_YEAR * rollout_start(plan, t))
    return plan.fiscal.first_day(year, QUARTERS - 1) if payment == LAST else first


def procurement_plan(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """Packages of the first two years that cost something, by year, category and package.

    Columns: COLUMNS. amount is nominal and without contingency [LCU]; market is `world` if any of its lines is bought there;
    method and weeks are empty where the scenario names no procurement rules; delivery is the first day that a line of it is
    needed; start_by leaves time for the longest steps, latest_start for the shortest; before_year says that it must be started
    before its year begins.
    """
    *names, years, amounts = lists_of(ledger, ("component", "line", "role_or_level", "year", "amount"))
    first = plan["time.base_year"]
    keys = zip(*names, (year - first for year in years), strict=True)
    return procurement_plan_of(plan, dict(zip(keys, amounts, strict=True)))


def late_packages(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Packages of the first year that are late on the date of the plan, even in the shortest time."""
    first = table[table["year"] == plan["time.base_year"]]
    return first[first["latest_start"] < date.fromisoformat(plan.about.date)]


def procurement_plan_of(plan: Plan, amounts: Mapping[Any, float]) -> pd.DataFrame:
    """The same from amounts by component, line, level and years since the first. [LCU]"""
    rows = [
        row
        for t in range(min(YEARS, int(plan["time.horizon"])))
        for key, lines in package_lines(plan).items()
        if (row := package_row(plan, key, lines, t, amounts))
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = table["category"].map(CATEGORIES.index)
    return table.assign(order=order).sort_values(["year", "order"], kind="stable").drop(columns="order").reset_index(drop=True)


def package_row(plan: Plan, key: str, lines: list[PackageLine], t: int, amounts: Mapping[Any, float]) -> dict[str, Any] | None:
    """A package in a year, or None if it costs nothing. amounts : by component, line, level and t."""
    year = int(plan["time.base_year"]) + t
    costs = [(line, amounts.get((line.component, line.line, line.level, t), 0.0)) for line in lines]
    bought = [line for line, cost in costs if cost]
    if not bought:
        return None
    package, cost = package_of(plan, key), sum(cost for _, cost in costs)
    market = WORLD if any(line.tradable for line in bought) else DOMESTIC
    method = plan.procurement.method(package.category, market, cost)
    low, high = method.weeks if method else (None, None)
    delivery = min(delivery_date(plan, t, line.payment) for line in bought)
    start_by, latest = (delivery - whole_days(DAYS_PER_WEEK * (weeks or 0.0)) for weeks in (high, low))
    return {
        "package": key, "title": package.title, "category": package.category, "year": year,
        "lines": tuple(line.label for line in bought), "amount": cost, "market": market,
        "method": method.title if method else "", "weeks_low": low, "weeks_high": high,
        "delivery": delivery, "start_by": start_by, "latest_start": latest, "before_year": start_by < plan.fiscal.first_day(year),
    }  # fmt: skip
