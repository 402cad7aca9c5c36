"""Ledgers of many scenarios, a row of a table each: processor time of a row, and the memory that they take."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.processor import processor_seconds

ROOT = Path(__file__).parents[1]
# Each size beside the one before, which takes as long to start: imports, and the simulation of the base in each process.
SIZES = (10, 100, 1000)


def table(file: Path, size: int) -> None:
    """Write a table of districts."""
    rows = "".join(f"d{i},{100_000 + i},population\n" for i in range(size))
    file.write_text(f"name,population.total,share_of_base\n{rows}", encoding="utf-8")


def ledgers(folder: Path, size: int) -> float:
    """Processor time of so many ledgers. [second]"""
    file, out = folder / f"districts{size}.csv", folder / f"out{size}"
    table(file, size)
    program = Path(sys.executable).parent / "imis-plan"
    command: list[str | Path] = [
        program,
        "report",
        "nepal",
        "--parameters",
        ROOT / "parameters",
        "--scenarios",
        file,
        "--ledger-only",
        "--out",
        out,
    ]
    seconds = processor_seconds(command)
    pages = [page.stat().st_size for page in out.glob("index*.html")]
    print(f"    index of {size}: {len(pages)} pages, the largest {max(pages) / 1e3:.0f} kB")
    shutil.rmtree(out)
    return seconds


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print time and memory for more and more rows."""
    print("ledgers of districts of nepal, a row of a table each (--ledger-only), processor time")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        before, fewer = 0.0, 0
        for size in sizes:
            seconds = ledgers(Path(folder), size)
            peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
            each = max(seconds - before, 0.0) / (size - fewer)
            rate = f"{1 / each:.0f} per second of the processor" if each else "too few to tell"
            cost = f"{each * 1e3:4.0f} ms for each more than before ({rate})"
            print(f"  {size:6,d} rows {seconds:6.1f} s, {cost}; largest process so far {peak:.0f} MB")
            before, fewer = seconds, size


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
