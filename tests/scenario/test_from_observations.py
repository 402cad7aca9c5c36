"""Parameters that rest on observed prices: which value counts, what it rests on, and what is refused."""

from pathlib import Path

import pytest

from imis_plan.facts.observations import COLUMNS
from imis_plan.problems import BadInput
from imis_plan.scenario.folder import PACKAGE_PARAMETERS
from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import load
from imis_plan.scenario.plan_checks import check
from imis_plan.scenario.price_library import price_files
from tests.report import places
from tests.small import COUNTRY, DEFAULTS, KNOWN, folder

GIVEN = '{value: 120, unit: NPR/card, price_year: 2024, source: "tender2025: item 1", confidence: B}'
ASSUMED = '{value: 9, low: 8, high: 10, unit: USD/card, price_year: 2024, source: "assumption: a guess", confidence: assumed}'
KEPT = ASSUMED.replace("{", "{from: , ", 1)
# Nepal has observations of a card, Zambia has none.
NEPAL, ZAMBIA = {"TOY": "NPL"}, {"TOY": "ZMB", "currency: NPR": "currency: ZMW", "NPR/card": "ZMW/card"}
CARD = "printing.card_pvc"
QUOTE = {
    "item": "card_pvc", "country": "ZMB", "value": "2", "unit": "card", "currency": "USD", "price_year": "2024", "dated": "stated",
    "source": "tender2025", "kind": "observed", "grade": "A", "tax": "unknown",
}  # fmt: skip


def place(parent, card=None, country=NEPAL, **more):
    """The small folder, with a card from observations, and with what the scenario says of it."""
    text = COUNTRY.replace(f"  card_pvc: {GIVEN}", f"  card_pvc: {card}" if card else "  form: {price_year: 2025}")
    for old, new in country.items():
        text = text.replace(old, new)
    defaults = DEFAULTS.replace("card_pvc: {value: 0.9,", "card_pvc: {from: card_pvc, value: 0.9,").replace(
        "price_year: 2025", "price_year: 2024"
    )
    defaults = defaults.replace(
        "source: tender2025, confidence: B, description: Card,",
        'source: "assumption: usual", confidence: assumed, description: Card,',
    )
    return folder(parent, text, defaults, **more)


def loaded(parent, card=None, country=NEPAL, **more):
    """The parameter of the card in the small scenario."""
    return load("toy", parameters=place(parent, card, country), known=KNOWN, **more).parameters[CARD]


def steps(parameter: Parameter) -> str:
    """The step that gave the value of a parameter, or nothing."""
    return parameter.resolved.step if parameter.resolved else ""


def with_rows(parameters: Path, *rows):
    """The folder with observations of its own."""
    lines = [",".join(COLUMNS), *(",".join((QUOTE | row).get(column, "") for column in COLUMNS) for row in rows)]
    (parameters / "observations.csv").write_text("\n".join(lines), encoding="utf-8")
    return parameters


def test_nepals_card_recomputed_by_hand(tmp_path):
    """The lowest bid, 100 rupees of 2017 at 1.6 x 65.12889 for a dollar, and US inflation to 2024; the estimate of 2025 is a range and does not count."""
    inflation = 1.02443 * 1.01812 * 1.01234 * 1.04698 * 1.08003 * 1.04116 * 1.0295  # 2018 to 2024
    card = loaded(tmp_path, "{from: card_pvc, unit: USD/card, price_year: 2024}")
    assert card.value == pytest.approx(100 / (1.6 * 65.12889) * inflation, rel=1e-3)
    assert (card.confidence, card.resolved.step, card.currency, card.price_year) == ("A", "own country", "USD", 2024)
    assert card.high == pytest.approx(card.value * 1.2, rel=1e-3)  # the least spread of the item
    assert card.source == "observed prices: card_pvc, NPL (himalayan_smartcard, meroauto_licence)"


def test_tanzanias_phone_recomputed_by_hand():
    """The census tablet of Kenya, 15,000 shillings of 2019, and Cote d'Ivoire's, 167.50 dollars: nominal dollars of 2025."""
    phone = load("tanzania", parameters=PACKAGE_PARAMETERS).parameters["phones.handset"]
    assert phone.value == pytest.approx((15000 / 101.991 + 167.5) / 2, rel=1e-3)
    assert (phone.confidence, phone.price_year) == ("analogue", 2025)


def test_zambias_message_recomputed_by_hand():
    """Three tiers of one list of 2025, 0.13, 0.12 and 0.11 kwacha, are one observation; the least spread is 20 %."""
    message = load("zambia", parameters=PACKAGE_PARAMETERS).parameters["sms.message"]
    assert (message.value, message.low, message.high, message.unit) == (0.12, 0.1, 0.144, "ZMW/message part")
    assert message.confidence == "C"


@pytest.mark.parametrize(
    ("card", "country", "confidence", "value"),
    [
        (GIVEN, NEPAL, "B", 120),  # a value with a source comes before observations
        (ASSUMED, ZAMBIA, "assumed", 9),  # an assumption of the scenario comes before other countries
        (KEPT, NEPAL, "assumed", 9),  # an empty `from` keeps it against the own country, too
    ],
)
def test_a_value_of_the_scenario_stands(card, country, confidence, value, tmp_path):
    """Unless it is assumed and the own country has observations."""
    parameter = loaded(tmp_path, card, country)
    assert (parameter.confidence, parameter.value, parameter.resolved) == (confidence, value, None)


def test_observations_of_the_own_country_replace_an_assumption(tmp_path):
    """And `check` names it, since the file still says otherwise."""
    plan = load("toy", parameters=place(tmp_path, ASSUMED), known=KNOWN)
    assert steps(plan.parameters[CARD]) == "own country"
    (warning,) = plan.warnings
    assert str(warning).startswith("parameters/toy.yaml:14: printing.card_pvc = 9: assumed, but card_pvc is observed at 1.")
    assert warning.warning
    assert check(["toy"], parameters=plan.folder, known=KNOWN) == []


def test_other_countries_stand_in(tmp_path):
    """Zambia has no card: those of the same region and income group, at least two, with a grade of their own."""
    card = loaded(tmp_path, country=ZAMBIA)
    assert (card.confidence, card.resolved.step, card.layer) == ("analogue", "analogue", "defaults")
    assert str(card.resolved.skipped[0]) == "own country: no observation"


def test_the_stated_assumption_is_the_last_resort(tmp_path):
    """Where prices cannot be carried to the year asked for; without an assumption, the reasons are given."""
    later = "unit: USD/card, price_year: 2040"
    card = loaded(
        tmp_path, f'{{from: card_pvc, {later}, value: 2, low: 1, high: 3, source: "assumption: x", confidence: assumed}}'
    )
    assert (card.value, card.confidence, card.resolved) == (2, "assumed", None)
    with pytest.raises(BadInput) as caught:
        loaded(tmp_path, changes={CARD: {"from": "card_pvc", "unit": "NPR/card", "price_year": 2040}})
    assert "no observed price (" in str(caught.value)
    assert "add an observation, or give a value" in str(caught.value)


def test_what_if_and_option_come_first(tmp_path):
    """A value of either stands; either may name an item, too."""
    assert loaded(tmp_path, changes={CARD: 7}).value == 7
    asked = loaded(tmp_path, GIVEN, changes={CARD: {"from": "card_preprinted_qr", "unit": "USD/card", "price_year": 2024}})
    assert (asked.resolved.item.name, asked.layer) == ("card_preprinted_qr", "what-if")
    text = "    changes: {server.hosting: own, coverage.target: 0.4}"
    for change, confidence in (("4", "assumed"), ("{from: card_pvc}", "A")):
        parameters = place(tmp_path)
        file = parameters / "toy.yaml"
        file.write_text(file.read_text().replace(text, f"    changes: {{printing.card_pvc: {change}}}"))
        assert load("toy", "own_room", parameters, known=KNOWN).parameters[CARD].confidence == confidence


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ("{from: card_pcv}", '14: printing.card_pvc.from = "card_pcv": not in observation_items.csv, did you mean card_pvc?'),
        ("{from: handset}", '14: printing.card_pvc.from = "handset": handset is per phone, give an item with the unit'),
        (GIVEN.replace("{", "{from: card_pvc, "), '14: printing.card_pvc.from = "card_pvc": beside a published value, remove one'),
        ("{from: [a]}", "14: printing.card_pvc.from: not text"),
    ],
)  # fmt: skip
def test_a_wrong_item_is_refused(card, message, tmp_path):
    """With its line, and what would be right."""
    with pytest.raises(BadInput) as caught:
        loaded(tmp_path, card)
    assert f"parameters/toy.yaml:{message}" in str(caught.value)


def test_another_exchange_rate_converts_prices_anew():
    """Cameroon's fare is 16 francs a kilometre: with twice as many francs for a dollar in 2025, half as many dollars."""
    plan = load("cameroon")
    rates = dict(plan["money.exchange_rates"])
    after = plan.replace({"money.exchange_rates": rates | {2025: 2 * rates[2025]}})
    fare = plan.parameters["capacity.fare"]
    assert after["capacity.fare"] == pytest.approx(fare.value / 2, rel=1e-3)
    assert after.parameters["capacity.fare"].high == pytest.approx((fare.high or 0) / 2, rel=1e-3)
    assert after["capacity.per_diem"] == plan["capacity.per_diem"], "francs of Cameroon's own year"


def test_a_price_of_a_what_if_stays_with_another_exchange_rate():
    """What the user types is not replaced by observations."""
    plan = load("cameroon").replace({"capacity.fare": 0.05})
    rates = dict(plan["money.exchange_rates"])
    assert plan.replace({"money.exchange_rates": rates | {2025: 2 * rates[2025]}})["capacity.fare"] == 0.05


def test_other_what_ifs_leave_prices_as_they_are():
    """The same objects: nothing is converted again."""
    plan = load("cameroon")
    after = plan.replace({"coverage.target": 0.2})
    assert after.parameters["capacity.fare"] is plan.parameters["capacity.fare"]


def test_a_row_of_the_own_folder_moves_its_country_only(tmp_path):
    """A ministry adds one row; the report follows."""
    parameters = place(tmp_path, country=ZAMBIA, nepal=place(tmp_path).joinpath("toy.yaml").read_text())
    before = load("nepal", parameters=parameters, known=KNOWN).parameters[CARD].value
    with_rows(parameters, {})
    card = load("toy", parameters=place(tmp_path, country=ZAMBIA), known=KNOWN).parameters[CARD]
    assert (card.confidence, steps(card)) == ("A", "own country")
    assert card.value == pytest.approx(2, rel=0.1)
    assert load("nepal", parameters=parameters, known=KNOWN).parameters[CARD].value == before


def test_a_row_with_the_same_key_replaces_the_shipped_one(tmp_path):
    """The lowest bid, read again."""
    again = {"country": "NPL", "value": "200", "currency": "NPR", "price_year": "2017", "source": "himalayan_smartcard"}
    before = loaded(tmp_path, "{from: card_pvc}").value
    with_rows(tmp_path / "parameters", again)
    assert loaded(tmp_path, "{from: card_pvc}").value == pytest.approx(2 * before, rel=1e-3)


def test_a_wrong_row_is_refused_by_line(tmp_path):
    """A unit that is not the item's, a country that is none, a source that nobody lists: all at once."""
    parameters = with_rows(place(tmp_path), {}, {"unit": "box", "country": "ZZZ", "source": "nobody"})
    problems = check(["toy"], parameters=parameters, known=KNOWN)
    assert [(problem.location, problem.path) for problem in problems] == [
        ("parameters/observations.csv:3", path) for path in ("country", "source", "unit")
    ]


def test_the_files_of_prices_are_inputs(tmp_path):
    """The shipped ones and those of the own folder, each once; a plan without observed prices does not read them."""
    parameters = with_rows(place(tmp_path), {})
    assert [file.name for file in price_files(parameters)] == ["observation_items.csv", "observations.csv", "observations.csv"]
    assert [file.name for file in price_files(PACKAGE_PARAMETERS)] == ["observation_items.csv", "observations.csv"]
    assert input_files("toy", parameters)["observations"] == parameters / "observations.csv"
    assert "observations" not in input_files("nepal", PACKAGE_PARAMETERS)  # the shipped ones count to the package


def test_an_empty_value_in_place_of_an_observed_price_is_a_problem():
    """`--set phones.handset=` names no value; it was taken, and the budget ended with a stack trace."""
    with pytest.raises(BadInput, match=r"what-if: phones\.handset: no value, give a value"):
        load("borsa", parameters=PACKAGE_PARAMETERS, changes={"phones.handset": None})


@pytest.mark.parametrize(
    "value",
    [
        "{2024: high, 2025: 0.1}",
        "{2024: [1], 2025: 0.1}",
        "{twelve: 0.1}",
        "{2024: -1, 2025: 0.1}",
        "{2024: .inf}",
        "high",
        "[1, 2]",
    ],
)
def test_a_series_that_is_wrong_is_named_and_carries_no_price(tmp_path, value):
    """Observed prices are carried with the scenario's own inflation and rates; a wrong one ended in a stack trace."""
    for series in ("home_inflation", "exchange_rates", "home_inflation_forward"):
        wrong = f"money:\n  {series}: {{value: {value}, source: a bank, confidence: B}}\n"
        folder = places.place(tmp_path / series, "1 + 1", first=places.BORSA, second=f"based_on: first\n{wrong}")
        found = check(["second"], folder)
        assert found or series == "exchange_rates"
        assert all(f"second.yaml:3: money.{series}" in str(problem) or "planning_rate" in str(problem) for problem in found), (
            found
        )
