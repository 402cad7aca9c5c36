"""Positions in the workbook: names of sheets, columns and first rows that formulas refer to, names of parameters."""

import re
from collections.abc import Iterable
from typing import Final

from imis_plan.i18n.translate import _
from imis_plan.model.budget_line import N_

SHEETS: Final = {
    "readme": N_("Read me"),
    "summary": N_("Summary"),
    "inputs": N_("Inputs"),
    "by_year_inputs": N_("Inputs by year"),
    "drivers": N_("Drivers"),
    "staffing": N_("Staffing"),
    "prices": N_("Prices"),
    "contingency": N_("Contingency"),
    "workings": N_("Workings"),
    "ledger": N_("Ledger"),
    "by_year": N_("By year"),
    "by_code": N_("By code"),
    "taxes": N_("Taxes"),
    "categories": N_("Expenditure categories"),
    "project_support": N_("Project support"),
    "cash_plan": N_("Cash plan"),
    "procurement": N_("Procurement"),
    "funding": N_("Funding"),
    "allocation": N_("Funding by line"),
    "options": N_("Options"),
    "sources": N_("Sources"),
}
LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# Sheets by year: name, key, unit, a cell for all years, a cell for each year.
TOP, SINGLE, FIRST = 5, 3, 4
# Inputs.
IN_EFFECT, USER_VALUE, BASE = 3, 4, 5
INPUTS_TOP = 6
OPTION_CELL = (3, IN_EFFECT)
OPTION = "plan.option"
# Inputs by year: parameter, unit, which of three rows, growth, a cell for each year or place.
GROWTH, FIRST_NUMBER = 3, 4
BLOCK_ROWS = 4
# Options: option, parameter, description, unit, growth, price year, values.
OPTIONS_TOP, OPTION_GROWTH, OPTION_VALUE = 6, 4, 6
LEDGER_TOP = 5
# Contingency: rows of the shares in effect, first row of the table, first column of shares.
FACTORS_IN_EFFECT, FACTORS_TOP, FACTORS_FIRST = 4, 9, 4


def title(key: str) -> str:
    """Name of a sheet in the current language, as Excel allows it: 31 characters, no brackets, colons, stars or slashes."""
    return FORBIDDEN.sub(" ", _(SHEETS[key]))[:LONGEST].strip("' ")


def defined_names(paths: Iterable[str]) -> dict[str, str]:
    """Parameter -> its name in formulas: its path, with _ for characters that a name cannot contain."""
    names: dict[str, str] = {}
    taken: set[str] = set()  # in lower case, since a spreadsheet does not distinguish case
    for path in paths:
        name = re.sub(r"[^\w.]", "_", path, flags=re.ASCII)
        name = name if name[0].isalpha() else f"_{name}"
        while name.lower() in taken:
            name += "_"
        names[path] = name
        taken.add(name.lower())
    return names
