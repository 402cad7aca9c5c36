"""The command as a process of its own: what it imports, and how it takes the end of a pipe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imis_plan.cli.main import main

ROOT = Path(__file__).parents[2]
HEAVY = {
    "pandas",
    "numpy",
    "matplotlib",
    "papermill",
    "jupyter_client",
    "nbclient",
    "nbconvert",
    "nbformat",
    "IPython",
    "scipy",
    "pydantic",
}
# Runs the command line and then says which of the heavy libraries it has loaded.
SPY = f"""
import sys
from imis_plan.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""


def started(*arguments, **more):
    """A process with our environment, but no settings of ours."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("IMIS_PLAN_")}
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env, **more)


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], ""),
        (["report", "--help"], ""),
        (["check"], "numpy pandas pydantic scipy"),  # it simulates each plan
        (["list"], "numpy pydantic scipy"),  # it predicts prices
        (["budget", "borsa"], "numpy pandas pydantic scipy"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_nothing_is_imported_that_is_not_needed(arguments, needed):
    """What makes `imis-plan --help` and `list` start fast: no data frames, no figures, no kernels."""
    process = started(sys.executable, "-c", SPY, *arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out
    assert set(err.split()) <= set(needed.split())


def test_reports_that_are_current_are_left_alone_at_once(tmp_path):
    """To see that nothing has changed, no scenario is loaded: files are compared with what the last report was made from."""
    arguments = ("report", "borsa", "--ledger-only", "--out", str(tmp_path))
    assert main(arguments) == 0
    process = started(sys.executable, "-c", SPY, *arguments)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 0
    assert err.splitlines() == ["1 current: inputs have not changed; --force creates them again", ""]


def test_a_reader_that_has_seen_enough_is_no_problem():
    """`imis-plan budget nepal --format csv | head -1` says nothing on stderr and ends well."""
    process = started(sys.executable, "-m", "imis_plan.cli.main", "budget", "nepal", "--format", "csv")
    assert process.stdout.readline().startswith('"scenario","option","year"')
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_words_of_every_script_reach_a_pipe_that_knows_none():
    """Output is UTF-8 with Unix line ends whatever the locale is."""
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "imis_plan.cli.main", "list"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=env)
    assert "Zanzibar" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout
