"""Forms for ministries and lenders: every layout adds up to the ledger, by code, payer, year, component and category."""

from functools import cache
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from imis_plan.analysis import costab as costab_views, financing_plan as views
from imis_plan.analysis.detailed_costs import detailed_costs
from imis_plan.analysis.taxes import by_component
from imis_plan.i18n import translate
from imis_plan.model.funding import GAP, allocation
from imis_plan.sections.naming import component_name
from imis_plan.workbook.exports.costab import costab
from imis_plan.workbook.exports.mtef import mtef
from tests.model.plans import NAMES, ledger_of, plan_of

from .office import cell, recalculated, without_results

CENT = 0.005
TITLE_ROWS = 5
FEW = ("nepal", "cameroon", "zambia")


@cache
def form_of(name, layout, year=None):
    """A form as bytes, of the first budget year unless another is given."""
    plan = plan_of(name)
    write = {"mtef": mtef, "costab": costab}[layout]
    return write(plan, ledger_of(name), year or plan["time.base_year"])


def rows_of(content, sheet):
    """The rows of a sheet below its title, with the values that are stored beside the formulas."""
    book = load_workbook(BytesIO(content), data_only=True)
    return [[each.value for each in row] for row in book.worksheets[sheet].iter_rows(min_row=TITLE_ROWS)]


@pytest.mark.parametrize("name", NAMES)
def test_codes_payers_and_years_add_up_to_the_ledger(name):
    """The financing plan is the ledger: by year, by code and by payer, to the cent."""
    plan, ledger = plan_of(name), ledger_of(name)
    table = views.by_code_and_payer(plan, ledger)

    assert table.sum().tolist() == pytest.approx(ledger.groupby("year")["amount"].sum().tolist(), abs=CENT)
    by_code = ledger.groupby("gfs_code")["amount"].sum()
    found = table.groupby("gfs_code").sum().sum(axis=1)
    assert found.to_dict() == pytest.approx(by_code[by_code != 0].to_dict(), abs=CENT)
    paid = allocation(plan, ledger).groupby("funder")["amount"].sum()
    assert table.groupby("funder").sum().sum(axis=1).to_dict() == pytest.approx(paid.to_dict(), abs=CENT)


@pytest.mark.parametrize(("year", "periods"), [
    (2027, {"earlier": [], "baseline": [], "budget": [2027], "outer_1": [2028], "outer_2": [2029], "later": [2030, 2031]}),
    (2028, {"earlier": [], "baseline": [2027], "budget": [2028], "outer_1": [2029], "outer_2": [2030], "later": [2031]}),
    (2031, {"earlier": [2027, 2028, 2029], "baseline": [2030], "budget": [2031], "outer_1": [], "outer_2": [], "later": []}),
])  # fmt: skip
def test_every_year_is_in_one_period(year, periods):
    """Baseline before the budget year, two outer years after it; none where the plan does not reach."""
    assert views.periods(plan_of("nepal"), year) == periods


@pytest.mark.parametrize("name", FEW)
def test_a_short_plan_has_its_years_only(name):
    """One year: no baseline, no outer year; the form still adds up."""
    plan = plan_of(name).replace({"time.horizon": 1})
    first = plan["time.base_year"]
    assert views.periods(plan, first) == {
        "earlier": [], "baseline": [], "budget": [first], "outer_1": [], "outer_2": [], "later": [],
    }  # fmt: skip


@pytest.mark.parametrize("year", [None, 2029])
@pytest.mark.parametrize("name", FEW)
def test_the_total_of_a_financing_plan_is_the_ledger_s(name, year):
    """Current and capital expenditure add up to the total, with the taxes below it and in no amount."""
    ledger = ledger_of(name)
    rows = {row[0]: row for row in rows_of(form_of(name, "mtef", year), 0) if row[0]}
    total, taxes = rows["Total"][5:], rows["Taxes and duties on the total, in no amount above"][5:]

    assert total[-1] == pytest.approx(ledger["amount"].sum(), abs=CENT)
    assert sum(each or 0 for each in total[:-1]) == pytest.approx(ledger["amount"].sum(), abs=CENT)
    assert rows["Current expenditure"][-1] + rows["Capital expenditure"][-1] == pytest.approx(total[-1], abs=CENT)
    assert rows["Capital expenditure"][-1] == pytest.approx(
        ledger.loc[ledger["gfs_code"].str.startswith("31"), "amount"].sum(), abs=CENT
    )
    assert taxes[-1] == pytest.approx(ledger["tax"].sum(), abs=CENT)


def test_a_row_of_nepal_is_that_of_its_chart():
    """Wages of 2027 with their code, the account of Nepal as text, and who pays."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    row = next(row for row in rows_of(form_of("nepal", "mtef"), 0) if row[0] == "211")
    wages = ledger[(ledger["gfs_code"] == "211") & (ledger["year"] == 2027)]["amount"].sum()

    assert row[:5] == ["211", "Wages and salaries", "21111", "Remuneration of staff", "Government of Nepal"]
    assert row[5] is None  # no year before the plan: the ministry's to fill in
    assert row[6] == pytest.approx(wages, abs=CENT)
    assert plan["time.base_year"] == 2027


@pytest.mark.parametrize("sheet", [0, 1])
def test_totals_of_a_baseline_that_the_ministry_fills_in_are_blank_until_then(sheet):
    """They are formulas, so that they follow what is filled in; the format shows nothing for 0."""
    first, names = (5, ("Total", "Current expenditure", "Capital expenditure")) if sheet == 0 else (1, ("Total",))
    blank, given = (load_workbook(BytesIO(form_of("nepal", "mtef", year))).worksheets[sheet] for year in (None, 2028))
    totals = [row for row in blank.iter_rows(min_row=TITLE_ROWS) if row[0].value in names]

    assert [str(row[first].value)[0] for row in totals] == ["="] * (3 if sheet == 0 else 2)
    assert {row[first].number_format.split(";")[2] for row in totals} == {""}
    assert {row[first + 1].number_format for row in totals} == {"#,##0.00"}
    others = [row for row in given.iter_rows(min_row=TITLE_ROWS) if row[0].value == "Total"]
    assert {row[first].number_format for row in others} == {"#,##0.00"}


def test_long_titles_of_a_financing_plan_are_on_two_lines():
    """Information, computer, and telecommunication (ICT) equipment: 60 letters are wider than the column."""
    sheet = load_workbook(BytesIO(form_of("nepal", "mtef"))).worksheets[0]
    (title,) = (each for each in sheet["B"] if "(ICT) equipment" in str(each.value))

    assert len(title.value) > sheet.column_dimensions["B"].width
    assert title.alignment.wrap_text
    assert sheet.row_dimensions[title.row].height >= 2 * 12


@pytest.mark.parametrize("name", NAMES)
def test_details_are_the_ledger_line_by_line(name):
    """Total, base cost, taxes and payments of the detailed tables add up to the ledger's; each line has a category or is contingency."""
    plan, ledger = plan_of(name), ledger_of(name)
    table = detailed_costs(plan, ledger)
    paid = [column for column in table if column.startswith("paid_")]

    assert table["total"].sum() == pytest.approx(ledger["amount"].sum(), abs=CENT)
    assert table[["base", "physical", "price"]].sum().sum() == pytest.approx(ledger["amount"].sum(), abs=CENT)
    assert table[[column for column in table if column.startswith("base_")]].sum().sum() == pytest.approx(table["base"].sum())
    assert table["tax"].sum() == pytest.approx(ledger["tax"].sum(), abs=CENT)
    assert table[paid].sum().sum() == pytest.approx(ledger["amount"].sum(), abs=CENT)
    assert set(table.loc[table["quantity_unit"] != "", "category"]) <= set(costab_views.CATEGORIES)


def test_contingency_stands_below_the_lines_that_it_is_for():
    """In the detailed tables each component has its own, without quantity and category."""
    plan = plan_of("zambia").replace({"contingency.method": "lines"})
    from imis_plan.model.ledger import budget

    table = detailed_costs(plan, budget(plan))
    last = table.groupby("component").tail(1)
    assert set(last["line"]) <= {"physical_contingency", "price_contingency"}
    assert (last["physical"] > 0).any()
    assert set(table["component"]).isdisjoint({"contingency"})


@pytest.mark.parametrize("name", FEW)
def test_cost_tables_add_up_to_the_ledger(name):
    """Totals of the four sheets: by component, by category, by year, by payer and line by line."""
    ledger, content = ledger_of(name), form_of(name, "costab")
    whole = pytest.approx(ledger["amount"].sum(), abs=CENT)
    summary = [row for row in rows_of(content, 0) if row[0] == "Total"]
    by_year = [row for row in rows_of(content, 1) if row[0] == "Total cost"]
    financing = [row for row in rows_of(content, 2) if row[0] == "Total"]
    heads, *_rest, details = rows_of(content, 3)

    assert [row[4] for row in summary] == [whole, whole]
    assert [row[7] for row in summary] == [pytest.approx(ledger["tax"].sum(), abs=CENT)] * 2
    assert [row[5] for row in summary] == [pytest.approx(by_component(ledger).loc["total", "foreign"], abs=CENT)] * 2
    assert [row[-1] if row[-1] is not None else row[6] for row in by_year] == [whole, whole]
    assert [next(each for each in reversed(row) if each is not None) for row in financing] == [whole, whole]
    assert details[heads.index("Total cost")] == whole
    assert sum(details[heads.index("Taxes") + 1 :]) == whole


@pytest.mark.parametrize("name", NAMES)
def test_the_long_table_is_the_ledger_by_payer(name):
    """Amounts, dollars, taxes and codes; nobody pays a row twice."""
    plan, ledger = plan_of(name), ledger_of(name)
    table = views.long_table(plan, ledger)

    for column, digits in (("amount", CENT), ("amount_usd", 0.01), ("amount_real", 0.01), ("tax", CENT)):
        assert table[column].sum() == pytest.approx(ledger[column].sum(), abs=digits), column
    pd.testing.assert_series_equal(
        table.groupby("gfs_code")["amount"].sum().round(2),
        ledger[ledger["amount"] != 0].groupby("gfs_code")["amount"].sum().round(2),
    )
    assert not table.duplicated(["year", "component", "line", "role_or_level", "kind", "funder"]).any()
    assert set(table["expenditure"]) <= {"current", "capital"}
    assert set(table.loc[table["component"] != "contingency", "category"]) <= set(costab_views.CATEGORIES)
    assert GAP not in set(table.loc[table["funder"] != GAP, "tax_bearer"])


def test_a_form_in_french():
    """Headings and names in French, figures the same."""
    with translate.using_language("fr"):
        content = mtef(plan_of("cameroon"), ledger_of("cameroon"), plan_of("cameroon")["time.base_year"])
    rows = rows_of(content, 0)

    assert rows[0][:5] == ["Code économique", "Titre", "Compte", "Intitulé du compte", "Financeur"]
    assert rows[0][6].startswith("Année budgétaire")
    total = next(row for row in rows if row[0] == "Total")
    assert total[-1] == pytest.approx(ledger_of("cameroon")["amount"].sum(), abs=CENT)


def test_the_same_plan_gives_the_same_form():
    """Nothing of the time is in it."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    assert costab(plan, ledger, 2027) == form_of("nepal", "costab")
    assert component_name("staff") == "IT staff"


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("layout", ["mtef", "costab"])
def test_totals_are_those_that_libreoffice_adds_up(layout, tmp_path):
    """Every formula of a form, to the cent."""
    files = {name: form_of(name, layout) for name in ("nepal", "cameroon")}
    found = recalculated({name: without_results(content) for name, content in files.items()}, tmp_path)
    for name, content in files.items():
        book = load_workbook(BytesIO(content), data_only=True)
        for sheet in book:
            stored = [[each.value for each in row] for row in sheet.iter_rows()]
            for mine, theirs in zip(stored, found[name][sheet.title], strict=True):
                numbers = [
                    (a, cell(b))
                    for a, b in zip(mine, theirs, strict=False)
                    if isinstance(a, int | float) and not isinstance(a, bool)
                ]
                assert all(abs(a - b) < CENT * 2 for a, b in numbers), (name, sheet.title, mine, theirs)


def test_a_budget_of_nothing_has_its_forms():
    """No row, no amount, no error."""
    plan = plan_of("nepal")
    nothing = ledger_of("nepal").assign(**dict.fromkeys(("amount", "amount_usd", "amount_real", "tax"), 0.0))

    for form in (mtef, costab):
        assert rows_of(form(plan, nothing, 2027), 0)
    assert views.long_table(plan, nothing).empty
