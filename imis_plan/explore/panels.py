"""Texts of the explorer as HTML: key figures, the sentence that explains the difference, tables. Everything is escaped."""

from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from imis_plan.analysis.options import CENT
from imis_plan.explore.group_names import group_name
from imis_plan.explore.html import note, section, table
from imis_plan.explore.levers import Lever
from imis_plan.explore.results import Outcome, differences
from imis_plan.i18n import formats, translate
from imis_plan.i18n.sources import translate_source
from imis_plan.i18n.translate import _, plural
from imis_plan.model.contingency import keeps_factors
from imis_plan.model.funding import is_proposed
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import WHAT_IF
from imis_plan.sections.amounts import local_money, signed_money, signed_share, unit_cost_digits
from imis_plan.sections.evidence.observed import observation_texts
from imis_plan.sections.naming import component_name, grade_mark, line_in_sentence, parameter_name
from imis_plan.sections.options.text import cost_difference, coverage_change, main_reasons, posts_change, recurrent_change
from imis_plan.sections.parameter_values import value_text as value_for_readers

LINES = 6
UNFUNDED = "unfunded"
# Smaller changes of a share or of posts are not visible.
SMALLEST_CHANGE = 0.0005
# Amounts are rounded to the cent line by line, which adds up to no more than this share.
ROUNDING = 1e-7


def figure_titles() -> dict[str, str]:
    """Key figure -> its title."""
    return {
        "total": _("Total over the plan"),
        "per_insured_year": _("Per insured person and year"),
        "recurrent_share": _("Recurrent share"),
        "posts": _("Posts in the last year"),
        UNFUNDED: _("Funding gap"),
    }


def intro() -> str:
    """Purpose of the page; hidden in the notebook, whose text says the same."""
    purpose = _(
        "Change the parameters with the largest effect on cost and see the result at once: total, cost per insured person, "
        "recurrent share, posts, and the amount not yet funded."
    )
    levers = _(
        "Point at or click the name of a lever to see its source, grade and range. The slider stays within the range; the "
        "field next to it accepts any valid value and says what is wrong with an invalid one."
    )
    title = _("What if?")
    words = f"<h1>{escape(title)}</h1><p>{escape(purpose)}</p><p>{escape(levers)}</p>"
    return section(f'<div class="imis-x-intro">{words}</div>')


def figure_text(shown: Outcome, name: str) -> str:
    """A key figure as shown; what proposed funding would leave open is none, since nobody has agreed to pay."""
    value = shown.figures[name]
    if name == UNFUNDED and is_proposed(shown.plan):
        return _("not decided")
    if value != value:  # noqa: PLR0124  # not a number: nobody is insured, nothing is spent
        return "–"
    return in_its_unit(shown, name, value)


def in_its_unit(shown: Outcome, name: str, value: float) -> str:
    """A number in the unit of a key figure."""
    if name == "recurrent_share":
        return formats.share(value, 1)
    if name == "posts":
        return formats.number(value, 1 if value % 1 else 0)
    if name == "per_insured_year" and unit_cost_digits(value):
        return formats.money_with_cents(value, shown.plan.about.currency)
    return local_money(shown.plan)(value)


def breakable(text: str) -> str:
    """An amount that may be broken into two lines."""
    return text.replace(formats.NO_BREAK, " ")


def change_text(base: Outcome, current: Outcome, name: str) -> str:
    """Difference of a key figure from the base, or that there is none."""
    if name == UNFUNDED and is_proposed(current.plan):
        return _("proposed and not agreed")
    change = differences(base, current)[name]
    if name == "recurrent_share":
        if not abs(change) >= SMALLEST_CHANGE:
            return _("as in the base")
        points = round(abs(change) * 100, 1)
        more = plural("{number} percentage point more", "{number} percentage points more", points)
        less = plural("{number} percentage point less", "{number} percentage points less", points)
        return (more if change > 0 else less).format(number=formats.number(points, 1))
    if not abs(change) >= (SMALLEST_CHANGE if name == "posts" else CENT + ROUNDING * base.figures[name]):
        return _("as in the base")
    sign = "+" if change > 0 else "−"
    part = f" ({signed_share(change / base.figures[name])})" if base.figures[name] and name != "posts" else ""
    return sign + in_its_unit(current, name, abs(change)) + part


def tiles(base: Outcome, current: Outcome, refused: Mapping[str, str] = MappingProxyType({})) -> str:
    """The key figures, each with its difference from the base.

    refused : path -> an entry that is not valid, which the figures do not include.
    """
    cells = [
        f'<div><div>{escape(title)}</div><b data-figure="{name}">{escape(breakable(figure_text(current, name)))}</b>'
        f'<div data-change="{name}">{escape(change_text(base, current, name))}</div></div>'
        for name, title in figure_titles().items()
    ]
    kind = "imis-x-tiles imis-x-stale" if refused else "imis-x-tiles"
    return section(f'<div role="status"><div class="{kind}">{"".join(cells)}</div>{refused_entries(current, refused)}</div>')


def refused_entries(current: Outcome, refused: Mapping[str, str]) -> str:
    """That the figures do not include entries which are not valid, and which values they are for."""
    text = _("Not included, because the entry is not valid: {name}. These figures are for {value}.")
    parameters = current.plan.parameters
    sentences = (
        text.format(name=parameter_text(current.plan, path), value=value_for_readers(parameters[path])) for path in refused
    )
    return "".join(f'<p class="imis-x-error">{escape(sentence)}</p>' for sentence in sentences)


def sentence(base: Outcome, current: Outcome, lines: pd.DataFrame) -> str:
    """Why the what-if costs more or less than the base, in the words of the report's section on options.

    lines : lines that differ, see `results.changed_lines`.
    """
    if lines.empty:
        return _("This is the scenario as in its file. Move a lever to see what changes.")
    lcu, difference = local_money(current.plan), float(current.figures["total"] - base.figures["total"])
    part = difference / base.figures["total"] if base.figures["total"] else 0.0
    row = {**current.figures, "difference": difference, "difference_share": part}
    sentences = [
        cost_difference(row, lcu) + main_reasons(current.plan, lines, difference, lcu) + ".",
        posts_change(current.figures["posts"] - base.figures["posts"]),
        recurrent_change(row["recurrent_after"], base.figures["recurrent_after"], lcu),
        coverage_change(row, base.figures, lcu),
        _("Contingency keeps its simulated shares of the base cost.") if keeps_factors(current.plan) else "",
    ]
    return " ".join(filter(None, sentences))


def changed_lines_table(current: Outcome, lines: pd.DataFrame) -> str:
    """The lines that changed most, without contingency, which follows from the others."""
    lcu, lines = local_money(current.plan), lines[lines["component"] != "contingency"].head(LINES)
    if lines.empty:
        return note(_("No line differs from the base."))
    head = (_("Line"), _("Component"), _("Base"), _("What if"), _("Difference"))
    rows = [
        (
            line_in_sentence(current.plan, row),
            component_name(row.component),
            lcu(row.base),
            lcu(row.option),
            signed_money(row.difference, lcu),
        )
        for row in lines.itertuples()
    ]
    return table(_("Lines that changed most"), head, rows)


def snapshot_table(base: Outcome, current: Outcome, snapshots: Mapping[str, Outcome]) -> str:
    """Base, current what-if and snapshots side by side, with the parameters changed in each."""
    columns = {_("Base"): base, _("Current"): current, **snapshots}
    rows = [(title, *(figure_text(each, name) for each in columns.values())) for name, title in figure_titles().items()]
    rows.append((_("Total, difference from the base"), *(change_text(base, each, "total") for each in columns.values())))
    rows.append((_("Option"), *(each.plan.option or "–" for each in columns.values())))
    paths = dict.fromkeys(path for each in columns.values() for path in changed_paths(each))
    rows += [
        (parameter_text(current.plan, path), *(value_text(each.plan.parameters[path]) for each in columns.values()))
        for path in paths
    ]
    return table(_("Side by side"), ("", *columns), rows)


def changed_paths(shown: Outcome) -> Iterator[str]:
    """Paths of the parameters that the user changed."""
    return (path for path, parameter in shown.plan.parameters.items() if parameter.layer == WHAT_IF)


def parameter_text(plan: Any, path: str) -> str:
    """Name of a parameter as plain text, with its group where several parameters have the same description."""
    text, groups = parameter_name(plan, path).replace("\\", ""), path.split(".")[1:-1]
    return f"{text} ({group_name(groups[-1])})" if groups and not path.startswith("roles.") else text


def value_text(parameter: Parameter) -> str:
    """A value as a user types it."""
    value = parameter.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return translate.localize_digits(f"{value:.12g}") if isinstance(value, int | float) else str(value)


def lever_details(plan: Any, lever: Lever) -> list[str]:
    """Path, unit, source, grade, observations and range of a lever."""
    parameter = lever.parameter
    details = [
        f"{parameter.path} [{translate.translate_unit(parameter.unit)}]",
        _("Source: {source}").format(source=translate_source(parameter.source)),
        _("Grade: {grade}").format(grade=grade_mark(parameter.confidence or "")),
        *observation_texts(plan, parameter),
    ]
    if parameter.low is not None and parameter.high is not None:
        texts = {
            "open question": _("In comparable scenarios: {low} to {high}"),
            "policy choice": _("Policy choice: {low} to {high}"),
            "uncertain": _("Plausible: {low} to {high}"),
        }
        low, high = (translate.localize_digits(f"{end:.12g}") for end in (parameter.low, parameter.high))
        details.append(texts[parameter.range_kind].format(low=low, high=high))
    return [*details, parameter.note] if parameter.note else details


def lever_name(plan: Any, lever: Lever) -> str:
    """Name of a lever, with its details in a tooltip and in a section that a click opens."""
    details = lever_details(plan, lever)
    rest = "".join(f"<p>{escape(text)}</p>" for text in details)
    title = escape("\n".join(details), quote=True)
    return section(f'<details title="{title}"><summary>{escape(parameter_text(plan, lever.path))}</summary>{rest}</details>')
