"""Names of places in a report that links lead to: the same in every language, and from one edition to the next."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from imis_plan.scenario.plan import Plan


def table(key: str) -> str:
    """A table, by what it holds."""
    return _name("t", key)


def figure(key: str) -> str:
    """A figure, by what it shows."""
    return _name("f", key)


def lines(component: str) -> str:
    """The table of a component's lines."""
    return table(f"lines.{component}")


def line(component: str, name: str, level: str) -> str:
    """The working of one budget line."""
    return _name("line", ".".join(filter(None, (component, name, level))))


def role(key: str) -> str:
    """The workload of one role."""
    return _name("role", key)


def parameter(plan: Plan, path: str) -> str:
    """The row of a parameter; nothing for a path that is none."""
    return _name("p", path) if path in plan.parameters else ""


def source(plan: Plan, text: str | None) -> str:
    """The row of the published source that a parameter names; nothing for an assumption or a sentence."""
    key = source_key(text)
    return _name("source", key) if key in plan.sources else ""


def source_key(text: str | None) -> str:
    """The key at the head of a parameter's source: `beemapost2025: April` -> beemapost2025."""
    return (text or "").partition(":")[0]


def _name(kind: str, key: str) -> str:
    return f"{kind}-{quote(key, safe='')}"


def link(words: str, target: str) -> str:
    """Words as a link within the page, in Markdown; they are Markdown already."""
    return f"[{words}](#{target})" if target else words


Links = Mapping[Any, list[str]]
