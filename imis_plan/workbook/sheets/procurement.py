"""The procurement plan: packages of the first years with live cost, method and dates."""

from datetime import date
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imis_plan.analysis import procurement as views
from imis_plan.analysis.cash_plan import YEARS
from imis_plan.i18n.translate import _
from imis_plan.model.payment_profiles import QUARTERS
from imis_plan.scenario.plan import Plan
from imis_plan.sections.procurement.tables import CATEGORIES
from imis_plan.workbook.cell_formats import year_format
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import TOP, title
from imis_plan.workbook.ledger_columns import AMOUNT, LedgerRow
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.term import Term
from imis_plan.workbook.tracing import TracedModel

YEAR, PACKAGE, CATEGORY, COST, MARKET, METHOD, LOW, HIGH, NEEDED, START, LATEST, EARLY, WORLD = range(13)
# Parts of the cost by when it is needed: delivered before the roll-out, with it, in the last quarter, from the first day.
MOMENTS = ("delivered", "with_rollout", "last", "from_first_day")
FIRST_MOMENT = WORLD + 1
LAST_COLUMN = WORLD + len(MOMENTS)
# Day 0 of a spreadsheet.
EPOCH = date(1899, 12, 30)
NEVER = 10**6


class Row(NamedTuple):
    """A package in a year: its number on the sheet, years since the first, its key, and its row in Python's plan, if any."""

    number: int
    t: int
    key: str
    known: Any


def write(sheet: SheetWriter, traced: TracedModel, rows: list[LedgerRow]) -> None:
    """Write the sheet."""
    plan = traced.start.plan
    sheet.put_title(
        _("Procurement plan of the first two years"),
        _(
            "Costs without contingency; the date to start leaves time for the longest steps. Nothing is shown for packages that cost nothing."
        ),
    )
    for column, head in enumerate(headings(plan)):
        sheet.put(TOP - 1, column, head, "head_right" if column in (COST, LOW, HIGH) or column >= NEEDED else "head")
    sheet.worksheet.set_row(TOP - 1, 45)
    packages = views.package_lines(plan)
    years = range(min(YEARS, len(traced.years)))
    table = views.procurement_plan_of(plan, {(*row.key[:3], row.t): row.value(AMOUNT) for row in rows if row.t in years})
    known = {(row.package, row.year): row for row in table.itertuples()}
    keys = [(t, key) for t in years for key in packages]
    top = TOP + len(keys) + 2
    references = {(*row.key[:3], row.t): row for row in rows if row.t in years}
    for number, (t, key) in enumerate(keys, TOP):
        row = Row(number, t, key, known.get((key, traced.years[t])))
        write_costs(sheet, row, packages[key], references)
        write_package(sheet, traced, row, top)
    write_methods(sheet, plan, top)
    widths = {YEAR: 11, PACKAGE: 40, CATEGORY: 24, COST: 17, MARKET: 15, METHOD: 36} | dict.fromkeys(
        range(LOW, LAST_COLUMN + 1), 12.5
    )
    sheet.finish(widths, freeze=(TOP, CATEGORY), head=TOP - 1)


def headings(plan: Plan) -> list[str]:
    """Headings of the columns."""
    return [
        _("Year"), _("Package"), _("Category"), _("Cost, {currency}").format(currency=plan.about.currency), _("Market"), _("Method"),
        _("Weeks, at least"), _("Weeks, at most"), _("Needed from"), _("Start by"), _("Latest start"), _("Before the year begins"),
        _("Of it world market"), _("Of it before the roll-out"), _("Of it with the roll-out"), _("Of it in the last quarter"),
        _("Of it from the first day"),
    ]  # fmt: skip


def moment(payment: str) -> str:
    """When a line with a payment profile is needed, one of MOMENTS."""
    by_profile = dict.fromkeys(views.DELIVERED, "delivered") | dict.fromkeys(views.WITH_ROLLOUT, "with_rollout")
    return (by_profile | {views.LAST: "last"}).get(payment, "from_first_day")


def write_costs(sheet: SheetWriter, row: Row, lines: list[views.PackageLine], references: dict[Any, LedgerRow]) -> None:
    """Write the cost of a package and its parts, as sums of the ledger."""
    groups: dict[int, list[LedgerRow]] = {column: [] for column in range(WORLD, LAST_COLUMN + 1)}
    for line in lines:
        source = references[line.component, line.line, line.level, row.t]
        groups[FIRST_MOMENT + MOMENTS.index(moment(line.payment))].append(source)
        if line.tradable:
            groups[WORLD].append(source)
    for column, sources in groups.items():
        text = "+".join(address(title("ledger"), source.number, AMOUNT) for source in sources)
        value = sum(source.value(AMOUNT) for source in sources)
        sheet.put(row.number, column, Term(text, value) if sources else 0.0, "amount")
    span = xl_range_abs(row.number, FIRST_MOMENT, row.number, LAST_COLUMN)
    whole = sum(source.value(AMOUNT) for column, sources in groups.items() if column >= FIRST_MOMENT for source in sources)
    sheet.put(row.number, COST, Term(f"SUM({span})", whole), "amount")


def write_package(sheet: SheetWriter, traced: TracedModel, row: Row, top: int) -> None:
    """Write the name, method and dates of a package. top : row of the heads of the methods."""
    plan, known, number = traced.start.plan, row.known, row.number
    package = views.package_of(plan, row.key)
    at = {column: xl_rowcol_to_cell(number, column) for column in range(LAST_COLUMN + 1)}
    nothing = f"{at[COST]}=0"
    year = traced.years[row.t]
    sheet.put(number, YEAR, year, sheet.styles("calendar", num_format=year_format(plan, year)))
    sheet.put_row(number, [_(package.title), _(CATEGORIES[package.category])], "text", PACKAGE)
    world, home = _("world market"), _("domestic market")
    market = "" if known is None else world if known.market == views.WORLD else home
    sheet.put(number, MARKET, Term(f'IF({nothing},"",IF({at[WORLD]}>0,"{world}","{home}"))', market), "text")
    method = method_formula(plan, package.category, at, top)
    sheet.put(number, METHOD, Term(f'IF({nothing},"",{method})', known.method if known else ""), "text")
    for column, offset in ((LOW, 3), (HIGH, 4)):
        value = (known.weeks_low, known.weeks_high)[offset - 3] if known and known.method else 0.0
        sheet.put(number, column, Term(weeks_formula(plan, at, top, offset), value), "number")
    days = sheet.styles("text", num_format="yyyy-mm-dd", align="right")
    needed = delivery_formula(traced, row, at)
    sheet.put(number, NEEDED, Term(f'IF({nothing},"",{needed})', serial(known.delivery) if known else ""), days)
    for column, duration in ((START, HIGH), (LATEST, LOW)):
        value = serial(known.start_by if column == START else known.latest_start) if known else ""
        sheet.put(number, column, Term(f'IF({nothing},"",{at[NEEDED]}-ROUND(7*{at[duration]},0))', value), days)
    first, yes = serial(plan.fiscal.first_day(year)), _("yes")
    early = f'IF({nothing},"",IF({at[START]}<{first},"{yes}",""))'
    sheet.put(number, EARLY, Term(early, yes if known and known.before_year else ""), sheet.styles("text", align="right"))


def serial(day: date) -> int:
    """A day as a spreadsheet counts it."""
    return (day - EPOCH).days


def delivery_formula(traced: TracedModel, row: Row, at: dict[int, str]) -> str:
    """The first day that a part of a package is needed; as `analysis.procurement.delivery_date`."""
    year, fiscal = traced.years[row.t], traced.start.base.fiscal
    first, last = serial(fiscal.first_day(year)), serial(fiscal.first_day(year, QUARTERS - 1))
    delay, lead = (traced.parameter(path).terms[0].text for path in ("coverage.delay", "cash.delivery_lead"))
    start = f"MIN(MAX({delay}-{row.t},0),1)"
    days = (f"{first}+ROUND(365*({start}-{lead}),0)", f"{first}+ROUND(365*{start},0)", str(last), str(first))
    parts = [f"IF({at[FIRST_MOMENT + i]}>0,{day},{NEVER})" for i, day in enumerate(days)]
    return f"MIN({','.join(parts)})"


def method_formula(plan: Plan, category: str, at: dict[int, str], top: int) -> str:
    """The first method that fits: its title from the table of methods."""
    text, markets = '""', {views.WORLD: _("world market"), views.DOMESTIC: _("domestic market")}
    for i, method in reversed(list(enumerate(plan.procurement.methods))):
        if category not in method.categories:
            continue
        name = xl_rowcol_to_cell(top + 1 + i, PACKAGE, row_abs=True, col_abs=True)
        limit = xl_rowcol_to_cell(top + 1 + i, COST, row_abs=True, col_abs=True)
        tests = [f"{at[COST]}<={limit}"] if method.up_to is not None else []
        tests += [f'{at[MARKET]}="{markets[method.market]}"'] if method.market in markets else []
        text = f"IF(AND({','.join(tests)}),{name},{text})" if tests else name
    return text


def weeks_formula(plan: Plan, at: dict[int, str], top: int, offset: int) -> str:
    """Weeks of the method of a package from the table of methods; 0 for none. offset : of their column from that of the title."""
    text = "0"
    for i in reversed(range(len(plan.procurement.methods))):
        name, weeks = (xl_rowcol_to_cell(top + 1 + i, PACKAGE + add, row_abs=True, col_abs=True) for add in (0, offset))
        text = f"IF({at[METHOD]}={name},{weeks},{text})"
    return text


def write_methods(sheet: SheetWriter, plan: Plan, top: int) -> None:
    """Write the methods with their ceilings and weeks, or what is missing."""
    if not plan.procurement.methods:
        sheet.put(top, 0, _("This scenario names no procurement rules, so that methods and their weeks are empty."), "subtitle")
        return
    ceiling = _("Up to, {currency}").format(currency=plan.about.currency)
    sheet.put_row(top, ["", _("Method"), "", ceiling, _("Weeks, at least"), _("Weeks, at most")], "head")
    for i, method in enumerate(plan.procurement.methods, top + 1):
        sheet.put(i, PACKAGE, method.title, "text")
        sheet.put(i, COST, _("without limit") if method.up_to is None else method.up_to, "amount")
        sheet.put_row(i, method.weeks, "number", PACKAGE + 3)
