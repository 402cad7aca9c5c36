"""Layers of parameters: defaults, country, roles, options, funding."""

from types import MappingProxyType

import pytest

from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.plan import load as load_plan
from tests.small import COUNTRY, DEFAULTS, KNOWN, folder


@pytest.fixture
def load(tmp_path):
    """Load a scenario of the small folder, with another country file if one is given."""

    def _load(country=COUNTRY, defaults=DEFAULTS, **more):
        return load_plan("toy", parameters=folder(tmp_path, country, defaults), known=KNOWN, **more)

    return _load


def test_what_a_country_does_not_mention_comes_from_the_defaults(load):
    """A parameter that the country file leaves alone keeps value, range and provenance, and has its file and line."""
    parameter = load().parameters["coverage.target"]
    assert (parameter.value, parameter.low, parameter.high, parameter.confidence) == (0.5, 0.2, 0.8, "assumed")
    assert (parameter.layer, parameter.file, parameter.line) == ("defaults", "parameters/defaults.yaml", 8)


def test_a_new_value_leaves_behind_what_was_said_about_the_old_one(load):
    """Range, price year, source and grade belong to a value; unit, meaning and tag belong to the parameter."""
    parameter = load().parameters["printing.card_pvc"]
    assert (parameter.value, parameter.price_year, parameter.source, parameter.confidence) == (
        120,
        2024,
        "tender2025: item 1",
        "B",
    )
    assert (parameter.low, parameter.high) == (None, None)
    assert (parameter.description, parameter.tag) == ("Card", "prices")
    assert (parameter.layer, parameter.file, parameter.line) == ("country", "parameters/toy.yaml", 14)


def test_a_leaf_without_a_value_amends_the_declared_one(load):
    """A country may widen a range or add a note without restating the value."""
    parameter = load(COUNTRY + "coverage: {target: {high: 0.9, note: the ministry hopes for more}}\n").parameters[
        "coverage.target"
    ]
    assert (parameter.value, parameter.low, parameter.high, parameter.source) == (0.5, 0.2, 0.9, "assumption: half")
    assert (parameter.note, parameter.layer) == ("the ministry hopes for more", "country")


def test_the_country_chooses_the_currency(load):
    """A price declared in dollars may be given in rupees; the rest of the unit stays."""
    parameter = load().parameters["printing.card_pvc"]
    assert (parameter.unit, parameter.currency) == ("NPR/card", "NPR")


def test_lcu_is_the_currency_of_the_scenario(load):
    """A parameter has the currency of the scenario, not LCU."""
    parameter = load().parameters["printing.form"]
    assert (parameter.unit, parameter.currency) == ("NPR/form", "NPR")
    euro = load(COUNTRY.replace("currency: NPR", "currency: EUR")).parameters["printing.form"]
    assert (euro.unit, euro.currency) == ("EUR/form", "EUR")


@pytest.mark.parametrize(
    ("path", "kind", "value"),
    [
        ("time.horizon", "number", 3),
        ("coverage.rollout", "path", (0.2, 0.6, 1)),
        ("server.sizes", "table", (2, 4, 8)),
        ("sms.used", "flag", True),
        ("server.hosting", "choice", "cloud"),
        ("money.inflation", "history", {2024: 0.04, 2025: 0.05}),
    ],
)
def test_each_kind_of_parameter_has_its_kind_of_value(path, kind, value, load):
    """Numbers, paths, tables, switches, choices and histories arrive as what they are."""
    parameter = load().parameters[path]
    assert parameter.kind == kind
    assert parameter.value == value


def test_a_start_value_keeps_its_growth_rate(load):
    """A path may be a number that grows; the rate is a field of the parameter."""
    parameter = load().parameters["coverage.wages"]
    assert (parameter.kind, parameter.value, parameter.growth) == ("path", 1.5, 0.1)


def test_nothing_in_a_plan_can_be_changed(load):
    """A variant is a new plan: mappings and lists inside are closed."""
    plan = load()
    assert isinstance(plan.parameters, MappingProxyType)
    with pytest.raises(AttributeError):
        plan.name = "other"
    with pytest.raises(TypeError):
        plan["money.inflation"][2026] = 0.1
    with pytest.raises(TypeError):
        plan.roles[0].workload["more"] = None


def test_a_role_is_words_and_parameters(load):
    """The role has the texts; the numbers are parameters below `roles.<key>`."""
    plan = load()
    (role,) = plan.roles
    assert (role.key, role.title, role.tasks, role.level) == ("clerk", "Clerk", ("enters claims",), "office")
    assert role.workload["claims"].driver == "claims"
    assert (role.cover, role.ratio) == (None, None)
    assert plan["roles.clerk.workload.claims.minutes"] == 4
    assert plan.parameters["roles.clerk.pay"].unit == "USD/person/month"


def test_the_parameters_of_a_role_have_unit_and_description(load):
    """A file gives the value and its source; what on-costs are is known."""
    parameter = load().parameters["roles.clerk.turnover"]
    assert (parameter.unit, parameter.kind) == ("1/year", "number")
    assert parameter.description


def test_a_country_amends_a_role(load):
    """Pay in local money, more work, other tasks; the rest of the role stays."""
    role = """\
roles:
  clerk:
    tasks: [enters claims, calls back]
    pay: {value: 40000, unit: LCU/person/month, price_year: 2025, source: census2021, confidence: A}
    workload:
      visits: {driver: users, text: a visit, minutes: {value: 9, source: census2021, confidence: A}}
"""
    plan = load(COUNTRY + role)
    (clerk,) = plan.roles
    assert clerk.tasks == ("enters claims", "calls back")
    assert clerk.title == "Clerk"
    assert set(clerk.workload) == {"claims", "visits"}
    assert plan["roles.clerk.workload.visits.minutes"] == 9
    assert (plan["roles.clerk.pay"], plan.parameters["roles.clerk.pay"].unit) == (40000, "NPR/person/month")
    assert plan["roles.clerk.on_costs"] == 0.2


def test_a_country_adds_a_role(load):
    """A complete role is added to those of the defaults; its ratio has the unit of its driver."""
    graded = "source: census2021, confidence: A"
    role = f"""\
roles:
  trainer:
    title: Trainer
    tasks: [trains]
    needs: [patience]
    level: national
    pay: {{value: 900, unit: USD/person/month, price_year: 2025, {graded}}}
    on_costs: {{value: 0.1, {graded}}}
    sourcing: {{value: contracted, {graded}}}
    existing: {{value: 1, {graded}}}
    first_year: {{value: 1, {graded}}}
    turnover: {{value: 0, {graded}}}
    rounding: {{value: 0.5, {graded}}}
    cas: {{value: 0, {graded}}}
    individual_hours: {{value: 0, {graded}}}
    ratio: {{driver: users, per_post: {{value: 250, unit: user, {graded}}}}}
"""
    plan = load(COUNTRY + role)
    assert [role.key for role in plan.roles] == ["clerk", "trainer"]
    assert plan.roles[1].ratio.driver == "users"
    assert (plan["roles.trainer.ratio.per_post"], plan["roles.trainer.pay"]) == (250, 900)


def test_one_scenario_does_not_change_another(tmp_path):
    """A role of one scenario is not in the next one that is loaded."""
    visits = (
        "roles: {clerk: {workload: {visits: {driver: users, text: x, minutes: {value: 9, source: census2021, confidence: A}}}}}\n"
    )
    place = folder(tmp_path, COUNTRY + visits, plain=COUNTRY)
    load_plan("toy", parameters=place, known=KNOWN)
    plan = load_plan("plain", parameters=place, known=KNOWN)
    assert set(plan.roles[0].workload) == {"claims"}
    assert "roles.clerk.workload.visits.minutes" not in plan.parameters


def test_an_option_changes_the_parameters_it_names(load):
    """A bare value of an option is a decision: it has the option for its source, and no range."""
    parameter = load(option="own_room").parameters["coverage.target"]
    assert (parameter.value, parameter.low, parameter.high, parameter.layer) == (0.4, None, None, "option")
    assert (parameter.source, parameter.confidence) == ("option own_room: Own machine room", "assumed")
    assert (parameter.file, parameter.line) == ("parameters/toy.yaml", 19)


def test_an_option_may_give_a_whole_parameter(load):
    """Price, currency and source of an option can be stated as in any file."""
    change = "{printing.card_pvc: {value: 2, unit: EUR/card, price_year: 2023, source: census2021, confidence: A}}"
    plan = load(COUNTRY.replace("{server.hosting: own, coverage.target: 0.4}", change), option="own_room")
    parameter = plan.parameters["printing.card_pvc"]
    assert (parameter.value, parameter.unit, parameter.price_year, parameter.source, parameter.confidence) == (
        2,
        "EUR/card",
        2023,
        "census2021",
        "A",
    )


def test_a_bare_change_stays_in_the_money_and_the_growth_of_the_parameter(load):
    """A new price keeps its currency and its price year; a new start value keeps its growth."""
    plan = load(changes={"printing.card_pvc": 100, "coverage.wages": 2})
    card, wages = plan.parameters["printing.card_pvc"], plan.parameters["coverage.wages"]
    assert (card.value, card.unit, card.price_year) == (100, "NPR/card", 2024)
    assert (wages.value, wages.growth) == (2, 0.1)
    assert load(changes={"coverage.wages": [1, 2, 3]}).parameters["coverage.wages"].growth is None


def test_a_history_can_be_changed_as_a_whole(load):
    """A mapping of years is a value, not a parameter in disguise."""
    assert load(changes={"money.inflation": {2025: 0.2}})["money.inflation"] == {2025: 0.2}


def test_funding_rules_keep_their_order(load):
    """Components, years, share and cap arrive as the file has them."""
    (rule,) = load().funding
    assert (rule.funder, rule.components, rule.share, rule.years, rule.cap) == (
        "Bank",
        ("server", "printing"),
        0.5,
        (2027, 2028),
        1000,
    )
    everything = load(COUNTRY.replace("[server, printing]", "all").replace("[2027, 2028]", "all")).funding[0]
    assert (everything.components, everything.years) == ("all", "all")


def test_text_is_given_once_or_by_language(load):
    """A text in one language serves all; among several, English replaces a missing one."""
    about = load().about
    assert in_language(about.title, "fr") == "Plan en français"
    assert in_language(about.title, "pt") == "Plan"
    assert in_language(about.country, "fr") == "Toyland"
    assert in_language({"fr": "Seul"}, "pt") == "Seul"


def test_empty_groups_do_no_harm(load):
    """A heading without anything below is what a file looks like while it is being written."""
    assert load(COUNTRY + "sms:\nroles:\n")["sms.used"] is True
