"""Types of facilities below `facilities.types`: how many there are, their share of the workload, and the staff in them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from imis_plan.problems import Problem, suggestion
from imis_plan.scenario.fields import PlainText, TranslatableText
from imis_plan.scenario.inheritance import Locations
from imis_plan.scenario.localized_text import N_
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter, StrictModel, read_only
from imis_plan.scenario.scenario_sections import Role
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import Keys
from imis_plan.sentence import Sentence, Unit, sentence

ALL = "facilities.number"
GROUP: Keys = ("facilities", "types")
HEAD = ".".join(GROUP) + "."
NUMBER, SHARE = "number", "workload_share"
KEY = re.compile(r"[a-z][a-z0-9_]*")
# Shares that a person wrote may be rounded; formulas use each of them relative to their sum.
TOLERANCE = 1e-6
# Parameters of every type; a file gives value, source and confidence.
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    NUMBER: {"unit": "facility", "min": 1, "description": N_("Facilities of the type at full roll-out")},
    SHARE: {"unit": "1", "description": N_("Share of the type in the workload of all facilities")},
}


class FacilityType(StrictModel):
    """A type of facilities; its numbers are the parameters below `facilities.types.<key>`."""

    title: TranslatableText = Field(description="Name of the type for readers, also by language, as in Hospitals.")
    staff: Annotated[Mapping[str, Annotated[tuple[PlainText, ...], Field(strict=False)]], AfterValidator(read_only)] = Field(
        default_factory=dict,
        description="Roles with posts in each facility of the type: role -> the activities of its workload that are done there.",
    )


def types_in(location: Location) -> Iterator[tuple[str, dict[Any, Any], Location]]:
    """Name, data and location of every type in a file."""
    data, here = types_data(location), location.below(*GROUP)
    for name, entry in data.items() if isinstance(data, dict) else ():
        if isinstance(entry, dict):
            yield str(name), entry, here.below(name)


def types_data(location: Location) -> Any:
    """What a file has below `facilities.types`; an empty mapping without it."""
    group = location.document.data.get(GROUP[0])
    return (group.get(GROUP[1]) or {}) if isinstance(group, dict) else {}


def type_parameters(location: Location) -> Iterator[tuple[str, Any, Location]]:
    """Key, data and location of each parameter of a type; no data where the file leaves it out."""
    for _, data, here in types_in(location):
        yield from ((key, data.get(key), here.below(key)) for key in PARAMETERS)


def facility_types(locations: Locations, roles: tuple[Role, ...], parameters: Mapping[str, Parameter]) -> dict[str, FacilityType]:
    """The types of a scenario by key, those of its base scenarios first; problems are reported."""
    texts: dict[str, dict[Any, Any]] = {}
    given: dict[str, set[Any]] = {}
    where: dict[str, Location] = {}
    for location in locations:
        report_invalid_types(location)
        for key, data, here in types_in(location):
            texts[key] = texts.get(key, {}) | {name: entry for name, entry in data.items() if name not in PARAMETERS}
            given[key] = given.get(key, set()) | set(data)
            where[key] = here
    built = {key: build(FacilityType, known_keys(text, given[key], where[key]), where[key]) for key, text in texts.items()}
    types = {key: each for key, each in built.items() if each}
    for path, parameter in parameters.items():
        key, _dot, name = path.removeprefix(HEAD).partition(".")
        if path.startswith(HEAD) and parameter.required and key in where:
            where[key].below(name).report("missing", missing_remedy(parameter))
    for key, each in types.items():
        report_staff(each, roles, where[key].below("staff"))
    if types and not any(each.staff for each in types.values()):
        location = last_with_types(locations).below(*GROUP)
        location.report("no type has staff", "give one of them staff: role -> activities, or remove the types")
    report_sums(parameters, locations)
    return types


def known_keys(text: Mapping[Any, Any], given: Collection[Any], location: Location) -> dict[Any, Any]:
    """What a type has besides its parameters; keys that mean nothing are reported and left out.

    given : all keys of the type; an unknown key may stand for one that is not among them
    """
    fields = FacilityType.model_fields
    names = [*fields, *PARAMETERS]
    for key in text.keys() - set(fields):
        location.below(key).report("unknown key", suggestion(key, set(names) - set(given) or names))
    return {key: entry for key, entry in text.items() if key in fields}


def missing_remedy(parameter: Parameter) -> str:
    """What to give for a parameter without a value."""
    words = Sentence.of(parameter.description, {})
    meaning = (
        sentence("({description} [{unit}])", description=words, unit=Unit(parameter.unit))
        if parameter.unit
        else sentence("({description})", description=words)
    )
    return sentence("give value, source and confidence {meaning}", meaning=meaning)


def report_invalid_types(location: Location) -> None:
    """Report entries below `facilities.types` that are not types, and names that they cannot have."""
    data, here = types_data(location), location.below(*GROUP)
    if not isinstance(data, dict):
        here.report("not a mapping", "give types by name, each with title, number, workload_share and staff", data)
        return
    for name, entry in data.items():
        if not isinstance(entry, dict):
            here.below(name).report("not a type of facilities", "give title, number, workload_share and staff", entry)
        elif not KEY.fullmatch(str(name)):
            here.below(name).report("not a name of a type", "use lower-case letters, digits and _, as in health_centre")


def report_staff(each: FacilityType, roles: tuple[Role, ...], location: Location) -> None:
    """Report roles that do not exist, and activities that their role does not have."""
    workloads = {role.key: role.workload for role in roles}
    for key, activities in each.staff.items():
        here = location.below(key)
        if key not in workloads:
            here.report("no such role", suggestion(key, workloads))
        elif not activities:
            here.report("no activity", suggestion("", workloads[key]))
        for i, name in enumerate(activities if key in workloads else ()):
            if name not in workloads[key]:
                here.below(i).report(sentence("no activity of {role}", role=key), suggestion(name, workloads[key]), name)
            elif name in activities[:i]:
                here.below(i).report("the same activity again", "remove it", name)


def last_with_types(locations: Locations) -> Location:
    """The last of the files that has types; the last file if none has."""
    return next((location for location in reversed(locations) if types_data(location)), locations[-1])


def report_sums(parameters: Mapping[str, Parameter], locations: Locations) -> None:
    """Report numbers and shares of types that do not add up.

    A file that is based on another one and changes only the number of all facilities keeps the types in proportion.
    """
    location = last_with_types(locations)
    files = [each.document.name for each in locations]
    given = parameters.get(ALL)
    later = given is not None and given.file in files[files.index(location.document.name) + 1 :]
    found = share_sum(parameters) + ([] if later else number_sum(parameters))
    location.found.extend(replace(each, file=location.document.name, line=location.below(*GROUP).line) for each in found)


def sum_problems(parameters: Mapping[str, Parameter], changed: Mapping[str, Parameter]) -> list[Problem]:
    """Problems of an option or a what-if that changes types so that they do not add up, at the first change of a type."""
    subjects = [each for path, each in changed.items() if path.startswith(HEAD)]
    if not subjects:
        return []
    found = [*number_sum(parameters), *share_sum(parameters)]
    return [replace(each, file=subjects[0].file, line=subjects[0].line, path=subjects[0].path) for each in found]


def numbers_of(parameters: Mapping[str, Parameter], key: str) -> list[Any]:
    """The values of one parameter of all types."""
    return [each.value for path, each in parameters.items() if path.startswith(HEAD) and path.rpartition(".")[2] == key]


def are_numbers(values: list[Any]) -> bool:
    """Whether there are values, and all are numbers; what is none is a problem of its own."""
    return bool(values) and all(isinstance(each, int | float) and not isinstance(each, bool) for each in values)


def number_sum(parameters: Mapping[str, Parameter]) -> list[Problem]:
    """A problem if the facilities of the types are not as many as all facilities."""
    values, given = numbers_of(parameters, NUMBER), parameters.get(ALL)
    if given is None or given.open or not are_numbers([*values, given.value]) or not values or sum(values) == given.value:
        return []
    place = f"{given.file}:{given.line}" if given.line else given.file
    together, whole = f"{sum(values):g}", f"{given.value:g}"
    message = sentence(
        "the types have {sum} facilities together, {path} is {whole} ({place})", sum=together, path=ALL, whole=whole, place=place
    )
    remedy = sentence("give numbers that add up to {whole}, or {path}: {sum}", whole=whole, path=ALL, sum=together)
    return [Problem("", None, HEAD.rstrip("."), message, remedy)]


def share_sum(parameters: Mapping[str, Parameter]) -> list[Problem]:
    """A problem if the shares of the workload are not 1 together."""
    values = numbers_of(parameters, SHARE)
    if not are_numbers(values) or abs(sum(values) - 1) <= TOLERANCE:
        return []
    message = sentence("the shares of the workload add up to {sum}", sum=f"{sum(values):.6g}")
    return [Problem("", None, HEAD.rstrip("."), message, "give shares that add up to 1")]


def with_stations(roles: tuple[Role, ...], types: Mapping[str, FacilityType]) -> tuple[Role, ...]:
    """The roles, each with what it does in facilities of every type; a role that no type has is as before."""
    return tuple(
        role.model_copy(update={"stations": read_only({key: each.staff.get(role.key, ()) for key, each in types.items()})})
        if any(role.key in each.staff for each in types.values())
        else role
        for role in roles
    )
