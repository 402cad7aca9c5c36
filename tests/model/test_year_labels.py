"""The names of fiscal years in tables, sentences, files and the workbook."""

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd

from imis_plan.analysis.export import csv_text
from imis_plan.analysis.posts import staffing
from imis_plan.analysis.procurement import delivery_date
from imis_plan.i18n.translate import using_language
from imis_plan.model.year_labels import (
    full_year_label,
    quarter_label,
    with_fiscal_year,
    with_year_labels,
    year_label,
    year_or_name,
)
from imis_plan.sections import cash_plan, cost
from imis_plan.workbook.layout import LEDGER_TOP
from imis_plan.workbook.write import workbook
from tests.model.plans import ledger_of, plan_of

NEPAL = plan_of("nepal")


def test_a_year_has_a_short_and_a_full_name():
    """Nepal's with its own calendar; Zambia's is the number."""
    assert year_label(NEPAL, 2027) == "FY 2027/28"
    assert full_year_label(NEPAL, 2027) == "FY 2027/28 (2084/85 BS)"
    assert full_year_label(plan_of("tanzania"), 2027) == "FY 2027/28"
    assert full_year_label(plan_of("zambia"), 2027) == "2027"
    assert quarter_label(NEPAL, 2027, 1) == "FY 2027/28, quarter 1"


def test_in_french_a_year_needs_no_letters():
    """`en 2027/28` reads well, `en FY 2027/28` does not."""
    with using_language("fr"):
        assert year_label(NEPAL, 2027) == "2027/28"


def test_a_heading_is_a_year_only_where_it_is_a_whole_number():
    """A funder called 2027 keeps its name."""
    assert year_or_name(NEPAL, "2027") == "2027"
    assert list(with_year_labels(NEPAL, pd.DataFrame({2027: [1], "total": [2]}))) == ["FY 2027/28", "total"]


def test_exports_have_the_number_and_the_name():
    """Programs sum by the number, people read the name."""
    rows = with_fiscal_year(NEPAL, staffing(NEPAL))

    assert set(zip(rows["year"], rows["fiscal_year"], strict=True)) >= {(2027, "FY 2027/28"), (2031, "FY 2031/32")}
    assert csv_text(rows).splitlines()[0].endswith('"fiscal_year"')


def test_tables_and_sentences_name_fiscal_years():
    """No bare 2027 stands at the head of a column."""
    table = cost.tables.components(NEPAL, ledger_of("nepal"))["frame"]

    assert list(table.columns[:2]) == ["FY 2027/28", "FY 2028/29"]
    assert "for FY 2027/28 (2084/85 BS) to FY 2031/32 (2088/89 BS)." in cost.text.report_title(NEPAL)
    assert "The first quarter of FY 2027/28 needs" in cash_plan.text.cash_plan(NEPAL, ledger_of("nepal"))
    assert "Quarters begin on July 16, October 16, January 16, and April 16" in cash_plan.text.cash_plan(
        NEPAL, ledger_of("nepal")
    )
    assert "Quarters begin on January 1," in cash_plan.text.cash_plan(plan_of("zambia"), ledger_of("zambia"))


def test_deliveries_count_from_the_first_day_of_the_fiscal_year():
    """A quarter before 16 July 2027 (365 x 0.25 = 91 days); audits in the last quarter, from 16 April 2028."""
    assert delivery_date(NEPAL, 0, "before_rollout") == date(2027, 4, 16)
    assert delivery_date(NEPAL, 0, "with_enrolment") == date(2027, 7, 16)
    assert delivery_date(NEPAL, 1, "last_quarter") == date(2029, 4, 16)


def test_cells_of_the_workbook_keep_the_number_and_show_the_name():
    """Formulas find a year by its number."""
    sheet = openpyxl.load_workbook(BytesIO(workbook(NEPAL)))["Ledger"]
    cell = sheet.cell(LEDGER_TOP + 1, 1)

    assert (cell.value, cell.number_format) == (2027, '"FY 2027/28"')
