"""The scenario that others are based on: read once for all rows of a table, and again only after one of its files has changed."""

from functools import lru_cache
from pathlib import Path

from imis_plan.scenario.inputs import input_files
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.plan import Plan, read_scenario
from imis_plan.scenario.price_library import SOURCES, State, price_files, state


def base_scenario(file: Path, folder: Path) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a file, and the parameters that each of its options changes.

    Raises BadInput with all problems of its files.
    """
    observed = price_files(folder, file)
    files = {*input_files(file.stem, folder).values(), *observed, *(each.parent / SOURCES for each in observed)}
    return read_unchanged(file, folder, tuple(map(state, sorted(each for each in files if each.is_file()))))


@lru_cache(maxsize=8)
def read_unchanged(file: Path, folder: Path, _states: tuple[State, ...]) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a file, for these times and sizes of all files that it is read from."""
    return read_scenario(file, folder, None)
