"""A page on paper: PDF by the Chromium of the machine, with page numbers, outline, tags for readers who hear it, and links."""

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from imis_plan.report.endings import PrintError
from imis_plan.scenario.problems import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
SECONDS = 120
# A link to a file beside the page would become the way to a folder of this machine.
BESIDE = re.compile(r'<a href="(?!#|https?:|mailto:)[^"]*">')
FOLDED = re.compile(r"<details(?= |>)(?! open)")


def browser() -> str | None:
    """Path of the Chromium to print with, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> list[Problem]:
    """The problem of a machine without a browser to print with; none where there is one."""
    right = f"install one of {', '.join(NAMES)}, or leave pdf out"
    problem = Problem("--formats", None, "", "pdf is printed by Chromium, and there is none on PATH", right)
    return [] if browser() else [problem]


def printed(page: str) -> bytes:
    """PDF of an HTML page that needs no network.

    Raises PrintError when the browser fails or takes too long.
    """
    with TemporaryDirectory(prefix="imis-print-", ignore_cleanup_errors=True) as place:
        source, target = Path(place, "page.html"), Path(place, "page.pdf")
        source.write_text(for_paper(page), encoding="utf-8")
        command = [browser() or NAMES[0], *FLAGS, *_root(), f"--user-data-dir={place}/profile", f"--print-to-pdf={target}"]
        try:
            done = subprocess.run([*command, source.as_uri()], capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  # a browser from PATH
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(f"the browser did not print: {error}") from error
        if not target.is_file():
            last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
            raise PrintError(f"the browser did not print (exit code {done.returncode}): {''.join(last)}")
        return packed(target.read_bytes())


def packed(document: bytes) -> bytes:
    """The same document in a third of the room, where pikepdf is installed; else as it is.

    Most of a printed report is the tags by which readers who hear it find their way, a small object for every cell of every
    table. Chromium writes each of them plainly; PDF has compressed streams of objects for them.
    """
    try:
        import pikepdf
    except ImportError:
        return document
    short = BytesIO()
    with pikepdf.open(BytesIO(document)) as pdf:
        pdf.save(short, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return short.getvalue()


def for_paper(page: str) -> str:
    """The page with every part unfolded, which the style sheet alone does not see to in time, and without links to files."""
    return FOLDED.sub("<details open", BESIDE.sub("<a>", page))


def _root() -> tuple[str, ...]:
    """Chromium refuses to shut root into its sandbox; the page is our own and runs no script."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
