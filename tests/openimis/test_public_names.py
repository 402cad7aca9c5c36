"""What a notebook sees of the chapter: its public names, and nothing that a module only imports."""

import pytest

from imis_plan import openimis

PUBLIC = {
    "openimis": {"plan_vs_observed", "tables", "text"},
    "plan_vs_observed": {"baseline_of", "differences"},
    "tables": {"facts", "observed_differences"},
    "text": {"observed_differences"},
}


@pytest.mark.parametrize("name", PUBLIC)
def test_completion_offers_the_public_names_only(name):
    """Names with two underscores belong to every module."""
    module = openimis if name == "openimis" else getattr(openimis, name)

    assert {shown for shown in dir(module) if not shown.startswith("__")} == PUBLIC[name]
