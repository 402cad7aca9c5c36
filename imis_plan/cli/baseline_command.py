"""The command `imis-plan baseline`: facts of a running openIMIS, a scenario begun from them, or a plan held against them."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.cli import console, overrides
from imis_plan.scenario.folder import BASELINES, find_parameters
from imis_plan.scenario.plan import Plan, load
from imis_plan.scenario.problems import BadInput, Problem

if TYPE_CHECKING:
    from imis_plan.openimis.baseline import Baseline
    from imis_plan.openimis.derived_value import Derived

FACTS_HEAD = "# Read by `imis-plan baseline`: what a running openIMIS held. A gap says why; it is never a 0.\n"


def baseline_command(options: argparse.Namespace) -> int:
    """Read; then write a scenario, hold a plan against what was read, or print it. 1 when the system cannot be read."""
    from imis_plan.openimis.errors import Unreadable
    from imis_plan.openimis.starting_scenario import refuse_name

    folder = find_parameters(options.parameters)
    # What cannot be done afterwards is said before anybody types a password.
    path = refuse_name(options.out, folder, force=options.force) if options.out else None
    plan = load(options.compare, parameters=folder) if options.compare else None
    said = overrides.assignments(options.set)
    try:
        found = facts(options)
    except Unreadable as error:
        console.message(f"imis-plan: {error}")
        return 1
    tell_gaps(found)
    if path:
        write(path, found, folder, options.like, said)
    if plan:
        compare(plan, found, options)
    elif not path:
        show(found, options)
    return 0


def facts(options: argparse.Namespace) -> "Baseline":
    """The facts of a system, its database, or a file of facts read before."""
    from imis_plan.openimis import api, database, session
    from imis_plan.openimis.address import address
    from imis_plan.openimis.baseline import read_baseline
    from imis_plan.openimis.passwords import password
    from imis_plan.openimis.period import period

    if "://" not in options.address and options.address.endswith((".yaml", ".yml")):
        return read_baseline(Path(options.address))
    where = address(options.address, unencrypted=options.unencrypted)
    span = period(options.day or date.today(), options.year)  # noqa: DTZ011  # the day of whoever plans
    if options.ca_file and not options.ca_file.is_file():
        raise BadInput([Problem(str(options.ca_file), None, "", "no such file", "name the certificate of the authority, in PEM")])
    if where.is_database:
        secret = password(options.user or "the role", options.password_file, optional=True)
        return database.read(where, span, options.user, secret, options.ca_file, options.timeout, unencrypted=options.unencrypted)
    if not options.user:
        raise BadInput([Problem("--user", None, "", "missing", "name the account that reads")])
    secret = password(options.user, options.password_file) or ""
    opened = session.start(where, options.user, secret, options.ca_file, options.timeout)
    return api.read(opened, span, options.user)


def tell_gaps(found: "Baseline") -> None:
    """Say what could not be read, each reason once with all that it hides."""
    from imis_plan.openimis.fact_names import label

    reasons: dict[tuple[str | None, str | None], list[str]] = {}
    for name, fact in found.gaps().items():
        reasons.setdefault((fact.missing, fact.remedy), []).append(label(name))
    for (missing, remedy), names in reasons.items():
        console.message(f"not read: {', '.join(names)}: {missing}; {remedy}")


def write(path: Path, found: "Baseline", folder: Path, like: str | None, said: dict[str, Any]) -> None:
    """Write the scenario, and the facts beside it for its report."""
    from imis_plan.openimis.starting_scenario import scenario_text
    from imis_plan.report.staging import write_whole

    text, left_out = scenario_text(path.stem, found, folder, like, said)
    kept = keep(found, folder, path.stem)
    write_whole(path, text)
    tell_left_out([one for one in left_out if one.path not in said], like)
    console.line(str(path))
    console.message(f"what was read: {kept}\nnext: imis-plan check {path.stem}, then imis-plan report {path.stem}")


def tell_left_out(left_out: "list[Derived]", like: str | None) -> None:
    """Say which parameters the facts do not tell, and whose value stands in their place."""
    for one in left_out:
        console.message(f"{one.path}: taken from {like or 'defaults.yaml'}, since {one.working}")


def keep(found: "Baseline", folder: Path, name: str) -> Path:
    """Write the facts where the report of a scenario looks for them."""
    import yaml

    from imis_plan.report.staging import write_whole

    file = folder / BASELINES / f"{name}.yaml"
    write_whole(file, FACTS_HEAD + yaml.safe_dump(found.data(), sort_keys=False, allow_unicode=True, width=100000))
    return file


def compare(plan: Plan, found: "Baseline", options: argparse.Namespace) -> None:
    """Hold a plan against what was read, and keep it for the plan's report."""
    from imis_plan.analysis.export import csv_text, json_text
    from imis_plan.openimis.plan_vs_observed import drift

    table = drift(plan, found)
    if options.format == "table":
        title = f"{plan.name} against {found.source()}; effect in nominal {plan.about.currency}"
        console.emit(f"{title}\n{console.frame_text(table.set_index('item'))}")
    else:
        console.emit((csv_text if options.format == "csv" else json_text)(table))
    console.message(f"kept for the report: {keep(found, plan.folder, plan.name)}")


def show(found: "Baseline", options: argparse.Namespace) -> None:
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
    console.rows(rows, options.format)
