"""The index of a folder of reports: one page that sets all of them side by side, from their manifests."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from imis_plan.report.offline import faults
from imis_plan.report.staging import write_whole
from imis_plan.views import formats
from imis_plan.views.i18n import _, language, plural

TEMPLATES = Path(__file__).parent / "templates"
# Key of the headline, words above the column, how to print it.
COLUMNS = (
    ("population", lambda: _("Population"), "count"),
    ("insured", lambda: _("Insured"), "count"),
    ("total", lambda: _("Total, local currency"), "money"),
    ("total_usd", lambda: _("Total, USD"), "count"),
    ("per_insured_year_usd", lambda: _("Per insured and year, USD"), "price"),
    ("recurrent_after_usd", lambda: _("Recurrent per year after roll-out, USD"), "count"),
    ("posts", lambda: _("Staff posts"), "posts"),
    ("assumed_share", lambda: _("Share of the total on assumed figures"), "share"),
)


def words(count: int) -> dict[str, str]:
    """The words of the page in the language spoken now; `count` reports are on it."""
    shown = plural("{count} scenario with a report.", "{count} scenarios with a report.", count).format(count=count)
    about = _("Money is nominal, over all years of the plan, where nothing else is said.")
    return {
        "title": _("Budgets of all scenarios"),
        "scenario": _("Scenario"),
        "made": _("Made on"),
        "changed": _("Changed:"),
        "nothing": _("No scenario has a report yet."),
        "caption": f"{shown} {about}",
    }


def write(out: Path) -> Path:
    """Write `index.html` over all complete reports in a folder, and return its path."""
    page = html(list(manifests(out)))
    write_whole(out / "index.html", page)
    return out / "index.html"


def manifests(out: Path) -> Iterator[dict[str, Any]]:
    """Manifests of the complete reports in a folder, by scenario."""
    for path in sorted(out.glob("*/manifest.json")):
        if path.parent.name.startswith("."):
            continue
        try:
            yield dict(json.loads(path.read_text(encoding="utf-8")), folder=path.parent.name)
        except (OSError, TypeError, ValueError):
            continue  # whatever it is, it was not written by us: ours are written whole


def html(entries: list[dict[str, Any]]) -> str:
    """The page for these manifests.

    Raises ValueError when the page would run or load something.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.get_template("portfolio.html.j2")
    rows, columns = [row(entry) for entry in entries], [head() for _key, head, _kind in COLUMNS]
    page = template.render(rows=rows, columns=columns, words=words(len(rows)), language=language())
    if found := faults(page):
        raise ValueError(f"the index is not self-contained: {'; '.join(found[:5])}")
    return page


def row(entry: dict[str, Any]) -> dict[str, Any]:
    """A manifest as the row of the table: texts, and the numbers behind them for sorting."""
    facts, headline = entry.get("about", {}), entry.get("headline", {})
    variant = ", ".join(filter(None, [facts.get("option"), facts.get("changes")]))
    return {
        "link": f"{quote(entry['folder'])}/report.html",
        "name": entry["folder"],
        "title": facts.get("title") or entry["folder"],
        "place": ", ".join(filter(None, [facts.get("country"), facts.get("years")])),
        "variant": variant,
        "generated": formats.day(str(entry.get("generated", ""))),
        "cells": [cell(headline.get(key), kind, facts.get("currency", "")) for key, _head, kind in COLUMNS],
    }


def cell(value: Any, kind: str, currency: str) -> dict[str, Any]:
    """A number as text for people, and itself."""
    if value is None:
        return {"text": "–", "value": ""}
    return {"text": number(float(value), kind, currency), "value": value}


def number(value: float, kind: str, currency: str = "") -> str:
    """A number as people read it: `NPR 1.24 billion`, `28.5 million`, `37%`."""
    if kind == "share":
        return formats.share(value)
    if kind == "price":
        return formats.number(value, 2)
    if kind == "posts":
        return formats.number(value, 1 if value % 1 else 0)
    return formats.money(value, currency) if kind == "money" else formats.compact(value)
