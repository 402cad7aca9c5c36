"""Whether a command may write to a file that somebody names: nothing is written over what is not an earlier output of it."""

import os
import re
from pathlib import Path

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.sentence import sentence

LONGEST = 10_000
# What tells outputs apart: the first line of a table, the first key of JSON.
FIRST = re.compile(rb'\s*(?:[\[{]\s*)+"[^"]*"|[^\r\n]*')


def check_output(path: Path, *, force: bool = False, content: bytes | None = None) -> None:
    """Refuse to write to a file that is there, unless it is empty or begins as what is to be written begins.

    force : the user has said that the file may go. content : what is to be written; without it, no file may be there.

    Raises BadInput when nothing may be written there, and never writes.
    """
    if what := not_a_file(path):
        raise BadInput([Problem(shown(path), None, "", what, "name a file to write")])
    if force or not os.path.lexists(path) or replaces(path, content):
        return
    right = sentence("take another name, or overwrite it with --force")
    raise BadInput([Problem(shown(path), None, "", "already exists", right)])


def replaces(path: Path, content: bytes | None) -> bool:
    """Whether a file is empty, or begins as what is to be written begins."""
    if path.stat().st_size == 0:
        return True
    if not content:
        return False
    with path.open("rb") as file:
        return beginning(file.read(LONGEST)) == beginning(content[:LONGEST]) != b""


def beginning(content: bytes) -> bytes:
    """The first line of a table, or the first key of JSON; blanks count once, since columns grow with what is in them."""
    found = FIRST.match(content)
    return b" ".join(found[0].split()) if found else b""


def shown(path: Path) -> str:
    """How problems call a file that a command would write: its path, as it was given."""
    return path.as_posix()
