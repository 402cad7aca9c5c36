"""The figure of the explorer: cost by year and component, base and what-if side by side, always of the same size.

While levers move it is written as SVG, which takes a fortieth of the time of matplotlib; the browser draws it.
"""

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd

from imis_plan.explore.levers import round_step
from imis_plan.explore.results import Outcome, outcome
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _
from imis_plan.model.year_labels import with_year_labels, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.figure_data import series_table
from imis_plan.sections.figure_style import (
    SERIES,
    CaptionedFigure,
    alternative_text,
    canvas,
    column_totals,
    money_axis,
    stacked_columns,
    styled,
    wrapped,
)
from imis_plan.sections.naming import component_name

# Components with a colour of their own; the smaller ones share the last colour.
COLOURED = len(SERIES) - 1
REST = "rest"
# Inches, of the matplotlib figure.
HEIGHT = 3.6
# Pixels: the drawing, and within it the edges of the plot area.
WIDTH, HEIGHT_PIXELS = 560, 340
LEFT, RIGHT, TOP, BOTTOM = 104, 556, 18, 314
# Shares of the width of a year: a single column, one of two, and their distance from the middle of the year.
SINGLE_WIDTH, PAIRED_WIDTH, OFFSET = 0.72, 0.36, 0.2
FADED = 0.45
# Height of the plot area over the highest column, and the largest number of grid lines.
ROOM, LINES = 1.08, 5
LETTER, SMALL_LETTER = 12, 11
# Approximate width of a letter, as a share of its size.
LETTER_WIDTH = 0.56
# Letters of a name on one line of the key; pixels of the key, of its lines and its samples.
LETTERS = 26
LETTER_WIDTH = 7
KEY_WIDTH, LINE, SAMPLE, GAP = 210, 14, 18, 6
# White patterns for the hatches of `SERIES`, on tiles of eight by eight pixels.
HATCHES = {
    "///": "M-2,2l4,-4M0,8l8,-8M6,10l4,-4",
    "\\\\\\": "M-2,6l4,4M0,0l8,8M6,-2l4,4",
    "xxx": "M0,8l8,-8M0,0l8,8",
    "---": "M0,4h8",
    "+++": "M0,4h8M4,0v8",
    "...": "M3,4a1,1 0 1 0 2,0a1,1 0 1 0 -2,0",
}


def figure(base: Outcome, current: Outcome) -> str:
    """Both budgets as SVG: the base in paler columns on the left of each year; a single column if nothing was changed."""
    tables = cost_tables(base, current)
    years = sorted({year for table in tables for year in table.columns})
    most = ROOM * max(float(table.sum().max()) for table in tables) or 1.0
    slot, scale = (RIGHT - LEFT) / len(years), (BOTTOM - TOP) / most
    parts = [*grid(most, scale, formats.currency_name(current.plan.about.currency))]
    names = [year_label(current.plan, year) for year in years]
    every = math.ceil(max(map(len, names)) * LETTER_WIDTH / slot)  # of many fiscal years, some are named
    parts += [text(LEFT + (i + 0.5) * slot, HEIGHT_PIXELS - 8, name, "middle") for i, name in enumerate(names) if i % every == 0]
    for table, offset, width, opacity in zip(tables, *column_layout(len(tables)), strict=True):
        for year in table.columns:
            middle = LEFT + (years.index(year) + 0.5 + offset) * slot
            parts += column(table[year], middle, width * slot, scale, opacity)
            if table is tables[-1]:
                parts += column_total(middle, float(table[year].sum()), scale, slot)
    return svg(WIDTH, HEIGHT_PIXELS, parts)


def key(base: Outcome, current: Outcome) -> str:
    """The key as SVG: names of the parts in the order of the stack, and which column is which."""
    names = part_names(main_components(base))
    parts, down = [], LINE
    if current is not base:
        parts.append(text(0, down, _("left: base, right: what if"), "start"))
        down += LINE + GAP
    for number, name in reversed([*enumerate(names.values())]):
        lines = wrapped(name, LETTERS).split("\n")
        parts += rectangle(0, down - LINE + 4, SAMPLE, LINE - 2, number, 1.0)
        parts += [text(SAMPLE + 8, down + i * LINE, line, "start") for i, line in enumerate(lines)]
        down += LINE * len(lines) + GAP
    return svg(KEY_WIDTH, down, parts)


@styled
def still(plan: Plan) -> CaptionedFigure:
    """The figure of a plan without changes, drawn by matplotlib."""
    current = outcome(plan)
    (table,) = cost_tables(current, current)
    drawn, axes = canvas(HEIGHT)
    names = part_names(main_components(current))
    stacked_columns(axes[0, 0], with_year_labels(plan, table), names)
    money_axis(axes[0, 0], plan)
    column_totals(axes[0, 0], table)
    caption, lcu = finding(current, current), local_money(plan)
    sums = current.ledger.groupby("component")["amount"].sum()
    alt = alternative_text(caption, {component_name(name): lcu(sums[name]) for name in sums.index if sums[name]})
    data = series_table(with_year_labels(plan, table), names, _("Component"), plan.about.currency)
    return CaptionedFigure(drawn, caption, alt, data, "cost-by-component-and-year")


def finding(base: Outcome, current: Outcome) -> str:
    """The finding of the figure in a sentence, without full stop."""
    lcu, sums = local_money(current.plan), current.ledger.groupby("year")["amount"].sum()
    if current is base:
        words = _("{total} in {years} years; {peak} is the highest-cost year with {most}")
    else:
        words = _("{total} in {years} years instead of {was}; {peak} is the highest-cost year with {most}")
    return words.format(
        total=lcu(sums.sum()),
        years=len(sums),
        was=lcu(base.figures["total"]),
        peak=year_label(current.plan, sums.idxmax()),
        most=lcu(sums.max()),
    )


def main_components(base: Outcome) -> list[str]:
    """The components with a colour of their own: those that cost most in the base, so that colours never change."""
    sums = base.ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    return list(sums.index[:COLOURED])


def part_names(named: list[str]) -> dict[str, str]:
    """Part of the stack -> its name, from the bottom."""
    return {name: component_name(name) for name in named} | {REST: _("all others")}


def cost_tables(base: Outcome, current: Outcome) -> list[pd.DataFrame]:
    """The budgets that the figure shows, each by component and year."""
    named = main_components(base)
    return [by_year(each, named) for each in ([current] if current is base else [base, current])]


def by_year(shown: Outcome, named: list[str]) -> pd.DataFrame:
    """Cost by component and year, the components without a colour of their own as one."""
    part_of = shown.ledger["component"].where(shown.ledger["component"].isin(named), REST)
    table = shown.ledger.groupby([part_of, "year"])["amount"].sum().unstack(fill_value=0.0)  # noqa: PD010  # pivot is slower
    return table.reindex([*named, REST], fill_value=0.0)


def column_layout(count: int) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Offsets, widths and opacities of the columns of one budget, or of two."""
    return ((0.0,), (SINGLE_WIDTH,), (1.0,)) if count == 1 else ((-OFFSET, OFFSET), (PAIRED_WIDTH, PAIRED_WIDTH), (FADED, 1.0))


def grid(most: float, scale: float, money: str) -> Iterator[str]:
    """Grid lines at round amounts, with labels and the currency."""
    step = round_step(most / LINES)
    for number in range(int(most / step) + 1):
        height = BOTTOM - number * step * scale
        yield f'<path d="M{LEFT},{height:.1f}H{RIGHT}" stroke="{"#ddd" if number else "#555"}"/>'
        yield text(LEFT - 6, height + 4, formats.compact(number * step) if number else "0", "end")
    yield f'<g transform="translate(12,{(TOP + BOTTOM) / 2:.0f})rotate(-90)">{text(0, 0, money, "middle")}</g>'


def column(amounts: pd.Series, middle: float, width: float, scale: float, opacity: float) -> Iterator[str]:
    """The stacked column of one year of a budget."""
    bottom = float(BOTTOM)
    for number, amount in enumerate(amounts.to_list()):
        bottom -= amount * scale
        if amount:
            yield from rectangle(middle - width / 2, bottom, width, amount * scale, number, opacity)


def rectangle(left: float, above: float, width: float, height: float, number: int, opacity: float) -> Iterator[str]:
    """A part of a column: its colour, then its hatch."""
    place = f'x="{left:.1f}" y="{above:.1f}" width="{width:.1f}" height="{height:.1f}"'
    colour, hatch = SERIES[number]
    yield f'<rect {place} fill="{colour}" opacity="{opacity}" stroke="#fff" stroke-width=".5"/>'
    if hatch:
        yield f'<rect {place} fill="url(#h{number})"/>'


def column_total(middle: float, amount: float, scale: float, slot: float) -> list[str]:
    """The sum above a column, if there is room for it."""
    words = formats.compact(amount)
    fits = len(words) * SMALL_LETTER * LETTER_WIDTH <= slot
    return [text(middle, BOTTOM - amount * scale - 4, words, "middle", SMALL_LETTER)] if fits else []


def text(x: float, y: float, words: str, anchor: str, size: int = LETTER) -> str:
    """A text at a position."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'


def svg(width: int, height: int, parts: Any) -> str:
    """A drawing of this size in pixels."""
    hatches = "".join(
        f'<pattern id="h{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="{HATCHES[hatch]}" stroke="#fff" stroke-width=".9" fill="none"/></pattern>'
        for number, (_colour, hatch) in enumerate(SERIES)
        if hatch
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="system-ui,DejaVu Sans,sans-serif" fill="#333"><defs>{hatches}</defs>{"".join(parts)}</svg>'
    )
