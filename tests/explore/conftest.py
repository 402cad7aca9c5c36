"""A folder of real scenarios to work on, the explorer served from it, and a browser of the system."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.page.test_accessible import axe  # noqa: F401  # fixtures are found by their names
from tests.report.conftest import chromium  # noqa: F401

ROOT = Path(__file__).parents[2]
SHARED = ("defaults", "units", "sources", "benchmarks")
SCREEN = {"width": 1400, "height": 1900}
# A slow machine that does other things besides.
PATIENCE = 120_000


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """The environment of the user who runs the tests has no effect."""
    for name in ("PARAMETERS", "OPTION", "SET", "EXPLORE"):
        monkeypatch.delenv(f"IMIS_PLAN_{name}", raising=False)


def working_folder(at, *scenarios):
    """A folder with the parameters of these scenarios and the notebooks; what is saved stays in it."""
    place = at / "parameters"
    place.mkdir()
    for name in (*SHARED, *scenarios):
        shutil.copyfile(ROOT / "parameters" / f"{name}.yaml", place / f"{name}.yaml")
    (at / "notebooks").mkdir()
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copyfile(file, at / "notebooks" / file.name)
    return place


@pytest.fixture
def place(tmp_path):
    """Parameters of two scenarios."""
    return working_folder(tmp_path, "nepal", "zambia")


@contextmanager
def served(place, *arguments, show="explore"):
    """The explorer, or the form with `show="start"`, served until the end of the block; gives its address. Ctrl-C then ends it, and nothing is left."""
    own = {name: str(place.parent / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")}  # fmt: skip
    command = [sys.executable, "-m", "imis_plan.cli.main", show, "--no-browser", "--parameters", str(place), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **own})
    assert process.stdout
    address = process.stdout.readline().strip()
    try:
        assert address.startswith("http://127.0.0.1:"), address + process.stdout.read()
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert processes_with(urlsplit(address).query.removeprefix("token=")) == []


def processes_with(token):
    """Processes that have the token in their environment: the server, and the kernels it started."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += [environment.parent.name] if token.encode() in environment.read_bytes() else []
        except OSError:  # it has ended meanwhile, or is not ours
            continue
    return found


@contextmanager
def visitor(browser):
    """A page of a visitor of its own; every address beyond this machine that it asks for is kept in `page.asked`, none is reached."""
    context = browser.new_context(viewport=SCREEN, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.asked = []

    def judge(route):
        """Let through what is on this machine."""
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            page.asked.append(route.request.url)
            route.abort()

    context.route("**/*", judge)
    try:
        yield page
    except Exception as error:
        error.add_note(evidence(page))
        raise
    finally:
        context.close()


def evidence(page):
    """What stood on a page when a test failed: its words, in JupyterLab with the state of the kernel at their end, and a picture of it."""
    picture = Path(tempfile.mkdtemp()) / "failed.png"
    page.screenshot(path=picture)
    return f"page: {urlsplit(page.url).path}\npicture: {picture}\nwords:\n{page.locator('body').inner_text()}"


class Shown:
    """The explorer on a page."""

    def __init__(self, page):
        self.page = page
        page.wait_for_selector("img.imis-x-figure[src]")

    def figure(self, name):
        """One of the figures at the top."""
        return self.page.locator(f"[data-figure={name}]").inner_text()

    def change(self, name):
        """How it differs from the base."""
        return self.page.locator(f"[data-change={name}]").inner_text()

    def lever(self, words):
        """The lever with these words in its name."""
        return self.page.locator(".imis-lever", has_text=words)

    def press(self, words, key="ArrowRight"):
        """Move a slider by a key, and wait for the numbers and the figure."""
        picture = self.page.locator("img.imis-x-figure").get_attribute("src")
        self.lever(words).get_by_role("slider").press(key)
        self.page.wait_for_function("then => document.querySelector('img.imis-x-figure')?.src !== then", arg=picture)

    def enter(self, words, text):
        """Type into the field of a lever."""
        field = self.lever(words).locator("input[type=text]")
        field.fill(text)
        field.press("Enter")

    def click(self, name):
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def see(self, text):
        """Wait for words to appear."""
        self.page.get_by_text(text).first.wait_for()

    def unchanged(self):
        """Wait until the total is that of the base."""
        self.page.wait_for_function("document.querySelector('[data-change=total]').innerText === 'as in the base'")

    def changed(self):
        """Wait until it is not."""
        self.page.wait_for_function("document.querySelector('[data-change=total]').innerText !== 'as in the base'")
