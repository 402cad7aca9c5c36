"""What-ifs, options and percentiles of the command line, and what it answers to a wrong one."""

import json

import pytest

from imis_plan import budget, load
from imis_plan.cli.main import COMMANDS, main, parsers
from tests.cli.conftest import REAL


def amounts(done):
    """Amounts of a ledger printed as JSON, by line and year."""
    return {(row["line"], row["role_or_level"], row["year"]): row["amount"] for row in json.loads(done.out)}


def expected_amounts(name, **more):
    """The same from the package."""
    table = budget(load(name, parameters=REAL, **more))
    return {(row.line, row.role_or_level, row.year): row.amount for row in table.itertuples()}


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        ([], {}),
        (["--set", "coverage.target=0.5"], {"changes": {"coverage.target": 0.5}}),
        (["--set", "sms.applicable=false", "--set", "time.horizon=3"], {"changes": {"sms.applicable": False, "time.horizon": 3}}),
        (["--set", "server.hosting=cloud"], {"changes": {"server.hosting": "cloud"}}),
        (["--set", "office_it.printers.price={value: 300, unit: EUR/printer, price_year: 2025}"], {"changes": {"office_it.printers.price": {"value": 300, "unit": "EUR/printer", "price_year": 2025}}}),
        (["--option", "cloud"], {"option": "cloud"}),
        (["--option", "cloud", "--set", "coverage.target=0.5"], {"option": "cloud", "changes": {"coverage.target": 0.5}}),
        (["--percentile", "80"], {"changes": {"contingency.method": "percentile", "contingency.percentile": 0.8}}),
        (["--simulate", "--set", "coverage.target=0.5"], {"changes": {"coverage.target": 0.5, "contingency.factors": "plan"}}),
    ],
    ids=lambda value: " ".join(value) or "as it is" if isinstance(value, list) else "",
)  # fmt: skip
def test_a_variant_is_that_of_the_package(arguments, more, imis_plan):
    """Every amount is what `budget(load(name, option, changes))` gives."""
    done = imis_plan("budget", "nepal", "--format", "json", *arguments)
    assert (done.code, done.err) == (0, "")
    assert amounts(done) == expected_amounts("nepal", **more)


def test_what_is_set_wins_over_the_percentile(imis_plan):
    """`--percentile` is short for two settings, and each can still be set."""
    done = imis_plan("budget", "nepal", "--format", "json", "--percentile", "80", "--set", "contingency.percentile=0.5")
    changes = {"contingency.method": "percentile", "contingency.percentile": 0.5}
    assert amounts(done) == expected_amounts("nepal", changes=changes)


OPTIONS = "automatic_claim_check, cloud, international_reseller, managed_service, more_reviewers, no_new_cards, own_developers, own_phones, phones_for_assistants, plastic_cards, two_year_delay"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nepl"], ["parameters/nepl.yaml: no such scenario, did you mean nepal?"]),
        (["defaults"], ["parameters/defaults.yaml: no such scenario, choose from borsa, cameroon, chad, congo_dr, gambia, malawi, mauritania, nepal, niger, tanzania, zambia, zanzibar"]),
        (["nepal", "--option", "clud"], ["parameters/nepal.yaml: options: no option clud, did you mean cloud?"]),
        (["nepal", "--option", "xx"], [f"parameters/nepal.yaml: options: no option xx, choose from {OPTIONS}"]),
        (["nepal", "--set", "covrage.target=0.5"], ["what-if: covrage.target: no such parameter, did you mean coverage.target?"]),
        (["nepal", "--set", "coverage.target=3", "--set", "time.horizon=1.5"], ["what-if: coverage.target = 3: above 1, give 0.0001 to 1", "what-if: time.horizon = 1.5: not a whole number, give a whole number [year]"]),
        (["nepal", "--set", "coverage.target"], ["--set: coverage.target: not of the form path=value, write for example --set coverage.target=0.5"]),
        (["nepal", "--set", "=1", "--set", "a=[1"], ["--set: =1: not of the form path=value, write for example --set coverage.target=0.5", "--set: a=[1: not of the form path=value, write for example --set coverage.target=0.5"]),
        (["nepal", "--set", "coverage.target=0.5\nother: 1"], ["--set: coverage.target=0.5 other: 1: not of the form path=value, write for example --set coverage.target=0.5"]),
        (["nepal", "--language", "xx"], ['--language: language = "xx": there is no catalogue for it, choose from en, fr']),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["budget", "staffing"])
def test_wrong_arguments_are_named_one_a_line(command, arguments, message, imis_plan):
    """The exact words that a user gets, on stderr, with exit code 2 and nothing on stdout."""
    done = imis_plan(command, *arguments)
    assert done.err.splitlines() == message
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["budget", "nepal", "--percentile", "0"], "argument --percentile: 0 is not a percentile from 1 to 99"),
        (["budget", "nepal", "--percentile", "100"], "argument --percentile: 100 is not a percentile from 1 to 99"),
        (["budget", "nepal", "--percentile", "0.8"], "argument --percentile: 0.8 is not a percentile from 1 to 99"),
        (["report", "nepal", "--jobs", "0"], "argument --jobs: 0 is not a whole number of at least 1"),
        (["report", "nepal", "--jobs", "two"], "argument --jobs: two is not a whole number of at least 1"),
        (["budget"], "the following arguments are required: NAME"),
        (["new"], "the following arguments are required: NAME"),
    ],
)
def test_an_argument_of_the_wrong_form_is_reported_with_the_usage(arguments, message, imis_plan):
    """In argparse's own way, exit code 2."""
    done = imis_plan(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == f"imis-plan {arguments[0]}: error: {message}"


@pytest.mark.parametrize("command", [*COMMANDS, None])
def test_help_ends_with_an_example(command, capsys):
    """Of the program and of each command; each example starts with the command that it explains."""
    with pytest.raises(SystemExit) as end:
        main([command, "--help"] if command else ["--help"])
    *_, last = capsys.readouterr().out.splitlines()
    assert end.value.code == 0
    assert last.startswith(f"example: imis-plan {command or 'report'}")


@pytest.mark.parametrize("command", ["list", "check", "budget", "staffing"])
def test_examples_run_as_they_stand(command, imis_plan):
    """What the help proposes works."""
    _, name, *arguments = COMMANDS[command][1].split()
    done = imis_plan(name, *arguments)
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_help_names_every_command(capsys):
    """And `--version` the version."""
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert [name for name in COMMANDS if f"    {name} " not in text] == []
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == "imis-plan 0.1.0\n"


def test_columns_to_ignore_are_given_by_commas_or_one_by_one(imis_plan, tmp_path):
    """They need a table."""
    options = parsers()[0].parse_args(["report", "--ignore-columns", "a, b c", "--ignore-columns", "d"])
    assert options.ignore_columns == ["a", "b c", "d"]
    done = imis_plan("report", "borsa", "--ignore-columns", "a", "--out", tmp_path / "out")
    assert (done.code, done.err) == (
        2,
        "--ignore-columns: there is no table, name one with --scenarios, or leave the argument out\n",
    )


@pytest.mark.parametrize("command", ["check", "budget", "report"])
def test_a_scenario_in_a_folder_that_is_no_project_yet(command, tmp_path, monkeypatch, capsys):
    """The way to begin one is named, instead of a scenario that was not meant."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS", raising=False)
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "mine.yaml").write_text("based_on: malawi\n", encoding="utf-8")
    assert main([command, "mine"]) == 2
    what = "parameters/mine.yaml: no project here yet: this folder has neither defaults.yaml nor schema.json"
    assert f"{what}, begin one with `imis-plan init .`, which keeps the file\n" in capsys.readouterr().err
    assert main(["init", "."]) == 0
    assert (tmp_path / "parameters" / "mine.yaml").read_text(encoding="utf-8") == "based_on: malawi\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["budgt", "nepal"], "imis-plan: error: there is no command 'budgt'; did you mean budget?"),
        (["xyzzy"], "imis-plan: error: there is no command 'xyzzy'; choose from actuals, baseline, budget, check, "),
        (
            ["budget", "nepal", "--formt", "csv"],
            "imis-plan budget: error: unrecognized arguments: --formt csv; did you mean --format?",
        ),
        (["new", "kenya", "--aks"], "imis-plan new: error: unrecognized arguments: --aks; did you mean --ask?"),
        (["budget", "nepal", "--xyzzy=3"], "imis-plan budget: error: unrecognized arguments: --xyzzy=3\n"),
    ],
)
def test_a_misspelt_command_or_option_is_answered_with_the_closest_one(typed, expected, capsys):
    """With the usage of the command, and exit code 2; nothing is guessed where no name is like it."""
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_a_misspelt_command_is_answered_in_french_in_a_french_session(monkeypatch, capsys):
    """Hint and message."""
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "fr")
    with pytest.raises(SystemExit):
        main(["budgt"])
    error = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")
    assert "la commande 'budgt' n’existe pas ; vouliez-vous dire budget ?" in error
