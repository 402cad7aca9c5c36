"""The numbers behind a figure, as a table to download."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from imis_plan.analysis.export import csv_text
from imis_plan.scenario.plan import Plan

# Amounts have as many decimals as a currency, shares and unit costs enough for four significant digits.
LARGE, DECIMALS_OF_LARGE, DECIMALS_OF_SMALL = 100, 2, 6


def series_table(table: pd.DataFrame, names: Mapping[Any, str], head: str, unit: str) -> pd.DataFrame:
    """What a figure with a series per row draws: names in the first column, whose head states the unit, then the values."""
    rows = [str(names[key]) for key in table.index]
    values = table.set_axis([str(column) for column in table.columns], axis=1).reset_index(drop=True)
    values.insert(0, f"{head} [{unit}]", rows)
    return values


def csv_of_figure(data: pd.DataFrame) -> str:
    """The table as CSV, its numbers rounded: a picture does not show more, and a page stays small."""
    largest = data.select_dtypes("number").abs().max()
    decimals = {name: DECIMALS_OF_LARGE if most >= LARGE else DECIMALS_OF_SMALL for name, most in largest.items()}
    return csv_text(data.round(decimals))


def file_stem(plans: list[Plan], name: str) -> str:
    """The name of a figure's files without their ending: scenario, option if any, and figure, without a date."""
    of = [plans[0].name, plans[0].option or ""] if len(plans) == 1 else [f"{len(plans)}-scenarios"] if plans else []
    return "-".join(re.sub(r"[^\w]+", "-", part).replace("_", "-") for part in [*of, name] if part)
