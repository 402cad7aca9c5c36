"""What lies where a scenario should, and is no file."""

import os

import pytest

from imis_plan import load
from imis_plan.cli.main import main
from imis_plan.problems import BadInput
from tests.report.places import BORSA, place

KINDS = [
    (os.mkfifo, "a pipe, not a file"),
    (lambda path: path.mkdir(), "a folder, not a file"),
    (lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
    (lambda path: path.symlink_to("nowhere.yaml"), "a link to a file that is not there"),
]


@pytest.mark.parametrize(("make", "what"), KINDS)
def test_a_scenario_that_is_no_file_is_a_sentence(make, what, tmp_path, capsys):
    """Alone, and as what another one is based on."""
    folder = place(tmp_path, "1", first=BORSA, second="based_on: odd\n")
    make(folder / "odd.yaml")
    with pytest.raises(BadInput) as caught:
        load("odd", parameters=folder)
    assert str(caught.value) == f"parameters/odd.yaml: {what}, put the file of a scenario there"
    assert main(["check", "--parameters", str(folder), "second"]) == 2
    assert f"parameters/odd.yaml: {what}, put a YAML file there" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["defaults", "units"])
def test_a_shared_file_that_is_none_is_a_sentence(name, tmp_path):
    """A pipe is never opened."""
    folder = place(tmp_path, "1", first=BORSA)
    (folder / f"{name}.yaml").unlink()
    os.mkfifo(folder / f"{name}.yaml")
    with pytest.raises(BadInput):
        load("first", parameters=folder)
