"""Make the pictures of the README from a real report: `python -m tools.pictures`. Needs Chromium and pdftoppm on PATH."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from PIL import Image

from imis_plan.page.pdf import BROWSERS, find_browser, print_pdf

SCENARIO = "nepal"
TARGET = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 128
DPI = 96


class Picture(NamedTuple):
    """One picture: its name, the page, the place in it, width and height."""

    name: str
    page: str
    place: str
    size: tuple[int, int]


PICTURES = (
    Picture("report", "report.html", "", (1180, 1420)),
    Picture("staffing", "report.html", "f-staff", (1180, 900)),
    Picture("annex", "report.html", "t-lines.printing", (1180, 900)),
    Picture("phone", "report.html", "", (360, 1123)),
)


def render(folder: Path) -> Path:
    """Render the report and its briefing into a folder and return where they lie."""
    program = Path(sys.executable).with_name("imis-plan")
    subprocess.run([program, "report", SCENARIO, "--brief", "--out", folder], check=True)  # noqa: S603  # our own command
    return folder / SCENARIO


def photographs(chromium: Any, folder: Path) -> Iterator[Path]:
    """Save each picture, and give its path."""
    for picture in PICTURES:
        width, height = picture.size
        page = chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.goto((folder / picture.page).as_uri() + (f"#{picture.place}" if picture.place else ""))
        file = TARGET / f"{picture.name}.png"
        page.screenshot(path=file)
        page.close()
        yield file


def paper(folder: Path) -> Path:
    """Save the first page of the briefing as it is printed, and give the picture's path."""
    file, target = folder / "brief.pdf", TARGET / "brief"
    file.write_bytes(print_pdf((folder / "brief.html").read_text(encoding="utf-8")))
    subprocess.run(["pdftoppm", "-png", "-r", str(DPI), "-singlefile", file, target], check=True)  # noqa: S603, S607  # poppler, by name
    return target.with_suffix(".png")


def pack(file: Path) -> None:
    """Save a picture in few colours, and say how large it is."""
    with Image.open(file) as image:
        image.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {file.stat().st_size / 1000:.0f} kB\n")


def main() -> None:
    """Render, photograph, tidy up."""
    from playwright.sync_api import sync_playwright

    program = find_browser()
    if program is None:
        sys.exit(f"no Chromium on PATH; install one of {', '.join(BROWSERS)}")
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = render(Path(place))
        chromium = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for file in [*photographs(chromium, folder), paper(folder)]:
            pack(file)
        chromium.close()


if __name__ == "__main__":
    main()
