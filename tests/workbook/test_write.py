"""The file: same bytes for the same plan, functions that old programs have, names, protection, and no text that becomes a formula."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from xlsxwriter.worksheet import Worksheet

from imis_plan import budget, load
from imis_plan.i18n import translate
from imis_plan.model.contingency_factors import contingency_factors
from imis_plan.workbook.layout import FACTORS_FIRST, FACTORS_IN_EFFECT, FACTORS_TOP, SHEETS, defined_names, title
from imis_plan.workbook.ledger_columns import TAX
from imis_plan.workbook.parameter_cells import editable
from imis_plan.workbook.parameter_formulas import locate_parameters
from imis_plan.workbook.starting_point import starting_point
from imis_plan.workbook.worksheet import FormulaWorksheet
from imis_plan.workbook.write import workbook

from .office import members

# What Excel 2016 and LibreOffice 7 both have, and an auditor knows.
KNOWN = {
    "ABS",
    "AND",
    "CEILING",
    "COUNT",
    "EXP",
    "IF",
    "INT",
    "ISBLANK",
    "MAX",
    "MIN",
    "OR",
    "ROUND",
    "SUBTOTAL",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
}
EXCEL_LONGEST, EXCEL_NESTED = 8192, 64


@pytest.fixture(scope="module")
def nepal():
    """A scenario with options, and funding with a cap."""
    return load("nepal")


@pytest.fixture(scope="module")
def short():
    """Its first year alone, which is quick to write and to read."""
    return load("nepal", changes={"time.horizon": 1})


@pytest.fixture(scope="module")
def content(nepal):
    """Its workbook."""
    return workbook(nepal)


@pytest.fixture(scope="module")
def book(content):
    """Its workbook as another program reads it."""
    return load_workbook(BytesIO(content))


def formulas(book):
    """Every formula: sheet, address, text."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def depth(formula):
    """How deep brackets are nested."""
    deepest = now = 0
    for sign in formula:
        now += (sign == "(") - (sign == ")")
        deepest = max(deepest, now)
    return deepest


def test_the_same_plan_gives_the_same_bytes(nepal, short, content, monkeypatch):
    """Nothing of the time or the machine is in the file, unless a time is given."""
    assert workbook(nepal) == content
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert b"2026-01-01T00:00:00Z" in members(workbook(short))["docProps/core.xml"]


def test_formulas_keep_to_what_old_programs_have(book):
    """Functions of Excel 2016 and LibreOffice 7, far from Excel's limits of length and nesting; short enough to be read."""
    found = formulas(book)
    used = {name for _, _, text in found for name in re.findall(r"([A-Z][A-Z.0-9]*)\(", re.sub(r'"[^"]*"', "", text))}

    assert used <= KNOWN
    assert max(len(text) for _, _, text in found) < EXCEL_LONGEST / 8
    assert max(depth(text) for _, _, text in found) < EXCEL_NESTED / 4
    assert len(found) > 5000


def test_formulas_are_stored_as_the_library_would_store_them(book, short, monkeypatch):
    """Every formula of a workbook, functions of later versions of Excel, and a whole file."""
    later = ["XLOOKUP(A1,B1:B2,C1:C2)", "SUM(SORT(A1:A2))", 'IF(A1="FILTER(",1,0)', "MAX(SUM(A1),_xlfn.STDEV.S(A1))"]
    texts = [text for _, _, text in formulas(book)] + [f"={text}" for text in later] + ["{=SUM(A1:A2)}", "SUM(A1)", "={1}"]
    ours, theirs = FormulaWorksheet(), Worksheet()

    assert [ours._prepare_formula(text) for text in texts] == [theirs._prepare_formula(text) for text in texts]
    assert ours._prepare_formula(f"={later[1]}") == "SUM(_xlfn._xlws.SORT(A1:A2))"
    content = workbook(short)
    monkeypatch.setattr(FormulaWorksheet, "_prepare_formula", Worksheet._prepare_formula)
    assert workbook(short) == content


def test_no_number_is_typed_where_a_formula_belongs(book):
    """In sheets that are worked out, numbers stand only where a year, a factor of exactly one, or nothing does."""
    typed = [
        (sheet, cell.coordinate, cell.value)
        for sheet in (title(key) for key in ("drivers", "staffing", "prices", "workings", "by_year", "allocation"))
        for row in book[sheet].iter_rows(min_row=6, min_col=4)
        for cell in row
        if cell.data_type == "n" and cell.value not in (None, 0, 1) and not (sheet == title("allocation") and cell.column <= 5)
    ]
    ledger = [
        cell.value for row in book["Ledger"].iter_rows(min_row=6, min_col=12, max_col=16) for cell in row if cell.data_type == "n"
    ]

    assert typed == []
    assert set(ledger) == {1}


def test_every_input_that_acts_has_a_cell_and_a_name(nepal, book):
    """All parameters are listed; names in formulas are those of the parameters."""
    found = locate_parameters(starting_point(nepal))
    listed = {row[0].value for row in book["Inputs"].iter_rows(min_row=7)}
    text = "\n".join(formula for _, _, formula in formulas(book))
    open_cells = [row[4] for row in book["Inputs"].iter_rows(min_row=7) if not row[4].protection.locked]

    assert set(nepal.parameters) <= listed
    assert set(book.defined_names) >= {cells.name for cells in found.values()}
    assert "coverage.target" in text
    assert len(open_cells) > 300
    assert not any(
        cells.row + 1 in {cell.row for cell in open_cells} for cells in found.values() if not editable(cells.parameter)
    )


def test_inputs_are_held_to_the_bounds_of_the_parameters(nepal, book):
    """A cell takes what its file would take, and says so with its unit."""
    row = locate_parameters(starting_point(nepal))["coverage.target"].row + 1
    rules = [rule for rule in book["Inputs"].data_validations.dataValidation if f"E{row}" in str(rule.sqref).split()]
    hosting = locate_parameters(starting_point(nepal))["server.hosting"].row + 1
    choices = [
        rule.formula1 for rule in book["Inputs"].data_validations.dataValidation if f"E{hosting}" in str(rule.sqref).split()
    ]

    assert [(rule.type, float(rule.formula1), float(rule.formula2)) for rule in rules] == [("decimal", 0.0001, 1)]
    assert "0.0001 to 1" in rules[0].prompt
    assert choices == ['"ministry_room,government,cloud,managed"']


def test_every_sheet_is_protected_frozen_and_fit_to_print(book):
    """Without a password; with panes, a print area and one page in width."""
    assert book.sheetnames == [title(key) for key in SHEETS]
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.freeze_panes
        assert sheet.print_area
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_printed_type_is_readable(book):
    """No sheet is printed at less than 70 % of its size, and the rows of a wide one keep their names on every page."""
    units = {"9": 146, "8": 212}  # of column width on a page across, A4 and A3
    for sheet in book:
        last = range_boundaries(sheet.print_area.rpartition("!")[2])[2]
        assert last is not None
        wide = sum(sheet.column_dimensions[get_column_letter(column)].width for column in range(1, last + 1))
        room = units[str(sheet.page_setup.paperSize)] * (sheet.page_setup.fitToWidth or 1)
        if sheet.page_setup.orientation == "landscape" and sheet.title != "Summary":  # that one fits on one page with its charts
            assert room / wide > 0.7, sheet.title
            assert sheet.print_title_cols, sheet.title
    assert range_boundaries(book["Ledger"].print_area.rpartition("!")[2])[2] == TAX + 1
    assert book["Ledger"].print_title_rows == "$5:$5"
    assert "&P" in book["Ledger"].oddFooter.right.text


def test_charts_are_the_sheet_s_own(content):
    """Two charts that follow the cells."""
    charts = [text.decode() for name, text in members(content).items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]

    assert len(charts) == 2
    assert all('grouping val="stacked"' in chart and "<c:f>" in chart for chart in charts)


def test_text_of_a_scenario_never_becomes_a_formula(nepal):
    """Text that begins with = + - @, or that is an address, stays text."""
    target = replace(nepal.parameters["coverage.target"], source="=HYPERLINK(A1) evil", description="+1+1 evil", note="{=1}")
    about = nepal.about.model_copy(update={"title": "@SUM(A1) evil", "scheme": "-2+3 evil", "country": "http://evil.example"})
    plan = replace(nepal, about=about, parameters={**nepal.parameters, "coverage.target": target})
    found = load_workbook(BytesIO(workbook(plan)))
    texts = {cell.value for sheet in found for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}

    assert {"=HYPERLINK(A1) evil", "+1+1 evil", "@SUM(A1) evil"} <= texts
    assert [text for _, _, text in formulas(found) if "evil" in text or "HYPERLINK" in text] == []
    # Links lead to sheets of the workbook, and nowhere else.
    assert {cell.hyperlink.target for sheet in found for row in sheet.iter_rows() for cell in row if cell.hyperlink} == {None}


@pytest.mark.parametrize("language", translate.languages())
def test_names_of_sheets_are_ones_that_excel_takes(language):
    """At most 31 signs, no brackets, colons or slashes, none twice, in every language."""
    with translate.using_language(language):
        names = [title(key) for key in SHEETS]

    assert [name for name in names if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name)] == []
    assert len({name.lower() for name in names}) == len(SHEETS)


def test_names_of_parameters_are_ones_that_excel_takes():
    """No blanks and no accents, and none is given twice."""
    assert defined_names(["a.b", "roles.é x.pay", "roles.è x.pay", "1.a"]) == {
        "a.b": "a.b", "roles.é x.pay": "roles.__x.pay", "roles.è x.pay": "roles.__x.pay_", "1.a": "_1.a",
    }  # fmt: skip


def test_a_variant_is_in_the_cells_of_its_workbook():
    """An option is chosen in its cell, a what-if is in a yellow one, and the total is that of the variant."""
    plan = load("nepal", option="cloud", changes={"time.horizon": 1, "coverage.target": 0.35, "sms.applicable": False})
    found = load_workbook(BytesIO(workbook(plan)), data_only=True)
    rows = {row[0].value: row for row in found["Inputs"].iter_rows()}
    total = next(row[1].value for row in found["Summary"].iter_rows() if row[0].value == "Total, nominal")

    assert rows["Option in effect"][3].value == "cloud"
    assert [rows["coverage.target"][column].value for column in (3, 4, 5)] == [0.35, 0.35, 0.28]
    assert rows["sms.applicable"][4].value == "no"
    assert total == pytest.approx(budget(plan)["amount"].sum(), abs=0.005)


def sheet_values(content, name):
    """The values of a sheet, row by row."""
    return list(load_workbook(BytesIO(content), data_only=True)[name].iter_rows(values_only=True))


def total_of(content):
    """The total of the summary."""
    return next(row[1] for row in sheet_values(content, "Summary") if row[0] == "Total, nominal")


@pytest.mark.parametrize(
    ("option", "changes"),
    [
        (None, {}),
        (None, {"contingency.method": "percentile"}),
        (None, {"contingency.method": "lines", "contingency.price_margin": 0.02}),
        ("own_server", {"coverage.target": 0.3}),
        (None, {"coverage.target": 0.3, "contingency.factors": "plan"}),
    ],
)
def test_each_option_has_simulated_shares_of_contingency_of_its_own(option, changes):
    """The table has those of the model for both methods, marked as simulated; those in effect give the total of Python."""
    plan = load("borsa", option=option, changes=changes)
    content = workbook(plan)
    rows = sheet_values(content, "Contingency")
    in_effect, table = rows[FACTORS_IN_EFFECT : FACTORS_IN_EFFECT + 2], rows[FACTORS_TOP:]
    found = {tuple(row[:3]): list(row[FACTORS_FIRST:]) for row in table}
    others = [name for name in plan.options if name != option]

    assert total_of(content) == pytest.approx(budget(plan)["amount"].sum(), abs=0.005)
    assert all("simulated" in row[3] for row in table)
    for row in in_effect:
        assert list(row[FACTORS_FIRST:]) == found.get(row[:3], [0.0] * plan["time.horizon"])
    if not changes:
        for name in others:
            shares = contingency_factors(load("borsa", option=name)).shares
            assert all(found[name, "expected", kind] == list(shares[kind]) for kind in shares)


def test_an_option_with_another_share_has_it_in_its_row():
    """Choosing an option changes the factors: at least one of Nepal's differs from the base."""
    rows = sheet_values(workbook(load("nepal")), "Contingency")[FACTORS_TOP:]
    capital = {row[0]: row[FACTORS_FIRST:] for row in rows if row[1:3] == ("percentile", "capital")}

    assert len(set(capital.values())) == len(capital) > 2


def test_a_workbook_is_in_the_current_language(short):
    """Sheets and words are in it, and the file says which it is, for the import."""
    with translate.using_language("fr"):
        found = load_workbook(BytesIO(workbook(short)))
    sheet, address = next(iter(found.defined_names["file.language"].destinations))

    assert found[sheet][address.replace("$", "")].value == "fr"
    assert "Financement" in found.sheetnames
