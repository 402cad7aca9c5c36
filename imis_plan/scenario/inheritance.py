"""Scenarios that say only how they differ from another one: `based_on: nepal` at the top of a file.

The other file is read first and this one is laid over it, key by key, as a country file is laid over the defaults.
"""

import re
from pathlib import Path

from imis_plan.problems import suggestion
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.location import Location
from imis_plan.scenario.yaml_file import Document, read

BASED_ON = "based_on"
NAMED = re.compile(rf"""^{BASED_ON}\s*:\s*["']?([\w-]+)""", re.MULTILINE)
# A scenario and those it builds on, the first ancestor first.
Locations = tuple[Location, ...]


def lineage(document: Document, folder: Path, location: Location) -> Locations:
    """The places of a scenario and of those it builds on, the first ancestor first.

    folder : where the scenarios are that one may build on.
    place : where problems go: a base that is not there, or one that comes back to the scenario itself.
    """
    locations = [Location(document, (), location.found)]
    while BASED_ON in locations[0].document.data:
        base = base_of(locations, folder)
        if base is None:
            break
        location.found.extend(base.problems)
        locations.insert(0, Location(base, (), location.found))
    return tuple(locations)


def ancestors(file: Path, folder: Path) -> tuple[Path, ...]:
    """Files of the scenarios that one builds on, the nearest first, as far as they are there; nothing is checked."""
    found: list[Path] = [file]
    while (base := NAMED.search(found[-1].read_text(encoding="utf-8"))) and (path := folder / f"{base[1]}.yaml").is_file():
        if path in found:
            break
        found.append(path)
    return tuple(found[1:])


def rooted(locations: Locations) -> bool:
    """Whether everything that a scenario builds on is there and says something."""
    return BASED_ON not in locations[0].document.data and all(location.document.data for location in locations)


def base_of(locations: list[Location], folder: Path) -> Document | None:
    """The document that the first of these is based on, or None; what is wrong is reported."""
    here, name = locations[0].below(BASED_ON), locations[0].document.data[BASED_ON]
    # In a circle the oldest comes up again; from there on it would never end.
    older = [location.document.path.stem for location in locations]
    if name in older:
        here.report("goes round in a circle", "base it on a scenario that does not build on this one", name)
        return None
    others = [other for other in scenarios(folder) if other not in older]
    if not isinstance(name, str) or name not in others:
        here.report("no such scenario", suggestion(name, others), name)
        return None
    return read(folder / f"{name}.yaml")
