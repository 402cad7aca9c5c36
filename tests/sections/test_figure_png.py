"""A figure as PNG: it can be copied out of its page, since it has its finding, its unit and its source."""

import io
from contextvars import copy_context

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import Locator
from PIL import Image

from imis_plan import compare, load, scenarios
from imis_plan.explore import still
from imis_plan.i18n import set_language
from imis_plan.sections import comparison, cost, evidence, figure_text, funding, options, people, risk
from imis_plan.sections.figure_png import picture, stacked
from imis_plan.sections.figure_style import MARGIN, canvas, horizontal_bars, stacked_columns
from imis_plan.sections.figure_text import SOURCE, TITLE, any_letters, common_letters, text_image
from imis_plan.sections.provenance import source_line
from tests.model.plans import alternatives_of, ledger_of, plan_of
from tests.report.places import ROOT

NOTEBOOKS = ["country_budget", "explore", "own_section", "portfolio"]


def report_figures(name):
    """Every figure of a scenario's report and of the explorer, by name."""
    plan, ledger = plan_of(name), ledger_of(name)
    choices = alternatives_of(name)
    drawn = {
        "years": cost.figures.by_year(plan, ledger),
        "components": cost.figures.components(plan, ledger),
        "lines": cost.figures.largest_lines(plan, ledger),
        "rollout": people.figures.rollout(plan),
        "staff": people.figures.posts_by_year(plan),
        "s_curve": risk.figures.s_curve(plan, ledger, choices.simulation),
        "tornado": risk.figures.tornado(plan, choices.simulation),
        "grades": evidence.figures.grades(ledger),
        "bands": evidence.figures.benchmarks(plan, ledger),
        "observed": evidence.observed.figure(plan),
        "explore": still(plan),
    }
    drawn |= {"funders": funding.figures.funding_by_year(plan, ledger)} if plan.funding else {}
    return drawn | ({"options": options.figures.options(choices)} if choices.cases else {})


def texts_of(fig):
    """The texts of a figure that a reader sees, each with its box in pixels; of a slanted text, the box says nothing."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = [text for legend in fig.legends for text in legend.get_texts()]
    for ax in fig.axes:
        found += [*ax.texts, ax.xaxis.label, ax.yaxis.label]
        for axis, coordinate in ((ax.xaxis, 0), (ax.yaxis, 1)):
            low, high = sorted(axis.get_view_interval())
            found += [text for text in axis.get_ticklabels() if low <= text.get_position()[coordinate] <= high]
    seen = (text for text in found if text.get_visible() and text.get_text().strip() and text.get_rotation() in (0, 90))
    return [(text.get_text(), text.get_window_extent(renderer)) for text in seen]


def touching(fig):
    """Pairs of texts that overlap, by more than a pixel."""
    texts = [(text, box.padded(-0.5)) for text, box in texts_of(fig)]
    return [(one, two) for i, (one, box) in enumerate(texts) for two, other in texts[i + 1 :] if box.overlaps(other)]


def fits(fig):
    """Whether the layout of a drawn figure has found room for all of it."""
    return fig.get_layout_engine().fits


def distance_to_edge(fig):
    """From all that is drawn to the nearest edge of the page, by matplotlib's own measure; negative if it stands out. [inch]"""
    drawn, (width, height) = fig.get_tightbbox(), fig.get_size_inches()
    return min(drawn.x0, drawn.y0, width - drawn.x1, height - drawn.y1)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", scenarios())
def test_no_label_touches_another_and_each_axis_has_a_unit(name, language):
    """In every figure of every report; an axis with years, or with names of things, needs no unit."""
    context = copy_context()
    context.run(set_language, language)
    drawn = context.run(report_figures, name)
    assert len(drawn) >= 11
    for key, (fig, caption, *_rest) in drawn.items():
        assert context.run(touching, fig) == [], key
        assert fits(fig), key
        assert context.run(distance_to_edge, fig) == pytest.approx(MARGIN, abs=0.04), key
        assert any(ax.get_xlabel() or ax.get_ylabel() for ax in fig.axes), key
        assert caption, key


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_label_touches_another_in_the_portfolio(language):
    """All scenarios beside each other, and the way from one to another; turned names stand a bit nearer to the edge."""
    context = copy_context()
    context.run(set_language, language)
    table = compare(*map(load, scenarios()))
    drawn = [
        context.run(comparison.figures.ranking, table),
        context.run(comparison.figures.structure, table),
        context.run(comparison.figures.waterfall, plan_of("tanzania"), plan_of("nepal")),
    ]
    for fig, caption, *_rest in drawn:
        assert context.run(touching, fig) == [], caption
        assert context.run(distance_to_edge, fig) == pytest.approx(MARGIN, abs=0.07), caption


def test_texts_that_touch_are_found():
    """The check itself: the same place for two texts."""
    fig = Figure()
    ax = fig.subplots()
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.5, "two")
    assert touching(fig) == [("one", "two")]


def drawing():
    """A small drawing."""
    fig = Figure(figsize=(4, 2), layout="constrained")
    fig.subplots().plot([1, 2])
    return fig


def test_a_long_label_below_the_axes_is_moved_onto_the_page():
    """Its middle is no longer that of the axes, which stand at the right of their long names."""
    fig, axes = canvas(1.5)
    horizontal_bars(axes[0, 0], ["name of forty letters, beside its own bar"], [1.0], ["1"], "unit, " * 16 + "unit")
    left, right = (FigureCanvasAgg(fig).draw() or fig.axes[0].xaxis.label.get_window_extent()).intervalx

    assert fits(fig)
    assert left < fig.axes[0].bbox.x0
    assert right == pytest.approx(fig.bbox.width - MARGIN * fig.dpi, abs=1)
    assert picture(fig, "", "").width == round(fig.get_figwidth() * 96)


@pytest.mark.parametrize(("name", "unit"), [("x" * 120, "NPR"), ("rent", "x" * 200)])
def test_what_does_not_fit_on_the_page_makes_it_larger(name, unit):
    """Words of a scenario that nobody can break: nothing is cut off, the margin stays white."""
    fig, axes = canvas(1.5)
    horizontal_bars(axes[0, 0], [name], [1.0], ["1"], unit)
    assert enlarged_by(fig)[0] > 100


def enlarged_by(fig):
    """How much wider and higher a picture is than its figure, in CSS pixels; all four margins of it must be white."""
    drawn = picture(fig, "", "")
    ink = np.asarray(Image.open(io.BytesIO(drawn.png)).convert("L")) < 200
    assert not np.concatenate([ink[:, :10].ravel(), ink[:, -10:].ravel(), ink[:10].ravel(), ink[-10:].ravel()]).any()
    return drawn.width - fig.get_figwidth() * 96, drawn.height - fig.get_figheight() * 96


def test_a_legend_wider_than_the_page_makes_it_larger():
    """A funder's name of 116 letters; both ends of it are on the picture."""
    fig, axes = canvas(2.5)
    names = {"ministry": "Ministry of " + "x" * 104, "scheme": "Scheme"}
    stacked_columns(axes[0, 0], pd.DataFrame([[1.0], [2.0]], index=list(names), columns=[2027]), names)
    FigureCanvasAgg(fig).draw()

    assert fig.legends[0].get_window_extent().x0 < 0
    assert not fits(fig)
    assert enlarged_by(fig)[0] > 50


def test_a_text_beyond_the_left_edge_makes_the_page_larger():
    """It is centred at the left end of the axes, and so wide that half of it is longer than the space there."""
    fig, axes = canvas(1.5)
    horizontal_bars(axes[0, 0], ["rent"], [1.0], ["1"], "NPR")
    axes[0, 0].text(0, 0.2, "a text of forty letters, and a few more", ha="center")
    FigureCanvasAgg(fig).draw()

    assert axes[0, 0].texts[-1].get_window_extent().x0 < 0
    assert not fits(fig)
    assert enlarged_by(fig)[0] > 50


def test_a_label_longer_than_the_height_of_the_page_makes_it_larger():
    """A long name of a currency, beside low axes."""
    fig, axes = canvas(1.5)
    axes[0, 0].plot([1, 2])
    axes[0, 0].set_ylabel("a name of sixty letters, which is as high as half a page, too")
    FigureCanvasAgg(fig).draw()

    assert not fits(fig)
    assert enlarged_by(fig)[1] > 50


def test_axes_whose_ticks_change_at_each_measurement_do_not_fit():
    """Nobody has measured their last labels."""
    fig, axes = canvas(1.5)
    axes[0, 0].plot([0, 1])
    axes[0, 0].yaxis.set_major_locator(AlwaysAnother())
    FigureCanvasAgg(fig).draw()
    assert not fits(fig)


class AlwaysAnother(Locator):
    """A tick that moves whenever it is asked for."""

    value = 0.0

    def __call__(self):
        """Positions of the ticks."""
        self.value = (self.value + 0.01) % 1
        return [self.value]


def test_a_text_beside_the_longest_bar_ends_at_the_margin():
    """However long it is: the axes become shorter by as much as it needs."""
    fig, axes = canvas(1.5)
    axes[0, 0].barh([0], [1.0])
    axes[0, 0].text(1.0, 0, "a text that is long enough to stand out of the axes, by half of the page")
    FigureCanvasAgg(fig).draw()
    assert axes[0, 0].texts[0].get_window_extent().x1 == pytest.approx(fig.bbox.width - MARGIN * fig.dpi, abs=1)


def test_the_last_mark_ends_at_the_margin():
    """It stands at 0.9 of the axis, which is half as long as before beside a long name, so it stands out further."""
    fig, axes = canvas(1.5)
    horizontal_bars(axes[0, 0], ["name of forty letters, beside its own bar"], [1.0], ["1"], "NPR")
    axes[0, 0].set(xlim=(0, 1), xticks=[0.9], xticklabels=["a long mark, of a third of the page"])
    FigureCanvasAgg(fig).draw()
    assert axes[0, 0].get_xticklabels()[0].get_window_extent().x1 == pytest.approx(fig.bbox.width - MARGIN * fig.dpi, abs=1)


def test_axes_are_measured_again_where_they_get_other_marks():
    """More marks in the room that they get, hence wider labels: these are on the page, too."""
    fig, axes = canvas(3.0)
    axes[0, 0].plot([0, 1e6])
    axes[0, 0].yaxis.set_major_locator(WideWhenHigh(axes[0, 0]))
    FigureCanvasAgg(fig).draw()
    assert distance_to_edge(fig) == pytest.approx(MARGIN, abs=0.02)


class WideWhenHigh(Locator):
    """Marks with long numbers where axes are higher than those that matplotlib starts with."""

    def __init__(self, ax):
        self.ax = ax

    def __call__(self):
        """Places of the marks."""
        return [123456.789] if self.ax.bbox.height > 0.8 * self.ax.figure.bbox.height else [1]


def rows_with_ink(png):
    """For each row of pixels, whether anything is drawn in it."""
    return (np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 200).any(axis=1)


def test_title_and_source_stand_above_and_below_the_drawing():
    """The picture is higher by both; the title is within the height that the page leaves out, and nothing else is."""
    bare, whole = picture(drawing(), "", ""), picture(drawing(), "Costs rise", "Source: us")
    ink = rows_with_ink(whole.png)
    drawn, title_rows = rows_with_ink(bare.png), round(whole.title_height * 144 / 96)

    assert bare.title_height == 0
    assert whole.height > bare.height + whole.title_height
    assert ink[:title_rows].any()
    assert not ink[title_rows - 3 : title_rows + 3].any()
    assert ink[title_rows:-30].sum() == drawn.sum()  # every row of the drawing
    assert ink[-30:].any()


def test_a_long_title_has_as_many_lines_as_it_needs():
    """None is cut at the edge: the last columns of pixels stay white."""
    short, long = text_image("Costs rise", 600, fontsize=11), text_image("Costs rise every year " * 6, 600, fontsize=11)

    assert long.height > 1.8 * short.height
    assert (np.asarray(long)[:, -10:] == 255).all()


def test_a_dollar_is_a_dollar_in_a_title():
    """Matplotlib would set what stands between two of them as a formula."""
    assert text_image("no mathematics: $\\frac{$ " * 5, 600, fontsize=11).height
    dollars, letters = ((np.asarray(text_image(text, 600, fontsize=11)) < 200).any(axis=(0, 2)) for text in ("$x$", "xx"))
    assert np.flatnonzero(dollars).max() > np.flatnonzero(letters).max()


@pytest.mark.parametrize("style", [TITLE, SOURCE])
@pytest.mark.parametrize("text", ["Coût de l’année : 1 %", "Costs rise every year " * 12])
def test_letters_of_every_script_have_the_same_look(text, style):
    """Both ways to draw a text break its lines at the same places, and give it the same room, within some pixels."""
    boxes = []
    for draw in (common_letters, any_letters):
        drawn = draw(text, 1000, **style)
        rows, columns = (np.flatnonzero((np.asarray(drawn) < 150).any(axis=axis)) for axis in (1, 0))
        boxes.append([*drawn.size, rows.min(), rows.max(), columns.min(), columns.max()])
    assert boxes[0] == pytest.approx(boxes[1], abs=4)


def test_a_title_in_other_letters_uses_the_fonts_of_the_machine(monkeypatch):
    """Arabic letters run from right to left and join, which only matplotlib's text layout knows."""
    asked: list[Figure] = []
    monkeypatch.setattr(figure_text, "choose_fonts", asked.append)
    assert text_image("Costs of وزارة", 600, **TITLE).height == pytest.approx(
        text_image("Costs of it", 600, **TITLE).height, abs=2
    )
    assert len(asked) == 1


def test_pictures_are_stacked_on_white():
    """A narrow one leaves white at its right."""
    page = stacked(Image.new("RGB", (2, 1), "black"), Image.new("RGB", (3, 2), "black"))
    assert page.size == (3, 3)
    assert page.getpixel((2, 0)) == (255, 255, 255)


def test_the_source_names_package_scenario_version_and_date():
    """As in the title block of the report."""
    plan = plan_of("nepal")
    assert source_line(plan) == "Source: imis_plan 0.1.0, scenario nepal, version 1 of November 23, 2026"


def test_the_source_names_option_and_changes():
    """A figure of a what-if is not taken for one of the scenario."""
    plan = load("nepal", option="plastic_cards").replace({"coverage.target": 0.5})
    assert source_line(plan).endswith("; option “Plastic cards”; with changed parameters")


def test_several_scenarios_are_counted_and_none_is_no_source():
    """A portfolio; a notebook that named no plan."""
    assert source_line(plan_of("nepal"), plan_of("chad")) == "Source: imis_plan 0.1.0, 2 scenarios"
    assert source_line() == ""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_with_figures_names_their_source(name):
    """Before the first of them."""
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", nbformat.NO_CONVERT).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert 0 < code.index("display.set_source(") < code.index("display.figure(")
