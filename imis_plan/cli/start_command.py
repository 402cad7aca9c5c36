"""The command `imis-plan start`: a form that leads from a country to its budget, in a browser; with --lab the guided notebook."""

import argparse
from pathlib import Path

from imis_plan.cli import console
from imis_plan.sentence import sentence

GUIDED = "start_here.ipynb"


def start_command(options: argparse.Namespace) -> int:
    """Serve the form until Ctrl-C. Plans are saved in a folder of the user's own, never in an installation."""
    from imis_plan.explore import server as serve
    from imis_plan.scenario.folder import scenario_names, writable_parameters
    from imis_plan.scenario.own_folder import begin_parameters
    from imis_plan.scenario.plan import load_unanswered

    if options.lab:
        folder, notebook = own_copy(options.parameters)
    else:
        folder, notebook = begin_parameters(writable_parameters(options.parameters)), None
    if options.name in scenario_names(folder):
        load_unanswered(options.name, parameters=folder)  # its problems are reported before the server starts
    server = serve.prepare("lab" if options.lab else "app", folder, options.name, notebook, "start")
    console.message(sentence("plans are saved in {folder}", folder=folder.resolve()))
    return 0 if serve.serve(server, browser=not options.no_browser, show=console.line_now) else 1


def own_copy(parameters: Path | None) -> tuple[Path, Path]:
    """A folder of parameters of one's own, and the guided notebook next to it: a copy, since running it changes it."""
    from imis_plan.scenario.form import own_folder
    from imis_plan.scenario.own_folder import copy_notebooks

    folder = own_folder(parameters)
    return folder, copy_notebooks(folder.parent) / GUIDED
