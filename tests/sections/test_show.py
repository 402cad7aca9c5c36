"""What a notebook shows: numbered figures and tables, text that cannot become markup."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from imis_plan.sections import display

# One line of 11 points with 1.25 lines' distance, and the margin of a tenth of an inch. [CSS pixels]
TITLE_HEIGHT = 27


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed, as (bundle, metadata)."""
    found = []

    def record(bundle, *, raw, metadata=None):
        """Keep what is displayed; all of it is raw, that is, by MIME type."""
        assert raw
        found.append((bundle, metadata))

    monkeypatch.setattr("IPython.display.display", record)
    display.reset_numbering()
    return found


def drawn():
    """A small figure."""
    fig, _ = plt.subplots(figsize=(2, 1))
    return fig


def test_a_figure_has_number_caption_and_alternative(displayed):
    """A PNG with its size and text, its number once more for JupyterLab, and no figure left open."""
    fig = drawn()
    display.figure(fig, "Costs *rise*", "2027: 1")
    (png, about), (caption, repeated) = displayed

    assert png["text/plain"] == "Figure 1. Costs *rise*"
    assert about["image/png"]["alt"] == "2027: 1"
    assert about["image/png"]["width"] > about["image/png"]["height"] > 0
    named = {"label": "Figure 1", "caption": "Costs *rise*", "id": "figure-1", "file": "figure-1"}
    assert about["imis"] == named | {"title_height": TITLE_HEIGHT}
    assert caption["text/markdown"] == "*Figure 1*"
    assert repeated == {"imis": {"repeated": True}}
    assert not plt.fignum_exists(fig.number)


@pytest.mark.parametrize(("caption", "alt"), [("", "text"), ("text", " ")])
def test_a_figure_without_words_is_refused(displayed, caption, alt):
    """Nobody is left out."""
    with pytest.raises(ValueError, match="a figure needs a caption"):
        display.figure(drawn(), caption, alt)

    assert displayed == []


def test_the_same_figure_gives_the_same_bytes(displayed):
    """So that a report that did not change is the same file."""
    for _ in range(2):
        display.figure(drawn(), "c", "a")

    assert displayed[0][0]["image/png"] == displayed[2][0]["image/png"]


def test_tables_are_numbered_apart_from_figures(displayed):
    """Table 1, Table 2; a new run starts again."""
    frame = pd.DataFrame({"x": [1]})
    display.table(frame, "first")
    display.figure(drawn(), "c", "a")
    display.table(frame, "second", notes="n", fold=True)
    display.reset_numbering()
    display.table(frame, "again")
    texts = [bundle["text/plain"].split("\n")[0] for bundle, _ in displayed if "text/html" in bundle]

    assert texts == ["Table 1. first", "Table 2. second", "Table 1. again"]
    assert 'id="table-2"' in displayed[3][0]["text/html"]


def test_text_is_markdown_without_html(displayed):
    """A tag in a scenario's words is shown as typed."""
    display.text("**bold** <script>")
    ((bundle, _),) = displayed

    assert bundle == {"text/markdown": "**bold** &lt;script>", "text/plain": "**bold** <script>"}


def test_details_fold_markup_below_an_escaped_summary(displayed):
    """The summary is text, the rest is ours."""
    display.details("a < b", "<p>x</p>")
    ((bundle, _),) = displayed

    assert bundle["text/html"] == "<details><summary>a &lt; b</summary><p>x</p></details>"


def test_a_figure_of_ones_own_has_its_title_as_caption(displayed):
    """The title leaves the picture; title and axes are the words for readers who cannot see it."""
    fig, ax = plt.subplots(figsize=(2, 1))
    ax.set(title="Training by year", xlabel="year", ylabel="NPR")
    display.figure(fig)
    (png, about), _caption = displayed
    assert png["text/plain"] == "Figure 1. Training by year"
    assert about["image/png"]["alt"] == "Training by year Axes: year, NPR."
    assert ax.get_title() == ""


def test_a_figure_of_ones_own_without_a_title_is_refused(displayed):
    """It says nothing to a reader who cannot see it."""
    with pytest.raises(ValueError, match="a figure needs a caption"):
        display.figure(drawn())


def test_a_table_of_ones_own_is_named_by_its_columns(displayed):
    """Numbers are aligned and get separators."""
    display.table(pd.DataFrame({"district": ["Kailali"], "people": [904666], "share": [0.25]}))
    page = displayed[0][0]["text/html"]
    assert "Table 1. district, people, and share" in page
    assert '<td class="n">904,666</td>' in page
