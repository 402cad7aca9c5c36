"""The self-assessment: every verdict follows the data of the plan, and no tick is fixed."""

import dataclasses
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pytest

from imis_plan.analysis.assessment import assessment, stale
from imis_plan.analysis.assessment.criteria import CRITERIA, READ_IN_FULL, verdict
from imis_plan.analysis.assessment.evidence import STALE_YEARS
from imis_plan.model.ledger import budget
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.component_actuals import Actual
from imis_plan.sections.assessment import tables as assessment_tables, text as assessment_text
from tests.model.plans import NAMES, ledger_of, plan_of

SIMULATED = SimpleNamespace(total=np.array([1.0, 2.0, 3.0, 4.0]), point=2.0)
SPENT = Actuals("actuals/nepal.yaml", (Actual(component="staff", year=2027, amount=1e8),))


def nepal():
    """The plan that the cases change."""
    return plan_of("nepal")


def with_parameters(plan, wanted, **fields):
    """The plan with some parameters as their file might have had them; a what-if would count as one."""
    changed = {path: dataclasses.replace(parameter, **fields) for path, parameter in plan.parameters.items() if wanted(path)}
    return dataclasses.replace(plan, parameters=MappingProxyType({**plan.parameters, **changed}))


def with_value(plan, **values):
    """The plan with other values in its files: path with `__` for the dot."""
    for name, value in values.items():
        path = name.replace("__", ".")
        plan = with_parameters(plan, path.__eq__, value=value)
    return plan


def old_inflation(plan):
    """The plan with home inflation known to 2023."""
    known = {year: rate for year, rate in plan["money.home_inflation"].items() if year <= 2023}
    return with_value(plan, money__home_inflation=known)


def without(plan, **about):
    """The plan with other facts about itself."""
    return dataclasses.replace(plan, about=plan.about.model_copy(update=about))


def all_optional(plan):
    """The plan with every line beyond the openIMIS list."""
    return with_parameters(plan, lambda path: path.startswith("other.") and path.endswith(".included"), value=True)


def published(plan):
    """The plan with nothing assumed."""
    return with_parameters(plan, lambda _: True, confidence="A")


def assumed(plan):
    """The plan with everything assumed."""
    return with_parameters(plan, lambda _: True, confidence="assumed", resolved=None)


def bare(plan):
    """The plan without notes and ranges."""
    return without(with_parameters(plan, lambda _: True, low=None, high=None), notes=())


def used(path):
    """Whether a parameter is the equipment in use before the first year."""
    return path.startswith(("office_it.", "phones.", "server.")) and path.endswith(".at_start")


# Criterion, verdict on Nepal as it is, what changes, verdict then.
CASES = [
    ("comprehensive", "partly", all_optional, "met"),
    ("documented", "met", assumed, "partly"),
    ("accurate", "partly", lambda plan: plan, "met"),  # and compared with actuals
    ("credible", "partly", bare, "not met"),  # no limits, no ranges, no draws, two bands of seven
    ("ghcc_1", "met", lambda plan: dataclasses.replace(plan, funding=()), "partly"),
    ("ghcc_2", "met", lambda plan: dataclasses.replace(plan, funding=()), "not met"),
    ("ghcc_3", "partly", lambda plan: with_parameters(plan, used, value=0), "met"),
    ("ghcc_4", "met", lambda plan: with_value(plan, claims__per_insured_year=0), "partly"),  # no cost per claim
    ("ghcc_5", "partly", lambda plan: with_value(plan, time__horizon=7), "met"),  # as long as the longest life
    ("ghcc_6", "partly", lambda plan: with_value(plan, contingency__method="none"), "not met"),
    ("ghcc_7", "not met", lambda plan: plan, "partly"),  # compared with actuals
    ("ghcc_8", "partly", published, "met"),
    ("ghcc_9", "met", lambda plan: with_parameters(plan, lambda path: path == "enrolment.renewal_rate", confidence="assumed"), "partly"),
    ("ghcc_10", "met", old_inflation, "partly"),
    ("ghcc_11", "met", assumed, "partly"),
    ("ghcc_12", "met", lambda plan: with_value(plan, money__discount_rate=0.0), "partly"),
    ("ghcc_13", "met", lambda plan: with_parameters(plan, lambda path: path == "money.planning_rate", low=None), "partly"),
    ("ghcc_14", "not met", lambda plan: with_value(plan, server__postgresql=1, server__certificate=1, sms__gateway_rights=1, mobile_money__flat_fee=1), "met"),
    ("ghcc_15", "met", lambda plan: dataclasses.replace(plan, options={}), "partly"),
    ("ghcc_16", "partly", lambda plan: plan, "met"),  # simulated
    ("ghcc_17", "met", lambda plan: plan.replace({"coverage.target": 0.31}), "partly"),  # a what-if is not saved in a file
]  # fmt: skip
SIMULATE = ("ghcc_16",)
COMPARE = ("accurate", "ghcc_7")


@pytest.mark.parametrize(("key", "before", "change", "after"), CASES, ids=[case[0] for case in CASES])
def test_a_change_of_the_plan_changes_the_verdict(key, before, change, after):
    """Each criterion on its own, in the direction that its points say."""
    plan = change(nepal())
    new = assessment(plan, budget(plan), SIMULATED if key in SIMULATE else None, SPENT if key in COMPARE else None)

    assert assessment(nepal(), ledger_of("nepal")).loc[key, "verdict"] == before
    assert new.loc[key, "verdict"] == after


def test_every_criterion_has_such_a_case():
    """Four of GAO, seventeen of GHCC, none of them a fixed tick."""
    assert [case[0] for case in CASES] == list(CRITERIA)
    assert len(CRITERIA) == 4 + 17


@pytest.mark.parametrize("name", NAMES)
def test_every_plan_gets_a_verdict_with_reasons_on_each(name):
    """The verdict is that of the points, and what keeps a criterion open is part of its reason."""
    table = assessment(plan_of(name), ledger_of(name))

    assert list(table.index) == list(CRITERIA)
    assert table["reason"].astype(bool).all()
    for row in table.itertuples():
        assert row.verdict == verdict(row.holds, row.points)
        assert (row.open == "") == (row.verdict == "met")


@pytest.mark.parametrize(
    ("holds", "points", "expected"),
    [
        (0, 2, "not met"),  # nothing holds
        (1, 2, "partly"),
        (2, 2, "met"),  # everything does
    ],
)
def test_a_verdict_is_how_many_points_hold(holds, points, expected):
    """All, some or none."""
    assert verdict(holds, points) == expected


def test_only_what_was_read_is_called_read():
    """Of GHCC only principles 1, 11 and 15; the text cites both standards once and says so, the table does not repeat it."""
    table = assessment(nepal(), ledger_of("nepal"))
    frame = assessment_tables.self_assessment(nepal(), ledger_of("nepal"))["frame"].set_index(table.index)

    assert (
        set(table.index[table["read"]])
        == READ_IN_FULL
        == {"comprehensive", "documented", "accurate", "credible", "ghcc_1", "ghcc_11", "ghcc_15"}
    )
    text = assessment_text.self_assessment(nepal(), ledger_of("nepal"))
    assert text.count("GAO-20-195G") == 1
    assert "Of the GHCC, the original text of 3 principles was read" in text
    assert list(frame.columns) == ["Standard", "Criterion", "Verdict", "Points", "Reason"]


def test_a_row_that_is_there_twice_and_a_gap_without_reason_are_found():
    """Problems of a ledger that no scenario file could cause."""
    ledger = ledger_of("nepal")
    twice = ledger.iloc[[*range(len(ledger)), 0]].reset_index(drop=True)
    silent = ledger.assign(working=ledger["working"].where(ledger["working"] != "not included in this budget", " "))

    assert "Duplicate rows in the ledger: 1." in assessment(nepal(), twice).loc["comprehensive", "open"]
    assert "9 of them without a reason." in assessment(nepal(), silent).loc["comprehensive", "open"]


def test_a_wrong_amount_is_found():
    """Quantity x price x inflation x exchange rate is done again for every row."""
    ledger = ledger_of("nepal").copy()
    ledger.loc[0, "amount"] += 0.02  # two cents

    assert f"1 of {len(ledger)} amounts differ" in assessment(nepal(), ledger).loc["accurate", "open"]


def test_the_reason_states_the_chance_of_the_point_estimate():
    """Two of four draws lie at or below two."""
    reason = assessment(nepal(), ledger_of("nepal"), SIMULATED).loc["credible", "reason"]

    assert "In 50% of 4 draws, the cost is at or below the point estimate." in reason


def test_the_reason_states_what_was_spent():
    """A hundred million on staff against what the plan has."""
    ledger = ledger_of("nepal")
    planned = ledger.loc[(ledger["component"] == "staff") & (ledger["year"] == 2027), "amount"].sum()
    reason = assessment(nepal(), ledger, actuals=SPENT).loc["accurate", "reason"]

    assert f"Compared with actual spending in FY 2027/28: {1e8 / planned:.0%} of what was planned for it." in reason


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("years", [0, STALE_YEARS, 10])
def test_stale_prices_are_those_older_than_so_many_years(name, years):
    """With their share of the total, costliest first; contingency has no price of its own."""
    plan, ledger = plan_of(name), ledger_of(name)
    rows = ledger[(ledger["component"] != "contingency") & (2027 - ledger["price_year"] > years)]
    table = stale(plan, years, ledger)

    assert table["share"].sum() == pytest.approx(rows["amount"].sum() / ledger["amount"].sum())
    assert set(table["price_path"]) == set(rows.loc[rows["amount"] != 0, "price_path"])
    assert table["amount"].is_monotonic_decreasing
    assert (table["age"] > years).all()


def test_a_price_that_grows_old_is_named():
    """The pay of clerks as of 2023 is four years old in 2027."""
    plan = with_parameters(nepal(), lambda path: path == "roles.data_entry_clerk.pay", price_year=2023)
    ledger = budget(plan)
    row = stale(plan).set_index("price_path").loc["roles.data_entry_clerk.pay"]

    assert "roles.data_entry_clerk.pay" not in set(stale(nepal(), ledger=ledger_of("nepal"))["price_path"])
    assert (row["price_year"], row["age"]) == (2023, 4)
    assert row["amount"] == pytest.approx(ledger.loc[ledger["price_path"] == "roles.data_entry_clerk.pay", "amount"].sum())


def test_the_words_count_the_verdicts_and_name_what_is_open():
    """The sentence counts as the table does; a run of the simulation takes its complaint away."""
    plain = assessment_text.self_assessment(nepal(), ledger_of("nepal"))
    simulated = assessment_text.self_assessment(nepal(), ledger_of("nepal"), SIMULATED)

    assert "3 partly met" in plain
    assert "10 met, 5 partly met, and 2 not met" in plain
    assert "No risk analysis was run" in plain
    assert "No risk analysis was run" not in simulated


def test_the_words_name_stale_prices_or_say_that_there_are_none():
    """The costliest first."""
    ledger = ledger_of("nepal")
    first = stale(nepal(), ledger=ledger).iloc[0]

    assert f"{first['share']:.1%}" in assessment_text.old_prices(nepal(), ledger)
    assert assessment_text.old_prices(nepal(), ledger, 10) == "No price is more than 10 years older than the first year."
    assert len(assessment_tables.old_prices(nepal(), ledger)["frame"]) == len(stale(nepal(), ledger=ledger))
