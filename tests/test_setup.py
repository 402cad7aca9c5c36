"""The set-up holds together: what is declared, what is pinned, what conda gets, and what the README promises."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import chain, product
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from imis_plan.scenario.form import own_folder
from tools.notebook_outputs import run_without_plans, strip, stripped, without_plans

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-core": "jupyter_core",
    "matplotlib": "matplotlib-base",  # without the desktop toolkit
    "playwright": "playwright-python",
}

# In pieces, so that this file does not contain what it looks for.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org", "ana" + "conda.org")
FOLDERS = ("work", "root", "opt", "tmp", "home", "Users")
MACHINE_PATH = re.compile(r"(?<![\w.)}\]-])/(?:" + "|".join(FOLDERS) + r")/\w")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = {name: [Requirement(line) for line in lines] for name, lines in PROJECT["project"]["optional-dependencies"].items()}
DECLARED = [*map(Requirement, PROJECT["project"]["dependencies"]), *chain.from_iterable(EXTRAS.values())]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def pins():
    """Every entry of the lock as (requirement, its hashes)."""
    entries = LOCK.replace("\\\n", " ").splitlines()
    split = (re.split(r"\s+--hash=", entry) for entry in entries)
    return [(Requirement(pin.strip()), [item.strip() for item in hashes]) for pin, *hashes in split]


def kept_files():
    """Text of every file that is or would be committed, by name."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    files = (ROOT / name for name in names if name)
    return {str(file.relative_to(ROOT)): file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file()}


def notebooks():
    """Every committed notebook by name."""
    return {name: json.loads(text) for name, text in kept_files().items() if name.endswith(".ipynb")}


def names(requirements):
    """Names in one spelling."""
    return {canonicalize_name(requirement.name) for requirement in requirements}


def requires(name):
    """What an installed package asks for; nothing where a pin is for another system."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def environment(python, system):
    """What markers are read against: a Python on a system."""
    versions = {
        "python_version": python,
        "python_full_version": python + ".9",
        "platform_python_implementation": "CPython",
    }
    return {**default_environment(), **versions, "implementation_name": "cpython", **SYSTEMS[system]}


@pytest.mark.parametrize(("python", "system"), [*product(PYTHONS, SYSTEMS)])
def test_lock_pins_every_declared_package_once_and_within_its_bounds(python, system):
    """On each Python and system, a package of pyproject.toml has one pin, and one that it allows."""
    where = environment(python, system)
    active = [pin for pin, _ in pins() if pin.marker is None or pin.marker.evaluate(where)]
    versions = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in active}

    assert len(versions) == len(active)
    assert names(DECLARED) <= set(versions)
    assert [str(need) for need in DECLARED if versions[canonicalize_name(need.name)] not in need.specifier] == []


def test_lock_hashes_every_pin():
    """Nothing is installed that is not the file it was locked to."""
    unhashed = [
        pin.name for pin, hashes in pins() if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes)
    ]

    assert unhashed == []


def test_lock_holds_exact_versions_and_no_addresses():
    """No address, path or comment: where packages come from is the user's affair."""
    loose = [str(pin) for pin, _ in pins() if pin.url or [s.operator for s in pin.specifier] != ["=="]]

    assert loose == []
    assert [line for line in LOCK.splitlines() if "#" in line or "://" in line or line.startswith("-")] == []


def test_lock_names_the_extras_that_packages_ask_of_one_another():
    """To pip, `coverage==7.1` does not pin `coverage[toml]`: from the day of the next release the set-up would stop."""
    locked = {canonicalize_name(pin.name): pin.extras for pin, _ in pins()}
    asked = [Requirement(line) for name in locked for line in requires(name)]
    active = [need for need in asked if need.extras and (need.marker is None or need.marker.evaluate({"extra": ""}))]

    assert "coverage" in names(active)
    assert [str(need) for need in active if not need.extras <= locked[canonicalize_name(need.name)]] == []


def test_build_backend_is_in_the_lock():
    """The extra `build` repeats what the build needs, so that an install without isolation finds it."""
    assert EXTRAS["build"] == [Requirement(line) for line in PROJECT["build-system"]["requires"]]


def conda_pip():
    """What the conda environment gets from pip: this project, and what conda-forge does not have."""
    (pip,) = (line["pip"] for line in CONDA if isinstance(line, dict))
    return pip


def test_conda_environment_has_the_same_packages_and_bounds():
    """Binder and conda users get what pip users get."""
    listed = [line for line in CONDA if isinstance(line, str) and not re.match(r"(python|pip)\b", line)]
    listed += [line for line in conda_pip() if not line.startswith("-e")]
    wanted = {CONDA_NAMES.get(need.name, need.name): need.specifier for need in DECLARED}

    assert {need.name: need.specifier for need in map(Requirement, listed)} == wanted


def test_conda_environment_installs_this_project():
    """The package and its command are there when a Binder opens."""
    assert [line for line in conda_pip() if line.startswith("-e")] == ["-e ."]


def test_python_versions_agree():
    """pyproject.toml, its classifiers, environment.yml and the Makefile name the same Pythons."""
    project = PROJECT["project"]
    classified = [c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c]
    (conda,) = (line for line in CONDA if isinstance(line, str) and line.startswith("python"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert project["requires-python"] == f">={PYTHONS[0]},<3.{int(PYTHONS[-1][2:]) + 1}"
    assert classified == list(PYTHONS)
    assert conda in {f"python={version}" for version in PYTHONS}
    assert "(3, 11) <= sys.version_info < (3, 14)" in makefile


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    """What is committed works anywhere and tells nothing about where it was made."""
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in kept_files().items()
        for number, line in enumerate(text.splitlines(), 1)
        if any(host in line for host in REGISTRIES) or MACHINE_PATH.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("text", ["see /wo" + "rk/main", '"/ho' + 'me/ann/x"', "(/ro" + "ot/a", "file:///op" + "t/b"])
def test_a_folder_of_a_machine_is_recognised(text):
    """The search finds what it is there for."""
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize(
    "text", ["https://a.example/ho" + "me/x", "docs/wo" + "rk/x", "./tm" + "p/x", "the ho" + "me/office share"]
)
def test_an_address_or_a_relative_path_is_no_folder_of_a_machine(text):
    """Addresses and relative paths may hold the same words."""
    assert not MACHINE_PATH.search(text)


def test_notebooks_run_on_the_kernel_everybody_has():
    """Other kernel names break papermill and nbval on other machines."""
    kernels = {name: notebook["metadata"]["kernelspec"]["name"] for name, notebook in notebooks().items()}

    assert kernels == dict.fromkeys(kernels, "python3")


def test_notebooks_are_committed_without_traces_of_a_run():
    """`make strip` has nothing left to do."""
    assert [name for name, notebook in notebooks().items() if stripped(notebook) != notebook] == []


def run_notebook(**metadata):
    """A notebook as JupyterLab and papermill leave it."""
    times = {"papermill": {"duration": 1.5}, "tags": ["parameters"]}
    cell = {
        "cell_type": "code",
        "execution_count": 4,
        "metadata": times,
        "outputs": [{"output_type": "stream"}],
        "source": "1",
    }
    return {"cells": [cell], "metadata": {"kernelspec": {"name": "venv"}, "widgets": {}, **metadata}, "nbformat": 4}


def test_strip_takes_out_what_a_run_left_and_keeps_tags(tmp_path):
    """Outputs, counts, times, widget state and the local kernel go; a second run changes nothing."""
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(run_notebook()), encoding="utf-8")

    assert [strip(file), strip(file)] == [True, False]
    clean = json.loads(file.read_text(encoding="utf-8"))
    assert clean["cells"][0] == {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": ["parameters"]},
        "outputs": [],
        "source": "1",
    }
    assert [*clean["metadata"]] == ["kernelspec"]
    assert clean["metadata"]["kernelspec"]["name"] == "python3"


def test_strip_keeps_the_outputs_of_a_notebook_that_asks_for_it():
    """A tutorial is compared by nbval with the outputs it was committed with."""
    cell = stripped(run_notebook(keep_output=True))["cells"][0]

    assert (cell["execution_count"], len(cell["outputs"])) == (4, 1)


def test_stored_outputs_do_not_depend_on_plans_of_ones_own(monkeypatch):
    """A kernel of `make outputs` has a folder without plans, wherever plans of the user are."""
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", str(ROOT / "parameters"))
    with without_plans() as environment:
        own = Path(environment["IMIS_PLAN_PARAMETERS"])
        monkeypatch.setenv("IMIS_PLAN_PARAMETERS", str(own))
        assert own_folder() == own
        assert own.parts[-2:] == ("my_plans", "parameters")
        assert [file.name for file in own.iterdir()] == ["schema.json"]
    assert not own.exists()


def test_a_command_runs_without_plans_of_ones_own():
    """`make notebooks` compares in the same folder that `make outputs` runs in, and fails where the comparison does."""
    program = "import os, sys; sys.exit(len(os.listdir(os.environ['IMIS_PLAN_PARAMETERS'])) + 40)"
    assert run_without_plans([sys.executable, "-c", program]) == 41  # the schema


def test_what_make_starts_keeps_compiled_modules():
    """Where a container forbids it, each of a batch's many processes would compile all it imports anew, which takes twice as long."""
    shown = subprocess.run(
        ["make", "--silent", "--eval", 'told: ; @echo "[$$PYTHONDONTWRITEBYTECODE]"', "told"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "[]\n"


def test_readme_commands_exist():
    """The two commands of the README are targets of the Makefile."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(re.findall(r"\bmake ([a-z-]+)", readme))

    assert {"reports", "test"} <= commands
    assert commands <= targets
