"""Tables as CSV and JSON, without loss of digits."""

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def csv_text(table: "pd.DataFrame | Mapping[str, Any]") -> str:
    """A data frame, or columns by name, as CSV with Unix line ends.

    Numbers have all their digits. Text is quoted, so that it may have commas, quotes and line breaks. The text is that of
    `DataFrame.to_csv` with `QUOTE_NONNUMERIC`, which takes four times as long for a ledger.
    """
    from imis_plan.analysis.csv_cells import csv_cell, csv_cells  # with NumPy, which JSON does not need

    columns = [[csv_cell(name), *csv_cells(column)] for name, column in table.items()]
    return "\n".join(map(",".join, zip(*columns, strict=True))) + "\n"


def csv_file(table: "pd.DataFrame | Mapping[str, Any]") -> bytes:
    """A table as a CSV file with a byte order mark, without which Excel takes its accents for other letters."""
    return csv_text(table).encode("utf-8-sig")


def json_text(data: Any) -> str:
    """Data as JSON: numbers with all their digits, NaN and infinity as null.

    data : a data frame (a list of rows), or mappings, lists and values.
    """
    rows = data.to_dict(orient="records") if hasattr(data, "to_dict") else data
    return json.dumps(json_value(rows), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_value(data: Any) -> Any:
    """Data made of JSON's own types only; numpy's numbers become Python's."""
    if isinstance(data, dict):
        return {str(key): json_value(value) for key, value in data.items()}
    if isinstance(data, list | tuple | set | frozenset):
        return [json_value(value) for value in data]
    if hasattr(data, "tolist"):  # numpy
        return json_value(data.tolist())
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data if data is None or isinstance(data, bool | int | float | str) else str(data)
