"""The command line, called in this process, and a small folder that it works on."""

from pathlib import Path
from typing import NamedTuple

import pytest

from imis_plan.cli.main import main
from tests.small import folder

REAL = Path(__file__).parents[2] / "parameters"


class Done(NamedTuple):
    """What a command left behind."""

    code: int | str | None
    out: str
    err: str


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """The environment of the user who runs the tests has no effect."""
    for name in ("PARAMETERS", "OPTION", "SET", "DRAFT"):
        monkeypatch.delenv(f"IMIS_PLAN_{name}", raising=False)


@pytest.fixture
def small(tmp_path):
    """The small folder of parameters."""
    return folder(tmp_path)


@pytest.fixture
def imis_plan(capsys):
    """Call a command with the real folder, or another one named by `parameters`."""

    def call(command, *arguments, parameters=REAL):
        capsys.readouterr()
        try:
            code: int | str | None = main([command, "--parameters", str(parameters), *map(str, arguments)])
        except SystemExit as end:
            code = end.code
        return Done(code, *capsys.readouterr())

    return call
