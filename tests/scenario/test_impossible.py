"""What no plan can have: each is named by `check`, with file and line, and the exit code says so."""

import pytest

from imis_plan.cli.main import main
from tests.report.places import BORSA, place

RULE = "funding:\n  - {{funder: Bank, components: all, share: 1, years: {years}}}\n"


@pytest.fixture
def checked(tmp_path, capsys):
    """Check a folder after a change of one of its files: exit code and messages."""

    def check(change=lambda _folder: None, country=BORSA):
        folder = place(tmp_path, "1 + 1", first=country)
        change(folder)
        return main(["check", "--parameters", str(folder)]), capsys.readouterr().err

    return check


def with_funding(years):
    """The mutuelle with one funder, who pays in these years; the budget is 2027 to 2031."""
    return BORSA + RULE.format(years=years)


def test_a_funder_who_pays_in_1999_pays_nothing(checked):
    """No year of the rule is one of the budget."""
    code, err = checked(country=with_funding("[1999]"))
    assert code == 2
    assert "funding[0].years = [1999]: no year of the budget, give years from 2027 to 2031, or all" in err


def test_an_agreement_may_begin_before_the_budget(checked):
    """Years 2025 to 2027 are those of a real agreement, of which the last counts."""
    assert checked(country=with_funding("[2025, 2026, 2027]"))[0] == 0


@pytest.mark.parametrize("text", ["", "# all parameters, some day\n", "---\n", "{}\n"])
def test_defaults_without_parameters_are_a_problem(checked, text):
    """A folder whose declarations are empty was good, with exit code 0."""
    code, err = checked(lambda folder: (folder / "defaults.yaml").write_text(text, encoding="utf-8"))
    assert code == 2
    assert "parameters/defaults.yaml:1: no parameter, declare the parameters, as in the defaults.yaml of imis_plan" in err


def test_defaults_that_are_missing_are_a_problem(checked):
    """The folder is then none of parameters."""
    code, err = checked(lambda folder: (folder / "defaults.yaml").unlink())
    assert (code, "defaults.yaml" in err) == (2, True), err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- per_user_year\n", "parameters/benchmarks.yaml:1: not a mapping, give lines of the form `name: value`"),
        ("high_cost: 3\n", "parameters/benchmarks.yaml:1: high_cost = 3: not a mapping, give what, measure, low"),
        ("cost: [1, 2]\n", "parameters/benchmarks.yaml:1: cost = [1, 2]: not a mapping, give what, measure, low"),
        ("cost: {what: x\n", "parameters/benchmarks.yaml:2: not YAML"),
    ],
)
def test_benchmarks_that_a_report_cannot_read_are_a_problem(checked, text, message):
    """They ended a report and not the check."""
    code, err = checked(lambda folder: (folder / "benchmarks.yaml").write_text(text, encoding="utf-8"))
    assert code == 2
    assert message in err


def test_more_people_than_any_country_has_are_a_problem(checked):
    """Ten billion are more than live on earth."""
    people = "population:\n  total: {value: 10000000000, source: a census, confidence: B}\n"
    code, err = checked(lambda folder: (folder / "second.yaml").write_text("based_on: first\n" + people, encoding="utf-8"))
    assert code == 2
    assert "parameters/second.yaml:3: population.total = 10000000000: above 2000000000, give 1 to 2000000000" in err


def test_rates_as_given_need_rates(checked):
    """The placeholder of the defaults, one unit of local currency per dollar, is no rate."""
    path = "money:\n  exchange_path: {value: given, source: a contract, confidence: B}\n"
    code, err = checked(lambda folder: (folder / "second.yaml").write_text("based_on: first\n" + path, encoding="utf-8"))
    assert code == 2
    assert "money.exchange_path = " in err
    assert "no rates are given, give money.exchange_rate_path, a rate for each fiscal year" in err
