"""Names and amounts as sentences use them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.components import LABELS
from imis_plan.model.grades import GRADES
from imis_plan.scenario.plan import Plan

SMALL = 0.005
WHOLE = 0.9995


HUNDRED = 100


def currency(plan: Plan) -> Callable[[float], str]:
    """A function that writes amounts in the scenario's currency."""
    return partial(formats.money, currency=plan.about.currency)


def label(component: str) -> str:
    """Name of a component in the language spoken now."""
    return _(LABELS[component])


def named_line(plan: Plan, row: Any, write: Callable[[str], str] = formats.quoted) -> str:
    """A line for use in a sentence, with the role it belongs to. `write` is `str` where nothing is to be quoted."""
    titles = {role.key: localized(role.title) for role in plan.roles}
    name = write(_(row.label))
    return f"{name} ({titles[row.role_or_level]})" if row.role_or_level in titles else name


def grade_mark(grade: str) -> str:
    """A grade as it stands in a table: A, B, C, analogue, predicted or assumed."""
    named = {"analogue": _("analogue"), "predicted": _("predicted"), "assumed": _("assumed")}
    return named.get(grade, grade)


def grade_name(grade: str) -> str:
    """A grade with what it means."""
    return formats.pair(grade_mark(grade), _(GRADES[grade]))


def small_digits(x: float) -> int:
    """Decimals of a unit cost: cents below a hundred, none above."""
    return 2 if abs(x) < HUNDRED else 0
