"""Whatever ends a batch, and whenever: every report is its complete old or its complete new version, and nothing is left behind.

These tests kill, fill disks and hang for real. `make test-problems COUNT=20` runs them twenty times in a row.
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

from tests.report.places import BORSA, content, old_report, place
from tests.report.processes import command, linux, marked, until

pytestmark = [pytest.mark.slow, linux]

NAMES = ("first", "second", "third")
# Each report takes a moment, and its kernel has started something that would go on for long.
BUSY = """\
import subprocess, time
subprocess.Popen(["sleep", "300"])
time.sleep(0.4)
print(scenario)"""
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
    templates = {pid for pid, (line, parent) in lines.items() if "report.template" in line and parent == str(process.pid)}
    found = {
        "command": {str(process.pid)},
        "template": templates,
        "kernel": {pid for pid, (_, parent) in lines.items() if parent in templates},
        "keeper": {pid for pid, (line, _) in lines.items() if "keeper.py" in line},
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


@pytest.mark.parametrize("who", ["command", "template", "kernel", "keeper", "everything"])
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
    again.communicate(timeout=120)
    assert again.returncode == 0
    old_or_new(out)
    assert all(complete(out / name) for name in NAMES)
    assert [*short_folder.iterdir()] == []
    assert marked(mark) == []


def test_a_cell_that_hangs_is_ended_with_all_it_started(tmp_path, short_folder, mark):
    """After `--timeout` seconds, whatever it ignores; the cell and the line at which it stood are told, the others are made."""
    stubborn = f"if scenario == 'second':\n    exec({STUBBORN!r})\nprint(scenario)"
    folder = place(tmp_path, stubborn, **dict.fromkeys(NAMES[:2], BORSA))
    old_report(tmp_path / "reports", "second")
    process = command(folder, tmp_path / "reports", short_folder, mark, "--timeout", "9", "--junit", str(tmp_path / "j.xml"))
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    told = "cell 2 (if scenario == 'second':), line 2: TimeoutError: not done after 9 seconds, which --timeout allows"
    assert f"second failed: {told}" in said
    assert complete(tmp_path / "reports" / "first")
    assert is_old(tmp_path / "reports" / "second")
    assert (tmp_path / "reports" / "second" / "report.failed.ipynb").is_file()
    record = json.loads((tmp_path / "reports" / "batch.json").read_text(encoding="utf-8"))
    assert [(r["name"], r["status"], r["cell"], r["line"]) for r in record["reports"]] == [
        ("first", "made", None, None),
        ("second", "failed", 2, 2),
    ]
    assert 'failures="1"' in (tmp_path / "j.xml").read_text(encoding="utf-8")
    assert marked(mark) == []
    assert [*short_folder.iterdir()] == []


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
    again.communicate(timeout=120)
    assert again.returncode == 0
    assert all(complete(out / name) for name in NAMES)


def test_a_folder_that_cannot_be_written_stops_before_any_kernel(small_disk, tmp_path, short_folder, mark):
    """Exit code 1 with the system's reason, and what is there stays."""
    folder, out = place(tmp_path, f"open({str(tmp_path / 'started')!r}, 'w')", first=BORSA), small_disk / "reports"
    old_report(out, "first")
    assert mount("-o", "remount,ro", small_disk) == 0
    process = command(folder, out, short_folder, mark)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said.startswith("imis-plan: [Errno 30] Read-only file system")) == (1, True)
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
