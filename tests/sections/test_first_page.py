"""The page for a minister: figures in large type, six sentences, the decisions asked for."""

import dataclasses
import functools
import re

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis import risk as risk_of, summary
from imis_plan.analysis.outliers import causes_below
from imis_plan.i18n import formats, translate
from imis_plan.model import simulation
from imis_plan.model.funding import is_proposed
from imis_plan.model.ledger import budget
from imis_plan.problems import Problem
from imis_plan.scenario.open_questions import UNCONFIRMED
from imis_plan.sections import cost, display, evidence, funding, people, procurement, risk
from imis_plan.sections.first_page import cards, option_decisions, text as first_page_text
from imis_plan.sections.first_page.text import create_posts
from imis_plan.sections.html_cards import Card
from tests.model.plans import NAMES, alternatives_of, ledger_of, plan_of

DRAWS, SEED = 400, 1


def first_page(name, changes=None):
    """Plan, ledger and a small simulation."""
    plan = plan_of(name).replace(changes) if changes else plan_of(name)
    ledger = budget(plan) if changes else ledger_of(name)
    return plan, ledger, simulation.simulate(plan, DRAWS, SEED)


def test_six_figures_are_those_of_the_ledger():
    """Total, per insured, running cost, posts, gap, range: each as the headline has it."""
    plan, ledger, result = first_page("tanzania")
    h = summary.headline(plan, ledger)
    values = [card.value for card in cards.headline(plan, ledger, result)]

    assert values[:3] == [
        formats.money(h["total"], "TZS"),
        formats.money_with_cents(h["per_insured_year"], "TZS"),
        formats.money(h["running_cost"], "TZS"),
    ]
    assert values[3] == "132"
    assert values[4] == formats.money(h["unfunded"], "TZS")
    assert re.fullmatch(r"TZS [\d.]+–[\d.]+ billion", values[5].replace(formats.NO_BREAK, " "))


def test_the_budget_says_why_its_last_year_is_below_the_running_cost():
    """Tanzania's last budget buys less equipment than a year's part of it; Nepal's contains more than the running cost."""
    plan, ledger, result = first_page("tanzania")
    h = summary.headline(plan, ledger)
    last = ledger.loc[ledger["year"] == 2031, "amount"].sum()
    assert last < h["running_cost"]
    recurrent, equipment = h["recurrent_after"], h["running_cost"] - h["recurrent_after"]
    assert cards.headline(plan, ledger, result)[2].note == (
        f"in FY 2031/32: {formats.money(recurrent, 'TZS')} recurrent, {formats.money(equipment, 'TZS')} for equipment over its"
        " useful life"
    )
    assert (
        f"With {formats.money(equipment, 'TZS')} for equipment, spread over its useful life, it costs"
        f" **{formats.money(h['running_cost'], 'TZS')} a year** to keep the system running. The budget of FY 2031/32 is lower ({formats.money(last, 'TZS')}), since it buys less equipment in that year."
    ) in cost.text.headline(plan, ledger)
    plan, ledger, result = first_page("nepal")
    assert "since it buys less" not in cost.text.headline(plan, ledger)


def test_posts_that_exist_and_posts_to_create_make_those_that_are_needed():
    """Nepal needs 292: 154 clerks of 286, 3 system administrators and 1 of 3 for servers exist; the fourth administrator is no clerk."""
    plan, ledger, result = first_page("nepal")
    posts = cards.headline(plan, ledger, result)[3]

    assert (posts.value, posts.note) == ("292", f"of which 286 data-entry clerks; {154 + 3 + 1} of the posts exist today")
    assert f"Create {292 - 158} posts" in next(create_posts(plan))
    assert "of which 286 data-entry clerks. Of these, 158 exist today and 134 are to be created." in people.text.posts(
        plan
    ).replace("\\-", "-")


@pytest.mark.parametrize(
    ("name", "changes", "asked", "year"),
    [
        ("zanzibar", {}, "50% of a post", "FY 2031/32"),  # a clerk of half a post
        (
            "cameroon",
            {"server.cores_per_administrator": 96},
            "202 posts and 50% of a post",
            "2031",
        ),  # 198 clerks, 4 administrators, and a server administrator who works half more
    ],
)
def test_a_part_time_post_is_a_share_of_a_post(name, changes, asked, year):
    """Nobody creates 0.5 posts."""
    sentence = next(create_posts(plan_of(name).replace(changes)))
    assert sentence.startswith(f"**Create {asked}** in addition to existing posts by {year}")


@pytest.mark.parametrize("name", NAMES)
def test_the_sum_stands_with_its_parts_and_its_chance(name):
    """On a card and in the first decision: base cost and contingency, and the share of the simulated cases in which it is enough."""
    plan, ledger, result = first_page(name)
    asked, lcu = risk_of.budget_sum(ledger, result), functools.partial(formats.money, currency=plan.about.currency)
    chance = formats.share((result.total <= ledger["amount"].sum() + 1).mean())
    total, *_others, spread = cards.headline(plan, ledger, result)
    decision = first_page_text.approve_budget(plan, ledger, result)
    p80 = lcu(float(np.quantile(result.total, 0.8)))

    assert asked.base + asked.contingency == pytest.approx(ledger["amount"].sum())
    assert total.value == lcu(asked.total)
    assert total.value in decision
    parts = [lcu(asked.contingency), lcu(asked.base)] if asked.contingency else ["without contingency"]
    assert all(part in total.note for part in parts)
    assert f"sufficient in {chance} of" in decision
    assert f"sufficient in {chance} of cases; P80 is {p80}" in spread.note


def test_a_plan_above_its_expected_cost_says_so_with_the_ranges_that_cause_it():
    """Nepal: no contingency, and the three ranges that lower the mean most, each with its bounds. Zambia: its contingency."""
    plan, ledger, _result = first_page("nepal")
    result = simulation.planned_simulation(plan)
    text = first_page_text.key_messages(plan, ledger, result).splitlines()[-2]
    other = plan_of("zambia")
    with_contingency = risk.text.contingency_needed(other, ledger_of("zambia"), simulation.planned_simulation(other))

    assert f"**The base cost is above the expected cost** of {formats.money(result.total.mean(), 'NPR')}" in text
    assert text.count("; range ") == 2
    for path in causes_below(plan)[:2]:
        assert plan.parameters[path].description in text.replace("\\", "")
    assert "above the expected cost" not in with_contingency
    assert "With it the budget is the expected cost" in with_contingency


def test_a_what_if_says_whose_simulation_its_contingency_is_from():
    """The scenario's, until `--simulate` renews it."""
    plan, ledger, result = first_page("gambia", {"coverage.target": 0.5})
    renewed, own, _result = first_page("gambia", {"coverage.target": 0.5, "contingency.factors": "plan"})

    assert "simulated for gambia without changes" in risk.text.contingency_needed(plan, ledger, result)
    assert "without changes" not in risk.text.contingency_needed(renewed, own, result)


def test_each_figure_leads_to_a_table_of_the_report():
    """That with its amounts."""
    plan, ledger, result = first_page("tanzania")
    made = [cost.tables.components(plan, ledger), cost.tables.unit_costs(plan, ledger), cost.tables.running_cost(plan, ledger), people.tables.posts_by_role(plan),
            funding.tables.funding_by_year(plan, ledger), risk.tables.percentiles(plan, result)]  # fmt: skip

    assert [card.target for card in cards.headline(plan, ledger, result)] == [f"t-{table['key']}" for table in made]


def test_a_plan_that_insures_nobody_has_a_dash_for_each_person():
    """There is nobody to divide by."""
    plan, ledger, _result = first_page("zanzibar")
    h = summary.headline(plan, ledger) | {"per_insured_year": float("nan")}

    assert cards.cost_per_insured(plan, h).value == "–"


@pytest.mark.parametrize(("name", "count"), [("tanzania", 6), ("borsa", 7), ("zanzibar", 6)])
def test_sentences_each_lead_to_a_table(name, count):
    """What it buys, where the money goes, who pays, who is needed, how sure it is, and how it compares; in Borsa, what is late."""
    plan, ledger, result = first_page(name)
    lines = first_page_text.key_messages(plan, ledger, result).splitlines()

    assert len(lines) == count
    assert all(re.match(r"- \*\*\[[^]]+\]\(#t-\w+\)\.\*\* \S", line) for line in lines)


def test_page_one_says_what_can_no_longer_be_delivered_in_time():
    """Borsa's plan of November 2026 for 2027; two years earlier nothing is late."""
    plan, ledger, result = first_page("borsa")
    earlier = dataclasses.replace(plan, about=plan.about.model_copy(update={"date": "2024-11-23"}))
    late = "5 packages of the first year are late already: start them now, or postpone the roll-out."

    assert f"- **[Procurement](#t-form_orders).** {late}" in first_page_text.key_messages(plan, ledger, result).splitlines()
    assert "5 packages can no longer meet their dates" in procurement.text.procurement(plan, ledger)
    assert "Procurement" not in first_page_text.key_messages(earlier, ledger, result)
    with translate.using_language("fr"):
        assert procurement.text.late_in_short(plan, ledger).startswith("5 marchés de la première année sont déjà en retard")


def test_page_one_names_prices_that_double_within_the_plan():
    """22.85% a year, the median of Ghana's years of crisis: 1.2285 ** 4 = 2.28 from the first year to the fifth; 6% is no cause."""
    plan, ledger, result = first_page("borsa", {"money.home_inflation_forward": 0.2285})
    real = formats.money(ledger["amount_real"].sum(), "XAF")
    sentence = (
        f"Domestic prices are expected to be 2.3 times as high in 2031 as in 2027; in constant 2027 prices the total is {real}."
    )
    lines = first_page_text.key_messages(plan, ledger, result).splitlines()
    moderate, amounts, _result = first_page("borsa", {"money.home_inflation_forward": 0.06})

    assert f"- **[Inflation](#p-money.home_inflation_forward).** {sentence}" in lines
    assert f"**Inflation**: {sentence} A forecast, such as" in evidence.text.benchmarks(plan, ledger)
    assert "Inflation" not in first_page_text.key_messages(moderate, amounts, result)
    assert "Inflation" not in evidence.text.benchmarks(moderate, amounts)
    with translate.using_language("fr"):
        assert "multipliés par 2,3 de 2027 à 2031" in evidence.text.prices_that_double(plan, ledger)


def decided(plan, ledger, result):
    """What is asked for, by its first words."""
    text = first_page_text.decisions(plan, ledger, result, alternatives_of(plan.name))
    return re.findall(r"^\d+\. \*\*\[(.+?)\]\(#t-[\w.]+\)\*\*", text, re.MULTILINE)


def test_decisions_follow_from_the_plan():
    """A funder for the gap, posts beyond those that exist, a reserve, the option that saves most, own prices."""
    assert decided(*first_page("nepal")) == [
        "Approve",
        "Close the funding gap",
        "Find a funder from FY 2030/31",
        "Create 134 posts",
        "Set the contingency",
        "Decide on the option",
        "Decide on the option",
        "Obtain quotations first",
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
    assert "Decide on the option" not in first_page_text.decisions(plan, ledger, result, only)


def option_table(**rows):
    """Figures of options beside a base: total, recurrent cost, posts, P80, insured years."""
    columns = ["total", "recurrent_after", "posts", "p80", "insured_years"]
    table = pd.DataFrame.from_dict({"": (1000, 200, 40, 1200, 500), **rows}, orient="index", columns=columns)
    difference = table["total"] - 1000
    return table.assign(difference=difference, difference_share=difference / 1000)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ({"cheap": (900, 200, 40, 1200, 500), "few": (1100, 200, 30, 1200, 500)}, ["cheap", "few"]),
        ({"both": (900, 200, 30, 1200, 500), "less": (950, 200, 35, 1200, 500)}, ["both"]),  # one option, one decision
        ({"small": (999, 200, 39, 1200, 500)}, []),  # neither 0.5 % of the cost nor 5 % of the posts
        ({"late": (500, 100, 10, 600, 250)}, []),  # half as many people
    ],
)
def test_the_options_that_save_most_money_and_most_posts_are_decisions(rows, named):
    """Both are worth a decision only where as many people are served."""
    assert option_decisions.recommended(option_table(**rows)) == named


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ((1100, 250, 50, 1300, 500), "it costs NPR 100 more over the plan."),
        ((900, 250, 50, 1300, 500), "recurrent costs of the last year are NPR 50 higher."),
        ((900, 200, 42, 1300, 500), "it requires 2 posts in addition."),
        ((900, 200, 30, 1300, 500), "an unfavourable outcome (P80) costs NPR 100 more."),
        ((900, 200, 30, 1100, 500), ""),
    ],
)
def test_the_disadvantage_in_figures_is_the_first_that_there_is(row, text):
    """Cost, cost later, posts, risk."""
    assert option_decisions.computed_disadvantage(plan_of("nepal"), option_table(other=row), "other") == text


def test_a_recommended_option_states_what_it_saves_and_what_it_risks():
    """Nepal: phones save clerks, and fail where there is no network."""
    found = alternatives_of("nepal")
    saved = found.base.figures["posts"] - found.cases["phones_for_assistants"].figures["posts"]
    _cards, (phones, target) = option_decisions.adopt_options(plan_of("nepal"), found)

    assert target == "t-option.phones_for_assistants"
    assert "“Phones for enrolment assistants”: it serves as many people and saves NPR" in phones
    assert f" and {saved:.0f} posts. Disadvantage: enrolment stops when a phone is lost or has no network." in phones


def test_a_draft_asks_for_no_option():
    """Its questions come first; the same plan without open questions names two."""
    plan, found = plan_of("nepal"), alternatives_of("nepal")

    assert len([*option_decisions.adopt_options(plan, found)]) == 2
    assert [*option_decisions.adopt_options(to_confirm(plan), found)] == []


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
    """2024 for a budget that begins in 2031; a series that ends three years before it is as new as published figures are."""
    plan, ledger, result = first_page("borsa")
    old = plan.replace({"time.base_year": 2031})
    assert first_page_text.early_series(old) == (
        "The published series end early (exchange rates in 2026 and domestic inflation in 2024), while the budget begins in 2031: the"
        " years between follow the planning rate and the expected inflation. Newer figures are worth the search."
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
    assert lines[0] == (
        "- **Draft.** 2 questions are open; typical values of comparable scenarios stand for their answers: Share of the population"
        " with an active policy at full roll\\-out \\(0\\.12\\) and 1 other\\."
    )
    assert cost.text.report_title(draft).startswith("# Draft: ")
    left_out = "The simulation leaves out the effect of open questions."
    assert left_out in "\n".join(lines)
    assert left_out not in first_page_text.key_messages(plan, ledger, result)


def to_confirm(plan):
    """The plan, with funding that its file lists to be confirmed."""
    asked = Problem(f"{plan.name}.yaml", 1, "funding", UNCONFIRMED, "check it", question=True)
    return dataclasses.replace(plan, questions=(asked,))


def funding_on_the_page(plan, ledger, result):
    """What card, key message and decisions say of funding."""
    card = cards.headline(plan, ledger, result)[4]
    message = first_page_text.who_pays(plan, ledger)
    return card, message, [*first_page_text.secure_funding(plan, ledger)]


def all_paid(plan):
    """The plan with a government that pays for everything that others leave."""
    everything = {"funder": "Government", "components": "all", "share": 1, "years": "all", "cap": None}
    rest = plan.funding[0].model_copy(update=everything)
    return dataclasses.replace(plan, funding=(*plan.funding, rest))


def test_funding_that_is_to_be_confirmed_is_no_funding():
    """A proposal that pays for everything leaves no gap, and nobody has agreed to it; once confirmed, all lines are funded."""
    plan, ledger, result = first_page("nepal")
    paid = all_paid(plan)
    total = formats.money(summary.headline(plan, ledger)["total"], "NPR")

    card, message, asked = funding_on_the_page(to_confirm(paid), ledger, result)
    assert (card.label, card.value, card.note) == ("Funding", "not decided", "proposed and not agreed")
    assert message.startswith(
        "**Funding is not decided**: it is proposed and not agreed. If it were agreed as proposed, all lines would be funded."
    )
    assert asked == [f"**Decide who pays** {total}: the funding in this plan is proposed and not agreed."]
    assert "All lines are funded" not in funding.text.funding_sources(to_confirm(paid), ledger)

    card, message, asked = funding_on_the_page(paid, ledger, result)
    assert (card.label, card.value, card.note) == ("Funding gap", formats.money(0, "NPR"), "0% of the total")
    assert message.startswith("All lines are funded.")
    assert asked == []


def test_the_gap_that_proposed_funding_would_leave_is_given_as_such():
    """The figures of the confirmed plan, in the conditional, in both languages."""
    plan, ledger, result = first_page("nepal")
    h = summary.headline(plan, ledger)
    gap, part = formats.money(h["unfunded"], "NPR"), formats.share(h["unfunded_share"])
    card, message, asked = funding_on_the_page(to_confirm(plan), ledger, result)
    assert card.note == f"proposed and not agreed; as proposed, the funding gap would be {gap}, {part} of the total"
    assert f"If it were agreed as proposed, the funding gap would be {gap} ({part} of the total)." in message
    assert asked[0].startswith("**Decide who pays** ")
    assert asked[1] == f"**Close the funding gap** that the proposal would leave: {gap}, or {part} of the total."
    with translate.using_language("fr"):
        card, message, asked = funding_on_the_page(to_confirm(plan), ledger, result)
    assert (card.label, card.value) == ("Financement", "non décidé")
    assert message.startswith("**Le financement n’est pas décidé**")
    assert asked[0].startswith("**Décider qui finance** ")


def test_a_part_of_the_funding_may_be_to_confirm():
    """One rule of several is enough; what is to be confirmed elsewhere is not about funding."""
    plan = to_confirm(plan_of("nepal"))
    for path, expected in (("funding[1].share", True), ("options.cloud", False), ("funding_2", False)):
        asked = tuple(dataclasses.replace(each, path=path) for each in plan.questions)
        assert is_proposed(dataclasses.replace(plan, questions=asked)) is expected
