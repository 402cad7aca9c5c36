"""Posts in facilities: the workload of one facility of each type, rounded up there, times the facilities of the type."""

from types import SimpleNamespace

import numpy as np
import pytest

from imis_plan.analysis.facility_types import posts_by_type
from imis_plan.analysis.posts import staffing
from imis_plan.analysis.summary import drivers
from imis_plan.model.draws import inputs_at_draws
from imis_plan.model.evaluate import evaluate, evaluate_plan, inputs
from imis_plan.model.ledger import budget
from imis_plan.model.simulation import simulate
from imis_plan.model.staffing import staffing_drivers
from imis_plan.scenario.scenario_sections import Activity, Cover
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.tracing import trace_model
from tests.model.plans import plan_of
from tests.scenario.test_facility_types import EXAMPLE, plan_with

CLERK = "data_entry_clerk"
WORKLOAD = {"claims": Activity(driver="claims", text="a claim"), "checks": Activity(driver="checks", text="a month of checks")}
# 60,000 claims of 4 minutes a year, 120 months of checks of 8 hours; a post has 1,500 hours, a fifth of them for meetings.
V = {
    "t": np.arange(1.0), "facilities": np.array([100.0]), "claims": np.array([60_000.0]), "checks": np.array([120.0]),
    "offices": np.array([10.0]), "available_hours": 1500.0, "supported_users": np.array([0.0]), "office_staff": np.array([0.0]),
    "facilities.types.hospital.number": 10, "facilities.types.centre.number": 90,
    "facilities.types.hospital.workload_share": 0.6, "facilities.types.centre.workload_share": 0.4,
    "roles.clerk.workload.claims.minutes": 4, "roles.clerk.workload.checks.minutes": 480,
    "roles.clerk.cas": 0.2, "roles.clerk.individual_hours": 0, "roles.clerk.rounding": 1, "roles.clerk.existing": 0,
    "roles.clerk.first_year": 1, "roles.clerk.turnover": 0, "roles.clerk.sourcing": "in_house",
    "roles.clerk.cover.posts": 0.5, "roles.clerk.cover.availability": 1,
}  # fmt: skip


def clerk(stations, **rules):
    """A clerk with these activities in facilities of each type."""
    plain = {"key": "clerk", "level": "office", "workload": WORKLOAD, "cover": None, "ratio": None}
    return SimpleNamespace(**(plain | {"stations": stations} | rules))


def staffed(role, **changes):
    """Drivers of staffing of a role, in their order."""
    v = V | changes
    for name, formula in staffing_drivers([role]).items():
        v[name] = v[name] if name == "available_hours" else formula(v)
    return v


HOSPITALS = {"hospital": ("claims",), "centre": ()}
BOTH = {"hospital": ("claims",), "centre": ("claims",)}


def test_one_hospital_is_staffed_by_its_own_claims():
    """60,000 claims x 60 % / 10 hospitals = 3,600 claims; x 4 / 60 = 240 hours; / 1,500 / 0.8 = 0.2 posts, so one in each of ten."""
    v = staffed(clerk(HOSPITALS))

    assert v["type_facilities.hospital"].tolist() == [10]
    assert v["type_hours.clerk.hospital"] == pytest.approx(60_000 * 0.6 * 4 / 60)
    assert v["facility_need.clerk.hospital"] == pytest.approx(3_600 * 4 / 60 / 1500 / 0.8)
    assert v["facility_posts.clerk.hospital"].tolist() == [1]
    assert v["type_posts.clerk.hospital"].tolist() == [10]


def test_what_is_not_done_in_facilities_is_done_in_the_offices():
    """24,000 claims of centres and the checks: (24,000 x 4 + 120 x 480) / 60 = 2,560 hours / 1,500 / 0.8 = 2.13; with ten posts 12.13."""
    v = staffed(clerk(HOSPITALS))

    assert v["need.clerk"] == pytest.approx((24_000 * 4 + 120 * 480) / 60 / 1500 / 0.8 + 10)
    assert v["posts.clerk"].tolist() == [3 + 10]


def test_rounding_in_each_facility_costs_more_than_rounding_once():
    """All claims: 4,000 hours / 1,500 / 0.8 are four posts in one office, but one in each of 100 facilities."""
    everywhere, nowhere = staffed(clerk(BOTH)), staffed(clerk({}))

    assert nowhere["posts.clerk"].tolist() == [np.ceil((60_000 * 4 + 120 * 480) / 60 / 1500 / 0.8)]
    assert everywhere["posts.clerk"].tolist() == [10 + 90 + np.ceil(120 * 480 / 60 / 1500 / 0.8)]


@pytest.mark.parametrize(
    ("claims", "rounding", "each"),
    [
        (60_000, 1, 1),  # 0.2 posts
        (60_000, 0.5, 0.5),
        (300_000, 1, 1),  # exactly one
        (300_001, 1, 2),  # one claim more
        (420_000, 0.5, 1.5),  # 1.4
        (0, 1, 0),  # nothing to do
    ],
)
def test_posts_are_rounded_up_in_each_facility(claims, rounding, each):
    """300,000 claims x 60 % / 10 hospitals x 4 / 60 = 1,200 hours, which is one post's 1,500 x 0.8."""
    v = staffed(clerk(HOSPITALS), **{"claims": np.array([float(claims)]), "roles.clerk.rounding": rounding})

    assert v["facility_posts.clerk.hospital"].tolist() == [each]
    assert v["type_posts.clerk.hospital"].tolist() == [10 * each]


def test_presence_in_offices_comes_on_top_of_posts_in_facilities():
    """Half a clerk in each of ten offices is more than the 2.13 that their work needs."""
    v = staffed(clerk(HOSPITALS, cover=Cover(driver="offices")))

    assert v["posts.clerk"].tolist() == [10 * 0.5 + 10]


def test_additional_hours_of_some_members_stay_in_the_offices():
    """750 hours / 1,500 = half a post, once, even where all counted work is done in facilities."""
    everything = dict.fromkeys(BOTH, ("claims", "checks"))
    v = staffed(clerk(everything), **{"roles.clerk.individual_hours": 750})

    assert v["need.clerk"] == pytest.approx(10 + 90 + 750 / 1500)


def test_facilities_of_all_types_add_up_in_every_year():
    """30 of 100 facilities, a tenth of them hospitals; where no whole number fits, the types that come first get one more."""
    role = clerk(BOTH)
    found = {
        total: [staffed(role, facilities=np.array([float(total)]))[f"type_facilities.{kind}"].item() for kind in BOTH]
        for total in (0, 1, 30, 37, 99, 100)
    }

    assert found == {0: [0, 0], 1: [1, 0], 30: [3, 27], 37: [4, 33], 99: [10, 89], 100: [10, 90]}


def test_work_of_a_type_without_a_facility_goes_to_the_offices():
    """One facility, a hospital: the claims of the centres, 40 %, are keyed in the offices; the hospital has 1.33 posts' work of claims."""
    v = staffed(clerk(BOTH), facilities=np.array([1.0]))

    assert v["type_hours.clerk.centre"].tolist() == [0]
    assert v["type_posts.clerk.hospital"].tolist() == [np.ceil(60_000 * 0.6 * 4 / 60 / 1500 / 0.8)]
    assert v["need.clerk"] == pytest.approx(2 + (60_000 * 0.4 * 4 + 120 * 480) / 60 / 1500 / 0.8)


def test_without_facilities_nobody_works_in_one():
    """Before the first contract all work is in the offices."""
    v = staffed(clerk(BOTH), facilities=np.array([0.0]))

    assert v["posts.clerk"].tolist() == staffed(clerk({}))["posts.clerk"].tolist()


def test_a_scenario_with_types_pays_the_posts_in_its_hospitals():
    """Malawi's example: one clerk in each of 82 hospitals, and the offices' 14 or their remaining work, whichever is more."""
    plan = plan_with()
    last = staffing(plan).query("role == @CLERK").iloc[-1]
    without = staffing(plan_of("malawi")).query("role == @CLERK").iloc[-1]
    claims = drivers(plan).loc[["paper_claims", "feedback_requests"]].iloc[:, -1]
    minutes = [plan[f"roles.{CLERK}.workload.{name}.minutes"] for name in ("claims", "feedback")]
    moved = 0.6 * float(claims @ minutes) / 60 / evaluate_plan(plan).values["available_hours"] / (1 - plan[f"roles.{CLERK}.cas"])

    assert last.at_facilities == 82 * np.ceil(moved / 82)
    assert last.workload == pytest.approx(without.workload - moved)
    assert last.posts == 82 + np.ceil(max(last.workload, last.cover))
    assert without.at_facilities == 0


def test_the_budget_rises_with_the_posts_and_nothing_else_of_another_role_moves():
    """Pay of clerks is that of more posts; that of administrators of the server is the same."""
    with_types, without = (budget(plan).query("line == 'pay'") for plan in (plan_with(), plan_of("malawi")))
    pay = [ledger.groupby("role_or_level")["amount"].sum() for ledger in (with_types, without)]

    assert pay[0][CLERK] > pay[1][CLERK]
    assert pay[0]["server_administrator"] == pay[1]["server_administrator"]


def test_the_table_of_types_is_what_the_model_calculates():
    """Facilities x posts in each, by year; a scenario without types has no row."""
    table = posts_by_type(plan_with())
    total = staffing(plan_with()).query("role == @CLERK")["at_facilities"]

    assert (table["facilities"] * table["posts_each"]).tolist() == table["posts"].tolist() == total.tolist()
    assert table["facilities"].tolist()[-1] == 82
    assert set(table["type"]) == {"hospital"}
    assert posts_by_type(plan_of("malawi")).empty


def test_in_every_draw_the_types_add_up_and_no_work_is_lost():
    """Numbers and shares are drawn one by one; formulas take them in proportion."""
    plan = plan_with(EXAMPLE.replace("number: {value: 82, source", "number: {value: 82, low: 60, high: 100, source"))
    head = "facilities.types"
    drawn = {
        f"{head}.hospital.number": np.array([60.0, 82.0, 100.0]),
        f"{head}.hospital.workload_share": np.array([0.4, 0.6, 0.8]),
        "facilities.number": np.array([467.0, 561.0, 648.0]),
    }
    values = evaluate(inputs_at_draws(plan, inputs(plan), drawn), plan.roles).values
    parts = sum(values[f"type_facilities.{kind}"] for kind in plan.facility_types)
    shares = sum(values[f"type_share.{kind}"] for kind in plan.facility_types)

    assert np.array_equal(parts, np.broadcast_to(values["facilities"], parts.shape))
    assert shares == pytest.approx(np.ones_like(shares))
    assert (np.diff(values[f"type_posts.{CLERK}.hospital"][-1]) >= 0).all()


def test_ranges_of_types_are_drawn_in_the_simulation():
    """Without its own range, the share moves nothing."""
    result = simulate(plan_with(), 400)

    assert "facilities.types.hospital.workload_share" in {parameter.path for parameter in result.parameters}
    assert result.total.std() > 0


def test_in_the_workbook_the_types_are_formulas_with_the_same_values():
    """Every driver of types and posts, and the formula of the need of one facility names its parameters."""
    plan = plan_with()
    traced, table = trace_model(starting_point(plan)), drivers(plan)
    names = [name for name in table.index if name.startswith(("type_", "facility_need", "facility_posts", "need.", "posts."))]
    need = traced.evaluation.values[f"facility_posts.{CLERK}.hospital"].terms[-1]

    assert len(names) == 2 * 3 + 4 + 2 * len(plan.roles)
    for name in names:
        assert np.asarray(traced.evaluation.values[name].value, dtype=float) == pytest.approx(table.loc[name].tolist()), name
    paths = {f"facilities.types.{kind}.{key}" for kind in plan.facility_types for key in ("number", "workload_share")}
    assert paths <= traced.used
    assert "Staffing" in need.text
