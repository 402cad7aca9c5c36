"""The command `imis-plan baseline`: facts of a running openIMIS, a scenario from them, or a plan compared with them."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.cli import console, overrides
from imis_plan.i18n.interface import in_interface_language
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import BASELINES, find_parameters, writable_parameters
from imis_plan.scenario.own_folder import begin_parameters
from imis_plan.scenario.plan import Plan, load
from imis_plan.sentence import Sentence, sentence

if TYPE_CHECKING:
    from imis_plan.openimis.baseline import Baseline
    from imis_plan.openimis.derived_value import DerivedValue

FACTS_HEADER = "# Read by `imis-plan baseline`: facts of a running openIMIS. A gap has a reason; it is never a 0.\n"


def baseline_command(options: argparse.Namespace) -> int:
    """Read; then write a scenario, compare a plan, or print the facts. Exit code 1 if the system cannot be read."""
    from imis_plan.openimis.errors import SystemUnavailable
    from imis_plan.openimis.starting_scenario import new_scenario_file

    folder = find_parameters(options.parameters)
    # Problems with other options are reported before the password is asked for.
    path = new_scenario_file(options.out, writable_parameters(options.parameters), force=options.force) if options.out else None
    plan = load(options.compare, parameters=folder) if options.compare else None
    assigned = overrides.assignments(options.set)
    try:
        found = read_facts(options)
    except SystemUnavailable as error:
        console.message(f"imis-plan: {in_interface_language(error.reason)}")
        return 1
    report_gaps(found)
    if path:
        write_scenario(path, found, folder, options.like, assigned)
    if plan:
        compare_with_plan(plan, found, options)
    elif not path:
        print_facts(found, options)
    return 0


def read_facts(options: argparse.Namespace) -> "Baseline":
    """The facts of a system, of its database, or of a file from an earlier reading."""
    from imis_plan.openimis import api, database, session
    from imis_plan.openimis.address import parse_address
    from imis_plan.openimis.baseline import read_baseline
    from imis_plan.openimis.passwords import read_password
    from imis_plan.openimis.period import period

    if "://" not in options.address and options.address.endswith((".yaml", ".yml")):
        return read_baseline(Path(options.address))
    where = parse_address(options.address, unencrypted=options.unencrypted)
    span = period(options.day or date.today(), options.year)  # noqa: DTZ011  # the user's day
    if options.ca_file and not options.ca_file.is_file():
        raise BadInput([Problem(str(options.ca_file), None, "", "no such file", "give the root certificate as a PEM file")])
    if where.is_database:
        secret = read_password(options.user or "the role", options.password_file, optional=True)
        return database.read(where, span, options.user, secret, options.ca_file, options.timeout, unencrypted=options.unencrypted)
    if not options.user:
        raise BadInput([Problem("--user", None, "", "missing", "give the account to read with")])
    secret = read_password(options.user, options.password_file) or ""
    opened = session.log_in(where, options.user, secret, options.ca_file, options.timeout)
    return api.read(opened, span, options.user)


def report_gaps(found: "Baseline") -> None:
    """Report what could not be read: each reason once, with all facts it applies to."""
    from imis_plan.openimis.fact_names import label

    reasons: dict[tuple[str | None, str | None], list[str]] = {}
    for name, fact in found.gaps().items():
        reasons.setdefault((fact.missing, fact.remedy), []).append(label(name))
    for (missing, remedy), names in reasons.items():
        why, right = (text if isinstance(text, Sentence) else Sentence.of(text or "", {}) for text in (missing, remedy))
        console.message(sentence("not read: {facts}: {reason}; {remedy}", facts=", ".join(names), reason=why, remedy=right))


def write_scenario(path: Path, found: "Baseline", folder: Path, like: str | None, assigned: dict[str, Any]) -> None:
    """Write the scenario, and the facts for its report."""
    from imis_plan.batch.publish import write_atomic
    from imis_plan.openimis.starting_scenario import starting_scenario_text

    text, left_out = starting_scenario_text(path.stem, found, folder, like, assigned)
    stored = store(found, begin_parameters(path.parent), path.stem)
    write_atomic(path, text)
    report_left_out([derived for derived in left_out if derived.path not in assigned], like)
    console.line(str(path))
    console.message(sentence("facts: {file}", file=stored))
    console.message(sentence("next: imis-plan check {name}, then imis-plan report {name}", name=path.stem))


def report_left_out(left_out: "list[DerivedValue]", like: str | None) -> None:
    """Report the parameters that could not be derived, and where their values come from."""
    for derived in left_out:
        text = sentence(
            "{path}: taken from {place}, because {reason}",
            path=derived.path,
            place=like or "defaults.yaml",
            reason=derived.calculation,
        )
        console.message(text)


def store(found: "Baseline", folder: Path, name: str) -> Path:
    """Write the facts to the file that the report of a scenario reads."""
    import yaml

    from imis_plan.batch.publish import write_atomic

    file = folder / BASELINES / f"{name}.yaml"
    write_atomic(file, FACTS_HEADER + yaml.safe_dump(found.as_dict(), sort_keys=False, allow_unicode=True, width=100000))
    return file


def compare_with_plan(plan: Plan, found: "Baseline", options: argparse.Namespace) -> None:
    """Compare a plan with the facts, and store them for the plan's report."""
    from imis_plan.analysis.export import csv_text, json_text
    from imis_plan.openimis.plan_vs_observed import differences

    table = differences(plan, found)
    if options.format == "table":
        text = _("{scenario} compared with {source}; effect in nominal {currency}")
        title = text.format(scenario=plan.name, source=found.source(), currency=plan.about.currency)
        console.emit(f"{title}\n{console.frame_text(table.set_index('item'))}")
    else:
        console.emit((csv_text if options.format == "csv" else json_text)(table))
    stored = store(found, begin_parameters(writable_parameters(options.parameters)), plan.name)
    console.message(sentence("stored for the report: {file}", file=stored))


def print_facts(found: "Baseline", options: argparse.Namespace) -> None:
    """Print the facts, one row for each number."""
    from imis_plan.openimis.fact_names import label

    rows = []
    for name, fact in found.facts.items():
        values = fact.value if isinstance(fact.value, dict) else {"": fact.value}
        rows += [
            {
                "fact": name if options.format != "table" else label(name),
                "part": part,
                "value": value,
                "missing": fact.missing or "",
            }
            for part, value in values.items()
        ]
    if options.format == "table":
        console.message(found.source())
        rows = [{key: row[key] for key in ("fact", "part", "value")} for row in rows if row["value"] is not None]
    console.print_rows(rows, options.format)
