"""The plan that a command line asks for: a scenario with `--option`, `--set`, `--percentile`, `--simulate` and `--language`."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import imis_plan
from imis_plan.cli import console
from imis_plan.problems import BadInput, Problem
from imis_plan.sentence import sentence


def load_plan(options: argparse.Namespace) -> Any:
    """The plan that a command line asks for, in its language."""
    from imis_plan.i18n import translate

    if options.language:
        translate.set_language(options.language)
    plan = imis_plan.load(
        options.name,
        option=options.option,
        parameters=options.parameters,
        changes=overrides(options),
        draft=options.draft or None,
    )
    warn_of_draft(plan)
    return plan


def warn_of_draft(plan: Any) -> None:
    """Say that a plan is a draft where data would not say so: in tables of numbers."""
    from imis_plan.scenario.open_questions import counted

    if plan.open_questions:
        text = sentence(
            "{name}: draft, typical values stand for the answers to {questions}",
            name=plan.name,
            questions=counted(len(plan.open_questions)),
        )
        console.message(text)


def overrides(options: argparse.Namespace) -> dict[str, Any]:
    """Changes of a command line as path -> value: `--set path=value`, read as YAML, `--percentile` and `--simulate`.

    Raises BadInput naming every text that is not of this form.
    """
    percentile = {} if options.percentile is None else percentile_changes(options.percentile)
    return {**percentile, **simulate_changes(options), **assignments(options.set)}


def percentile_changes(percentile: float) -> dict[str, Any]:
    """The changes that `--percentile` makes."""
    return {"contingency.method": "percentile", "contingency.percentile": percentile}


def simulate_changes(options: argparse.Namespace) -> dict[str, Any]:
    """The change that `--simulate` makes: the contingency is simulated for the plan with all its changes."""
    return {"contingency.factors": "plan"} if options.simulate else {}


def assignments(texts: Iterable[str]) -> dict[str, Any]:
    """The texts of `--set path=value` as path -> value, read as YAML.

    Raises BadInput naming every text that is not of this form.
    """
    parsed = [_assignment(text) for text in texts]
    if problems := [item for item in parsed if isinstance(item, Problem)]:
        raise BadInput(problems)
    return dict(item for item in parsed if not isinstance(item, Problem))


def _assignment(text: str) -> tuple[str, Any] | Problem:
    from imis_plan.scenario.yaml_file import parse

    path, sign, value = text.partition("=")
    document = parse(f"value: {value}", Path("--set"))
    if not sign or not path.strip() or document.problems or [*document.data] != ["value"]:
        return Problem(
            "--set", None, " ".join(text.split()), "not of the form path=value", "write for example --set coverage.target=0.5"
        )
    return path.strip(), document.data["value"]
