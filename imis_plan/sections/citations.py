"""Sources as tables cite them: in short beside a price, in full in the list of sources."""

from collections.abc import Mapping
from typing import Any

from imis_plan.i18n import formats, sources, translate
from imis_plan.scenario.plan import Plan


def short_citation(plan: Plan, source: str | None) -> str:
    """A source in short: its publisher and title in place of its key, without the address, which stands with the sources."""
    key, _colon, where = (source or "").partition(":")
    entry = plan.sources.get(key)
    return cite(entry, sources.translate_place(where.strip())) if entry else sources.translate_source(source)


def publisher(plan: Plan, source: str | None) -> str:
    """Who published a source, for a sentence: its title is in the language of the source, and stands with the sources."""
    entry = plan.sources.get((source or "").partition(":")[0])
    return str(entry["publisher"]) if entry else short_citation(plan, source)


def full_citation(plan: Plan, source: str | None) -> str:
    """A source with title, publisher and address in place of its key."""
    key, _colon, where = (source or "").partition(":")
    entry = plan.sources.get(key)
    return (
        cite(entry, sources.translate_place(where.strip()), entry.get("date"), entry.get("address"))
        if entry
        else sources.translate_source(source)
    )


def cite(entry: Mapping[str, Any], *more: Any) -> str:
    """Publisher and title of a work in its own language, and what else is known of it in ours."""
    work = ", ".join(str(entry[name]) for name in ("publisher", "title") if entry.get(name))
    text = ", ".join(str(part) for part in (work, *more) if part)
    own = str(entry.get("language", translate.SOURCE))
    return text if own == translate.current_language() else formats.ForeignText(text, work, own)
