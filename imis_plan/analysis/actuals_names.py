"""The names that reports print for components, lines and years of a plan, in every language, with the keys they stand for."""

from collections.abc import Iterator

import pandas as pd

from imis_plan.facts.fiscal_calendar import two_years
from imis_plan.i18n.translate import _, languages, using_language
from imis_plan.model.components import LABELS
from imis_plan.model.year_labels import full_year_label, year_label
from imis_plan.scenario.item_names import ItemNames, unambiguous
from imis_plan.scenario.plan import Plan

Named = list[tuple[str, str]]
# A year so far outside of the plan is still understood, so that the message is that the plan does not have it.
OUTSIDE = 20


def item_names(plan: Plan, base: pd.DataFrame) -> ItemNames:
    """The names by which a file of actuals may call components, lines and years.

    base : rows of the ledger of which spending can be booked; columns component, line and label.
    """
    rows = base[["component", "line", "label"]].drop_duplicates()
    labels = {component: dict(zip(own["line"], own["label"], strict=True)) for component, own in rows.groupby("component")}
    by_language = list(all_names(plan, rows))
    return ItemNames(
        components=unambiguous(LABELS, [pair for components, _lines, _years in by_language for pair in components]),
        lines={
            component: unambiguous(
                own, [(name, line) for _c, lines, _y in by_language for of, name, line in lines if of == component]
            )
            for component, own in labels.items()
        },
        years=unambiguous((), [pair for _components, _lines, years in by_language for pair in years]),
        shown_components=LABELS,
        shown_lines=labels,
    )


def all_names(plan: Plan, rows: pd.DataFrame) -> Iterator[tuple[Named, list[tuple[str, str, str]], list[tuple[str, int]]]]:
    """Names of components, lines and years with their keys, for each language that has a catalogue."""
    for language in languages():
        with using_language(language):
            yield (
                [(_(label), component) for component, label in LABELS.items()],
                [(row.component, _(row.label), row.line) for row in rows.itertuples()],
                year_names(plan),
            )


def year_names(plan: Plan) -> list[tuple[str, int]]:
    """What the current language calls the years of a plan, and some before and after them."""
    first, years = plan["time.base_year"], plan["time.horizon"]
    return [
        (name, year) for year in range(first - OUTSIDE, first + years + OUTSIDE) for name in names_of_year(plan, year) if name
    ]


def names_of_year(plan: Plan, year: int) -> list[str]:
    """FY 2027/28, with and without FY, with the second year in full, with the country's own calendar, and by that alone."""
    names = [year_label(plan, year), full_year_label(plan, year), plan.fiscal.own_label(year)]
    if plan.fiscal.is_calendar_year:
        return names
    short = two_years(year)
    in_full = f"{year}/{year + 1}"
    return [*names, short, in_full, names[0].replace(short, in_full)]
