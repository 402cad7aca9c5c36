"""Which reports are stale, and why: a report is made again when anything it was made from has changed, and only then."""

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from imis_plan.batch import manifest
from imis_plan.batch.task import Task
from imis_plan.scenario.folder import parameter_file
from imis_plan.sentence import sentence

VERSION_REASONS = {"package": sentence("imis_plan changed"), "versions": sentence("Python or a library changed")}
REQUEST_REASONS = {
    "language": sentence("another language"),
    "option": sentence("another option"),
    "changes": sentence("other changes"),
    "draft": sentence("draft or not"),
}


def stale_reason(task: Task, out: Path) -> str | None:
    """Why a report has to be made, or None when the one that is there is complete and would come out the same."""
    target = out / task.name
    record = read_manifest(target)
    if record is None or not parameter_file(task.folder, f"{task.name}.yaml").is_file():
        return sentence("never made") if not target.exists() else sentence("there is no complete report")
    return next(chain(changed_inputs(task, record), damaged_files(target, record)), None)


def read_manifest(target: Path) -> dict[str, Any] | None:
    """The manifest of a report; None when it is missing, unreadable or lists no files."""
    try:
        record = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and record.get("files") else None


def warnings_of(target: Path) -> tuple[str, ...]:
    """The warnings that were given when the report in a folder was made."""
    return tuple((read_manifest(target) or {}).get("warnings", ()))


def changed_inputs(task: Task, record: Mapping[str, Any]) -> Iterator[str]:
    """Each difference in input files, versions and request between the existing report and a new one."""
    before, now = record.get("inputs", {}), manifest.inputs(task.name, task.folder, task.notebook)
    for key in now.keys() | before.keys():
        if now.get(key) != before.get(key):
            yield sentence("{file} changed", file=(now.get(key) or before[key])["file"])
    current = {"package": manifest.package(), "versions": manifest.versions()}
    yield from (reason for key, reason in VERSION_REASONS.items() if record.get(key) != current[key])
    now_requested, before_requested = task.content_fields, record.get("request", {})
    for key in now_requested.keys() | before_requested.keys():
        # As the manifest holds them: JSON knows no tuples.
        if json.loads(json.dumps(now_requested.get(key))) != before_requested.get(key):
            yield REQUEST_REASONS.get(key, sentence("other output options"))


def damaged_files(target: Path, record: Mapping[str, Any]) -> Iterator[str]:
    """Files of a report that are missing or were changed."""
    for name, digest in record["files"].items():
        file = target / name
        if not file.is_file():
            yield sentence("{file} is missing", file=name)
        elif manifest.sha256(file.read_bytes()) != digest:
            yield sentence("{file} was edited", file=name)


def orphans(out: Path, known: Collection[str], source: str) -> list[str]:
    """Names of reports made from a file of this folder whose scenario is no longer known.

    source : name of the folder or table of the scenarios.
    """
    found = []
    for path in sorted(out.glob("*/manifest.json")):
        record = read_manifest(path.parent) or {}
        made_from = record.get("inputs", {}).get("scenario", {}).get("file", "")
        if record.get("scenario") == path.parent.name and made_from.startswith(f"{source}/") and path.parent.name not in known:
            found.append(path.parent.name)
    return found
