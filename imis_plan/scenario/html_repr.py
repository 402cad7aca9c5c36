"""The HTML table in which a notebook shows a plan or a parameter."""

from collections.abc import Mapping
from html import escape


def two_column_table(caption: str, rows: Mapping[str, object]) -> str:
    """A table of names and values, escaped; values that are None or empty are left out."""
    shown = {name: str(value) for name, value in rows.items() if value not in (None, "")}
    body = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in shown.items())
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"
