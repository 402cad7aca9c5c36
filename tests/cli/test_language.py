"""The command line in French: no sentence of ours is left in English, and what programs read does not change."""

import gettext
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from imis_plan.cli.argparse_language import MESSAGES
from imis_plan.cli.main import COMMANDS, main, parsers
from imis_plan.scenario.own_folder import begin_parameters
from tests.cli.conftest import REAL
from tests.test_catalogues import entries, forms

# Shorter texts are words, which French may share with paths, keys and names.
LONG = 12
PLACE = re.compile(r"\{[^{}]*\}|%\([a-z]+\)[a-z]|%[a-z]")
BUDGET = ["budget", "chad", "--parameters", str(REAL)]
BAD = """\
based_on: borsa
coverage: {target: {value: 7}, insured_at_start: {value: 99000000}}
facilities: {number: {value: 3.5}, nubmer: {value: 3}}
phones: {loss: {value: lots}}
"""


def squeezed(text):
    """A text in one line, as argparse breaks lines anywhere."""
    return " ".join(text.split())


def sentences(text):
    """The parts of a message between its placeholders that are long enough to be no name."""
    return [part for part in map(squeezed, PLACE.split(text)) if len(part) >= LONG and " " in part]


@pytest.fixture(scope="module")
def english():
    """The parts of all messages that French says otherwise."""
    pairs = [pair for entry in entries("fr") for pair in forms(entry)]
    return {part for text, french in pairs for part in sentences(text) if part not in squeezed(french)}


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command in a language: exit code, stdout and stderr."""

    def call(language, *arguments):
        monkeypatch.setenv("IMIS_PLAN_LANGUAGE", language)
        monkeypatch.setenv("COLUMNS", "100")
        capsys.readouterr()
        try:
            ended: Any = main(arguments)
        except SystemExit as leaving:
            ended = leaving.code
        return (ended, *capsys.readouterr())

    return call


def left_in_english(text, english):
    """Parts of our messages that a French text has."""
    return sorted(part for part in english if part in squeezed(text))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french(command, run, english):
    """That of argparse, too."""
    code, out, err = run("fr", *filter(None, [command]), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("utilisation\N{NO-BREAK SPACE}: imis-plan")
    assert left_in_english(out, english) == []
    assert left_in_english(run("en", *filter(None, [command]), "--help")[1], english) != []  # the test sees English where it is


def test_a_table_is_french_with_the_numbers_of_the_ledger(run, english):
    """Names of components instead of keys, and narrow spaces in numbers."""
    code, out, err = run("fr", *BUDGET)
    assert (code, err) == (0, "")
    assert left_in_english(out, english) == []
    assert out.startswith("chad\N{NO-BREAK SPACE}: XAF, à prix courants\nComposante ")
    assert numbers(out) == numbers(run("en", *BUDGET)[1])


def numbers(text):
    """The large numbers of a table, without separators."""
    return [re.sub(r"\D", "", number) for number in re.findall("\\d{1,3}(?:[,\u202f]\\d{3})+", text)]


def test_problems_of_a_file_are_french(run, english, tmp_path):
    """Each with its place, and what would be right; the exit code is the same."""
    place = begin_parameters(tmp_path / "parameters")
    (place / "bad.yaml").write_text(BAD, encoding="utf-8")
    code, out, err = run("fr", "check", "bad", "--parameters", str(place))
    assert (code, out) == (2, "")
    assert left_in_english(err, english) == []
    assert "bad.yaml:2: coverage.target = 7: " in err
    assert len(err.splitlines()) == len(run("en", "check", "bad", "--parameters", str(place))[2].splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"], ["budget"], ["budget", "chad", "--percentile", "100"], ["report", "--jobs", "x"], ["report", "--shard", "3"],
        ["export", "chad", "--layout", "foo"], ["budget", "chad", "--set"], ["budget", "chad", "more"], ["report", "--formats", "doc"],
        ["budget", "nosuch"], ["budget", "chad", "--set", "target"], ["budget", "chad", "--set", "coverage.targt=1"],
        ["report", "chad", "--scenarios", "nofile.csv"],
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_refused_in_french(arguments, run, english):
    """By argparse and by us, with the same exit code."""
    code, out, err = run("fr", *arguments)
    assert (code, out) == (run("en", *arguments)[0], "")
    assert code == 2
    assert left_in_english(err, english) == []


def test_a_what_if_is_named_in_french(run):
    """It has no file to stand for it."""
    err = run("fr", "budget", "chad", "--set", "coverage.targt=1")[2]
    assert err.startswith("essai: coverage.targt")
    assert run("fr", "budget", "chad", "--set", "coverage.target=7")[2].strip().endswith("indiquer de 0.0001 à 1")


def test_problems_of_actuals_are_french(run, english, tmp_path):
    """The remedy and the name of the fiscal year, too, which tables write without letters."""
    rows = "component,year,amount\nstaff,2027,-112000000.5\nstaff,2020,1\n"
    (tmp_path / "spent.csv").write_text(rows, encoding="utf-8")
    code, out, err = run("fr", "actuals", "nepal", str(tmp_path / "spent.csv"), "--parameters", str(REAL))
    assert (code, out) == (2, "")
    assert left_in_english(err, english) == []
    assert "donne -112000000,5, donner aussi ce qui est corrigé" in err
    assert "2027 est 2027/28" in err


@pytest.mark.parametrize(
    "arguments",
    [[*BUDGET, "--format", "csv"], ["staffing", "chad", "--format", "json"], ["list", "--format", "csv"],
     ["prices", "handset", "--country", "zambia", "--format", "csv"], ["compare", "chad", "nepal", "--format", "json"]],
)  # fmt: skip
def test_what_programs_read_is_the_same_in_every_language(arguments, run):
    """CSV and JSON to the byte; `--language` alone decides their language."""
    assert run("fr", *arguments)[:2] == run("en", *arguments)[:2]


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], BUDGET, ["budget", "nosuch"]])
def test_english_in_a_french_session_is_english_to_the_byte(arguments):
    """Where IMIS_PLAN_LANGUAGE asks for it, as in a session without any language."""
    clean = {key: value for key, value in os.environ.items() if key not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")}
    command = [sys.executable, "-m", "imis_plan", *arguments]
    french = {**clean, "LANG": "fr_FR.UTF-8", "IMIS_PLAN_LANGUAGE": "en"}
    one, other = (subprocess.run(command, env=env, capture_output=True, check=False) for env in (clean, french))
    assert (one.stdout, one.stderr, one.returncode) == (other.stdout, other.stderr, other.returncode)


def test_the_language_of_a_product_is_not_that_of_the_command_line(run):
    """`--language` says in which language a table is, whatever the session speaks."""
    assert run("en", *BUDGET, "--language", "fr")[1] == run("fr", *BUDGET)[1]
    assert run("fr", *BUDGET, "--language", "en")[1] == run("en", *BUDGET)[1]


def test_argparse_gets_its_own_words_back(run):
    """The default domain of gettext and the variables of the process are as before."""
    before = (gettext.textdomain(), os.environ.get("LANGUAGE"))
    run("fr", "--help")
    assert (gettext.textdomain(), os.environ.get("LANGUAGE")) == before
    assert parsers()[0].format_usage().startswith("usage: ")


def test_the_words_of_argparse_are_those_of_this_python():
    """A message that argparse has no longer would be translated for nothing."""
    import argparse
    import inspect

    source = inspect.getsource(argparse)
    assert [text for text in MESSAGES if repr(text)[1:-1] not in source and text not in source] == []
