"""One model, two engines: LibreOffice recalculates the workbooks and comes to what Python comes to, to the cent."""

import dataclasses
import random
from datetime import date
from itertools import takewhile
from typing import Any

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from imis_plan import budget, drivers, load, staffing
from imis_plan.analysis import costab, taxes
from imis_plan.analysis.cash_plan import cash_plan
from imis_plan.analysis.economic_codes import by_account, by_class
from imis_plan.analysis.procurement import procurement_plan
from imis_plan.analysis.project_support import with_support
from imis_plan.analysis.residual_value import residual_values
from imis_plan.analysis.summary import headline
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.components import COMPONENTS
from imis_plan.model.funding import GAP, allocation
from imis_plan.problems import BadInput
from imis_plan.scenario.folder import find_parameters, scenarios
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.scenario.value_checks import bounds
from imis_plan.sections.economic_codes.tables import account_name, account_titles, class_name
from imis_plan.sections.naming import component_name
from imis_plan.workbook.layout import FIRST_NUMBER, LEDGER_TOP, OPTION_CELL, SHEETS, TOP, USER_VALUE
from imis_plan.workbook.ledger_columns import AMOUNT, COMPONENT, FOR, KIND, LINE, QUANTITY, REAL, RESIDUAL, TAX, USD, YEAR
from imis_plan.workbook.parameter_cells import cell_value, editable
from imis_plan.workbook.parameter_formulas import locate_parameters
from imis_plan.workbook.starting_point import NO_OPTION, prices_as_exported, starting_point
from imis_plan.workbook.write import workbook
from tests.scenario.test_facility_types import plan_with

from .office import cell, recalculated, typed, without_results, worked

pytestmark = [pytest.mark.office, pytest.mark.slow]

CENT = 0.005
# Variants of each scenario.
CHANGES = 17
SUMMARY, INPUTS = (list(SHEETS).index(key) + 1 for key in ("summary", "inputs"))
READ = ("read", SUMMARY, "A1:B40")
ERRORS = ("#", "Err:")
# Totals that are compared with Python, in the order of the summary.
TOTALS = ("total", "total_usd", "per_year", "real", "present_value", "per_insured_year", "per_insured_year_usd", "recurrent_share",
          "recurrent_after", "contingency", "unfunded", "unfunded_share", "insured", "facilities", "posts")  # fmt: skip


@pytest.fixture(scope="module")
def plans():
    """Every scenario."""
    return {name: load(name) for name in scenarios()}


@pytest.fixture(scope="module")
def written(plans):
    """The workbook of every scenario."""
    return {name: workbook(plan) for name, plan in plans.items()}


@pytest.fixture(scope="module")
def sheets(written, tmp_path_factory):
    """What LibreOffice makes of every scenario's workbook, by sheet; no result of ours is in the files it reads."""
    files = {name: without_results(content) for name, content in written.items()}
    return recalculated(files, tmp_path_factory.mktemp("all"))


def summary_figures(rows):
    """The headline figures of a summary."""
    first = next(i for i, row in enumerate(rows) if row[0] == "In short") + 1
    return dict(zip(TOTALS, (cell(row[1]) for row in rows[first:]), strict=False))


def far(figures, plan, ledger):
    """Headline figures that are not those of Python: money to the cent, shares and counts to nine digits."""
    expected = headline(plan, ledger)
    return {
        name: (figures[name], expected[name])
        for name in TOTALS
        if not abs(figures[name] - expected[name])
        <= (
            CENT
            if "total" in name or name in ("real", "contingency", "unfunded", "recurrent_after")
            else 1e-9 * max(1, abs(expected[name]))
        )
    }


def by_year(rows, plan):
    """Amounts of each year, and of all."""
    first = plan["time.base_year"]
    years = [rows.loc[rows["year"] == year, "amount"].sum() for year in range(first, first + plan["time.horizon"])]
    return [*years, sum(years)]


@pytest.mark.parametrize("name", scenarios())
def test_every_cell_of_the_ledger_is_python_s_to_the_cent(name, plans, sheets):
    """Quantity and the three amounts of every row; rows that Python leaves out, of other methods of contingency, cost nothing."""
    plan, rows = plans[name], sheets[name]["Ledger"][LEDGER_TOP:]
    titles = {role.key: role.title if isinstance(role.title, str) else role.title["en"] for role in plan.roles}
    ledger = budget(plan)
    known = {}
    for row in ledger.itertuples():
        meant = component_name(row.role_or_level) if row.component == "contingency" else titles.get(row.role_or_level, "")
        known[str(row.year), component_name(row.component), row.label, meant, row.kind] = row
    wrong = []
    for row in rows:
        key = tuple(row[column] for column in (YEAR, COMPONENT, LINE, FOR, KIND))
        expected = known.pop(key, None)
        amounts = (0, 0, 0) if expected is None else (expected.amount, expected.amount_usd, expected.amount_real)
        found = [cell(row[column]) for column in (AMOUNT, USD, REAL)]
        quantity = (
            found[0] == 0 if expected is None else cell(row[QUANTITY]) == pytest.approx(expected.quantity, rel=1e-11, abs=1e-7)
        )
        if not quantity or any(abs(a - b) >= CENT for a, b in zip(found, amounts, strict=True)):
            wrong.append((key, found, amounts))

    assert wrong == []
    assert known == {}


@pytest.mark.parametrize("name", scenarios())
def test_every_figure_of_the_summary_is_python_s(name, plans, sheets):
    """Headline, cost by component, by kind and in all, each year, and the workbook's own checks."""
    plan, rows = plans[name], sheets[name]["Summary"]
    ledger = budget(plan)
    tables = {component_name(component): ledger[ledger["component"] == component] for component in COMPONENTS}
    tables |= {kind: ledger[ledger["kind"] == kind] for kind in (CAPITAL, RECURRENT)}
    totals = [row for row in rows if row[0] == "Total"]

    assert far(summary_figures(rows), plan, ledger) == {}
    for text, table in tables.items():
        (row,) = (row for row in rows if row[0] == text and row[2])
        *found, share = (cell(amount) for amount in row[1 : 3 + plan["time.horizon"]])
        assert found == pytest.approx(by_year(table, plan), abs=CENT), text
        assert share == pytest.approx(table["amount"].sum() / ledger["amount"].sum(), rel=1e-9), text
    for row in totals:
        assert [cell(text) for text in row[1 : 2 + plan["time.horizon"]]] == pytest.approx(by_year(ledger, plan), abs=CENT)
    assert len(totals) == 2
    assert [row[1] for row in rows if row[1] == "failed"] == []
    assert sum(row[1] == "passed" for row in rows) == 4


@pytest.mark.parametrize("name", scenarios())
def test_who_pays_and_what_nobody_pays_is_python_s(name, plans, sheets):
    """What each funder pays by year, and what is left of each component, to the cent; each row of the ledger is paid in full."""
    plan, rows = plans[name], sheets[name]["Funding"]
    parts = allocation(plan, budget(plan))
    years = range(3, 4 + plan["time.horizon"])
    heads = [i for i, row in enumerate(rows) if row[1].startswith(("Who pays", "Not yet funded"))]
    paid = {row[1]: [cell(row[i]) for i in years] for row in rows[heads[0] + 1 : heads[1]] if row[1]}
    left = {row[1]: [cell(row[i]) for i in years] for row in rows[heads[1] + 1 :] if row[1]}
    gap = parts[parts["funder"] == GAP]

    assert paid.pop("Total") == pytest.approx(by_year(parts, plan), abs=CENT)
    assert left.pop("Total") == pytest.approx(by_year(gap, plan), abs=CENT)
    assert paid.pop("not yet funded") == pytest.approx(by_year(gap, plan), abs=CENT)
    assert set(parts["funder"]) - {GAP} <= set(paid)
    for funder, found in paid.items():
        assert found == pytest.approx(by_year(parts[parts["funder"] == funder], plan), abs=CENT), funder
    for component in COMPONENTS:
        assert left[component_name(component)] == pytest.approx(by_year(gap[gap["component"] == component], plan), abs=CENT), (
            component
        )


@pytest.mark.parametrize("name", scenarios())
def test_drivers_and_posts_are_python_s(name, plans, sheets):
    """Every driver by year, and the posts of every role."""
    plan, rows = plans[name], [*sheets[name]["Drivers"][TOP:], *sheets[name]["Staffing"][TOP:]]
    found = {row[1]: [cell(text) for text in row[3:]] for row in rows}
    table = drivers(plan)
    posts = staffing(plan).pivot_table(index="role", columns="year", values="posts")

    for driver in table.index:
        values = found[driver]
        once = values[0] != ""
        assert (values[:1] * len(table.columns) if once else values[1:]) == pytest.approx(
            table.loc[driver].tolist(), rel=1e-11, abs=1e-7
        ), driver
    for role in plan.roles:
        assert found[f"posts.{role.key}"][1:] == posts.loc[role.key].tolist()


@pytest.mark.parametrize("name", scenarios())
def test_costs_by_code_are_python_s_to_the_cent(name, plans, sheets):
    """Every class and every account by year, and their totals; a code of nothing costs nothing."""
    plan, rows = plans[name], sheets[name]["By code"][TOP:]
    ledger, titles = budget(plan), account_titles(plan)
    classes, accounts = by_class(ledger), by_account(ledger)
    expected = {class_name(code): row.tolist() for code, row in classes.iterrows() if code != "total"}
    expected |= {account_name(code, titles): row.tolist() for code, row in accounts.iterrows() if code != "total"}
    total = [classes.loc["total"].tolist()] * 2
    wrong = []
    for row in rows:
        if row[0] in ("", "Account"):
            continue
        found = [cell(text) for text in row[1 : len(classes.columns) + 1]]
        meant = total.pop() if row[0] == "Total" else expected.pop(row[0], [0.0] * len(found))
        if any(abs(a - b) >= CENT for a, b in zip(found, meant, strict=True)):
            wrong.append((row[0], found, meant))

    assert wrong == []
    assert expected == {}
    assert total == []


def tables_of_taxes(rows):
    """The three tables of the sheet "Taxes": heading -> row -> numbers."""
    found: dict[str, dict[str, list[float]]] = {}
    heading = ""
    for row in rows[TOP - 1 :]:
        if row[0] in ("Taxes by year", "Component", "Who bears the taxes"):
            heading = row[0]
            found[heading] = {}
        elif row[0]:
            found[heading][row[0]] = [cell(text) for text in row[1:] if text]
    return found


def expected_taxes(plan, ledger):
    """What Python has in their place."""
    names = {"net": "Net budget", "tax": "Taxes", "gross": "Budget with taxes", "total": "Total", GAP: "not yet funded"}
    components = taxes.by_component(ledger).rename(index=lambda key: "Total" if key == "total" else component_name(key))
    zero = {component_name(key): [0.0] * 5 for key in COMPONENTS}
    return {
        "Taxes by year": {names[key]: row.tolist() for key, row in taxes.by_year(ledger).iterrows()},
        "Component": zero | {key: row.tolist() for key, row in components.iterrows()},
        "Who bears the taxes": {
            key: row.tolist()
            for key, row in taxes.by_payer(plan, ledger).rename(index=lambda key: names.get(key, key)).iterrows()
        },
    }


@pytest.mark.parametrize("name", scenarios())
def test_taxes_are_python_s_to_the_cent(name, plans, sheets):
    """By year, by component with foreign and local cost, by payer; and the tax of every row of the ledger."""
    plan, ledger = plans[name], budget(plans[name])
    found, expected = tables_of_taxes(sheets[name]["Taxes"]), expected_taxes(plan, ledger)
    rows = sheets[name]["Ledger"][LEDGER_TOP:]

    for heading, table in expected.items():
        left = found[heading]
        for key, numbers in table.items():
            # A payer that pays nothing is in the workbook only, since a cell may give it something to pay.
            assert left.pop(key) == pytest.approx(numbers, abs=CENT), (heading, key)
        assert all(number == 0 for numbers in left.values() for number in numbers), heading
    known = ledger.groupby(["year", "component"])["tax"].agg(lambda taxes: sorted(taxes[taxes != 0])).to_dict()
    for (year, component), numbers in known.items():
        mine = sorted(cell(row[TAX]) for row in rows if (row[YEAR], row[COMPONENT]) == (str(year), component_name(component)))
        assert [number for number in mine if number] == pytest.approx(numbers, abs=CENT), (year, component)


def support_rows(rows):
    """Rows of the table on project support, down to its total: name -> its numbers by year, then their sum."""
    table = takewhile(lambda row: row[0], rows[TOP:])
    return {row[0]: [cell(text) for text in row[2:] if text] for row in table}


@pytest.mark.parametrize("name", scenarios())
def test_project_support_is_python_s_to_the_cent(name, plans, sheets):
    """The budget, a partner, indirect cost and the total with them, by year."""
    expected = with_support(plans[name], budget(plans[name]))
    found = list(support_rows(sheets[name]["Project support"]).values())

    assert len(found) == len(expected)
    for numbers, row in zip(found, expected.to_numpy().tolist(), strict=True):
        assert numbers == pytest.approx(row, abs=CENT)


def test_stated_indirect_cost_and_a_partner_in_the_budget_are_live(plans, tmp_path):
    """A rule with a share and classes that it leaves out; the partner is switched on in a cell."""
    partner = FundingRule(
        funder="Partner", components="all", share=0.5, years="all", cap=900_000, cap_currency="USD", indirect_cost=0.07,
        indirect_cost_excludes=("31",), indirect_cost_source="assumption: a test",
    )  # fmt: skip
    state = FundingRule(funder="State", components=("staff",), share=1, years="all")
    plan = dataclasses.replace(plans["zambia"], funding=(partner, state))
    switch = {f"other.{line}.included": True for line in ("partner_staff", "partner_office")}
    cells = {xl_rowcol_to_cell(locate_parameters(starting_point(plan))[path].row, USER_VALUE): "yes" for path in switch}
    changed = typed(workbook(plan), INPUTS, cells)
    number = list(SHEETS).index("project_support") + 1
    (rows,) = recalculated({"zambia": without_results(changed)}, tmp_path, number)["zambia"].values()
    switched = plan.replace(switch)

    assert list(support_rows(rows).values()) == [
        pytest.approx(row, abs=CENT) for row in with_support(switched, budget(switched)).to_numpy().tolist()
    ]


@pytest.mark.parametrize("changes", [
    {"contingency.method": "lines", "contingency.price_margin": 0.02, "contingency.physical.other": 0.1},
    {"contingency.method": "percentile", "other.partner_office.included": True},
])  # fmt: skip
def test_contingency_of_a_partner_follows_the_cells(changes, plans, written, tmp_path):
    """Another method of contingency is chosen in the cells, and one line of the partner is switched on."""
    plan = plans["zambia"].replace(changes)
    rows = locate_parameters(starting_point(plans["zambia"]))
    cells = {xl_rowcol_to_cell(rows[path].row, USER_VALUE): cell_value(value) for path, value in changes.items()}
    changed = typed(written["zambia"], INPUTS, cells)
    number = list(SHEETS).index("project_support") + 1
    (found,) = recalculated({"zambia": without_results(changed)}, tmp_path, number)["zambia"].values()
    expected = with_support(plan, budget(plan))

    assert expected.loc["contingency", "total"] > 0
    assert list(support_rows(found).values()) == [pytest.approx(row, abs=CENT) for row in expected.to_numpy().tolist()]


@pytest.mark.parametrize("name", ["nepal", "cameroon"])
def test_prices_with_taxes_are_net_in_the_workbook_too(name, plans, tmp_path):
    """A workbook of its own: net amounts and taxes agree with Python."""
    plan = plans[name].replace({"taxes.prices": "included"})
    number = list(SHEETS).index("taxes") + 1
    (rows,) = recalculated({name: without_results(workbook(plan))}, tmp_path, number)[name].values()
    expected = taxes.by_year(budget(plan))

    for key, numbers in tables_of_taxes(rows)["Taxes by year"].items():
        assert numbers == pytest.approx(expected.loc[{"Net budget": "net", "Taxes": "tax"}.get(key, "gross")].tolist(), abs=CENT)


def test_taxes_follow_the_rates_that_are_typed(plans, written, tmp_path):
    """No amount moves; the taxes are those of the new rates."""
    changes, plan = {"taxes.vat": 0.2, "taxes.duty_equipment": 0.25, "taxes.duty_cards": 0.0}, plans["nepal"]
    rows = locate_parameters(starting_point(plan))
    book = typed(
        written["nepal"], INPUTS, {xl_rowcol_to_cell(rows[path].row, USER_VALUE): value for path, value in changes.items()}
    )
    number = list(SHEETS).index("taxes") + 1
    (read,) = recalculated({"nepal": without_results(book)}, tmp_path, number)["nepal"].values()
    found, expected = tables_of_taxes(read)["Taxes by year"], taxes.by_year(budget(plan.replace(changes)))

    assert found["Taxes"] == pytest.approx(expected.loc["tax"].tolist(), abs=CENT)
    assert found["Net budget"] == pytest.approx(taxes.by_year(budget(plan)).loc["net"].tolist(), abs=CENT)


@pytest.mark.parametrize("name", scenarios())
def test_the_cash_plan_is_python_s_to_the_cent(name, plans, sheets):
    """Every quarter of every line; a line that Python leaves out pays nothing."""
    plan, rows = plans[name], sheets[name]["Cash plan"][TOP:]
    titles = {role.key: role.title if isinstance(role.title, str) else role.title["en"] for role in plan.roles}
    expected: dict = {}
    for row in cash_plan(plan, budget(plan)).itertuples():
        meant = component_name(row.role_or_level) if row.component == "contingency" else titles.get(row.role_or_level, "")
        key = (component_name(row.component), row.label, meant, row.kind)
        expected.setdefault(key, []).extend([row.q1, row.q2, row.q3, row.q4, row.amount])
    wrong = []
    for row in rows[: next(i for i, row in enumerate(rows) if row[0] == "Total")]:
        found = [cell(text) for text in row[5:15]]
        meant = expected.pop(tuple(row[:4]), [0.0] * len(found))
        if any(abs(a - b) >= 1.01 * 2 * CENT for a, b in zip(found, meant, strict=True)):
            wrong.append((row[:4], found, meant))

    assert wrong == []
    assert expected == {}


def tables_of_categories(rows):
    """The three tables of the sheet: row -> heading of the column -> number."""
    titles = ("Project costs by expenditure category", "All years", "Expenditure categories by financier")
    found: dict[str, dict[str, dict[str, float]]] = {}
    title, heads = "", []
    for row in rows[TOP - 1 :]:
        if row[0] in titles:
            title, heads = row[0], row[1:]
            found[title] = {}
        elif row[0]:
            found[title][row[0]] = {head: cell(text) for head, text in zip(heads, row[1:], strict=True) if text}
    return [found[title] for title in titles]


def assert_categories(plan, rows):
    """All tables of the sheet are Python's, to the cent; a category that Python leaves out costs nothing."""
    ledger = budget(plan)
    costs = costab.costs(plan, ledger)
    steps = {
        "base": "Total base cost",
        "physical": "Physical contingencies",
        "price": "Price contingencies",
        "total": "Total cost",
    }
    zero = dict.fromkeys(costab.CATEGORIES.values(), 0.0)
    by_year, all_years, by_financier = tables_of_categories(rows)
    expected = costab.project_costs(costs, "category").rename(index=costab.CATEGORIES | steps)
    summary, taxed = costab.summary(costs, "category"), costab.taxes_by_category(plan, ledger)
    both = summary.join(taxed[[taxes.FOREIGN, taxes.LOCAL, taxes.TAX, taxes.GROSS]]).rename(index=costab.CATEGORIES)
    paid = costab.by_financier(costs).rename(index=costab.CATEGORIES, columns={GAP: "not yet funded", "total": "Total"})
    heads = [*steps.values(), "Foreign", "Local", "Taxes", "Cost with taxes"]
    both = both.set_axis(["Base cost", *heads[1:]], axis=1)
    tables = (expected.rename(columns=str).rename(columns={"total": "Total"}), both, paid)

    for found, table in zip((by_year, all_years, by_financier), tables, strict=True):
        for name, numbers in table.rename(index={"total": "Total"}).iterrows():
            # A funder that pays nothing, and a category that costs nothing, are in the workbook only.
            mine = {head: number for head, number in found.pop(name).items() if number or head in numbers}
            assert mine == pytest.approx(numbers.to_dict(), abs=10 * CENT), name
        assert set(found) <= set(zero)
        assert all(abs(number) < CENT for numbers in found.values() for number in numbers.values())


@pytest.mark.parametrize("name", scenarios())
def test_expenditure_categories_are_python_s_to_the_cent(name, plans, sheets):
    """Base cost by year with contingencies, taxes and foreign cost, and who pays."""
    assert_categories(plans[name], sheets[name]["Expenditure categories"])


@pytest.mark.parametrize("name", scenarios())
def test_the_residual_value_is_python_s(name, plans, sheets):
    """Each purchase of the ledger, and the memo item of the summary."""
    plan = plans[name]
    expected = residual_values(plan, budget(plan))["residual"]
    found = [cell(row[RESIDUAL]) for row in sheets[name]["Ledger"][LEDGER_TOP:]]
    (memo,) = (row[1] for row in sheets[name]["Summary"] if row[0].startswith("Residual value"))

    assert sorted(each for each in found if each) == pytest.approx(sorted(expected[expected != 0]), abs=CENT)
    assert cell(memo) == pytest.approx(expected.sum(), abs=CENT)


def test_categories_follow_the_method_of_contingency_and_the_sourcing_that_are_typed(plans, written, tmp_path):
    """Physical and price contingency go to the categories that they are for; contracted posts are consultants."""
    plan = plans["zambia"]
    changes = {
        "contingency.method": "lines",
        "contingency.price_margin": 0.02,
        f"roles.{plan.roles[0].key}.sourcing": "contracted",
    }
    rows = locate_parameters(starting_point(plan))
    book = typed(
        written["zambia"], INPUTS, {xl_rowcol_to_cell(rows[path].row, USER_VALUE): value for path, value in changes.items()}
    )
    number = list(SHEETS).index("categories") + 1
    (read,) = recalculated({"zambia": without_results(book)}, tmp_path, number)["zambia"].values()
    changed = plan.replace(changes)

    assert costab.summary(costab.costs(changed, budget(changed)), "category")["physical"].iloc[-1] > 0
    assert_categories(changed, read)


def day(text):
    """A date of the spreadsheet, as it writes it."""
    return date.fromisoformat(text)


@pytest.mark.parametrize("name", scenarios())
def test_the_procurement_plan_is_python_s(name, plans, sheets):
    """Cost to the cent, method, weeks and dates of every package; one that Python leaves out costs nothing."""
    plan, rows = plans[name], sheets[name]["Procurement"][TOP:]
    expected = {(str(row.year), row.title): row for row in procurement_plan(plan, budget(plan)).itertuples()}
    wrong = []
    for row in rows[: next(i for i, row in enumerate(rows) if not row[1])]:
        meant = expected.pop((row[0], row[1]), None)
        if meant is None:
            assert cell(row[3]) == 0, row
            continue
        dates = [day(text) for text in row[8:11]]
        weeks = [meant.weeks_low, meant.weeks_high] if meant.method else [0.0, 0.0]
        found = (row[5], [cell(text) for text in row[6:8]], dates, row[11] == "yes")
        right = (meant.method, weeks, [meant.delivery, meant.start_by, meant.latest_start], meant.before_year)
        if found != right or abs(cell(row[3]) - meant.amount) >= CENT:
            wrong.append((row[:12], found, right))

    assert wrong == []
    assert expected == {}


def test_cash_and_procurement_follow_the_rollout_that_is_typed(plans, written, tmp_path):
    """Half a year later, with half a year between payment and use: quarters, methods and dates move as Python's do."""
    plan = plans["zambia"]
    changes = {"coverage.delay": 0.5, "cash.delivery_lead": 0.5, "software.day_rate": 20}
    rows = {path: cells.row for path, cells in locate_parameters(starting_point(plan)).items()}
    book = typed(written["zambia"], INPUTS, {xl_rowcol_to_cell(rows[path], USER_VALUE): value for path, value in changes.items()})
    sheets = recalculated({"zambia": without_results(book)}, tmp_path)["zambia"]
    later = plan.replace(changes)
    ledger = budget(later)
    total = next(row for row in sheets["Cash plan"][TOP:] if row[0] == "Total")
    expected = cash_plan(later, ledger).groupby("year")[["q1", "q2", "q3", "q4", "amount"]].sum().to_numpy().ravel()
    packages = {(row[0], row[1]): row for row in sheets["Procurement"][TOP:]}

    assert [cell(text) for text in total[5:15]] == pytest.approx(expected.tolist(), abs=0.2)  # cents of some hundred lines
    for row in procurement_plan(later, ledger).itertuples():
        found = packages[str(row.year), row.title]
        assert (found[5], day(found[8]), day(found[9])) == (row.method, row.delivery, row.start_by)
    assert packages["2027", "Software development"][5] == "At least three written quotations"


OWN_LINES = """\
based_on: nepal
lines:
  district_motorbikes:
    component: other
    label: {en: Motorbikes of districts, fr: Motos des districts}
    kind: capital
    market: world
    unit: motorbike
    in_use: max(offices, agents * per_agent) / per_motorbike
    code: "31121"
    payment: before_rollout
    account_code: "31121"
    tax: equipment
    funder: Development partner
    price: {value: 1800, unit: USD/motorbike, price_year: 2025, source: Two quotes of 2025, confidence: B, description: Motorbike}
    life: {value: 2, unit: year, source: Two quotes of 2025, confidence: B, description: Years of use}
    per_agent: {value: 0.05, unit: office/agent, source: Rule of the board, confidence: B, description: Offices per agent}
    per_motorbike: {value: 3, unit: office/motorbike, source: Rule of the board, confidence: B, description: Offices per motorbike}
  fuel:
    component: office_running
    label: Fuel of motorbikes
    kind: recurrent
    unit: office-month
    quantity: ceil(offices * (1 - spared)) * months
    price: office_running.stationery
    code: "22"
    payment: monthly
    tax: services
    spared: {value: 0.1, unit: "1", source: Rule of the board, confidence: B, description: Share of offices without one}
"""


def test_lines_declared_in_the_scenario_are_live(tmp_path):
    """Their quantity, price, life, taxes and funder: LibreOffice comes to what Python comes to after a change in yellow cells."""
    (tmp_path / "own.yaml").write_text(OWN_LINES, encoding="utf-8")
    plan = load(tmp_path / "own.yaml", parameters=find_parameters()).replace({"taxes.prices": "included"})
    changes = {
        "lines.district_motorbikes.life": 3,
        "lines.district_motorbikes.price": 2500,
        "lines.fuel.spared": 0.35,
        "taxes.vat": 0.2,
    }
    rows = {path: cells.row for path, cells in locate_parameters(starting_point(plan)).items()}
    book = typed(workbook(plan), INPUTS, {xl_rowcol_to_cell(rows[path], USER_VALUE): value for path, value in changes.items()})
    sheets = recalculated({"own": without_results(book)}, tmp_path)["own"]
    whole, payers = budget(plan.replace(changes)), tables_of_taxes(sheets["Taxes"])["Who bears the taxes"]
    ledger = whole.query("line in ['district_motorbikes', 'fuel']")
    found = {(row[LINE], row[YEAR]): (cell(row[AMOUNT]), cell(row[TAX])) for row in sheets["Ledger"][LEDGER_TOP:]}
    codes = {row[0]: cell(row[1]) for row in sheets["By code"][TOP:]}

    assert len(ledger) == 10
    for row in ledger.itertuples():
        assert found[row.label, str(row.year)] == pytest.approx((row.amount, row.tax), abs=CENT)
    assert set(ledger.query("line == 'district_motorbikes'")["funder"]) - {""} == {"Development partner"}
    assert payers["Development partner"] == pytest.approx(
        taxes.by_payer(plan.replace(changes), whole).loc["Development partner"].tolist(), abs=CENT
    )
    first = ledger.query("line == 'district_motorbikes'")["amount"].iloc[0]
    assert codes["31121 Transport equipment"] == codes["account 31121"] == pytest.approx(first, abs=CENT)


@pytest.mark.parametrize(
    ("rates", "verdict"),
    [([], "failed"), ([137, 140, 143, 146], "failed"), ([137, 140, 143, 146, 149], "passed")],
    ids=["no rate", "a year without rate", "rates"],
)
def test_given_exchange_rates_without_rates_fail_a_check(rates, verdict, plans, written, tmp_path):
    """The drop-down list has `given`; until a rate of each year is typed, the defaults' 1 rupee a dollar would count."""
    found = locate_parameters(starting_point(plans["nepal"]))
    block = found["money.exchange_rate_path"].block
    assert block is not None
    inputs = {xl_rowcol_to_cell(found["money.exchange_path"].row, USER_VALUE): "given"}
    book = typed(written["nepal"], INPUTS, inputs)
    sheet = list(SHEETS).index("by_year_inputs") + 1
    if rates:
        book = typed(book, sheet, {xl_rowcol_to_cell(block.top + 2, FIRST_NUMBER + i): rate for i, rate in enumerate(rates)})
    summary = recalculated({"nepal": without_results(book)}, tmp_path, SUMMARY)["nepal"]
    (row,) = (row for rows in summary.values() for row in rows if row[0].startswith("A rate of each year is typed"))

    assert row[1] == verdict


def test_types_of_facilities_are_live(tmp_path):
    """More hospitals with more of the claims: drivers, posts and every amount are Python's after a change in yellow cells."""
    plan = plan_with()
    changes = {
        "facilities.number": 600,
        "facilities.types.hospital.number": 121,
        "facilities.types.hospital.workload_share": 0.55,
        "facilities.types.health_centre.workload_share": 0.43,
        "claims.per_insured_year": 3,
    }
    rows = {path: cells.row for path, cells in locate_parameters(starting_point(plan)).items()}
    cells = {xl_rowcol_to_cell(rows[path], USER_VALUE): value for path, value in changes.items()}
    sheets = recalculated({"own": without_results(typed(workbook(plan), INPUTS, cells))}, tmp_path)["own"]
    changed = plan.replace(changes)
    found = {row[1]: [cell(text) for text in row[4:]] for row in sheets["Staffing"][TOP:]}
    table, whole = drivers(changed), budget(changed)

    for name in table.index:
        if name.startswith(("type_", "facility_need.", "facility_posts.", "need.", "posts.")):
            assert found[name] == pytest.approx(table.loc[name].tolist(), rel=1e-11, abs=1e-7), name
    assert far(summary_figures(sheets["Summary"]), changed, whole) == {}
    assert found["type_posts.data_entry_clerk.hospital"][-1] >= 121


def test_the_class_of_pay_follows_the_sourcing_that_is_typed(plans, written, tmp_path):
    """A contracted post is a service: the codes are formulas, too."""
    path, plan = "roles.data_entry_clerk.sourcing", plans["nepal"]
    row = locate_parameters(starting_point(plan))[path].row
    book = typed(written["nepal"], INPUTS, {xl_rowcol_to_cell(row, USER_VALUE): "contracted"})
    number = list(SHEETS).index("by_code") + 1
    (rows,) = recalculated({"nepal": without_results(book)}, tmp_path, number)["nepal"].values()
    expected = by_class(budget(plan.replace({path: "contracted"})))
    found = {row[0]: cell(row[1]) for row in rows[TOP:]}

    for code in ("211", "212", "22"):
        assert found[class_name(code)] == pytest.approx(expected.loc[code].iloc[0], abs=CENT)


def test_no_cell_of_any_sheet_is_an_error(sheets):
    """No #REF!, no #NAME?, no Err:508, in any scenario."""
    bad = [
        (name, sheet, row, text)
        for name, found in sheets.items()
        for sheet, rows in found.items()
        for row, texts in enumerate(rows)
        for text in texts
        if text.startswith(ERRORS) and not text[1:2].isspace()
    ]

    assert bad == []
    assert all(len(found) == len(SHEETS) for found in sheets.values())


def typable(cells):
    """Whether a parameter has a yellow cell for one value that some figure follows from; one that only moves limits has none."""
    return (
        cells.scalar and editable(cells.parameter) and not cells.parameter.path.startswith(("uncertainty.", "coverage.shrinks"))
    )


def random_value(rng, parameter, units):
    """A value that a user might type: within the plausible range, or else near the value and within what is allowed."""
    if parameter.kind == "choice":
        return rng.choice(parameter.choices)
    if parameter.kind == "flag":
        return rng.random() < 0.5
    low, high = (
        (parameter.low, parameter.high)
        if parameter.low is not None and parameter.low < parameter.high
        else (parameter.value * 0.7, parameter.value * 1.3)
    )
    least, most = bounds(parameter, units)
    value = min(max(rng.uniform(low, high), -1e12 if least is None else least), 1e12 if most is None else most)
    if parameter.path.endswith(".rounding"):
        return rng.choice([0.5, 1])
    return round(value) if parameter.integer else float(f"{value:.5g}")


def random_changes(rng, plan, state, inputs):
    """An option, and what a user types into a few cells: some of what moves most, some of everything."""
    chosen = rng.choice([NO_OPTION, *state.variants])
    often = ["coverage.target", "coverage.delay", "money.planning_rate", "roles.data_entry_clerk.pay", "money.exchange_path", "claims.per_insured_year",
             "server.hosting", "printing.card_type", "phones.handset", "contingency.price_margin", "contingency.method", "money.home_inflation_forward", "coverage.shape"]  # fmt: skip
    paths = {*rng.sample(often, 3), *rng.sample(inputs, 4)}
    parameters = {**state.base.parameters, **state.variants.get(chosen, {})}
    return chosen, {
        path: random_value(rng, parameters[path], plan.rules.units)
        for path in sorted(paths)
        if not isinstance(parameters[path].value, tuple)
    }


def changed_plans(rng, plan, state, inputs):
    """Variants of a plan: the option and the changes of each, and the plan that they make at the prices of the workbook."""
    found: list = []
    while len(found) < CHANGES:
        option, changes = random_changes(rng, plan, state, inputs)
        try:
            chosen = load(plan.name, option=None if option == NO_OPTION else option)
            kept = {path: price.value for path, price in prices_as_exported(chosen, changes).items()}
            made = chosen.replace(kept | changes)
        except BadInput:
            continue
        found.append((option, changes, made))
    return found


def cells_of(option, changes, rows):
    """What is typed for an option and changes: cell -> value."""
    cells = {xl_rowcol_to_cell(rows[path], USER_VALUE): cell_value(value) for path, value in changes.items()}
    return {xl_rowcol_to_cell(*OPTION_CELL): option} | cells


def orders_of(variants):
    """What a user does in a workbook that contains the first of some variants: type one after the other, and read the summary.

    At last all cells are emptied, and the option is the base again.
    """
    option, *_ = variants[0]
    done: list = [READ]
    for before, now in zip(variants, [*variants[1:], {option: NO_OPTION}], strict=True):
        done += [("empty", INPUTS, cell) for cell in before.keys() - now.keys()]
        done += [("text" if isinstance(value, str) else "number", INPUTS, cell, value) for cell, value in now.items()]
        done.append(READ)
    return done


def test_after_random_changes_the_totals_are_python_s(plans, written, tmp_path):
    """Two hundred variants, each with an option and some seven inputs changed: LibreOffice's summary is that of `budget`.

    The first of each workbook is typed into the file, the others into the open workbook; in the end the cells are emptied again.
    """
    rng, made, files, orders = random.Random(7), {}, {}, {}  # noqa: S311  # nothing here is secret
    for name, plan in plans.items():
        state = starting_point(plan)
        rows = {path: cells.row for path, cells in locate_parameters(state).items() if typable(cells)}
        made[name] = changed_plans(rng, plan, state, list(rows))
        variants = [cells_of(option, changes, rows) for option, changes, _ in made[name]]
        files[name] = typed(without_results(written[name]), INPUTS, variants[0])
        orders[name] = orders_of(variants)
    found = worked(files, orders, tmp_path)
    wrong = {
        (name, i): (plan.option, changes, difference)
        for name, variants in made.items()
        for i, ((_, changes, plan), rows) in enumerate(zip([*variants, (NO_OPTION, {}, plans[name])], found[name], strict=True))
        if (difference := far(summary_figures(rows), plan, budget(plan)))
    }

    assert wrong == {}
    assert sum(map(len, made.values())) >= 200


# A price in euros, and what a user types about money, one after the other.
EURO_HANDSET = {
    "phones.handset": {"value": 140, "unit": "EUR/phone", "price_year": 2024},
    "money.exchange_rate_path": [160.0] * 15,
}
MONEY: dict[str, list[dict[str, Any]]] = {
    "cameroon": [
        {"money.exchange_path": "constant_real"},
        {"money.planning_rate": 600.0, "money.euro_inflation_forward": 0.03},  # the euro moves with the franc
        {"money.exchange_path": "constant", "money.pay_growth": 0.02},
    ],
    "zambia": [{"money.foreign_inflation_forward": 0.03}, {"money.pay_growth": -0.02}],
    # a fiscal year from 16 July: a rate given for a fiscal year is used as it is, all others are means of two years
    "nepal": [{"money.exchange_path": "constant_real"}, {"money.exchange_path": "given"}, {"money.pay_growth": 0.02}],
}


def test_parities_prices_in_euros_and_the_path_of_pay_are_python_s(tmp_path):
    """A pegged currency and another one; a euro is worth its parity in each cell."""
    plans = {name: load(name, changes=EURO_HANDSET) for name in MONEY}
    made = {name: [load(name, changes=EURO_HANDSET | changes) for changes in typed_in] for name, typed_in in MONEY.items()}
    files, orders = {}, {}
    for name, plan in plans.items():
        rows = {path: cells.row for path, cells in locate_parameters(starting_point(plan)).items() if typable(cells)}
        variants = [cells_of(NO_OPTION, changes, rows) for changes in MONEY[name]]
        files[name], orders[name] = typed(without_results(workbook(plan)), INPUTS, variants[0]), orders_of(variants)
    found = worked(files, orders, tmp_path)

    for name, variants in made.items():
        for plan, rows in zip([*variants, plans[name]], found[name], strict=True):
            assert far(summary_figures(rows), plan, budget(plan)) == {}, name
