"""The questions of a scenario's own file, the answered ones included, and what an answer may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from imis_plan.explore.panels import parameter_text, value_text
from imis_plan.i18n import translate
from imis_plan.i18n.formats import join_with_semicolons
from imis_plan.i18n.sources import comparable_words
from imis_plan.i18n.translate import _
from imis_plan.problems import Problem
from imis_plan.scenario.localized_text import N_, in_language
from imis_plan.scenario.open_questions import ABOUT_QUESTIONS, OPEN, TO_CONFIRM, UNCONFIRMED
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan
from imis_plan.scenario.questions import ABOUT, OWN_ANSWER, Question, question
from imis_plan.scenario.yaml_file import Document

TYPICAL, VALUE, CONFIRM = "typical", "value", "confirm"
# First key of a path -> the heading of its questions.
HEADINGS = {
    "about": N_("The scheme and its target"),
    "population": N_("People"),
    "coverage": N_("People"),
    "facilities": N_("Facilities, agents, schemes and offices"),
    "agents": N_("Facilities, agents, schemes and offices"),
    "schemes": N_("Facilities, agents, schemes and offices"),
    "office_it": N_("Equipment that exists today"),
    "phones": N_("Equipment that exists today"),
    "roles": N_("Staff"),
    "money": N_("Inflation and exchange rates"),
}
OTHER, TO_CHECK = N_("Other figures"), N_("To confirm")
# Endings of the paths that ask what exists today.
EXISTING = ("at_start", "existing")
EXAMPLE = "{2023: 0.041, 2024: 0.038}"


@dataclass(frozen=True)
class Asked:
    """A question of the form, and the answer that the file has, as text; empty where it is open."""

    question: Question
    answer: str = ""
    source: str = ""

    @property
    def path(self) -> str:
        """The path of its parameter, `about.<key>`, or the name of the part to confirm."""
        return self.question.path

    @property
    def heading(self) -> str:
        """The heading that it stands under."""
        if self.question.kind == CONFIRM:
            return _(TO_CHECK)
        return _(HEADINGS.get(self.path.partition(".")[0], OTHER))

    @property
    def is_existing(self) -> bool:
        """Whether it asks how much of something exists today."""
        return self.question.kind in ("number", "path") and self.path.endswith(EXISTING)


def asked_in(document: Document, plan: Plan) -> list[Asked]:
    """The questions of a file in its order, what is to be confirmed at the end."""
    texts = [text_asked(key, plan) for key in ABOUT_QUESTIONS if key in (document.data.get("about") or {})]
    paths = sorted(paths_asked(document, plan), key=lambda path: document.line(tuple(path.split("."))) or 0)
    numbers = [parameter_asked(path, plan, entry_of(document, path)) for path in paths]
    confirm = document.data.get(TO_CONFIRM) or []
    return [*texts, *numbers, *(Asked(question(plan, Problem("", None, str(name), UNCONFIRMED, ""))) for name in confirm)]


def paths_asked(document: Document, plan: Plan) -> list[str]:
    """Parameters that the file asks for, or did before they were answered: the typical value stays beside an answer."""
    entries = {path: entry_of(document, path) for path in plan.parameters}
    return [path for path, entry in entries.items() if entry and (TYPICAL in entry or entry.get(VALUE) == OPEN)]


def entry_of(document: Document, path: str) -> Mapping[str, Any]:
    """What a file says of a parameter; nothing where it does not name it."""
    entry: Any = document.data
    for key in path.split("."):
        entry = entry.get(key) if isinstance(entry, Mapping) else None
    return entry if isinstance(entry, Mapping) else {}


def text_asked(key: str, plan: Plan) -> Asked:
    """The question of a text of `about`."""
    path = f"{ABOUT}{key}"
    is_open = any(each.path == path for each in plan.open_questions)
    text = "" if is_open else in_language(getattr(plan.about, key), plan.about.language)
    return Asked(question(plan, Problem("", None, path, "", "")), text)


def parameter_asked(path: str, plan: Plan, entry: Mapping[str, Any]) -> Asked:
    """The question of a parameter; that of an answered one keeps its typical value."""
    parameter = plan.parameters[path]
    found = question(plan, Problem("", None, path, "", ""))
    if parameter.open:
        return Asked(found)
    answered = replace(found, typical=entry.get(TYPICAL), low=None, high=None, comparable="")
    source = "" if parameter.source == OWN_ANSWER else parameter.source or ""  # the field asks for a source, or for none
    return Asked(answered, as_typed(parameter), source)


def as_typed(parameter: Parameter) -> str:
    """A value as a user types it: a series as YAML has it."""
    if isinstance(parameter.value, Mapping):
        return str(dict(parameter.value))
    return str(list(parameter.value)) if isinstance(parameter.value, tuple) else value_text(parameter)


def label(asked: Asked, plan: Plan) -> str:
    """The question with its unit, in the current language."""
    if asked.question.kind == "text":
        return capitalized(_(asked.question.text))
    if asked.question.kind == CONFIRM:
        return _("I have checked this part and it is right: {name}").format(name=asked.path)
    unit = translate.translate_unit(asked.question.unit)
    name = parameter_text(plan, asked.path)
    return f"{name} [{unit}]" if unit not in ("", "1") else _("{name} [share, 0 to 1]").format(name=name) if unit else name


def capitalized(text: str) -> str:
    """A text with a capital at its start."""
    return text[:1].upper() + text[1:]


def help_lines(asked: Asked) -> list[str]:
    """Why it matters, and what is typical of comparable scenarios, in the current language."""
    each = asked.question
    lines = [_("Why it matters: {reason}").format(reason=_(each.why))] if each.why else []
    if each.kind == "history":
        lines.append(_("Known years and their values, as in {example}").format(example=EXAMPLE))
    if each.typical is not None and each.kind != "history":
        ends = (each.low, each.high)
        value = shown(each.typical)
        if None not in ends and each.low != each.high:
            value = _("{value} ({low} to {high})").format(value=value, low=shown(each.low), high=shown(each.high))
        words = comparable_words(each.comparable)
        lines.append(_("Typical: {value}").format(value=join_with_semicolons(filter(None, [value, words]))))
    return lines


def shown(value: Any) -> str:
    """A number with the separators of the current language; any other value as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return translate.localize_digits(f"{value:,.12g}")


def right_answer(asked: Asked, plan: Plan) -> str:
    """What an answer may be, in the current language."""
    each, parameter = asked.question, plan.parameters[asked.path]
    if each.choices:
        return _("one of {choices}").format(choices=", ".join(each.choices))
    if each.kind == "flag":
        return _("true or false")
    if each.kind == "history":
        return _("years with their values, as in {example}").format(example=EXAMPLE)
    if each.least is not None and each.most is not None:
        return _("a number from {least} to {most}").format(least=shown(each.least), most=shown(each.most))
    least = shown(each.least or 0)
    if parameter.integer or plan.rules.units.is_whole(parameter.unit):
        return _("a whole number, {least} or more").format(least=least)
    return _("a number, {least} or more").format(least=least) if each.least is not None else _("a number")
