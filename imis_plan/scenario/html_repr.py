"""A plan as a notebook shows it: what it is about, and how well founded its parameters are."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.parameter import About, Leaf, Option

LANGUAGE = "en"
GRADES = ("A", "B", "C", "assumed")


def html(about: About, option: str | None, leaves: Mapping[str, Leaf], options: Mapping[str, Option]) -> str:
    """A small table, every text escaped."""
    grades = Counter(str(leaf.confidence) for leaf in leaves.values())
    first = leaves["time.base_year"].value
    rows = {
        "Country": in_language(about.country, LANGUAGE),
        "Scheme": in_language(about.scheme, LANGUAGE),
        "Years": f"{first} to {first + leaves['time.horizon'].value - 1}, amounts in {about.currency}",
        "Target": in_language(about.target, LANGUAGE),
        "Option": option or "none; there are " + (", ".join(options) or "none"),
        "Parameters": f"{len(leaves)}: " + ", ".join(f"{grades[grade]} {grade}" for grade in GRADES),
    }
    return table(in_language(about.title, LANGUAGE), rows)


def leaf_html(leaf: Leaf) -> str:
    """One parameter, with all that is known about it."""
    spread = f" ({leaf.low:.12g} to {leaf.high:.12g})" if leaf.low is not None and leaf.high is not None else ""
    value = dict(leaf.value) if isinstance(leaf.value, Mapping) else leaf.value
    rows = {
        "Value": f"{value} {leaf.unit}{spread}",
        "Meaning": leaf.description,
        "Price year": leaf.price_year,
        "Change per year": leaf.growth,
        "Source": leaf.source,
        "Grade": leaf.confidence,
        "Note": leaf.note,
        "Said in": f"{leaf.file}:{leaf.line}" if leaf.line else leaf.file,
    }
    return table(leaf.path, {name: str(text) for name, text in rows.items() if text not in (None, "")})


def table(caption: str, rows: Mapping[str, str]) -> str:
    """A table of two columns."""
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in rows.items())
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"
