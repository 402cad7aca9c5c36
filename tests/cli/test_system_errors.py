"""Errors of the operating system as sentences."""

import errno

import pytest

from imis_plan.cli.main import main
from imis_plan.cli.system_errors import system_error_text, unwritable_folder
from imis_plan.scenario import own_folder

WORDS = {
    "en": "imis-plan: cannot write in {folder}: permission denied, choose another folder, or change to one where you can write\n",
    "fr": "imis-plan: impossible d’écrire dans {folder}\N{NO-BREAK SPACE}: accès refusé, choisissez un autre dossier, "
    "ou placez-vous dans un dossier où vous pouvez écrire\n",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_folder_where_nothing_can_be_written_is_named(language, tmp_path, monkeypatch, capsys):
    """And not the invented name under which the file was tried there."""

    def refuse(_folder):
        raise PermissionError(errno.EACCES, "Permission denied", ".nepal_mtef.xlsx.1c733e02")

    monkeypatch.setattr(own_folder, "create_project", refuse)
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", language)
    monkeypatch.chdir(tmp_path)
    assert main(["init", "plans"]) == 1
    assert capsys.readouterr() == ("", WORDS[language].format(folder=tmp_path))


def test_the_folder_is_the_closest_one_that_exists(tmp_path):
    """A folder that was to be made is not there yet."""
    assert unwritable_folder(str(tmp_path / "plans" / "parameters")) == tmp_path


@pytest.mark.parametrize(
    ("number", "words", "shown"),
    [
        (errno.EROFS, "Read-only file system", "cannot write in {folder}: read-only file system, choose another folder"),
        (errno.ENOSPC, "No space left on device", "[Errno 28] No space left on device"),
    ],
)
def test_only_a_folder_that_refuses_is_a_matter_of_another_folder(number, words, shown, tmp_path):
    """A full disk stays what the system says."""
    error = OSError(number, words, str(tmp_path / "new"))
    assert system_error_text(error).startswith(shown.format(folder=tmp_path))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Another folder would not help."""
    (tmp_path / "mine.yaml").touch()
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "mine.yaml"))
    assert system_error_text(error) == str(error)
