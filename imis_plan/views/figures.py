"""Figures of the report. Each returns a figure, the caption that states its finding, and the same for readers who cannot see it.

One style for all: colours that the colour-blind tell apart (Okabe and Ito), and hatching or labels, so that black and white serves.
"""

from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from imis_plan.views import formats, summary as views
from imis_plan.model import funding
from imis_plan.model.grades import GRADES
from imis_plan.views.i18n import _, said
from imis_plan.model.line import CAPITAL, RECURRENT
from imis_plan.views.plausibility import plausibility
from imis_plan.views.words import currency, label, named_line

BLUE, ORANGE, GREEN, SKY, RED, PINK, GREY = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7", "#9A9A9A"
SERIES = ((BLUE, ""), (ORANGE, "///"), (GREEN, "..."), (PINK, "xxx"), (SKY, "\\\\\\"), (GREY, "---"), (RED, "+++"))
STYLE = {
    "font.family": "DejaVu Sans", "font.size": 9.5, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#555555",
    "axes.labelcolor": "#333333", "xtick.color": "#333333", "ytick.color": "#333333", "hatch.linewidth": 0.6, "hatch.color": "white",
    "legend.frameon": False, "axes.axisbelow": True, "figure.constrained_layout.use": True,
}  # fmt: skip
WIDE = 7.2


class Shown(NamedTuple):
    """What `show.figure` takes."""

    fig: Figure
    caption: str
    alt: str


styled = mpl.rc_context(STYLE)  # a decorator: the style holds while a figure is drawn, and nowhere else


def canvas(height: float, columns: int = 1):
    """An empty figure of the report's width. Height in inches."""
    return plt.subplots(1, columns, figsize=(WIDE, height), squeeze=False)


def bars(ax, names, values, texts, colour=BLUE) -> None:
    """Horizontal bars, largest on top, each with its value beside it."""
    ax.barh(range(len(names)), values, color=colour, height=0.68)
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlim(0, max(values, default=1) * 1.32 or 1)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    for i, (value, text) in enumerate(zip(values, texts, strict=True)):
        ax.text(value, i, f"  {text}", va="center", ha="left", fontsize=9)


def stack(ax, table: pd.DataFrame, names) -> None:
    """Stacked columns: one per column of the table, parts by row, with a legend above in the order of the stack."""
    bottom = np.zeros(table.shape[1])
    for (colour, hatch), (key, row) in zip(SERIES, table.iterrows(), strict=False):
        ax.bar(
            range(len(row)),
            row,
            bottom=bottom,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.5,
            width=0.66,
            label=names[key],
        )
        bottom = bottom + row.to_numpy(dtype=float)
    ax.set_xticks(range(table.shape[1]), [str(c) for c in table.columns])
    ax.legend(
        loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=min(4, len(table)), handlelength=1.6, handleheight=1.1
    )


def money_axis(ax, plan) -> None:
    """A value axis in the scenario's currency, with quiet grid lines."""
    ax.yaxis.set_major_formatter(lambda x, _position: formats.compact(x) if x else "0")
    ax.set_ylabel(plan.about.currency)
    ax.yaxis.grid(visible=True, color="#dddddd", linewidth=0.7)


def tops(ax, table: pd.DataFrame) -> None:
    """The sum above each column."""
    for i, total in enumerate(table.sum()):
        ax.text(i, total, formats.compact(total), ha="center", va="bottom", fontsize=8.5)


@styled
def components(plan, ledger: pd.DataFrame) -> Shown:
    """Where the money goes: components over all years."""
    sums = ledger.groupby("component")["amount"].sum().sort_values(ascending=False)
    sums, lcu, total = sums[sums > 0], currency(plan), ledger["amount"].sum()
    fig, axes = canvas(0.32 * len(sums) + 0.3)
    bars(
        axes[0, 0], [label(c) for c in sums.index], list(sums), [f"{lcu(x)} ({formats.share(x / total)})" for x in sums]
    )
    caption = _("{first} and {second} take {part} of the money").format(
        first=label(sums.index[0]), second=label(sums.index[1]), part=formats.share(sums.iloc[:2].sum() / total)
    )
    return Shown(fig, caption, described(caption, {label(c): lcu(x) for c, x in sums.items()}))


def described(caption: str, values: dict[str, str]) -> str:
    """Alternative text: the finding, then the values."""
    return caption + ". " + "; ".join(f"{name}: {value}" for name, value in values.items()) + "."


@styled
def years(plan, ledger: pd.DataFrame) -> Shown:
    """When the money is needed: capital, recurrent and contingency by year."""
    base = ledger[ledger["component"] != "contingency"].pivot_table(
        index="kind", columns="year", values="amount", aggfunc="sum"
    )
    reserve = ledger[ledger["component"] == "contingency"].groupby("year")["amount"].sum()
    table = base.reindex([RECURRENT, CAPITAL], fill_value=0.0)
    table.loc["contingency"] = reserve.reindex(table.columns, fill_value=0.0)
    fig, axes = canvas(3.3)
    stack(axes[0, 0], table, {CAPITAL: _("Capital"), RECURRENT: _("Recurrent"), "contingency": label("contingency")})
    money_axis(axes[0, 0], plan)
    tops(axes[0, 0], table)
    sums, lcu = table.sum(), currency(plan)
    caption = _("{peak} is the dearest year; {last} shows what stays").format(
        peak=int(sums.idxmax()), last=int(sums.index[-1])
    )
    return Shown(fig, caption, described(caption, {str(year): lcu(x) for year, x in sums.items()}))


@styled
def top_lines(plan, ledger: pd.DataFrame) -> Shown:
    """The ten lines that cost most."""
    table, lcu = views.largest_lines(ledger), currency(plan)
    table = table[table["amount"] > 0]
    names = [named_line(plan, row).replace("“", "").replace("”", "") for row in table.itertuples()]
    fig, axes = canvas(0.32 * len(table) + 0.3)
    bars(
        axes[0, 0],
        names,
        list(table["amount"]),
        [f"{lcu(x)} ({formats.share(s)})" for x, s in zip(table["amount"], table["share"], strict=True)],
        GREEN,
    )
    caption = _("Ten lines make {part} of the cost").format(part=formats.share(table["share"].sum()))
    return Shown(fig, caption, described(caption, dict(zip(names, map(lcu, table["amount"]), strict=True))))


@styled
def rollout(plan) -> Shown:
    """Whom the money serves: insured, and enrolments of the year."""
    table = views.drivers(plan)
    insured, new = table.loc["insured"].astype(float), table.loc["new_insured"].astype(float)
    fig, axes = canvas(2.9)
    ax = axes[0, 0]
    ax.bar(
        range(len(new)), new, color=SKY, hatch="///", edgecolor="white", width=0.5, label=_("Enrolments of the year")
    )
    ax.plot(
        range(len(insured)), insured, color=BLUE, marker="o", linewidth=2, label=_("Insured at the end of the year")
    )
    ax.set_xticks(range(len(insured)), [str(c) for c in table.columns])
    ax.set_ylim(0, insured.max() * 1.15 or 1)
    ax.yaxis.set_major_formatter(lambda x, _position: formats.compact(x) if x else "0")
    ax.yaxis.grid(visible=True, color="#dddddd", linewidth=0.7)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    first, last = formats.compact(plan["coverage.insured_at_start"]), formats.compact(insured.iloc[-1])
    caption = _("The insured go from {first} to {last} in {year}").format(
        first=first, last=last, year=table.columns[-1]
    )
    return Shown(fig, caption, described(caption, {str(year): formats.compact(x) for year, x in insured.items()}))


@styled
def staff(plan) -> Shown:
    """Posts by role and year."""
    table = views.staffing(plan).pivot_table(index="role", columns="year", values="posts", sort=False)
    table = table[table.sum(axis=1) > 0]
    titles = {role.key: said(role.title) for role in plan.roles}
    fig, axes = canvas(3.0)
    stack(axes[0, 0], table, titles)
    axes[0, 0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, handlelength=1.6)
    axes[0, 0].set_ylabel(_("Posts"))
    tops(axes[0, 0], table)
    sums = table.sum()
    caption = (
        _("The IT team grows from {first} posts in {start} to {last} in {end}")
        if sums.iloc[-1] > sums.iloc[0]
        else _("The IT team has {first} posts in {start} and {last} in {end}")
    )
    caption = caption.format(
        first=formats.number(sums.iloc[0], 1 if sums.iloc[0] % 1 else 0),
        start=sums.index[0],
        last=formats.number(sums.iloc[-1], 1 if sums.iloc[-1] % 1 else 0),
        end=sums.index[-1],
    )
    return Shown(
        fig,
        caption,
        described(caption, {titles[role]: formats.number(row.iloc[-1], 1) for role, row in table.iterrows()}),
    )


@styled
def confidence(plan, ledger: pd.DataFrame) -> Shown:
    """What each component's amount rests on, by the grade of its prices."""
    table = ledger.pivot_table(
        index="confidence", columns="component", values="amount", aggfunc="sum", fill_value=0.0, sort=False
    )
    table = table.reindex(list(GRADES), fill_value=0.0)
    table = table[table.sum().sort_values(ascending=False).index]
    table = table.loc[:, table.sum() > 0]
    fig, axes = canvas(0.34 * table.shape[1] + 0.8)
    ax, left = axes[0, 0], np.zeros(table.shape[1])
    colours = {"A": (BLUE, ""), "B": (SKY, "///"), "C": (ORANGE, "..."), "assumed": ("#c9c9c9", "\\\\\\")}
    for grade, row in (table / table.sum()).iterrows():
        colour, hatch = colours[grade]
        ax.barh(
            range(len(row)),
            row,
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            height=0.66,
            label=f"{grade}: {_(GRADES[grade])}",
        )
        left = left + row.to_numpy(dtype=float)
    ax.set_yticks(range(table.shape[1]), [label(c) for c in table.columns])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda x, _position: formats.share(x))
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=4, handlelength=1.4, columnspacing=1.0)
    shares = views.by_grade(ledger)["price"]
    caption = _("{part} of the cost is reckoned at prices from a source, the rest at assumed ones").format(
        part=formats.share(1 - shares["assumed"])
    )
    return Shown(
        fig, caption, described(caption, {f"{g}, {_(GRADES[g])}": formats.share(x, 1) for g, x in shares.items()})
    )


@styled
def bands(plan, ledger: pd.DataFrame) -> Shown:
    """The budget against published bands, each band drawn to the same width on a logarithmic scale."""
    table = plausibility(plan, ledger)
    table = table[table["verdict"] != ""]
    fig, axes = canvas(0.55 * len(table) + 0.5)
    ax = axes[0, 0]
    place = [position(row.value, row.low, row.high) for row in table.itertuples()]
    ax.barh(range(len(table)), 1, left=0, color="#cfe3f1", height=0.42)
    ax.scatter(
        place,
        range(len(table)),
        color=[BLUE if v == "within" else RED for v in table["verdict"]],
        marker="D",
        s=42,
        zorder=3,
    )
    for i, row in enumerate(table.itertuples()):
        digits = 2 if row.high < 100 else 0
        low, high, value = (formats.number(x, digits) for x in (row.low, row.high, row.value))
        ax.text(0.01, i + 0.37, low, fontsize=8, ha="left", va="center")
        ax.text(0.99, i + 0.37, high, fontsize=8, ha="right", va="center")
        ax.text(place[i], i - 0.36, value, fontsize=8.5, ha="center", va="center", fontweight="bold")
    ax.set_yticks(range(len(table)), [wrapped(f"{_(r.what)} [{r.unit}]") for r in table.itertuples()])
    ax.invert_yaxis()
    ax.set_xlim(-1.3, 2.3)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    count = int((table["verdict"] == "within").sum())
    caption = _(
        "{inside} of {count} published bands hold this budget (bar: band; diamond: this budget, red outside)"
    ).format(inside=count, count=len(table))
    return Shown(
        fig,
        caption,
        described(caption, {_(r.what): f"{r.value:.4g} ({r.low:.4g} – {r.high:.4g})" for r in table.itertuples()}),
    )


def position(value: float, low: float, high: float) -> float:
    """Where a value lies on the logarithm of its band: 0 at the low end, 1 at the high end, held within the drawing. [1]"""
    if value <= 0 or low <= 0:
        return -1.2
    return float(np.clip(np.log(value / low) / np.log(high / low), -1.2, 2.2))


def wrapped(text: str, width: int = 38) -> str:
    """A label on as many lines as it needs."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line.strip())
            line = ""
        line += word + " "
    return "\n".join([*lines, line.strip()])


@styled
def funders(plan, ledger: pd.DataFrame) -> Shown:
    """Who pays in which year, and what nobody pays."""
    table = views.by_funder(plan, ledger).drop(index=views.TOTAL, columns=views.TOTAL)
    names = {key: _("not yet funded") if key == funding.GAP else key for key in table.index}
    fig, axes = canvas(3.2)
    stack(axes[0, 0], table, names)
    money_axis(axes[0, 0], plan)
    gap = table.loc[funding.GAP] if funding.GAP in table.index else table.iloc[0] * 0
    lcu = currency(plan)
    caption = _("{gap} have no funder over the plan; {last} of that in {year}").format(
        gap=lcu(gap.sum()), last=lcu(gap.iloc[-1]), year=table.columns[-1]
    )
    return Shown(fig, caption, described(caption, {str(names[key]): lcu(row.sum()) for key, row in table.iterrows()}))
