"""The parts of the explorer that are read: figures, the sentence that says why, tables. Text in, HTML out, everything escaped."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd

from imis_plan.analysis.options import CENT
from imis_plan.explore.html import note, section, table
from imis_plan.explore.levers import Lever
from imis_plan.explore.results import Outcome, changes
from imis_plan.i18n import formats, translate
from imis_plan.i18n.translate import _
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import WHAT_IF
from imis_plan.sections.amounts import local_money, signed_money, signed_share, unit_cost_digits
from imis_plan.sections.naming import component_name, grade_mark, line_in_sentence, parameter_name
from imis_plan.sections.options.text import cost_difference, coverage_change, main_reasons, posts_change, recurrent_change

LINES = 6
# Less than this of a share, or of a post, is no change that anybody sees.
UNSEEN = 0.0005
# Amounts are rounded to the cent line by line, which sums up to no more than this share.
ROUNDING = 1e-7


def names() -> dict[str, str]:
    """What the figures at the top are called."""
    return {
        "total": _("Total over the plan"),
        "per_insured_year": _("Per insured person and year"),
        "recurrent_share": _("Recurrent share"),
        "posts": _("IT posts in the last year"),
        "unfunded": _("Not yet funded"),
    }


def intro() -> str:
    """What the page is for; hidden where the words of the notebook around it say so."""
    purpose = _(
        "Move what moves the cost most, and see at once what becomes of the budget: the total, the cost of each insured person, "
        "what recurs, posts, and what nobody pays yet."
    )
    levers = _(
        "Point at the name of a lever, or click it, for its source, its grade and its range. A slider stays within the range; "
        "the field beside it takes any value that can be right, and says what is wrong with any other."
    )
    title = _("What if?")
    words = f"<h1>{escape(title)}</h1><p>{escape(purpose)}</p><p>{escape(levers)}</p>"
    return section(f'<div class="imis-x-intro">{words}</div>')


def figure_text(shown: Outcome, name: str) -> str:
    """A figure as it is read."""
    value = shown.figures[name]
    if value != value:  # noqa: PLR0124  # not a number: nobody is insured, nothing is spent
        return "–"
    return in_its_unit(shown, name, value)


def in_its_unit(shown: Outcome, name: str, value: float) -> str:
    """A number in the unit of one of the figures."""
    if name == "recurrent_share":
        return formats.share(value, 1)
    if name == "posts":
        return formats.number(value, 1 if value % 1 else 0)
    if name == "per_insured_year" and unit_cost_digits(value):
        return formats.exact(value, shown.plan.about.currency)
    return local_money(shown.plan)(value)


def narrow(text: str) -> str:
    """An amount that may go on in a second line where there is little room."""
    return text.replace(formats.NO_BREAK, " ")


def change_text(base: Outcome, now: Outcome, name: str) -> str:
    """How a figure differs from the base, or that it does not."""
    change = changes(base, now)[name]
    if name == "recurrent_share":
        if not abs(change) >= UNSEEN:
            return _("as in the base")
        text = _("{number} percentage points more") if change > 0 else _("{number} percentage points less")
        return text.format(number=formats.number(abs(change) * 100, 1))
    if not abs(change) >= (UNSEEN if name == "posts" else CENT + ROUNDING * base.figures[name]):
        return _("as in the base")
    sign = "+" if change > 0 else "−"
    part = f" ({signed_share(change / base.figures[name])})" if base.figures[name] and name != "posts" else ""
    return sign + in_its_unit(now, name, abs(change)) + part


def tiles(base: Outcome, now: Outcome) -> str:
    """The figures at the top, each with its change from the base."""
    cells = [
        f'<div><div>{escape(title)}</div><b data-figure="{name}">{escape(narrow(figure_text(now, name)))}</b>'
        f'<div data-change="{name}">{escape(change_text(base, now, name))}</div></div>'
        for name, title in names().items()
    ]
    return section(f'<div class="imis-x-tiles" role="status">{"".join(cells)}</div>')


def sentence(base: Outcome, now: Outcome, lines: pd.DataFrame) -> str:
    """Why the what-if costs more or less than the base; the same words as in the report's section on options.

    lines : what moved, see `outcome.moved`.
    """
    if lines.empty:
        return _("This is the scenario as its file has it. Move a lever and see what changes.")
    lcu, difference = local_money(now.plan), float(now.figures["total"] - base.figures["total"])
    part = difference / base.figures["total"] if base.figures["total"] else 0.0
    row = {**now.figures, "difference": difference, "difference_share": part}
    said = [
        cost_difference(row, lcu) + main_reasons(now.plan, lines, difference, lcu) + ".",
        posts_change(now.figures["posts"] - base.figures["posts"]),
        recurrent_change(row["recurrent_after"], base.figures["recurrent_after"], lcu),
        coverage_change(row, base.figures, lcu),
    ]
    return " ".join(filter(None, said))


def moved_table(now: Outcome, lines: pd.DataFrame) -> str:
    """The lines that moved most; contingency, which follows the others, is left out."""
    lcu, lines = local_money(now.plan), lines[lines["component"] != "contingency"].head(LINES)
    if lines.empty:
        return note(_("No line differs from the base."))
    head = (_("Line"), _("Component"), _("Base"), _("What if"), _("Difference"))
    rows = [
        (
            line_in_sentence(now.plan, row),
            component_name(row.component),
            lcu(row.base),
            lcu(row.option),
            signed_money(row.difference, lcu),
        )
        for row in lines.itertuples()
    ]
    return table(_("The lines that moved most"), head, rows)


def kept_table(base: Outcome, now: Outcome, kept: Mapping[str, Outcome]) -> str:
    """The base, what is shown, and what was kept, side by side; below, what was moved in each."""
    columns = {_("Base"): base, _("Shown now"): now, **kept}
    rows = [(title, *(figure_text(each, name) for each in columns.values())) for name, title in names().items()]
    rows.append((_("Total, beside the base"), *(change_text(base, each, "total") for each in columns.values())))
    rows.append((_("Option"), *(each.plan.option or "–" for each in columns.values())))
    paths = dict.fromkeys(path for each in columns.values() for path in moved_paths(each))
    rows += [
        (parameter_text(now.plan, path), *(value_text(each.plan.parameters[path]) for each in columns.values())) for path in paths
    ]
    return table(_("Side by side"), ("", *columns), rows)


def moved_paths(shown: Outcome) -> Iterator[str]:
    """Paths of what the user moved."""
    return (path for path, parameter in shown.plan.parameters.items() if parameter.layer == WHAT_IF)


def parameter_text(plan: Any, path: str) -> str:
    """What a parameter is, as plain text; where many have the same description, with the group that it is in."""
    text, groups = parameter_name(plan, path).replace("\\", ""), path.split(".")[1:-1]
    return f"{text} ({groups[-1].replace('_', ' ')})" if groups and not path.startswith("roles.") else text


def value_text(parameter: Parameter) -> str:
    """A value as one types it."""
    value = parameter.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def about(lever: Lever) -> list[str]:
    """What there is to know about a lever: what it is, where its value comes from, its grade and its range."""
    parameter = lever.parameter
    told = [
        f"{parameter.path} [{translate.unit(parameter.unit)}]",
        _("Source: {source}").format(source=translate.source(parameter.source)),
        _("Grade: {grade}").format(grade=grade_mark(parameter.confidence or "")),
    ]
    if parameter.low is not None and parameter.high is not None:
        text = _("What one may choose: {low} to {high}") if parameter.decision else _("Plausible: {low} to {high}")
        told.append(text.format(low=f"{parameter.low:.12g}", high=f"{parameter.high:.12g}"))
    return [*told, parameter.note] if parameter.note else told


def lever_name(plan: Any, lever: Lever) -> str:
    """Name of a lever; what there is to know about it shows when one points at it, and unfolds when one clicks."""
    told = about(lever)
    rest = "".join(f"<p>{escape(text)}</p>" for text in told)
    title = escape("\n".join(told), quote=True)
    return section(f'<details title="{title}"><summary>{escape(parameter_text(plan, lever.path))}</summary>{rest}</details>')
