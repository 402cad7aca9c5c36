"""A data frame as an accessible table."""

import re

import pandas as pd
import pytest

from imis_plan.sections.html_table import html_and_text, render


def text_of(page):
    """Cells of the table, row by row."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


FRAME = pd.DataFrame({"year": [2027, 2028], "amount": [1234.5, -2.0], "note": ["a < b", None]})


def test_a_plain_index_is_no_column():
    """0, 1, 2 says nothing; any other index becomes row headers."""
    named = FRAME.set_index(pd.Index(["first", "second"], name="which"))

    assert text_of(render(FRAME, "Caption", "t"))[0] == ["year", "amount", "note"]
    assert text_of(render(named, "Caption", "t"))[1][0] == "first"
    assert '<th scope="row">first</th>' in render(named, "Caption", "t")


def test_an_index_without_a_name_has_an_empty_corner():
    """An empty cell, not an empty header."""
    page = render(FRAME.set_index(pd.Index(["x", "y"])), "Caption", "t")

    assert "<thead><tr><td></td>" in page


def test_every_header_has_its_scope_and_the_table_its_name():
    """A screen reader says column and row with each number."""
    page = render(FRAME, "What it shows", "table-1")

    assert page.count('<th scope="col"') == 3
    assert 'id="table-1" aria-labelledby="table-1-title"' in page
    assert '<caption id="table-1-title"><span>What it shows</span></caption>' in page


def test_text_is_escaped_and_addresses_are_links():
    """A scenario's words are words; an address is the only thing that becomes markup."""
    frame = pd.DataFrame({"source": ["see https://who.int/a?b=1&c=2."], "evil": ["<script>"]})
    page = render(frame, "A & B", "t", notes=["from https://who.int", "x < y"])

    assert '<a href="https://who.int/a?b=1&amp;c=2">https://who.int/a?b=1&amp;c=2</a>.' in page
    assert "<script>" not in page
    assert "A &amp; B" in page
    assert '<p class="note">x &lt; y</p>' in page


def test_a_path_is_broken_after_its_dots_only():
    """A long word in a narrow column of a printed table; other words with dots are left alone."""
    page = render(pd.DataFrame({"what": ["roles.data_entry_clerk.pay", "2.5 ha. of it"]}), "Caption", "t")

    assert "<td>roles.<wbr>data_entry_clerk.<wbr>pay</td>" in page
    assert "<td>2.5 ha. of it</td>" in page


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1234.5, 10.0], ["1,234", "10"]),  # large: no decimals
        ([12.34, 1.0], ["12.3", "1.0"]),  # middling: one
        ([0.5, 0.125], ["0.50", "0.12"]),  # small: two
        ([3, 4], ["3", "4"]),  # whole numbers whole
        ([-2, 3], ["−2", "3"]),  # a real minus
        ([None, 1.5], ["–", "1.50"]),  # a dash for what is missing
    ],
)
def test_numbers_have_the_digits_of_their_column(values, shown):
    """One format for a column."""
    assert [row[0] for row in text_of(render(pd.DataFrame({"x": values}), "c", "t"))[1:]] == shown


def test_years_have_no_comma():
    """A column called year with years in it."""
    page = render(FRAME, "c", "t")

    assert text_of(page)[1][0] == "2027"


def test_formats_are_patterns_or_functions():
    """By column; a function gets the value."""
    page = render(FRAME, "c", "t", formats={"amount": "{:.2f}", "year": lambda year: f"FY{year}"})

    assert text_of(page)[1][:2] == ["FY2027", "1234.50"]


def test_totals_stand_out():
    """Rows whose header is a total are set in bold."""
    page = render(pd.DataFrame({"x": [1, 1]}, index=["a", "Total"]), "c", "t")

    assert page.count('<tr class="total">') == 1


def test_two_levels_of_headers():
    """Both levels of an index become headers; columns of two levels are joined."""
    frame = pd.DataFrame(
        {("cost", "2027"): [1]}, index=pd.MultiIndex.from_tuples([("server", "cloud")], names=["component", "level"])
    )
    page = render(frame, "c", "t")

    assert text_of(page)[0][-1] == "cost 2027"
    assert page.count('<th scope="row">') == 2


def test_a_folded_table_opens_at_a_click():
    """The caption is the handle, with the number of rows."""
    page = render(FRAME, "c", "t", fold=True, notes="a note")

    assert page.startswith('<details class="imis-table"><summary id="t-title">c <span class="rows">(2)</span></summary>')
    assert "<caption" not in page
    assert page.endswith('<p class="note">a note</p></details>')


def test_plain_text_has_the_figures_of_the_page():
    """A terminal or a text editor shows a line for each row, with the same digits; a line break in a cell does not end its row."""
    frame = pd.DataFrame({"Amount": [1234567.8, float("nan")], "Why": ["77 districts\nx 2", "a < b"]}, index=["Training", "Rent"])
    assert html_and_text(frame, "Costs", "t").text.split("\n") == [
        "\tAmount\tWhy",
        "Training\t1,234,568\t77 districts x 2",
        "Rent\t–\ta < b",
    ]
