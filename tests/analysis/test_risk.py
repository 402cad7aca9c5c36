"""Views of the plan under uncertainty."""

import numpy as np
import pytest

from imis_plan import budget, load, simulate
from imis_plan.analysis import risk
from imis_plan.model.year_labels import year_label
from imis_plan.sections.risk import figures as risk_figures, tables as risk_tables, text as risk_text


@pytest.fixture(scope="module")
def plan():
    """Malawi, with an envelope of four billion kwacha a year."""
    return load("malawi").replace({"uncertainty.envelope": [4e9] * 15})


@pytest.fixture(scope="module")
def result(plan):
    """Four thousand draws of it."""
    return simulate(plan, 4000)


def test_percentiles_rise(result):
    """P10, P50, P80 and P90 stand in their order, in every year and in all."""
    table = risk.percentiles(result)[["P10", "P50", "P80", "P90"]]

    assert (table.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)


def test_means_of_the_years_add_up_but_percentiles_do_not(result):
    """Means add up to the mean of the total; the P90 of the years together are not the P90 of the total."""
    table = risk.percentiles(result)
    years, total = table.drop(index=risk.TOTAL), table.loc[risk.TOTAL]

    assert years["mean"].sum() == pytest.approx(total["mean"])
    assert years["P90"].sum() != pytest.approx(total["P90"], rel=1e-5)


def test_the_reserve_of_the_chance_of_the_point_is_nothing(result):
    """At the percentile where the point estimate stands, no contingency is needed."""
    chance = risk.percentiles(result).loc[risk.TOTAL, "chance"]

    assert risk.reserve(result, chance) == pytest.approx(0, abs=0.002 * result.point)


@pytest.mark.parametrize(
    ("money", "chance", "short"),
    [
        (10.0, 1.0, 0.0),  # more than any draw
        (0.5, 0.0, 2.0),  # less than all: mean of 1, 2, 3, 4 less 0.5
        (2.0, 0.5, 1.5),  # two of four are covered; 3 and 4 lack 1 and 2
    ],
)
def test_chance_of_an_envelope(money, chance, short):
    """The chance counts the draws that the money covers; the shortfall is the mean of the others."""
    assert risk.envelope_chance(np.array([1.0, 2.0, 3.0, 4.0]), money) == (money, chance, short)


def test_no_envelope_no_test(result):
    """Without a stated envelope the table is empty and the sentence says so."""
    plan = load("borsa")

    assert risk.envelope(plan, result).empty
    assert "The scenario assumes no budget ceiling" in risk_text.chance_of_envelope(plan, result)


def test_the_tornado_is_the_plan_with_one_leaf_changed(plan):
    """Each bar equals the base cost of the plan with that one parameter at its end."""
    table = risk.tornado(plan)
    path = str(table.index[0])
    parameter = plan.parameters[path]
    expected = [simulate(plan.replace({path: end}), 1).point for end in (parameter.low, parameter.high)]

    assert list(table.loc[path, ["low", "high"]]) == pytest.approx(expected)


def test_break_even():
    """At the break-even price the option costs what the base costs."""
    nepal = load("nepal")
    price = risk.break_even(nepal, load("nepal", "phones_for_assistants"), "phones.handset")
    assert price is not None
    base, option = (
        simulate(load("nepal", option=o, changes={"phones.handset": price}), 1).point for o in (None, "phones_for_assistants")
    )

    assert option == pytest.approx(base, rel=1e-3)


def test_no_break_even_where_lines_never_cross():
    """An option that is costlier at any price has no break-even."""
    assert risk.break_even(load("nepal"), load("nepal", "plastic_cards"), "printing.page") is None


def test_words_follow_the_ranges(plan, result):
    """Changing one price's range moves the sentence on causes, the S-curve and the tornado."""
    path = "roles.data_entry_clerk.pay"
    parameter = plan.parameters[path]
    wide = {
        "value": parameter.value,
        "low": parameter.low,
        "high": 40 * parameter.high,
        "source": parameter.source,
        "confidence": parameter.confidence,
        "price_year": parameter.price_year,
    }
    other = plan.replace({path: wide})
    changed = simulate(other, 4000)

    assert risk_text.sensitivity(other, changed) != risk_text.sensitivity(plan, result)
    assert risk_text.cost_range(other, changed) != risk_text.cost_range(plan, result)
    curves = risk_figures.s_curve(other, budget(other), changed), risk_figures.s_curve(plan, budget(plan), result)
    assert curves[0].alt != curves[1].alt
    assert risk_figures.tornado(other, changed).alt != risk_figures.tornado(plan, result).alt


def test_contingency_sentence_states_both(plan, result):
    """The sentence holds the contingency of the budget and the one that the percentile asks for."""
    text = risk_text.contingency_needed(plan, budget(plan), result)

    assert "80% confidence requires" in text
    assert "of the point estimate" in text
    assert "The budget of " in text


def test_the_chance_of_a_sum_counts_the_cases_that_it_covers(plan, result):
    """A ledger of the largest case covers all; without contingency, the chance is that of the point."""
    ledger = budget(plan.replace({"contingency.method": "none"}))
    asked = risk.budget_sum(ledger, result)

    assert (asked.contingency, asked.base) == (0, asked.total)
    assert asked.chance == risk.percentiles(result).loc[risk.TOTAL, "chance"]
    assert risk.chance_of_sum(result, float(result.total.max())) == 1
    assert risk.chance_of_sum(result, 0.9 * float(result.total.min())) == 0


@pytest.mark.parametrize(("method", "marks"), [("none", 3), ("lines", 4)])
def test_the_curve_marks_the_sum_asked_for(plan, result, method, marks):
    """With contingency the base cost as well; the caption has the chance of the sum."""
    ledger = budget(plan.replace({"contingency.method": method}))
    found = risk_figures.s_curve(plan, ledger, result)
    axes = found.fig.axes[0]
    total = float(ledger["amount"].sum())

    assert len(axes.lines) == marks
    assert total in [float(np.ravel(line.get_xdata())[0]) for line in axes.lines]
    assert f"sufficient in {risk.chance_of_sum(result, total):.0%} of cases" in found.caption


def test_tables_have_a_row_for_every_year_and_the_total(plan, result):
    """Percentiles and envelope are shown by year and in all."""
    years = [year_label(plan, year) for year in result.years]

    assert list(risk_tables.percentiles(plan, result)["frame"].index) == [*years, "Total"]
    assert list(risk_tables.envelope(plan, result)["frame"].index) == [*years, "Total"]
    assert len(risk_tables.sensitivity(plan, 7)["frame"]) == 7


@pytest.mark.parametrize(
    ("money", "said", "not_said"),
    [
        (1e15, "is sufficient in all cases", "tightest"),  # more than any draw: no year is tight
        (1.0, "is never sufficient", "where it is not"),  # less than all
    ],
)
def test_an_envelope_at_either_end_reads_well(plan, result, money, said, not_said):
    """Always and never are said as such."""
    text = risk_text.chance_of_envelope(plan.replace({"uncertainty.envelope": [money] * 15}), result)

    assert said in text
    assert not_said not in text


def test_a_percentile_below_the_point_asks_for_no_contingency(plan, result):
    """Where the point estimate is costlier than the percentile, nothing negative is asked for."""
    cheap = plan.replace({"contingency.percentile": 0.01})

    assert "already gives" in risk_text.contingency_needed(cheap, budget(plan), result)
