"""What the model needs and a plan lacks is a problem with file and line, on every path: no error of Python."""

import pytest

from imis_plan.cli.main import main
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.model.plan_problems import problems_of
from imis_plan.model.simulation import simulate
from imis_plan.problems import BadInput
from imis_plan.scenario.plan import load
from imis_plan.workbook.write import workbook
from tests.model.plans import plan_of
from tests.report.places import BORSA, place

OLD_HANDSET = {"value": 100, "unit": "USD/phone", "price_year": 1990, "source": "a price list of 1990", "confidence": "B"}
PAST = "time: {base_year: {value: YEAR, source: a law, confidence: A}}\n"


def refused(action):
    """The problems with which an action ends."""
    with pytest.raises(BadInput) as caught:
        action()
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("year", [2018, 2020])
def test_a_base_year_before_the_prices_is_a_problem_of_the_base_year(year):
    """Prices of 2025 and later cannot be taken back: inflation is known from history up to the last year of the budget."""
    plan = plan_of("nepal").replace({"time.base_year": year})
    for action in (budget, simulate, evaluate_plan, workbook):
        (problem,) = refused(lambda: action(plan))  # noqa: B023  # called within the turn
        assert problem.startswith(f"what-if: time.base_year = {year}: no inflation rate for 202")
        assert "which prices of 202" in problem
        assert "(parameters/defaults.yaml:" in problem


def test_a_price_before_the_series_is_a_problem_of_the_price():
    """Inflation of the dollar is known from 2010; a price of 1990 cannot be brought forward."""
    (problem,) = refused(lambda: budget(plan_of("borsa").replace({"phones.handset": OLD_HANDSET})))
    assert problem.startswith(
        "what-if: phones.handset = 100: no inflation rate for 1991; the scenario has 2010 to 2031, which this price of 1990"
    )
    assert "(parameters/defaults.yaml:" in problem


def test_a_planning_rate_after_the_first_year_needs_the_years_before_it():
    """Budget years without an exchange rate are named once, not for each price."""
    (problem,) = refused(lambda: budget(plan_of("nepal").replace({"money.planning_rate_year": 2050})))
    assert problem.startswith("what-if: money.planning_rate_year = 2050: no NPR/USD rate for 2027")


def test_no_working_day_left_is_refused():
    """One week of six days less 32 holidays leaves nobody to work; before, such a plan needed no staff at all."""
    assert (
        "the working days of a year, of which one at least must be left"
        in refused(lambda: plan_of("nepal").replace({"staffing.weeks": 1}))[0]
    )


def test_an_amount_that_is_no_number_is_a_problem_of_its_price():
    """10^308 dollars for each handset, in rupees, is more than a computer can represent."""
    (problem, *_) = refused(lambda: budget(plan_of("borsa").replace({"software.day_rate": 1e308})))
    assert problem.startswith("what-if: software.day_rate = 1e+308: the amount of software.")
    assert "in 2027 would be inf, check its price" in problem


COMMANDS = (["budget", "first"], ["staffing", "first"], ["compare", "first", "second"], ["workbook", "first"], ["check"], ["report", "first", "--ledger-only"], ["explore", "first", "--no-browser"])  # fmt: skip


@pytest.fixture
def past(tmp_path, monkeypatch):
    """A folder with a scenario of the past and a sound one."""
    folder = place(tmp_path, "1 + 1", first=BORSA + PAST.replace("YEAR", "2018"), second=BORSA)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_names_file_and_line(past, command, capsys):
    """A sentence, no traceback and no file; a report is counted as failed, and the others are made."""
    before = sorted(past.parent.rglob("*"))
    code = main([*command, "--parameters", str(past)])
    err = capsys.readouterr().err
    assert code == (1 if command[0] == "report" else 2)
    assert "parameters/first.yaml:" in err
    assert "time.base_year = 2018: no inflation rate for 202" in err
    assert "Traceback" not in err
    added = {path.name for path in past.parent.rglob("*") if path not in before}
    assert added <= {"reports", "batch.json", "index.html", ".lock"}


def test_check_evaluates_each_option(tmp_path, capsys):
    """The scenario can be computed and an option of it cannot: its line is named."""
    option = "options: {past: {title: Past, description: an evaluation, changes: {time.base_year: 2018}}}\n"
    folder = place(tmp_path, "1 + 1", first=BORSA, second=f"based_on: first\n{option}")
    assert main(["check", "--parameters", str(folder)]) == 2
    assert "time.base_year = 2018: no inflation rate for 202" in capsys.readouterr().err
    assert load("second", parameters=folder)["time.base_year"] == 2027
    assert main(["workbook", "second", "--parameters", str(folder), "--out", str(tmp_path / "x.xlsx")]) == 0


def test_a_parameter_that_the_folder_does_not_declare_is_named(tmp_path, capsys):
    """A folder of its own without `phones.life` declares the rest of the model."""
    folder = place(tmp_path, "1 + 1", first=BORSA)
    defaults = folder / "defaults.yaml"
    text = defaults.read_text(encoding="utf-8")
    start = text.index("  life:", text.index("\nphones:"))
    defaults.write_text(text[:start] + text[text.index("  loss:", start) :], encoding="utf-8")
    assert main(["check", "--parameters", str(folder)]) == 2
    assert "parameters/defaults.yaml: phones.life: missing, and the model reads it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "value", "least"),
    [
        ("office_it.workstations.at_start", 10_000, "workstation"),
        ("office_it.printers.at_start", 500, "printer"),
        ("phones.at_start", 5_000, "phone"),
        ("roles.data_entry_clerk.existing", 1_000, "post"),
    ],
)
def test_check_names_a_stock_of_many_times_the_need(tmp_path, capsys, path, value, least):
    """Ten thousand workstations for an office of a mutuelle; before, they were good and made the budget smaller."""
    folder = place(tmp_path, "1 + 1", first=BORSA)
    option = f"based_on: first\noptions: {{many: {{title: Many, description: a slip, changes: {{{path}: {value}}}}}}}\n"
    (folder / "second.yaml").write_text(option, encoding="utf-8")
    assert main(["check", "--parameters", str(folder)]) == 2
    err = capsys.readouterr().err
    assert f"parameters/second.yaml:2: {path} = {value}: more than 10 times the " in err
    assert f"[{least}] that any year needs" in err
    (folder / "second.yaml").write_text(option.replace("changes: {", "changes: {coverage.shrinks: true, "), encoding="utf-8")
    assert main(["check", "--parameters", str(folder)]) == 0


def test_more_than_the_need_is_real():
    """Tanzania has 61 clerks and comes to need 53: nobody is asked."""
    assert problems_of([plan_of("tanzania")]) == []
