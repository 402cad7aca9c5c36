"""The command `imis-plan check`: problems first, and apart from them the questions that are open."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from imis_plan.cli import console
from imis_plan.i18n.sentences import localized_sentence, problem_text
from imis_plan.i18n.translate import _, languages
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import find_parameters, locate_scenario, scenarios
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import counted, faults_in, questions_in
from imis_plan.scenario.plan import read_scenario, with_option
from imis_plan.scenario.plan_checks import shared_problems
from imis_plan.scenario.yaml_file import dotted, read
from imis_plan.sentence import sentence

VALID, UNANSWERED = 0, 2


def check_command(options: argparse.Namespace) -> int:
    """Check scenarios and what they share, all problems together; 2 if something is wrong, or open without --draft."""
    from imis_plan.scenario.price_library import price_library  # with numpy, which --help does not need

    folder = find_parameters(options.parameters)
    bad: list[Problem] = shared_problems(folder)
    asked = False
    warn(price_library(folder).warnings(folder))
    for name in options.names or scenarios(folder):
        try:
            plan, found = evaluated(name, folder)
        except BadInput as error:
            bad += faults_in(error.problems)
            asked = report_open(name, questions_in(error.problems)) or asked
        else:
            asked = report_open(name, plan.open_questions) or asked
            bad += [*found, *benchmark_problems(plan)]
            warn([*plan.warnings, *language_warnings(plan)])
            if not found:
                report_valid(name, plan)
    if bad:
        raise BadInput(bad)
    return UNANSWERED if asked and not options.draft else VALID


def evaluated(name: Any, folder: Path) -> tuple[Any, list[Problem]]:
    """A scenario, and what the model lacks in it or in one of its options."""
    plan, variants = read_scenario(*locate_scenario(name, folder), None)
    if "uncertainty.seed" not in plan.parameters or not is_complete(plan):
        return plan, []  # a folder that declares only some of the model's parameters, or a question without a typical value
    from imis_plan.model.plan_problems import problems_of

    return plan, problems_of([plan, *(with_option(plan, option, variants) for option in variants)])


def is_complete(plan: Any) -> bool:
    """Whether every parameter has a value, if only a typical one."""
    return all(parameter.value is not None for parameter in plan.parameters.values())


def benchmark_problems(plan: Any) -> tuple[Problem, ...]:
    """Problems of the folder's benchmarks, which a report compares the budget with."""
    from imis_plan.analysis.plausibility import benchmarks

    try:
        benchmarks(plan)
    except BadInput as error:
        return error.problems
    return ()


def language_warnings(plan: Any) -> list[Problem]:
    """A warning if there is no catalogue for the language of a scenario, whose reports are then in English."""
    language = plan.about.language
    if language in languages():
        return []
    locations = [Location(read(file), ("about", "language")) for file in plan.files]
    here = next(each for each in reversed(locations) if each.keys in each.document.lines)
    message = sentence("no catalogue for this language, reports would be in English")
    remedy = sentence("choose from {names}", names=", ".join(languages()))
    return [Problem(here.document.name, here.line, dotted(here.keys), message, remedy, language, warning=True)]


def report_open(name: str, asked: Iterable[Problem]) -> bool:
    """Print the open questions of a scenario, and what can be done about them; whether there are any."""
    asked = list(asked)
    if asked:
        text = _(
            "{name}: {questions}; answer them in the file or with `imis-plan new {name} --ask`; `--draft` uses typical values"
        )
        head = text.format(name=name, questions=localized_sentence(counted(len(asked))))
        console.line("\n".join([head, *(f"  {problem_text(each)}" for each in asked)]))
    return bool(asked)


def warn(problems: Iterable[Problem]) -> None:
    """Print warnings, which are not data."""
    for problem in problems:
        console.message(_("warning: {problem}").format(problem=problem_text(problem)))


def report_valid(name: str, plan: Any) -> None:
    """Print that a scenario has no problem, how much of it is assumed, and whether its point estimate is far off."""
    from imis_plan.analysis import money_checks
    from imis_plan.analysis.outliers import outlier_message

    grades = [parameter.confidence for parameter in plan.parameters.values()]
    state = _("a draft") if plan.open_questions else _("good")
    text = _("{name}: {state}, {count} parameters, {assumed} of them assumed")
    console.line(text.format(name=name, state=state, count=len(grades), assumed=grades.count("assumed")))
    if is_complete(plan):
        for message in (outlier_message(plan), *money_checks.messages(plan)):
            if message:
                console.line(_("{name}: {value}").format(name=name, value=message))
