"""Make the pictures of the README from a real report: `python -m docs.pictures`. Needs Chromium on PATH."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from PIL import Image

from imis_plan.report.pdf import NAMES, browser

SCENARIO = "nepal"
TARGET = Path(__file__).parent / "pictures"
COLOURS = 64
A4 = (794, 1123)  # at the 96 dots to the inch of a browser


class Picture(NamedTuple):
    """One picture: its name, the page, the place in it, width and height, and whether it is on paper."""

    name: str
    page: str
    place: str
    size: tuple[int, int]
    paper: bool = False


PICTURES = (
    Picture("report", "report.html", "", (1180, 1420)),
    Picture("staffing", "report.html", "f-staff", (1180, 900)),
    Picture("annex", "report.html", "t-lines.printing", (1180, 900)),
    Picture("phone", "report.html", "", (360, 1123)),
    Picture("brief", "brief.html", "", A4, paper=True),
)


def render(folder: Path) -> Path:
    """Render the report and its briefing into a folder and return where they lie."""
    program = Path(sys.executable).with_name("imis-plan")
    subprocess.run([program, "report", SCENARIO, "--brief", "--out", folder], check=True)  # noqa: S603  # our own command
    return folder / SCENARIO


def photographs(chromium: Any, folder: Path) -> Iterator[Path]:
    """Save each picture in few colours, and give its path."""
    for picture in PICTURES:
        width, height = picture.size
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.emulate_media(media="print" if picture.paper else "screen", reduced_motion="reduce")
        page.goto((folder / picture.page).as_uri() + (f"#{picture.place}" if picture.place else ""))
        file = TARGET / f"{picture.name}.png"
        page.screenshot(path=file)
        page.close()
        with Image.open(file) as image:
            image.convert("RGB").quantize(COLOURS).save(file, optimize=True)
        yield file


def main() -> None:
    """Render, photograph, tidy up."""
    from playwright.sync_api import sync_playwright

    program = browser()
    if program is None:
        sys.exit(f"no Chromium on PATH; install one of {', '.join(NAMES)}")
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = render(Path(place))
        chromium = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for file in photographs(chromium, folder):
            sys.stdout.write(f"{file.name}: {file.stat().st_size / 1000:.0f} kB\n")
        chromium.close()


if __name__ == "__main__":
    main()
