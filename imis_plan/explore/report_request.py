"""Create the report of a scenario from a notebook, by running `imis-plan report` in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from imis_plan.i18n.formats import label_and_value
from imis_plan.i18n.translate import _


@dataclass(frozen=True)
class Report:
    """A report that was created. A notebook shows it as a link."""

    path: Path

    def _repr_html_(self) -> str:
        here = Path(os.path.relpath(self.path)).as_posix()
        words = escape(_("Open the report"))
        return label_and_value(f'<a href="{escape(here, quote=True)}" target="_blank">{words}</a>', escape(here))


def report(name: str, parameters: Path, out: Path | None = None, *, draft: bool = False) -> Report:
    """Create the report of a scenario: `<out>/<name>/report.html`.

    out : folder for reports; by default `reports` next to the folder of parameters.
    draft : typical values may stand for open questions.

    Raises RuntimeError with the reason if it fails.
    """
    folder = out or parameters.parent / "reports"
    # The backend for figures of this kernel does not suit a command.
    environment = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    command = [sys.executable, "-m", "imis_plan.cli.main", "report", name, "--parameters", str(parameters), "--out", str(folder)]
    command += ["--draft"] if draft else []
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return Report(folder / name / "report.html")


def report_page(name: str, parameters: Path, *, draft: bool = False) -> bytes:
    """The report of a scenario as one page. Raises RuntimeError with the reason if it fails."""
    with TemporaryDirectory() as out:
        return report(name, parameters, Path(out), draft=draft).path.read_bytes()
