"""The content of manifest.json: the inputs of a report, the versions that made it, and its headline figures (main totals)."""

import hashlib
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import imis_plan
from imis_plan.i18n.plan_status import status_in_words
from imis_plan.i18n.translate import using_language
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.folder import FOLDER, OBSERVATION_ITEMS, OBSERVATIONS, PACKAGE_PARAMETERS
from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.scenario_name import printable

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("ipykernel", "matplotlib", "nbclient", "nbconvert", "numpy", "pandas", "papermill")
# Suffixes of what the package consists of: code, templates, translations and facts.
CODE = (".py", ".j2", ".css", ".js", ".json", ".po", ".mo", ".csv", ".yaml")
# Folders within an installed package whose files are inputs of a report, with a hash of their own each.
INPUT_FOLDERS = (FOLDER, "notebooks")


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def files(scenario: str, folder: Path, notebook: Path) -> dict[str, Path]:
    """Every file a report is made from, by its input key, as in `scenario`, `units`, `notebook`."""
    return {**input_files(scenario, folder), "notebook": notebook}


def inputs(scenario: str, folder: Path, notebook: Path) -> dict[str, dict[str, str]]:
    """Every file a report is made from: input key -> its folder and name, without the rest of its path, and its hash."""
    return {key: _input(path) for key, path in files(scenario, folder, notebook).items()}


def _input(path: Path) -> dict[str, str]:
    state = path.stat()
    return _input_in_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _input_in_state(path: Path, _mtime: int, _size: int) -> dict[str, str]:
    return {"file": printable(f"{path.resolve().parent.name}/{path.name}"), "sha256": sha256(path.read_bytes())}


@cache
def package() -> dict[str, str]:
    """Version of this package, and a hash of its code, templates, facts and observed prices."""
    code = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*") if path.suffix in CODE}
    code = {name: path for name, path in code.items() if name.partition("/")[0] not in INPUT_FOLDERS}
    prices = {f"{FOLDER}/{name}": PACKAGE_PARAMETERS / name for name in (OBSERVATIONS, OBSERVATION_ITEMS)}
    files = sorted((name, path) for name, path in {**code, **prices}.items() if path.is_file())
    named = (f"{name} {sha256(path.read_bytes())}" for name, path in files)
    return {"version": imis_plan.__version__, "sha256": sha256("\n".join(named).encode())}


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that shape a report."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def now() -> str:
    """The time in UTC, or that of SOURCE_DATE_EPOCH for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def title_block(plan: Any, language: str, headline: Mapping[str, Any]) -> dict[str, Any]:
    """What the title block of a report, and its row in the index, contain about the scenario."""
    about = plan.about
    with using_language(language):
        status = status_in_words(plan)
        first, last = (year_label(plan, headline[f"{which}_year"]) for which in ("first", "last"))
    return {
        "title": in_language(about.title, language),
        "country": in_language(about.country, language),
        "scheme": in_language(about.scheme, language),
        "years": f"{first}–{last}",
        "currency": about.currency,
        "version": str(about.version),
        "date": str(about.date),
        "status": status,
        "option": plan.option or "",
        "language": language,
    }


def changes_in_words(changes: Mapping[str, Any]) -> str:
    """`coverage.target = 0.5; time.horizon = 3`."""
    return "; ".join(f"{path} = {value}" for path, value in changes.items())
