"""The facts stand at the bottom: whatever needs a country may read them."""

import re
from pathlib import Path

import yaml

from imis_plan.facts import tables
from tools.build_facts import TARGET

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")


def test_facts_import_nothing_else_of_the_package_but_problems_and_their_sentences():
    """A module outside may import them without a circle."""
    lines = [line for file in TARGET.parent.glob("*.py") for line in file.read_text(encoding="utf-8").splitlines()]
    imported = [line.split()[1] for line in lines if re.match(r"\s*(from|import) imis_plan", line)]

    assert {name for name in imported if not name.startswith("imis_plan.facts")} == {"imis_plan.problems", "imis_plan.sentence"}


def test_the_page_tells_what_the_pack_holds():
    """Unit, countries and years of every indicator, as in the tables."""
    rows = [row(name) for name in tables.indicators()]

    assert [line for line in rows if line not in PAGE] == []


def row(name):
    """The line of the page about an indicator."""
    indicator = tables.indicators()[name]
    found = {iso3: facts for (iso3, key), facts in tables.facts(indicator.table).items() if key == name}
    years = [fact.year for facts in found.values() for fact in facts]
    span = f"{min(years)}" if min(years) == max(years) else f"{min(years)}-{max(years)}"
    return f"| `{name}` | {indicator.unit} | {len(found)} | {span} |"


def test_the_page_names_every_correction():
    """With the country and the reason."""
    missing = [f"{row.iso3} {row.indicator}" for row in tables.corrections() if f"| {row.iso3} | `{row.indicator}` |" not in PAGE]

    assert missing == []


def test_an_origin_has_the_key_that_scenarios_know():
    """Where `sources.yaml` has the publication, too, both keys mean the same one."""
    sources = yaml.safe_load((ROOT / "parameters" / "sources.yaml").read_text(encoding="utf-8"))
    both = {key: origin for key, origin in tables.origins().items() if key in sources}

    assert len(both) >= 10
    assert {key: sources[key]["publisher"] for key in both} == {key: origin.producer for key, origin in both.items()}
