"""The text of a new scenario: a questionnaire. Open questions come first, then what is published about the country."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from imis_plan.scenario.localized_text import N_
from imis_plan.scenario.new_file import SCHEMA
from imis_plan.scenario.open_questions import OPEN, TO_CONFIRM
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.roles import ROLES
from imis_plan.scenario.save import flow_yaml, yaml_lines

# Comments of the file; the words of each are a message.
HEAD = N_("""\
Scenario {name}, a questionnaire. Part 1 asks what only you can know. Part 2 is what is published; correct what you know better.
An answer: write it in place of `open`, and in place of the source who says so: a key of sources.yaml (`key: page or table`),
a sentence, or `assumption: why`. confidence: A = primary source, B = transcription of one, C = weak source or single case,
assumed = no source; then low and high give the range.
While something is open, `imis-plan check {name}` lists it, and `--draft` uses `typical`, the value of comparable scenarios.
All other values come from defaults.yaml, from the observed prices and, for inflation and exchange rates, from published facts.
To change one, give it here, under its keys.""")
QUESTIONS, FACTS = N_("Part 1: questions"), N_("Part 2: published figures")
CONFIRM = N_("Copied or made up for a start. Check each part, change it if it is wrong, then remove its line here.")
ASKED = N_("{question}?")
WHY = N_("Why it matters: {reason}")
CHOICES = N_("one of {choices}")
KINDS = {"path": N_("a number, or a list with a number for each year"), "history": N_("a mapping: {example}")}
EXAMPLE = "{year: number}"
FUNDING = N_("Who pays? These rules only show how it is written; a component that nobody pays is a funding gap.")
OPTIONS = N_("What else could be decided; each option is calculated in the report.")


@dataclass(frozen=True)
class Contents:
    """What a new scenario says.

    about : its `about` section; an open text is `open`
    parameters : path -> what the file says of it, in the order of the file
    declared : the parameters of the folder, with those of copied roles
    remarks : what a reader of the file should know besides
    translate : a sentence of ours into the language of the comments
    """

    name: str
    about: Mapping[str, Any]
    parameters: Mapping[str, Mapping[str, Any]]
    declared: Mapping[str, Parameter]
    roles: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    funding: Iterable[Mapping[str, Any]] = ()
    to_confirm: Iterable[str] = ()
    remarks: Iterable[str] = ()
    translate: Callable[[str], str] = str


def text(contents: Contents) -> str:
    """The text of the file."""
    asked = {path.partition(".")[0] for path, data in contents.parameters.items() if data.get("value") == OPEN}
    first = {path: data for path, data in contents.parameters.items() if path.partition(".")[0] in asked}
    rest = {path: data for path, data in contents.parameters.items() if path not in first}
    say = contents.translate
    lines = [SCHEMA, *comment(say(HEAD).format(name=contents.name)), *(f"# {say(each)}" for each in contents.remarks)]
    lines += ["", *comment(say(QUESTIONS)), *about_lines(contents.about, say), *confirm_lines(contents.to_confirm, say)]
    lines += [*parameter_lines(first, contents), *funding_lines(contents.funding, say)]
    lines += ["", *comment(say(FACTS)), *parameter_lines(rest, contents), *options_lines(contents.options, say)]
    return "\n".join(lines) + "\n"


def comment(words: str, indent: str = "") -> list[str]:
    """The lines of a comment."""
    return [f"{indent}# {line}" for line in words.splitlines()]


def about_lines(about: Mapping[str, Any], say: Callable[[str], str]) -> Iterator[str]:
    """Lines of the `about` section; what is empty or open has its meaning beside it."""
    yield "about:"
    for key, value in about.items():
        meaning = f"  # {say(ABOUT[key])}" if value in (OPEN, "") else ""
        yield f"  {key}: {OPEN if value == OPEN else flow_yaml(value)}{meaning}"


ABOUT = {
    "country": N_("name of the country"),
    "iso3": N_("country code of three letters (ISO 3166), as in NPL"),
    "scheme": N_("name of the insurance scheme that uses openIMIS"),
    "title": N_("title of the report"),
    "currency": N_("currency code of three letters (ISO 4217), as in NPR; other files call it LCU (local currency unit)"),
    "language": N_("language of the report: en, fr ..."),
    "target": N_("what the plan shall achieve and why, in a sentence or two"),
    "date": N_("date of this version, as in 2026-11-30"),
    "version": N_('version of this plan, as in "1.0"'),
}


def confirm_lines(names: Iterable[str], say: Callable[[str], str]) -> Iterator[str]:
    """Lines of what has to be confirmed."""
    names = list(names)
    if names:
        yield from ("", *comment(say(CONFIRM)), f"{TO_CONFIRM}:", *(f"  - {name}" for name in names))


def parameter_lines(parameters: Mapping[str, Mapping[str, Any]], contents: Contents) -> Iterator[str]:
    """Lines of parameters, nested by their paths; a group is written once."""
    previous: list[str] = []
    for path in in_groups(parameters):
        *groups, key = path.split(".")
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(previous, groups, strict=False)))
        if common == 0:
            yield ""
        for depth in range(common, len(groups)):
            yield f"{'  ' * depth}{groups[depth]}:"
            yield from role_lines(groups[: depth + 1], contents.roles)
        yield from one_parameter_lines(key, parameters[path], contents.declared[path], "  " * len(groups), contents.translate)
        previous = groups


def in_groups(paths: Iterable[str]) -> list[str]:
    """Paths with those of one group together, each group where its first path stands."""
    paths = list(paths)
    order = {path: i for i, path in enumerate(paths)}
    first: dict[tuple[str, ...], int] = {}
    for path in paths:
        keys = path.split(".")
        for depth in range(1, len(keys)):
            first.setdefault(tuple(keys[:depth]), order[path])

    def place(path: str) -> list[int]:
        keys = path.split(".")
        return [first[tuple(keys[:depth])] for depth in range(1, len(keys))] + [order[path]]

    return sorted(paths, key=place)


def role_lines(groups: list[str], roles: Mapping[str, Any]) -> Iterator[str]:
    """Lines of the texts of a copied role, or of one of its rules, below its key."""
    if groups[0] != ROLES or len(groups) < 2 or groups[1] not in roles:  # noqa: PLR2004  # roles.<name>
        return
    data = roles[groups[1]]
    for key in groups[2:]:
        data = data.get(key, {})
    below = {key: value for key, value in data.items() if not isinstance(value, Mapping) or "en" in value}
    yield from (f"{'  ' * len(groups)}{key}: {flow_yaml(value)}" for key, value in below.items())


def one_parameter_lines(
    key: str, data: Mapping[str, Any], declared: Parameter, indent: str, say: Callable[[str], str]
) -> Iterator[str]:
    """Lines of one parameter, below what it means and why it is asked for."""
    asked = data.get("value") == OPEN
    what = f"{' '.join(say(declared.description).split())} [{declared.unit}]"
    yield from comment(say(ASKED).format(question=what) if asked else what, indent)
    if asked and declared.question:
        yield from comment(say(WHY).format(reason=say(declared.question)), indent)
    yield f"{indent}{key}:"
    for name, value in data.items():
        shown = OPEN if value == OPEN else flow_yaml(value)
        yield f"{indent}  {name}: {shown}{value_comment(declared, say) if name == 'value' and asked else ''}"


def value_comment(declared: Parameter, say: Callable[[str], str]) -> str:
    """What may stand in place of `open`, where that is no single number."""
    if declared.choices:
        return f"  # {say(CHOICES).format(choices=', '.join(declared.choices))}"
    return f"  # {say(KINDS[declared.kind]).format(example=EXAMPLE)}" if declared.kind in KINDS else ""


def funding_lines(rules: Iterable[Mapping[str, Any]], say: Callable[[str], str]) -> Iterator[str]:
    """Lines of the funding rules."""
    rules = list(rules)
    if rules:
        yield from ("", *comment(say(FUNDING)), "funding:")
        yield from (f"  - {flow_yaml(rule)}" for rule in rules)


def options_lines(options: Mapping[str, Any], say: Callable[[str], str]) -> Iterator[str]:
    """Lines of the options."""
    if options:
        yield from ("", *comment(say(OPTIONS)))
        nested = {name: {**option, "changes": OneLine(option["changes"])} for name, option in options.items()}
        yield from "".join(yaml_lines({"options": nested})).splitlines()


class OneLine(Mapping[str, Any]):
    """A mapping that is written on one line."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)
