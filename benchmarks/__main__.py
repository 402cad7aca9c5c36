"""Run all benchmarks and print their tables."""

from benchmarks import explore, point, simulation, workbook

if __name__ == "__main__":
    point.main()
    simulation.main()
    workbook.main()
    explore.main()
