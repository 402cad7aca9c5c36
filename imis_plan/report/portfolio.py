"""The index of a folder of reports: one page that sets all of them side by side, from their manifests."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from imis_plan.report.offline import faults
from imis_plan.report.staging import write_whole

TEMPLATES = Path(__file__).parent / "templates"
UNITS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
# Key of the headline, words above the column, how to print it.
COLUMNS = (
    ("population", "Population", "count"),
    ("insured", "Insured", "count"),
    ("total", "Total, local currency", "money"),
    ("total_usd", "Total, USD", "dollars"),
    ("per_insured_year_usd", "Per insured and year, USD", "price"),
    ("recurrent_after_usd", "Recurrent per year after roll-out, USD", "dollars"),
    ("posts", "Staff posts", "posts"),
    ("assumed_share", "Share of the total on assumed figures", "share"),
)


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
    page = template.render(rows=[row(entry) for entry in entries], columns=[words for _, words, _ in COLUMNS])
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
        "generated": str(entry.get("generated", ""))[:10],
        "cells": [cell(headline.get(key), kind, facts.get("currency", "")) for key, _, kind in COLUMNS],
    }


def cell(value: Any, kind: str, currency: str) -> dict[str, Any]:
    """A number as text for people, and itself."""
    if value is None:
        return {"text": "–", "value": ""}
    return {"text": number(float(value), kind, currency), "value": value}


def number(value: float, kind: str, currency: str = "") -> str:
    """A number as people read it: `NPR 1.24 billion`, `28.5 million`, `37%`."""
    if kind == "share":
        return f"{value:.0%}"
    if kind == "price":
        return f"{value:,.2f}"
    if kind == "posts":
        return f"{value:,.1f}".removesuffix(".0")
    return f"{currency} {rounded(value)}".strip() if kind == "money" else rounded(value)


def rounded(value: float) -> str:
    """Three digits and a word for large numbers, all digits for small ones."""
    shown = float(f"{value:.3g}")
    for size, word in UNITS:
        if abs(shown) >= size:
            return f"{shown / size:.3g} {word}"
    return f"{value:,.0f}"
