"""The command `imis-plan check`: problems first, and apart from them the questions that are open."""

import argparse
from collections.abc import Iterable
from typing import Any

from imis_plan.cli import console
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import find_parameters, scenarios
from imis_plan.scenario.open_questions import counted, faults_in, questions_in
from imis_plan.scenario.plan import load_unanswered

VALID, UNANSWERED = 0, 2


def check_command(options: argparse.Namespace) -> int:
    """Check scenarios and observed prices, all problems together; 2 if something is wrong, or open without --draft."""
    from imis_plan.scenario.price_library import price_library  # with numpy, which --help does not need

    folder = find_parameters(options.parameters)
    library = price_library(folder)
    bad: list[Problem] = library.errors
    asked = False
    warn(library.warnings(folder))
    for name in options.names or scenarios(folder):
        try:
            plan = load_unanswered(name, parameters=folder)
        except BadInput as error:
            bad += faults_in(error.problems)
            asked = report_open(name, questions_in(error.problems)) or asked
        else:
            asked = report_open(name, plan.open_questions) or asked
            report_valid(name, plan)
            warn(plan.warnings)
    if bad:
        raise BadInput(bad)
    return UNANSWERED if asked and not options.draft else VALID


def report_open(name: str, asked: Iterable[Problem]) -> bool:
    """Print the open questions of a scenario, and what can be done about them; whether there are any."""
    asked = list(asked)
    if asked:
        ways = f"answer them in the file or with `imis-plan new {name} --ask`; `--draft` uses typical values"
        console.line("\n".join([f"{name}: {counted(len(asked))}; {ways}", *(f"  {each}" for each in asked)]))
    return bool(asked)


def warn(problems: Iterable[Problem]) -> None:
    """Print warnings, which are not data."""
    for problem in problems:
        console.message(f"warning: {problem}")


def report_valid(name: str, plan: Any) -> None:
    """Print that a scenario has no problem, how much of it is assumed, and whether its point estimate is far off."""
    from imis_plan.analysis.sensitivity import outlier_message

    grades = [parameter.confidence for parameter in plan.parameters.values()]
    state = "a draft" if plan.open_questions else "good"
    console.line(f"{name}: {state}, {len(grades)} parameters, {grades.count('assumed')} of them assumed")
    complete = all(parameter.value is not None for parameter in plan.parameters.values())
    if complete and (message := outlier_message(plan)):
        console.line(f"{name}: {message}")
