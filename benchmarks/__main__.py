"""Run all benchmarks and print their tables; with `--smallest` each once and at its smallest size, as a test does."""

import argparse

from benchmarks import explore, loading, pages, point, report, rows, simulation, workbook


def main() -> None:
    """Print all tables."""
    made = report.main()
    point.main()
    loading.main()
    simulation.main()
    rows.main()
    pages.main(made)
    workbook.main()
    explore.main()


def smallest() -> None:
    """Print tables of numbers that say nothing, without a spreadsheet and a browser."""
    made = report.main(["zanzibar"], warm=False)
    point.main(runs=1)
    loading.main(runs=1)
    simulation.main(draws=100, loops=1, runs=1)
    rows.main([1])
    pages.main(made, runs=1)
    workbook.main(runs=1, files=1)
    explore.main(presses=1, browser=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smallest", action="store_true", help="each once and at its smallest size; its numbers say nothing")
    smallest() if parser.parse_args().smallest else main()
