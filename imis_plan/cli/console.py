"""Print for people and machines: data on stdout, everything else on stderr."""

import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from imis_plan.scenario.problems import BadInput, Problem

if TYPE_CHECKING:
    import pandas as pd

GAP = "  "
LARGE = 1000


def line(text: str) -> None:
    """One line of data."""
    sys.stdout.write(text + "\n")


def message(text: str) -> None:
    """One line that is no data."""
    sys.stderr.write(text + "\n")


def emit(text: str, out: Path | None = None, *, force: bool = False) -> None:
    """Data, to stdout or whole into a file. Raises BadInput where another file would be lost."""
    from imis_plan.report.staging import write_whole
    from imis_plan.scenario.output_file import check_output

    text = text if text.endswith("\n") else text + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        check_output(out, force=force, content=text.encode())
        write_whole(out, text)


def rows(table: Sequence[Mapping[str, Any]], form: str, out: Path | None = None, *, force: bool = False) -> None:
    """Rows with the same keys, as a table, CSV or JSON; no pandas, so a list of scenarios comes at once."""
    if form == "json":
        from imis_plan.analysis.export import json_text

        emit(json_text([*table]), out, force=force)
    elif form == "csv":
        emit(_csv(table), out, force=force)
    else:
        emit(aligned([list(row.values()) for row in table], list(table[0]) if table else []), out, force=force)


def _csv(table: Sequence[Mapping[str, Any]]) -> str:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(table[0]) if table else [], quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def aligned(body: Iterable[Sequence[Any]], head: Sequence[Any]) -> str:
    """Rows in columns: text to the left, numbers (with commas, no decimals if they are large) to the right."""
    lines = [[str(name) for name in head], *([cell(value) for value in row] for row in body)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    right = [_numeric(column[1:]) for column in zip(*lines, strict=True)]
    return "\n".join(
        GAP.join(text.rjust(w) if r else text.ljust(w) for text, w, r in zip(row, widths, right, strict=True)).rstrip()
        for row in lines
    )


def cell(value: Any) -> str:
    """A value as text for people."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return "" if value is None else str(value)
    number = float(value)
    if math.isnan(number):
        return "-"
    return f"{number:,.0f}" if number.is_integer() or abs(number) >= LARGE else f"{number:,.2f}"


def _numeric(texts: Sequence[str]) -> bool:
    return bool(texts) and all(text[:1].isdigit() or text[:1] == "-" for text in texts)


def staff_text(table: "pd.DataFrame") -> str:
    """Posts by role and year, from the staffing table."""
    return frame_text(table.pivot_table(index="role", columns="year", values="posts", aggfunc="sum", sort=False))


def comparison_text(table: "pd.DataFrame") -> str:
    """Scenarios side by side: one column each, what is compared down the page."""
    numbers = table.drop(columns=["name", "currency", "first_year", "last_year"]).T
    return f"nominal USD; shares of 1\n{frame_text(numbers.rename_axis(index='', columns=None))}"


def difference_text(table: "pd.DataFrame") -> str:
    """The difference between two scenarios by component and factor; per thousand insured-years, so that cents are seen."""
    thousand = (table * 1000).round(2) + 0.0  # no minus before what is rounded to nothing
    return f"nominal USD per 1,000 insured-years; left + volume + price + timing + exchange = right\n{frame_text(thousand)}"


def unmarked(markdown: str) -> str:
    """Markdown of our sentences as plain text: the marks that keep a scenario's words from becoming markup go."""
    return re.sub(r"\\(\W)", r"\1", markdown)


def frame_text(frame: "pd.DataFrame") -> str:
    """A data frame with its index as the first columns."""
    table = frame.reset_index()
    return aligned(table.itertuples(index=False, name=None), list(table.columns))


def settings(texts: Iterable[str]) -> dict[str, Any]:
    """What `--set path=value` says, path -> value, read as YAML would read it.

    Raises BadInput naming every text that is not of this form.
    """
    read = [_setting(text) for text in texts]
    if problems := [item for item in read if isinstance(item, Problem)]:
        raise BadInput(problems)
    return dict(item for item in read if not isinstance(item, Problem))


def _setting(text: str) -> tuple[str, Any] | Problem:
    from imis_plan.scenario.yaml_file import parse

    path, sign, value = text.partition("=")
    document = parse(f"value: {value}", Path("--set"))
    if not sign or not path.strip() or document.problems or [*document.data] != ["value"]:
        return Problem(
            "--set", None, " ".join(text.split()), "not of the form path=value", "write for example --set coverage.target=0.5"
        )
    return path.strip(), document.data["value"]


class Progress:
    """How far the reports are: a bar on a terminal, a line for each elsewhere.

    Call it with each result and the number of reports in all.
    """

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, result: Any, total: int) -> None:
        """Count one more result."""
        self._done += 1
        if sys.stderr.isatty():
            self._advance(result, total)
        else:
            state = "failed" if result.reason else f"{result.seconds:.1f} s"
            message(f"[{self._done}/{total}] {result.name}: {state}")

    def _advance(self, result: Any, total: int) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(total=total, unit="report", file=sys.stderr)
        self._bar.set_postfix_str(result.name)
        self._bar.update()
