"""A folder of one's own: what it contains takes precedence over the package, and all else comes from it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imis_plan import budget, load
from imis_plan.batch.dask import pack
from imis_plan.batch.task import Task
from imis_plan.problems import BadInput
from imis_plan.scenario import new_file, new_scenario, own_folder
from imis_plan.scenario.folder import (
    PACKAGE_PARAMETERS,
    available_scenarios,
    find_parameters,
    is_installed,
    package_folder,
    parameter_file,
    scenarios,
    writable_parameters,
)
from imis_plan.scenario.inputs import input_files
from tests import small

BORSA = (PACKAGE_PARAMETERS / "borsa.yaml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    """A folder that takes all from the package."""
    return own_folder.begin_parameters(tmp_path / "parameters")


def test_a_new_folder_has_the_schema_and_takes_the_rest_from_the_package(own):
    """Its own scenarios are none; those that a command accepts are those of the package."""
    assert [path.name for path in own.iterdir()] == ["schema.json"]
    assert scenarios(own) == []
    assert available_scenarios(own) == scenarios(PACKAGE_PARAMETERS)
    assert load("nepal", parameters=own).folder == own


def test_own_files_take_precedence(own):
    """A scenario of the same name, and a source; sources of the package stay known."""
    (own / "nepal.yaml").write_text("based_on: borsa\nabout: {title: Mine}\n", encoding="utf-8")
    text = 'based_on: nepal\npopulation:\n  total: {value: 100000, source: "own_count: p. 1", confidence: A}\n'
    (own / "village.yaml").write_text(text, encoding="utf-8")
    (own / "sources.yaml").write_text(small.SOURCES.replace("census2021", "own_count"), encoding="utf-8")
    plan = load("village", parameters=own)
    assert (plan.about.title, plan.about.currency, plan["population.total"]) == ("Mine", "XAF", 100000)
    assert plan.files == (PACKAGE_PARAMETERS / "borsa.yaml", own / "nepal.yaml", own / "village.yaml")
    assert scenarios(own) == ["nepal", "village"]


def test_a_folder_with_its_own_defaults_stands_alone(tmp_path):
    """A folder with its own defaults stands alone: nothing of the package is added."""
    folder = small.folder(tmp_path)
    assert available_scenarios(folder) == ["toy"]
    assert parameter_file(folder, "nepal.yaml") == folder / "nepal.yaml"


def test_a_link_to_nowhere_is_not_replaced_by_the_file_of_the_package(own):
    """It is named, not passed over."""
    (own / "nepal.yaml").symlink_to(own / "gone.yaml")
    with pytest.raises(BadInput, match=r"parameters/nepal\.yaml: a link to a file that is not there"):
        load("nepal", parameters=own)


def test_the_inputs_of_a_report_are_the_files_that_were_read(own):
    """Of the package where the folder has none."""
    (own / "mine.yaml").write_text(BORSA, encoding="utf-8")
    found = input_files("mine", own)
    assert found["scenario"] == own / "mine.yaml"
    assert found["defaults"] == PACKAGE_PARAMETERS / "defaults.yaml"


def test_a_cluster_gets_what_the_package_does_not_have(own, tmp_path):
    """With the schema, by which the folder is recognised there."""
    (own / "mine.yaml").write_text(BORSA, encoding="utf-8")
    notebook = tmp_path / "notebooks" / "n.ipynb"
    notebook.parent.mkdir()
    notebook.write_text("{}", encoding="utf-8")
    sent = {path for path, _ in pack(Task("mine", own, notebook)).files.values()}
    assert sent == {"parameters/mine.yaml", "parameters/schema.json", "notebooks/n.ipynb"}


def test_without_a_folder_of_ones_own_scenarios_go_to_the_folder_at_hand(tmp_path, monkeypatch):
    """Reading uses the package, writing never does."""
    monkeypatch.chdir(tmp_path)
    assert find_parameters() == PACKAGE_PARAMETERS
    assert writable_parameters() == tmp_path / "parameters"
    assert new_scenario.write("mine", writable_parameters(), "Kenya").parent == tmp_path / "parameters"
    assert find_parameters() == tmp_path / "parameters"


def test_nothing_is_written_into_the_package(monkeypatch):
    """Wherever the command was started, and whatever folder was named."""
    inside = Path(own_folder.__file__).parents[1] / "parameters"
    assert is_installed(inside)
    with pytest.raises(BadInput, match="part of the installed package, where nothing is written"):
        new_file.create(inside / "mine.yaml", BORSA)
    assert not inside.exists()


def test_a_project_has_all_that_an_analyst_edits(tmp_path):
    """And a budget from the first day."""
    written = {path.relative_to(tmp_path / "plans").as_posix() for path in own_folder.create_project(tmp_path / "plans")}
    names = ("country_budget", "explore", "own_section", "portfolio", "start", "start_here")
    notebooks = {f"notebooks/{name}.ipynb" for name in names}
    texts = {"README.md", ".gitignore", "requirements.txt", "reports/README.md", "tests/test_check.py", "parameters/schema.json"}
    assert written == notebooks | texts
    assert budget(load("borsa", parameters=tmp_path / "plans" / "parameters"))["amount"].sum() > 0


def test_a_project_gets_the_notebooks_of_the_package_and_no_other(tmp_path, monkeypatch):
    """Somebody may keep a copy beside them."""
    source = package_folder("notebooks")
    shutil.copytree(source, tmp_path / "notebooks")
    (tmp_path / "notebooks" / "mine.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(own_folder, "package_folder", lambda name: tmp_path / name)
    usual = sorted(f"{name}.ipynb" for name in own_folder.PACKAGE_NOTEBOOKS)
    assert sorted(path.name for path in own_folder.copy_notebooks(tmp_path / "plans").iterdir()) == usual
    assert sorted(path.name for path in own_folder.package_notebooks()) == usual


def test_a_project_overwrites_nothing(tmp_path):
    """Every file in the way is named, and none is written."""
    for name in ("README.md", ".gitignore"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        own_folder.create_project(tmp_path)
    assert [(problem.file, problem.message) for problem in caught.value.problems] == [
        (str(tmp_path / ".gitignore"), "already exists"),
        (str(tmp_path / "README.md"), "already exists"),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "README.md"]


def test_without_any_parameters_the_message_says_how_to_begin(tmp_path, monkeypatch):
    """An incomplete package, in a folder without a project."""
    monkeypatch.setattr("imis_plan.scenario.folder.PACKAGE_PARAMETERS", tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="begin a project with `imis-plan init FOLDER`, or name a folder with --parameters"):
        find_parameters()


@pytest.mark.parametrize(("draft", "code"), [(False, 0), (True, 1)])
def test_the_test_of_a_project_finds_open_questions(draft, code, tmp_path):
    """As `imis-plan check` does: a scenario with open questions cannot be used yet."""
    own_folder.create_project(tmp_path / "plans")
    place = tmp_path / "plans" / "parameters"
    if draft:
        new_scenario.write("kenya", place)
    else:
        (place / "mine.yaml").write_text(BORSA, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_check.py"]
    done = subprocess.run(command, cwd=tmp_path / "plans", capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout
    assert ("kenya: 21 open questions" in done.stdout) is draft
