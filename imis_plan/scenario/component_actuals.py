"""Actuals by component: a row, its checks, and what would count twice."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import Field

from imis_plan.scenario.corrections import is_spent
from imis_plan.scenario.fields import OptionalPlainText, OptionalTranslatableText, PlainText, field, number, year
from imis_plan.scenario.item_names import NO_NAMES, ItemNames, named_suggestion
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import StrictModel
from imis_plan.sentence import sentence

Year = Annotated[int, *field(year)]
Amount = Annotated[float, *field(number)]


class Actual(StrictModel):
    """Money spent on a component, or on one line of it, in a year."""

    component: PlainText = Field(description="give a component, such as staff")
    line: OptionalPlainText = Field(None, description="One line of the component; without it, the whole component.")
    year: Year = Field(description="give the year in which it was spent")
    amount: Amount = Field(description="give the amount that was spent, or a correction of it with a minus")
    currency: OptionalPlainText = Field(None, description="ISO 4217 code; local currency if not given.")
    note: OptionalTranslatableText = None


def check_item(
    component: Any, line: Any, location: Location, lines: Mapping[str, Collection[str]], names: ItemNames = NO_NAMES
) -> None:
    """Report a component that the plan does not have, or a line that the component does not have."""
    if component == "contingency":
        location.below("component").report("contingency is not spent as such", "book it under what it was spent on", component)
    elif isinstance(component, str) and component not in lines:
        right = named_suggestion(component, lines, names.components, names.shown_components)
        location.below("component").report("no such component", right, component)
    elif isinstance(component, str) and isinstance(line, str) and line not in lines[component]:
        right = named_suggestion(line, lines[component], names.lines.get(component, {}), names.shown_lines.get(component, {}))
        location.below("line").report(sentence("no such line in {component}", component=component), right, line)


def clashes(built: list[tuple[Actual, Location]]) -> None:
    """Report what would count twice: a row given again, and a line beside its whole component. Corrections are added to a row."""
    spent = Counter((row.component, row.line, row.year) for row, _ in built if is_spent(row))
    whole = {(row.component, row.year) for row, _ in built if not row.line}
    for row, location in built:
        if is_spent(row) and spent[row.component, row.line, row.year] > 1:
            location.report(
                sentence("{component} of {year} is given more than once", component=row.component, year=row.year),
                "give one row with the sum",
            )
        elif row.line and (row.component, row.year) in whole:
            location.report(
                sentence("{component} of {year} is given as a whole and by line", component=row.component, year=row.year),
                "keep one of the two",
            )
