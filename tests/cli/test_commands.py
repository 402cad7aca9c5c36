"""What each command prints, where, and the exit code it ends with."""

import csv
import io
import json

import pytest

from imis_plan import budget, load, staffing
from imis_plan.model.year_labels import with_fiscal_year
from imis_plan.scenario.localized_text import in_language
from tests.cli.conftest import REAL
from tests.small import COUNTRY, folder

TOYS = "toy: good, 23 parameters, 7 of them assumed\n"
BAD = "about:\n  country: Here\n"


def cells(text):
    """A table printed for people, as rows of words; columns stand two spaces apart."""
    return [[cell for cell in line.split("  ") if cell] for line in text.splitlines()]


def test_list_names_every_scenario_with_its_options(imis_plan, small):
    """One row per scenario: name, country, title in English, options."""
    done = imis_plan("list", parameters=small)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Scenario  Country  Title  Options\ntoy       Toyland  Plan   own_room\n"


def test_list_names_a_scenario_that_cannot_be_read(imis_plan, tmp_path):
    """A list is no check: the broken scenario is in it, with the command that says more."""
    place = folder(tmp_path, broken=COUNTRY.replace("iso3: TOY", "iso3: Toyland"))
    done = imis_plan("list", "--format", "json", parameters=place)
    assert done.code == 0
    assert json.loads(done.out)[0] == {
        "scenario": "broken",
        "country": "",
        "title": "1 problem: imis-plan check broken",
        "options": "",
    }


@pytest.mark.parametrize("form", ["csv", "json"])
def test_list_for_machines_has_the_same_rows(form, imis_plan, small):
    """All forms say the same."""
    text = imis_plan("list", "--format", form, parameters=small).out
    rows = list(csv.DictReader(io.StringIO(text))) if form == "csv" else json.loads(text)
    assert rows == [{"scenario": "toy", "country": "Toyland", "title": "Plan", "options": "own_room"}]


def test_list_of_an_empty_folder_is_empty(imis_plan, tmp_path):
    """Nobody to list is no problem."""
    done = imis_plan("list", parameters=folder(tmp_path, country=None))
    assert (done.code, done.out.strip(), done.err) == (0, "", "")


def test_list_of_the_real_scenarios(imis_plan):
    """Twelve or more, in alphabetical order."""
    names = [row["scenario"] for row in json.loads(imis_plan("list", "--format", "json").out)]
    assert names == sorted(names)
    assert {"nepal", "tanzania", "zanzibar"} <= set(names)
    assert len(names) >= 12


def test_check_says_how_much_is_assumed(imis_plan, small):
    """One line for each scenario that is good."""
    assert imis_plan("check", parameters=small) == (0, TOYS, "")
    assert imis_plan("check", "toy", parameters=small) == (0, TOYS, "")


def test_check_reports_every_fault_of_every_file_and_what_is_good(imis_plan, tmp_path):
    """Data on stdout, problems on stderr, one a line, those of two files in one go; exit code 2."""
    typo = COUNTRY.replace("card_pvc: {value: 120", "card_pcv: {value: 120")
    place = folder(tmp_path, first=typo, second=COUNTRY.replace("census2021", "census2012"))
    done = imis_plan("check", parameters=place)
    assert (done.code, done.out) == (2, TOYS)
    assert done.err.splitlines() == [
        "parameters/first.yaml:14: printing.card_pcv: unknown key, did you mean card_pvc?",
        'parameters/second.yaml:12: population.total.source = "census2012": census2012 is not in sources.yaml, did you mean census2021?',
    ]


def test_check_of_the_real_scenarios(imis_plan):
    """Every scenario of the project is good, without a warning; what stands out in its money is told below it."""
    done = imis_plan("check")
    assert (done.code, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if line.startswith("zambia: USD 1 of 2025 becomes USD 1.41 in 2027")]
    assert (
        len([line for line in done.out.splitlines() if ": good, " in line]) == len(list(REAL.glob("*.yaml"))) - 4
    )  # defaults, units, sources, benchmarks


def test_budget_for_people_adds_up_to_the_ledger(imis_plan):
    """Components by year; the last row and the last column are the totals."""
    done = imis_plan("budget", "nepal")
    title, head, *rows, support = cells(done.out)
    assert (done.code, done.err, title) == (0, "", ["nepal: nominal NPR"])
    assert support[0].startswith("with project support (")
    assert [head[0], head[-1]] == ["Component", "Total"]
    total = budget(load("nepal", parameters=REAL))["amount"].sum()
    assert [rows[-1][0], rows[-1][-1].strip()] == ["Total", f"{total:,.0f}"]
    assert [row[0] for row in rows][:2] == ["Office IT equipment", "Running costs of offices"]


def test_staffing_for_people(imis_plan):
    """Posts by role, a column for each year."""
    done = imis_plan("staffing", "nepal")
    head, *rows = cells(done.out)
    table = staffing(load("nepal", parameters=REAL))
    assert (done.code, done.err) == (0, "")
    assert [text.strip() for text in head] == ["Role", *(f"FY {year}/{year - 1999}" for year in sorted(set(table["year"])))]
    titles = {role.key: in_language(role.title, "en") for role in load("nepal", parameters=REAL).roles}
    assert [row[0] for row in rows] == [titles[key] for key in dict.fromkeys(table["role"])]


@pytest.mark.parametrize(("command", "table"), [("budget", budget), ("staffing", staffing)])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_machines_get_every_digit(form, command, table, imis_plan):
    """Read back, every number is the same float, every text the same text; what is no number is empty or null."""
    done = imis_plan(command, "nepal", "--format", form)
    frame = with_fiscal_year(load("nepal", parameters=REAL), table(load("nepal", parameters=REAL)))
    assert (done.code, done.err) == (0, "")
    if form == "csv":
        head, *rows = csv.reader(io.StringIO(done.out))
        assert head == list(frame.columns)
        read = [dict(zip(head, row, strict=True)) for row in rows]
    else:
        read = json.loads(done.out)
    expected = frame.to_dict("records")
    assert len(read) == len(expected)
    assert [problem for row, wanted in zip(read, expected, strict=True) for problem in differences(row, wanted)] == []


def differences(row, wanted):
    """Keys whose printed value is not the calculated one."""
    for key, value in wanted.items():
        given = row[key]
        if value != value:  # noqa: PLR0124  # not a number
            same = given in ("", None)
        elif isinstance(given, str) and not isinstance(value, str):
            same = given == str(value) if isinstance(value, bool) else float(given) == value
        else:
            same = given == value
        if not same:
            yield key, given, value


@pytest.mark.parametrize(("command", "form"), [("list", "json"), ("budget", "csv"), ("budget", "table"), ("staffing", "json")])
def test_out_writes_what_the_terminal_would_show(command, form, imis_plan, tmp_path):
    """The file has it all, the folders on its way are made, and the terminal shows its path."""
    arguments = [] if command == "list" else ["borsa"]
    shown = imis_plan(command, *arguments, "--format", form).out
    file = tmp_path / "new" / "folder" / "table"
    assert imis_plan(command, *arguments, "--format", form, "--out", file) == (0, f"{file}\n", "")
    assert file.read_bytes().decode() == shown
    assert [path.name for path in file.parent.iterdir()] == ["table"]


def test_a_file_that_cannot_be_written_is_a_failure_and_no_bad_input(imis_plan, tmp_path):
    """Exit code 1 and one line that names the file; nothing is left beside it."""
    (tmp_path / "file").write_text("mine")
    done = imis_plan("budget", "borsa", "--out", tmp_path / "file" / "ledger.csv")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("imis-plan: ")
    assert str(tmp_path / "file") in done.err
    assert len(done.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_ctrl_c_ends_with_130(imis_plan, monkeypatch):
    """As shells expect it."""

    def pressed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("imis_plan.scenario.plan.load", pressed)
    assert imis_plan("budget", "nepal") == (130, "", "interrupted\n")


def test_a_folder_without_parameters_is_bad_input(imis_plan, tmp_path):
    """The wrong folder is named."""
    expected = f"{tmp_path}: neither defaults.yaml nor schema.json in this folder, give a folder of parameter files, or begin one with `imis-plan init FOLDER`\n"
    assert imis_plan("check", parameters=tmp_path) == (2, "", expected)


ROWS = (
    "item,country,value,unit,currency,price_year,dated,source,locator,series,tier,kind,grade,tax,published,collected,note\n"
    "card_pvc,NPL,90,card,NPR,2025,stated,tender2025,,,first,observed,A,unknown,,,\n"
    "card_pvc,NPL,9000,card,NPR,2025,stated,tender2025,,,twice,observed,A,unknown,,,\n"
    "card_pvc,NPL,95,card,NPR,2025,stated,tender2025,,,again,observed,A,unknown,,,\n"
    "card_pvc,NPL,92,card,NPR,2025,stated,census2021,,,,observed,A,unknown,,,\n"
)


def test_check_names_a_price_far_off_the_others(imis_plan, small):
    """A slip of the decimal point: a warning with its line, and the scenarios are good."""
    (small / "observations.csv").write_text(ROWS)
    done = imis_plan("check", parameters=small)
    assert (done.code, done.out) == (0, TOYS)
    assert done.err.startswith('warning: parameters/observations.csv:3: value = "9000": 64.53 USD, while the median of card_pvc')


def test_check_refuses_a_wrong_observation(imis_plan, small):
    """Even where no scenario uses it yet."""
    (small / "observations.csv").write_text(ROWS.replace("card_pvc,NPL,92,card,NPR", "card_pvc,NPL,92,card,XXX"))
    done = imis_plan("check", parameters=small)
    assert done.code == 2
    assert "parameters/observations.csv:5: currency" in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "first", "some"),
    [
        ([], ["Item", "Unit", "Observations", "Countries"], "handset"),
        (["handset"], ["Item", "Country", "Year", "Value", "Currency", "Kind", "Tier", "Grade", "Source"], "20036"),
        (["handset", "--country", "zambia"], ["Item", "Country", "Year"], "USD/phone of 2025"),
        (["--country", "zambia"], ["Parameter", "Item", "Value"], "own country: 1 of ZMB"),
        (["sms_local", "--country", "Kenya"], ["Item", "Country", "Year"], "celcom_sms"),
    ],
)
def test_prices_prints_observations(arguments, first, some, imis_plan):
    """All items, one item, what they give for a scenario, and a country without a scenario."""
    done = imis_plan("prices", *arguments)
    assert (done.code, done.err) == (0, "")
    assert done.out.split()[: len(first)] == first
    assert some in done.out


@pytest.mark.parametrize(
    ("arguments", "message"), [(["handse"], "did you mean handset?"), (["--country", "Kenia"], "did you mean Kenya (KEN)?")]
)
def test_prices_of_an_unknown_name_are_refused(arguments, message, imis_plan):
    """With the name that is like it."""
    done = imis_plan("prices", *arguments)
    assert done.code == 2
    assert message in done.err


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], None),
        (["--set", "coverage.target=0.5"], "gambia"),
        (["--option", "government_hosting", "--set", "coverage.target=0.5"], "gambia/government_hosting"),
        (["--set", "coverage.target=0.5", "--simulate"], None),
        (["--set", "contingency.method=lines"], None),
        (["--percentile", "90"], None),  # the same simulation
    ],
)
def test_a_budget_says_whose_simulation_its_contingency_is_from(arguments, name, imis_plan):
    """A what-if keeps the shares of the scenario or option that it departs from; `--simulate` renews them."""
    last = imis_plan("budget", "gambia", *arguments).out.splitlines()[-1]
    note = f"contingency: shares of the base cost as simulated for {name} without changes; --simulate renews them"
    assert last == note if name else last.startswith("with project support")
