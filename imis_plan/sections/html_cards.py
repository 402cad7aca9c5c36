"""Figures in large type as HTML, each with what explains it and a link to its table."""

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

# In large type an amount may break after its word of scale: 10,6 milliards / de FCFA.
AFTER_SCALE = re.compile(r"(?<=[^\W\d_]{3})\N{NO-BREAK SPACE}(?=[^\W\d_])")


class Card(NamedTuple):
    """One figure: what it is, the figure, what explains it, and the table that links lead to."""

    label: str
    value: str
    note: str
    target: str


def render(cards: Sequence[Card]) -> str:
    """HTML of the cards, as a list of terms; nothing in them is markup."""
    parts = "".join(
        f'<div class="card"><dt>{escape(card.label)}</dt>'
        f'<dd class="figure"><a href="#{escape(card.target)}">{escape(AFTER_SCALE.sub(" ", card.value))}</a></dd>'
        f"<dd>{escape(card.note)}</dd></div>"
        for card in cards
    )
    return f'<dl class="cards">{parts}</dl>'
