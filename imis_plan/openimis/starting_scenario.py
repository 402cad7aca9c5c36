"""A scenario made from a baseline: what was read; and what no system knows, from another scenario or neutral assumptions."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from imis_plan.openimis.baseline import Baseline
from imis_plan.openimis.derived_parameters import NEEDED, derived
from imis_plan.openimis.derived_value import Derived, plain
from imis_plan.openimis.nested_data import at, put, text_of
from imis_plan.scenario.folder import BASELINES, scenario_file
from imis_plan.scenario.new_scenario import SCHEMA, place_for
from imis_plan.scenario.output_file import check_output
from imis_plan.scenario.plan import read_scenario
from imis_plan.scenario.problems import BadInput, Problem
from imis_plan.scenario.yaml_file import read

START = Path(BASELINES) / "_start.yaml"
# A plan without `--like` aims at what is there; one with it keeps its own targets and offices.
TARGETS = {"facilities.number": "facilities.at_start"}
OFFICES = "schemes.national_users"
HEAD = """\
{schema}
# Scenario {name}, begun by `imis-plan baseline` from what {host} held on {day}{like}.
# What was read says so in its source. Whatever this file does not mention is taken from defaults.yaml.
"""


@dataclass
class Draft:
    """A scenario's data on the way to its file, and what became of each parameter."""

    data: dict[str, Any]
    left_out: list[Derived] = field(default_factory=list)


def scenario_text(
    name: str, baseline: Baseline, folder: Path, like: str | None, said: Mapping[str, Any]
) -> tuple[str, list[Derived]]:
    """Text of a scenario that `imis-plan check` accepts, and the parameters that the facts do not tell.

    like : a scenario to take from what the system does not know
    said : path -> value, given by the user; `about.country` and its like too

    Raises BadInput where a figure is missing whose default would say that there is nothing yet, or where the scenario is not sound.
    """
    draft = Draft(begun(folder, like))
    source = baseline.source()
    for one in derived(baseline):
        lay(draft, one, source, like)
    say(draft, said, baseline.system.day)
    if not like:
        aims(draft, baseline, source)
        # Once more: what the user says of a target goes before what is there.
        say(draft, said, baseline.system.day)
    refuse_missing(draft, like, said)
    about(draft.data, name, baseline, like)
    text = HEAD.format(
        schema=SCHEMA, name=name, host=baseline.system.host, day=baseline.system.day, like=f" and from {like}" if like else ""
    )
    text += text_of(draft.data)
    sound(name, text, folder)
    return text, draft.left_out


def begun(folder: Path, like: str | None) -> dict[str, Any]:
    """Data to begin with: a scenario's, or the neutral values."""
    if not like and not (folder / START).is_file():
        right = "name a scenario with --like, whose money and prices are then taken"
        raise BadInput([Problem(f"{folder.name}/{START.as_posix()}", None, "", "no such file", right)])
    file = scenario_file(like, folder)[0] if like else folder / START
    document = read(file)
    if document.problems:
        raise BadInput(document.problems)
    return copy.deepcopy(document.data)


def lay(draft: Draft, one: Derived, source: str, like: str | None) -> None:
    """Put a parameter into the scenario, or note that the facts do not tell it."""
    if one.value is None:
        draft.left_out.append(one)
    elif not (like and one.path == OFFICES):
        put(draft.data, one.path, one.parameter(source))


def aims(draft: Draft, baseline: Baseline, source: str) -> None:
    """Without another plan's targets: keep the share that is insured, the facilities, and count all office users once."""
    for target, of in TARGETS.items():
        if parameter := at(draft.data, of):
            put(draft.data, target, dict(parameter))
    if at(draft.data, OFFICES):
        put(
            draft.data,
            "schemes.users_per_office",
            {"value": 0, "source": f"{source}: all users of offices stand in {OFFICES}", "confidence": "A"},
        )
    insured, registered = at(draft.data, "coverage.insured_at_start"), baseline.number("registered")
    if not insured:
        return
    year = int(baseline.system.day[:4])
    if not at(draft.data, "population.total"):
        total = max(registered or 0, insured["value"])
        why = "assumption: no population was read, so the register stands for it; give that of the census"
        put(
            draft.data,
            "population.total",
            {"value": plain(total), "low": plain(total), "high": plain(total), "source": why, "confidence": "assumed"},
        )
    people = at(draft.data, "population.total")["value"]
    put(draft.data, "population.year", {"value": year, "source": f"{source}: year of the count", "confidence": "A"})
    share = max(min(insured["value"] / people, 1), 1e-4)
    most = max(share, min((registered or 0) / people, 1))
    why = f"assumption: keeps the share of today, {insured['value']:,} insured / {people:,} people; high: everybody registered"
    put(
        draft.data,
        "coverage.target",
        {"value": plain(share), "low": plain(share), "high": plain(most), "source": why, "confidence": "assumed"},
    )


def refuse_missing(draft: Draft, like: str | None, said: Mapping[str, Any]) -> None:
    """Refuse a scenario in which something that exists would count as nothing, because it could not be read."""
    if like:
        return
    problems = [
        Problem(
            one.path, None, "", f"not read ({one.working})", f"give it with --set {one.path}=NUMBER, or a scenario with --like"
        )
        for one in draft.left_out
        if one.path in NEEDED and one.path not in said
    ]
    if problems:
        raise BadInput(problems)


def say(draft: Draft, said: Mapping[str, Any], day: str) -> None:
    """Put what the user said into the scenario."""
    for path, value in said.items():
        put(draft.data, path, value if path.startswith("about.") else given(value, day))


def given(value: Any, day: str) -> dict[str, Any]:
    """A parameter as the user gave it."""
    return (
        value if isinstance(value, dict) else {"value": value, "source": f"given on the command line, {day}", "confidence": "C"}
    )


def about(data: dict[str, Any], name: str, baseline: Baseline, like: str | None) -> None:
    """What the scenario is about, as far as nobody said."""
    system, words = baseline.system, data.setdefault("about", {})
    facts = {what: baseline.number(what) for what in ("covered", "policies", "facilities", "officers")}
    read_out = ", ".join(f"{value:,.0f} {words_of(what)}" for what, value in facts.items() if value is not None)
    start = f"Read from {system.host} on {system.day}: {read_out}." if read_out else f"Read from {system.host} on {system.day}."
    if like:
        words.setdefault("notes", []).append(f"{start} Targets, prices and money are those of {like}.")
    else:
        words.setdefault("country", f"Country of {system.host}")
        words.setdefault("scheme", f"openIMIS at {system.host}")
        words.setdefault("title", f"{name.replace('_', ' ').capitalize()}: a budget from what is there")
        words.setdefault(
            "target", f"{start} The share of the population that is insured stays as it is; set coverage.target to plan for more."
        )
        words.setdefault("notes", []).append(
            "Country, currency, inflation and offices are not in openIMIS: neutral assumptions stand for them until they are given."
        )
    words["date"] = system.day


def words_of(fact: str) -> str:
    """A fact as a sentence names it."""
    return {"covered": "people insured", "policies": "policies in force", "officers": "enrolment officers"}.get(fact, fact)


def refuse_name(name: str, folder: Path, *, force: bool) -> Path:
    """The file of a new scenario.

    Raises BadInput for what cannot be a name, and for one that is there already.
    """
    path = place_for(name, folder)
    check_output(path, force=force)
    return path


def sound(name: str, text: str, folder: Path) -> None:
    """Check a scenario before anything is written.

    Raises BadInput with its problems.
    """
    with TemporaryDirectory() as aside:
        file = Path(aside) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        read_scenario(file, folder, None)
