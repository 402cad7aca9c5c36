"""Find the folder of the parameter files, and the names and files of its scenarios. No file is read here."""

import os
from pathlib import Path

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.regular_file import not_a_file

FOLDER = "parameters"
# The parameter files of the package itself.
PACKAGE_PARAMETERS = Path(__file__).resolve().parents[2] / FOLDER
# Names of the files that all scenarios share.
NOT_SCENARIOS = frozenset({"defaults", "units", "benchmarks", "sources"})
# Subfolders: actual expenditure of a scenario, and counts read from a running openIMIS.
ACTUALS, BASELINES = "actuals", "baselines"
# Observed prices, and the list of what they are prices of.
OBSERVATIONS, OBSERVATION_ITEMS = "observations.csv", "observation_items.csv"
# The environment variable that allows drafts, in the kernels of reports and in the explorer.
DRAFT = "IMIS_PLAN_DRAFT"
ACTUALS_SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx")


def find_parameters(folder: str | Path | None = None) -> Path:
    """The folder of the parameter files.

    In this order: as given, IMIS_PLAN_PARAMETERS, the current folder and its parents, the folder of the package.
    """
    if given := folder or os.environ.get("IMIS_PLAN_PARAMETERS"):
        return checked_folder(Path(given))
    here = Path.cwd()
    for parent in (here, *here.parents, PACKAGE_PARAMETERS.parent):
        if (parent / FOLDER / "defaults.yaml").is_file():
            return parent / FOLDER
    raise BadInput([Problem(FOLDER, None, "", "no such folder here or in a parent folder", "use --parameters FOLDER")])


def checked_folder(folder: Path) -> Path:
    """The folder, if it contains defaults.yaml."""
    if not (folder / "defaults.yaml").is_file():
        raise BadInput([Problem(str(folder), None, "", "no defaults.yaml in this folder", "give a folder of parameter files")])
    return folder


def scenarios(parameters: str | Path | None = None) -> list[str]:
    """Names of all scenarios in the folder, in alphabetical order."""
    files = find_parameters(parameters).glob("*.yaml")
    return sorted(file.stem for file in files if file.stem not in NOT_SCENARIOS and not file.stem.startswith((".", "_")))


def locate_scenario(name: str | Path, parameters: str | Path | None = None) -> tuple[Path, Path]:
    """The file of a scenario, by name or path, and the folder with the defaults that it needs."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        own_defaults = (path.parent / "defaults.yaml").is_file() and not parameters
        folder = path.parent if own_defaults else find_parameters(parameters)
    else:
        folder = find_parameters(parameters)
        path = folder / f"{name}.yaml"
    if what := not_a_file(path):
        raise BadInput([Problem(f"{path.parent.name}/{path.name}", None, "", what, "put the file of a scenario there")])
    if not path.is_file() or path.stem in NOT_SCENARIOS:
        remedy = suggestion(path.stem, scenarios(folder))
        raise BadInput([Problem(f"{path.parent.name}/{path.name}", None, "", "no such scenario", remedy)])
    return path, folder
