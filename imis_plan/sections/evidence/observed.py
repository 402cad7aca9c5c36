"""The prices that rest on observations: each with its observations as published and as converted, and a figure of all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from imis_plan.facts.carry import Carried
from imis_plan.facts.resolve import Resolved
from imis_plan.facts.tables import countries
from imis_plan.facts.terms import ALL, OBSERVED, RANGE
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _, localize_digits, plural, translate_unit
from imis_plan.model.budget_line import N_
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.sections import anchors
from imis_plan.sections.citations import short_citation
from imis_plan.sections.figure_style import (
    BLUE,
    GREY,
    ORANGE,
    CaptionedFigure,
    alternative_text,
    canvas,
    row_height,
    styled,
    wrapped,
)
from imis_plan.sections.naming import grade_mark, parameter_name
from imis_plan.sections.public_names import only

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["figure", "has_observations", "observation_texts", "table"]
__dir__ = only(__all__)

THOUSAND = 1000
# Dots of the figure nearer than this share of its width have one label, with so many codes of countries.
LABEL_WIDTH, LABEL_CODES = 0.18, 2
LABEL_DISTANCE = 5  # from a dot. [point]
LABEL_MARGIN = 0.1  # beside the first and the last dot, as a share of the width: half of the longest label
LABEL_CHARACTERS, AXIS_CHARACTERS = 46, 66  # of a line of text beside and below the figure
KIND_NAMES = {
    "observed": N_("observed"),
    "range": N_("range"),
    "ceiling": N_("ceiling"),
    "floor": N_("floor"),
    "modelled": N_("modelled"),
}


def resolved_parameters(plan: Plan) -> list[tuple[Parameter, Resolved]]:
    """The parameters that rest on observed prices, with what they rest on."""
    return [(parameter, parameter.resolved) for parameter in plan.parameters.values() if parameter.resolved]


def has_observations(plan: Plan) -> bool:
    """Whether any parameter of a plan rests on observed prices."""
    return bool(resolved_parameters(plan))


def table(plan: Plan) -> dict[str, Any]:
    """Each price that rests on observations, with its observations; the price itself stands in the first row."""
    found = resolved_parameters(plan)
    lines = [(parameter, i, carried) for parameter, answer in found for i, carried in enumerate(answer.observations or (None,))]
    frame = pd.DataFrame(
        {
            _("Parameter"): [plain_name(plan, parameter) if i == 0 else "" for parameter, i, _row in lines],
            _("Value and range"): [value_and_range(parameter) if i == 0 else "" for parameter, i, _row in lines],
            _("Grade"): [grade_mark(parameter.confidence or "") if i == 0 else "" for parameter, i, _row in lines],
            _("Country"): [country(row) if row else _("predicted") for _parameter, _i, row in lines],
            _("Year"): [str(row.observation.price_year) if row else "" for _parameter, _i, row in lines],
            _("As published"): [published(row) if row else "" for _parameter, _i, row in lines],
            _("Converted"): [number(row.value) if row else "" for _parameter, _i, row in lines],
            _("Kind"): [_(KIND_NAMES[row.observation.kind]) if row else "" for _parameter, _i, row in lines],
            _("Source"): [short_citation(plan, row.observation.source) if row else "" for _parameter, _i, row in lines],
        }
    )
    return {
        "frame": frame, "caption": _("Prices that rest on observations"), "fold": True, "key": "observed",
        "links": {
            _("Parameter"): [anchors.parameter(plan, parameter.path) if i == 0 else "" for parameter, i, _row in lines],
            _("Source"): [anchors.source(plan, row.observation.source) if row else "" for _parameter, _i, row in lines],
        },
        "notes": _("Converted: in the currency and price year of the parameter. Value: the median; ceilings, floors and modelled values only widen the range."),
    }  # fmt: skip


def observation_texts(plan: Plan, parameter: Parameter) -> list[str]:
    """The observations behind a price, one sentence each: country, year, price as published and as converted, source."""
    text = _("{country}, {year}: {published}, converted {converted} {unit} ({source})")
    return [
        text.format(
            country=country(row),
            year=row.observation.price_year,
            published=published(row),
            converted=number(row.value),
            unit=translate_unit(parameter.unit),
            source=short_citation(plan, row.observation.source),
        )
        for row in (parameter.resolved.observations if parameter.resolved else ())
    ]


def value_and_range(parameter: Parameter) -> str:
    """Value, range, unit and price year."""
    text = _("{value} ({low} – {high}) {unit}, {year}")
    ends = {"value": number(parameter.value), "low": number(parameter.low or 0), "high": number(parameter.high or 0)}
    return text.format(**ends, unit=translate_unit(parameter.unit), year=parameter.price_year or "")


def published(row: Carried) -> str:
    """What a source says, with its currency; names of tiers are only in English, and left to `imis-plan prices`."""
    money = f" {row.observation.currency}" if row.observation.currency else ""
    return f"{number(row.observation.value)}{money}"


def number(value: float) -> str:
    """A number with four digits, a large one in full."""
    return localize_digits(f"{value:,.0f}" if abs(value) >= THOUSAND else f"{value:.4g}")


def country(row: Carried) -> str:
    """The country of an observation in the language of the report."""
    iso3 = row.observation.country
    return _("all countries") if iso3 == ALL else countries()[iso3].name(translate.current_language())


@styled
def figure(plan: Plan) -> CaptionedFigure:
    """Observations over the price taken: one row for each price, one dot for each observation, and the range."""
    found = [(parameter, answer) for parameter, answer in resolved_parameters(plan) if answer.observations]
    labels = [wrapped(plain_name(plan, parameter), LABEL_CHARACTERS) for parameter, _answer in found]
    fig, axes = canvas(row_height(labels) * len(found) + 0.8)
    ax = axes[0, 0]
    near = log_span([*range_ends(found), *(row.value / answer.value for _p, answer in found for row in answer.observations)])
    near *= LABEL_WIDTH
    ranges = [[(parameter.low or 0) / parameter.value, (parameter.high or 0) / parameter.value, np.nan] for parameter, _ in found]
    lines = np.repeat(range(len(found)), 3)  # from end to end, and nothing between
    ax.plot(np.ravel(ranges), lines, color="#cfe3f1", linewidth=7, solid_capstyle="butt", zorder=1)
    for counts, colour in ((True, BLUE), (False, GREY)):
        points = [
            (row.value / answer.value, i)
            for i, (_parameter, answer) in enumerate(found)
            for row in answer.observations
            if (row.observation.kind in (OBSERVED, RANGE)) is counts
        ]
        ax.scatter(*np.array(points).reshape(-1, 2).T, color=colour, s=22, zorder=3, alpha=0.85)
    ax.scatter(np.ones(len(found)), range(len(found)), marker="|", color=ORANGE, s=170, linewidths=2.5, zorder=2)
    label_countries(fig, found, near)
    names = [plain_name(plan, parameter) for parameter, _answer in found]
    ax.set_yticks(range(len(found)), labels)
    ax.invert_yaxis()
    ax.set_xscale("log")
    ax.margins(x=LABEL_MARGIN)
    ax.xaxis.set_major_formatter(lambda x, _position: localize_digits(f"{x:g}"))
    how = _("Dot: observation with the code of its country, grey where it only bounds the range; bar: range; mark: price taken")
    ax.set_xlabel(_("times the price taken (logarithmic scale)") + "\n" + wrapped(how, AXIS_CHARACTERS))
    count = sum(len(answer.observations) for _parameter, answer in found)
    text = plural(
        "{count} price rests on {observations} observations", "{count} prices rest on {observations} observations", len(found)
    )
    caption = text.format(count=len(found), observations=count)
    values_of = {name: value_and_range(parameter) for name, (parameter, _answer) in zip(names, found, strict=True)}
    return CaptionedFigure(fig, caption, alternative_text(caption, values_of), dots(plan, found), "observed-prices")


def label_countries(fig: "Figure", found: list[tuple[Parameter, Resolved]], near: float) -> None:
    """Write the codes of their countries above and below the dots of each row."""
    from matplotlib.transforms import offset_copy

    (ax,) = fig.axes
    sides: dict[bool, dict[str, Any]] = {
        above: {"transform": offset_copy(ax.transData, fig, y=points, units="points"), "va": align}
        for above, points, align in ((True, LABEL_DISTANCE, "bottom"), (False, -LABEL_DISTANCE, "top"))
    }
    for i, (_parameter, answer) in enumerate(found):
        codes = country_labels([(row.value / answer.value, row.observation.country) for row in answer.observations], near)
        for (x, text), above in zip(codes, alternating([x for x, _text in codes], near), strict=True):
            ax.text(x, i, text, ha="center", fontsize=6.5, color="#444444", **sides[above])


def dots(plan: Plan, found: list[tuple[Parameter, Resolved]]) -> pd.DataFrame:
    """What the figure shows: a row for each observation, converted to the currency and year of the price."""
    rows = [
        (
            plain_name(plan, parameter), translate_unit(parameter.unit), parameter.value, parameter.low, parameter.high,
            country(row), row.observation.price_year, row.value, _(KIND_NAMES[row.observation.kind]),
        )
        for parameter, answer in found
        for row in answer.observations
    ]  # fmt: skip
    heads = [
        _("Parameter"), _("Unit"), _("Value"), _("Low"), _("High"), _("Country"), _("Year"), _("Converted"), _("Kind")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def plain_name(plan: Plan, parameter: Parameter) -> str:
    """What a price is, with its role, as plain text."""
    return parameter_name(plan, parameter.path).replace("\\", "")


def log_span(values: list[float]) -> float:
    """How many powers of ten lie between the smallest and the largest of some positive values."""
    return float(np.log10(max(values) / min(values))) if values else 0.0


def range_ends(found: list[tuple[Parameter, Resolved]]) -> list[float]:
    """The ends of the range of each price, as multiples of the price; an end of zero has no place on a logarithmic scale."""
    ends = (end / parameter.value for parameter, _answer in found for end in (parameter.low or 0, parameter.high or 0))
    return [float(end) for end in ends if end > 0]


def country_labels(dots: list[tuple[float, str]], near: float) -> list[tuple[float, str]]:
    """Codes of countries with their places; dots nearer than `near` powers of ten share a label. A price for all has none.

    dots : place of each dot and code of its country
    """
    groups: list[tuple[list[float], dict[str, None]]] = []
    for x, code in sorted(dot for dot in dots if dot[1] != ALL):
        if not groups or np.log10(x / groups[-1][0][0]) > near:
            groups.append(([], {}))
        groups[-1][0].append(x)
        groups[-1][1][code] = None
    return [(float(np.exp(np.mean(np.log(places)))), codes_text(list(codes))) for places, codes in groups]


def alternating(places: list[float], near: float) -> list[bool]:
    """Whether each label stands above its dots: one nearer than `near` powers of ten to the one before stands on the other side."""
    above: list[bool] = []
    for i, x in enumerate(places):
        close = i > 0 and np.log10(x / places[i - 1]) < near
        above.append(not (close and above[-1]))
    return above


def codes_text(codes: list[str]) -> str:
    """Some codes, and how many more there are."""
    more = f" +{len(codes) - LABEL_CODES}" if len(codes) > LABEL_CODES else ""
    return " ".join(codes[:LABEL_CODES]) + more


def cited(plan: Plan) -> Iterator[str]:
    """Keys of the sources that the prices rest on, once for each parameter."""
    for _parameter, answer in resolved_parameters(plan):
        yield from dict.fromkeys(row.observation.source for row in answer.observations)
