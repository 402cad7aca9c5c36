"""The index of a folder of reports: a page that compares them, from their manifests; several pages where there are many."""

import json
from collections.abc import Callable, Collection, Iterator
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from imis_plan.i18n import formats
from imis_plan.i18n.interface import interface_language
from imis_plan.i18n.translate import SOURCE, _, available_language, current_language, using_language
from imis_plan.page.csp import content_security_policy
from imis_plan.page.html_check import require_self_contained
from imis_plan.page.labels import index_labels

TEMPLATES = Path(__file__).parent / "templates"
INDEX_FILE, REPORT_FILE, LEDGER_FILE = "index.html", "report.html", "ledger.csv"
# Reports on one page of the index, about 500 kilobytes, which every browser opens at once.
PAGE_ROWS = 250
# What the index takes from a manifest; the rest would fill the memory where there are thousands.
ENTRY_KEYS = ("folder", "about", "headline", "files", "generated", "language", "yearly_usd")
MILLION = 1e6
# A scheme is small below the first number of insured, large from the second on.
SIZES = (1e6, 5e6)
MISSING = "–"
# Pages of a report beside the report itself -> their kind.
OTHER_PAGES = {"report.pdf": "pdf", "brief.html": "brief", "annex.html": "annex"}
Format = Callable[[float], str]
UNFUNDED = "unfunded_share"


def millions(value: float) -> str:
    """An amount in millions, with as many decimals as a small one needs."""
    return formats.number(value / MILLION, 2)


# Key of the headline, header of the column, how to format it: one unit and as many decimals for all rows, so that they align;
# only a part of a post has a decimal.
COLUMNS: tuple[tuple[str, Callable[[], str], Format], ...] = (
    ("insured", lambda: _("Insured, last year"), formats.number),
    ("total_usd", lambda: _("Total, USD million"), millions),
    ("per_insured_year_usd", lambda: _("Per insured and year, USD"), partial(formats.number, digits=2)),
    ("running_cost_usd", lambda: _("To keep it running, USD million a year"), millions),
    ("posts", lambda: _("Posts, last year"), formats.count),
    (UNFUNDED, lambda: _("Without a funder"), formats.share),
    ("assumed_share", lambda: _("At assumed prices"), formats.share),
)
RANKED = "per_insured_year_usd"


def index_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """File name and text of each page of the index of all complete reports in a folder.

    In the language of the reports if they share one, else in that of the session if a report has it, else in English. Raises
    RenderError when a page would run or load something.
    """
    entries = list(manifests(folder))
    language = shared_language(entries)
    for number in range(1, page_count(entries) + 1):
        with using_language(language):
            text = index_html(entries, number)
        yield page_file(number), text


def page_count(entries: Collection[Any]) -> int:
    """How many pages an index of these reports has."""
    return max(1, ceil(len(entries) / PAGE_ROWS))


def page_file(number: int) -> str:
    """Name of the file of a page; the pages are counted from 1."""
    return INDEX_FILE if number == 1 else f"index-{number}.html"


def shared_language(entries: list[dict[str, Any]]) -> str:
    """The language of all reports; for reports in several, that of the session if it is among them, else English."""
    found = {str(entry.get("language") or SOURCE) for entry in entries}
    if len(found) == 1:
        return available_language(found.pop())
    return interface_language() if interface_language() in found else SOURCE


def manifests(folder: Path) -> Iterator[dict[str, Any]]:
    """Manifests of the complete reports in a folder, by scenario."""
    for path in sorted(folder.glob("*/manifest.json")):
        if path.parent.name.startswith("."):
            continue
        try:
            entry = dict(json.loads(path.read_text(encoding="utf-8")), folder=path.parent.name)
        except (OSError, TypeError, ValueError):
            continue  # not written by imis-plan, whose manifests are complete
        yield {key: entry[key] for key in ENTRY_KEYS if key in entry}


def index_html(entries: list[dict[str, Any]], number: int = 1) -> str:
    """A page of the index of these manifests.

    Raises RenderError when the page would run or load something.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
    shown = entries[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    rows = [row(entry) for entry in shown]
    page = environment.get_template("index.html.j2").render(
        rows=rows,
        columns=[head() for _key, head, _format in COLUMNS],
        ranking=ranking(rows),
        sizes=sizes(rows),
        pages=page_links(entries, number),
        labels=index_labels(len(entries), [entry["folder"] for entry in shown], finding(rows)),
        language=current_language(),
        script=script,
        security_policy=content_security_policy([script]),
    )
    return require_self_contained(page, [script], "index")


def page_links(entries: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The pages of an index of several: the file, the first and the last report on it, and whether it is this one."""
    names = [entry["folder"] for entry in entries]
    parts = [names[start : start + PAGE_ROWS] for start in range(0, len(names), PAGE_ROWS)]
    links = [(page_file(at), f"{part[0]} – {part[-1]}", at == number) for at, part in enumerate(parts, 1)]
    return [{"link": link, "text": text, "current": current} for link, text, current in links] if len(links) > 1 else []


def finding(rows: list[dict[str, Any]]) -> str:
    """What the ranking shows, in a sentence; no range where all cost the same, as one report does."""
    ranked = ranking(rows)
    if not ranked:
        return _("Nobody is insured in any of them.")
    if ranked[0]["text"] == ranked[-1]["text"]:
        return _("USD {cost} for each insured person and year").format(cost=ranked[0]["text"])
    text = _("From USD {low} (“{cheap}”) to USD {high} (“{dear}”) for each insured person and year")
    return text.format(low=ranked[-1]["text"], cheap=ranked[-1]["title"], high=ranked[0]["text"], dear=ranked[0]["title"])


def sizes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The choices of the filter that have a scheme: name and text."""
    small, large = (formats.compact(size) for size in SIZES)
    texts = {
        "small": _("under {count}").format(count=small),
        "middle": _("{low} to {high}").format(low=small, high=large),
        "large": _("over {count}").format(count=large),
    }
    present = {row["size"] for row in rows}
    return [{"name": "all", "text": _("all")}, *({"name": name, "text": text} for name, text in texts.items() if name in present)]


def size(insured: float) -> str:
    """Whether a scheme is small, middle or large."""
    return "small" if insured < SIZES[0] else "middle" if insured < SIZES[1] else "large"


def row(entry: dict[str, Any]) -> dict[str, Any]:
    """A manifest as the row of the table: texts, and the numbers behind them for sorting."""
    facts, headline = entry.get("about", {}), entry.get("headline", {})
    folder = quote(entry["folder"])
    pages = entry.get("files", {})
    return {
        "link": f"{folder}/{REPORT_FILE if REPORT_FILE in pages or not pages else LEDGER_FILE}",
        "more": [(f"{folder}/{name}", kind) for name, kind in OTHER_PAGES.items() if name in pages],
        "name": entry["folder"],
        "language": entry.get("language", ""),
        "title": facts.get("title") or entry["folder"],
        "place": ", ".join(filter(None, [facts.get("country"), facts.get("years")])),
        "variant": ", ".join(filter(None, [facts.get("option"), facts.get("changes")])),
        "generated": formats.long_date(str(entry.get("generated", ""))),
        "size": size(float(headline.get("insured") or 0)),
        "cells": [cell_of(key, headline.get(key), as_text, facts) for key, _head, as_text in COLUMNS],
        "ranked": headline.get(RANKED),
        "chart": chart(entry.get("yearly_usd") or {}),
    }


def cell_of(key: str, value: Any, as_text: Format, facts: dict[str, Any]) -> dict[str, Any]:
    """The cell of a figure. Funding that is only proposed is not decided, as on page one: it has no number, also for sorting."""
    undecided = key == UNFUNDED and not facts.get("funding_decided", True)
    return {"text": _("not decided"), "value": ""} if undecided else cell(value, as_text)


def cell(value: Any, as_text: Format) -> dict[str, Any]:
    """A number as text for people, and itself; a dash where there is none."""
    return {"text": MISSING if value is None else as_text(float(value)), "value": "" if value is None else value}


def ranking(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Scenarios by cost per insured and year, the highest first, each with the width of its bar. [%]"""
    known = sorted((row for row in rows if row["ranked"] is not None), key=lambda row: -row["ranked"])
    top = max((row["ranked"] for row in known), default=0) or 1
    return [row | {"width": round(100 * row["ranked"] / top, 1), "text": formats.number(row["ranked"], 2)} for row in known]


def chart(yearly: dict[str, list[Any]]) -> dict[str, Any]:
    """Columns by year as shares of the largest, and the same as text; nothing for a manifest without years."""
    if not yearly:
        return {}
    sums = [capital + recurrent for capital, recurrent in zip(yearly["capital"], yearly["recurrent"], strict=True)]
    top = max(sums) or 1
    names = [str(name) for name in yearly.get("labels", yearly["years"])]
    columns = [
        {"year": year, "recurrent": round(50 * recurrent / top, 2), "capital": round(50 * capital / top, 2)}
        for year, capital, recurrent in zip(names, yearly["capital"], yearly["recurrent"], strict=True)
    ]
    texts = [formats.label_and_value(name, millions(total)) for name, total in zip(names, sums, strict=True)]
    return {"columns": columns, "most": millions(top), "peak": sums.index(max(sums)), "text": formats.join_with_semicolons(texts)}
