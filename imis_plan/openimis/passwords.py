"""Where a password comes from: the environment, a file, or whoever sits at the terminal. Never an argument."""

import os
import sys
from getpass import getpass
from pathlib import Path

from imis_plan.problems import BadInput, Problem

VARIABLE = "IMIS_PLAN_PASSWORD"


def password(user: str, file: Path | None = None, *, optional: bool = False) -> str | None:
    """The password of an account: from `file`, else the environment, else asked for.

    optional : a database may know its caller by other means (PGPASSWORD, ~/.pgpass, a certificate): nobody is asked

    Raises BadInput when there is none.
    """
    found = _from_file(file) if file else os.environ.get(VARIABLE) or (None if optional else _asked(user))
    if not found and not optional:
        raise _bad("no password", f"type it when asked, set {VARIABLE}, or name a file with --password-file")
    return found or None


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise _bad(f"the password file {file} cannot be read", "name a text file with the password on its first line") from None


def _asked(user: str) -> str:
    return getpass(f"password of {user}: ") if sys.stdin.isatty() else ""


def _bad(what: str, right: str) -> BadInput:
    return BadInput([Problem("password", None, "", what, right)])
