"""`imis-plan export`: a form for each scenario, all or none, and errors as those of other commands."""

import csv

import pytest
from openpyxl import load_workbook


@pytest.mark.parametrize(("layout", "suffix"), [("mtef", "xlsx"), ("costab", "xlsx"), ("csv", "csv")])
def test_a_form_is_written_where_it_was_asked_for(layout, suffix, imis_plan, tmp_path):
    """To the file that is named; once more only with --force."""
    file = tmp_path / f"form.{suffix}"
    done = imis_plan("export", "borsa", "--layout", layout, "--out", file, "--language", "en")
    assert done == (0, f"{file}\n", "")
    before = file.read_bytes()
    assert before[:2] == (b"PK" if suffix == "xlsx" else b"\xef\xbb")
    assert imis_plan("export", "borsa", "--layout", layout, "--out", file).code == 2
    assert file.read_bytes() == before
    assert imis_plan("export", "borsa", "--layout", layout, "--out", file, "--language", "en", "--force").code == 0
    assert file.read_bytes() == before


def test_several_scenarios_go_to_a_folder(imis_plan, tmp_path):
    """One file for each, also where the folder is not there yet; French for a French scenario."""
    out = tmp_path / "forms"
    done = imis_plan("export", "borsa", "zambia", "--layout", "mtef", "--output", out)
    assert done.code == 0
    assert sorted(file.name for file in out.iterdir()) == ["borsa_mtef.xlsx", "zambia_mtef.xlsx"]
    titles = [load_workbook(out / f"{name}_mtef.xlsx").sheetnames[0] for name in ("borsa", "zambia")]
    assert titles == ["Plan de financement", "Financing plan"]


def test_all_or_none(imis_plan, tmp_path):
    """A scenario that cannot be read, and a year that none has: every problem at once, and no file."""
    out = tmp_path / "forms"
    done = imis_plan("export", "borsa", "nowhere", "zambia", "--layout", "mtef", "--year", "1999", "--out", out)
    assert (done.code, done.out) == (2, "")
    assert "no such scenario" in done.err
    assert done.err.count("--year") == 2
    assert "not a year of zambia, give 2027 to 2031" in done.err
    assert not out.exists()


def test_a_file_is_no_folder(imis_plan, tmp_path):
    """Several forms need a folder."""
    file = tmp_path / "one.xlsx"
    file.write_text("mine", encoding="utf-8")
    done = imis_plan("export", "borsa", "zambia", "--layout", "csv", "--out", file, "--force")
    assert done.code == 2
    assert "a file, not a folder" in done.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_two_forms_are_no_single_workbook(imis_plan, tmp_path):
    """A name that ends as that of a file makes no folder of that name."""
    done = imis_plan("export", "borsa", "zambia", "--layout", "csv", "--out", tmp_path / "forms.xlsx")
    assert done.code == 2
    assert "forms.xlsx: the name of a file, for 2 forms, name a folder for the forms" in done.err
    assert [*tmp_path.iterdir()] == []


def test_changes_and_options_are_in_the_form(imis_plan, tmp_path):
    """`--set` moves the long table as it moves the budget, which has the same total."""
    file = tmp_path / "long.csv"
    asked = ("--set", "coverage.target=0.5", "--language", "en")
    assert imis_plan("export", "nepal", "--layout", "csv", "--out", file, *asked).code == 0
    ledger = imis_plan("budget", "nepal", "--format", "csv", *asked).out
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    whole = sum(float(row["amount"]) for row in csv.DictReader(ledger.splitlines()))

    assert sum(float(row["amount"]) for row in rows) == pytest.approx(whole, abs=0.01)
    assert {"gfs_code", "account_code", "funder", "tax", "tax_bearer"} <= set(rows[0])


def test_a_layout_is_needed(imis_plan):
    """The error names the layouts."""
    assert imis_plan("export", "nepal").code == 2
    done = imis_plan("export", "nepal", "--layout", "imf")
    assert done.code == 2
    assert "mtef" in done.err


def test_open_questions_of_a_form_come_with_what_can_be_done(imis_plan, tmp_path):
    """As for a budget; for several scenarios together, and none is written."""
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    for name in ("kenya", "rwanda"):
        assert imis_plan("new", name, parameters=tmp_path).code == 0
    done = imis_plan("export", "kenya", "rwanda", "--layout", "csv", "--out", tmp_path / "forms", parameters=tmp_path)
    head = done.err.splitlines()[0]
    assert done.code == 2
    assert head.startswith(f"{tmp_path.name}/kenya.yaml, {tmp_path.name}/rwanda.yaml: ")
    assert "make a draft with typical values: --draft" in head
    assert not (tmp_path / "forms").exists()
