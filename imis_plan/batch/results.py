"""The results of a batch, for people, schedulers and test reporters: `batch.json` and JUnit's XML."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from imis_plan.batch import manifest
from imis_plan.batch.publish import write_atomic

EXIT_SUCCESS, EXIT_FAILURE, EXIT_UNANSWERED, EXIT_INTERRUPTED = 0, 1, 2, 130
SHARD = re.compile(r"batch-(\d+)-of-(\d+)\.json")
UNPRINTABLE = re.compile(r"[^\t\n\r -\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class Status(StrEnum):
    """What became of a report, in the word that users read."""

    PUBLISHED = "published"
    CURRENT = "current"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    ORPHANED = "orphaned"
    PRUNED = "pruned"


@dataclass(frozen=True)
class Result:
    """What became of one report.

    error : what went wrong; None unless the status is failed or interrupted.
    status : published, current (nothing it was made from has changed), failed, interrupted, orphaned (its scenario is gone) or
    pruned (orphaned, and removed).
    reason : why it was made, is current, orphaned or pruned.
    cell, line : where its notebook stopped; cells of code are counted from 1.
    warnings : what should be looked at before the report is passed on, such as a picture without alternative text.
    unanswered : whether it failed only because its scenario has open questions and no draft was asked for.
    """

    name: str
    seconds: float = 0.0
    error: str | None = None
    status: Status = Status.PUBLISHED
    reason: str | None = None
    cell: int | None = None
    line: int | None = None
    warnings: tuple[str, ...] = ()
    unanswered: bool = False

    def __post_init__(self) -> None:
        if self.error and self.status == Status.PUBLISHED:
            object.__setattr__(self, "status", Status.FAILED)


def exit_code(results: Iterable[Result]) -> int:
    """Exit code of a command with these results: where nothing but answers is missing, that of `imis-plan check`."""
    found = list(results)
    if any(result.status == Status.INTERRUPTED for result in found):
        return EXIT_INTERRUPTED
    failed = [result for result in found if result.status == Status.FAILED]
    if not failed:
        return EXIT_SUCCESS
    return EXIT_UNANSWERED if all(result.unanswered for result in failed) else EXIT_FAILURE


def record(results: list[Result]) -> dict[str, Any]:
    """The content of batch.json."""
    return {
        "generated": manifest.now(),
        "package": manifest.package(),
        "exit": exit_code(results),
        "counts": dict(sorted(Counter(result.status for result in results).items())),
        "reports": [asdict(result) for result in results],
    }


def write_batch_json(out: Path, results: list[Result], shard: tuple[int, int] | None, batch_hash: str = "") -> None:
    """Write batch.json, or that of a shard and then batch.json over all shards of this batch that have ended so far.

    batch_hash : equal for all shards of one batch; used only with a shard. See `selection.compute_batch_hash`.
    """
    if shard is None:
        for file in shards(out):
            file.unlink()
        write_atomic(out / "batch.json", as_text(record(results)))
        return
    write_atomic(out / f"batch-{shard[0]}-of-{shard[1]}.json", as_text(record(results) | {"batch": batch_hash}))
    write_atomic(out / "batch.json", as_text(merged(out, shard[1], batch_hash)))


def shards(out: Path) -> list[Path]:
    """Files of shards in a folder."""
    return [path for path in sorted(out.glob("batch-*-of-*.json")) if SHARD.fullmatch(path.name)]


def merged(out: Path, count: int, batch_hash: str) -> dict[str, Any]:
    """One record over the shards of a batch that was cut into `count`, and the numbers of those that have not ended yet.

    A shard that ended before a price was changed belongs to another batch.
    """
    files = {i: out / f"batch-{i}-of-{count}.json" for i in range(1, count + 1)}
    ended = {i: json.loads(file.read_text(encoding="utf-8")) for i, file in files.items() if file.is_file()}
    parts = {i: part for i, part in ended.items() if part.get("batch") == batch_hash}
    reports = sorted((report for part in parts.values() for report in part["reports"]), key=lambda report: str(report["name"]))
    results = [Result(**report | {"status": Status(report["status"])}) for report in reports]
    return record(results) | {"batch": batch_hash, "shards": count, "missing": [i for i in files if i not in parts]}


def as_text(content: Mapping[str, Any]) -> str:
    """JSON for people and machines."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def junit_xml(results: list[Result]) -> str:
    """The results as JUnit's XML: a test case for each report; current, orphaned and pruned reports are skipped."""
    counted = Counter(result.status for result in results)
    suite = Element(
        "testsuite",
        name="imis-plan report",
        tests=str(len(results)),
        failures=str(counted[Status.FAILED]),
        errors=str(counted[Status.INTERRUPTED]),
        skipped=str(len(results) - counted[Status.FAILED] - counted[Status.INTERRUPTED] - counted[Status.PUBLISHED]),
        time=f"{sum(result.seconds for result in results):.3f}",
    )
    for result in results:
        case = SubElement(
            suite, "testcase", classname="imis_plan.report", name=printable(result.name), time=f"{result.seconds:.3f}"
        )
        if result.status in (Status.FAILED, Status.INTERRUPTED):
            about = printable(result.error or result.status)
            kind = "failure" if result.status == Status.FAILED else "error"
            SubElement(case, kind, message=about.partition("\n")[0], type=result.status).text = about
        elif result.status != Status.PUBLISHED:
            SubElement(case, "skipped", message=printable(result.reason or result.status))
    indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suite, encoding="unicode") + "\n"


def printable(text: str) -> str:
    """A text without what XML cannot hold."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
