"""The page for a minister: figures in large type, five sentences, the decisions asked for."""

import dataclasses
import re
from functools import cache

import pytest

from imis_plan.analysis import options, summary
from imis_plan.i18n import formats
from imis_plan.model import simulation
from imis_plan.model.ledger import budget
from imis_plan.problems import Problem
from imis_plan.sections import cost, display, funding, people, risk
from imis_plan.sections.first_page import cards, text as first_page_text
from imis_plan.sections.first_page.text import create_posts
from imis_plan.sections.html_cards import Card
from tests.model.plans import ledger_of, plan_of

DRAWS, SEED = 400, 1


def first_page(name, changes=None):
    """Plan, ledger and a small simulation."""
    plan = plan_of(name).replace(changes) if changes else plan_of(name)
    ledger = budget(plan) if changes else ledger_of(name)
    return plan, ledger, simulation.simulate(plan, DRAWS, SEED)


def test_six_figures_are_those_of_the_ledger():
    """Total, per insured, recurrent, posts, gap, range: each as the headline has it."""
    plan, ledger, result = first_page("tanzania")
    h = summary.headline(plan, ledger)
    values = [card.value for card in cards.headline(plan, ledger, result)]

    assert values[:3] == [
        formats.money(h["total"], "TZS"),
        formats.money_with_cents(h["per_insured_year"], "TZS"),
        formats.money(h["recurrent_after"], "TZS"),
    ]
    assert values[3] == "80"
    assert values[4] == formats.money(h["unfunded"], "TZS")
    assert len(set(re.findall(r"TZS [\d.]+ \w+", values[5]))) == 2


def test_posts_that_exist_and_posts_to_create_make_those_that_are_needed():
    """Nepal needs 291: 154 clerks of 286, 3 system administrators and 1 of 2 for servers exist; the fourth administrator is no clerk."""
    plan, ledger, result = first_page("nepal")
    posts = cards.headline(plan, ledger, result)[3]

    assert (posts.value, posts.note) == ("291", f"of which {154 + 3 + 1} exist today")
    assert f"Create {291 - 158} posts" in next(create_posts(plan))


def test_each_figure_leads_to_a_table_of_the_report():
    """That with its amounts."""
    plan, ledger, result = first_page("tanzania")
    made = [cost.tables.components(plan, ledger), cost.tables.unit_costs(plan, ledger), cost.tables.capital_and_recurrent(plan, ledger), people.tables.posts_by_role(plan),
            funding.tables.funding_by_year(plan, ledger), risk.tables.percentiles(plan, result)]  # fmt: skip

    assert [card.target for card in cards.headline(plan, ledger, result)] == [f"t-{table['key']}" for table in made]


def test_a_plan_that_insures_nobody_has_a_dash_for_each_person():
    """There is nobody to divide by."""
    plan, ledger, _result = first_page("zanzibar")
    h = summary.headline(plan, ledger) | {"per_insured_year": float("nan")}

    assert cards.cost_per_insured(plan, h).value == "–"


@pytest.mark.parametrize("name", ["tanzania", "borsa", "zanzibar"])
def test_five_sentences_each_lead_to_a_table(name):
    """What it buys, where the money goes, who pays, who is needed, how sure it is."""
    plan, ledger, result = first_page(name)
    lines = first_page_text.key_messages(plan, ledger, result).splitlines()

    assert len(lines) == 5
    assert all(re.match(r"- \*\*\[[^]]+\]\(#t-\w+\)\.\*\* \S", line) for line in lines)


@cache
def alternatives_of(name):
    """A scenario with its options, computed once."""
    return options.alternatives(plan_of(name))


def decided(plan, ledger, result):
    """What is asked for, by its first words."""
    text = first_page_text.decisions(plan, ledger, result, alternatives_of(plan.name))
    return re.findall(r"^\d+\. \*\*(.+?)\*\*", text, re.MULTILINE)


def test_decisions_follow_from_the_plan():
    """A funder for the gap, posts beyond those that exist, a reserve, the option that saves most, own prices."""
    assert decided(*first_page("nepal")) == [
        "Approve",
        "Close the funding gap",
        "Take over",
        "Create 133 posts",
        "Set the contingency",
        "Decide on the option",
        "Obtain price quotations first",
    ]


def test_what_is_settled_is_not_asked_for():
    """Without a rule of funding: who pays at all. With a reserve as large as the percentile asks: nothing about it."""
    plan, ledger, _result = first_page("borsa", {"contingency.method": "percentile", "contingency.percentile": 0.8})
    asked = decided(plan, ledger, simulation.planned_simulation(plan))

    assert "Identify the funders" in asked
    assert "Close the funding gap" not in asked
    assert "Set the contingency" not in asked


def test_nobody_is_asked_to_hire_whom_there_is():
    """Existing posts that suffice."""
    plan, ledger, result = first_page("borsa")
    roles = {f"roles.{role.key}.existing": 50.0 for role in plan.roles}

    assert not [text for text in decided(plan.replace(roles), ledger, result) if text.startswith("Create")]
    assert [text for text in decided(plan, ledger, result) if text.startswith("Create")]


def test_an_option_that_serves_fewer_saves_nothing_worth_choosing():
    """Of Tanzania's options only those that reach as many people are proposed."""
    found = alternatives_of("tanzania")
    delayed = {
        name: case for name, case in found.cases.items() if case.figures["insured_years"] < found.base.figures["insured_years"]
    }
    only = dataclasses.replace(found, cases=delayed)

    assert delayed
    plan, ledger, result = first_page("tanzania")
    assert "**Decide on the option**" not in first_page_text.decisions(plan, ledger, result, only)


def test_cards_are_a_list_of_terms_and_nothing_in_them_is_markup(monkeypatch):
    """Label, figure with its link, what explains it."""
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: shown.append(bundle))
    display.cards([Card("a < b", "1 & 2", "<i>", "t-x")])
    (bundle,) = shown

    assert bundle["text/html"] == (
        '<dl class="cards"><div class="card"><dt>a &lt; b</dt>'
        '<dd class="figure"><a href="#t-x">1 &amp; 2</a></dd><dd>&lt;i&gt;</dd></div></dl>'
    )
    assert bundle["text/plain"] == "a < b: 1 & 2 (<i>)"


def test_years_of_the_index_are_the_ledger_in_dollars():
    """Both kinds together make the total."""
    ledger = ledger_of("nepal")
    yearly = summary.usd_by_year(ledger)

    assert yearly["years"] == [2027, 2028, 2029, 2030, 2031]
    assert sum(yearly["capital"]) + sum(yearly["recurrent"]) == pytest.approx(ledger["amount_usd"].sum())


def test_series_that_end_early_are_named(monkeypatch):
    """2021 for a budget that begins in 2027; a series that ends three years before it is as new as published figures are."""
    plan, ledger, result = first_page("borsa")
    old = plan.replace(
        {
            "money.exchange_rates": {"value": {2020: 574.3, 2021: 554.5}},
            "money.home_inflation": {"value": {2023: 0.041, 2024: 0.02}},
            "time.base_year": 2027,
        }
    )
    assert first_page_text.early_series(old) == (
        "The published series end early (exchange rates in 2021), while the budget begins in 2027: the years between follow the"
        " planning rate and the expected inflation. Newer figures are worth the search."
    )
    lines = first_page_text.key_messages(old, ledger, result).splitlines()
    assert lines[0].startswith("- **Old series.** The published series end early")
    assert first_page_text.early_series(plan) == ""


def test_a_draft_says_so_first():
    """With the questions that are open and the values that stand for their answers."""
    plan, ledger, result = first_page("borsa")
    asked = {path: dataclasses.replace(plan.parameters[path], open=True) for path in ("coverage.target", "facilities.number")}
    found = tuple(Problem("borsa.yaml", 1, path, "?", "give it", question=True) for path in asked)
    draft = dataclasses.replace(plan, parameters={**plan.parameters, **asked}, questions=found)
    lines = first_page_text.key_messages(draft, ledger, result).splitlines()
    value = f"{plan['facilities.number']:,.0f}"
    assert lines[0] == (
        "- **Draft.** 2 questions are open; typical values of comparable scenarios stand for their answers: Share of the population"
        f" with an active policy at full roll\\-out \\(0\\.12\\) and Facilities contracted at full roll\\-out"
        f" \\({value}\\)\\."
    )
    assert cost.text.report_title(draft).startswith("# Draft: ")
