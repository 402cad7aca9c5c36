"""Documents of a scenario, made by `imis-plan report` in a process of its own while the form can be used."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from imis_plan.batch.selection import find_notebook
from imis_plan.i18n.interface import VARIABLE
from imis_plan.problems import BadInput

SECOND = 1
HTML = "text/html;charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Made:
    """A document that was made. part : which it is; kind : its MIME type."""

    part: str
    name: str
    kind: str
    content: bytes


# Part -> the file of the report, its ending, its MIME type.
PARTS = {
    "report": ("report.html", "report.html", HTML),
    "briefing": ("brief.html", "briefing.html", HTML),
    "workbook": ("budget.xlsx", "budget.xlsx", WORKBOOK),
}


async def make_documents(name: str, folder: Path, language: str, *, draft: bool, passed: Callable[[int], None]) -> list[Made]:
    """Report, briefing and workbook of a scenario as it is now; it may be changed meanwhile.

    language : of the reason why they cannot be made. passed : called with the seconds that have passed, each second.

    Raises RuntimeError with the reason if they cannot be made.
    """
    with TemporaryDirectory(prefix="imis_plan_") as place:
        copy, out = Path(place, "parameters"), Path(place, "reports")
        shutil.copytree(folder, copy)
        process = await asyncio.create_subprocess_exec(
            *command(name, copy, out, notebook_of(folder), draft=draft),
            env=environment(language),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        ended = asyncio.ensure_future(process.communicate())
        try:
            seconds = 0
            while not (await asyncio.wait({ended}, timeout=SECOND))[0]:
                seconds += SECOND
                passed(seconds)
        except BaseException:
            if process.returncode is None:
                process.kill()
            raise
        _, errors = ended.result()
        if process.returncode:
            raise RuntimeError(errors.decode("utf-8", "replace").strip())
        return [
            Made(part, f"{name}_{ending}", kind, (out / name / file).read_bytes()) for part, (file, ending, kind) in PARTS.items()
        ]


def notebook_of(folder: Path) -> Path:
    """The notebook that reports of this folder are made from. Raises RuntimeError if there is none."""
    try:
        return find_notebook(folder)
    except BadInput as error:
        raise RuntimeError(str(error)) from error


def command(name: str, folder: Path, out: Path, notebook: Path, *, draft: bool) -> list[str]:
    """The command that makes the documents."""
    places = ["--parameters", str(folder), "--out", str(out), "--notebook", str(notebook)]
    return [sys.executable, "-m", "imis_plan", "report", name, *places, "--brief", *(["--draft"] if draft else [])]


def environment(language: str) -> dict[str, str]:
    """The environment of the command: its language, no backend for figures of this kernel and no settings for another plan."""
    settings = ("MPLBACKEND", "IMIS_PLAN_OPTION", "IMIS_PLAN_SET")
    return {key: value for key, value in os.environ.items() if key not in settings} | {VARIABLE: language}
