"""Addresses: parsed, and refused where they would reveal a password."""

import pytest

from imis_plan.openimis.address import parse_address
from imis_plan.problems import BadInput


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("https://imis.example.org", "https://imis.example.org"),
        ("https://imis.example.org/", "https://imis.example.org"),
        ("https://imis.example.org/front", "https://imis.example.org"),
        ("https://imis.example.org/api/graphql", "https://imis.example.org"),
        ("https://example.org:8443/imis/api", "https://example.org:8443/imis"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("postgresql://reader@db.example.org/imis", "postgresql://reader@db.example.org/imis"),
        ("postgresql:///imis", "postgresql:///imis"),
        ("postgresql:///imis?host=/run/postgresql", "postgresql:///imis?host=/run/postgresql"),
    ],
)
def test_what_people_copy_from_a_browser_is_understood(text, plain):
    """The API has the same base address as the page."""
    assert parse_address(text).text == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://reader:secret@imis.example.org", "a user or password in the address"),
        ("https://reader@imis.example.org", "a user or password in the address"),
        ("postgresql://reader:secret@db.example.org/imis", "a user or password in the address"),
        ("postgresql://db.example.org/imis?user=reader&password=secret", "a user or password in the address"),
        ("http://imis.example.org", "http would send the password unencrypted"),
        ("http://127.0.0.1.example.org", "http would send the password unencrypted"),
        ("ftp://imis.example.org", "not an address of a system"),
        ("imis.example.org", "not an address of a system"),
        ("https://", "not an address of a system"),
        ("https://imis.example.org:port", "not an address"),
        ("https://[imis", "not an address"),
    ],
)
def test_others_are_refused_and_not_repeated(text, words):
    """The address may hold a password."""
    with pytest.raises(BadInput) as caught:
        parse_address(text)

    assert words in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_unencrypted_connection_can_be_allowed():
    """With an option, for a machine in the same room."""
    assert parse_address("http://10.0.0.5:8000", unencrypted=True).name == "10.0.0.5:8000"
