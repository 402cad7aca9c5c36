"""A page as PDF, printed by the Chromium of the machine: page numbers, outline, tags for screen readers, and links."""

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from imis_plan.page.errors import PrintError
from imis_plan.problems import Problem
from imis_plan.sentence import sentence

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER_FLAGS = (
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
TIMEOUT_SECONDS = 120
# On paper, a link to a file of the report would become a path of this machine.
FILE_LINK = re.compile(r'<a href="(?!#|https?:|mailto:)[^"]*">')
CLOSED_DETAILS = re.compile(r"<details(?= |>)(?! open)")


def find_browser() -> str | None:
    """Path of the Chromium to print with, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def check_browser() -> list[Problem]:
    """The problem of a machine that has no browser to print with, or none."""
    right = sentence("install one of {names}, or leave pdf out", names=", ".join(BROWSERS))
    problem = Problem("--formats", None, "", "pdf is printed by Chromium, and there is none on PATH", right)
    return [] if find_browser() else [problem]


def print_pdf(page: str) -> bytes:
    """PDF of an HTML page that needs no network.

    Raises PrintError when the browser fails or takes too long.
    """
    with TemporaryDirectory(prefix="imis-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(prepare_for_print(page), encoding="utf-8")
        result = _run_browser(f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri())
        if not target.is_file():
            last = [line for line in result.stderr.splitlines() if line.strip()][-1:]
            raise PrintError(f"the browser did not print (exit code {result.returncode}): {''.join(last)}")
        return compress(target.read_bytes())


def _run_browser(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [find_browser() or BROWSERS[0], *BROWSER_FLAGS, *_sandbox_flags(), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)  # noqa: S603  # a browser from PATH
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintError(f"the browser did not print: {error}") from error


def compress(document: bytes) -> bytes:
    """The same document at a third of its size where pikepdf is installed, else as it is.

    Most of a printed report is tags for screen readers, a small object for every cell of every table. Chromium writes each of
    them uncompressed; PDF has compressed streams of objects for them.
    """
    try:
        import pikepdf
    except ImportError:
        return document
    smaller = BytesIO()
    with pikepdf.open(BytesIO(document)) as pdf:
        pdf.save(smaller, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return smaller.getvalue()


def prepare_for_print(page: str) -> str:
    """The page with every part unfolded, which the style sheet alone does too late, and without links to files."""
    return CLOSED_DETAILS.sub("<details open", FILE_LINK.sub("<a>", page))


def _sandbox_flags() -> tuple[str, ...]:
    """Chromium does not start as root within its sandbox; the page is our own and runs no script but our own."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
