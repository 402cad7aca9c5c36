"""Names and amounts as sentences use them."""

from collections.abc import Callable
from typing import Any

from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.model.components import COMPONENTS, LABELS
from imis_plan.model.grades import GRADES
from imis_plan.scenario.plan import Plan

NEGLIGIBLE = 0.005
COMPLETE = 0.9995


def component_name(component: str) -> str:
    """Name of a component in the current language."""
    return _(LABELS[component])


def line_in_sentence(plan: Plan, row: Any, write: Callable[[str], str] = formats.quote) -> str:
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
    return formats.label_and_value(grade_mark(grade), _(GRADES[grade]))


def line_name(text: str, level: str, titles: dict[str, str]) -> str:
    """A line's name, with the role or the component it is for."""
    if level in titles:
        return formats.label_and_value(text, titles[level])
    return formats.label_and_value(text, component_name(level)) if level in COMPONENTS else text


def parameter_name(plan: Plan, path: str) -> str:
    """What a parameter is, with the role or the type of facilities it belongs to."""
    owners = {f"roles.{role.key}.": role.title for role in plan.roles} | {
        f"facilities.types.{key}.": each.title for key, each in plan.facility_types.items()
    }
    owner = next((localized(title) for head, title in owners.items() if path.startswith(head)), None)
    text = _(plan.parameters[path].description)
    return formats.escape_markdown(f"{text} ({owner})" if owner else text)
