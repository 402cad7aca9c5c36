"""Numbers of all notations: one value, or two and then none."""

import pytest

from imis_plan.scenario.number_text import decimal_mark, plain_number, two_readings


@pytest.mark.parametrize(
    ("text", "mark", "plain"),
    [
        ("1234", ".", "1234"),
        ("1234.5", ".", "1234.5"),
        ("1234,5", ".", "1234.5"),  # nothing else it could be
        ("655,957", ",", "655.957"),  # francs for a euro
        ("655.957", ".", "655.957"),
        ("0,125", "", "0.125"),  # no group begins with 0
        ("-1 234,5", ",", "-1234.5"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "", "1234567"),
        ("1'234.5", ".", "1234.5"),
        ("1.234.567", "", "1234567"),
        ("1,234,567.25", "", "1234567.25"),
        ("1.234,50", "", "1234.50"),
        ("12,34,567", ",", "12,34,567"),
        ("1e6", ".", "1e6"),
        ("10 May", ".", "10 May"),
        ("", ".", ""),
    ],
)
def test_a_number_is_read_in_its_notation(text, mark, plain):
    """Whatever is no number stays as it is."""
    assert two_readings(text, mark) is None
    assert plain_number(text, mark) == plain


@pytest.mark.parametrize(
    ("text", "mark", "both"),
    [("1,234", ".", ("1234", "1.2340")), ("1.234", ",", ("1234", "1,2340")), ("12.345", "", ("12345", "12.3450"))],
)
def test_a_number_with_two_readings_has_both(text, mark, both):
    """And each of the two, written so, has one."""
    assert two_readings(text, mark) == both
    assert [two_readings(one, mark) for one in both] == [None, None]


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1234", "x"], ""),
        (["0,5", "655,957"], ","),
        (["0.5", "655.957"], "."),
        (["0.5", "0,5"], ""),
        (["655,957"], ""),
    ],
)
def test_numbers_show_the_decimal_mark_of_their_table(texts, mark):
    """Where they do; where they contradict each other there is none."""
    assert decimal_mark(texts) == mark
