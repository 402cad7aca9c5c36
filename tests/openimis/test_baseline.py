"""Files of facts: read with all their problems, and never half."""

import pytest
import yaml

from imis_plan.openimis.baseline import read_baseline
from imis_plan.problems import BadInput
from tests.openimis.facts import baseline


def test_what_is_written_is_what_is_read(tmp_path):
    """Values, values by name, and gaps; whole numbers without a point."""
    file = tmp_path / "borsa.yaml"
    file.write_text(yaml.safe_dump(baseline("claims").as_dict()))

    found = read_baseline(file)

    assert (found.system, found.facts) == (baseline().system, baseline("claims").facts)
    assert "registered: {value: 2700}" in yaml.safe_dump(baseline().as_dict(), default_flow_style=None)


def test_all_problems_are_reported_together(tmp_path):
    """File, line, what is wrong, what would be right."""
    file = tmp_path / "baselines" / "borsa.yaml"
    file.parent.mkdir()
    file.write_text(
        "system: {host: h, kind: API, account: a, release: r, day: today, year: 2025}\n"
        "facts:\n  users: {value: -1}\n  families: {}\n  claims: {value: 3, missing: no right}\nmore: 1\n"
    )

    with pytest.raises(BadInput) as caught:
        read_baseline(file)

    text = str(caught.value)
    assert 'borsa.yaml:1: system.day = "today": not a date, give it as 2026-01-31' in text
    assert "borsa.yaml:3: facts.users" in text
    assert "borsa.yaml:4: facts.families: needs a value or a reason, not both, give `value`, or `missing` with the reason" in text
    assert "borsa.yaml:5: facts.claims: needs a value or a reason" in text
    assert "borsa.yaml:6: more: unknown key" in text


@pytest.mark.parametrize("text", ["", "facts: {}\n"])
def test_a_file_without_facts_is_refused(text, tmp_path):
    """A file that says nothing is a mistake, not a country without anybody insured."""
    file = tmp_path / "borsa.yaml"
    file.write_text(text)

    with pytest.raises(BadInput, match="no facts"):
        read_baseline(file)
