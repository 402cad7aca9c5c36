"""A plan as a notebook shows it: what it is about, and how well founded its parameters are."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from imis_plan.scenario.leaf import About, Leaf, Option, in_language

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
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in rows.items())
    return f"<table><caption>{escape(in_language(about.title, LANGUAGE))}</caption>{body}</table>"
