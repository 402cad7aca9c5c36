"""Import: changed cells become a scenario with only the differences, or every cell that cannot be imported is named."""

import re
import shlex
from io import BytesIO
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan import budget, load
from imis_plan.cli.main import main
from imis_plan.scenario.plan_checks import check
from imis_plan.workbook.layout import FIRST_NUMBER, OPTION_CELL, SHEETS, USER_VALUE
from imis_plan.workbook.ledger_columns import CATEGORY
from imis_plan.workbook.parameter_formulas import locate_parameters
from imis_plan.workbook.sheets.funding import USER_CAP, USER_SHARE, rule_row
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.write import workbook
from tests.report.places import REAL, SHARED

from .office import recalculated, saved, typed, without_results

SUMMARY, INPUTS, BY_YEAR, DRIVERS, LEDGER, FUNDING = (
    list(SHEETS).index(key) + 1 for key in ("summary", "inputs", "by_year_inputs", "drivers", "ledger", "funding")
)
# Ten inputs of all kinds.
TEN = {
    "coverage.target": 0.35, "coverage.delay": 1, "money.planning_rate": 160, "printing.card_type": "pvc", "sms.applicable": "no",
    "roles.data_entry_clerk.pay": 41000, "server.sizing.working_days": 280, "claims.per_insured_year": 2.4, "phones.life": 4,
    "contingency.price_margin": 0.01,
}  # fmt: skip


# Two years are enough to tell what comes back, and quick to read.
SHORT = 'time: {horizon: {value: 2, unit: year, source: "assumption: short", confidence: assumed}}\n'


def parameters(at):
    """A folder of parameters with one scenario."""
    place = at / "parameters"
    place.mkdir()
    for name in (*SHARED, "nepal"):
        (place / f"{name}.yaml").write_bytes((REAL / f"{name}.yaml").read_bytes())
    with (place / "nepal.yaml").open("a", encoding="utf-8") as file:
        file.write(SHORT)
    return place


@pytest.fixture
def folder(tmp_path):
    """A folder of parameters that imports may write into."""
    return parameters(tmp_path)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Its scenario."""
    return load("nepal", parameters=parameters(tmp_path_factory.mktemp("nepal")))


@pytest.fixture(scope="module")
def exported(plan):
    """The workbook as it was exported."""
    return workbook(plan)


@pytest.fixture(scope="module")
def found(plan):
    """Where its parameters stand."""
    return locate_parameters(starting_point(plan))


@pytest.fixture
def import_workbook(folder, capsys):
    """Import a workbook: exit code, messages on stderr, and the scenario that it wrote."""

    def call(content, name="changed"):
        file = folder.parent / f"{name}.xlsx"
        file.write_bytes(content)
        code = main(["workbook", "--parameters", str(folder), "--import", str(file)])
        return code, capsys.readouterr().err, folder / "nepal_changed.yaml"

    return call


def own(found, values):
    """Cells for values: address -> value."""
    return {xl_rowcol_to_cell(found[path].row, USER_VALUE): value for path, value in values.items()}


def test_given_exchange_rates_are_imported_with_rates_only(exported, found, import_workbook):
    """The drop-down list has `given`; without a rate of each year nothing is written."""
    chosen = typed(exported, INPUTS, own(found, {"money.exchange_path": "given"}))
    code, errors, file = import_workbook(chosen)
    assert code != 0
    assert "no rates are given" in errors
    assert not file.exists()

    block = found["money.exchange_rate_path"].block
    rates = {xl_rowcol_to_cell(block.top + 2, FIRST_NUMBER + i): 137 + i for i in range(len(block.labels))}
    code, errors, file = import_workbook(typed(chosen, BY_YEAR, rates))
    assert code == 0, errors
    assert file.exists()


@pytest.mark.office
@pytest.mark.slow
def test_ten_changed_inputs_come_back_as_the_scenario_that_the_file_shows(exported, found, folder, import_workbook, tmp_path):
    """Export, change ten inputs in the file, import, budget: the total is the one that LibreOffice shows for the file."""
    changed = typed(exported, INPUTS, own(found, TEN))
    rows = recalculated({"changed": without_results(changed)}, tmp_path, SUMMARY)["changed"]["Summary"]
    shown = next(float(row[1]) for row in rows if row[0] == "Total, nominal")
    code, _, file = import_workbook(changed)

    assert code == 0
    assert check(["nepal_changed"], folder) == []
    assert budget(load("nepal_changed", parameters=folder))["amount"].sum() == pytest.approx(shown, abs=0.005)
    assert file.exists()


@pytest.mark.office
@pytest.mark.slow
def test_prices_from_observations_come_back_as_the_file_shows_them(folder, tmp_path):
    """Inflation expected for Chad reaches the year of its prices: a what-if converts them, a cell and its import keep them."""
    (folder / "chad.yaml").write_bytes((REAL / "chad.yaml").read_bytes())
    before, path = load("chad", parameters=folder), "money.home_inflation_forward"
    changed = typed(workbook(before), INPUTS, own(locate_parameters(starting_point(before)), {path: 0.02}))
    rows = recalculated({"changed": without_results(changed)}, tmp_path, SUMMARY)["changed"]["Summary"]
    shown = next(float(row[1]) for row in rows if row[0] == "Total, nominal")
    (tmp_path / "changed.xlsx").write_bytes(changed)
    code = main(["workbook", "--parameters", str(folder), "--import", str(tmp_path / "changed.xlsx")])
    after = load("chad_changed", parameters=folder)

    assert code == 0
    assert check(["chad_changed"], folder) == []
    assert (after[path], after["printing.page"]) == (0.02, before["printing.page"])
    assert before.replace({path: 0.02})["printing.page"] != before["printing.page"]
    assert budget(after)["amount"].sum() == pytest.approx(shown, abs=0.005)


@pytest.mark.office
@pytest.mark.slow
def test_what_libreoffice_saved_can_be_brought_back(exported, found, import_workbook, tmp_path):
    """It writes formulas in its own way, and nothing counts as changed."""
    code, stderr, file = import_workbook(saved(typed(exported, INPUTS, own(found, {"coverage.target": 0.4})), tmp_path))

    assert (code, [line for line in stderr.splitlines() if "formula" in line]) == (0, [])
    assert list(yaml.safe_load(file.read_text(encoding="utf-8"))) == ["based_on", "about", "coverage", "contingency"]


def test_only_what_differs_is_written_with_where_it_came_from(exported, found, import_workbook):
    """Each value is an assumption that names file and cell; its range is widened to hold it; besides, the contingency is kept."""
    code, _, file = import_workbook(typed(exported, INPUTS, own(found, {"coverage.target": 0.45})))
    data = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert code == 0
    assert data.pop("about").keys() == {"title", "date"}
    assert data.pop("contingency")["factors"]["value"] == "base"  # the simulated shares of the workbook
    assert data == {
        "based_on": "nepal",
        "coverage": {
            "target": {
                "value": 0.45, "low": 0.2, "high": 0.45, "unit": "1", "confidence": "assumed",
                "source": f"assumption: changed by hand in the workbook changed.xlsx, Inputs!E{found['coverage.target'].row + 1}",
            }
        },
    }  # fmt: skip


def test_an_option_numbers_by_year_and_funding_come_back_too(exported, found, folder, import_workbook):
    """The option's changes, a year of a path, and the share and cap of a rule; the budget is that of the same changes by hand."""
    block = found["money.home_inflation_forward"].block
    content = typed(exported, INPUTS, {xl_rowcol_to_cell(*OPTION_CELL): "cloud"})
    content = typed(content, BY_YEAR, {xl_rowcol_to_cell(block.top + 2, FIRST_NUMBER + 1): 0.09})
    content = typed(
        content, FUNDING, {xl_rowcol_to_cell(rule_row(0), USER_SHARE): 0.4, xl_rowcol_to_cell(rule_row(0), USER_CAP): 500000}
    )
    code, _, _ = import_workbook(content)
    plan = load("nepal_changed", parameters=folder)
    changes = {"money.home_inflation_forward": [0.04, 0.09]}
    by_hand = load("nepal", option="cloud", changes=changes, parameters=folder)

    assert code == 0
    assert budget(plan)["amount"].tolist() == budget(by_hand)["amount"].tolist()
    assert (plan.funding[0].share, plan.funding[0].cap) == (0.4, 500000)
    assert plan.funding[1:] == by_hand.funding[1:]


def test_every_cell_that_cannot_be_imported_is_named_at_once(exported, found, import_workbook):
    """Out of bounds, no number, a formula, no choice, a formula overwritten: all of them in one go, exit code 2, nothing written."""
    bad = {
        "coverage.target": -1,
        "coverage.delay": "two",
        "server.hosting": "moon",
        "sms.applicable": "perhaps",
        "claims.per_insured_year": "=0.1*4",
    }
    code, stderr, file = import_workbook(typed(exported, INPUTS, own(found, bad)))

    assert code == 2
    assert not file.exists()
    assert (
        f"changed.xlsx: Inputs!E{found['coverage.target'].row + 1}: coverage.target = -1: below 0.0001, give 0.0001 to 1"
        in stderr
    )
    assert "coverage.insured_at_start" not in stderr  # no limit is worked out from a target that is out of bounds
    assert 'coverage.delay = "two": not a number, give a number, without unit, separators or %' in stderr
    assert 'server.hosting = "moon": not an allowed value' in stderr
    assert 'sms.applicable = "perhaps": neither yes nor no' in stderr
    assert 'claims.per_insured_year = "=0.1*4": a formula, give a number: an import does not calculate formulas' in stderr
    assert len(stderr.splitlines()) == 5


def test_a_formula_that_was_changed_is_named(exported, import_workbook):
    """A figure over a formula of the ledger, a formula changed, a figure of the scenario overwritten."""
    content = typed(exported, LEDGER, {"N6": 1000})
    content = typed(content, DRIVERS, {"E7": "=1+1"})
    content = typed(content, INPUTS, {"F18": 0.9, "E18": "=0.1*4"})
    code, stderr, file = import_workbook(content)

    assert code == 2
    assert not file.exists()
    assert 'changed.xlsx: Ledger!N6: "1000": a value in place of a formula' in stderr
    assert 'changed.xlsx: Drivers!E7: "=1+1": a changed formula' in stderr
    assert 'changed.xlsx: Inputs!F18: "0.9": a number of the scenario was overwritten' in stderr


def test_what_another_program_saved_can_be_brought_back(exported, found, import_workbook):
    """Openpyxl writes the file in its own way, and nothing counts as changed."""
    book = load_workbook(BytesIO(exported))
    book["Inputs"].cell(found["coverage.target"].row + 1, USER_VALUE + 1).value = 0.4
    buffer = BytesIO()
    book.save(buffer)

    assert import_workbook(buffer.getvalue())[0] == 0


def test_a_file_that_is_none_of_ours_or_out_of_date_is_refused(exported, folder, import_workbook, tmp_path, capsys):
    """No workbook, a workbook of another origin, a scenario that was changed since, nothing changed, an existing scenario."""
    from openpyxl import Workbook

    assert "not an Excel workbook that can be read" in import_workbook(b"nothing")[1]
    buffer = BytesIO()
    Workbook().save(buffer)
    assert "not a workbook of imis_plan" in import_workbook(buffer.getvalue())[1]
    assert "nothing differs from the scenario" in import_workbook(exported)[1]
    text = (folder / "nepal.yaml").read_text(encoding="utf-8")
    (folder / "nepal.yaml").write_text(text.replace("target: {value: 0.28,", "target: {value: 0.31,"), encoding="utf-8")
    assert "the scenario has changed since this workbook was exported" in import_workbook(exported)[1]
    assert main(["workbook", "--import", str(tmp_path / "none.xlsx")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_a_renamed_parameter_or_funder_is_refused(exported, found, import_workbook):
    """Cells are read by their position: under another name, a value would be that of another parameter."""
    row, block = found["coverage.target"].row, found["money.home_inflation_forward"].block
    content = typed(exported, INPUTS, {xl_rowcol_to_cell(row, 0): "coverage.delay", xl_rowcol_to_cell(row, USER_VALUE): 0.4})
    content = typed(content, BY_YEAR, {xl_rowcol_to_cell(block.top, 0): "money.other"})
    content = typed(content, FUNDING, {xl_rowcol_to_cell(rule_row(0), 1): "Somebody else"})
    code, stderr, file = import_workbook(content)

    assert code == 2
    assert not file.exists()
    renamed = "a name was changed or a row was moved, undo the change"
    assert f'changed.xlsx: Inputs!A{row + 1}: "coverage.delay": {renamed}: coverage.target' in stderr
    assert f'changed.xlsx: Inputs by year!A{block.top + 1}: "money.other": {renamed}: money.home_inflation_forward' in stderr
    assert f'changed.xlsx: Funding!B{rule_row(0) + 1}: "Somebody else": {renamed}' in stderr
    assert len(stderr.splitlines()) == 3


def repacked(content, name, change):
    """A workbook with one of its parts changed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w") as new:
        for item in old.namelist():
            new.writestr(item, change(old.read(item)) if item == name else old.read(item))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet3.xml", lambda text: text[: len(text) // 2]),
        ("xl/workbook.xml", lambda _text: b"<nothing>"),
        ("xl/workbook.xml", lambda text: text.replace(b"plan.option", b"plan.other").replace(b"$D$4", b"$D$D")),
        ("xl/styles.xml", lambda _text: b""),
        ("xl/sharedStrings.xml", lambda text: text.replace(b"<t", b"<x")),
    ],
    ids=["half a sheet", "no workbook", "names of no cell", "no styles", "no texts"],
)
def test_a_damaged_workbook_is_refused_with_a_sentence(part, change, exported, import_workbook):
    """Whatever the library of XML says of it."""
    code, stderr, file = import_workbook(repacked(exported, part, change))

    assert (code, file.exists()) == (2, False)
    assert stderr.startswith("changed.xlsx: ")
    assert "Traceback" not in stderr


def test_a_damaged_area_to_print_is_no_obstacle(exported, found, import_workbook):
    """It changes no value, and nothing is said of it."""
    content = typed(exported, INPUTS, own(found, {"coverage.target": 0.4}))
    broken = repacked(content, "xl/workbook.xml", lambda text: re.sub(rb"(Print_Area.*?\$D)\$\d+", rb"\1$D0", text, count=1))
    code, stderr, file = import_workbook(broken)

    assert broken != content
    assert (code, file.exists()) == (0, True)
    assert "Print area" not in stderr


def test_no_scenario_is_overwritten(exported, found, folder, import_workbook):
    """What is there stays as it is, and another name is asked for."""
    (folder / "nepal_changed.yaml").write_text("based_on: nepal\n", encoding="utf-8")
    code, stderr, file = import_workbook(typed(exported, INPUTS, own(found, {"coverage.target": 0.4})))

    assert code == 2
    assert "already exists" in stderr
    assert file.read_text(encoding="utf-8") == "based_on: nepal\n"


def test_the_advice_names_a_file_that_the_next_command_finds(exported, found, folder, tmp_path, capsys):
    """Also where the scenario was written to a folder that is none of parameter files."""
    book, there = tmp_path / "changed.xlsx", tmp_path / "my plans" / "mine.yaml"
    book.write_bytes(typed(exported, INPUTS, own(found, {"coverage.target": 0.4})))
    assert main(["workbook", "--parameters", str(folder), "--import", str(book), "--out", str(there)]) == 0
    advice = capsys.readouterr().err.partition("next: ")[2]
    command, *arguments = shlex.split(advice.partition(",")[0])

    assert command == "imis-plan"
    assert main(arguments) == 0
    assert "good" in capsys.readouterr().out


def test_a_changed_cell_of_the_categories_is_named(exported, import_workbook):
    """A number typed over a formula of the sheet for lenders, and a category typed over that of a post."""
    book = load_workbook(BytesIO(exported))
    row = next(row for row in book["Ledger"].iter_rows(min_row=6) if str(row[CATEGORY].value).startswith("=IF("))
    row[CATEGORY].value = "Goods"
    book["Expenditure categories"]["B7"] = 5
    changed = BytesIO()
    book.save(changed)
    code, stderr, file = import_workbook(changed.getvalue())

    assert code == 2
    assert 'Expenditure categories!B7: "5": a value in place of a formula' in unescape(stderr)
    assert f'Ledger!{row[CATEGORY].coordinate}: "Goods": a value in place of a formula' in unescape(stderr)
    assert not file.exists()


def test_the_command_wants_a_scenario_or_a_file(tmp_path, capsys):
    """Not both, not none; a workbook is written where requested, in the language of the scenario or the one asked for."""
    assert main(["workbook"]) == 2
    for asked, summary in (((), "Synthèse"), (("--language", "en"), "Summary")):
        assert main(["workbook", "borsa", "--parameters", str(REAL), "--out", str(tmp_path / "b.xlsx"), "--force", *asked]) == 0
        assert load_workbook(tmp_path / "b.xlsx").sheetnames[1] == summary
    assert "neither a scenario nor a workbook, or both" in unescape(capsys.readouterr().err)


def test_cells_that_are_impossible_together_are_refused_at_their_cell(exported, found, import_workbook):
    """More insured than people: the cell of the number is named, with the value that limits it; nothing is written."""
    code, stderr, file = import_workbook(typed(exported, INPUTS, own(found, {"coverage.insured_at_start": 40_000_000})))
    row = found["coverage.insured_at_start"].row + 1

    assert code == 2
    assert f"changed.xlsx: Inputs!E{row}: coverage.insured_at_start = 40000000: above 29562" in stderr
    assert "population.total = 29651054 (parameters/nepal.yaml:" in stderr
    assert not file.exists()


def test_cells_that_are_possible_only_together_are_taken(exported, found, import_workbook):
    """Each alone would be refused: more facilities before the first year than the scenario has at its end."""
    more = {"facilities.at_start": 700, "facilities.number": 800}
    code, _, file = import_workbook(typed(exported, INPUTS, own(found, more)))

    assert code == 0
    assert file.exists()
