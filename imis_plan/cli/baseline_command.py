"""The command `imis-plan baseline`: read facts of a running openIMIS, start a scenario from them, or compare a plan with them."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.cli import console, overrides
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import BASELINES, find_parameters
from imis_plan.scenario.plan import Plan, load

if TYPE_CHECKING:
    from imis_plan.openimis.baseline import Baseline
    from imis_plan.openimis.derived_value import Derived

FACTS_HEADER = "# Read by `imis-plan baseline`: facts of a running openIMIS. A missing fact says why; it is never a 0.\n"


def baseline_command(options: argparse.Namespace) -> int:
    """Read the facts; then write a scenario, compare a plan, or print the facts. 1 if the system cannot be read."""
    from imis_plan.openimis.errors import Unreadable
    from imis_plan.openimis.starting_scenario import refuse_name

    folder = find_parameters(options.parameters)
    # Check what would fail later before the user types a password.
    path = refuse_name(options.out, folder, force=options.force) if options.out else None
    plan = load(options.compare, parameters=folder) if options.compare else None
    assigned = overrides.assignments(options.set)
    try:
        observed = read_facts(options)
    except Unreadable as error:
        console.message(f"imis-plan: {error}")
        return 1
    report_gaps(observed)
    if path:
        write_scenario(path, observed, folder, options.like, assigned)
    if plan:
        compare_with_plan(plan, observed, options)
    elif not path:
        print_facts(observed, options)
    return 0


def read_facts(options: argparse.Namespace) -> "Baseline":
    """The facts of a system, of its database, or of a file that an earlier run wrote."""
    from imis_plan.openimis import api, database, session
    from imis_plan.openimis.address import address
    from imis_plan.openimis.baseline import read_baseline
    from imis_plan.openimis.passwords import password
    from imis_plan.openimis.period import period

    if "://" not in options.address and options.address.endswith((".yaml", ".yml")):
        return read_baseline(Path(options.address))
    where = address(options.address, unencrypted=options.unencrypted)
    span = period(options.day or date.today(), options.year)  # noqa: DTZ011  # the date on this machine
    if options.ca_file and not options.ca_file.is_file():
        raise BadInput(
            [Problem(str(options.ca_file), None, "", "no such file", "name the certificate of the authority, in PEM format")]
        )
    if where.is_database:
        secret = password(options.user or "the role", options.password_file, optional=True)
        return database.read(where, span, options.user, secret, options.ca_file, options.timeout, unencrypted=options.unencrypted)
    if not options.user:
        raise BadInput([Problem("--user", None, "", "missing", "name the account to read with")])
    secret = password(options.user, options.password_file) or ""
    opened = session.start(where, options.user, secret, options.ca_file, options.timeout)
    return api.read(opened, span, options.user)


def report_gaps(observed: "Baseline") -> None:
    """Print what could not be read, each reason once with all its facts."""
    from imis_plan.openimis.fact_names import label

    reasons: dict[tuple[str | None, str | None], list[str]] = {}
    for name, fact in observed.gaps().items():
        reasons.setdefault((fact.missing, fact.remedy), []).append(label(name))
    for (missing, remedy), names in reasons.items():
        console.message(f"not read: {', '.join(names)}: {missing}; {remedy}")


def write_scenario(path: Path, observed: "Baseline", folder: Path, like: str | None, assigned: dict[str, Any]) -> None:
    """Write the scenario, and the facts for its report."""
    from imis_plan.openimis.starting_scenario import scenario_text
    from imis_plan.report.staging import write_whole

    text, left_out = scenario_text(path.stem, observed, folder, like, assigned)
    facts_file = save_facts(observed, folder, path.stem)
    write_whole(path, text)
    report_left_out([one for one in left_out if one.path not in assigned], like)
    console.line(str(path))
    console.message(f"facts: {facts_file}\nnext: imis-plan check {path.stem}, then imis-plan report {path.stem}")


def report_left_out(left_out: "list[Derived]", like: str | None) -> None:
    """Print which parameters cannot be derived from the facts, and where their values come from instead."""
    for one in left_out:
        console.message(f"{one.path}: taken from {like or 'defaults.yaml'}: {one.working}")


def save_facts(observed: "Baseline", folder: Path, name: str) -> Path:
    """Write the facts to the file that the report of a scenario reads. Returns its path."""
    import yaml

    from imis_plan.report.staging import write_whole

    file = folder / BASELINES / f"{name}.yaml"
    write_whole(file, FACTS_HEADER + yaml.safe_dump(observed.data(), sort_keys=False, allow_unicode=True, width=100000))
    return file


def compare_with_plan(plan: Plan, observed: "Baseline", options: argparse.Namespace) -> None:
    """Compare a plan with the facts, and save them for the report of the plan."""
    from imis_plan.analysis.export import csv_text, json_text
    from imis_plan.openimis.plan_vs_observed import drift

    table = drift(plan, observed)
    if options.format == "table":
        title = f"{plan.name} compared with {observed.source()}; effect in nominal {plan.about.currency}"
        console.emit(f"{title}\n{console.frame_text(table.set_index('item'))}")
    else:
        console.emit((csv_text if options.format == "csv" else json_text)(table))
    console.message(f"saved for the report: {save_facts(observed, plan.folder, plan.name)}")


def print_facts(observed: "Baseline", options: argparse.Namespace) -> None:
    """Print the facts, one row for each number."""
    from imis_plan.openimis.fact_names import label

    rows = []
    for name, fact in observed.facts.items():
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
        console.message(observed.source())
        rows = [{key: row[key] for key in ("fact", "part", "value")} for row in rows if row["value"] is not None]
    console.print_rows(rows, options.format)
