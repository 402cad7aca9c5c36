"""Find the folder of the parameter files, and the names and files of its scenarios. No file is read here."""

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.scenario_name import RESERVED, name_problem
from imis_plan.sentence import sentence

FOLDER = "parameters"
# What a folder of parameter files contains: all that scenarios share, or the schema by which editors check scenarios.
DEFAULTS, SCHEMA = "defaults.yaml", "schema.json"
# Names of the files that all scenarios share.
NOT_SCENARIOS = RESERVED
# Subfolders: actual expenditure of a scenario, and counts read from a running openIMIS.
ACTUALS, BASELINES = "actuals", "baselines"
# Subfolders with what scenarios of a country share: charts of accounts and procurement rules.
CHARTS, PROCUREMENT = "chart_of_accounts", "procurement"
# Observed prices, and the list of what they are prices of.
OBSERVATIONS, OBSERVATION_ITEMS = "observations.csv", "observation_items.csv"
# The environment variable that allows drafts, in the kernels of reports and in the explorer.
DRAFT = "IMIS_PLAN_DRAFT"
# Names the folder of the simulations that two processes have in common (`model.simulation_store`).
SIMULATIONS = "IMIS_PLAN_SIMULATIONS"
ACTUALS_SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx")


def package_folder(name: str) -> Path:
    """A folder of files that belong to the package: within it where it is installed, next to it in the repository.

    pyproject.toml says which folders of the repository an installed package contains.
    """
    package = Path(str(files("imis_plan"))).resolve()
    return package / name if (package / name).is_dir() else package.parent / name


# The parameter files of the package itself.
PACKAGE_PARAMETERS = package_folder(FOLDER)


def chart_file(name: str, folder: Path) -> Path | None:
    """The file of a chart of accounts: in the folder of the scenario, else in that of the package; None where neither has it."""
    places = (parameters / CHARTS / f"{name}.csv" for parameters in (folder, PACKAGE_PARAMETERS))
    return next((file for file in places if file.is_file()), None)


def rules_file(name: str, folder: Path) -> Path | None:
    """The file of procurement rules: in the folder of the scenario, else in that of the package; None where neither has it."""
    places = (parameters / PROCUREMENT / f"{name}.yaml" for parameters in (folder, PACKAGE_PARAMETERS))
    return next((file for file in places if file.is_file()), None)


def is_installed(folder: Path) -> bool:
    """Whether a folder is within an installed package, where a user's own files would be lost with the next version."""
    return folder.resolve().is_relative_to(Path(str(files("imis_plan"))).resolve())


def find_parameters(folder: str | Path | None = None) -> Path:
    """The folder of the parameter files.

    In this order: as given, IMIS_PLAN_PARAMETERS, the current folder and its parents, the folder of the package.
    """
    if found := own_parameters(folder):
        return found
    if (PACKAGE_PARAMETERS / DEFAULTS).is_file():
        return PACKAGE_PARAMETERS
    right = sentence("begin a project with `imis-plan init FOLDER`, or name a folder with --parameters")
    raise BadInput([Problem(FOLDER, None, "", "no such folder here or in a parent folder", right)])


def own_parameters(folder: str | Path | None = None) -> Path | None:
    """The folder of the parameter files, if it was given or is in the current folder or in a parent folder."""
    if given := folder or os.environ.get("IMIS_PLAN_PARAMETERS"):
        return checked_folder(Path(given))
    here = Path.cwd()
    return next((each / FOLDER for each in (here, *here.parents) if has_parameters(each / FOLDER)), None)


def writable_parameters(folder: str | Path | None = None) -> Path:
    """The folder to which a command writes scenarios: the one that was given or found, else `parameters` in the current folder.

    It is never within an installed package, and may not exist yet (`own_folder.begin_parameters` makes it).
    """
    found = own_parameters(folder)
    return found if found and not is_installed(found) else Path.cwd() / FOLDER


def has_parameters(folder: Path) -> bool:
    """Whether a folder contains parameter files."""
    return (folder / DEFAULTS).is_file() or (folder / SCHEMA).is_file()


def checked_folder(folder: Path) -> Path:
    """The folder, if it contains parameter files."""
    if not has_parameters(folder):
        right = sentence("give a folder of parameter files, or begin one with `imis-plan init FOLDER`")
        raise BadInput(
            [
                Problem(
                    str(folder),
                    None,
                    "",
                    sentence("neither {defaults} nor {schema} in this folder", defaults=DEFAULTS, schema=SCHEMA),
                    right,
                )
            ]
        )
    return folder


def layers(folder: Path) -> tuple[Path, ...]:
    """The folder, and the package's below it unless the folder has a defaults.yaml of its own: then it is complete."""
    return (folder,) if (folder / DEFAULTS).is_file() else (folder, PACKAGE_PARAMETERS)


def parameter_file(folder: Path, name: str | Path) -> Path:
    """A file of a folder of parameters, or that of the package where the folder has none; the path need not exist."""
    first, *below = (layer / name for layer in layers(folder))
    return next((file for file in below if file.exists()), first) if below and not os.path.lexists(first) else first


def scenarios(parameters: str | Path | None = None) -> list[str]:
    """Names of all scenarios in the folder, in alphabetical order."""
    return sorted(scenario_names(find_parameters(parameters)))


def available_scenarios(folder: Path) -> list[str]:
    """Names of the scenarios that a command accepts: those in the folder, and those of the package where it has them, too."""
    return sorted({name for layer in layers(folder) for name in scenario_names(layer)})


def scenario_names(folder: Path) -> Iterator[str]:
    """Names of the scenarios in a folder."""
    stems = (file.stem for file in folder.glob("*.yaml"))
    return (stem for stem in stems if stem not in NOT_SCENARIOS and not stem.startswith((".", "_")))


def locate_scenario(name: str | Path, parameters: str | Path | None = None) -> tuple[Path, Path]:
    """The file of a scenario, by name or path, and the folder with the defaults that it needs."""
    path = given = Path(name)
    if path.suffix in (".yaml", ".yml"):
        folder = path.parent if has_parameters(path.parent) and not parameters else find_parameters(parameters)
    else:
        folder = find_parameters(parameters)
        path = parameter_file(folder, f"{name}.yaml")
    if what := not_a_file(path):
        raise BadInput([Problem(f"{path.parent.name}/{path.name}", None, "", what, "put the file of a scenario there")])
    if not path.is_file() or path.stem in NOT_SCENARIOS:
        raise BadInput([no_such_scenario(path, folder, given)])
    if problem := name_problem(path):
        raise BadInput([problem])
    return path, folder


def no_such_scenario(path: Path, folder: Path, given: Path) -> Problem:
    """A scenario that is not in the folder that was found; it may be in one here that is no project yet.

    path : where it was looked for. folder : that was found. given : its name or path as it was given.
    """
    here = Path.cwd() / FOLDER
    if (here / path.name).is_file() and not has_parameters(here):
        what = sentence("no project here yet: this folder has neither {defaults} nor {schema}", defaults=DEFAULTS, schema=SCHEMA)
        return Problem(f"{FOLDER}/{path.name}", None, "", what, "begin one with `imis-plan init .`, which keeps the file")
    remedy = suggestion(path.stem, available_scenarios(folder))
    where = f"{path.parent.name}/{path.name}" if given.name == str(given) else given.as_posix()
    return Problem(where, None, "", "no such scenario", remedy)
