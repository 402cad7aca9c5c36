"""Facts through the API: complete, or a gap with a reason. The answers are those of real backends; see `fake.py`."""

import json

import pytest

from imis_plan.openimis import api, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.period import Period
from tests.live.truth import DAY, FACTS, RIGHTS, SEEN_BY_ALL, YEAR
from tests.openimis.fake import ERROR_PAGE, PASSWORD, Fake, serving

JSON = "application/json"


def read(fake, account="reader"):
    """What an account reads."""
    with serving(fake):
        opened = session.log_in(parse_address(fake.address), account, PASSWORD)
        return api.read(opened, Period(DAY, YEAR), account)


def values(baseline):
    """The facts that were read."""
    return {name: fact.value for name, fact in baseline.facts.items() if fact.value is not None}


def test_an_account_with_all_districts_and_rights_reads_everything():
    """The sums are those of the register that was filled, written by hand in `tests/live/truth.py`."""
    found = read(Fake())

    assert values(found) == FACTS
    assert found.system.release == "core 1.10 or later"


@pytest.mark.parametrize(
    ("release", "account", "seen"), [("2026-05", "local", 1), ("2026-05", "nowhere", 0), ("2024-11", "local", 1)]
)
def test_an_account_with_some_districts_reads_gaps_and_never_a_smaller_number(release, account, seen):
    """What a release limits by district is left out, and the missing districts are named."""
    found = read(Fake(release), account)

    assert values(found) == {name: FACTS[name] for name in SEEN_BY_ALL}
    assert all(f"sees {seen} of 6 districts" in gap.missing for gap in found.gaps().values())
    assert all("D1, D2" in gap.remedy for gap in found.gaps().values())


@pytest.mark.parametrize("release", ["2026-05", "2024-11"])
def test_a_missing_right_is_named_by_its_number(release):
    """The server answers HTTP 200 with `unauthorized`."""
    found = read(Fake(release), "bare")

    assert all(right in found.facts[name].missing for name, right in RIGHTS.items())
    assert all(value == FACTS[name] for name, value in values(found).items())


def test_one_missing_right_hides_nothing_else():
    """Each question stands alone."""
    found = read(Fake(), "nopolicies")

    assert {gap.missing for gap in found.gaps().values()} == {"the account lacks the right 101201 (policies)"}
    assert found.facts["claims"].value == FACTS["claims"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((500, "text/html", ERROR_PAGE), "the server failed on this query (HTTP 500)"),
        ((400, JSON, '{"errors": [{"message": "Cannot query field \\"claims\\" on type \\"Query\\"."}]}'), "the module claim is not installed"),
        ((200, "text/html", "<html>Please log in to the hotel's network</html>"), "the response is not from openIMIS (HTTP 200, text/html)"),
        ((200, JSON, '{"errors": [{"message": "database is locked"}], "data": {"claims": null}}'), "answered with an error: database is locked"),
        ((200, JSON, '{"errors": [{"message": "slow"}], "data": {"claims": {"totalCount": 7}}}'), "answered with an error: slow"),
        ((200, JSON, '{"data": {"claims": null}}'), "answered without a total"),
        ((200, JSON, '{"data": {"claims": {"totalCount": null}}}'), "answered without a total"),
        ((200, JSON, '{"data": null}'), "answered with an error"),
        ((200, JSON, "[]"), "the response is not from openIMIS"),
    ],
)  # fmt: skip
def test_a_question_that_fails_is_a_gap_and_no_0(answer, words):
    """And takes no other with it."""
    found = read(Fake(instead={"{ claims(first": answer}))

    assert words in found.facts["claims"].missing
    assert {**values(found), "claims": 795} == FACTS


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((429, JSON, '{"detail": "Rate limit exceeded"}'), "limits the number of requests per minute"),
        ((401, JSON, '{"errors": [{"message": "expired"}]}'), "no longer accepts the token"),
    ],
)
def test_what_nothing_can_be_read_after_ends_the_reading(answer, words):
    """A part of a baseline would look like a complete one."""
    with pytest.raises(SystemUnavailable, match=words):
        read(Fake(instead={"families(first": answer}))


def test_the_session_cookie_that_never_comes_back_is_explained():
    """Over plain http a cookie for https only is lost, and each list query fails."""
    with pytest.raises(SystemUnavailable, match="cookies are sent over https only"):
        read(Fake(cookie=False))


def test_without_fhir_products_are_a_gap():
    """GraphQL shows 2 of 3: those of a region are hidden. So the login goes by GraphQL, and no 2 is reported."""
    found = read(Fake(fhir=False, instead={"InsurancePlan": (404, "text/html", "Not Found")}))

    assert found.facts["products"].missing == "the FHIR module is not installed"
    assert {**values(found), "products": 3} == FACTS


def test_a_list_that_goes_in_circles_ends():
    """A cursor that comes again would be read for ever."""
    page = '{"data": {"page": {"pageInfo": {"hasNextPage": true, "endCursor": "a"}, "edges": []}}}'

    found = read(Fake(instead={"enrolmentOfficers": (200, JSON, page)}))

    assert found.facts["officers"].missing == "the list has no end"


def test_villages_without_a_figure_leave_the_population_out():
    """The sum of the others would be a smaller number. The official demo data holds none at all."""
    empty = {"validityTo": None, "malePopulation": None, "femalePopulation": None, "otherPopulation": None, "parent": None}
    villages = [{"node": empty | {"malePopulation": 5, "femalePopulation": 6}}, {"node": empty}]
    page = json.dumps({"data": {"page": {"pageInfo": {"hasNextPage": False}, "edges": villages}}})

    found = read(Fake(instead={"locations(type": (200, JSON, page)}))

    assert found.facts["population"].missing == "1 of 2 villages have no population"
    assert found.facts["population_by_district"].value is None


def test_many_policies_are_not_read_one_by_one():
    """People covered are then for the database to count, and the message says so."""
    many = '{"data": {"s2": {"totalCount": 2001}, "s8": {"totalCount": 0}}}'

    found = read(Fake(instead={"query($day: Date) { s2": (200, JSON, many)}))

    assert found.facts["policies"].value == 2001
    assert "2,001 policies are too many" in found.facts["covered"].missing
    assert "postgresql://" in found.facts["covered"].remedy


def test_a_legal_form_of_the_country_itself_counts_as_another():
    """30 facilities of which 29 have a form that we know: the parts add up to the whole."""
    known = '{"data": {"c_G": {"totalCount": 15}, "c_D": {"totalCount": 7}, "c_P": {"totalCount": 7}, "c_C": {"totalCount": 0}}}'

    found = read(Fake(instead={"legalForm_Code": (200, JSON, known)}))

    assert found.facts["facilities_by_owner"].value == {
        "Government": 15,
        "District organization": 7,
        "Private": 7,
        "Charity": 0,
        "Other": 1,
    }
