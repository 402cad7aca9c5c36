"""What every test starts from."""

import os
import signal
import sys

import pytest

from imis_plan.i18n import interface, translate
from imis_plan.model import simulated_cost
from imis_plan.model.memoize import RecentResults


def pytest_configure():
    """Hear Ctrl-C, as the commands do that tests start: what runs in the background of a script is told to ignore it, and hands that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("MPLBACKEND", "Agg")  # no test needs a screen
    os.environ.pop("IMIS_PLAN_LANGUAGE", None)
    os.environ["LANGUAGE"] = (
        "en"  # the first variable that decides the language of the command line, also of processes that tests start
    )


# All simulated plans of a worker's tests: a test that loads a scenario which others have loaded does not simulate it again.
simulated_cost.known = RecentResults(500)  # at 80 KB each

# Files that take longest, longest first; not those of faults, whose time limits need a processor of their own.
SLOWEST = ("test_office.py", "test_pages.py", "test_downloads.py", "test_figure_png.py")


def pytest_collection_modifyitems(items):
    """Begin with the slowest files: of two workers, none then has a long one left when the other has nothing more to do."""
    rank = {name: number for number, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(autouse=True)
def _english_and_no_figure_left():
    """Each test starts in English, whatever the one before it has set, and leaves no figure open."""
    translate.set_language(translate.SOURCE)
    interface.set_interface_language(translate.SOURCE)
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(autouse=True)
def _no_folder_outlives_a_test(monkeypatch):
    """A folder of one's own is set for the process, as a notebook needs it; the next test starts without."""
    monkeypatch.setenv("IMIS_PLAN_PARAMETERS", "")  # set before it is deleted, so that it is absent again after the test
    monkeypatch.delenv("IMIS_PLAN_PARAMETERS")


@pytest.fixture
def speak():
    """Set a language for one test, whether or not there is a catalogue for it: numbers need none."""
    tokens = []
    yield lambda code: tokens.append(translate._language.set(code))
    for token in reversed(tokens):
        translate._language.reset(token)
