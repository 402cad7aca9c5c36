"""Tables for machines: CSV and JSON that lose nothing."""

import csv
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def csv_text(frame: "pd.DataFrame") -> str:
    """A data frame as CSV with Unix line ends.

    Numbers have all their digits. Text is quoted, so a comma, a quote or a line break in it stays what it is.
    """
    return frame.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")


def csv_file(frame: "pd.DataFrame") -> bytes:
    """A data frame as a CSV file with a byte order mark, without which Excel takes its accents for other letters."""
    return csv_text(frame).encode("utf-8-sig")


def json_text(data: Any) -> str:
    """Data as JSON: numbers with all their digits, what is not a number as null.

    data : a data frame (a list of rows), or mappings, lists and values.
    """
    rows = data.to_dict(orient="records") if hasattr(data, "to_dict") else data
    return json.dumps(plain(rows), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def plain(data: Any) -> Any:
    """Data made of JSON's own types only; numpy's numbers become Python's."""
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple | set | frozenset):
        return [plain(value) for value in data]
    if hasattr(data, "tolist"):  # numpy
        return plain(data.tolist())
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data if data is None or isinstance(data, bool | int | float | str) else str(data)
