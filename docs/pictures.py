"""Make the pictures of the README from a real report: `python -m docs.pictures`. Needs Chromium on PATH."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

SCENARIO = "nepal"
TARGET = Path(__file__).parent / "pictures" / "report.png"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Wide enough for the text column of a report, high enough for its headline and first table.
WIDTH, HEIGHT = 1180, 1375
COLOURS = 64


def browser() -> str:
    """Path of Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        sys.exit(f"no Chromium on PATH; install one of {', '.join(NAMES)}")
    return found


def render(folder: Path) -> Path:
    """Render the report into a folder and return its page."""
    program = Path(sys.executable).with_name("imis-plan")
    subprocess.run([program, "report", SCENARIO, "--out", folder], check=True)  # noqa: S603  # our own command
    return folder / SCENARIO / "report.html"


def photograph(page: Path, picture: Path, profile: Path) -> None:
    """Save the first screen of a page, in few colours."""
    picture.parent.mkdir(exist_ok=True)
    place = (f"--user-data-dir={profile}", f"--screenshot={picture}", f"--window-size={WIDTH},{HEIGHT}")
    subprocess.run([browser(), *FLAGS, *place, page.as_uri()], check=True, stderr=subprocess.DEVNULL)  # noqa: S603  # a browser from PATH
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def main() -> None:
    """Render, photograph, tidy up."""
    with TemporaryDirectory() as folder, TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        photograph(render(Path(folder)), TARGET, Path(profile))
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
