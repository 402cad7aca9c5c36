"""Reports of real scenarios, rendered once, a browser to look at them with, and no settings from outside."""

import os
import time

import pytest

from imis_plan.batch.run import make_reports
from imis_plan.page import pdf
from tests.report.places import NAMES, REAL

EPOCH = "1767225600"  # 2026-01-01
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """The environment of whoever runs the tests plays no part."""
    for name in ("PARAMETERS", "OPTION", "SET", "DRAFT"):
        monkeypatch.delenv(f"IMIS_PLAN_{name}", raising=False)


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The folder with the reports of four scenarios, their briefings and their index, as the command makes them.

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
        results = make_reports(NAMES, out, parameters=REAL, brief=True, annex=True)
    assert [(result.name, result.error) for result in results] == [(name, None) for name in sorted(NAMES)]


def wait_for(file, seconds=300):
    """Wait until another worker is done."""
    end = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.1)


@pytest.fixture(scope="module")
def chromium():
    """A browser of the system; where the tests are the project's own, it has to be there."""
    program = pdf.find_browser()
    if program is None:
        reason = f"no browser on PATH: {', '.join(pdf.BROWSERS)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
