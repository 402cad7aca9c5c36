"""`imis-plan start`: where plans are saved, and which notebook is shown."""

from importlib.util import find_spec

import pytest

from imis_plan.cli.main import main
from imis_plan.explore import server as serve
from imis_plan.scenario.folder import package_folder
from imis_plan.scenario.own_folder import begin_parameters, create_project


@pytest.fixture
def served(monkeypatch, tmp_path):
    """The servers that would have been started, in an empty folder without a project."""
    made = []
    monkeypatch.chdir(tmp_path)

    def note(server, **_more):
        """Start nothing."""
        made.append(server)
        return True

    monkeypatch.setattr(serve, "serve", note)
    return made


def test_plans_are_saved_in_the_folder_at_hand_and_it_says_so(served, tmp_path, capsys):
    """As those of `imis-plan new`; the package is only read."""
    assert main(["start", "kenya"]) == 0
    assert capsys.readouterr().err == f"plans are saved in {tmp_path / 'parameters'}\n"
    assert [path.name for path in (tmp_path / "parameters").iterdir()] == ["schema.json"]
    (server,) = served
    assert (server.kind, server.scenario, server.folder) == ("app", "kenya", tmp_path / "parameters")
    assert server.notebook == package_folder("notebooks").resolve() / "start.ipynb"


def test_the_guided_notebook_is_opened_as_a_copy(imis_plan, served, tmp_path):
    """In a project it is that of the project, which may have been edited."""
    create_project(tmp_path / "plans")
    own = tmp_path / "plans" / "notebooks" / "start_here.ipynb"
    own.write_text("{}", encoding="utf-8")
    assert imis_plan("start", "--lab", parameters=tmp_path / "plans" / "parameters").code == 0
    assert (served[0].kind, served[0].notebook, own.read_text(encoding="utf-8")) == ("lab", own, "{}")


def test_a_folder_that_is_none_is_refused(imis_plan, served, tmp_path):
    """Nothing is started."""
    done = imis_plan("start", parameters=tmp_path)
    assert done.code == 2
    assert "neither defaults.yaml nor schema.json in this folder" in done.err
    assert served == []


def test_problems_of_a_plan_are_reported_before_anything_starts(imis_plan, served, tmp_path):
    """As `imis-plan check` reports them."""
    place = begin_parameters(tmp_path / "parameters")
    (place / "mine.yaml").write_text("based_on: borsa\ncoverage: {target: {value: 7}}\n", encoding="utf-8")
    done = imis_plan("start", "mine", parameters=place)
    assert done.code == 2
    assert "coverage.target = 7: above 1" in done.err
    assert served == []


def test_what_is_not_installed_is_named(imis_plan, served, monkeypatch):
    """With the way to install it."""
    there = find_spec
    monkeypatch.setattr(serve, "find_spec", lambda wanted: None if wanted == "voila" else there(wanted))
    done = imis_plan("start")
    assert done.err == 'imis-plan start: Voilà is not installed, install it: pip install "imis_plan[app]"\n'
