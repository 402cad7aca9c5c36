"""A table with a row for each first-level area of a country, to be filled in and rendered as scenarios."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from imis_plan.facts.country import UnknownCountryError, find_country
from imis_plan.facts.lookup import facilities
from imis_plan.facts.records import Area, Country
from imis_plan.scenario.folder import available_scenarios
from imis_plan.scenario.new_file import bad_input, create
from imis_plan.scenario.source_templates import FACILITIES_OF_AREA
from imis_plan.sentence import sentence

HEADS = (
    "name", "title", "share_of_base", "population.total", "population.total.source", "facilities.number",
    "facilities.number.source",
)  # fmt: skip
SHARED = "population"


def region_table(name: str, country: Country | None, folder: Path) -> Path:
    """Write `<name>_regions.csv` into the folder of parameters and return its path.

    Facilities are those of the facts; the population of an area is not in them and stays empty. All other counts of the scenario
    `name` are scaled to the population of the area.

    Raises BadInput when the file exists, there is no such scenario, or the facts have no areas of the country.
    """
    areas = facilities(country.iso3) if country else ()
    if not areas:
        where = country.name_en if country else name
        remedy = sentence("write the table by hand: name,title,share_of_base,population.total")
        raise bad_input(name, sentence("the facts have no first-level areas of {where}", where=where), remedy)
    if country and name not in available_scenarios(folder):
        remedy = sentence("write it first: imis-plan new {arguments}", arguments=arguments_of_new(name, country))
        raise bad_input(name, "no such scenario, which the areas are parts of", remedy)
    return create(folder / f"{name}_regions.csv", table_text(areas))


def arguments_of_new(name: str, country: Country) -> str:
    """What `imis-plan new` needs for a scenario of a country: its code, too, where the name does not say which it is."""
    try:
        said = find_country(name.replace("_", " ").replace("-", " ")) == country
    except UnknownCountryError:
        said = False
    return name if said else f"{name} --country {country.iso3}"


def table_text(areas: tuple[Area, ...]) -> str:
    """The text of the table."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(rows(areas))
    return buffer.getvalue()


def rows(areas: tuple[Area, ...]) -> Iterator[list[str]]:
    """A row for each area, with a name of its own."""
    seen: set[str] = set()
    for number, area in enumerate(areas, 1):
        name = file_name(area.name)
        name = f"{name}-{number}" if name in seen or not name else name
        seen.add(name)
        source = f"{area.origin}: {FACILITIES_OF_AREA.format(area=area.name)}"
        yield [name, area.name, SHARED, "", "", str(area.facilities), source]


def file_name(text: str) -> str:
    """The name of an area as that of a folder: letters, digits and -."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
