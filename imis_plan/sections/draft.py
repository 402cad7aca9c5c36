"""What every view of a draft says first: which questions are open, and that typical values stand for their answers."""

from imis_plan.i18n.formats import join_with_and
from imis_plan.i18n.translate import _, localize_digits, localized, plural
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["notice", "title"]
__dir__ = only(__all__)

# A sentence names no more than these; `imis-plan check` lists all.
MOST_NAMED = 4


def title(plan: Plan) -> str:
    """The title of the scenario, with the word draft before it if it is one."""
    text = localized(plan.about.title)
    return _("Draft: {title}").format(title=text) if plan.open_questions else text


def notice(plan: Plan, most: int = MOST_NAMED) -> str:
    """Which questions are open, in a sentence; nothing if none is. most : number of questions that it names."""
    asked = plan.open_questions
    if not asked:
        return ""
    text = plural(
        "{count} question is open; a typical value of comparable scenarios stands for its answer: {names}.",
        "{count} questions are open; typical values of comparable scenarios stand for their answers: {names}.",
        len(asked),
    )
    values = [each.path for each in asked if each.path in plan.parameters and plan.parameters[each.path].open]
    names = [meaning(plan, path) for path in values[:most]] or [each.path for each in asked[:most]]
    if rest := len(asked) - len(names):
        names.append(plural("{count} other", "{count} others", rest).format(count=rest))
    return text.format(count=len(asked), names=join_with_and(names))


def meaning(plan: Plan, path: str) -> str:
    """What a parameter is, with the value that stands for the answer."""
    parameter = plan.parameters[path]
    known = isinstance(parameter.value, int | float)
    value = f" ({parameter.value:g})" if known and abs(parameter.value) < 1 else f" ({parameter.value:,.0f})" if known else ""
    return f"{_(parameter.description)}{localize_digits(value)}"
