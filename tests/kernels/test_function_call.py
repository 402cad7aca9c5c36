"""Functions called in a process of the fork server: what comes back, and what does when the process does not."""

import inspect
import os
import signal
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from imis_plan.kernels import cancellation, forkserver, function_call, resources, supervisor
from imis_plan.kernels.errors import ProcessError
from imis_plan.kernels.forkserver import FORKSERVER_START, STANDARD_START
from imis_plan.problems import BadInput
from tests.kernels.processes import linux, until

pytestmark = [pytest.mark.slow, linux]


@pytest.fixture(scope="module", autouse=True)
def _one_fork_server():
    """All tests here use the same."""
    with resources.acquired():
        yield


def call(function, argument, start_method=FORKSERVER_START, timeout=60.0):
    """Call a function as a report calls the one for its tables and workbook."""
    return function_call.call(function, argument, start_method=start_method, timeout=timeout)


def open_files():
    """How many this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def stat(pid):
    """State of a process, number of its parent, and more; see proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def test_a_call_has_a_process_of_its_own_and_without_a_fork_server_it_is_ours():
    """Each has a group of processes of its own, so that what it starts ends with it."""
    groups = [call("os:getpgid", 0), call("os:getpgid", 0), os.getpgid(0)]
    assert len(set(groups)) == 3
    assert call("os:getpgid", 0, STANDARD_START) == os.getpgid(0)


def test_a_call_is_where_we_are(tmp_path, monkeypatch):
    """Folders of parameters are named from the folder that the command was started in."""
    monkeypatch.chdir(tmp_path)
    assert call("os.path:abspath", "x") == str(Path.cwd() / "x")


def test_faults_come_back_as_they_were_found():
    """With file and line, as if they had been found here."""
    with pytest.raises(BadInput) as here:
        function_call.call_here("imis_plan.scenario.plan:load", "nobody")
    with pytest.raises(BadInput) as there:
        call("imis_plan.scenario.plan:load", "nobody")
    assert (str(there.value), there.value.problems) == (str(here.value), here.value.problems)
    with pytest.raises(ValueError, match="invalid literal"):
        call("builtins:int", "many")


def test_an_error_that_cannot_travel_sends_its_words():
    """Its class may ask for more than its words when it is made again."""

    class LocalError(Exception):
        """Nobody else knows it."""

    sent = function_call.picklable(LocalError("lost"))
    assert (type(sent), str(sent)) == (RuntimeError, "LocalError: lost")
    with pytest.raises(TypeError, match="cannot pickle"):
        call("threading:Condition", None)


def test_a_result_may_be_larger_than_a_pipe():
    """It is read while it is sent."""
    assert call("builtins:bytes", 5_000_000) == bytes(5_000_000)


def test_a_process_that_dies_or_takes_too_long_is_a_reason():
    """And the next one works; nothing stays open."""
    assert call("os:getpgid", 0) != os.getpgid(0)  # else the next line would end the tests
    before = open_files()
    with pytest.raises(ProcessError, match="the process ended with exit code 3 and no result"):
        call("os:_exit", 3)
    with pytest.raises(ProcessError, match="the process ended with exit code 4 and no result"):
        call("sys:exit", 4)
    with pytest.raises(ProcessError, match=r"the process was killed by signal 9 \(out of memory\?\)"):
        call("signal:raise_signal", 9)
    with pytest.raises(ProcessError, match=r"not done after 0\.2 seconds, which --timeout allows"):
        call("time:sleep", 60, timeout=0.2)
    assert call("os.path:basename", "a/b") == "b"
    assert open_files() <= before  # fewer, where something of an earlier test is collected meanwhile


def test_what_a_process_wrote_last_is_part_of_the_reason():
    """Its own words, or the error of Python that ended it."""
    with pytest.raises(ProcessError, match=r"the process ended with exit code 5 and no result: no space left$"):
        call("tests.kernels.test_function_call:exit_with_words", "first\nno space left\n")
    with pytest.raises(ProcessError, match=r"exit code 1 and no result: .*KeyboardInterrupt"):
        call("tests.kernels.test_function_call:interrupted", None)


def exit_with_words(words):
    """End this process after it has written some words."""
    os.write(2, words.encode())
    os._exit(5)


def interrupted(_):
    """What no `except Exception` catches."""
    raise KeyboardInterrupt


def test_a_supervisor_that_is_killed_takes_its_process_along():
    """What the process has started is in its group."""
    with pytest.raises(ProcessError, match="the process died; its exit code was lost"):
        call("tests.kernels.test_function_call:kill_supervisor", None)


def kill_supervisor(_):
    """Kill the parent of the process that this is called in, which then dies, too."""
    os.kill(os.getppid(), 9)
    time.sleep(60)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("supervisor", "the process died; its exit code was lost"),
        ("server", "the process died; its exit code was lost"),
        ("process", r"the process was killed by signal 9 \(out of memory\?\)"),
        ("stopped", "not done after 3 seconds, which --timeout allows"),
    ],
)
def test_a_process_that_dies_or_stops_while_it_sends_is_a_reason(how, reason):
    """Nobody waits for the rest: neither without end, nor beyond the time that is allowed."""
    found = []

    def wait():
        with pytest.raises(ProcessError, match=reason):
            call("tests.kernels.test_function_call:send_half", how, timeout=3)
        found.append("ended")

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(30)
    assert found == ["ended"]
    assert call("os.path:basename", "a/b") == "b"


def send_half(how):
    """Write the first bytes of a result as multiprocessing would, then end in the middle of it."""
    sender = next(frame.frame.f_locals["sender"] for frame in inspect.stack() if "sender" in frame.frame.f_locals)
    os.write(sender.fileno(), struct.pack("!i", 1000) + b"half")
    supervisor_pid = os.getppid()
    victim = {"supervisor": supervisor_pid, "server": int(stat(supervisor_pid)[1])}.get(how, os.getpid())
    os.kill(victim, signal.SIGSTOP if how == "stopped" else signal.SIGKILL)
    time.sleep(60)


def test_a_stopped_process_is_killed_before_it_leads_a_group(monkeypatch):
    """There is no group to kill yet."""
    monkeypatch.setattr(forkserver, "SHUTDOWN_SECONDS", 0.2)
    process = forkserver.start(signal.raise_signal, signal.SIGSTOP)
    assert process
    until(lambda: stat(process.pid)[0] == "T")
    killing = threading.Thread(target=process.kill, daemon=True)
    killing.start()
    killing.join(10)
    if process.poll() is None:  # else the tests would wait for it at their end
        os.kill(process.pid, signal.SIGKILL)
        pytest.fail("the process still stands")


def test_threads_may_wait_for_the_same_process():
    """Its exit code can be read once; many times, as two threads seldom meet there."""
    options = supervisor.ProcessOptions(dict(os.environ), str(Path.cwd()))
    for _ in range(50):
        process = forkserver.start(supervisor.supervise, options, os._exit, 7)
        assert process
        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(lambda _, process=process: process.wait(), range(2))) == [7, 7]


def test_ctrl_c_reaches_a_call():
    """The thread that waits for it finds it dead."""
    found = []

    def wait():
        with pytest.raises(ProcessError, match="the process"):
            call("time:sleep", 60)
        found.append("ended")

    waiting = threading.Thread(target=wait)
    waiting.start()
    until(lambda: cancellation._running)
    cancellation.cancel_all()
    waiting.join(10)
    assert found == ["ended"]
