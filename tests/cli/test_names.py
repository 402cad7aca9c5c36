"""Names of scenarios: one rule, the same in every command."""

import json
import os

import pytest

from tests.cli.conftest import REAL
from tests.small import COUNTRY

RULE = "give letters from a to z, digits, - and _"


@pytest.fixture
def odd(small):
    """The small folder with a scenario whose file has a name with an apostrophe."""
    (small / "N'Djamena.yaml").write_text(COUNTRY, encoding="utf-8")
    return small


@pytest.mark.parametrize("command", ["check", "budget", "staffing", "report", "workbook"])
def test_a_file_with_a_name_that_no_scenario_can_have_is_refused_by_every_command(command, odd, imis_plan, tmp_path):
    """With the rule, and with a name that would do."""
    out = ["--out", tmp_path / "out"] if command == "report" else []
    done = imis_plan(command, "N'Djamena", *out, parameters=odd)
    right = f"rename the file: {RULE}, as in N-Djamena; the title takes any text"
    assert (done.code, done.out) == (2, "")
    assert done.err == f"parameters/N'Djamena.yaml: not a name of a scenario, {right}\n"
    assert not (tmp_path / "out").exists()


def test_the_list_names_the_command_that_explains_it(odd, imis_plan):
    """As for any other fault."""
    row = next(line for line in imis_plan("list", parameters=odd).out.splitlines() if line.startswith("N'"))
    assert row.split("  ")[-1].strip() == "1 problem: imis-plan check N'Djamena"


def test_a_base_is_found_by_the_same_rule(odd, imis_plan):
    """No scenario is based on one that nobody can name."""
    (odd / "other.yaml").write_text("based_on: N'Djamena\nabout: {title: t}\n", encoding="utf-8")
    assert "no such scenario" in imis_plan("check", "other", parameters=odd).err


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_name_that_is_not_utf_8_is_written_in_numbers(form, small, imis_plan, tmp_path):
    """In the list, in a file of it, and in the fault that `check` reports."""
    try:
        (small / os.fsdecode(b"s\xe9gou.yaml")).write_text(COUNTRY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    out = tmp_path / "list.txt"
    assert imis_plan("list", "--format", form, "--out", out, parameters=small).code == 0
    assert "udce9gou" in out.read_text(encoding="utf-8")
    assert r"parameters/s\udce9gou.yaml: not a name of a scenario, rename the file" in imis_plan("check", parameters=small).err


def test_a_table_and_a_folder_with_names_that_are_not_utf_8_are_used(tmp_path, imis_plan):
    """The results are written, with the names in numbers."""
    folder = tmp_path / os.fsdecode(b"p\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    for name in ("schema.json", "borsa.yaml"):
        (folder / name).write_bytes((REAL / name).read_bytes())
    table = tmp_path / os.fsdecode(b"s\xe9gou.csv")
    table.write_text("name,population.growth\nnorth,0.01\n", encoding="utf-8")
    out = tmp_path / "out"
    done = imis_plan("report", "borsa", "--scenarios", table, "--ledger-only", "--out", out, parameters=folder)
    assert (done.code, "failed" in done.err) == (0, False)
    record = json.loads((out / "north" / "manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"]["scenario"]["file"] == r"sudce9gou/north.yaml"
    assert imis_plan("report", "--ledger-only", "--out", out, parameters=folder).code == 0
    record = json.loads((out / "borsa" / "manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"]["scenario"]["file"] == r"p\udce9/borsa.yaml"
