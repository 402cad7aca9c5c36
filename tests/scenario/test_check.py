"""Bad parameter files, and the exact message that each gets."""

import math

import pytest
from hypothesis import given, strategies as st

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.parameter_checks import parameter_problems
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.units import Measure, Units
from tests.small import COUNTRY, DEFAULTS, KNOWN, folder

TOTAL = "total: {value: 1000000, source: census2021, confidence: A}"
CARD = 'card_pvc: {value: 120, unit: NPR/card, price_year: 2024, source: "tender2025: item 1", confidence: B}'
BANK = "{funder: Bank, components: [server, printing], share: 0.5, years: [2027, 2028], cap: 1000}"
CHANGES = "{server.hosting: own, coverage.target: 0.4}"


def messages(place):
    """What is wrong in a folder, one message per problem."""
    return [str(problem) for problem in check(parameters=place, known=KNOWN)]


def test_the_small_folder_has_no_problems(tmp_path):
    """The files that all cases below start from have no problems, so that each case shows its own problem only."""
    assert messages(folder(tmp_path)) == []


# What is replaced in the country file, what it becomes, and the message.
IN_COUNTRY = {
    "typo in a key of a parameter": (CARD, CARD.replace("price_year", "price_yaer"), "parameters/toy.yaml:14: printing.card_pvc.price_yaer: unknown key, did you mean price_year?"),
    "typo in the name of a parameter": (CARD, CARD.replace("card_pvc", "card_pcv"), "parameters/toy.yaml:14: printing.card_pcv: unknown key, did you mean card_pvc?"),
    "typo in the name of a group": ("printing:", "pinting:", "parameters/toy.yaml:13: pinting: unknown key, did you mean printing?"),
    "parameter in the wrong group": (CARD, "used: {value: true, source: census2021, confidence: A}", "parameters/toy.yaml:14: printing.used: unknown key, did you mean sms.used?"),
    "missing source": (CARD, CARD.replace('source: "tender2025: item 1", ', ""), "parameters/toy.yaml:14: printing.card_pvc: no source, give a key of sources.yaml, a sentence, or `assumption: why`"),
    "missing confidence": (CARD, CARD.replace(", confidence: B", ""), "parameters/toy.yaml:14: printing.card_pvc: no confidence, give A, B, C or assumed"),
    "missing price year": (CARD, CARD.replace("price_year: 2024, ", ""), "parameters/toy.yaml:14: printing.card_pvc: no price year, give the year of the price level, as in price_year: 2025"),
    "unknown confidence": (CARD, CARD.replace("confidence: B", "confidence: D"), 'parameters/toy.yaml:14: printing.card_pvc.confidence = "D": not an allowed value, give A, B, C or assumed'),
    "low above the value": (CARD, CARD.replace("value: 120", "value: 120, low: 130, high: 140"), "parameters/toy.yaml:14: printing.card_pvc.low = 130: above the value 120, keep low <= value <= high"),
    "high below the value": (CARD, CARD.replace("value: 120", "value: 120, low: 90, high: 100"), "parameters/toy.yaml:14: printing.card_pvc.high = 100: below the value 120, keep low <= value <= high"),
    "low without high": (CARD, CARD.replace("value: 120", "value: 120, low: 90"), "parameters/toy.yaml:14: printing.card_pvc.low = 90: low without high, give both low and high"),
    "unknown unit": (CARD, CARD.replace("NPR/card", "NPR/crad"), 'parameters/toy.yaml:14: printing.card_pvc.unit = "NPR/crad": unknown unit, did you mean NPR/card?'),
    "unit of another parameter": (CARD, CARD.replace("NPR/card", "NPR/form"), 'parameters/toy.yaml:14: printing.card_pvc.unit = "NPR/form": the declared unit is USD/card, give the value in NPR/card'),
    "unit that is no money": (CARD, CARD.replace("NPR/card", "person"), 'parameters/toy.yaml:14: printing.card_pvc.unit = "person": the declared unit is USD/card, give the value in USD/card'),
    "negative price": (CARD, CARD.replace("value: 120", "value: -1"), "parameters/toy.yaml:14: printing.card_pvc = -1: below 0, give a price of 0 or more"),
    "number as text": (CARD, CARD.replace("value: 120", "value: 1_200"), 'parameters/toy.yaml:14: printing.card_pvc = "1_200": not a number, give a number without quotes, separators or %'),
    "infinite number": (CARD, CARD.replace("value: 120", "value: .inf"), "parameters/toy.yaml:14: printing.card_pvc = Infinity: not a finite number, give a number without quotes, separators or %"),
    "no value": (CARD, CARD.replace("value: 120", "value: "), "parameters/toy.yaml:14: printing.card_pvc: no value, give a value"),
    "value without its mapping": (CARD, "card_pvc: 120", "parameters/toy.yaml:14: printing.card_pvc = 120: not a mapping, give value, source, confidence"),
    "group without its mapping": ("printing:\n  " + CARD, "printing: 3", "parameters/toy.yaml:13: printing = 3: not a mapping of parameters, choose from card_pvc, form"),
    "growth of one number": (CARD, CARD.replace("value: 120", "value: 120, growth: 0.1"), "parameters/toy.yaml:14: printing.card_pvc.growth = 0.1: growth needs a single number by year, remove growth"),
    "impossible year": (CARD, CARD.replace("2024", "20244"), "parameters/toy.yaml:14: printing.card_pvc.price_year = 20244: not a year, give a year such as 2025"),
    "unknown key of a source": (CARD, CARD.replace("tender2025: item 1", "tendr2025: item 1"), 'parameters/toy.yaml:14: printing.card_pvc.source = "tendr2025: item 1": tendr2025 is not in sources.yaml, did you mean tender2025?'),
    "lone word as a source": (CARD, CARD.replace("tender2025: item 1", "hearsay"), 'parameters/toy.yaml:14: printing.card_pvc.source = "hearsay": hearsay is not in sources.yaml, add it there, or write a sentence'),
    "assumed without a range": (CARD, CARD.replace("tender2025: item 1", "assumption: a guess").replace("confidence: B", "confidence: assumed"), 'parameters/toy.yaml:14: printing.card_pvc.confidence = "assumed": assumed without a range, give low and high'),
    "assumption with a grade": (CARD, CARD.replace("tender2025: item 1", "assumption: a guess"), 'parameters/toy.yaml:14: printing.card_pvc.confidence = "B": the source is an assumption, give assumed'),
    "assumption without a reason": (CARD, CARD.replace("tender2025: item 1", "assumption:").replace("value: 120", "value: 120, low: 1, high: 200").replace("confidence: B", "confidence: assumed"), 'parameters/toy.yaml:14: printing.card_pvc.source = "assumption:": an assumption without a reason, write `assumption: why`'),
    "assumed from a published source": (CARD, CARD.replace("value: 120", "value: 120, low: 1, high: 200").replace("confidence: B", "confidence: assumed"), 'parameters/toy.yaml:14: printing.card_pvc.confidence = "assumed": assumed, but the source is published, give A, B or C'),
    "declaration in a country file": (CARD, CARD.replace("value: 120", "value: 120, min: 3"), "parameters/toy.yaml:14: printing.card_pvc.min: unknown key, choose from confidence, description, distribution, from, growth, high, low, note, price_year, source, tag, typical, ..."),
    "logarithm of zero": (CARD, CARD.replace("value: 120", "value: 120, low: 0, high: 200, distribution: log_triangular"), 'parameters/toy.yaml:14: printing.card_pvc.distribution = "log_triangular": low is 0, give a low above 0, or triangular or pert'),
    "logit of more than one": (CARD, CARD.replace("value: 120", "value: 120, low: 1, high: 200, distribution: logit_triangular"), 'parameters/toy.yaml:14: printing.card_pvc.distribution = "logit_triangular": high is 200, give a high below 1, or another distribution'),
    "unknown distribution": (CARD, CARD.replace("value: 120", "value: 120, low: 1, high: 200, distribution: lognormal"), 'parameters/toy.yaml:14: printing.card_pvc.distribution = "lognormal": not an allowed value, give triangular, pert, log_triangular or logit_triangular'),
    "median of PERT": (CARD, CARD.replace("value: 120", "value: 120, low: 1, high: 200, distribution: pert, value_is: median"), 'parameters/toy.yaml:14: printing.card_pvc.distribution = "pert": PERT has its mode at the value, remove distribution, or value_is'),
    "median at an end": (CARD, CARD.replace("value: 120", "value: 120, low: 120, high: 200, value_is: median"), 'parameters/toy.yaml:14: printing.card_pvc.value_is = "median": the value is an end of its range, give low < value < high'),
    "missing required parameter": ("  " + TOTAL, "  growth: {value: 0.01, source: census2021, confidence: A}", "parameters/toy.yaml:11: population.total: missing, give value, source and confidence (People [person])"),
    "share above one": (CARD, CARD + "\ncoverage:\n  target: {value: 50, source: census2021, confidence: A}", "parameters/toy.yaml:16: coverage.target = 50: above 1, give 0 to 1"),
    "list too short": (CARD, CARD + "\ncoverage:\n  rollout: {value: [0.5, 1], source: census2021, confidence: A}", "parameters/toy.yaml:16: coverage.rollout = [0.5, 1]: 2 numbers for 3 years, give 3 numbers, or one number with growth"),
    "range around a list": (CARD, CARD + "\ncoverage:\n  rollout: {value: [0.2, 0.5, 1], low: 0.1, high: 1, source: census2021, confidence: A}", "parameters/toy.yaml:16: coverage.rollout.low = 0.1: a range for a value that is not a single number, remove low and high"),
    "half a year": (CARD, CARD + "\ntime:\n  horizon: {value: 2.5, source: census2021, confidence: A}", "parameters/toy.yaml:16: time.horizon = 2.5: not a whole number, give a whole number [year]"),
    "yes in place of true": (CARD, CARD + "\nsms:\n  used: {value: yes, source: census2021, confidence: A}", 'parameters/toy.yaml:16: sms.used = "yes": neither true nor false, give true or false, without quotes'),
    "unknown choice": (CARD, CARD + "\nserver:\n  hosting: {value: clowd, source: census2021, confidence: A}", 'parameters/toy.yaml:16: server.hosting = "clowd": not an allowed value, did you mean cloud?'),
    "a table that is no list": (CARD, CARD + "\nserver:\n  sizes: {value: 4, source: census2021, confidence: A}", "parameters/toy.yaml:16: server.sizes = 4: not a list, write it as [2, 4, 8]"),
    "a history without years": (CARD, CARD + "\nmoney:\n  inflation: {value: [0.1], source: census2021, confidence: A}", "parameters/toy.yaml:16: money.inflation = [0.1]: not a mapping from year to number, write it as {2023: 4.1, 2024: 3.8}"),
    "a history of words": (CARD, CARD + "\nmoney:\n  inflation: {value: {2023: high}, source: census2021, confidence: A}", 'parameters/toy.yaml:16: money.inflation = "high": not a number, give a number without quotes, separators or %'),
    "key given twice": (CARD, CARD + "\n  " + CARD, "parameters/toy.yaml:15: printing.card_pvc: given twice, keep one; the first is in line 14"),
    "broken YAML": ("scheme: Mutual", "scheme: [Mutual", "parameters/toy.yaml:5: not YAML: a list in brackets lacks a comma or its closing bracket ], check indentation, colons and quotes here and in the line above"),
    "tab": ("  scheme: Mutual", "\tscheme: Mutual", "parameters/toy.yaml:4: a tab in the indentation, indent with spaces"),
    "about without a currency": ("  currency: NPR\n", "", "parameters/toy.yaml:1: about.currency: missing, give currency: currency code of three letters (ISO 4217), as in NPR"),
    "unknown currency": ("currency: NPR", "currency: NPP", 'parameters/toy.yaml:6: about.currency = "NPP": unknown currency, did you mean NPR?'),
    "a part of the country without a minimum pay": ("currency: NPR", "currency: NPR\n  pay_area: EAX", 'parameters/toy.yaml:7: about.pay_area = "EAX": not in the facts, give the code of a row with public_minimum_pay, as in EAZ, or leave it out'),
    "currency left as LCU": ("currency: NPR", "currency: LCU", 'parameters/toy.yaml:6: about.currency = "LCU": unknown currency, give a currency code of three letters (ISO 4217), such as NPR'),
    "country code of two letters": ("iso3: TOY", "iso3: TO", 'parameters/toy.yaml:3: about.iso3 = "TO": not a country code, give three capital letters such as KEN (ISO 3166)'),
    "date of another form": ("2026-01-31", "31.1.2026", 'parameters/toy.yaml:9: about.date = "31.1.2026": not a date, give it as 2026-01-31'),
    "version as a float": ("version: 1", "version: 1.10", "parameters/toy.yaml:10: about.version = 1.1: not text, put quotes around it"),
    "text with a colon": ("target: half of the people, as the law says", "target: {half: of the people}", "parameters/toy.yaml:8: about.target: a mapping instead of text, put quotes around a text with a colon in it"),
    "bad path in an option": (CHANGES, "{server.hostng: own}", "parameters/toy.yaml:19: options.own_room.changes.server.hostng: no such parameter, did you mean server.hosting?"),
    "bad value in an option": (CHANGES, "{coverage.target: 2}", "parameters/toy.yaml:19: options.own_room.changes.coverage.target = 2: above 1, give 0 to 1"),
    "nothing in place of a value in an option": (CHANGES, "{coverage.target: }", "parameters/toy.yaml:19: options.own_room.changes.coverage.target: no value, give a value"),
    "list too short in an option": (CHANGES, "{time.horizon: 5}", "parameters/defaults.yaml:9: coverage.rollout = [0.2, 0.6, 1]: 3 numbers for 5 years, give 5 numbers, or one number with growth"),
    "option without a title": ("    title: Own machine room\n", "", "parameters/toy.yaml:16: options.own_room.title: missing, give title"),
    "unknown component": (BANK, BANK.replace("printing", "printng"), 'parameters/toy.yaml:21: funding[0].components[1] = "printng": unknown component, did you mean printing?'),
    "share of a funder above one": (BANK, BANK.replace("0.5", "50"), "parameters/toy.yaml:21: funding[0].share = 50: not a share, give a number from 0 to 1"),
    "unknown key of a funding rule": (BANK, BANK.replace("cap:", "limit:"), "parameters/toy.yaml:21: funding[0].limit: unknown key, choose from agreed, cap, cap_currency, components, funder, indirect_cost, indirect_cost_excludes, indirect_cost_source, kind, lines, note, share, ..."),
    "currency of a cap": (BANK, BANK.replace("cap: 1000", "cap: 1000, cap_currency: DOLLAR"), 'parameters/toy.yaml:21: funding[0].cap_currency = "DOLLAR": not an allowed currency for a cap, choose from LCU, NPR, USD'),
    "unknown tax status of a funder": (BANK, BANK.replace("cap: 1000", "cap: 1000, taxes: free"), 'parameters/toy.yaml:21: funding[0].taxes = "free": not an allowed value, give paid or exempt'),
    "indirect cost without a source": (BANK, BANK.replace("cap: 1000", "cap: 1000, indirect_cost: 0.07"), "parameters/toy.yaml:21: funding[0].indirect_cost: no source, give indirect_cost_source: the agreement, or `assumption: why`"),
    "class that indirect cost cannot leave out": (BANK, BANK.replace("cap: 1000", "cap: 1000, indirect_cost: 0.07, indirect_cost_source: agreed, indirect_cost_excludes: ['39']"), 'parameters/toy.yaml:21: funding[0].indirect_cost_excludes[0] = "39": unknown economic class, choose from 2, 21, 211, 212, 22, 28, 282, 31, 311, 3111, 3112, 31121, ...'),
    "bearer of taxes that nobody is exempt from": (BANK, BANK.replace("cap: 1000", "cap: 1000, tax_bearer: Ministry"), "parameters/toy.yaml:21: funding[0].tax_bearer: taxes that the funder pays itself, add `taxes: exempt`, or leave the bearer out"),
    "funding without dashes": (f"  - {BANK}", f"  bank: {BANK}", "parameters/toy.yaml:20: funding: not a list, give one rule after a dash for each funder"),
    "unknown driver": ("funding:", "roles: {clerk: {workload: {visits: {driver: claim, text: a visit, minutes: {value: 3, source: census2021, confidence: A}}}}}\nfunding:", 'parameters/toy.yaml:20: roles.clerk.workload.visits.driver = "claim": unknown driver, did you mean claims?'),
    "minutes missing from added work": ("funding:", "roles: {clerk: {workload: {visits: {driver: claims, text: a visit}}}}\nfunding:", "parameters/toy.yaml:20: roles.clerk.workload.visits.minutes: missing, give value, source and confidence (Time per activity [minute])"),
    "unknown key of a role": ("funding:", "roles: {clerk: {salary: 3}}\nfunding:", "parameters/toy.yaml:20: roles.clerk.salary: unknown key, choose from cover, key, level, needs, ratio, tasks, title, title_plural, workload"),
    "support work of the whole time": ("funding:", "roles: {clerk: {cas: {value: 1, source: census2021, confidence: A}}}\nfunding:", "parameters/toy.yaml:20: roles.clerk.cas = 1: above 0.99, give 0 to 0.99"),
    "rounding to a third of a post": ("funding:", "roles: {clerk: {rounding: {value: 0.3, source: census2021, confidence: A}}}\nfunding:", "parameters/toy.yaml:20: roles.clerk.rounding = 0.3: not an allowed rounding of posts, give 0.5 or 1"),
    "role that is a number": ("funding:", "roles: {clerk: 3}\nfunding:", "parameters/toy.yaml:20: roles.clerk = 3: not a role, give title, tasks, needs, level, pay, ..."),
}  # fmt: skip


@pytest.mark.parametrize(("correct", "wrong", "message"), IN_COUNTRY.values(), ids=IN_COUNTRY)
def test_a_bad_country_file_gets_this_message(correct, wrong, message, tmp_path):
    """One problem in the file gives one message with its location, the problem and the remedy."""
    assert correct in COUNTRY
    assert messages(folder(tmp_path, COUNTRY.replace(correct, wrong, 1))) == [message]


IN_DEFAULTS = {
    "no value and not required": ("{required: true, unit: person, description: People}", "{unit: person, description: People}", "parameters/defaults.yaml:5: population.total: no value, give a value"),
    "no unit": ("{value: true, unit: yes/no, ", "{value: 3, low: 1, high: 4, ", "parameters/defaults.yaml:15: sms.used: no unit, give a unit of units.yaml"),
    "no description": (", description: Growth}", "}", "parameters/defaults.yaml:6: population.growth: no description, describe the value in a sentence"),
    "neither parameter nor group": ("sms:\n", "limit: 3\nsms:\n", "parameters/defaults.yaml:14: limit = 3: neither a parameter nor a group, give a mapping with value, unit, source, ..."),
    "typo in a declaration": ("integer: true, min: 1", "intger: true, min: 1", "parameters/defaults.yaml:3: time.horizon.intger: unknown key, did you mean integer?"),
    "required in quotes": ("{required: true,", '{required: "yes",', 'parameters/defaults.yaml:5: population.total.required = "yes": neither true nor false, give true or false, without quotes'),
    "above the declared bound": ("value: 10, unit: LCU/form", "value: 60, unit: LCU/form", "parameters/defaults.yaml:13: printing.form = 60: above 50, give a price of 0 to 50"),
    "role without a way to count posts": ("    workload:\n      claims: {driver: claims, text: a claim on paper, minutes: {value: 4, source: tender2025, confidence: B}}\n", "", "parameters/defaults.yaml:22: roles.clerk: no rule for the number of posts, give workload, cover or ratio"),
    "level of a role": ("level: office", "level: village", 'parameters/defaults.yaml:26: roles.clerk.level = "village": not an allowed value, give national or office'),
    "task that became a mapping": ("[enters claims]", "[enters claims, 'checks': lists]", "parameters/defaults.yaml:24: roles.clerk.tasks[1]: a mapping instead of text, put quotes around a text with a colon in it"),
}  # fmt: skip


@pytest.mark.parametrize(("correct", "wrong", "message"), IN_DEFAULTS.values(), ids=IN_DEFAULTS)
def test_a_bad_declaration_gets_this_message(correct, wrong, message, tmp_path):
    """A problem of `defaults.yaml` is reported once, at its own line, for any number of scenarios."""
    assert correct in DEFAULTS
    place = folder(tmp_path, defaults=DEFAULTS.replace(correct, wrong, 1), second=COUNTRY)
    assert messages(place) == [message]


def test_all_problems_of_two_files_are_reported_at_once(tmp_path):
    """All problems can be corrected in one go."""
    first = COUNTRY.replace("value: 120", "value: -1").replace("currency: NPR", "currency: NPP")
    second = COUNTRY.replace("card_pvc", "card_pcv").replace("share: 0.5", "share: 2")
    assert messages(folder(tmp_path, first, second=second)) == [
        "parameters/second.yaml:14: printing.card_pcv: unknown key, did you mean card_pvc?",
        "parameters/second.yaml:21: funding[0].share = 2: not a share, give a number from 0 to 1",
        'parameters/toy.yaml:6: about.currency = "NPP": unknown currency, did you mean NPR?',
        "parameters/toy.yaml:14: printing.card_pvc = -1: below 0, give a price of 0 or more",
    ]


def test_an_unknown_currency_is_one_problem(tmp_path):
    """However many prices are in it, it is corrected in one place; that of a known country is named."""
    wrong = COUNTRY.replace("NPR", "NPP")

    assert wrong.count("NPP") > 1
    assert messages(folder(tmp_path, wrong)) == [
        'parameters/toy.yaml:6: about.currency = "NPP": unknown currency, did you mean NPR?'
    ]
    assert messages(folder(tmp_path, wrong.replace("iso3: TOY", "iso3: GHA"))) == [
        'parameters/toy.yaml:6: about.currency = "NPP": unknown currency, the currency of Ghana is GHS'
    ]


def test_a_currency_needs_no_line_in_the_list_of_units(tmp_path):
    """Those of ISO 4217 are known, in a scenario and in its prices."""
    assert messages(folder(tmp_path, COUNTRY.replace("NPR", "GHS"))) == []


def test_a_source_of_the_facts_is_a_known_source(tmp_path):
    """A figure taken from them names it as any other."""
    assert messages(folder(tmp_path, COUNTRY.replace('"tender2025: item 1"', '"ilostat_public_pay: 2021"'))) == []


def test_a_new_role_must_be_complete(tmp_path):
    """Each number that a new role lacks is named."""
    role = "roles: {guard: {title: Guard, tasks: [guards], needs: [care], level: office, ratio: {driver: users}}}\n"
    lacking = {message.split(": ")[1] for message in messages(folder(tmp_path, COUNTRY + role))}
    names = "pay on_costs sourcing existing first_year turnover rounding cas individual_hours ratio.per_post"
    assert lacking == {f"roles.guard.{name}" for name in names.split()}


def test_an_empty_file_says_what_it_should_hold(tmp_path):
    """A file just made is no crash."""
    assert messages(folder(tmp_path, "")) == [
        "parameters/toy.yaml:1: empty file, give `about`, and the values that differ from defaults.yaml"
    ]


def test_a_bound_in_one_currency_does_not_apply_to_a_value_in_another(tmp_path):
    """A maximum of 50 rupees does not apply to dollars."""
    form = "form: {value: 60, unit: USD/form, price_year: 2025, source: census2021, confidence: A}"
    assert messages(folder(tmp_path, COUNTRY.replace(CARD, form))) == []


def test_the_table_of_problems_escapes_user_input():
    """In a notebook, problems are a table; text from a file is escaped."""
    problem = Problem("parameters/x.yaml", 3, "a.b", "not a number", "give a number", "<script>")
    shown = BadInput([problem])._repr_html_()
    assert "<script>" not in shown
    assert "a.b = &quot;&lt;script&gt;&quot;" in shown


def parameter(**fields):
    """A number in people with these fields."""
    about = {"path": "a.b", "unit": "person", "kind": "number", "layer": "country", "file": "x", "line": 1}
    return Parameter(**{**about, "description": "People", **fields})


RULES = CheckContext(Units({"person": Measure("people", 0)}, {}, {"LCU": "own"}), {})


@given(st.lists(st.floats(0, 1e12), min_size=3, max_size=3))
def test_a_range_is_sound_exactly_when_it_is_in_order(numbers):
    """Low, value and high in this order pass, and no other order does."""
    low, value, high = numbers
    wrong = list(parameter_problems(parameter(low=low, value=value, high=high), RULES))
    assert (not wrong) == (low <= value <= high)


@given(st.one_of(st.integers(), st.floats(), st.text(), st.booleans(), st.lists(st.integers()).map(tuple)))
def test_a_number_passes_exactly_when_it_is_a_finite_number_within_bounds(value):
    """People are counted in finite numbers of 0 or more; true, text and lists are none."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    correct = number and abs(value) < math.inf and value >= 0
    assert (not list(parameter_problems(parameter(value=value), RULES))) == correct
