"""Tables and progress for people."""

import io
import sys

import pandas as pd
import pytest

from imis_plan.batch.results import Result
from imis_plan.cli import console


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "True"),
        ("words", "words"),
        (3, "3"),
        (3.0, "3"),
        (0.25, "0.25"),
        (1234567.891, "1,234,568"),
        (-1234.5, "-1,234"),
        (float("nan"), "-"),
    ],
)
def test_a_cell_is_as_short_as_it_can_be(value, text):
    """Large numbers lose their decimals, whole ones have none, what is no number is a dash."""
    assert console.cell_text(value) == text


def test_numbers_stand_right_and_words_left():
    """A column is one of numbers when all of its cells are."""
    text = console.aligned_columns([["a", 5, "x"], ["long", 1000.0, 7]], ["name", "n", "any"])
    assert text.split("\n") == ["name      n  any", "a         5  x", "long  1,000  7"]


def test_a_table_without_rows_is_its_head():
    """Nothing to show is no problem."""
    assert console.aligned_columns([], ["a", "b"]) == "a  b"


def test_posts_are_summed_by_role_and_year_in_the_order_of_the_roles():
    """Two levels of one role are one row."""
    frame = pd.DataFrame({"role": ["b", "b", "a"], "level": ["x", "y", "x"], "year": [2027] * 3, "posts": [1.0, 0.5, 2.0]})
    assert console.staff_text(frame, {}).split("\n") == ["Role  2027", "b     1.50", "a        2"]


def test_progress_is_a_line_for_each_report_where_there_is_no_terminal(capsys):
    """A log shows what came when, and nothing of it is data."""
    with console.Progress() as progress:
        progress(Result("chad", 1.25), 2)
        progress(Result("nepal", error="why"), 2)
    assert capsys.readouterr() == ("", "[1/2] chad: 1.2 s\n[2/2] nepal: failed\n")


def test_progress_is_a_bar_on_a_terminal(monkeypatch):
    """How many are done, of how many, and the last one's name."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with console.Progress() as progress:
        progress(Result("chad"), 2)
        progress(Result("nepal"), 2)
    shown = terminal.getvalue()
    assert "2/2" in shown
    assert "nepal" in shown
