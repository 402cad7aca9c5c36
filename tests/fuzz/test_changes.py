"""Any value for any parameter: a what-if, a table and a workbook give a result or problems, and no file after a refusal."""

import csv
import io
import warnings

import pytest
from hypothesis import given, strategies as st
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan.analysis.export import csv_text
from imis_plan.model.ledger import budget
from imis_plan.problems import BadInput
from imis_plan.scenario import scenario_table
from imis_plan.scenario.plan import load
from imis_plan.workbook.layout import SHEETS, USER_VALUE
from imis_plan.workbook.parameter_formulas import locate_parameters
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.write import workbook
from tests.fuzz.mutations import NUMBERS, TEXTS, VALUES, examples
from tests.fuzz.test_files import run
from tests.model.plans import NAMES, plan_of
from tests.report.places import BORSA, place

PATHS = {name: list(plan_of(name).parameters) for name in NAMES}
CELLS = st.one_of(st.sampled_from(TEXTS), st.sampled_from(["#N/A", "1,5", "1.234", "1 234", "-", "[1, 2]", "{a: 1}", "true"]), st.sampled_from(NUMBERS).map(str))  # fmt: skip


@examples(40)
@given(data=st.data())
def test_any_what_if(data):
    """A budget without an infinite amount, or problems."""
    name = data.draw(st.sampled_from(NAMES))
    paths = data.draw(st.lists(st.sampled_from(PATHS[name]), min_size=1, max_size=3, unique=True))
    changes = {path: data.draw(VALUES) for path in paths}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            table = budget(plan_of(name).replace(changes))
            csv_text(table)
        except BadInput:
            return
    assert (table["amount"].abs() < float("inf")).all()
    assert (table["amount"] >= 0).all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of parameters with one scenario, whose budget is short."""
    short = 'time: {horizon: {value: 2, unit: year, source: "assumption: short", confidence: assumed}}\n'
    return place(tmp_path_factory.mktemp("changes"), "1 + 1", first=BORSA + short)


@examples(15)
@given(data=st.data())
def test_any_table(data, folder, tmp_path):
    """Scenarios that can be read, or problems and no file."""
    heads = data.draw(st.lists(st.sampled_from(PATHS["borsa"]), min_size=1, max_size=4, unique=True))
    heads = [data.draw(st.sampled_from([head, f"{head}.low", f"{head}.source", head.upper(), head[:-1]])) for head in heads]
    rows = [[f"row{i}", *(data.draw(CELLS) for _ in heads)] for i in range(data.draw(st.integers(1, 3)))]
    text = io.StringIO()
    csv.writer(text).writerows([["name", *heads], *rows])
    file, into = tmp_path / "t.csv", tmp_path / "into"
    file.write_text(text.getvalue(), encoding="utf-8")
    into.mkdir(exist_ok=True)
    for old in into.iterdir():
        old.unlink()
    try:
        names = scenario_table.write(file, folder, into, "first")
    except BadInput:
        assert list(into.iterdir()) == []
        return
    for name in names:
        target = folder / f"{name}.yaml"
        target.write_bytes((into / f"{name}.yaml").read_bytes())
        try:
            load(name, parameters=folder)
        finally:
            target.unlink()


@pytest.fixture(scope="module")
def exported(folder):
    """The workbook of the scenario, and where its parameters are."""
    plan = load("first", parameters=folder)
    return workbook(plan), locate_parameters(starting_point(plan))


@examples(2, 0.05)
@given(data=st.data())
def test_any_cell_of_a_workbook(data, folder, exported, tmp_path):
    """A scenario that can be read, or problems and no file."""
    content, located = exported
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[list(SHEETS).index("inputs")]
    for path in data.draw(st.lists(st.sampled_from(sorted(located)), min_size=1, max_size=3, unique=True)):
        value = data.draw(
            st.one_of(
                st.floats(allow_nan=False, allow_infinity=False), st.integers(-5, 10**12), st.sampled_from(TEXTS), st.booleans()
            )
        )
        sheet[xl_rowcol_to_cell(located[path].row, USER_VALUE)] = value
    file, out = tmp_path / "changed.xlsx", folder / "from_workbook.yaml"
    out.unlink(missing_ok=True)
    book.save(file)
    try:
        code, _, err = run("workbook", "--import", file, "--out", out, "--parameters", folder)
        assert code in (0, 2), err
        assert out.exists() == (code == 0)
        if code == 0:
            load("from_workbook", parameters=folder)
    finally:
        out.unlink(missing_ok=True)
