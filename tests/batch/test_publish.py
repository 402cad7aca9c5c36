"""Folders and files that are complete or absent."""

import sys
from pathlib import Path

import pytest

from imis_plan.batch import publish


def fill(folder, text):
    """Put two files into a folder."""
    for name in ("one", "two"):
        (folder / name).write_text(text)


def texts(folder):
    """What is in it."""
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture(params=["in one step", "in two steps"])
def target(request, tmp_path, monkeypatch):
    """The folder to replace, on a file system that can swap two folders at once, and on one that cannot."""
    if request.param == "in one step" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux swaps two folders in one step")
    if request.param == "in two steps":
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    return tmp_path / "deep" / "report"


def test_a_folder_is_there_when_the_block_has_ended(target):
    """Not before, and nothing beside it."""
    with publish.staged(target) as aside:
        fill(aside, "new")
        assert not target.exists()
    assert texts(target) == {"one": "new", "two": "new"}
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def test_a_folder_is_replaced_whole(target):
    """Files of the old one that the new one does not have are gone."""
    target.mkdir(parents=True)
    (target / "old").write_text("old")
    with publish.staged(target) as aside:
        fill(aside, "new")
        assert texts(target) == {"old": "old"}
    assert texts(target) == {"one": "new", "two": "new"}
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def start_and_raise(target, error):
    """Write one of two files, then fail."""
    with publish.staged(target) as aside:
        (aside / "one").write_text("new")
        raise error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
def test_a_block_that_fails_leaves_the_old_folder(error, target):
    """Whatever ends it."""
    target.mkdir(parents=True)
    fill(target, "old")
    with pytest.raises(type(error)):
        start_and_raise(target, error)
    assert texts(target) == {"one": "old", "two": "old"}
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path, monkeypatch):
    """In two steps the first is undone when the second fails."""
    target = tmp_path / "report"
    target.mkdir()
    fill(target, "old")
    rename = Path.rename

    def fails(path, to):
        if to == target and not path.name.endswith(".old"):
            raise PermissionError(13, "in use")
        return rename(path, to)

    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(PermissionError), publish.staged(target) as aside:
        fill(aside, "new")
    assert texts(target) == {"one": "old", "two": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_file_is_written_whole_with_unix_line_ends(tmp_path):
    """Folders on the way are made."""
    file = tmp_path / "a" / "b.csv"
    publish.write_atomic(file, "é\n1\n")
    assert file.read_bytes() == "é\n1\n".encode()
    assert [path.name for path in file.parent.iterdir()] == ["b.csv"]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch):
    """Half of the new text is on the disk when it is full."""
    file = tmp_path / "b.csv"
    file.write_text("old")
    write = Path.write_bytes

    def full(path, content):
        write(path, content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        publish.write_atomic(file, "new")
    assert texts(tmp_path) == {"b.csv": "old"}
