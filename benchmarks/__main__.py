"""Run all benchmarks and print their tables."""

from benchmarks import point

if __name__ == "__main__":
    point.main()
