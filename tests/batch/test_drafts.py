"""Reports of countries that nobody has planned for yet, from the facts and typical values alone."""

import json
import re
import shutil

import pytest

from imis_plan.batch.run import make_reports
from imis_plan.problems import BadInput
from imis_plan.scenario import new_scenario
from tests.report.places import REAL, ROOT

NEW = {"kenya": "Kenya", "bolivia": "Bolivia", "cambodia": "Cambodia"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The real parameters with three new scenarios, and the real notebook beside them."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(REAL, project / "parameters", ignore=shutil.ignore_patterns("actuals", "baselines"))
    (project / "notebooks").mkdir()
    shutil.copyfile(ROOT / "notebooks" / "country_budget.ipynb", project / "notebooks" / "country_budget.ipynb")
    for name in NEW:
        new_scenario.write(name, project / "parameters")
    return project / "parameters"


def test_a_report_of_open_questions_is_refused(folder, tmp_path):
    """Before anything is rendered."""
    with pytest.raises(BadInput, match="22 open questions"):
        make_reports(["bolivia"], tmp_path / "out", parameters=folder)
    assert not (tmp_path / "out").exists()


def test_new_countries_have_a_report_at_once(folder, tmp_path):
    """It is marked as a draft in its title, on its first page, in the index and in its ledger."""
    results = make_reports(NEW, tmp_path / "out", parameters=folder, draft=True, workbook=False)
    assert [(result.name, result.error) for result in results] == [(name, None) for name in sorted(NEW)]
    for name, country in NEW.items():
        page = (tmp_path / "out" / name / "report.html").read_text(encoding="utf-8")
        assert re.search(f"<title>[^<]*Draft: {country}: openIMIS for health insurance[^<]*</title>", page)
        assert "questions are open; typical values of comparable scenarios stand for their answers" in page
        assert "draft, open: " in (tmp_path / "out" / name / "ledger.csv").read_text(encoding="utf-8")
        manifest = json.loads((tmp_path / "out" / name / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["request"]["draft"] is True
        assert manifest["about"]["funding_decided"] is False
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8").count("Draft: ") >= len(NEW)
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8").count("not decided") == len(NEW)
