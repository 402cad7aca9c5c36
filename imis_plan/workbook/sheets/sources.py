"""The published works that figures come from, and the grades of confidence."""

from imis_plan.i18n.translate import _, localized
from imis_plan.model.grades import GRADES
from imis_plan.workbook.sheet_layout import Page
from imis_plan.workbook.tracing import Book

FIELDS = ("title", "publisher", "address", "date", "licence")


def write(page: Page, book: Book) -> None:
    """Write the sheet."""
    plan = book.state.plan
    page.headline(
        _("Sources"),
        _(
            "Published works that parameters of this plan rest on. What rests on none says “assumption” in the inputs, with the reason."
        ),
    )
    page.row(3, [_("Key"), _("Title"), _("Publisher"), _("Address"), _("Date"), _("Licence"), _("Parameters")], "head")
    cited = [(parameter.source or "").partition(":")[0] for parameter in plan.parameters.values()]
    row = 4
    for key in sorted(set(cited) & set(plan.sources)):
        entry = plan.sources[key]
        page.row(row, [key, *(as_text(entry.get(field)) for field in FIELDS)], "wrapped")
        page.tall(row, {70: as_text(entry.get("title")), 40: as_text(entry.get("publisher")), 56: as_text(entry.get("address"))})
        page.put(row, 6, cited.count(key), "integer")
        row += 1
    page.row(row + 1, [_("Grade"), _("Meaning")], "head")
    for i, (grade, text) in enumerate(GRADES.items()):
        page.row(row + 2 + i, [grade, _(text)], "text")
    page.finish({0: 26, 1: 70, 2: 40, 3: 56, 4: 14, 5: 20, 6: 12}, freeze=(4, 1), head=3)


def as_text(entry: object) -> str:
    """A field of a source as text, whatever YAML made of it."""
    if entry is None:
        return ""
    return localized(entry) if isinstance(entry, dict) else str(entry)
