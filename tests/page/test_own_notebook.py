"""An editable copy of a report notebook."""

import json
import re
from pathlib import Path

import pytest

from imis_plan import load
from imis_plan.batch.run import make_reports
from imis_plan.cli.main import main
from imis_plan.cli.notebook_command import own_notebooks
from imis_plan.i18n import translate
from imis_plan.page.own_notebook import USUAL, editable_copy
from imis_plan.problems import BadInput
from imis_plan.scenario.own_folder import begin_parameters

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "notebooks" / "country_budget.ipynb"


def own_texts(notebook):
    """The source of each cell with a text to edit, by its name."""
    cells = [cell for cell in notebook["cells"] if "own-text" in cell["metadata"].get("tags", ())]
    sources = ["".join(cell["source"]) for cell in cells]
    return {re.findall(r'name="(.*?)"', source)[0]: source for source in sources}


def test_a_copy_has_the_texts_that_were_asked_for_as_cells_to_edit():
    """All else is as in the original, and each cell has an id of its own."""
    copy = json.loads(editable_copy(SOURCE, load("nepal"), ["cost.headline"]))
    assert list(own_texts(copy)) == ["cost.headline"]
    assert "**{total}**" in own_texts(copy)["cost.headline"]
    ids = [cell["id"] for cell in copy["cells"]]
    assert len(ids) == len(set(ids))
    shown = sum("".join(cell["source"]).count("display.text(") for cell in copy["cells"])
    original = json.loads(SOURCE.read_text(encoding="utf-8"))
    assert shown == sum("".join(cell["source"]).count("display.text(") for cell in original["cells"])


def test_without_a_name_the_main_chapters_are_to_edit():
    """Those that analysts reword most."""
    assert set(own_texts(json.loads(editable_copy(SOURCE, load("nepal"))))) == set(USUAL)


def test_a_text_that_the_notebook_does_not_show_is_refused_by_name():
    """With the closest one."""
    with pytest.raises(BadInput, match=r"cost\.headlin.*did you mean cost\.headline"):
        editable_copy(SOURCE, load("nepal"), ["cost.headlin", "nothing"])


def test_a_copy_is_in_the_language_in_use():
    """A French copy has French words."""
    with translate.using_language("fr"):
        copy = json.loads(editable_copy(SOURCE, load("cameroon"), ["cost.headline"]))
    assert "Le coût total est de **{total}**" in own_texts(copy)["cost.headline"]
    assert 'language = "fr"' in "".join(copy["cells"][0]["source"])


@pytest.mark.parametrize("name", ["x/y", "../mine", "mine.ipynb", "my copy"])
def test_a_name_that_is_no_file_beside_the_notebook_is_refused(name, capsys):
    """With what to write instead."""
    assert main(["notebook", name, "--scenario", "zambia", "--parameters", str(ROOT / "parameters")]) == 2
    right = "give letters from a to z, digits, - and _, without a folder and without .ipynb"
    assert capsys.readouterr().err == f"{name}: not a name of a notebook, {right}\n"


def test_a_copy_from_the_package_goes_to_the_current_folder(tmp_path, monkeypatch, capsys):
    """Where there is no project; a copy of the copy goes there, too, and none beside the notebooks of the package."""
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS", raising=False)
    monkeypatch.chdir(tmp_path)
    before = sorted(SOURCE.parent.iterdir())
    assert main(["notebook", "mine", "--scenario", "zambia", "--text", "cost.headline"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'notebooks' / 'mine.ipynb'}\n"
    assert main(["notebook", "again", "--from", "mine", "--scenario", "zambia", "--text", "cost.by_year"]) == 0
    assert sorted(path.name for path in (tmp_path / "notebooks").iterdir()) == ["again.ipynb", "mine.ipynb"]
    assert sorted(SOURCE.parent.iterdir()) == before


def test_a_notebook_to_copy_that_does_not_exist_is_named_with_its_option(tmp_path, monkeypatch, capsys):
    """It would be in the user's own folder."""
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["notebook", "mine", "--from", "nothing"]) == 2
    assert capsys.readouterr().err == f"{tmp_path}/notebooks/nothing.ipynb: no such notebook, name one with --from\n"


def test_a_copy_for_a_draft_says_how_to_render_it(tmp_path, monkeypatch, capsys):
    """The report of a scenario with open questions needs --draft, too."""
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["new", "kenya"]) == 0
    command = ["notebook", "mine", "--scenario", "kenya", "--text", "cost.headline"]
    assert main(command) == 2
    capsys.readouterr()
    assert main([*command, "--draft"]) == 0
    path = tmp_path / "notebooks" / "mine.ipynb"
    assert f"imis-plan report kenya --notebook {path} --draft\n" in capsys.readouterr().err


def test_a_copy_goes_to_the_project_at_hand(tmp_path, monkeypatch):
    """From any folder in it."""
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS", raising=False)
    begin_parameters(tmp_path / "parameters")
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path / "reports")
    assert own_notebooks() == tmp_path / "notebooks"
    assert own_notebooks(ROOT / "parameters") == tmp_path / "reports" / "notebooks", "named, but that of the package"
    monkeypatch.chdir(ROOT)
    assert own_notebooks() == ROOT / "notebooks", "the project at hand is the package itself"


@pytest.mark.slow
def test_a_copy_makes_the_report_of_the_original_until_it_is_changed(tmp_path, capsys):
    """Same words; then the changed sentence, with the figures of the plan."""
    (tmp_path / "notebooks").mkdir()
    for name in ("defaults", "units", "sources", "benchmarks", "zambia"):
        place = tmp_path / "parameters" / f"{name}.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes((ROOT / "parameters" / f"{name}.yaml").read_bytes())
    for file in ("observations.csv", "observation_items.csv"):
        (tmp_path / "parameters" / file).write_bytes((ROOT / "parameters" / file).read_bytes())
    (tmp_path / "notebooks" / SOURCE.name).write_bytes(SOURCE.read_bytes())
    folder = str(tmp_path / "parameters")
    arguments = ["notebook", "mine", "--scenario", "zambia", "--text", "cost.headline", "--parameters", folder]
    assert main(arguments) == 0
    assert main(arguments) == 2
    assert "already exists" in capsys.readouterr().err
    mine = tmp_path / "notebooks" / "mine.ipynb"
    text = mine.read_text(encoding="utf-8").replace("The total cost is", "We ask for")
    mine.write_text(text, encoding="utf-8")
    (made,) = make_reports(["zambia"], out=tmp_path / "reports", parameters=folder, notebook=mine, workbook=False)
    page = (tmp_path / "reports" / "zambia" / "report.html").read_text(encoding="utf-8")
    assert made.status == "published"
    assert re.search(r"We ask for <strong>ZMW", page)
