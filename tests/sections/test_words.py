"""Sentences made from the numbers: change the plan, and the sentence changes."""

import dataclasses
import re

import numpy as np
import pytest

from imis_plan.analysis import summary
from imis_plan.analysis.not_included import NOT_INCLUDED
from imis_plan.analysis.posts import post_totals, staffing
from imis_plan.i18n import formats
from imis_plan.model.ledger import budget
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import load
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.sections import budget_lines, cost, evidence, funding, hosting, people
from imis_plan.sections.naming import component_name, parameter_name
from imis_plan.sections.posts_in_words import main_role
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of
from tests.scenario.test_facility_types import plan_with

FUNCTIONS_OF_LEDGER = (
    cost.text.headline,
    cost.text.largest_components,
    cost.text.by_year,
    funding.text.funding_sources,
    evidence.text.benchmarks,
)
FUNCTIONS_OF_PLAN = (
    cost.text.report_title,
    cost.text.target,
    people.text.volumes,
    people.text.posts,
    hosting.text.hosting_choice,
    cost.text.exchange_rate,
)


def changed(name, **changes):
    """A scenario with changes, `__` for the dot, and its ledger."""
    plan = plan_of(name).replace({path.replace("__", "."): value for path, value in changes.items()})
    return plan, budget(plan)


def paid(name, *rules):
    """A scenario with other funding rules, and its ledger."""
    plan = dataclasses.replace(plan_of(name), funding=tuple(FundingRule(**rule) for rule in rules))
    return plan, budget(plan)


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_can_be_told(name):
    """No sentence has a gap, a placeholder or a number that is none."""
    plan, ledger = plan_of(name), ledger_of(name)
    texts = [tell(plan, ledger) for tell in FUNCTIONS_OF_LEDGER] + [tell(plan) for tell in FUNCTIONS_OF_PLAN]
    texts += [budget_lines.text.component_cost(plan, ledger, component) for component in ledger["component"].unique()]
    texts += [
        evidence.text.grades(ledger),
        evidence.text.prices_to_find(ledger),
        evidence.text.exclusions(ledger),
        *(people.text.job_description(role) for role in plan.roles),
    ]
    for text in texts:
        assert text.strip()
        assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b|\binf\b", text), text


@pytest.mark.parametrize("name", NAMES)
def test_the_headline_says_what_the_ledger_sums_to(name):
    """Total in both moneys, per year, per insured, what recurs."""
    plan, ledger = plan_of(name), ledger_of(name)
    text, h = cost.text.headline(plan, ledger), summary.headline(plan, ledger)
    currency = plan.about.currency

    assert formats.money(ledger["amount"].sum(), currency) in text
    assert formats.money(ledger["amount_usd"].sum(), "USD") in text
    assert formats.money(ledger["amount"].sum() / 5, currency) in text
    assert formats.money_with_cents(h["per_insured_year_usd"], "USD") in text
    assert formats.money(ledger.loc[(ledger["year"] == 2031) & (ledger["kind"] == "recurrent"), "amount"].sum(), currency) in text


def test_another_plan_makes_another_headline():
    """Twice the clerks' pay: total and cost per insured are those of the new ledger."""
    plan, ledger = changed("tanzania", roles__data_entry_clerk__pay=1_170_000)
    before, after = cost.text.headline(plan_of("tanzania"), ledger_of("tanzania")), cost.text.headline(plan, ledger)
    old, new = (formats.money(frame["amount"].sum(), "TZS") for frame in (ledger_of("tanzania"), ledger))

    assert old in before
    assert new in after
    assert old not in after


# Tanzania: people of the mainland by year, 2.32 % of whom are insured, as at the end of 2026 (1,641,980). START and LATE are of a target of 6 %.
PEOPLE = {year: 66_960_157 * 1.0292 ** (year - 2024) for year in range(2026, 2032)}
START = 1_641_980 / (PEOPLE[2026] * 0.06)
HELD = 1_641_980 / (PEOPLE[2026] * 0.0232)
INSURED = {2030: PEOPLE[2030] * 0.0232 * (HELD + (1 - HELD) * 4 / 5), 2031: PEOPLE[2031] * 0.0232}
CLAIMS = (INSURED[2030] + INSURED[2031]) / 2 * 0.7  # of 2031
LATE = 0.06 * (START + (1 - START) * 3 / 5)  # two steps fewer

# Change, the function, and what stands in its sentence before and after.
CHANGES = {
    "half the claims": ({"claims__per_insured_year": 0.35}, lambda p, _: people.text.volumes(p), f"{CLAIMS / 1e6:.2f} million claims", f"{CLAIMS / 2e3:.0f} thousand claims"),
    "claims on paper": ({"claims__electronic_share": 0}, lambda p, _: people.text.volumes(p), f"of which {CLAIMS * 0.4 / 1e3:.0f} thousand on paper", f"{CLAIMS / 1e6:.2f} million on paper"),
    "two years later": ({"coverage__target": 0.06, "coverage__delay": 2}, lambda p, _: people.text.volumes(p), "2.3% of a population", f"{LATE:.1%} of a population"),
    "cloud": ({"server__hosting": "cloud"}, lambda p, _: hosting.text.hosting_choice(p), "in the government's data centre", "on rented cloud servers"),
    "own room": ({"server__hosting": "ministry_room"}, lambda p, _: hosting.text.hosting_choice(p), "Risks: slow service", "Risks: power, cooling"),
    "managed": ({"server__hosting": "managed"}, lambda p, _: hosting.text.hosting_choice(p), "in the government's data centre", "as a managed service"),
    "a constant rate": ({"money__exchange_path": "constant"}, lambda p, _: cost.text.exchange_rate(p), "follows the difference", "is constant"),
    "own developers": ({"software__developers": "in_house"}, lambda p, _: people.text.posts(p), "No posts: Software developer", "**Software developer"),
    "no SMS": ({"sms__applicable": False}, lambda p, rows: budget_lines.text.component_cost(p, rows, "sms"), "over the plan", "Nothing is budgeted here: the scheme sends no SMS."),
    "no mobile money": ({"mobile_money__applicable": False}, lambda p, rows: budget_lines.text.component_cost(p, rows, "mobile_money"), "over the plan", "Nothing is budgeted here: contributions are not collected by mobile money."),
    "no developers": ({"software__developers": "none"}, lambda p, rows: budget_lines.text.component_cost(p, rows, "software"), "over the plan", "Nothing is budgeted here: no developers are contracted: none."),
    "a help desk": ({"other__help_desk__included": True}, lambda _, rows: evidence.text.exclusions(rows), "It excludes power for facilities, connectivity of facilities, help desk", "includes project management, help desk, data migration, data protection and audit"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "tell", "before", "after"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_plan_changes_the_sentence(changes, tell, before, after):
    """What was said no longer holds, and what holds is said."""
    plan, ledger = changed("tanzania", **changes)
    old, new = tell(plan_of("tanzania"), ledger_of("tanzania")), tell(plan, ledger)

    assert before in old
    assert after in new
    assert new != old


def test_the_insured_follow_from_the_scenario():
    """2.32 % of the people of 2031, served by all facilities and officers of the scenario."""
    text = people.text.volumes(plan_of("tanzania"))

    assert f"to {INSURED[2031] / 1e6:.1f} million at the end of FY 2031/32" in text
    assert "served by 6,933 facilities, 16 thousand enrolment agents" in text


def test_carried_lines_beyond_the_list_are_named():
    """A switched-on help desk moves from what is left out to what is carried."""
    _, ledger = changed("tanzania", other__help_desk__included=True)
    carried, left = evidence.text.exclusions(ledger).split("It excludes", 1)

    assert "help desk" in carried
    assert "help desk" not in left


def test_where_everything_is_carried_nothing_is_left_out():
    """All switches on, and something for each of them to pay."""
    plan = plan_of("tanzania")
    on = {path: True for path in plan.parameters if path.startswith("other.") and path.endswith(".included")}
    text = evidence.text.exclusions(budget(plan.replace(on | {"other.data_migration.records": 1000, "schemes.setup_due": 1})))

    assert "help desk" in text
    assert "can be included" not in text


def test_nobody_insured_is_said():
    """No cost per person, and no division by nothing."""
    plan, ledger = changed("congo_dr", coverage__delay=15)

    assert "Nobody is insured in this plan, so there is no cost per person." in cost.text.headline(plan, ledger)
    assert "The IT team requires 0 posts" in people.text.posts(plan)


def test_no_funder_is_said():
    """The whole amount is still to be funded, and how to say who pays."""
    plan, ledger = plan_of("borsa"), ledger_of("borsa")

    assert "the **total amount is unfunded**" in cost.text.headline(plan, ledger)
    assert "Add `funding:` rules" in funding.text.funding_sources(plan, ledger)


def test_everything_funded_is_said():
    """All lines are funded."""
    plan, ledger = paid("chad", {"funder": "Bank", "components": "all", "share": 1.0, "years": "all"})

    assert "All lines are funded." in cost.text.headline(plan, ledger)
    assert f"Bank, {formats.money(ledger['amount'].sum(), 'XAF')} (100%)" in funding.text.funding_sources(plan, ledger)
    assert "that ends" not in funding.text.funding_sources(plan, ledger)


def test_the_gap_is_said_with_its_share():
    """60 % of everything is paid, 40 % is not."""
    plan, ledger = paid("chad", {"funder": "Bank", "components": "all", "share": 0.6, "years": "all", "note": "a *promise*"})
    gap = formats.money(ledger["amount"].sum() * 0.4, "XAF")

    assert f"**The funding gap is {gap} (40% of the total).**" in cost.text.headline(plan, ledger)
    assert f"The funding gap is {gap} (40%)." in funding.text.funding_sources(plan, ledger)
    assert r"a \*promise\*" in funding.text.funding_sources(plan, ledger)


def test_the_year_after_a_funder_leaves_is_said():
    """What it paid last, what the next year costs to run, and what of it has no funder."""
    plan, ledger = paid("chad", {"funder": "Bank", "components": "all", "share": 1.0, "years": [2027, 2028]})
    yearly = ledger.groupby("year")["amount"].sum()
    recurrent = ledger[ledger["kind"] == "recurrent"].groupby("year")["amount"].sum()
    lcu = lambda x: formats.money(x, "XAF")  # noqa: E731  # a name for four uses

    expected = f"**Funding that ends in 2028: Bank**, {lcu(yearly[2028])} in that year. In 2029, recurrent costs are {lcu(recurrent[2029])} and the funding gap is {lcu(yearly[2029])}."
    assert expected in funding.text.funding_sources(plan, ledger)


def test_an_option_is_in_the_title():
    """A reader sees which variant the report is of."""
    assert "ption: " not in cost.text.report_title(plan_of("tanzania"))
    assert "ption: Cloud servers instead of the data centre in Dodoma" in cost.text.report_title(
        load("tanzania", "cloud", parameters=FOLDER)
    )


def test_the_highest_and_the_lowest_cost_year():
    """With their amounts, the capital in it, and what the total is worth today."""
    ledger = ledger_of("tanzania")
    yearly = ledger.groupby("year")["amount"].sum()
    text = cost.text.by_year(plan_of("tanzania"), ledger)

    assert (
        f"The highest-cost year is {year_label(plan_of('tanzania'), yearly.idxmax())} with {formats.money(yearly.max(), 'TZS')}"
        in text
    )
    assert (
        f"The lowest-cost year is {year_label(plan_of('tanzania'), yearly.idxmin())} with {formats.money(yearly.min(), 'TZS')}"
        in text
    )
    assert (
        f"In constant FY 2027/28 prices the total is {formats.money(ledger['amount_real'].sum(), 'TZS')}. Discounted at 3.0% a year"
        in text
    )


def test_the_exchange_rate_of_both_ends():
    """The planning rate of 2026 moves with 3.5 % at home and 2.5 % abroad: one and two years to FY 2027/28, five and six to 2031/32."""
    text = cost.text.exchange_rate(plan_of("tanzania"))
    rise = 1.035 / 1.025
    first, last = (2600.964 * rise**years * (184 + 181 * rise) / 365 for years in (1, 5))

    assert f"{first:,.0f} TZS per US dollar in FY 2027/28, {last:,.0f} in FY 2031/32" in text


def test_the_three_largest_components_and_the_largest_line():
    """Their shares are those of the ledger."""
    ledger = ledger_of("nepal")
    sums = ledger.groupby("component")["amount"].sum().nlargest(3)
    base = ledger[ledger["component"] != "contingency"]
    lines = base.groupby(["label", "role_or_level"])["amount"].sum()
    text = cost.text.largest_components(plan_of("nepal"), ledger)

    assert f"account for {formats.share(sums.sum() / ledger['amount'].sum())} of the cost" in text
    assert f"“{lines.idxmax()[0]}”" in text
    assert formats.money(lines.max(), "NPR") in text


def test_contingency_is_no_main_cost_item():
    """In the Gambia it is the largest component, and nothing that is bought."""
    plan, ledger = plan_of("gambia"), ledger_of("gambia")
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    names = [component_name(str(name)) for name in sums.index[1:4]]
    text = cost.text.largest_components(plan, ledger)

    assert sums.index[0] == "contingency"
    assert "ontingency" not in text
    assert all(f"{name} ({formats.share(amount / sums.sum())})" in text for name, amount in zip(names, sums[1:4], strict=True))


def test_grades_add_up_in_the_sentence():
    """What is said of A, B, C, analogues and assumptions is everything."""
    text = evidence.text.grades(ledger_of("tanzania"))
    shares = [float(x) for x in re.findall(r"([\d.]+)%", text.split("Quantities matter")[0])]

    assert len(shares) == 5
    assert sum(shares) == pytest.approx(100, abs=0.2)


def test_a_report_below_the_goal_names_its_share():
    """Everything but the assumptions, in the sentence as in the table of grades; Nepal is above the goal."""
    share = 1 - summary.by_grade(ledger_of("malawi")).loc["assumed", "price"]

    assert evidence.text.lacks_evidence(ledger_of("malawi"))
    assert f"account for {share:.1%} of the cost, less than the 80%" in evidence.text.prices_to_find(ledger_of("malawi"))
    assert not evidence.text.lacks_evidence(ledger_of("nepal"))


def test_each_role_says_what_binds():
    """Tanzania: one administrator for each of 26 schemes at least, whatever the workload."""
    table = staffing(plan_of("tanzania"))
    last = table[table["year"] == 2031].set_index("role")
    text = people.text.posts(plan_of("tanzania")).replace("\\-", "-")

    assert (
        f"The IT team requires {last['posts'].sum():g} posts in FY 2031/32, of which 105 data-entry clerks. Of these, {61 + 26 + 1} exist today"
        in text
    )
    for role, row in last[last["posts"] > 0].iterrows():
        title = next(r.title for r in plan_of("tanzania").roles if r.key == role)
        assert f"**{title}**: {row.posts:g} (basis: " in text
        assert f", {formats.number(row.need, 2)}" in text
    clerk = last.loc["data_entry_clerk"]
    assert (
        f"**Data entry clerk**: 105 (basis: minimum presence, {formats.number(104.5, 2)}; workload, {formats.number(clerk.workload, 2)})"
        in text
    )
    assert clerk.workload < 60 < clerk.posts == 105  # half a clerk in each office, though the work is that of some fifty


def test_existing_posts_that_are_not_needed_fill_no_other_post():
    """Nepal: 286 clerks where 154 exist, 3 server administrators where 1 does, and 3 administrators where 4 do."""
    explained = f"Of these, {154 + 1 + 3} exist today and {286 - 154 + 3 - 1} are to be created. Existing posts not needed in that year: {4 - 3}."
    assert explained in people.text.posts(plan_of("nepal"))

    without = plan_of("nepal").replace({"roles.system_administrator.existing": 3})
    assert "Of these, 158 exist today and 134 are to be created.\n" in people.text.posts(without)


def test_a_role_that_has_most_posts_is_named_in_words_or_by_its_title():
    """Half of the posts or fewer, or all of them, need no name; a role without a title for several posts has its title."""
    nepal = plan_of("nepal")
    totals = post_totals(nepal)[-1]
    bare = dataclasses.replace(nepal, roles=tuple(role.model_copy(update={"title_plural": None}) for role in nepal.roles))

    assert main_role(nepal, totals) == "286 data-entry clerks"
    assert main_role(bare, totals) == "286 for the role “Data entry clerk”"
    assert main_role(nepal, totals._replace(needed=572)) == ""
    assert main_role(nepal, totals._replace(needed=286)) == ""


def test_a_ratio_that_binds_is_named():
    """A role may follow the number of users."""
    needs = {"need": 2.25, "workload": np.nan, "cover": np.nan, "ratio": 2.25}
    row = type("Row", (), {"posts": 2.5, "at_facilities": 0.0, "binding": "ratio", **needs})

    assert people.text.posts_of_role(row, "Help desk") == "**Help desk**: 2.5 (basis: ratio of users to posts, 2.25)"


def test_a_band_that_is_missed_is_explained():
    """Value, band and the component that makes most of the budget; a band that holds says nothing."""
    plan, ledger = changed("tanzania", roles__data_entry_clerk__pay=90_000_000)
    text = evidence.text.benchmarks(plan, ledger)
    share = ledger.loc[ledger["component"] == "staff", "amount"].sum() / ledger["amount"].sum()

    assert f"**Share of staff in the cost**: {share:.2f} is above the range of 0.39 to 0.52" in text
    assert f"IT staff ({formats.share(share)})" in text


def test_page_one_explains_the_band_that_is_missed_most():
    """Zambia lies farthest from published registers, which served the children of a few regions."""
    text = evidence.text.plausibility_in_short(plan_of("zambia"), ledger_of("zambia"))

    assert text.startswith("The budget is outside all 6 published ranges. **A national register, annualised**: ")
    assert "is below the range of 4.45 to 11.40" in text
    assert text.endswith(
        "because the published registers divide their cost among the children of a few regions, and this system divides it among all insured people."
    )


def test_a_job_description_has_tasks_and_needs():
    """Each task on its line, what people must bring below."""
    role = plan_of("tanzania").roles[0]
    text = people.text.job_description(role)

    assert text.startswith("### Data entry clerk\n")
    assert text.count("\n- ") == len(role.tasks)
    assert "*Requirements:* a bachelor's degree; " in text


def test_the_words_of_the_author_are_quoted_not_read_as_markup():
    """A target with marks in it is shown with its marks."""
    plan = plan_of("tanzania")
    wild = dataclasses.replace(plan, about=plan.about.model_copy(update={"target": "*all* of us", "notes": ("a # note",)}))

    assert cost.text.target(wild) == "\\*all\\* of us\n\n- a \\# note"


def test_a_real_change_of_the_currency_stands_with_its_cause():
    """Zambia: the rate of both years and prices at home and abroad, in a paragraph of its own; nothing where the rate follows prices."""
    text = evidence.text.benchmarks(plan_of("zambia"), ledger_of("zambia"))

    assert (
        "\n\n**Exchange rate**: 26% of the cost is at prices of 2025 that cross currencies. USD 1 of 2025 becomes USD 1.41 in 2027"
        in text
    )
    assert "prices change by 16% at home and 5% abroad, while the rate goes from 25.28 to 19.85 ZMW for USD 1" in text
    assert "**Exchange rate**" not in evidence.text.benchmarks(plan_of("tanzania"), ledger_of("tanzania"))


def test_a_pegged_currency_keeps_its_parity_in_words():
    """The dollar costs 1.018 / 1.025 as many francs in 2027 as in 2026."""
    text = cost.text.exchange_rate(plan_of("cameroon"))

    assert text.startswith(
        "The exchange rate keeps the parity with the EUR, which follows the difference between foreign inflation rates: "
    )
    assert f"{655.957 * 0.8646569 * 1.018 / 1.025:,.2f} XAF per US dollar in 2027" in text


def test_what_no_budget_includes_is_in_every_report_and_in_the_method():
    """Taxes, customs, buildings, vehicles, interest, benefits and other staff: one list, in both places."""
    text = evidence.text.exclusions(ledger_of("tanzania"))
    method = (FOLDER.parent / "docs" / "method.md").read_text(encoding="utf-8").split("## What is not in it")[1].split("## ")[0]
    listed = re.findall(r"^- (.+)$", text, re.MULTILINE)

    assert listed == list(NOT_INCLUDED) == re.findall(r"^- (.+)$", method, re.MULTILINE)
    for what in ("value added tax", "customs", "buildings", "vehicles", "interest", "benefits", "other staff"):
        assert what in " ".join(listed)


def test_posts_in_facilities_are_named_apart_from_those_in_offices():
    """82 clerks in hospitals, and the need of the offices; without work in the offices all are in facilities."""
    plan = plan_with()
    row = staffing(plan).query("role == 'data_entry_clerk'").iloc[-1]
    text = people.text.posts(plan)

    there = f"of which 82 in facilities; the offices require {row.need - 82:.2f} (basis: workload)"
    assert f"**Data entry clerk**: {row.posts:.0f}, {there}" in text
    row["binding"], row["need"], row["posts"] = "", 82.0, 82.0
    assert people.text.posts_of_role(row, "Clerk") == "**Clerk**: 82, all of them in facilities"


def test_a_parameter_of_a_type_is_named_with_the_type():
    """As one of a role is with the role."""
    plan = plan_with()

    assert parameter_name(plan, "facilities.types.hospital.number") == "Facilities of the type at full roll\\-out \\(Hospitals\\)"
    assert parameter_name(plan, "facilities.number").startswith("Facilities contracted")
