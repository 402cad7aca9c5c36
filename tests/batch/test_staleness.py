"""Only what changed: which reports are made again, and why."""

import json
import shutil

import nbformat
import pytest

from imis_plan.batch import manifest, run
from imis_plan.cli.main import main
from imis_plan.kernels import execute
from imis_plan.problems import BadInput
from tests.report.places import BORSA, REAL, content, place, write_notebook


def instant(notebook, *_, **__):
    """What a notebook without any cell becomes."""
    return nbformat.v4.new_notebook(metadata={"notebook": str(notebook.name)})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder of two scenarios with their reports, made once and without a kernel."""
    at = tmp_path_factory.mktemp("published")
    folder = place(at, "1 + 1", first=BORSA, second=BORSA)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execute, "execute", instant)
        assert states(folder) == {"first": "published", "second": "published"}
    return at


@pytest.fixture
def project(made, tmp_path, monkeypatch):
    """The scenarios of a copy of it."""
    monkeypatch.setattr(execute, "execute", instant)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "parameters"


def states(folder, *names, **asked):
    """Status of each report after a run."""
    results = run.make_reports(names, folder.parent / "reports", parameters=folder, **asked)
    assert [result.error for result in results] == [None] * len(results)
    return {result.name: result.status for result in results}


def foreseen(folder, **asked):
    """Status of each report, and why, before a run."""
    results = run.preview_reports((), folder.parent / "reports", parameters=folder, **asked)
    return {result.name: (result.status, result.reason) for result in results}


CURRENT = ("current", "nothing it was made from has changed")


def test_nothing_changed_and_nothing_is_made(project):
    """No byte of any report is touched; `force` makes all again."""
    before = content(project.parent / "reports")
    assert states(project) == {"first": "current", "second": "current"}
    after = content(project.parent / "reports")
    before.pop("batch.json")
    assert after.pop("batch.json")
    assert after == before
    assert states(project, force=True) == {"first": "published", "second": "published"}


def edit(path):
    """Add a line to a file."""
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("parameters/first.yaml", ["first"]),
        ("parameters/defaults.yaml", ["first", "second"]),
        ("parameters/sources.yaml", ["first", "second"]),
        ("notebooks/country_budget.ipynb", ["first", "second"]),
    ],
)
def test_a_changed_input_is_named_and_its_reports_are_made(project, file, whose):
    """A scenario concerns its own report, what is shared concerns all."""
    edit(project.parent / file)
    wanted = {name: ("published", f"{file} changed") if name in whose else CURRENT for name in ("first", "second")}
    assert foreseen(project) == wanted
    assert states(project) == {name: status for name, (status, _) in wanted.items()}
    assert foreseen(project) == {"first": CURRENT, "second": CURRENT}


def test_actuals_that_appear_are_an_input(project):
    """A report shows them, so it is made again."""
    (project / "actuals").mkdir()
    (project / "actuals" / "first.csv").write_text("component,line,year,amount,unit\n", encoding="utf-8")
    assert foreseen(project)["first"] == ("published", "actuals/first.csv changed")


def test_another_package_language_or_variant_is_another_report(project, monkeypatch):
    """Each is told as what it is."""
    assert foreseen(project, language="en")["first"] == ("published", "another language")
    assert foreseen(project, changes={"time.horizon": 3})["first"] == ("published", "other changes")
    assert foreseen(project, option="own_server")["first"] == ("published", "another option")
    monkeypatch.setattr(manifest, "package", lambda: {"version": "9", "sha256": "0"})
    assert foreseen(project)["first"] == ("published", "imis_plan changed")
    monkeypatch.undo()
    monkeypatch.setattr(manifest, "versions", dict)
    assert foreseen(project)["first"] == ("published", "Python or a library changed")


def test_a_report_without_its_workbook_is_another_report(project):
    """It is left out of the folder, the manifest and the links of the page; the next run brings it back."""
    report = project.parent / "reports" / "first"
    shown = 'href="budget.xlsx"'
    assert shown in (report / "report.html").read_text(encoding="utf-8")
    assert states(project, "first", workbook=False) == {"first": "published"}
    assert set(content(report)) == {"cash_plan.csv", "ledger.csv", "manifest.json", "report.html", "report.ipynb", "staffing.csv"}
    assert shown not in (report / "report.html").read_text(encoding="utf-8")
    assert foreseen(project)["first"] == ("published", "other output options")


def test_a_report_that_was_damaged_is_made_again(project):
    """A file that is missing, one that was edited, and a manifest that is none."""
    reports = project.parent / "reports"
    (reports / "first" / "report.html").unlink()
    edit(reports / "second" / "ledger.csv")
    assert foreseen(project) == {
        "first": ("published", "report.html is missing"),
        "second": ("published", "ledger.csv was edited"),
    }
    (reports / "first" / "manifest.json").write_text("{", encoding="utf-8")
    assert foreseen(project)["first"] == ("published", "there is no complete report")


def test_the_report_of_a_scenario_that_is_gone_is_named_and_only_pruned_when_asked(project, capsys):
    """It stays and so does its place in the index, until `--prune`; nothing else is ever removed."""
    reports = project.parent / "reports"
    (project / "second.yaml").unlink()
    (reports / "own notes").mkdir()
    (reports / "own notes" / "manifest.json").write_text('{"files": {"a": "b"}}', encoding="utf-8")
    assert states(project) == {"first": "current", "second": "orphaned"}
    assert "second" in (reports / "index.html").read_text(encoding="utf-8")
    assert main(["report", "--parameters", str(project), "--out", str(reports), "--prune"]) == 0
    assert capsys.readouterr().err.startswith("second pruned: parameters/second.yaml is gone\n")
    assert sorted(path.name for path in reports.iterdir() if path.is_dir()) == ["first", "own notes"]


def test_named_scenarios_say_nothing_of_the_others(project):
    """Whoever asks for one report is not told of all that lies about."""
    (project / "second.yaml").unlink()
    assert states(project, "first") == {"first": "current"}


def test_a_dry_run_tells_and_does_nothing(project, capsys):
    """Exit code 0, a line for each report with the reason, not a byte written."""
    edit(project / "second.yaml")
    before = content(project.parent)
    assert main(["report", "--dry-run", "--parameters", str(project), "--out", str(project.parent / "reports")]) == 0
    assert [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()] == [
        ["Report", "Action", "Reason"],
        ["first", "keep", CURRENT[1]],
        ["second", "make", "parameters/second.yaml changed"],
    ]
    assert content(project.parent) == before


def test_a_fault_that_appears_in_a_current_scenario_is_found(project):
    """Its file has changed, so it is read again."""
    (project / "first.yaml").write_text(BORSA.replace("iso3: TCD", "iso3: Chad"), encoding="utf-8")
    with pytest.raises(BadInput, match="iso3"):
        run.preview_reports(["first"], project.parent / "reports", parameters=project)


def test_what_became_of_each_is_on_record(project):
    """`batch.json` counts and names, with the exit code that the command ended with."""
    edit(project / "second.yaml")
    states(project)
    record = json.loads((project.parent / "reports" / "batch.json").read_text(encoding="utf-8"))
    assert (record["exit"], record["counts"]) == (0, {"current": 1, "published": 1})
    assert [(r["name"], r["status"], r["reason"]) for r in record["reports"]] == [
        ("first", *CURRENT),
        ("second", "published", "parameters/second.yaml changed"),
    ]


def test_another_notebook_is_another_input(project):
    """Its folder and name are part of what the report was made from."""
    own = write_notebook(project.parent / "mine" / "own.ipynb", "2")
    assert foreseen(project, notebook=own)["first"] == ("published", "mine/own.ipynb changed")


def test_the_shipped_scenarios_are_found(tmp_path):
    """All would be made into an empty folder."""
    results = run.preview_reports((), tmp_path, parameters=REAL)
    assert {result.reason for result in results} == {"never made"}


def test_own_observations_are_an_input(project):
    """The observed prices of one's own folder are recorded like any other input; the shipped ones belong to the package."""
    assert "observations" not in manifest.files("first", project, project / "notebook.ipynb")
    own = project / "observations.csv"
    own.write_text("item\n", encoding="utf-8")
    assert manifest.files("first", project, project / "notebook.ipynb")["observations"] == own
