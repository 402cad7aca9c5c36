"""Which names a scenario can have: one rule for files, tables and commands. A name becomes that of a file and of a folder."""

import re
import unicodedata
from pathlib import Path

from imis_plan.problems import Problem
from imis_plan.sentence import sentence

# Names of the files that all scenarios share.
RESERVED = frozenset({"defaults", "units", "benchmarks", "sources"})
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
LONGEST = 100
NOT_A_NAME = sentence("not a name of a scenario")


def is_name(text: str) -> bool:
    """Whether a scenario can have this name."""
    return NAME.fullmatch(text) is not None and text not in RESERVED


def nearest_name(text: str) -> str:
    """A name made of the letters of a text, without their accents; empty where a scenario cannot have it."""
    text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    near = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-_")[:LONGEST]
    return near if is_name(near) else ""


def usable_name(text: str) -> str:
    """What to write in place of a name: one made of its letters, where that is possible."""
    near = nearest_name(text)
    example = sentence(", as in {name}; the title takes any text", name=near) if near else ""
    length = sentence(", at most {number}", number=LONGEST) if len(text) > LONGEST else ""
    return sentence("give letters from a to z, digits, - and _{length}{example}", length=length, example=example)


def printable(text: str) -> str:
    """A name of a file that can be printed: each byte that is not UTF-8 is written as its number."""
    return text.encode("utf-8", "backslashreplace").decode()


def name_problem(path: Path) -> Problem | None:
    """The problem of a file whose name no scenario can have, or None."""
    if NAME.fullmatch(path.stem):
        return None
    where = printable(f"{path.parent.name}/{path.name}")
    return Problem(where, None, "", NOT_A_NAME, sentence("rename the file: {right}", right=usable_name(path.stem)))
