"""Tables as CSV and JSON, without loss of digits."""

import csv
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def csv_text(frame: "pd.DataFrame") -> str:
    """A data frame as CSV with Unix line ends.

    Numbers have all their digits. Text is quoted, so that it may have commas, quotes and line breaks.
    """
    return frame.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")


def csv_file(frame: "pd.DataFrame") -> bytes:
    """A data frame as a CSV file with a byte order mark, without which Excel takes its accents for other letters."""
    return csv_text(frame).encode("utf-8-sig")


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
