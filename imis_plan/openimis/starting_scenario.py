"""A scenario that starts from a baseline; what openIMIS does not record comes from another scenario or from neutral assumptions."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.derived_parameters import NEEDED, derived_parameters
from imis_plan.openimis.derived_value import DerivedValue, twelve_decimals
from imis_plan.openimis.nested_data import set_value, value_at, yaml_text
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import BASELINES, locate_scenario, parameter_file
from imis_plan.scenario.new_file import SCHEMA, scenario_path
from imis_plan.scenario.output_file import check_output
from imis_plan.scenario.plan import read_scenario
from imis_plan.scenario.source_templates import (
    COUNTED_ELSEWHERE,
    GIVEN_BY_USER,
    POPULATION_FROM_REGISTER,
    SHARE_OF_TODAY,
    YEAR_OF_COUNT,
)
from imis_plan.scenario.yaml_file import read
from imis_plan.sentence import sentence

NEUTRAL_VALUES = Path(BASELINES) / "_start.yaml"
# Without `--like` the targets are the present values; with it they are those of the other scenario.
TARGETS = {"facilities.number": "facilities.at_start"}
OFFICES = "schemes.national_users"
HEAD = """\
{schema}
# Scenario {name}, created by `imis-plan baseline` from {host} on {day}{like}.
# Values that were read name the system in their source. Parameters that are not in this file come from defaults.yaml.
"""


@dataclass
class Draft:
    """The data of a new scenario, and the parameters that could not be derived."""

    data: dict[str, Any]
    left_out: list[DerivedValue] = field(default_factory=list)


def starting_scenario_text(
    name: str, baseline: Baseline, folder: Path, like: str | None, settings: Mapping[str, Any]
) -> tuple[str, list[DerivedValue]]:
    """Text of a scenario that `imis-plan check` accepts, and the parameters that could not be derived.

    like : a scenario with the values that openIMIS does not record
    settings : path -> value, given by the user, including paths such as `about.country`

    Raises BadInput if a required figure is missing, or if the scenario has problems.
    """
    draft = Draft(starting_data(folder, like))
    source = baseline.source()
    for derived in derived_parameters(baseline):
        add_derived(draft, derived, source, like)
    apply_settings(draft, settings, baseline.system.day)
    if not like:
        set_targets(draft, baseline, source)
        # Again: a target given by the user has priority over the present value.
        apply_settings(draft, settings, baseline.system.day)
    refuse_missing(draft, like, settings)
    add_description(draft.data, name, baseline, like)
    text = HEAD.format(
        schema=SCHEMA, name=name, host=baseline.system.host, day=baseline.system.day, like=f" and from {like}" if like else ""
    )
    text += yaml_text(draft.data)
    check_scenario(name, text, folder)
    return text, draft.left_out


def starting_data(folder: Path, like: str | None) -> dict[str, Any]:
    """The initial data: those of a scenario, or the neutral values."""
    neutral = parameter_file(folder, NEUTRAL_VALUES)
    if not like and not neutral.is_file():
        right = sentence("give a scenario with --like, whose money and prices are used")
        raise BadInput([Problem(f"{folder.name}/{NEUTRAL_VALUES.as_posix()}", None, "", "no such file", right)])
    file = locate_scenario(like, folder)[0] if like else neutral
    document = read(file)
    if document.problems:
        raise BadInput(document.problems)
    return copy.deepcopy(document.data)


def add_derived(draft: Draft, derived: DerivedValue, source: str, like: str | None) -> None:
    """Add a parameter to the scenario, or note that it could not be derived."""
    if derived.value is None:
        draft.left_out.append(derived)
    elif not (like and derived.path == OFFICES):
        set_value(draft.data, derived.path, derived.parameter(source))


def set_targets(draft: Draft, baseline: Baseline, source: str) -> None:
    """Set the targets to the present values, and count all office users once."""
    for target, of in TARGETS.items():
        if parameter := value_at(draft.data, of):
            set_value(draft.data, target, dict(parameter))
    if value_at(draft.data, OFFICES):
        set_value(
            draft.data,
            "schemes.users_per_office",
            {"value": 0, "source": f"{source}: {COUNTED_ELSEWHERE.format(path=OFFICES)}", "confidence": "A"},
        )
    insured, registered = value_at(draft.data, "coverage.insured_at_start"), baseline.number("registered")
    if not insured:
        return
    year = int(baseline.system.day[:4])
    if not value_at(draft.data, "population.total"):
        total = max(registered or 0, insured["value"])
        why = f"assumption: {POPULATION_FROM_REGISTER}"
        set_value(
            draft.data,
            "population.total",
            {
                "value": twelve_decimals(total),
                "low": twelve_decimals(total),
                "high": twelve_decimals(total),
                "source": why,
                "confidence": "assumed",
            },
        )
    people = value_at(draft.data, "population.total")["value"]
    set_value(draft.data, "population.year", {"value": year, "source": f"{source}: {YEAR_OF_COUNT}", "confidence": "A"})
    share = max(min(insured["value"] / people, 1), 1e-4)
    most = max(share, min((registered or 0) / people, 1))
    words = SHARE_OF_TODAY.format(count=f"{insured['value']:,}", number=f"{people:,}")
    set_value(
        draft.data,
        "coverage.target",
        {
            "value": twelve_decimals(share),
            "low": twelve_decimals(share),
            "high": twelve_decimals(most),
            "source": f"assumption: {words}",
            "confidence": "assumed",
        },
    )


def refuse_missing(draft: Draft, like: str | None, settings: Mapping[str, Any]) -> None:
    """Refuse a scenario without a required figure: its default would mean that nothing exists."""
    if like:
        return
    problems = [
        Problem(
            derived.path,
            None,
            "",
            sentence("not read ({calculation})", calculation=derived.calculation),
            sentence("give it with --set {path}=NUMBER, or a scenario with --like", path=derived.path),
        )
        for derived in draft.left_out
        if derived.path in NEEDED and derived.path not in settings
    ]
    if problems:
        raise BadInput(problems)


def apply_settings(draft: Draft, settings: Mapping[str, Any], day: str) -> None:
    """Set the values given by the user."""
    for path, value in settings.items():
        set_value(draft.data, path, value if path.startswith("about.") else given_parameter(value, day))


def given_parameter(value: Any, day: str) -> dict[str, Any]:
    """A parameter with a value given by the user."""
    return value if isinstance(value, dict) else {"value": value, "source": GIVEN_BY_USER.format(day=day), "confidence": "C"}


def add_description(data: dict[str, Any], name: str, baseline: Baseline, like: str | None) -> None:
    """Fill in the description of the scenario where the user gave none."""
    system, words = baseline.system, data.setdefault("about", {})
    facts = {what: baseline.number(what) for what in ("covered", "policies", "facilities", "officers")}
    read_out = ", ".join(f"{value:,.0f} {fact_phrase(what)}" for what, value in facts.items() if value is not None)
    start = f"Read from {system.host} on {system.day}: {read_out}." if read_out else f"Read from {system.host} on {system.day}."
    if like:
        words.setdefault("notes", []).append(f"{start} Targets, prices and money are those of {like}.")
    else:
        words.setdefault("country", f"Country of {system.host}")
        words.setdefault("scheme", f"openIMIS at {system.host}")
        words.setdefault("title", f"{name.replace('_', ' ').capitalize()}: a budget from present figures")
        words.setdefault(
            "target", f"{start} The insured share of the population stays constant; set coverage.target to plan for more."
        )
        words.setdefault("notes", []).append(
            "Country, currency, inflation and offices are not in openIMIS: neutral assumptions are used until they are given."
        )
    words["date"] = system.day
    words.pop("status", None)  # a new scenario is a draft, whatever the one is that it resembles


def fact_phrase(fact: str) -> str:
    """The name of a fact within a sentence."""
    return {"covered": "people insured", "policies": "policies in force", "officers": "enrolment officers"}.get(fact, fact)


def new_scenario_file(name: str, folder: Path, *, force: bool) -> Path:
    """The file of a new scenario.

    Raises BadInput for an invalid name, and for a scenario that exists already.
    """
    path = scenario_path(name, folder)
    check_output(path, force=force)
    return path


def check_scenario(name: str, text: str, folder: Path) -> None:
    """Check a scenario before it is written.

    Raises BadInput with all its problems.
    """
    with TemporaryDirectory() as aside:
        file = Path(aside) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        read_scenario(file, folder, None)
