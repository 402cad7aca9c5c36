"""Figures: what is drawn is what the ledger says, and caption and alternative text carry the numbers."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from imis_plan.analysis import risk as analysis_risk, summary
from imis_plan.analysis.options import alternatives
from imis_plan.analysis.plausibility import plausibility
from imis_plan.analysis.posts import staffing
from imis_plan.i18n import formats
from imis_plan.model.ledger import budget
from imis_plan.model.year_labels import year_label
from imis_plan.problems import Problem
from imis_plan.scenario.open_questions import UNCONFIRMED
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.sections import cost, evidence, figure_style, funding, people, risk
from imis_plan.sections.figure_bars import CORNERS
from imis_plan.sections.figure_style import width_for_labels
from tests.model.plans import ledger_of, plan_of


def drawing(fig) -> Any:
    """The axes on which a figure is drawn."""
    return fig.axes[0]


def lengths(fig, coordinate):
    """How long the bars of a figure are along an axis, one series after the other."""
    bars = [patch.get_path().vertices.reshape(-1, CORNERS, 2) for patch in drawing(fig).patches]
    return [float(each) for found in bars for each in np.ptp(found[..., coordinate], axis=1)]


def shown(name):
    """All figures of a scenario's report by name."""
    plan, ledger = plan_of(name), ledger_of(name)
    made = {
        "components": cost.figures.components(plan, ledger), "years": cost.figures.by_year(plan, ledger), "top_lines": cost.figures.largest_lines(plan, ledger),
        "rollout": people.figures.rollout(plan), "staff": people.figures.posts_by_year(plan), "confidence": evidence.figures.grades(ledger), "bands": evidence.figures.benchmarks(plan, ledger),
    }  # fmt: skip
    return made | ({"funders": funding.figures.funding_by_year(plan, ledger)} if plan.funding else {})


@pytest.mark.parametrize("letters", [0, 40, 97, 200])
def test_bars_end_before_their_texts_however_long_the_labels(letters):
    """The axis is longer than the longest bar, by as much of the page as the text needs, and at most twice as long beside a long label."""
    width = width_for_labels(["x" * letters, "rent"], ["1.81 billion XAF (21 %)"])

    assert 1 < width <= 2
    assert width == width_for_labels(
        [f"{'x' * letters}\n{'x' * letters}", "rent"], ["1.81 billion XAF (21 %)"]
    )  # lines stand below each other


@pytest.mark.parametrize("name", ["tanzania", "borsa", "zanzibar"])
def test_every_figure_has_a_caption_and_an_alternative(name):
    """Both are text, and the alternative starts with the finding and goes on with values."""
    made = shown(name)

    assert len(made) >= 7
    for fig, caption, alt, *_ in made.values():
        assert fig.axes
        assert caption.strip()
        assert alt.startswith(caption + ". ")
        assert any(c.isdigit() for c in alt)


def test_components_are_drawn_in_order_with_their_amounts():
    """Bars are the sums by component, largest first; the caption names the first two and their share."""
    ledger = ledger_of("tanzania")
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    sums = sums[sums > 0]
    fig, caption, alt, *_ = cost.figures.components(plan_of("tanzania"), ledger)

    assert lengths(fig, 0) == pytest.approx(sums.tolist())
    assert formats.share(sums.iloc[:2].sum() / sums.sum()) in caption
    for amount in sums:
        assert formats.money(amount, "TZS") in alt


def test_years_stack_to_the_total_of_the_year():
    """Recurrent, capital and contingency of each year; the caption names the dearest."""
    ledger = ledger_of("tanzania")
    yearly = ledger.groupby("year")["amount"].sum()
    fig, caption, alt, *_ = cost.figures.by_year(plan_of("tanzania"), ledger)
    heights = np.array(lengths(fig, 1)).reshape(3, 5)

    assert heights.sum(axis=0).tolist() == pytest.approx(yearly.tolist())
    assert caption.startswith("FY 2029/30 is the highest-cost year")
    assert yearly.idxmax() == 2029
    for year, amount in yearly.items():
        assert f"{year_label(plan_of('tanzania'), year)}: {formats.money(amount, 'TZS')}" in alt


def test_years_without_contingency_are_drawn_too():
    """A plan may carry no contingency."""
    plan = plan_of("chad").replace({"contingency.method": "none"})
    ledger = budget(plan)
    fig, _, *_ = cost.figures.by_year(plan, ledger)
    heights = lengths(fig, 1)

    assert sum(heights) == pytest.approx(ledger["amount"].sum())


def test_the_largest_lines_are_drawn_with_their_share():
    """Ten bars; the caption says how much of the cost they make."""
    ledger = ledger_of("tanzania")
    top = summary.largest_lines(ledger)
    fig, caption, alt, *_ = cost.figures.largest_lines(plan_of("tanzania"), ledger)

    assert lengths(fig, 0) == pytest.approx(top["amount"].tolist())
    assert formats.share(top["share"].sum()) in caption
    assert formats.money(top["amount"].iloc[0], "TZS") in alt


def test_the_rollout_shows_insured_and_enrolments():
    """A line for the insured at the end of the year, columns for those who enrol."""
    drivers = summary.drivers(plan_of("tanzania"))
    fig, caption, alt, *_ = people.figures.rollout(plan_of("tanzania"))
    (line,) = drawing(fig).lines

    assert list(line.get_ydata()) == pytest.approx(drivers.loc["insured"].tolist())
    assert lengths(fig, 1) == pytest.approx(drivers.loc["new_insured"].tolist())
    assert "1.64 million" in caption  # at the start
    assert formats.compact(drivers.loc["insured", 2031]) in caption
    assert f"FY 2031/32: {formats.compact(drivers.loc['insured', 2031])}" in alt


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"roles.data_entry_clerk.cover.posts": 0}, "grows from"),  # more insured, more clerks
        ({}, "has"),  # a clerk in each office, whatever the work
        (
            {"roles.data_entry_clerk.cover.posts": 0, "claims.per_insured_year": [5.0, 4, 3, 2, 1]},
            "has",
        ),  # fewer claims, fewer clerks
    ],
)
def test_the_team_grows_or_it_does_not(changes, word):
    """The caption follows the posts, with those of the first and the last year."""
    plan = plan_of("tanzania").replace(changes)
    posts = staffing(plan).groupby("year")["posts"].sum()
    fig, caption, *_ = people.figures.posts_by_year(plan)

    between = "to" if word == "grows from" else "and"
    assert caption == f"The IT team {word} {posts[2027]:g} posts in FY 2027/28 {between} {posts[2031]:g} in FY 2031/32"
    assert sum(lengths(fig, 1)) == pytest.approx(posts.sum())


def test_grades_fill_each_component():
    """Each bar is one whole: the shares of a component add up to one."""
    ledger = ledger_of("tanzania")
    fig, caption, alt, *_ = evidence.figures.grades(ledger)
    base = summary.without_contingency(ledger)
    count = (base.groupby("component")["amount"].sum() > 0).sum()
    widths = np.array(lengths(fig, 0)).reshape(-1, count)
    shares = summary.by_grade(ledger)["price"]

    assert widths.sum(axis=0).tolist() == pytest.approx([1] * count)
    assert caption.startswith(formats.share(1 - shares["assumed"]))
    assert f"A, primary source: {formats.share(shares['A'], 1)}" in alt


def test_bands_are_drawn_with_this_budget_on_them():
    """One diamond for each band with a verdict, red outside; the caption counts those inside."""
    plan, ledger = plan_of("tanzania"), ledger_of("tanzania")
    table = plausibility(plan, ledger)
    table = table[table["verdict"] != ""]
    fig, caption, alt, *_ = evidence.figures.benchmarks(plan, ledger)
    (diamonds,) = drawing(fig).collections
    inside = (table["verdict"] == "within").sum()

    assert len(diamonds.get_offsets()) == len(table)
    assert [0 <= x <= 1 for x in diamonds.get_offsets()[:, 0]] == (table["verdict"] == "within").tolist()
    assert caption == f"The budget is within {inside} of {len(table)} published ranges"
    assert f"{table.iloc[0].value:.4g}" in alt


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1, 0),  # the low end
        (100, 1),  # the high end
        (10, 0.5),  # halfway on a logarithmic scale
        (1e9, 2.2),  # held within the drawing
        (1e-9, -1.2),
        (0, -1.2),  # nothing has no logarithm
    ],
)
def test_a_value_has_its_place_on_the_band(value, place):
    """A band from 1 to 100."""
    assert evidence.figures.position_in_band(value, 1, 100) == pytest.approx(place)


def test_funders_stack_to_the_year_and_the_gap_is_named():
    """Who pays in which year; the caption says what nobody pays, in all and in the last year."""
    plan, ledger = plan_of("tanzania"), ledger_of("tanzania")
    table = summary.by_funder(plan, ledger)
    fig, caption, alt, *_ = funding.figures.funding_by_year(plan, ledger)

    assert sum(lengths(fig, 1)) == pytest.approx(ledger["amount"].sum())
    assert caption.startswith(formats.money(table.loc["unfunded", "total"], "TZS"))
    assert formats.money(table.loc["unfunded", 2031], "TZS") in caption
    assert "not yet funded: " in alt


def test_the_caption_of_proposed_funding_says_that_it_is_not_decided():
    """The amount in the conditional."""
    asked = Problem("tanzania.yaml", 1, "funding", UNCONFIRMED, "check it", question=True)
    plan, ledger = dataclasses.replace(plan_of("tanzania"), questions=(asked,)), ledger_of("tanzania")
    gap = summary.by_funder(plan, ledger).loc["unfunded", "total"]
    _, caption, *_ = funding.figures.funding_by_year(plan, ledger)
    assert caption.startswith(f"Funding is not decided: as proposed, {formats.money(gap, 'TZS')} would be unfunded over the plan")
    rule = FundingRule(funder="Bank", components="all", share=1.0, years="all")
    _, caption, *_ = funding.figures.funding_by_year(dataclasses.replace(plan, funding=(rule,)), ledger)
    assert caption == "Funding is not decided: as proposed, all lines would be funded"


def test_without_a_gap_the_caption_says_zero():
    """Everything is paid."""
    rule = FundingRule(funder="Bank", components="all", share=1.0, years="all")
    _, caption, *_ = funding.figures.funding_by_year(dataclasses.replace(plan_of("chad"), funding=(rule,)), ledger_of("chad"))

    assert caption == "XAF 0 are unfunded over the plan, of which XAF 0 in 2031"


def test_an_axis_is_in_the_currency_of_the_scenario():
    """Label and ticks speak of money; 0 is 0."""
    fig, _, *_ = cost.figures.by_year(plan_of("nepal"), ledger_of("nepal"))
    axis = drawing(fig).yaxis

    assert drawing(fig).get_ylabel() == "NPR"
    assert axis.get_major_formatter()(0, 0) == "0"
    assert axis.get_major_formatter()(2.5e8, 1) == formats.compact(2.5e8)
    assert [tick.get_text() for tick in drawing(fig).get_xticklabels()] == [
        "FY 2027/28",
        "FY 2028/29",
        "FY 2029/30",
        "FY 2030/31",
        "FY 2031/32",
    ]


def test_long_labels_are_broken_between_words():
    """As many lines as needed, no word cut."""
    assert figure_style.wrapped("one two three", width=8) == "one two\nthree"
    assert figure_style.wrapped("one", width=8) == "one"
    assert figure_style.wrapped("uninterruptible power", width=8) == "uninterruptible\npower"
    assert figure_style.wrapped("deux mots\u00a0: un", width=8) == "deux\nmots\u00a0:\nun"


def test_nothing_to_draw_is_drawn_as_nothing():
    """Bars of no length still have an axis."""
    fig, axes = figure_style.canvas(1.0)
    figure_style.horizontal_bars(axes[0, 0], ["a"], [0.0], ["0"], "NPR")

    assert axes[0, 0].get_xlim() == (0, 1)
    assert axes[0, 0].get_xlabel() == "NPR"
    assert fig.axes


def test_parameters_of_one_description_stay_apart_in_the_data():
    """Two roles may have a parameter each that is described by the same words: a row for each bar."""
    plan = plan_of("borsa")
    simulation = alternatives(plan).simulation
    fig, _caption, _alt, data, _name = risk.figures.tornado(plan, simulation)

    assert len(data) == len(drawing(fig).get_yticks())
    assert data.iloc[:, 0].duplicated().any()
    assert data["at its high"].tolist() == analysis_risk.tornado(plan).head(len(data))["high"].tolist()
