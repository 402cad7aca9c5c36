"""Whatever ends a batch, and whenever: every report is its complete old or its complete new version, and nothing is left behind.

These tests kill, fill disks and hang for real. `make test-faults COUNT=20` runs them twenty times in a row.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.kernels.processes import command, linux, marked, until
from tests.report.places import BORSA, content, old_report, place

pytestmark = [pytest.mark.slow, linux]

NAMES = ("first", "second", "third")
# Each report takes a moment, and its kernel has started something that would go on for long.
BUSY = """\
import subprocess, time
subprocess.Popen(["sleep", "300"])
time.sleep(0.4)
print(scenario)"""
# Seconds in which tables and a workbook are made even where others compute, too: then the cell is late, not they. They take one.
ENOUGH = "10"
# What does not stop for SIGINT, as some compiled code.
STUBBORN = """\
import signal, subprocess, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
subprocess.Popen(["sleep", "300"])
while True:
    time.sleep(60)"""


@pytest.fixture
def mark():
    """Found in the environment of every process that the test starts, and of those that they start."""
    return os.urandom(8).hex()


def complete(report):
    """Whether a report is new and whole: every file that its manifest names is there with its hash."""
    record = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in report.iterdir()}
    files.pop("manifest.json")
    files.pop("report.failed.ipynb", None)
    return bool(record) and files == record["files"]


def is_old(report):
    """Whether a report is what `old_report` made, perhaps with a failed notebook beside it."""
    found = content(report)
    found.pop("report.failed.ipynb", None)
    return found == {"report.html": f"the old report of {report.name}".encode(), "manifest.json": b"{}"}


def old_or_new(out):
    """Every report is one or the other, and beside them lies nothing but what stands over all."""
    for name in NAMES:
        assert is_old(out / name) or complete(out / name), content(out / name).keys()
    assert {path.name for path in out.iterdir()} <= {*NAMES, "batch.json", "index.html"}


def parent_of(pid):
    """Number of the process that started another."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]


def victims(who, process, mark):
    """Numbers of the processes of one kind."""
    lines = {}
    for pid in marked(mark):
        try:
            lines[pid] = (Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(), parent_of(pid))
        except OSError:
            continue  # ended meanwhile
    servers = {pid for pid, (line, parent) in lines.items() if "forkserver" in line and parent == str(process.pid)}
    supervisors = {pid for pid, (_, parent) in lines.items() if parent in servers}
    found = {
        "command": {str(process.pid)},
        "server": servers,
        "supervisor": supervisors,
        "kernel": {pid for pid, (_, parent) in lines.items() if parent in supervisors},
        "cleanup": {pid for pid, (line, _) in lines.items() if "cleanup.py" in line},
        "everything": set(lines),
    }
    return found[who]


def kill(who, process, mark):
    """Kill them; the command is stopped first where everything dies, so that it starts nothing new."""
    if who == "everything":
        process.send_signal(signal.SIGSTOP)
    for pid in victims(who, process, mark):
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            continue


@pytest.mark.parametrize("who", ["command", "server", "supervisor", "kernel", "cleanup", "everything"])
def test_killed_at_any_moment(who, tmp_path, short_folder, mark):
    """Old or new, nothing running, nothing lying about; and another run makes the rest."""
    folder, out = place(tmp_path, BUSY, **dict.fromkeys(NAMES, BORSA)), tmp_path / "reports"
    for name in NAMES:
        old_report(out, name)
    process = command(folder, out, short_folder, mark, "--jobs", "2")
    until(lambda: victims("kernel", process, mark) or process.poll() is not None)
    moment = random.uniform(0, 1.5)  # noqa: S311 - no secret
    time.sleep(moment)
    kill(who, process, mark)
    process.communicate(timeout=120)
    print(f"{who} killed {moment:.2f} s after the first kernel started")
    if who == "everything":  # nobody is left to tidy up: the next run does
        for pid in marked(mark):
            os.kill(int(pid), signal.SIGKILL)
    else:
        until(lambda: not marked(mark))
        until(lambda: not [*short_folder.iterdir()])
        old_or_new(out)
    again = command(folder, out, short_folder, mark)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    old_or_new(out)
    assert all(complete(out / name) for name in NAMES)
    assert [*short_folder.iterdir()] == []
    assert marked(mark) == []


def test_a_cell_that_hangs_is_ended_with_all_it_started(tmp_path, short_folder, mark):
    """After `--timeout` seconds, whatever it ignores; the cell and the line at which it stood are told, the others are made."""
    stubborn = f"if scenario == 'second':\n    exec({STUBBORN!r})\nprint(scenario)"
    folder = place(tmp_path, stubborn, **dict.fromkeys(NAMES[:2], BORSA))
    old_report(tmp_path / "reports", "second")
    process = command(folder, tmp_path / "reports", short_folder, mark, "--timeout", ENOUGH, "--junit", str(tmp_path / "j.xml"))
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    told = f"cell 2 (if scenario == 'second':), line 2: TimeoutError: not done after {ENOUGH} seconds, which --timeout allows"
    assert f"second failed: {told}" in said
    assert complete(tmp_path / "reports" / "first")
    assert is_old(tmp_path / "reports" / "second")
    assert (tmp_path / "reports" / "second" / "report.failed.ipynb").is_file()
    record = json.loads((tmp_path / "reports" / "batch.json").read_text(encoding="utf-8"))
    assert [(r["name"], r["status"], r["cell"], r["line"]) for r in record["reports"]] == [
        ("first", "published", None, None),
        ("second", "failed", 2, 2),
    ]
    assert 'failures="1"' in (tmp_path / "j.xml").read_text(encoding="utf-8")
    assert marked(mark) == []
    assert [*short_folder.iterdir()] == []


def test_a_cell_that_hangs_in_compiled_code_is_late_and_no_report(tmp_path, short_folder, mark):
    """A signal would interrupt the call and let the notebook run on; the line is reported all the same."""
    folder = place(tmp_path, "import ctypes\nctypes.CDLL(None).sleep(200)\nprint('done')", first=BORSA)
    old_report(tmp_path / "reports", "first")
    process = command(folder, tmp_path / "reports", short_folder, mark, "--timeout", ENOUGH)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    late = f"cell 2 (import ctypes), line 2: TimeoutError: not done after {ENOUGH} seconds, which --timeout allows"
    assert f"first failed: {late}" in said
    assert is_old(tmp_path / "reports" / "first")
    assert marked(mark) == []
    assert [*short_folder.iterdir()] == []


@pytest.mark.parametrize("kernel", ["fork", "standard"])
def test_a_cell_that_hangs_with_the_interpreters_lock_is_ended(kernel, tmp_path, short_folder, mark):
    """No thread of the kernel runs any more; its process is ended from outside, and by itself."""
    folder = place(tmp_path, "import ctypes\nctypes.PyDLL(None).sleep(200)", first=BORSA)
    process = command(folder, tmp_path / "reports", short_folder, mark, "--timeout", ENOUGH, "--kernel", kernel)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    line = ", line 2" if kernel == "fork" else ""
    assert (
        f"first failed: cell 2 (import ctypes){line}: TimeoutError: not done after {ENOUGH} seconds, which --timeout allows"
        in said
    )
    assert marked(mark) == []
    assert [*short_folder.iterdir()] == []


def test_a_cell_cannot_switch_its_deadline_off(tmp_path, short_folder, mark):
    """The command ends a kernel that does not end itself."""
    cell = "import faulthandler, time\nfaulthandler.cancel_dump_traceback_later()\ntime.sleep(200)"
    folder = place(tmp_path, cell, first=BORSA)
    process = command(folder, tmp_path / "reports", short_folder, mark, "--timeout", ENOUGH)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert f"first failed: cell 2 (import faulthandler, time): TimeoutError: not done after {ENOUGH} seconds" in said
    assert marked(mark) == []


@pytest.mark.parametrize("killed", [None, "command", "server", "kernel"])
def test_what_a_cell_put_into_a_session_of_its_own_ends_with_the_report(killed, tmp_path, short_folder, mark):
    """Such a process is in no group of the kernel, and when its parent has ended, it is nobody's child."""
    cell = f"""\
import subprocess, time
subprocess.Popen(["sh", "-c", "setsid setsid sleep 300 & sleep 0.1"])
time.sleep(1)
open({str(tmp_path / "started")!r}, "w").close()
time.sleep({20 if killed else 0})"""
    folder = place(tmp_path, cell, first=BORSA)
    process = command(folder, tmp_path / "reports", short_folder, mark)
    until(lambda: (tmp_path / "started").exists() or process.poll() is not None)
    if killed:
        kill(killed, process, mark)
    process.communicate(timeout=120)
    assert process.returncode == {None: 0, "command": -signal.SIGKILL}.get(killed, 1)
    until(lambda: not marked(mark), seconds=10)
    until(lambda: not [*short_folder.iterdir()], seconds=10)


def test_a_standard_kernel_ends_with_the_command(tmp_path, short_folder, mark):
    """And so does what it has started, unless that is in another group of processes."""
    cell = f"import subprocess, time\nsubprocess.Popen(['sleep', '300'])\nopen({str(tmp_path / 'started')!r}, 'w').close()\ntime.sleep(60)"
    folder = place(tmp_path, cell, first=BORSA)
    process = command(folder, tmp_path / "reports", short_folder, mark, "--kernel", "standard")
    until(lambda: (tmp_path / "started").exists() or process.poll() is not None)
    process.kill()
    process.communicate(timeout=20)
    until(lambda: not marked(mark), seconds=10)
    until(lambda: not [*short_folder.iterdir()], seconds=10)


def test_killed_while_the_server_imports(tmp_path, short_folder, mark):
    """The import does not run to its end."""
    slow = tmp_path / "slow"
    slow.mkdir()
    importing = tmp_path / "importing"
    (slow / "ipykernel_launcher.py").write_text(f"import time\nopen({str(importing)!r}, 'w').close()\ntime.sleep(60)\n")
    folder = place(tmp_path, "print(scenario)", first=BORSA)
    process = command(folder, tmp_path / "reports", short_folder, mark, PYTHONPATH=str(slow))
    until(importing.exists)
    process.kill()
    process.communicate(timeout=20)
    until(lambda: not marked(mark), seconds=10)
    until(lambda: not [*short_folder.iterdir()], seconds=10)


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own that has room for little; its size is changed by what the fixture gives."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", disk):
        pytest.skip("only who may mount has a disk to fill")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)  # whoever still stands in it does not keep us


def mount(*arguments):
    """Exit code of `mount`."""
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def test_a_full_disk_keeps_the_old_reports(small_disk, tmp_path, short_folder, mark):
    """The failure is told with its reason, not half a file stays, and with more room another run makes the reports."""
    folder, out = place(tmp_path, "print(scenario)", **dict.fromkeys(NAMES, BORSA)), small_disk / "reports"
    for name in NAMES:
        old_report(out, name)
    process = command(folder, out, short_folder, mark)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    for name in NAMES:
        assert f"{name} failed: OSError: [Errno 28] No space left on device" in said
        assert is_old(out / name)
    old_or_new(out)
    assert mount("-o", "remount,size=64m", small_disk) == 0
    again = command(folder, out, short_folder, mark)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0, said
    assert all(complete(out / name) for name in NAMES)


def test_a_folder_that_cannot_be_written_stops_before_any_kernel(small_disk, tmp_path, short_folder, mark):
    """Exit code 1 with the system's reason, and what is there stays."""
    folder, out = place(tmp_path, f"open({str(tmp_path / 'started')!r}, 'w')", first=BORSA), small_disk / "reports"
    old_report(out, "first")
    assert mount("-o", "remount,ro", small_disk) == 0
    process = command(folder, out, short_folder, mark)
    _, said = process.communicate(timeout=120)
    sentence = f"imis-plan: cannot write in {out}: read-only file system, choose another folder"
    assert (process.returncode, said.startswith(sentence)) == (1, True), said
    assert not (tmp_path / "started").exists()
    assert is_old(out / "first")
    assert [*short_folder.iterdir()] == []


def test_two_commands_at_once_do_not_harm_each_other(tmp_path, short_folder, mark):
    """Both make all reports into the same folder; both succeed, and every report is that of one of them."""
    folder, out = place(tmp_path, BUSY, **dict.fromkeys(NAMES, BORSA)), tmp_path / "reports"
    for name in NAMES:
        old_report(out, name)
    both = [command(folder, out, short_folder, mark, "--force") for _ in range(2)]
    for process in both:
        process.communicate(timeout=180)
    assert [process.returncode for process in both] == [0, 0]
    old_or_new(out)
    assert all(complete(out / name) for name in NAMES)
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}/report.html"' in index for name in NAMES)
    assert marked(mark) == []
    assert [*short_folder.iterdir()] == []
