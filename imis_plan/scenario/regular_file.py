"""Whether a path leads to a plain file. Opening a pipe waits for ever, and a device may never end."""

import stat
from pathlib import Path

KINDS = {
    stat.S_IFDIR: "a folder, not a file",
    stat.S_IFIFO: "a pipe, not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
}


def not_a_file(path: Path) -> str | None:
    """What is at a path in place of a file, in words; None for a file, and where there is nothing at all."""
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return "a link to a file that is not there" if path.is_symlink() else None
    except ValueError:  # a NUL character in the name
        return "a name that no file can have"
    except OSError as error:
        return f"cannot be opened ({error.strerror})"
    return KINDS.get(kind)
