"""Reports of two real scenarios, rendered once, and no settings from outside."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from imis_plan.report import batch
from tests.report.places import REAL

EPOCH = "1767225600"  # 2026-01-01


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


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The folder with the reports of Nepal and Zanzibar and their index, as the command makes them.

    Of several workers the first one renders, and the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out, taken, done = (shared / name for name in ("reports", "reports.taken", "reports.done"))
    try:
        taken.mkdir()
    except FileExistsError:
        wait_for(done)
    else:
        try:
            render(out)
        finally:
            done.touch()
    assert (out / "index.html").is_file(), "another worker could not render the reports"
    return out


def render(out):
    """Render them as on the first day of 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        results = batch.report(["nepal", "zanzibar"], out, parameters=REAL)
    assert [(result.name, result.reason) for result in results] == [("nepal", None), ("zanzibar", None)]


def wait_for(file, seconds=300):
    """Wait until another worker is done."""
    end = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.1)
