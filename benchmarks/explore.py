"""The explorer in a real browser: from the press of a key on a lever to new numbers, and to a new figure, on the page."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from imis_plan.explore import explore, server
from imis_plan.explore.server import Server
from imis_plan.scenario.folder import find_parameters

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PRESSES = 20
PATIENCE = 120_000
# Milliseconds between two presses, in which sentence and table of the first are done.
PAUSE = 300
# Presses a key on the first slider of a number and notes when numbers and figure are others: on the page, by its own clock.
PRESS = """
key => new Promise(done => {
  const handle = document.querySelector('.imis-lever .noUi-handle');
  const text = part => document.querySelector(`[data-${part}=total]`)?.innerText;
  const number = () => text('figure') && text('figure') + text('change');
  const figure = () => document.querySelector('img.imis-x-figure')?.src;
  const [was, drawn, start, seen] = [number(), figure(), performance.now(), {}];
  const look = () => {
    if (!seen.number && number() && number() !== was) seen.number = performance.now() - start;
    if (figure() && figure() !== drawn) return done([seen.number ?? performance.now() - start, performance.now() - start]);
    requestAnimationFrame(look);
  };
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
  look();
})
"""


@contextmanager
def page_of(server: Server, program: str) -> Iterator[Any]:
    """The page of a server in a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        page.goto(server.address, timeout=PATIENCE)
        page.wait_for_selector("img.imis-x-figure[src]", timeout=PATIENCE)
        yield page
        browser.close()


def browser_time(page: Any) -> tuple[float, float]:
    """Median time to new numbers and to a new figure, over some presses to and fro. [millisecond]"""
    times = []
    for i in range(PRESSES + 2):
        times.append(page.evaluate(PRESS, ("ArrowRight", "ArrowLeft")[i % 2]))
        page.wait_for_timeout(PAUSE)
    times = times[2:]  # the first ones import what is needed once
    return median(number for number, _ in times), median(figure for _, figure in times)


def kernel_time(name: str) -> tuple[float, float, float]:
    """Work of the kernel to start, and for a move until numbers and figure are there, medians. [millisecond of the processor]"""
    begun = process_time()
    shown, seen = explore(name), {"number": 0.0, "figure": 0.0}
    started = (process_time() - begun) * 1000
    slider = next(control.slider for control in shown.controls if not control.lever.choices)
    shown.tiles.observe(lambda _change: seen.update(number=process_time()), "value")
    shown.picture.observe(lambda _change: seen.update(figure=process_time()), "value")
    low, times = slider.value, []
    for i in range(PRESSES + 2):
        start = process_time()
        slider.value = low + slider.step * (i + 1)
        times.append([(end - start) * 1000 for end in seen.values()])
    number, figure = (median(each) for each in zip(*times[2:], strict=True))
    return started, number, figure


def main() -> None:
    """Print the times, or that there is no browser."""
    started, number, figure = kernel_time("nepal")
    moved = f"from lever to numbers {number:.0f} ms, to figure {figure:.0f} ms"
    print(f"explorer of nepal, work of the kernel: to start {started:.0f} ms, {moved}")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        print(f"explorer: no browser on PATH ({', '.join(NAMES)})", file=sys.stderr)
        return
    prepared = server.prepare("app", Path(find_parameters()), "nepal")
    begun = perf_counter()
    with tempfile.TemporaryFile() as log, server.running(prepared, log) as process:
        if not server.is_listening(prepared, process):
            raise SystemExit(server.log_tail(log))
        with page_of(prepared, program) as page:
            print(f"explorer of nepal in a browser, from the command to the figure: {perf_counter() - begun:.1f} s")
            number, figure = browser_time(page)
    print(
        f"explorer of nepal in a browser, from lever: to numbers {number:.0f} ms (goal 100), to figure {figure:.0f} ms (goal 300)"
    )


if __name__ == "__main__":
    main()
