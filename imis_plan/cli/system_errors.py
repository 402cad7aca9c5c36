"""Errors of the operating system that end a command, in words for the person who typed it."""

import errno
import os
from pathlib import Path

from imis_plan.scenario.localized_text import N_
from imis_plan.sentence import Sentence, sentence

NO_FOLDER = N_("the current folder has been removed: change to another one")
# Why nothing can be written in a folder.
DENIED = {
    errno.EACCES: sentence("permission denied"),
    errno.EPERM: sentence("permission denied"),
    errno.EROFS: sentence("read-only file system"),
}


def system_error_text(error: OSError) -> str:
    """What an error of the system says; a folder where nothing can be written is named, and not the file that was tried there."""
    if not has_current_folder():
        return sentence(NO_FOLDER)
    reason, folder = DENIED.get(error.errno or 0), unwritable_folder(error.filename)
    return cannot_write(folder, reason) if reason and folder else str(error)


def cannot_write(folder: Path, reason: str) -> Sentence:
    """The sentence about a folder where nothing can be written."""
    return sentence(
        "cannot write in {folder}: {reason}, choose another folder, or change to one where you can write",
        folder=folder,
        reason=reason,
    )


def unwritable_folder(filename: object) -> Path | None:
    """The folder in which a file or a folder could not be made; None where something that exists could not be read.

    filename : of the error, often an invented name, since files are written elsewhere first and then renamed.
    """
    if not isinstance(filename, str | bytes) or not filename:
        return None
    path = Path(os.fsdecode(filename)).absolute()
    if path.is_file():
        return None
    return next(parent for parent in path.parents if parent.is_dir())


def has_current_folder() -> bool:
    """Whether the folder in which the command was started still exists."""
    try:
        return bool(os.getcwd())  # noqa: PTH109  # asked for its failure
    except OSError:
        return False
