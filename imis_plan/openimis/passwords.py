"""The password: from the environment, a file, or a prompt. Never from an argument."""

import os
import sys
from getpass import getpass
from pathlib import Path

from imis_plan.problems import BadInput, Problem
from imis_plan.sentence import sentence

VARIABLE = "IMIS_PLAN_PASSWORD"


def read_password(user: str, file: Path | None = None, *, optional: bool = False) -> str | None:
    """The password of an account: from `file`, else from the environment, else from a prompt.

    optional : no prompt, since a database has other ways to authenticate (PGPASSWORD, ~/.pgpass, a certificate)

    Raises BadInput if there is none.
    """
    secret = _first_line(file) if file else os.environ.get(VARIABLE) or (None if optional else _prompt(user))
    if not secret and not optional:
        raise _refused(
            "no password", sentence("type it when asked, set {variable}, or give a file with --password-file", variable=VARIABLE)
        )
    return secret or None


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise _refused(
            sentence("the password file {file} cannot be read", file=file), "give a text file with the password on its first line"
        ) from None


def _prompt(user: str) -> str:
    return getpass(f"password of {user}: ") if sys.stdin.isatty() else ""


def _refused(problem: str, remedy: str) -> BadInput:
    return BadInput([Problem("password", None, "", problem, remedy)])
