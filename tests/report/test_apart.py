"""Work done in a fork: what comes back, and what does when the fork does not."""

import os
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from imis_plan.report import apart, homes, underway
from imis_plan.report.endings import ForkError
from imis_plan.report.watch import FORK, STANDARD, ForkedProcess
from imis_plan.scenario.problems import BadInput
from tests.report.places import REAL
from tests.report.processes import linux, until

pytestmark = [pytest.mark.slow, linux]


@pytest.fixture(scope="module", autouse=True)
def _no_template_stays():
    """All tests here fork from one template."""
    yield
    homes.close()


def call(function, argument, kind=FORK, seconds=60.0):
    """Call a function as a report calls what stands beside its pages."""
    return apart.call(function, argument, kind, REAL.parent, {"IMIS_PLAN_PARAMETERS": str(REAL)}, seconds=seconds)


def open_files():
    """How many this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_fork_is_a_process_of_its_own_and_without_a_template_it_is_ours():
    """Each call has a group of processes of its own, so that what it starts ends with it."""
    groups = [call("os:getpgid", 0), call("os:getpgid", 0), os.getpgid(0)]
    assert len(set(groups)) == 3
    assert call("os:getpgid", 0, STANDARD) == os.getpgid(0)


def test_a_fork_is_where_we_are(tmp_path, monkeypatch):
    """Folders of parameters are named from the folder that the command was started in."""
    monkeypatch.chdir(tmp_path)
    assert call("os.path:abspath", "x") == str(Path.cwd() / "x")


def test_faults_come_back_as_they_were_found():
    """With file and line, as if they had been found here."""
    with pytest.raises(BadInput) as here:
        apart.here("imis_plan.scenario.plan:load", "nobody")
    with pytest.raises(BadInput) as there:
        call("imis_plan.scenario.plan:load", "nobody")
    assert (str(there.value), there.value.problems) == (str(here.value), here.value.problems)
    with pytest.raises(ValueError, match="invalid literal"):
        call("builtins:int", "many")


def test_an_error_that_cannot_travel_sends_its_words():
    """Its class may ask for more than its words when it is made again."""

    class LocalError(Exception):
        """Nobody else knows it."""

    sent = apart.portable(LocalError("lost"))
    assert (type(sent), str(sent)) == (RuntimeError, "LocalError: lost")


def test_a_fork_that_dies_or_takes_too_long_is_a_reason():
    """And the next one works; nothing stays open."""
    assert call("os:getpgid", 0) != os.getpgid(0)  # else the next line would end the tests
    before = open_files()
    with pytest.raises(ForkError, match=r"died \(out of memory\?\)"):
        call("os:_exit", 1)
    with pytest.raises(ForkError, match=r"not done after 0\.2 seconds, which --timeout allows"):
        call("time:sleep", 60, seconds=0.2)
    assert call("os.path:basename", "a/b") == "b"
    assert open_files() == before


def test_the_last_words_of_a_fork_are_the_reason():
    """What goes wrong outside the work itself is no lack of memory."""
    with pytest.raises(ForkError, match=r"died \(SystemExit: 3\)"):
        call("sys:exit", 3)
    with pytest.raises(TypeError, match="cannot pickle"):
        call("threading:Condition", None)


def test_threads_may_wait_for_the_same_process():
    """Its descriptor is closed once; many times, as two threads seldom meet there."""
    for _ in range(200):
        child = subprocess.Popen(["true"])
        process = ForkedProcess(child.pid, os.pidfd_open(child.pid))
        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(lambda _, process=process: process.wait(), range(2))) == [-1, -1]
        child.wait()


def test_ctrl_c_reaches_a_fork():
    """Whoever waits for it finds it dead."""
    found = []

    def wait():
        with pytest.raises(ForkError, match="died"):
            call("time:sleep", 60)
        found.append("ended")

    waiting = threading.Thread(target=wait)
    waiting.start()
    until(lambda: underway._ends)
    underway.stop_all()
    waiting.join(10)
    assert found == ["ended"]
