"""`imis-plan compare`: scenarios side by side on stdout, for people and for machines."""

import csv
import io
import json

import pytest

from imis_plan import compare, load
from imis_plan.cli.console import plain_text
from imis_plan.scenario.save import save
from tests.cli.conftest import REAL


def test_two_scenarios_come_with_the_difference_and_the_reason(imis_plan):
    """A table, its split, and a sentence without marks of Markdown."""
    done = imis_plan("compare", "tanzania", "nepal")
    table, split, reason = done.out.strip().split("\n\n")

    assert (done.code, done.err) == (0, "")
    assert table.splitlines()[1].split() == ["tanzania", "nepal"]
    heads = ["Component", "Left", "Volume", "Price", "Timing", "Exchange", "rate", "Right", "Difference"]
    assert split.splitlines()[1].split() == heads
    assert split.splitlines()[-1].startswith("Total")
    assert reason.startswith("Per insured person per year, Tanzania costs USD ")
    assert "\\" not in reason


def test_three_scenarios_stand_side_by_side_only(imis_plan):
    """A difference is between two."""
    done = imis_plan("compare", "tanzania", "nepal", "malawi")
    assert done.out.splitlines()[1].split() == ["tanzania", "nepal", "malawi"]
    assert "volume" not in done.out


def test_csv_has_a_row_for_each_scenario(imis_plan):
    """With all digits of `compare`."""
    rows = list(csv.DictReader(io.StringIO(imis_plan("compare", "nepal", "malawi", "--format", "csv").out)))
    expected = compare(*(load(name, parameters=REAL) for name in ("nepal", "malawi")))

    assert [row["scenario"] for row in rows] == ["nepal", "malawi"]
    assert [float(row["usd_per_insured_year"]) for row in rows] == pytest.approx(
        list(expected["usd_per_insured_year"]), rel=1e-12
    )


@pytest.mark.parametrize(("names", "split"), [(("nepal", "zanzibar"), True), (("nepal", "zanzibar", "chad"), False)])
def test_json_always_has_the_same_keys(names, split, imis_plan):
    """The decomposition and its reason are null where there are more than two; what cannot be divided is null."""
    found = json.loads(imis_plan("compare", *names, "--format", "json").out)

    assert list(found) == ["comparison", "decomposition", "why"]
    assert [row["scenario"] for row in found["comparison"]] == list(names)
    assert found["comparison"][1]["usd_per_claim"] is None
    assert (found["decomposition"] is not None, found["why"] is not None) == (split, split)


def test_the_answer_goes_into_a_file(imis_plan, tmp_path):
    """And its path to the terminal."""
    done = imis_plan("compare", "nepal", "chad", "--out", tmp_path / "both.txt")
    assert (done.code, done.out) == (0, f"{tmp_path / 'both.txt'}\n")
    assert "Per insured person per year" in (tmp_path / "both.txt").read_text(encoding="utf-8")


def test_bad_input_ends_with_two(imis_plan):
    """One scenario cannot be compared, and a typo gets the name that was meant."""
    assert imis_plan("compare", "nepal").code == 2
    done = imis_plan("compare", "nepal", "tanzanja")
    assert (done.code, done.out) == (2, "")
    assert done.err == "parameters/tanzanja.yaml: no such scenario, did you mean tanzania?\n"


def test_help_shows_an_example(imis_plan):
    """As that of every command."""
    assert "example: imis-plan compare tanzania nepal" in imis_plan("compare", "--help").out


@pytest.mark.parametrize(("more", "noted"), [((), True), (("--simulate",), False)])
def test_a_variant_that_keeps_the_contingency_of_its_base_is_named(more, noted, imis_plan, tmp_path):
    """As a row of a table or a saved what-if does; `--simulate` renews it."""
    for file in REAL.glob("*.yaml"):
        (tmp_path / file.name).symlink_to(file)
    base = load("gambia", parameters=tmp_path)
    save("variant", base, base.replace({"coverage.target": 0.5}))
    done = imis_plan("compare", "gambia", "variant", *more, parameters=tmp_path)

    note = "variant: contingency: shares of the base cost as simulated for gambia without changes; --simulate renews them"
    assert done.out.endswith(f"\n\n{note}\n") == noted
    assert ("without changes" in done.out) == noted


def test_a_name_of_a_scenario_has_no_backslash_in_the_terminal():
    """Markdown escapes _, a terminal shows it."""
    assert plain_text(r"Malawi (facility\_types) costs 3 \* 2\.") == "Malawi (facility_types) costs 3 * 2."
