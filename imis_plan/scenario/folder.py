"""Where parameter files lie: their folder, and the names and files of the scenarios in it. No file is read here."""

import os
from pathlib import Path

from imis_plan.scenario.problems import BadInput, Problem, suggestion
from imis_plan.scenario.regular_file import not_a_file

FOLDER = "parameters"
RESERVED = frozenset({"defaults", "units", "benchmarks", "sources"})
# Beside the scenarios: what was spent by a scenario, and what a running system held.
ACTUALS, BASELINES = "actuals", "baselines"
SPENT = (".yaml", ".yml", ".csv", ".xlsx")


def find_parameters(folder: str | Path | None = None) -> Path:
    """The folder of the parameter files: as given, or by IMIS_PLAN_PARAMETERS, or here or above, or beside us."""
    if given := folder or os.environ.get("IMIS_PLAN_PARAMETERS"):
        return checked_folder(Path(given))
    here, package = Path.cwd(), Path(__file__).resolve().parents[2]
    for place in (here, *here.parents, package):
        if (place / FOLDER / "defaults.yaml").is_file():
            return place / FOLDER
    raise BadInput([Problem(FOLDER, None, "", "no such folder here or above", "name it with --parameters")])


def checked_folder(folder: Path) -> Path:
    """The folder, if it has what every folder of parameters has."""
    if not (folder / "defaults.yaml").is_file():
        raise BadInput([Problem(str(folder), None, "", "no defaults.yaml in this folder", "name a folder of parameter files")])
    return folder


def scenarios(parameters: str | Path | None = None) -> list[str]:
    """Names of all scenarios in the folder, in alphabetical order."""
    files = find_parameters(parameters).glob("*.yaml")
    return sorted(file.stem for file in files if file.stem not in RESERVED and not file.stem.startswith((".", "_")))


def scenario_file(name: str | Path, parameters: str | Path | None = None) -> tuple[Path, Path]:
    """The file of a scenario and the folder of what it builds on."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        beside = (path.parent / "defaults.yaml").is_file() and not parameters
        folder = path.parent if beside else find_parameters(parameters)
    else:
        folder = find_parameters(parameters)
        path = folder / f"{name}.yaml"
    if what := not_a_file(path):
        raise BadInput([Problem(f"{path.parent.name}/{path.name}", None, "", what, "put the file of a scenario there")])
    if not path.is_file() or path.stem in RESERVED:
        right = suggestion(path.stem, scenarios(folder))
        raise BadInput([Problem(f"{path.parent.name}/{path.name}", None, "", "no such scenario", right)])
    return path, folder
