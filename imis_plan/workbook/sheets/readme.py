"""What the workbook is, how to use it, what recalculates in it and what does not, and which scenario it was exported from."""

import json
from typing import Any

import imis_plan
from imis_plan.i18n.plan_status import status_in_words
from imis_plan.i18n.translate import _, current_language, localized
from imis_plan.sections import draft
from imis_plan.workbook.fingerprint import fingerprint
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import SHEETS, title
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.starting_point import STRUCTURE
from imis_plan.workbook.tracing import TracedModel

FACTS_TOP = 3


def write(sheet: SheetWriter, traced: TracedModel, workbook: Any) -> None:
    """Write the sheet, and name the cells that an import reads."""
    plan = traced.start.plan
    sheet.put_title(
        draft.title(plan), _("openIMIS budget workbook, made by imis_plan from the scenario “{name}”").format(name=plan.name)
    )
    row = write_named_cells(sheet, workbook, FACTS_TOP, scenario_data(traced))
    notice = draft.notice(plan)
    for heading, sentences in {**({_("Draft"): [notice]} if notice else {}), **sections()}.items():
        row = write_heading(sheet, row, heading)
        for sentence in sentences:
            sheet.worksheet.merge_range(row, 0, row, 1, "", sheet.styles("wrapped"))
            sheet.put(row, 0, sentence, "wrapped")
            sheet.fit_height(row, {126: sentence})
            row += 1
    row = write_heading(sheet, row, _("The sheets"))
    for key, text in sheet_contents().items():
        sheet.put_link(row, 0, key)
        sheet.put(row, 1, text, "text")
        row += 1
    row = write_heading(sheet, row, _("For the import: please do not change"))
    write_named_cells(sheet, workbook, row, import_data(traced))
    sheet.finish({0: 36, 1: 96}, freeze=(2, 0), portrait=True)


def write_heading(sheet: SheetWriter, row: int, text: str) -> int:
    """Write a heading across the sheet, below an empty row. Returns the row below."""
    sheet.put(row + 1, 0, text, "heading")
    sheet.put(row + 1, 1, "", "heading")
    return row + 2


def scenario_data(traced: TracedModel) -> dict[str, tuple[str, str]]:
    """The scenario of the workbook: name of the cell -> label and value."""
    about = traced.start.plan.about
    return {
        "file.scenario": (_("Scenario"), traced.start.plan.name),
        "file.title": (_("Scheme"), f"{localized(about.scheme)}, {localized(about.country)}"),
        "file.status": (_("Status"), status_in_words(traced.start.plan)),
        "file.version": (_("Version and date of the scenario"), f"{about.version}, {about.date}"),
        "file.currency": (_("Currency"), about.currency),
        "file.package": (_("Made by"), f"imis_plan {imis_plan.__version__}"),
    }


def import_data(traced: TracedModel) -> dict[str, tuple[str, str]]:
    """What an import needs to know of the export: name of the cell -> label and value."""
    structure = json.dumps(dict(traced.start.structure), ensure_ascii=False, sort_keys=True)
    return {
        "file.language": (_("Language"), current_language()),
        "file.structure": (_("Changes that determine its structure"), structure),
        "file.fingerprint": (_("Fingerprint of its parameters"), fingerprint(traced.start)),
    }


def write_named_cells(sheet: SheetWriter, workbook: Any, top: int, known: dict[str, tuple[str, str]]) -> int:
    """Write labels and values, the values into named cells. Returns the row below."""
    for i, (name, (text, value)) in enumerate(known.items()):
        sheet.put(top + i, 0, text, "bold")
        sheet.put(top + i, 1, value, "wrapped")
        workbook.define_name(name, f"={address(sheet.name, top + i, 1, fixed=True)}")
    return top + len(known)


def sections() -> dict[str, list[str]]:
    """Heading -> sentences of the section."""
    inputs, by_year = title("inputs"), title("by_year_inputs")
    return {
        _("How to use it"): [
            _("Change values in the yellow cells of “{inputs}”, “{by_year}” and “{funding}”, and choose an option at the top of “{inputs}”. Everything else is recalculated.").format(inputs=inputs, by_year=by_year, funding=title("funding")),
            _("An empty yellow cell keeps the value of the chosen option or of the scenario. To undo a change, empty the cell."),
            _("All other cells are protected against accidental changes, without a password: Review, Unprotect sheet."),
            _("Import your changes with: imis-plan workbook --import FILE.xlsx. It writes a scenario with only the differences, or names every cell that cannot be imported."),
        ],
        _("What recalculates"): [
            _("Inputs, drivers, posts, quantities, price indices, exchange rates, amounts, contingency, funding and totals are formulas. The model itself wrote them, by running on cells instead of numbers; in the tests of imis_plan, LibreOffice recalculates them to the cent."),
            _("Names in formulas, such as coverage.target, are those of the parameters in “{inputs}”. Parts of long formulas are in “{workings}”.").format(inputs=inputs, workings=title("workings")),
        ],
        _("What does not recalculate"): limitations(),
    }  # fmt: skip


def limitations() -> list[str]:
    """Sentences about what does not recalculate when a cell changes."""
    return [
        _("Some inputs determine the structure of the workbook and cannot be changed in a cell: {paths}; also the lists of roles, lines and funding rules, and the year and currency of each price. Change the scenario and export again.").format(paths=", ".join(STRUCTURE)),
        _("The column “Calculation at export” of the ledger and the results in the table of options are those of the export."),
        _("Prices from observations are those of the export: they are not converted anew when you type inflation or an exchange rate. An import keeps them, so that the scenario costs what the workbook shows."),
        _("Ranges of uncertainty are shown, but a workbook runs no simulation. The shares of contingency in “{contingency}” were simulated at export for each option; a value that you type keeps them.").format(contingency=title("contingency")),
    ]  # fmt: skip


def sheet_contents() -> dict[str, str]:
    """Sheet -> what it contains."""
    texts = {
        "summary": _("key figures, charts and checks"),
        "inputs": _("every parameter with unit, source and grade"),
        "by_year_inputs": _("parameters with a number for each year"),
        "drivers": _("quantities by year, from which budget lines are calculated"),
        "staffing": _("posts by role and year"),
        "prices": _("price indices and exchange rates"),
        "contingency": _("simulated shares of contingency for each option"),
        "workings": _("parts of long formulas"),
        "ledger": _("one row for each budget line and year"),
        "by_year": _("budget lines by year"),
        "by_code": _("cost by economic class and by account, by year"),
        "taxes": _("value added tax and duty, who bears them, foreign and local cost"),
        "categories": _("tables for lenders: cost by expenditure category, with contingencies, taxes and financiers"),
        "project_support": _("the total with a partner and indirect cost, as projects pay them"),
        "cash_plan": _("the first two years by quarter"),
        "procurement": _("packages with method, dates and cost"),
        "funding": _("funding by funder, and what is not yet funded"),
        "allocation": _("funding of each row of the ledger"),
        "options": _("changes and results of each option of the scenario"),
        "sources": _("published sources of the figures"),
    }
    return {key: texts[key] for key in SHEETS if key in texts}
