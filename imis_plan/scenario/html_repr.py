"""A plan as a notebook shows it: what it is about, and how well founded its parameters are."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.parameter import About, Option, Parameter

LANGUAGE = "en"
GRADES = ("A", "B", "C", "assumed")


def html(about: About, option: str | None, parameters: Mapping[str, Parameter], options: Mapping[str, Option]) -> str:
    """A small table, every text escaped."""
    grades = Counter(str(parameter.confidence) for parameter in parameters.values())
    first = parameters["time.base_year"].value
    rows = {
        "Country": in_language(about.country, LANGUAGE),
        "Scheme": in_language(about.scheme, LANGUAGE),
        "Years": f"{first} to {first + parameters['time.horizon'].value - 1}, amounts in {about.currency}",
        "Target": in_language(about.target, LANGUAGE),
        "Option": option or "none; there are " + (", ".join(options) or "none"),
        "Parameters": f"{len(parameters)}: " + ", ".join(f"{grades[grade]} {grade}" for grade in GRADES),
    }
    return table(in_language(about.title, LANGUAGE), rows)


def parameter_html(parameter: Parameter) -> str:
    """One parameter, with all that is known about it."""
    spread = (
        f" ({parameter.low:.12g} to {parameter.high:.12g})" if parameter.low is not None and parameter.high is not None else ""
    )
    value = dict(parameter.value) if isinstance(parameter.value, Mapping) else parameter.value
    rows = {
        "Value": f"{value} {parameter.unit}{spread}",
        "Meaning": parameter.description,
        "Price year": parameter.price_year,
        "Change per year": parameter.growth,
        "Source": parameter.source,
        "Grade": parameter.confidence,
        "Note": parameter.note,
        "Said in": f"{parameter.file}:{parameter.line}" if parameter.line else parameter.file,
    }
    return table(parameter.path, {name: str(text) for name, text in rows.items() if text not in (None, "")})


def table(caption: str, rows: Mapping[str, str]) -> str:
    """A table of two columns."""
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in rows.items())
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"
