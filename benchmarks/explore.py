"""The explorer in a real browser: from the press of a key on a lever to new numbers, and to a new figure, on the page."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter, process_time
from typing import Any

from imis_plan.explore import explore

COMMAND = ("-m", "imis_plan.cli.main", "explore", "nepal", "--no-browser")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PRESSES = 20
PATIENCE = 120_000
# Milliseconds between two presses, in which sentence and table of the first are done.
PAUSE = 300
# Moves the first slider by one position and notes when numbers and figure are others: on the page, by its own clock.
PRESS = """
up => new Promise(done => {
  const slider = document.querySelector('.imis-x-slider input');
  const text = part => document.querySelector(`[data-${part}=total]`)?.innerText;
  const number = () => text('figure') && text('figure') + text('change');
  const figure = () => document.querySelector('img.imis-x-figure')?.src;
  const [was, drawn, start, seen] = [number(), figure(), performance.now(), {}];
  const look = () => {
    if (!seen.number && number() && number() !== was) seen.number = performance.now() - start;
    if (figure() && figure() !== drawn) return done([seen.number ?? performance.now() - start, performance.now() - start]);
    requestAnimationFrame(look);
  };
  up ? slider.stepUp() : slider.stepDown();
  slider.dispatchEvent(new Event('input', {bubbles: true}));
  look();
})
"""


@contextmanager
def served() -> Iterator[str]:
    """The address of the explorer, as the command prints it."""
    with subprocess.Popen([sys.executable, *COMMAND], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        assert process.stdout  # noqa: S101 - for the type checker
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)


@contextmanager
def page_of(address: str, program: str) -> Iterator[Any]:
    """The page of a server in a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        page.goto(address, timeout=PATIENCE)
        page.wait_for_selector("img.imis-x-figure[src]", timeout=PATIENCE)
        yield page
        browser.close()


def browser_time(page: Any, presses: int = PRESSES) -> tuple[float, float]:
    """Median time to new numbers and to a new figure, over some presses to and fro. [millisecond]"""
    times = []
    for i in range(presses + 2):
        times.append(page.evaluate(PRESS, i % 2 == 0))
        page.wait_for_timeout(PAUSE)
    times = times[2:]  # the first ones import what is needed once
    return median(number for number, _ in times), median(figure for _, figure in times)


def kernel_time(name: str, presses: int = PRESSES) -> tuple[float, float, float]:
    """Work of the kernel to start, and for a move until numbers and figure are there, medians. [millisecond of the processor]"""
    begun = process_time()
    shown, seen = explore(name), {"number": 0.0, "figure": 0.0}
    started = (process_time() - begun) * 1000
    slider = next(control.slider for control in shown.controls if not control.lever.choices)
    shown.tiles.observe(lambda _change: seen.update(number=process_time()), "value")
    shown.picture.observe(lambda _change: seen.update(figure=process_time()), "value")
    begin, times = slider.position, []
    for i in range(presses + 2):
        start = process_time()
        slider.position = (begin + i + 1) % (slider.last + 1)
        times.append([(end - start) * 1000 for end in seen.values()])
    number, figure = (median(each) for each in zip(*times[2:], strict=True))
    return started, number, figure


def main(presses: int = PRESSES, *, browser: bool = True) -> None:
    """Print the times, or that there is no browser. browser : whether to measure in one, too."""
    started, number, figure = kernel_time("nepal", presses)
    moved = f"from lever to numbers {number:.0f} ms, to figure {figure:.0f} ms"
    print(f"explorer of nepal, work of the kernel: to start {started:.0f} ms, {moved}")
    if not browser:
        return
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        print(f"explorer: no browser on PATH ({', '.join(NAMES)})", file=sys.stderr)
        return
    begun = perf_counter()
    with served() as address, page_of(address, program) as page:
        print(f"explorer of nepal in a browser, from the command to the figure: {perf_counter() - begun:.1f} s")
        number, figure = browser_time(page, presses)
    print(
        f"explorer of nepal in a browser, from lever: to numbers {number:.0f} ms (goal 100), to figure {figure:.0f} ms (goal 300)"
    )


if __name__ == "__main__":
    main()
