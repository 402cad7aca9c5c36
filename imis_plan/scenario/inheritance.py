"""Scenarios that are based on another one: `based_on: nepal` at the top of a file.

The base is read first; then this file replaces values key by key, as every scenario replaces values of defaults.yaml.
"""

import os
import re
from pathlib import Path

from imis_plan.problems import suggestion
from imis_plan.scenario.folder import available_scenarios, parameter_file
from imis_plan.scenario.location import Location
from imis_plan.scenario.scenario_name import is_name
from imis_plan.scenario.yaml_file import Document, read
from imis_plan.sentence import sentence

BASED_ON = "based_on"
# Scenarios that one is based on, one after the other; more are a mistake, and take long to read.
MAX_BASES = 20
BASED_ON_LINE = re.compile(rf"""^{BASED_ON}\s*:\s*["']?([\w-]+)""", re.MULTILINE)
# A scenario and the scenarios that it is based on, the first base first.
Locations = tuple[Location, ...]


def inheritance_chain(document: Document, folder: Path, location: Location) -> Locations:
    """The locations of a scenario and of the scenarios that it is based on, the first base first.

    folder : folder of the base scenarios
    location : collects the problems: a base that does not exist, or a circular reference
    """
    locations = [Location(document, (), location.found)]
    while BASED_ON in locations[0].document.data:
        base = read_base(locations, folder)
        if base is None:
            break
        location.found.extend(base.problems)
        locations.insert(0, Location(base, (), location.found))
    return tuple(locations)


def ancestors(file: Path, folder: Path) -> tuple[Path, ...]:
    """Existing files of the scenarios that a scenario is based on, its direct base first; nothing is checked."""
    files = [file]
    while based_on := BASED_ON_LINE.search(files[-1].read_text(encoding="utf-8", errors="replace")):
        base = parameter_file(folder, f"{based_on[1]}.yaml")
        if base in files or not base.is_file() or len(files) > MAX_BASES:
            break
        files.append(base)
    return tuple(files[1:])


def is_complete(locations: Locations) -> bool:
    """Whether every base of a scenario exists and no file is empty."""
    return BASED_ON not in locations[0].document.data and all(location.document.data for location in locations)


def read_base(locations: list[Location], folder: Path) -> Document | None:
    """The document that the first of these is based on, or None; problems are reported."""
    here, name = locations[0].below(BASED_ON), locations[0].document.data[BASED_ON]
    # A circular reference would never end.
    chain_names = [location.document.path.stem for location in locations]
    if name in chain_names:
        here.report("circular reference", "use a scenario that is not based on this one", name)
        return None
    if len(locations) > MAX_BASES:
        here.report(
            sentence("more than {number} scenarios, each based on the next", number=MAX_BASES),
            "base the scenario on one of the last of them",
            name,
        )
        return None
    base = parameter_file(folder, f"{name}.yaml")
    if not isinstance(name, str) or not is_name(name) or not os.path.lexists(base):
        others = [other for other in available_scenarios(folder) if other not in chain_names]
        here.report("no such scenario", suggestion(name, others), name)
        return None
    return read(base)


def last_file_with(locations: Locations, *keys: str) -> Location:
    """The last of the files that has these keys; the last file if none has them."""
    return next((location for location in reversed(locations) if keys in location.document.lines), locations[-1])
