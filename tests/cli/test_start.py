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


def in_shell(line, at, **variables):
    """A line of a shell with our command as `imis`, in a folder: exit code, stdout and stderr."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("IMIS_PLAN_")}
    script = f'imis() {{ "{sys.executable}" -m imis_plan "$@"; }}\n{line}'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, cwd=at, env={**env, **variables}, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", ["list", "budget borsa --format csv", "report borsa --ledger-only", "new mine"])
def test_a_closed_output_is_a_sentence_and_nothing_is_done(arguments, tmp_path):
    """A file that a command opens would otherwise get what it prints."""
    said = "imis-plan: the standard output is closed: redirect it to a file, or to /dev/null\n"
    assert in_shell(f"imis {arguments} >&-", tmp_path) == (1, "", said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_a_closed_input_or_error_stream_does_not_matter(closed, tmp_path):
    """The command does its work, and its files hold nothing else."""
    assert in_shell(f"imis new mine --country ETH --like borsa {closed}", tmp_path)[:2] == (
        0,
        f"{tmp_path / 'parameters' / 'mine.yaml'}\n",
    )
    assert in_shell("imis check mine --draft", tmp_path)[0] == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_a_sentence(tmp_path):
    """It is reported once."""
    assert in_shell("imis list >/dev/full", tmp_path) == (1, "", "imis-plan: [Errno 28] No space left on device\n")


@pytest.mark.parametrize("arguments", ["list", "new mine", "report borsa --ledger-only", "init plans"])
def test_a_folder_that_has_been_removed_is_a_sentence(arguments, tmp_path):
    """The shell may still stand in it."""
    (tmp_path / "gone").mkdir()
    said = "imis-plan: the current folder has been removed: change to another one\n"
    assert in_shell(f"rmdir ../gone; imis {arguments}", tmp_path / "gone") == (1, "", said)


@pytest.mark.parametrize("arguments", ["é", "budget é", "--help", "budget नेपाल"])
def test_a_terminal_of_ascii_shows_every_message(arguments, tmp_path):
    """Also those of the arguments, before any command runs."""
    code, out, err = in_shell(f"imis {arguments}", tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (code, "Traceback" in err) == (0 if arguments == "--help" else 2, False)
    assert out + err
