"""Commands started as a user starts them, and what they leave behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


def command(folder, out, temporary, mark, *more, **env):
    """`imis-plan report`, started; its processes carry a mark in their environment."""
    env = {**os.environ, **env, "TMPDIR": str(temporary), "IMIS_TEST_MARK": mark}
    arguments = [sys.executable, "-m", "imis_plan.cli.main", "report", "--parameters", str(folder), "--out", str(out), *more]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def marked(mark):
    """Processes that carry the mark."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environment.read_bytes():
                found.append(environment.parent.name)
        except OSError:
            continue  # ended meanwhile, or not ours
    return found


def until(condition, seconds=60):
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
