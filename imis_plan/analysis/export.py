"""Tables as CSV and JSON, without loss of digits."""

import csv
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


class Rows(list[str]):
    """Rows of text that a writer of files can write to."""

    write = list.append


def csv_text(table: "pd.DataFrame | Mapping[str, Any]") -> str:
    """A data frame, or columns by name (arrays or lists), as CSV with Unix line ends.

    Numbers have all their digits. Text is quoted, so that it may have commas, quotes and line breaks. The text is that of
    `DataFrame.to_csv`, without the frame that columns would have to become first.
    """
    # Line ends are added here: the writer compares every character with those that it is given, a fifth of its time.
    rows = Rows()
    writer = csv.writer(rows, quoting=csv.QUOTE_NONNUMERIC, lineterminator="")
    writer.writerow(table.keys())
    writer.writerows(zip(*(cells(column) for _name, column in table.items()), strict=True))
    return "\n".join([*rows, ""])


def cells(column: Any) -> list[Any]:
    """Values of a column as `csv` writes them: numbers of Python's own, and what is no number left empty."""
    values = column if isinstance(column, list) else column.tolist()
    if not may_have_nan(values):
        return values
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values]


def may_have_nan(values: list[Any]) -> bool:
    """Whether some values have to be looked at one by one, since NaN may be among them."""
    try:
        return math.isnan(sum(values))  # of numbers: it is NaN if one of them is
    except TypeError:  # texts
        return any(issubclass(kind, float) for kind in set(map(type, values)))


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
