"""Binder builds the repository as it is: its files are held against the rules of repo2docker, which nobody runs here."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
# Each of these makes repo2docker build something else, or look somewhere else, than environment.yml.
BEFORE_CONDA = (
    "binder",
    ".binder",
    "Dockerfile",
    "Project.toml",
    "JuliaProject.toml",
    "REQUIRE",
    "default.nix",
    "install.R",
    "DESCRIPTION",
)
# Scripts that it runs, if they are there.
SCRIPTS = ("postBuild", "start")


@pytest.mark.parametrize("name", BEFORE_CONDA)
def test_nothing_hides_the_environment_file(name):
    """A folder `binder` hides the files of the root; the others come before environment.yml."""
    assert not (ROOT / name).exists()


def test_the_environment_file_has_the_name_that_is_looked_for():
    """environment.yaml would not be found."""
    assert (ROOT / "environment.yml").is_file()
    assert not (ROOT / "environment.yaml").exists()


def test_python_is_stated_once_and_nowhere_else():
    """Without a version Binder takes its own; runtime.txt would be another word on it."""
    stated = [line for line in CONDA["dependencies"] if isinstance(line, str) and re.match(r"python\b", line)]
    assert len(stated) == 1
    assert re.fullmatch(r"python=3\.\d+", stated[0])
    assert not (ROOT / "runtime.txt").exists()


def test_channels_are_public_ones_without_credentials():
    """A name, no address."""
    assert set(CONDA["channels"]) == {"conda-forge", "nodefaults"}


def test_pip_is_listed_where_it_is_used_and_installs_the_project_in_place():
    """Conda warns otherwise, and the project would be copied, apart from its parameters and notebooks."""
    assert "pip" in CONDA["dependencies"]
    (last,) = (line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict))
    assert "-e ." in last


def test_what_the_pages_need_is_in_the_environment():
    """JupyterLab and the widgets of the explorer, in one environment: an extension elsewhere would not be found."""
    names = {re.split(r"[ =<>]", line)[0] for line in CONDA["dependencies"] if isinstance(line, str)}
    assert {"jupyterlab", "ipywidgets", "ipykernel", "voila"} <= names


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_can_be_run(name):
    """Executable for git too, begun by a line that names the shell, with Unix line ends and without problems of grammar."""
    script = ROOT / name
    if not script.exists():
        return
    text = script.read_bytes()
    assert text.startswith(b"#!/usr/bin/env bash\n")
    assert b"\r" not in text
    assert os.access(script, os.X_OK)
    mode = subprocess.run(["git", "ls-files", "--stage", name], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert mode.startswith("100755") or not mode  # not yet committed
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_what_the_script_copies_is_there(tmp_path):
    """Run as Binder runs it: JupyterLab then finds the settings of the project."""
    environment = {**os.environ, "NB_PYTHON_PREFIX": str(tmp_path)}
    subprocess.run([ROOT / "postBuild"], cwd=ROOT, env=environment, check=True)
    settings = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    assert '"fetchNews": "false"' in settings.read_text(encoding="utf-8")
