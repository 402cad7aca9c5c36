"""Cost tables in the layout of COSTAB: summaries by component and category, detailed tables, and the financing plan."""

from collections.abc import Callable, Iterable

import pandas as pd
from xlsxwriter.utility import xl_range

from imis_plan.analysis import costab as views, detailed_costs, taxes
from imis_plan.i18n.translate import _, localized, translate_unit
from imis_plan.model.funding import GAP
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.costab.tables import STEPS, row_name
from imis_plan.sections.naming import component_name, line_name
from imis_plan.workbook.exports.form_sheet import TOP, FormSheet, form, origin
from imis_plan.workbook.term import Term

DETAIL_TEXTS = 6


def costab(plan: Plan, ledger: pd.DataFrame, _budget_year: int) -> bytes:
    """The tables as the bytes of an .xlsx file, in the current language."""

    def fill(add: Callable[[str], FormSheet]) -> None:
        """Write its sheets."""
        costs = views.costs(plan, ledger)
        write_summary(add(_("Summary")), plan, ledger, costs)
        write_by_year(add(_("By year")), plan, costs)
        write_financing(add(_("Financing")), plan, costs)
        write_details(add(_("Detailed costs")), plan, ledger)

    return form(plan, _("Cost tables"), fill)


GROUPS = {"component": lambda: _("Component"), "category": lambda: _("Expenditure category")}


def write_summary(sheet: FormSheet, plan: Plan, ledger: pd.DataFrame, costs: pd.DataFrame) -> None:
    """Write components, then categories: base cost, contingencies, total, foreign and local cost, taxes, cost with taxes."""
    sheet.put_title(_("Project cost summary"), f"{origin(plan)}. {constant_prices(plan)}")
    heads = [_("Base cost"), *(STEPS[key]() for key in ("physical", "price", "total"))]
    heads += [_("Foreign"), _("Local"), _("Taxes"), _("Cost with taxes")]
    top = TOP
    for group, name in GROUPS.items():
        steps = views.summary(costs, group)
        taxed = views.taxes_by_category(plan, ledger, group)[[taxes.FOREIGN, taxes.LOCAL, taxes.TAX, taxes.GROSS]]
        sheet.put_heads(top, [name(), *heads], len(heads))
        top = write_rows(sheet, top + 1, steps.join(taxed).drop(index="total")) + 2
    sheet.finish({0: 44} | dict.fromkeys(range(1, len(heads) + 1), 18), freeze=(TOP + 1, 1), head=TOP)


def constant_prices(plan: Plan) -> str:
    """Which prices each step is in."""
    text = _("Base costs and physical contingencies are in constant {base} prices.")
    return text.format(base=year_label(plan, plan["time.base_year"]))


def write_rows(sheet: FormSheet, top: int, table: pd.DataFrame, *, across: bool = False) -> int:
    """Write rows with their names, then the total. Returns its row. across : whether a last column adds up each row."""
    for number, (key, values) in enumerate(table.iterrows(), top):
        sheet.put_numbers(number, [row_name(key)], with_sum(number, values, 1) if across else map(float, values))
    end = top + len(table)
    sums = [*table.sum(), float(table.to_numpy().sum())] if across else list(table.sum())
    sheet.put_sums(end, [_("Total")], (top, end - 1), sums)
    return end


def with_sum(row: int, values: Iterable[float], first: int) -> list[float | Term]:
    """Numbers of a row and the formula of their sum. first : column of the first number."""
    cells = [float(value) for value in values]
    return [*cells, Term(f"SUM({xl_range(row, first, row, first + len(cells) - 1)})", sum(cells))]


def write_by_year(sheet: FormSheet, plan: Plan, costs: pd.DataFrame) -> None:
    """Write base cost by component and by category for each year, then both contingencies and the total."""
    sheet.put_title(_("Project costs by year"), f"{origin(plan)}. {constant_prices(plan)}")
    top, years = TOP, sorted(set(costs["year"]))
    for group, name in GROUPS.items():
        table = views.project_costs(costs, group)
        base, steps = table.iloc[: -len(views.STAGES)][years], table.iloc[-len(views.STAGES) :][years]
        sheet.put_heads(top, [name(), *(year_label(plan, year) for year in years), _("Total")], len(years) + 1)
        end = write_rows(sheet, top + 1, base, across=True)
        sheet.put(end, 0, STEPS["base"](), "total_text")
        for number, key in enumerate(("physical", "price"), end + 1):
            sheet.put_numbers(number, [STEPS[key]()], with_sum(number, steps.loc[key], 1))
        sheet.put_sums(end + 3, [STEPS["total"]()], (end, end + 2), [*steps.loc["total"], float(steps.loc["total"].sum())])
        top = end + 5
    sheet.finish({0: 44} | dict.fromkeys(range(1, len(years) + 2), 18), freeze=(TOP + 1, 1), head=TOP)


def write_financing(sheet: FormSheet, plan: Plan, costs: pd.DataFrame) -> None:
    """Write the total cost of components and of categories by who pays, what is not yet funded last."""
    sheet.put_title(_("Financing plan"), origin(plan))
    top, most = TOP, 0
    for group, name in GROUPS.items():
        table = views.by_financier(costs, group).drop(index="total", columns="total")
        heads = [_("not yet funded") if payer == GAP else str(payer) for payer in table.columns]
        sheet.put_heads(top, [name(), *heads, _("Total")], len(heads) + 1)
        top, most = write_rows(sheet, top + 1, table, across=True) + 2, max(most, len(heads))
    sheet.finish({0: 44} | dict.fromkeys(range(1, most + 2), 20), freeze=(TOP + 1, 1), head=TOP)


def write_details(sheet: FormSheet, plan: Plan, ledger: pd.DataFrame) -> None:
    """Write a row for each line below its component: quantities, unit cost, base cost, contingencies, taxes and who pays."""
    table, years = detailed_costs.detailed_costs(plan, ledger), sorted(set(ledger["year"]))
    payers, named = detailed_costs.payers(plan, ledger), [year_label(plan, year) for year in years]
    sheet.put_title(_("Detailed cost tables"), f"{origin(plan)}. {constant_prices(plan)}")
    heads = [_("Component"), _("Line"), _("Expenditure category"), _("Unit"), _("Price as quoted"), _("Price year")]
    numbers = [
        *(_("Quantity, {year}").format(year=name) for name in named), _("Base cost per unit"),
        *(_("Base cost, {year}").format(year=name) for name in named), STEPS["base"](), STEPS["physical"](), STEPS["price"](),
        STEPS["total"](), _("Taxes"), *(_("not yet funded") if payer == GAP else payer for payer in payers),
    ]  # fmt: skip
    sheet.put_heads(TOP, [*heads, *numbers], len(numbers))
    number, totals = TOP + 1, []
    for component, rows in table.groupby("component", sort=False):
        first = number
        for row in rows.to_dict("records"):
            write_line(sheet, plan, number, row, (years, payers))
            number += 1
        texts = [component_name(str(component)), _("Total"), "", "", "", ""]
        values = [None] * (len(years) + 1)
        cells = column_sums(rows, (first, number - 1), (years, payers))
        sheet.put_numbers(number, texts, [*values, *cells], "total")
        totals.append((number, cells))
        number += 1
    columns = range(DETAIL_TEXTS + len(years) + 1, DETAIL_TEXTS + len(numbers))
    grand = [
        Term("+".join(f"{xl_range(row, column, row, column)}" for row, _cells in totals), sum(c[i].value for _r, c in totals))
        for i, column in enumerate(columns)
    ]
    sheet.put_numbers(number, [_("Total"), "", "", "", "", ""], [*[None] * (len(years) + 1), *grand], "total")
    widths = {0: 30, 1: 44, 2: 26, 3: 14, 4: 16, 5: 8} | dict.fromkeys(range(DETAIL_TEXTS, DETAIL_TEXTS + len(numbers)), 16)
    sheet.finish(widths, freeze=(TOP + 1, 2), head=TOP)


def column_sums(rows: pd.DataFrame, span: tuple[int, int], columns: tuple[list[int], list[str]]) -> list[Term]:
    """Sums of the amounts of a component. span : its first and last row; columns : years and payers."""
    years, payers = columns
    names = [*(f"base_{year}" for year in years), *views.STAGES, "tax", *(f"paid_{payer}" for payer in payers)]
    first = DETAIL_TEXTS + len(years) + 1
    return [
        Term(f"SUM({xl_range(span[0], column, span[1], column)})", float(rows[name].sum()))
        for column, name in enumerate(names, first)
    ]


def write_line(sheet: FormSheet, plan: Plan, number: int, row: dict[str, object], columns: tuple[list[int], list[str]]) -> None:
    """Write a line of the detailed tables. columns : years and payers."""
    years, payers = columns
    titles = {role.key: localized(role.title) for role in plan.roles}
    sheet.put_row(
        number,
        [
            component_name(str(row["component"])), line_name(_(str(row["label"])), str(row["role_or_level"]), titles),
            _(views.CATEGORIES[str(row["category"])]) if row["category"] else "", translate_unit(str(row["quantity_unit"])),
        ],
        "text",
    )  # fmt: skip
    sheet.put(number, 4, row["unit_price"], sheet.styles("price", num_format=f'#,##0.00#### "{row["price_currency"]}"'))
    sheet.put(number, 5, row["price_year"], "calendar")
    sheet.put_row(number, [row[f"quantity_{year}"] for year in years], "quantity", DETAIL_TEXTS)
    sheet.put(number, DETAIL_TEXTS + len(years), row["unit_base"], "price")
    names = [*(f"base_{year}" for year in years), *views.STAGES, "tax", *(f"paid_{payer}" for payer in payers)]
    sheet.put_row(number, [row[name] for name in names], "amount", DETAIL_TEXTS + len(years) + 1)
