"""The command `imis-plan explore`: what-if analysis in a browser. What calculates is imported while the server starts."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from imis_plan.cli import console
from imis_plan.explore import garbage_collection
from imis_plan.sentence import sentence

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan


def explore_command(options: argparse.Namespace) -> int:
    """Serve the explorer until Ctrl-C; a scenario with problems is not shown, they are reported instead."""
    from imis_plan.explore import server as serve
    from imis_plan.scenario.folder import DRAFT, find_parameters, is_installed, writable_parameters

    folder = find_parameters(options.parameters)
    if options.draft:
        os.environ[DRAFT] = "1"
    check = partial(check_budget, options.name, folder)
    if is_installed(folder):  # what the explorer saves goes to a folder of the user's own
        from imis_plan.scenario.own_folder import begin_parameters

        try:
            folder = begin_parameters(writable_parameters())
            console.message(sentence("scenarios that you save go to {folder}", folder=folder))
        except OSError as error:
            console.message(sentence("scenarios cannot be saved here: {reason}", reason=error))
    server = serve.prepare("lab" if options.lab else "app", folder, options.name, options.notebook)
    return 0 if serve.serve(server, browser=not options.no_browser, show=console.line_now, check=check) else 1


@garbage_collection.paused()
def check_budget(name: str | None, folder: Path) -> Callable[[], object] | None:
    """Calculate the budget of a scenario, if one is named. Raises BadInput if there is none. Returns its simulation."""
    if not name:
        return None
    from imis_plan.model.contingency import METHOD
    from imis_plan.model.contingency_factors import SIMULATED
    from imis_plan.model.evaluate import evaluate_plan
    from imis_plan.scenario.plan import load

    plan = load(name, parameters=folder)
    evaluate_plan(plan)
    return partial(simulate, plan) if plan[METHOD] in SIMULATED else None


@garbage_collection.paused()
def simulate(plan: "Plan") -> None:
    """Simulate a plan for its contingency, and let the kernels of the explorer wait for it."""
    from imis_plan.model import simulation_store
    from imis_plan.model.contingency_factors import contingency_factors

    with simulation_store.in_progress(plan):
        contingency_factors(plan)
