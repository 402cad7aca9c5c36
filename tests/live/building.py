"""What a real openIMIS needs on disk: an environment with its libraries, and a folder with the modules of each release.

Kept in `.cache/live`, so that a second run begins at once. Nothing of it enters our own environment: it has other versions of much.
"""

import hashlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "live"
RELEASES = ("2024-11", "2025-06", "2026-05")
PIP = ("-m", "pip", "install", "-qq", "--no-compile", "--disable-pip-version-check", "--require-hashes", "--requirement")


class Built(NamedTuple):
    """The Python of the environment, and the folder of modules of each release."""

    python: Path
    modules: dict[str, Path]


def build() -> Built:
    """Install what is not there yet; the libraries and the modules at the same time."""
    with ThreadPoolExecutor() as pool:
        libraries = pool.submit(environment)
        modules = {release: pool.submit(modules_of, release) for release in RELEASES}
        return Built(libraries.result(), {release: folder.result() for release, folder in modules.items()})


def environment() -> Path:
    """A virtual environment with the libraries of `requirements.lock`."""
    lock = HERE / "requirements.lock"
    folder = CACHE / f"libraries-{mark(lock)}"
    python = folder / "bin" / "python"
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(folder))
        # Some are published as source only: built with what the environment has, they need no environment each.
        run(str(python), *PIP, str(HERE / "building.lock"))
        run(str(python), *PIP[:-2], "--no-build-isolation", *PIP[-2:], str(lock))
        (folder / "complete").touch()
    return python


def modules_of(release: str) -> Path:
    """A folder with the modules of a release, without what they say they need: their libraries are in the environment."""
    lock = HERE / "releases" / f"{release}.lock"
    folder = CACHE / f"modules-{release}-{mark(lock)}"
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, *PIP[:-2], "--no-deps", "--target", str(folder), *PIP[-2:], str(lock))
        (folder / "complete").touch()
    return folder


def mark(lock: Path) -> str:
    """A mark of a lock file and of the Python that it is installed for."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:12]


def run(*command: str) -> None:
    """Run a command; its output is shown if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(command[:6])} ...: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        )
