"""Print for people and machines: data on stdout, everything else on stderr."""

import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from imis_plan.cli.table_names import component_names, figure_names, head_name
from imis_plan.i18n.interface import in_interface_language
from imis_plan.i18n.translate import _, localize_digits
from imis_plan.sentence import Digits, Sentence, sentence

if TYPE_CHECKING:
    import pandas as pd

GAP = "  "
LARGE = 1000


def line(text: str) -> None:
    """Print a line of data."""
    sys.stdout.write(text + "\n")


def line_now(text: str) -> None:
    """Print a line of data at once, for a command that goes on: a pipe would keep it until the end."""
    line(text)
    sys.stdout.flush()


def message(text: str) -> None:
    """Print a line that is not data, to stderr; a sentence of ours in the language of the command line."""
    sys.stderr.write(in_interface_language(text) + "\n" if isinstance(text, Sentence) else text + "\n")


def emit(text: str, out: Path | None = None, *, force: bool = False) -> None:
    """Write data to stdout or to a file, which is either complete or unchanged and whose path is then printed."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.scenario.output_file import check_output

    text = text if text.endswith("\n") else text + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        check_output(out, force=force, content=text.encode())
        write_atomic(out, text)
        line(str(out))


def print_rows(table: Sequence[Mapping[str, Any]], form: str, out: Path | None = None, *, force: bool = False) -> None:
    """Print rows with the same keys as a table, CSV or JSON; without pandas, whose import takes longer than the rest."""
    if form == "json":
        from imis_plan.analysis.export import json_text

        emit(json_text([*table]), out, force=force)
    elif form == "csv":
        emit(_csv(table), out, force=force)
    else:
        emit(aligned_columns([list(row.values()) for row in table], list(table[0]) if table else []), out, force=force)


def _csv(table: Sequence[Mapping[str, Any]]) -> str:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(table[0]) if table else [], quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def aligned_columns(body: Iterable[Sequence[Any]], head: Sequence[Any]) -> str:
    """Rows in columns: text to the left, numbers (with commas, no decimals if they are large) to the right."""
    lines = [[head_name(name) for name in head], *([cell_text(value) for value in row] for row in body)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    right = [_is_numeric(column[1:]) for column in zip(*lines, strict=True)]
    return "\n".join(
        GAP.join(text.rjust(w) if r else text.ljust(w) for text, w, r in zip(row, widths, right, strict=True)).rstrip()
        for row in lines
    )


def cell_text(value: Any) -> str:
    """A value as text for people."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return "" if value is None else str(value)
    number = float(value)
    if math.isnan(number):
        return "-"
    return localize_digits(f"{number:,.0f}" if number.is_integer() or abs(number) >= LARGE else f"{number:,.2f}")


def _is_numeric(texts: Sequence[str]) -> bool:
    return bool(texts) and all(text[:1].isdigit() or text[:1] == "-" for text in texts)


def staff_text(table: "pd.DataFrame", names: Mapping[str, str]) -> str:
    """Posts by role and year, from the staffing table. names : of roles, for readers."""
    shown = table.pivot_table(index="role", columns="year", values="posts", aggfunc="sum", sort=False)
    return frame_text(shown.rename(index=names))


def comparison_text(table: "pd.DataFrame") -> str:
    """Scenarios side by side: a column for each scenario, a row for each figure."""
    numbers = table.drop(columns=["name", "currency", "first_year", "last_year"]).T.rename(index=figure_names())
    title = _("nominal USD; shares of 1")
    return f"{title}\n{frame_text(numbers.rename_axis(index='', columns=None))}"


def difference_text(table: "pd.DataFrame") -> str:
    """The difference between two scenarios by component and factor; per thousand insured-years, so that cents are visible."""
    thousand = (table * 1000).round(2) + 0.0  # + 0.0 turns -0.0 into 0.0
    title = _("nominal USD per 1,000 insured-years; left + volume + price + timing + exchange = right")
    return f"{title}\n{frame_text(thousand.rename(index=component_names()))}"


def plain_text(markdown: str) -> str:
    """A sentence in Markdown as plain text, without the backslashes that escape texts of a scenario."""
    return re.sub(r"\\([\W_])", r"\1", markdown)


def frame_text(frame: "pd.DataFrame") -> str:
    """A data frame with its index as the first columns."""
    table = frame.reset_index()
    return aligned_columns(table.itertuples(index=False, name=None), list(table.columns))


class Progress:
    """Progress of a batch: a bar on a terminal, a line for each report elsewhere.

    Call it with each result and the total number of reports.
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
            state = sentence("failed") if result.error else sentence("{seconds} s", seconds=Digits(f"{result.seconds:.1f}"))
            message(f"[{self._done}/{total}] {result.name}: {in_interface_language(state)}")

    def _advance(self, result: Any, total: int) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(total=total, unit=in_interface_language(sentence("report")), file=sys.stderr)
        self._bar.set_postfix_str(result.name)
        self._bar.update()
