"""Text of a server on its way to a terminal or a file, and numbers that cannot be right."""

import base64
import json

import pytest

from imis_plan.openimis import api, database, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.period import Period
from tests.live.truth import DAY, YEAR
from tests.openimis.fake import PASSWORD, Fake, serving

JSON = "application/json"
# A terminal's "clear the screen", a change of its title, a right-to-left override, an isolate, a zero-width space, a line separator, a C1 control.
HOSTILE = "\x1b[2J\x1b]0;title\x07\u202egnp.exe\u2066\u200b\u2028\x9b31m\x00\ufeff"
CONTROLS = set("\x1b\x07\u202e\u2066\u200b\u2028\x9b\x00\ufeff\r\n")
LOGIN = "/api/api_fhir_r4/login/"


def read(fake, account="reader"):
    """What an account reads."""
    with serving(fake):
        opened = session.log_in(parse_address(fake.address), account, PASSWORD)
        return api.read(opened, Period(DAY, YEAR), account)


def refused(fake):
    """The sentence with which a login ends."""
    with serving(fake), pytest.raises(SystemUnavailable) as caught:
        session.log_in(parse_address(fake.address), "reader", PASSWORD)
    return str(caught.value)


def error(text):
    """A GraphQL response with an error."""
    return 200, JSON, json.dumps({"errors": [{"message": text}], "data": None})


@pytest.mark.parametrize(
    "instead",
    [
        {LOGIN: (302, "text/html", "https://x.example/\x1b[2J\x9b31m\x07")},
        {LOGIN: (500, "text/html\x1b[2J\x9b31m", "x")},
        {"getCsrfToken": error(HOSTILE)},
        {"getCsrfToken": (200, "text/html\x1b[2J\x9b31m", "x")},
    ],
    ids=["Location", "Content-Type", "GraphQL error", "Content-Type after login"],
)
def test_the_message_of_a_failed_login_shows_control_characters(instead):
    """Before login, too, when the server may be anybody's."""
    message = refused(Fake(instead=instead))

    assert not CONTROLS & set(message)
    assert "\\x1b[2J" in message


def test_a_long_address_of_a_redirect_is_shortened():
    """A message stays one that can be read."""
    assert len(refused(Fake(instead={LOGIN: (302, "text/html", "https://x.example/" + "a" * 5000)}))) < 600


def node(**values):
    """A page with one node."""
    return 200, JSON, json.dumps({"data": {"page": {"pageInfo": {"hasNextPage": False}, "edges": [{"node": values}]}}})


VILLAGE = {"validityTo": None, "malePopulation": 1, "femalePopulation": None, "otherPopulation": None}
ROLE = {"id": base64.b64encode(b"RoleGQLType:2").decode(), "name": HOSTILE}


@pytest.mark.parametrize(
    "instead",
    [
        {"{ claims(first": error(HOSTILE)},
        {"{ claims(first": error("Cannot query field " + HOSTILE)},
        {"{ claims(first": (200, "text/html\x1b[2J", "x")},
        {"locations(type": node(**VILLAGE, parent={"parent": {"name": HOSTILE}})},
        {"locationsAll(type": node(code=HOSTILE, validityTo=None)},
        {"{ role(": (200, JSON, json.dumps({"data": {"role": {"totalCount": 1, "edges": [{"node": ROLE}]}}}))
         , "{ r0: users": (200, JSON, '{"data": {"r0": {"totalCount": 3}}}')},
    ],
    ids=["error", "unknown field", "Content-Type", "district", "district code", "role"],
)  # fmt: skip
def test_facts_and_gaps_show_control_characters(instead):
    """Names of places and roles, and reasons."""
    found = read(Fake(instead=instead))

    text = json.dumps([fact.model_dump() for fact in found.facts.values()], ensure_ascii=False)
    assert not CONTROLS & set(text)
    assert "x1b" in text


def test_names_in_other_scripts_are_kept():
    """Joiners are part of words in Nepali, Sinhala and Persian; accents and Arabic are letters as others."""
    name = "क्\u200dष र्\u200dय Éthiopie الخرطوم می\u200cخواهم"

    found = read(Fake(instead={"locations(type": node(**VILLAGE, parent={"parent": {"name": name}})}))

    assert found.facts["population_by_district"].value == {name: 1}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"data": {"claims": {"totalCount": -5}}}', "impossible count: -5"),
        ('{"data": {"claims": {"totalCount": 10000000000000000000000000}}}', "impossible count: 10000000000000000000"),
        ('{"data": {"claims": {"totalCount": 1' + "0" * 400 + "}}}", "impossible count"),
        ('{"data": {"claims": {"totalCount": 5.5}}}', "without a total"),
        ('{"data": {"claims": {"totalCount": NaN}}}', "without a total"),
        ('{"data": {"claims": {"totalCount": "7"}}}', "without a total"),
        ('{"data": {"claims": {"totalCount": true}}}', "without a total"),
        ('{"data": {"claims": []}}', "without a total"),
        ('{"data": {}}', "without a total"),
        ('{"data": ' + "[" * 100000 + "]" * 100000 + "}", "not from openIMIS"),
        ('{"a": ' * 100 + "1" + "}" * 100, "error"),
        ('{"errors": {"a": 1}, "data": {"claims": {"totalCount": 7}}}', "error"),
        ('{"errors": [{"message": null}], "data": null}', "error"),
        ("\ufeff\ud83d", "not from openIMIS"),
        ('{"errors": [{"message": "\\ud83d"}], "data": null}', "error"),
    ],
    ids=lambda one: one[:40],
)
def test_a_count_that_cannot_be_right_is_a_gap_with_a_reason(answer, words):
    """And takes no other fact with it."""
    answer = answer.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    found = read(Fake(instead={"{ claims(first": (200, JSON, answer)}))

    assert words in str(found.facts["claims"].missing)
    str(found.facts["claims"].missing).encode()
    assert found.facts["registered"].value == 2700


@pytest.mark.parametrize("people", [-5, 5.5, "5", True, 10**30, [], {}])
def test_a_population_that_cannot_be_right_is_a_gap(people):
    """Of one village among others."""
    found = read(Fake(instead={"locations(type": node(**(VILLAGE | {"malePopulation": people}), parent=None)}))

    assert found.facts["population"].value is None
    assert found.facts["population_by_district"].value is None


@pytest.mark.parametrize("name", [None, 5, [], {}, ""])
def test_a_role_without_a_name_is_a_gap(name):
    """And no traceback."""
    role = json.dumps({"data": {"role": {"totalCount": 1, "edges": [{"node": ROLE | {"name": name}}]}}})
    users = '{"data": {"r0": {"totalCount": 3}}}'

    found = read(Fake(instead={"{ role(": (200, JSON, role), "{ r0: users": (200, JSON, users)}))

    assert found.facts["users_by_role"].value is None


@pytest.mark.parametrize("code", [None, 5, [], {}])
def test_a_district_without_a_code_is_a_gap(code):
    """The districts of the account cannot be compared."""
    found = read(Fake(instead={"locationsAll(type": node(code=code, validityTo=None)}))

    assert found.facts["registered"].value is None
    assert "it is not known whether the account sees every district" in str(found.facts["registered"].missing)


@pytest.mark.parametrize("total", ["-5", "true", "1e400", "10000000000000000000000", '"3"', "null"])
def test_a_fhir_total_that_cannot_be_right_is_a_gap(total):
    """As in GraphQL."""
    found = read(Fake(instead={"InsurancePlan": (200, JSON, '{"total": ' + total + "}")}))

    assert found.facts["products"].value is None


@pytest.mark.parametrize("token", ["a\nb", "é", "名", " ", "\x1b[2J"])
@pytest.mark.parametrize("place", ["login", "csrf"])
def test_a_token_that_no_header_can_carry_is_refused(place, token):
    """It would be an error inside the libraries."""
    login, csrf = json.dumps({"token": token}), json.dumps({"data": {"getCsrfToken": {"csrfToken": token}}})
    instead = {LOGIN: (200, JSON, login)} if place == "login" else {"getCsrfToken": (200, JSON, csrf)}

    assert "token" in refused(Fake(instead=instead))


def test_an_error_of_a_database_shows_control_characters():
    """Its first line, shortened."""
    shown = database.first_line(Exception("relation " + HOSTILE + "a" * 5000 + "\nsecond line"))

    assert not CONTROLS & set(shown)
    assert len(shown) < 300


@pytest.mark.parametrize("rows", [[(-5,)], [(float("nan"),)], [(float("inf"),)]])
def test_a_number_of_a_database_that_cannot_be_right_is_a_gap(rows):
    """A register can hold villages with fewer than no people."""
    assert "impossible" in str(database.single_number(rows).missing)
    assert "impossible" in str(database.numbers_by_name("users_by_role")([("Clerk", *rows[0])]).missing)
