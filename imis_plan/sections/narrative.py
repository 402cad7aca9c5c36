"""An analyst's own sentences with the figures of a plan: `fill("The total is {total}.", plan, ledger, language="en")`.

The names in braces are a closed list, and nothing in a text is run as code, so that JupyterLab, papermill and a batch of reports
print the same.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.translate import current_language, localized
from imis_plan.model.year_labels import year_label
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.public_names import only
from imis_plan.sentence import sentence

__all__ = ["figures", "fill", "template_of"]
__dir__ = only(__all__)

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
DIGIT = re.compile(r"\d")
LEAST_DIGITS = 3
UNIT = re.compile(r"[^\W\d_]{2}")


class TypedFigure(UserWarning):
    """A figure is typed into a text although it has a name: it would stay as it is when the plan changes."""


class Figure(NamedTuple):
    """What a name in braces stands for.

    meaning : in a few words. text : the printed figure, from the plan and its headline figures.
    """

    meaning: str
    text: Callable[[Plan, Mapping[str, Any]], str]


def money(name: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    """An amount in the scenario's currency."""
    return lambda plan, h: local_money(plan)(h[name])


def dollars(name: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    """An amount in USD."""
    return lambda _plan, h: formats.money(h[name], "USD")


def part(name: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    """A share as a percentage."""
    return lambda _plan, h: formats.share(h[name])


def people(name: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    """A count, shortened where it is large."""
    return lambda _plan, h: formats.compact(h[name])


def whole(name: str) -> Callable[[Plan, Mapping[str, Any]], str]:
    """A count or a year in full."""
    return lambda plan, h: year_label(plan, h[name]) if name.endswith("year") else formats.count(h[name])


# The names that a text may use. An amount comes before the others: where two print the same, a text gets the first.
FIGURES: dict[str, Figure] = {
    "total": Figure("total cost over all years", money("total")),
    "total_usd": Figure("total cost in USD", dollars("total_usd")),
    "per_year": Figure("average cost a year", money("per_year")),
    "base_cost": Figure("total cost without contingency", money("base_cost")),
    "contingency": Figure("contingency over all years", money("contingency")),
    "real_total": Figure("total in prices of the first year", money("real")),
    "present_value": Figure("present value of the total in the first year", money("present_value")),
    "recurrent": Figure("recurrent cost of the last year", money("recurrent_after")),
    "recurrent_usd": Figure("recurrent cost of the last year in USD", dollars("recurrent_after_usd")),
    "unfunded": Figure("cost that no funder covers", money("unfunded")),
    "highest_amount": Figure("cost of the year that costs most", money("highest_amount")),
    "lowest_amount": Figure("cost of the year that costs least", money("lowest_amount")),
    "per_insured": Figure(
        "cost per insured person and year", lambda plan, h: formats.money_with_cents(h["per_insured_year"], plan.about.currency)
    ),
    "per_insured_usd": Figure(
        "cost per insured person and year in USD", lambda _plan, h: formats.money_with_cents(h["per_insured_year_usd"], "USD")
    ),
    "recurrent_share": Figure("recurrent part of the total", part("recurrent_share")),
    "unfunded_share": Figure("part of the total that no funder covers", part("unfunded_share")),
    "assumed_share": Figure("part of the base cost at assumed prices", part("assumed_share")),
    "rollout_share": Figure("part of the target that is reached in the last year", part("rollout")),
    "insured": Figure("insured people in the last year", people("insured")),
    "insured_at_start": Figure("insured people before the first year", people("insured_at_start")),
    "population": Figure("population in the last year", people("population")),
    "facilities": Figure("health facilities in the last year", people("facilities")),
    "agents": Figure("enrolment agents in the last year", people("agents")),
    "users": Figure("users of openIMIS in the last year", people("users")),
    "posts": Figure("Posts in the last year", whole("posts")),
    "first_year": Figure("first year of the plan", whole("first_year")),
    "last_year": Figure("last year of the plan", whole("last_year")),
    "highest_year": Figure("the year that costs most", whole("highest_year")),
    "lowest_year": Figure("the year that costs least", whole("lowest_year")),
    "country": Figure("the country", lambda plan, _h: localized(plan.about.country)),
    "scheme": Figure("the scheme", lambda plan, _h: localized(plan.about.scheme)),
    "currency": Figure("the currency", lambda plan, _h: formats.currency_name(plan.about.currency)),
}
NOT_REPLACED = frozenset({"first_year", "last_year", "highest_year", "lowest_year", "country", "scheme", "currency"})


def figures(plan: Plan, ledger: pd.DataFrame) -> pd.DataFrame:
    """The names that a text may use. Index: name; columns meaning, text (as printed in the current language)."""
    shown = printed(plan, ledger)
    rows = {name: (figure.meaning, shown[name]) for name, figure in FIGURES.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["meaning", "text"]).rename_axis("name")


def printed(plan: Plan, ledger: pd.DataFrame) -> dict[str, str]:
    """Name -> printed figure, in the current language."""
    h = views.headline(plan, ledger)
    years = ledger.groupby("year")["amount"].sum()
    more = {
        "base_cost": h["total"] - h["contingency"],
        "highest_year": int(years.idxmax()),
        "highest_amount": years.max(),
        "lowest_year": int(years.idxmin()),
        "lowest_amount": years.min(),
    }
    return {name: figure.text(plan, {**h, **more}) for name, figure in FIGURES.items()}


def fill(text: str, plan: Plan, ledger: pd.DataFrame, *, language: str, name: str = "text") -> str:
    """A text with the figures of a plan in place of their names, as Markdown.

    text : Markdown with names in braces such as {total}; `{{` and `}}` are braces. `figures(plan, ledger)` lists the names.
    language : the language of the text; a report in another one is refused.
    name : what messages call the text.

    Warns of typed figures that have a name (TypedFigure). Raises BadInput, with all unknown names, or for another language.
    """
    problems = [*language_problems(language, name), *name_problems(text, name)]
    if problems:
        raise BadInput(problems)
    shown = printed(plan, ledger)
    for figure, key in typed_figures(text, shown):
        message = sentence(
            "{name}: {figure} is typed, and would stay when the plan changes; write {{{key}}}", name=name, figure=figure, key=key
        )
        warnings.warn(message, TypedFigure, stacklevel=2)
    escaped = {key: formats.escape_markdown(value) if key in ("country", "scheme") else value for key, value in shown.items()}
    braces = {"{{": "{", "}}": "}"}
    return PLACEHOLDER.sub(lambda found: braces.get(found[0]) or escaped[found[1]], text.strip())


def language_problems(language: str, name: str) -> Iterator[Problem]:
    """A text in another language than the report."""
    if language != current_language():
        right = sentence(
            "set language to {language}, or make a notebook for {own}: imis-plan notebook NAME --language",
            language=language,
            own=current_language(),
        )
        yield Problem(
            name,
            None,
            "language",
            sentence("the text is in {language}, the report in {own}", language=language, own=current_language()),
            right,
        )


def name_problems(text: str, name: str) -> Iterator[Problem]:
    """Names that do not exist, and single braces."""
    for found in PLACEHOLDER.finditer(text):
        if found[0] in ("{", "}"):
            yield Problem(
                name,
                None,
                found[0],
                "a brace without its partner",
                sentence("write {left} or {right} for a brace in the text", left="{{", right="}}"),
            )
        elif found[1] is not None and found[1] not in FIGURES:
            yield Problem(name, None, found[0], "no such figure", suggestion(found[1], FIGURES))


def typed_figures(text: str, shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(figure, name) of each figure of three digits or more that is typed as a name prints it."""
    bare = PLACEHOLDER.sub(" ", plain_spaces(text))
    for key, value in distinct(shown):
        if len(DIGIT.findall(value)) >= LEAST_DIGITS and pattern(value).search(bare):
            yield value, key


def template_of(markdown: str, plan: Plan, ledger: pd.DataFrame) -> str:
    """A text in which figures are replaced by their names, so that `fill` gives it back: the start of an analyst's own text.

    Bare percentages and years stay: they are so short that another figure may print the same.
    """
    template = markdown.replace("{", "{{").replace("}", "}}")
    for key, value in sorted(distinct(printed(plan, ledger)), key=lambda pair: -len(pair[1])):
        template = pattern(value).sub(f"{{{key}}}", template)
    return template


def distinct(shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(name, printed figure) of figures that cannot be mistaken: with three digits or a unit; of equal ones the first."""
    seen: set[str] = set()
    for key, value in shown.items():
        if key not in NOT_REPLACED and value not in seen and (len(DIGIT.findall(value)) >= LEAST_DIGITS or UNIT.search(value)):
            seen.add(value)
            yield key, value


def pattern(value: str) -> re.Pattern[str]:
    """A printed figure, not within a longer number, with any space between its parts."""
    words = r"\s".join(re.escape(word) for word in plain_spaces(value).split(" "))
    return re.compile(rf"(?<![\w.,{{]){words}(?![\w}}]|[.,]\d)")


def plain_spaces(text: str) -> str:
    """A text with ordinary spaces, as somebody types them."""
    return re.sub(r"\s", " ", text)
