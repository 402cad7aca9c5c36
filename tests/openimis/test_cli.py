"""`imis-plan baseline` as a user runs it, against the small server: files whole or absent, exit codes, and secrets nowhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imis_plan.cli.main import main
from tests.live.truth import FACTS
from tests.openimis.fake import ERROR_PAGE, PASSWORD, TOKEN, Fake, serving

REAL = Path(__file__).parents[2] / "parameters"
TOLD = ("--user", "reader", "--day", "2026-11-24")


@pytest.fixture
def folder(tmp_path):
    """A folder of parameters of its own."""
    return Path(shutil.copytree(REAL, tmp_path / "parameters"))


@pytest.fixture
def call(capsys, monkeypatch, folder):
    """Call the command with the password in the environment."""
    monkeypatch.setenv("IMIS_PLAN_PASSWORD", PASSWORD)

    def run(*arguments):
        capsys.readouterr()
        try:
            code: int | str | None = main(["baseline", *map(str, arguments), "--parameters", str(folder)])
        except SystemExit as end:
            code = end.code
        return code, *capsys.readouterr()

    return run


def files(folder):
    """Every file of a folder, with what is in it."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_options_it_prints_the_facts(call, folder):
    """Data on stdout, everything else on stderr, and no file."""
    before = files(folder)
    with serving(Fake()) as fake:
        code, out, err = call(fake.address, *TOLD, "--format", "json")

    rows = json.loads(out)
    assert code == 0
    assert {row["fact"]: row["value"] for row in rows if not row["part"]} == {
        name: value for name, value in FACTS.items() if not isinstance(value, dict)
    }
    assert err == ""
    assert files(folder) == before


def test_it_writes_a_scenario_and_what_was_read(call, folder):
    """Both, and check accepts the scenario."""
    with serving(Fake()) as fake:
        code, out, _ = call(fake.address, *TOLD, "--out", "mine")

    assert (code, out) == (0, f"{folder / 'mine.yaml'}\n")
    assert (
        "covered: " in (folder / "baselines" / "mine.yaml").read_text()
        or "covered:\n" in (folder / "baselines" / "mine.yaml").read_text()
    )
    assert main(["check", "mine", "--parameters", str(folder)]) == 0


def test_what_was_read_can_be_read_again(call, folder):
    """A file in place of an address, without a password; the same scenario follows."""
    with serving(Fake()) as fake:
        call(fake.address, *TOLD, "--out", "mine")

    assert call(folder / "baselines" / "mine.yaml", "--out", "again")[0] == 0
    assert (folder / "again.yaml").read_text().splitlines()[3:] == [
        line.replace("Mine", "Again") for line in (folder / "mine.yaml").read_text().splitlines()[3:]
    ]


@pytest.mark.parametrize(
    ("account", "words"),
    [("local", "sees 1 of 6 districts"), ("nowhere", "sees 0 of 6 districts"), ("bare", "101201 (policies)")],
)
def test_an_account_that_sees_too_little_writes_nothing(account, words, call, folder):
    """The reason once, with all that it hides; exit code 2."""
    before = files(folder)
    with serving(Fake()) as fake:
        code, out, err = call(fake.address, "--user", account, "--day", "2026-11-24", "--out", "mine")

    assert (code, out) == (2, "")
    assert words in err
    assert "coverage.insured_at_start: not read" in err
    assert files(folder) == before


def test_gaps_are_in_the_language_of_the_reader_and_stored_in_english(call, folder, monkeypatch):
    """Reason and remedy are ours. The file with the facts is the same in every language, and can be read again."""
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "fr")
    with serving(Fake()) as fake:
        code, _out, err = call(fake.address, "--user", "local", "--day", "2026-11-24", "--compare", "nepal")
    assert code == 0
    assert (
        "le compte voit 1 des 6 districts, le chiffre serait donc incomplet\u202f; donner aussi au compte ces districts\u00a0: "
        in err
    )
    stored = (folder / "baselines" / "nepal.yaml").read_text(encoding="utf-8")
    assert "missing: the account sees 1 of 6 districts, so the figure would be incomplete" in stored


def test_a_scenario_is_not_overwritten_unless_forced(call, folder):
    """The refusal comes before the password is used."""
    with serving(Fake()) as fake:
        code, _, err = call(fake.address, *TOLD, "--out", "nepal")
        assert (code, fake.asked) == (2, [])
        assert "parameters/nepal.yaml: already exists" in err
        assert call(fake.address, *TOLD, "--out", "nepal", "--force")[0] == 0

    assert b"created by `imis-plan baseline`" in (folder / "nepal.yaml").read_bytes()


def test_a_plan_is_compared_and_the_report_finds_the_facts(call, folder):
    """The table on stdout; the facts beside the parameters."""
    with serving(Fake()) as fake:
        code, out, err = call(fake.address, *TOLD, "--compare", "borsa", "--format", "csv")

    assert code == 0
    assert "Health facilities" in out
    assert str(folder / "baselines" / "borsa.yaml") in err
    assert (folder / "baselines" / "borsa.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("https://reader:secret@imis.example.org", "--user", "reader"), "a user or password in the address"),
        (("http://imis.example.org", "--user", "reader"), "unencrypted"),
        (("https://imis.example.org",), "--user: missing"),
        (("https://imis.example.org", "--user", "reader", "--year", "2999"), "2999 has not begun"),
        (("https://imis.example.org", "--user", "reader", "--ca-file", "nowhere.pem"), "nowhere.pem: no such file"),
        (("https://imis.example.org", "--user", "reader", "--password-file", "nowhere"), "password file nowhere cannot be read"),
        (("https://imis.example.org", "--user", "reader", "--out", "Mine!"), "not a name of a scenario"),
        (("https://imis.example.org", "--user", "reader", "--compare", "nepl"), "did you mean nepal"),
        (("https://imis.example.org", "--user", "reader", "--set", "target"), "not of the form path=value"),
        (("nowhere.yaml",), "no such file"),
    ],
)
def test_bad_input_is_reported_before_anything_is_sent(arguments, words, call):
    """Exit code 2, and no secret in the message."""
    code, out, err = call(*arguments)

    assert (code, out) == (2, "")
    assert words in err
    assert "secret" not in err


def test_a_missing_password_is_reported(call, monkeypatch):
    """No terminal, and none in the environment."""
    monkeypatch.delenv("IMIS_PLAN_PASSWORD")

    code, _, err = call("https://imis.example.org", "--user", "reader")

    assert code == 2
    assert "IMIS_PLAN_PASSWORD" in err


def test_a_password_comes_from_a_file(call, monkeypatch, tmp_path):
    """Its first line; editors add an end of line."""
    monkeypatch.delenv("IMIS_PLAN_PASSWORD")
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")

    with serving(Fake()) as fake:
        assert call(fake.address, *TOLD, "--password-file", file)[0] == 0


FAILURES = {
    "nothing fails": Fake(),
    "login refused": Fake(instead={"/api/api_fhir_r4/login/": (401, "application/json", "{}")}),
    "login fails": Fake(instead={"/api/api_fhir_r4/login/": (500, "text/html", ERROR_PAGE)}),
    "login repeats what it got": Fake(instead={"/api/api_fhir_r4/login/": (400, "text/html", f"bad password: {PASSWORD}")}),
    "no CSRF token": Fake(instead={"getCsrfToken": (500, "text/html", ERROR_PAGE)}),
    "cookie lost": Fake(cookie=False),
    "limit": Fake(instead={"families(first": (429, "text/html", "slow down")}),
    "token refused": Fake(instead={"policies(first": (401, "application/json", "{}")}),
    "a query fails": Fake(instead={"{ claims(": (500, "text/html", ERROR_PAGE)}),
    "nonsense": Fake(instead={"userDistricts": (200, "application/json", '{"data": {"userDistricts": 7}}')}),
}


@pytest.mark.parametrize("name", FAILURES)
def test_no_secret_is_left_anywhere(name, folder, tmp_path):
    """Whatever fails, and with Python at its most talkative: neither password nor token is in any output or file."""
    surroundings = {**os.environ, "IMIS_PLAN_PASSWORD": PASSWORD, "PYTHONDEVMODE": "1"}
    with serving(FAILURES[name]) as fake:
        command = [
            sys.executable,
            "-m",
            "imis_plan.cli.main",
            "baseline",
            fake.address,
            *TOLD,
            "--out",
            "mine",
            "--parameters",
            str(folder),
        ]
        done = subprocess.run(command, env=surroundings, capture_output=True, check=False, cwd=REAL.parent)

    left = [done.stdout, done.stderr, *files(tmp_path).values()]
    assert not [text for text in left if PASSWORD.encode() in text or TOKEN.encode() in text]
    assert (done.returncode == 0) == (name in ("nothing fails", "a query fails"))
    assert (folder / "mine.yaml").exists() == (done.returncode == 0)
