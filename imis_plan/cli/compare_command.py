"""The command `imis-plan compare`: scenarios side by side, and why one costs more than the other."""

import argparse
from typing import Any

from imis_plan.cli import console, overrides
from imis_plan.cli.commands import contingency_note
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import load


def compare_command(options: argparse.Namespace) -> int:
    """Compare scenarios; for two, split the difference and explain it. JSON always has the same three keys."""
    from imis_plan.analysis import comparison, export
    from imis_plan.sections import draft

    if options.language:
        translate.set_language(options.language)
    changes, draft_allowed = overrides.simulate_changes(options), options.draft or None
    names = (options.first, *options.others)
    plans = [load(name, parameters=options.parameters, changes=changes, draft=draft_allowed) for name in names]
    for plan in plans:
        overrides.warn_of_draft(plan)
    table = comparison.compare(*plans)
    if options.format == "csv":
        console.emit(export.csv_text(table.reset_index()), options.out, force=options.force)
        return 0
    split, reason = _difference(plans)
    if options.format == "json":
        found = {"comparison": table.reset_index(), "decomposition": split, "why": reason}
        console.emit(export.json_text({key: _records(part) for key, part in found.items()}), options.out, force=options.force)
        return 0
    notes = [
        _("{scenario}: draft. {notice}").format(scenario=plan.name, notice=text) for plan in plans if (text := draft.notice(plan))
    ]
    parts = [*notes, console.comparison_text(table), *([] if split is None else [console.difference_text(split)]), reason or ""]
    parts.append("\n".join(f"{plan.name}: {note}" for plan in plans for note in contingency_note(plan)))
    console.emit("\n\n".join(filter(None, parts)), options.out, force=options.force)
    return 0


def _difference(plans: list[Any]) -> tuple[Any, str | None]:
    """Why the first of two plans costs more or less than the other, as a table and as a sentence; None for three and more."""
    from imis_plan.analysis.decomposition import decompose
    from imis_plan.sections.comparison.text import reasons_for_difference

    if len(plans) != 2:  # noqa: PLR2004  # a difference needs exactly two
        return None, None
    return decompose(*plans), console.plain_text(reasons_for_difference(*plans))


def _records(part: Any) -> Any:
    return part.reset_index().to_dict(orient="records") if hasattr(part, "reset_index") else part
