"""The command `imis-plan new`: write the scenario of a country, ask its open questions in its language, or list its areas."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imis_plan.cli import console
from imis_plan.i18n.interface import in_interface_language, interface_language
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.sources import comparable_words
from imis_plan.i18n.translate import SOURCE, _, available_language, localize_digits, plural, translate_unit, using_language
from imis_plan.problems import Problem
from imis_plan.scenario.folder import writable_parameters
from imis_plan.scenario.form import filled_in
from imis_plan.scenario.new_file import create, exists_already, scenario_path
from imis_plan.scenario.new_scenario import country_of, name_of_scenario, scenario_text
from imis_plan.scenario.plan import Plan, scenario_of
from imis_plan.scenario.questions import (
    ABOUT,
    ASSUMED,
    RANGE,
    Question,
    answer,
    answer_problems,
    has_range,
    is_far,
    questions,
    read_answer,
    text_problems,
)
from imis_plan.scenario.regions import region_table
from imis_plan.scenario.typical import shown
from imis_plan.scenario.yaml_file import parse
from imis_plan.sentence import joined, sentence

# Below the number of a question.
INDENT = " " * 5
YES, NO = ("y", "yes", "o", "oui"), ("n", "no", "non")


@dataclass
class Answers:
    """What has been answered: texts of `about`, data of parameters, and confirmed parts."""

    about: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    confirmed: list[str] = field(default_factory=list)


def new_command(options: argparse.Namespace) -> int:
    """Write a new scenario or a table of areas; an existing file is never overwritten, but its open questions can be answered."""
    folder = writable_parameters(options.parameters)
    name, named = name_of_scenario(options.name), options.country
    if name != options.name:
        named = named or options.name
        console.message(
            sentence(
                'names of scenarios have no accents and no blanks: "{country}" is called {name}', country=options.name, name=name
            )
        )
    if options.by:
        country = country_of(name, named)
        console.line(str(region_table(name, country, folder)))
        next_step = sentence(
            "fill in what is empty, then: imis-plan report {name} --scenarios {table}",
            name=name,
            table=f"{name}_regions.csv",
        )
        console.message(next_step)
        return 0
    path = scenario_path(name, folder)
    there = path.exists()
    if there and not options.ask:
        raise exists_already(path)
    text = path.read_text(encoding="utf-8") if there else scenario_text(name, folder, named, options.like, in_interface_language)
    plan = scenario_of(parse(text, path), folder)[0] if options.ask or country_of(name, named) else None
    with using_language(language_of_questions(plan) if options.ask else interface_language()):
        if options.ask and plan:
            given = ask(plan)
            text = filled_in(text, path, given.about, given.parameters, given.confirmed)
            plan = scenario_of(parse(text, path), folder)[0]
        if there:
            replace_file(path, text)
        else:
            create(path, text)
        console.line(str(path))
        say_what_is_next(name, plan)
    return 0


def language_of_questions(plan: Plan | None) -> str:
    """The language in which questions are asked: that of the session, or that of the country where the session is in English."""
    session = interface_language()
    return session if session != SOURCE or plan is None else available_language(plan.about.language)


def replace_file(path: Path, text: str) -> None:
    """Write a file that exists, complete or not at all."""
    from imis_plan.batch.publish import write_atomic

    write_atomic(path, text)


def say_what_is_next(name: str, plan: Plan | None) -> None:
    """Print what is open, and the commands for it."""
    if plan is None:
        console.message(sentence("nothing is published about it here; fill it in, then: imis-plan check {name}", name=name))
    elif plan.open_questions:
        number = len(plan.open_questions)
        asked = plural(
            "{count} open question: answer it in the file, or: imis-plan new {name} --ask",
            "{count} open questions: answer them in the file, or: imis-plan new {name} --ask",
            number,
        )
        console.message(asked.format(count=number, name=name))
        console.message(_("a first draft with typical values: imis-plan budget {name} --draft").format(name=name))
    else:
        console.message(_("every question is answered: imis-plan budget {name}").format(name=name))


def ask(plan: Plan) -> Answers:
    """Ask every open question in the terminal; an empty answer skips it, the end of the input skips the rest."""
    given, asked = Answers(), questions(plan)
    console.message(_("Enter skips a question, Ctrl-C ends without writing anything."))
    try:
        for number, question in enumerate(asked, 1):
            console.message("\n".join(["", f"{number}/{len(asked)}  {heading(question)}", *help_lines(question)]))
            ask_one(plan, question, given)
    except EOFError:
        console.message("")
    return given


def heading(question: Question) -> str:
    """The question with its unit."""
    if question.kind == "confirm":
        text = _("{part}: {what}, line {line}. Is it right as it is?")
        return text.format(part=question.path, what=_(question.text), line=question.line)
    unit = f" [{translate_unit(question.unit)}]" if question.unit else ""
    return _("{question}?").format(question=f"{_(question.text)}{unit}")


def help_lines(question: Question) -> Iterator[str]:
    """Why it matters, what may be answered, and what is typical."""
    if question.why:
        yield INDENT + _("Why it matters: {reason}").format(reason=_(question.why))
    if question.choices:
        yield INDENT + _("One of {choices}").format(choices=", ".join(question.choices))
    if question.typical is not None and question.kind != "history":
        typical = _("Typical: {value} ({how})")
        yield INDENT + typical.format(value=localize_digits(shown(question.typical)), how=comparable_words(question.comparable))


def ask_one(plan: Plan, question: Question, given: Answers) -> None:
    """Ask one question until the answer is valid or empty, then for its source."""
    while text := prompt(INDENT + (_("y or n: ") if question.kind == "confirm" else _("Answer: "))):
        if question.kind == "confirm":
            if text.lower() in (*YES, *NO):
                given.confirmed += [question.path] if text.lower() in YES else []
                return
            console.message(INDENT + _("give y or n"))
        elif question.kind == "text" and (problems := text_problems(text, question.path)):
            console.message(refused(problems))
        elif question.kind == "text":
            given.about[question.path.removeprefix(ABOUT)] = text
            return
        elif problems := answer_problems(plan, question.path, answer(plan, question.path, read_answer(text))):
            console.message(refused(problems))
        else:
            value = read_answer(text)
            if is_far(question, value):
                far = _("Note: far from comparable scenarios, {low} to {high}; to change it, edit the file")
                low, high = (localize_digits(shown(end)) for end in (question.low, question.high))
                console.message(INDENT + far.format(low=low, high=high))
            given.parameters[question.path] = with_range(plan, question.path, with_source(plan, question.path, value))
            return


def with_source(plan: Plan, path: str, value: Any) -> dict[str, Any]:
    """An answer with the source that is typed, until it is valid; Enter for an assumption."""
    while True:
        data = answer(plan, path, value, prompt(INDENT + _("Source (Enter: your own assumption): ")))
        problems = answer_problems(plan, path, data)
        if not problems:
            return data
        console.message(refused(problems))


def with_range(plan: Plan, path: str, data: dict[str, Any]) -> dict[str, Any]:
    """An assumption with the range that is typed, until it is valid; Enter for none."""
    value, source = data["value"], data["source"]
    while data["confidence"] == ASSUMED and has_range(plan.parameters[path], value):
        ends = prompt(INDENT + _("Lowest and highest possible value (Enter: no range): ")).split()
        if not ends:
            break
        if len(ends) != len(RANGE):
            console.message(INDENT + _("give two numbers with a space between them"))
            continue
        low, high = map(read_answer, ends)
        with_ends = answer(plan, path, value, source, (low, high))
        problems = answer_problems(plan, path, with_ends)
        if not problems:
            return with_ends
        console.message(refused(problems))
    return data


def refused(problems: Iterable[Problem]) -> str:
    """Why an answer is not accepted, a line for each problem."""
    return "\n".join(INDENT + localized_sentence(joined([problem.message, problem.remedy])) for problem in problems)


def prompt(text: str) -> str:
    """A line that is typed; the prompt is not data."""
    import sys

    sys.stderr.write(text)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()
