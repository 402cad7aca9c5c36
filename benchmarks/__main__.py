"""Run all benchmarks and print their tables."""

from benchmarks import explore, pages, point, simulation, workbook

if __name__ == "__main__":
    point.main()
    simulation.main()
    pages.main()
    workbook.main()
    explore.main()
