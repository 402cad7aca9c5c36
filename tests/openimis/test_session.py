"""Login: every way in which it or a connection fails ends with a sentence, once, and without a secret."""

import os
import shutil
import socket
import subprocess

import pytest
import requests

from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import using_language
from imis_plan.openimis import session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.responses import MESSAGES, Response, connection_error_message
from tests.openimis.fake import PASSWORD, TOKEN, Fake, serving


def start(fake, password=PASSWORD, account="reader", **more):
    """A login."""
    return session.log_in(parse_address(fake.address), account, password, **more)


def refused(fake, password=PASSWORD, **more):
    """The sentence with which a login ends."""
    with serving(fake), pytest.raises(SystemUnavailable) as caught:
        start(fake, password, **more)
    return str(caught.value)


@pytest.mark.parametrize(("release", "found"), [("2026-05", "core 1.10 or later"), ("2024-11", "core 1.8 or earlier")])
def test_the_login_shows_the_release(release, found):
    """By whether there is a CSRF token, and a session to go with it."""
    with serving(Fake(release)) as fake:
        assert start(fake, account="local").release == found


@pytest.mark.parametrize("fhir", [True, False])
def test_a_wrong_password_is_sent_once(fhir):
    """Five of them lock out everybody at the address."""
    fake = Fake(fhir=fhir)

    assert "does not accept this password for reader" in refused(fake, "wrong")
    assert len([body for body in fake.logins if "wrong" in body]) == (1 if fhir else 2)


@pytest.mark.parametrize("release", ["2026-05", "2024-11"])
def test_every_release_refuses_a_password_in_its_own_way(release):
    """HTTP 401 with a reason, or HTTP 400 with nothing: the same sentence."""
    assert "does not accept this password for reader, or the account is locked" in refused(Fake(release), "wrong")


def test_a_blocked_address_is_reported():
    """HTTP 429 with a page of HTML."""
    fake = Fake()
    fake.wrong = 4

    assert "blocked this network address" in refused(fake)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((302, "text/html", "https://elsewhere.example/login"), "redirects to https://elsewhere.example/login"),
        ((301, "text/html", "http://127.0.0.1/"), "The redirect was not followed"),
        ((500, "text/html", "<h1>Server Error (500)</h1>"), "HTTP 500 without a token: text/html"),
        ((200, "text/html", "<html>Welcome to the network</html>"), "HTTP 200 without a token: text/html"),
        ((200, "application/json", "{}"), "HTTP 200 without a token"),
        ((403, "application/json", "{}"), "does not accept this password"),
    ],
)
def test_a_login_that_is_answered_otherwise_ends_there(answer, words):
    """No redirect is followed, no second attempt is made."""
    fake = Fake(instead={"/api/api_fhir_r4/login/": answer})

    assert words in refused(fake)
    assert len(fake.asked) == 1


def test_an_address_without_openimis_is_reported():
    """A web server that knows neither FHIR nor GraphQL."""
    nothing = (404, "text/html", "Not Found")

    assert "There is no openIMIS at this address" in refused(Fake(fhir=False, instead={"tokenAuth": nothing}))


def test_a_slow_server_is_reported_with_the_remedy():
    """The limit is an option."""
    assert "did not complete its response within 0.2 seconds" in refused(Fake(wait=1), timeout=0.2)


def test_a_host_that_does_not_respond_is_reported():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = parse_address(f"http://127.0.0.1:{probe.getsockname()[1]}")

    with pytest.raises(SystemUnavailable, match="cannot be reached") as caught:
        session.log_in(where, "reader", PASSWORD)
    with using_language("fr"):
        text = localized_sentence(caught.value.reason)
    assert text == f"{where.name} est injoignable\u00a0: aucun hôte de ce nom, ou aucun serveur sur ce port."


def test_every_refusal_of_a_connection_is_translated():
    """With the host, and the seconds or megabytes that it names."""
    address = parse_address("https://imis.example.org")
    for kinds in MESSAGES:
        kind = kinds[0] if isinstance(kinds, tuple) else kinds
        reason = connection_error_message(kind(), address, 10.0, 60.0)
        with using_language("fr"):
            translated = localized_sentence(reason)
        assert "imis.example.org" in translated
        assert translated != reason


def test_a_refused_password_is_translated_with_its_warning():
    """The sentence that the login was not repeated is a part of it."""
    with pytest.raises(SystemUnavailable) as caught:
        session.checked_token(Response(401, "application/json", "", b"{}"), None, "reader")
    with using_language("fr"):
        text = localized_sentence(caught.value.reason)
    assert text.startswith(
        "Le serveur n’accepte pas ce mot de passe pour reader, ou le compte est bloqué. La connexion n’a pas été retentée"
    )


def test_a_proxy_that_does_not_respond_is_reported(monkeypatch):
    """Proxies come from the environment."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")

    with pytest.raises(SystemUnavailable, match=r"proxy on the way to imis\.example\.org"):
        session.log_in(parse_address("https://imis.example.org"), "reader", PASSWORD)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that only its owner trusts, and its key."""
    if not shutil.which("openssl"):
        reason = "openssl is not installed"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    place = tmp_path_factory.mktemp("tls")
    names = place / "own.pem", place / "own.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    files = ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(names[0]), "-keyout", str(names[1])]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return names


def test_a_self_signed_certificate_is_refused(certificate):
    """There is no way to turn the check off."""
    with (
        serving(Fake(), certificate) as fake,
        pytest.raises(SystemUnavailable, match=r"does not trust the certificate of .*--ca-file"),
    ):
        start(fake)

    assert not fake.asked


def test_a_certificate_that_is_named_is_trusted(certificate, monkeypatch):
    """With --ca-file, which goes before what the environment names."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[1]))
    with serving(Fake(), certificate) as fake:
        assert start(fake, ca_file=certificate[0]).release == "core 1.10 or later"


def test_every_request_says_who_asks():
    """A name that an administrator finds in the logs; Referer, which core 1.9 wants over https."""
    with serving(Fake()) as fake:
        start(fake)

    assert all(head["User-Agent"].startswith("imis_plan/") and head["Referer"] == f"{fake.address}/" for _, head, _ in fake.asked)


def test_other_passwords_of_the_user_are_not_sent(tmp_path, monkeypatch):
    """`requests` would send what ~/.netrc holds for the host, in place of the token."""
    with serving(Fake()) as fake:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password other-secret\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        start(fake).query_data("{ userDistricts { code } }")

    assert fake.asked[-1][1]["Authorization"] == f"Bearer {TOKEN}reader"
    assert not any("Basic" in head.get("Authorization", "") for _, head, _ in fake.asked)


def test_neither_password_nor_token_shows_in_what_python_prints():
    """Whoever prints a session, or reads a traceback that shows values, sees neither."""
    with serving(Fake()) as fake:
        opened = start(fake)

    shown = repr(opened) + repr(opened.http.auth)
    assert PASSWORD not in shown
    assert TOKEN not in shown


def test_the_reason_of_a_failure_is_not_chained():
    """A chain would print the request, and with it what was sent."""
    with serving(Fake(wait=1)) as fake, pytest.raises(SystemUnavailable) as caught:
        start(fake, timeout=0.1)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert isinstance(caught.value.__context__, requests.RequestException | TimeoutError)
