"""What the workbook is, how to use it, what is live in it and what is not, and from what it was made."""

import json
from typing import Any

import imis_plan
from imis_plan.i18n.translate import _, current_language, localized
from imis_plan.workbook.fingerprint import fingerprint
from imis_plan.workbook.grid import address
from imis_plan.workbook.layout import SHEETS, title
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.starting_point import STRUCTURE
from imis_plan.workbook.tracing import Book, rests_on_simulation

FACTS_TOP = 3


def write(page: Page, book: Book, workbook: Any) -> None:
    """Write the sheet, and name the cells from which a changed workbook is recognised."""
    plan = book.state.plan
    page.headline(
        localized(plan.about.title), _("Budget workbook, made by imis_plan from the scenario “{name}”").format(name=plan.name)
    )
    row = write_facts(page, workbook, FACTS_TOP, about(book))
    for heading, sentences in sections(book).items():
        row = write_heading(page, row, heading)
        for sentence in sentences:
            page.sheet.merge_range(row, 0, row, 1, "", page.styles("wrapped"))
            page.put(row, 0, sentence, "wrapped")
            page.tall(row, {126: sentence})
            row += 1
    row = write_heading(page, row, _("The sheets"))
    for key, text in contents().items():
        page.link(row, 0, key)
        page.put(row, 1, text, "text")
        row += 1
    row = write_heading(page, row, _("For the way back: please leave this as it is"))
    write_facts(page, workbook, row, mark(book))
    page.finish({0: 36, 1: 96}, freeze=(2, 0), portrait=True)


def write_heading(page: Page, row: int, text: str) -> int:
    """A heading across the sheet, below an empty row; gives the row below."""
    page.put(row + 1, 0, text, "heading")
    page.put(row + 1, 1, "", "heading")
    return row + 2


def about(book: Book) -> dict[str, tuple[str, str]]:
    """What the workbook is of: name of the cell -> what it says."""
    said_of = book.state.plan.about
    return {
        "file.scenario": (_("Scenario"), book.state.plan.name),
        "file.title": (_("Scheme"), f"{localized(said_of.scheme)}, {localized(said_of.country)}"),
        "file.version": (_("Version and date of the scenario"), f"{said_of.version}, {said_of.date}"),
        "file.currency": (_("Currency"), said_of.currency),
        "file.package": (_("Made by"), f"imis_plan {imis_plan.__version__}"),
    }


def mark(book: Book) -> dict[str, tuple[str, str]]:
    """What an import knows the workbook by: name of the cell -> what it says."""
    shaped = json.dumps(dict(book.state.structure), ensure_ascii=False, sort_keys=True)
    return {
        "file.language": (_("Language"), current_language()),
        "file.structure": (_("Changes that shape it"), shaped),
        "file.fingerprint": (_("Fingerprint of its parameters"), fingerprint(book.state)),
    }


def write_facts(page: Page, workbook: Any, top: int, known: dict[str, tuple[str, str]]) -> int:
    """What is known of the workbook, in cells with names; gives the row below."""
    for i, (name, (text, value)) in enumerate(known.items()):
        page.put(top + i, 0, text, "bold")
        page.put(top + i, 1, value, "wrapped")
        workbook.define_name(name, f"={address(page.name, top + i, 1, fixed=True)}")
    return top + len(known)


def sections(book: Book) -> dict[str, list[str]]:
    """The text, by heading."""
    inputs, by_year = title("inputs"), title("by_year_inputs")
    return {
        _("How to use it"): [
            _("Change values in the yellow cells of “{inputs}”, “{by_year}” and “{funding}”, and choose an option at the top of “{inputs}”. Everything else follows.").format(inputs=inputs, by_year=by_year, funding=title("funding")),
            _("A yellow cell left empty keeps the value of the chosen option, or of the scenario. To go back, empty the cell."),
            _("All other cells are protected, without a password, so that no formula is lost by accident: Review, Unprotect sheet."),
            _("Bring your changes back with: imis-plan workbook --import FILE.xlsx. It writes a scenario that holds only what differs, or says cell by cell why not."),
        ],
        _("What is live"): [
            _("Inputs, drivers, posts, quantities, price indices, exchange rates, amounts, contingency, funding and totals are formulas. They were written by the model itself, which was run on cells in place of numbers; LibreOffice recalculates them to the cent in the tests of imis_plan."),
            _("Names in formulas, such as coverage.target, are those of the parameters in “{inputs}”. Parts of long formulas stand in “{workings}”.").format(inputs=inputs, workings=title("workings")),
        ],
        _("What is not"): not_live(book),
    }  # fmt: skip


def not_live(book: Book) -> list[str]:
    """What does not follow when a cell is changed."""
    texts = [
        _("These shape the workbook and cannot be changed in a cell: {paths}; so do the lists of roles, lines and funding rules, and the year and currency of each price. Change the scenario and export again.").format(paths=", ".join(STRUCTURE)),
        _("The column “Working” of the ledger tells how an amount came about on export, and the table of options shows what each came to on export; both are marked."),
        _("Ranges of uncertainty are shown, but no simulation runs in a workbook."),
    ]  # fmt: skip
    if rests_on_simulation(book.state):
        texts.append(
            _(
                "The contingency of this workbook takes the budget to a percentile of a simulated cost. It stands in the ledger as figures (shaded), and does not follow when inputs change: export again."
            )
        )
    else:
        texts.append(_("Contingency by percentile rests on a simulation and cannot be chosen here: export with --percentile."))
    return texts


def contents() -> dict[str, str]:
    """What each sheet holds."""
    texts = {
        "summary": _("the figures that matter most, with charts and checks"),
        "inputs": _("every parameter with unit, source and grade"),
        "by_year_inputs": _("parameters with a number for each year"),
        "drivers": _("quantities by year that budget lines multiply"),
        "staffing": _("posts by role and year"),
        "prices": _("price indices and exchange rates"),
        "workings": _("parts of long formulas"),
        "ledger": _("one row for each budget line and year"),
        "by_year": _("budget lines by year"),
        "funding": _("who pays, and what nobody pays yet"),
        "allocation": _("who pays what of each row of the ledger"),
        "options": _("what each option of the scenario changes and comes to"),
        "sources": _("published works that figures come from"),
    }
    return {key: texts[key] for key in SHEETS if key in texts}
