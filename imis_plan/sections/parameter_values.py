"""Values and ranges of parameters as tables print them."""

from typing import Any

from imis_plan.facts.fiscal_calendar import parse_start
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localize_digits
from imis_plan.scenario.value_checks import MONTH_DAY

# From here on a number is printed with all its digits.
LARGE = 1e5
YEAR = "calendar year"
# A day of every year is shown without its year.
ANY_YEAR = 2000


def value_text(parameter: Any) -> str:
    """A parameter's value for readers."""
    if parameter.kind == "history" and not parameter.value:
        return _("none")
    if parameter.kind == "history":
        return formats.join_with_semicolons(
            formats.label_and_value(str(year), localize_digits(f"{value:g}")) for year, value in parameter.value.items()
        )
    if isinstance(parameter.value, (tuple, list)):
        return formats.join_with_semicolons(localize_digits(f"{value:g}") for value in parameter.value)
    if isinstance(parameter.value, bool):
        return _("yes") if parameter.value else _("no")
    if isinstance(parameter.value, str):
        return choice_name(parameter, parameter.value)
    text = str(parameter.value) if parameter.unit == YEAR else number_text(parameter.value)
    return (
        _("{value} ({growth} a year)").format(value=text, growth=localize_digits(f"{parameter.growth:+g}"))
        if parameter.growth
        else text
    )


def choice_name(parameter: Any, value: str) -> str:
    """A value of a choice for readers: its name, or the value itself where the declaration gives no name; a day in words."""
    if parameter.unit == MONTH_DAY:
        return formats.day_and_month(parse_start(value).first_day(ANY_YEAR))
    return _(parameter.choice_names[value]) if value in parameter.choice_names else value


def range_text(parameter: Any) -> str:
    """Lowest to highest plausible value."""
    return (
        "" if parameter.low is None or parameter.high is None else f"{number_text(parameter.low)} – {number_text(parameter.high)}"
    )


def number_text(value: float) -> str:
    """A number for readers, a large one in full."""
    return localize_digits(f"{value:,g}" if abs(value) < LARGE else f"{value:,.0f}")
