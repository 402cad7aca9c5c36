"""The published works that figures come from, and the grades of confidence."""

from imis_plan.i18n.translate import _, localized
from imis_plan.model.grades import GRADES
from imis_plan.workbook.sheet_writer import SheetWriter
from imis_plan.workbook.tracing import TracedModel

FIELDS = ("title", "publisher", "address", "date", "licence")


def write(sheet: SheetWriter, traced: TracedModel) -> None:
    """Write the sheet."""
    plan = traced.start.plan
    sheet.put_title(
        _("Sources"),
        _(
            "Published sources of the parameters of this plan. Parameters without one are marked “assumption” in the inputs, with the reason."
        ),
    )
    sheet.put_row(3, [_("Key"), _("Title"), _("Publisher"), _("Address"), _("Date"), _("Licence"), _("Parameters")], "head")
    cited = [(parameter.source or "").partition(":")[0] for parameter in plan.parameters.values()]
    row = 4
    for key in sorted(set(cited) & set(plan.sources)):
        entry = plan.sources[key]
        sheet.put_row(row, [key, *(as_text(entry.get(field)) for field in FIELDS)], "wrapped")
        sheet.fit_height(
            row, {70: as_text(entry.get("title")), 40: as_text(entry.get("publisher")), 56: as_text(entry.get("address"))}
        )
        sheet.put(row, 6, cited.count(key), "integer")
        row += 1
    sheet.put_row(row + 1, [_("Grade"), _("Meaning")], "head")
    for i, (grade, text) in enumerate(GRADES.items()):
        sheet.put_row(row + 2 + i, [grade, _(text)], "text")
    sheet.finish({0: 26, 1: 70, 2: 40, 3: 56, 4: 14, 5: 20, 6: 12}, freeze=(4, 1), head=3)


def as_text(entry: object) -> str:
    """A field of a source as text, whatever its type in YAML."""
    if entry is None:
        return ""
    return localized(entry) if isinstance(entry, dict) else str(entry)
