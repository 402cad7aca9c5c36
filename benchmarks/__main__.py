"""Run all benchmarks and print their tables."""

from benchmarks import explore, pages, point, report, rows, simulation, workbook

if __name__ == "__main__":
    report.main()
    point.main()
    simulation.main()
    rows.main()
    pages.main()
    workbook.main()
    explore.main()
