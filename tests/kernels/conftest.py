"""A short folder for temporary files, and no settings from outside."""

import tempfile
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """The environment of whoever runs the tests plays no part."""
    for name in ("PARAMETERS", "OPTION", "SET"):
        monkeypatch.delenv(f"IMIS_PLAN_{name}", raising=False)


@pytest.fixture
def short_folder():
    """A folder for temporary files with a short name: the name of a socket must be."""
    with tempfile.TemporaryDirectory(prefix="t-") as folder:
        yield Path(folder)
