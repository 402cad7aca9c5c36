"""What was really spent: `parameters/actuals/<scenario>.yaml`, `.csv` or `.xlsx`, read and checked; all problems together.

YAML has a list `actuals` of rows, and a `note` for readers. A table has the same as columns: component, line, year, amount,
currency, note; or gfs_code or account_code, year, quarter, amount, currency, note. A file is by component or by code.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.actuals_table import once_for_each_cell, read_rows
from imis_plan.scenario.code_actuals import (
    CODES,
    ITEM,
    CodeActual,
    check_code,
    check_quarter,
    code_clashes,
    has_code,
)
from imis_plan.scenario.component_actuals import Actual, check_item, clashes
from imis_plan.scenario.corrections import merged, report_excess, spent_in_year
from imis_plan.scenario.folder import ACTUALS, ACTUALS_SUFFIXES
from imis_plan.scenario.item_names import NO_NAMES, ItemNames
from imis_plan.scenario.location import Location
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.table_file import located
from imis_plan.scenario.units import LCU
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import read
from imis_plan.sentence import one_of, sentence

FOREIGN = ("USD", "EUR")
YAML = (".yaml", ".yml")
KEYS = ("actuals", "note")


@dataclass(frozen=True)
class Actuals:
    """The rows of a file of actuals, by component or by code, its name, and what it says about itself."""

    file: str
    rows: tuple[Actual, ...] = ()
    note: Any = ""
    codes: tuple[CodeActual, ...] = ()


def actuals_file(plan: Plan) -> Path | None:
    """The file of actuals that lies in the plan's folder of parameters, or None."""
    files = (plan.folder / ACTUALS / f"{plan.name}{suffix}" for suffix in ACTUALS_SUFFIXES)
    return next((file for file in files if os.path.lexists(file)), None)


def read_actuals(
    file: Path,
    plan: Plan,
    lines: Mapping[str, Collection[str]],
    ignored: Collection[str] = (),
    codes: Mapping[str, Collection[str]] = MappingProxyType({}),
    names: ItemNames = NO_NAMES,
) -> Actuals:
    """The actuals in a file.

    lines : component -> its lines. ignored : heads of columns of a table that are left out. codes : gfs_code and account_code ->
    the codes of the plan's base cost. names : names that reports print, which are read as the keys they stand for.

    Raises BadInput with all problems of the file.
    """
    path, _ = located(file)
    if not path.is_file():
        right = sentence(
            "name a file, or write {name}/{actuals}/{scenario}.yaml", name=plan.folder.name, actuals=ACTUALS, scenario=plan.name
        )
        raise BadInput([Problem(str(file), None, "", not_a_file(path) or "no such file", right)])
    if ignored and file.suffix in YAML:
        raise BadInput([Problem(str(file), None, "--ignore-columns", "no table", "leave the argument out for YAML")])
    document = read(file) if file.suffix in YAML else read_rows(file, ignored)
    location = Location(document, (), list(document.problems))
    if not location.found:
        headings(location)
    note = document.data.get("note", "")
    listed = document.data.get("actuals")
    if isinstance(listed, list) and any(map(has_code, listed)):
        return Actuals(document.name, note=note, codes=code_rows(location, plan, codes, names))
    built = list(rows(location, plan, lines, names))
    corrected = merged(built, lambda row: (row.component, row.line, row.year, own_currency(row.currency, plan)))
    clashes(built)
    report_excess(
        built,
        lambda row: (row.component, row.line, row.year, own_currency(row.currency, plan)),
        lambda row: spent_in_year(row.line or row.component, row.year, own_currency(row.currency, plan)),
    )
    if location.found:
        raise BadInput(once_for_each_cell(location.found))
    return Actuals(document.name, tuple(row for row, _ in corrected), note)


def own_currency(code: str | None, plan: Plan) -> str:
    """The currency of a row; local money has three names."""
    return plan.about.currency if code in (None, LCU) else str(code)


def code_rows(location: Location, plan: Plan, codes: Mapping[str, Collection[str]], names: ItemNames) -> tuple[CodeActual, ...]:
    """The rows of a file by code. Raises BadInput with all problems of the file."""
    built = []
    for i, data in enumerate(map(names.with_keys, location.document.data["actuals"])):
        here = location.below("actuals", i)
        if isinstance(data, dict) and not has_code(data):
            here.report(
                "no code, and other rows have one",
                sentence("give {names}, or components in a file of their own", names=one_of(CODES)),
            )
            continue
        plain = {key: value for key, value in data.items() if key not in ITEM} if isinstance(data, dict) else data
        row = build(CodeActual, plain, here)
        if isinstance(data, dict):
            check_code(data, here, codes)
            check_money(data.get("year"), data.get("currency"), here, plan)
            check_quarter(data, here, plan)
        if row:
            built.append((row, here))
    corrected = merged(built, lambda row: (row.scheme, row.code, row.year, row.quarter, own_currency(row.currency, plan)))
    code_clashes(built)
    report_excess(
        built,
        lambda row: (row.scheme, row.code, row.year, own_currency(row.currency, plan)),
        lambda row: spent_in_year(row.code, row.year, own_currency(row.currency, plan)),
    )
    if location.found:
        raise BadInput(once_for_each_cell(location.found))
    return tuple(row for row, _ in corrected)


def headings(location: Location) -> None:
    """Report a file without rows, and keys that mean nothing."""
    data = location.document.data
    if not isinstance(data.get("actuals"), list) or not data["actuals"]:
        location.report("no actuals", "give `actuals:` and below it a list of component, year and amount")
    for key in data.keys() - set(KEYS):
        location.below(key).report("unknown key", suggestion(key, KEYS))


def rows(
    location: Location, plan: Plan, lines: Mapping[str, Collection[str]], names: ItemNames
) -> Iterator[tuple[Actual, Location]]:
    """The rows that have the right form, each with its place; what is wrong with any is reported."""
    listed = location.document.data.get("actuals")
    for i, data in enumerate(map(names.with_keys, listed if isinstance(listed, list) else [])):
        here = location.below("actuals", i)
        row = build(Actual, data, here)
        if isinstance(data, dict):
            check_item(data.get("component"), data.get("line"), here, lines, names)
            check_money(data.get("year"), data.get("currency"), here, plan)
        if row:
            yield row, here


def check_money(spent_in: Any, currency: Any, location: Location, plan: Plan) -> None:
    """Report a year outside the plan, or a currency that it has no exchange rate for."""
    first, horizon = plan["time.base_year"], plan["time.horizon"]
    meaning = (
        ""
        if plan.fiscal.is_calendar_year
        else sentence(", the year in which a fiscal year begins: {year} is {label}", year=first, label=plan.fiscal.name(first))
    )
    if isinstance(spent_in, int) and spent_in not in range(first, first + horizon):
        location.below("year").report(
            "not a year of the plan",
            sentence("give {first} to {last}{meaning}", first=first, last=first + horizon - 1, meaning=meaning),
            spent_in,
        )
    known = (LCU, plan.about.currency, *FOREIGN)
    if isinstance(currency, str) and currency not in known:
        location.below("currency").report("no exchange rate for it", sentence("give {names}", names=", ".join(known)), currency)
