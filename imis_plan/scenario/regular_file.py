"""Whether a path leads to a plain file. Opening a pipe waits for ever, and a device may never end."""

import stat
from pathlib import Path

from imis_plan.sentence import sentence

KINDS = {
    stat.S_IFDIR: sentence("a folder, not a file"),
    stat.S_IFIFO: sentence("a pipe, not a file"),
    stat.S_IFSOCK: sentence("a socket, not a file"),
    stat.S_IFCHR: sentence("a device, not a file"),
    stat.S_IFBLK: sentence("a device, not a file"),
}


def not_a_file(path: Path) -> str | None:
    """What is at a path in place of a file, in words; None for a file, and where there is nothing at all."""
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return sentence("a link to a file that is not there") if path.is_symlink() else None
    except ValueError:  # a NUL character in the name
        return sentence("a name that no file can have")
    except OSError as error:
        return sentence("cannot be opened ({strerror})", strerror=error.strerror)
    return KINDS.get(kind)
