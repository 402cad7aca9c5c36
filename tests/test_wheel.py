"""What `pip install` gives: the wheel, in an environment of its own, used in an empty folder outside the repository."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE
from threading import Timer

import pytest
import requests

from imis_plan.batch import manifest
from imis_plan.scenario.folder import is_installed, package_folder, scenarios
from tests.report.places import REAL

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def environment():
    """Our environment without settings of ours, and with the templates on which those of the package build."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("IMIS_PLAN_", "PYTHON", "COVERAGE"))}
    return {**env, "JUPYTER_PATH": str(Path(sys.prefix, "share", "jupyter"))}


def run(*arguments, cwd=ROOT, code=0):
    """What a command prints to stdout; its exit code is checked."""
    done = subprocess.run(arguments, cwd=cwd, env=environment(), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of the repository as it is."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(out), str(ROOT))
    (found,) = out.glob("imis_plan-*.whl")
    return found


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """The installed command. The libraries are those of the tests, so that nothing is downloaded."""
    env = tmp_path_factory.mktemp("env")
    run(sys.executable, "-m", "venv", "--without-pip", str(env))
    places = sysconfig.get_paths("venv", {"base": str(env), "platbase": str(env)})
    python = Path(places["scripts"], "python")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--no-compile",
        str(wheel),
    )
    # Only now: pip would take the package of the tests for one to be replaced.
    Path(places["purelib"], "libraries.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return str(Path(places["scripts"], "imis-plan"))


@pytest.fixture
def empty(tmp_path):
    """An empty folder outside the repository."""
    folder = tmp_path / "anywhere"
    folder.mkdir()
    return folder


def contents(folder):
    """Every file below a folder, by its path and its time."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_the_wheel_contains_parameters_notebooks_and_templates_once(wheel):
    """All within the package, and none of the tests and tools."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    shipped = {path.relative_to(REAL).as_posix() for path in REAL.rglob("*") if path.is_file()}

    assert len(names) == len(set(names))
    assert {top for top in tops if not top.startswith("imis_plan-")} == {"imis_plan"}
    assert {name.removeprefix("imis_plan/parameters/") for name in names if name.startswith("imis_plan/parameters/")} == shipped
    assert {f"imis_plan/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")} <= set(names)
    assert "imis_plan/page/templates/imis/style.css" in names
    assert "imis_plan/facts/data/countries.csv" in names


def test_in_the_repository_the_same_folders_are_next_to_the_package():
    """An editable install finds the files that are edited."""
    assert (package_folder("parameters"), package_folder("notebooks")) == (REAL, ROOT / "notebooks")
    assert not is_installed(REAL)


def test_an_editable_install_contains_no_copy(tmp_path):
    """It only names the repository, so that what is edited there counts."""
    program = "import sys; from hatchling.build import build_editable; print(build_editable(sys.argv[1]))"
    name = run(sys.executable, "-c", program, str(tmp_path)).strip()
    names = zipfile.ZipFile(tmp_path / name).namelist()
    assert [each for each in names if each.endswith(".pth")] == ["_imis_plan.pth"]
    assert [each for each in names if each.startswith("imis_plan/")] == []


def test_an_installed_package_lists_checks_and_budgets_its_scenarios(command, empty):
    """Without a repository, and without writing anything."""
    listed = json.loads(run(command, "list", "--format", "json", cwd=empty))
    assert [row["scenario"] for row in listed] == scenarios(REAL)
    assert run(command, "check", "borsa", cwd=empty).startswith("borsa: good, ")
    ours = run(sys.executable, "-m", "imis_plan", "budget", "borsa", "--format", "csv")
    assert run(command, "budget", "borsa", "--format", "csv", cwd=empty) == ours
    assert list(empty.iterdir()) == []


def test_an_installed_package_makes_a_report(command, empty):
    """From its own notebook, into the folder at hand; its hash of the code is that of the repository."""
    run(command, "report", "borsa", cwd=empty)
    made = json.loads((empty / "reports" / "borsa" / "manifest.json").read_text(encoding="utf-8"))
    assert made["inputs"]["scenario"]["file"] == "parameters/borsa.yaml"
    assert made["inputs"]["notebook"]["file"] == "notebooks/country_budget.ipynb"
    assert made["package"] == manifest.package()
    assert (empty / "reports" / "borsa" / "report.html").is_file()


def test_new_writes_to_the_folder_at_hand_and_never_into_the_installation(command, empty):
    """It says where; the file is found from there, next to the scenarios of the package."""
    installed = contents(Path(command).parents[1])
    written = run(command, "new", "mine", "--country", "TCD", "--like", "borsa", cwd=empty).strip()
    assert Path(written) == empty / "parameters" / "mine.yaml"
    assert "mine: a draft, " in run(command, "check", "--draft", cwd=empty)
    assert run(command, "budget", "nepal", cwd=empty).startswith("nepal: nominal NPR")
    listed = run(command, "list", "--format", "csv", cwd=empty)
    assert '"mine"' in listed
    assert '"nepal"' in listed
    assert contents(Path(command).parents[1]) == installed


def test_init_makes_a_project_whose_own_test_passes(command, empty):
    """With a scenario of one's own; then its test names a fault in it, and the open questions of a new one."""
    assert run(command, "init", "plans", cwd=empty) == "plans\n"
    project = empty / "plans"
    python = str(Path(command).parent / "python")
    file = project / "parameters" / "mine.yaml"
    file.write_text("based_on: borsa\nabout: {title: Mine}\n", encoding="utf-8")
    assert "1 passed" in run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    run(command, "new", "kenya", cwd=project)
    assert "kenya: 21 open questions" in run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project, code=1)
    file.write_text("based_on: borsa\nabout: {iso3: Chad}\n", encoding="utf-8")
    assert 'about.iso3 = "Chad"' in run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project, code=1)


@pytest.mark.skipif(find_spec("voila") is None, reason="needs Voilà")
def test_the_explorer_runs_the_notebook_of_the_package(command, empty):
    """What it saves goes to the folder at hand; JupyterLab, which could edit the notebook, needs a project."""
    installed = contents(Path(command).parents[1])
    with subprocess.Popen(
        [command, "explore", "borsa", "--no-browser"], cwd=empty, env=environment(), stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        assert process.stdout is not None
        guard = Timer(120, process.kill)  # what says nothing would be waited for without end
        guard.start()
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            page = requests.get(address, timeout=120)
        finally:
            process.send_signal(signal.SIGINT)
            guard.cancel()
        _, said = process.communicate(timeout=60)
    assert page.status_code == 200
    assert "What if?" in page.text or "jupyter-widgets" in page.text
    assert said == f"scenarios that you save go to {empty / 'parameters'}\n"
    assert [path.name for path in (empty / "parameters").iterdir()] == ["schema.json"]
    assert contents(Path(command).parents[1]) == installed
    run(command, "explore", "borsa", "--lab", cwd=empty, code=2)
