"""The files that a scenario is read from: what a manifest records, and what makes a report stale when it changes."""

import re
from functools import lru_cache
from pathlib import Path

from imis_plan.scenario.folder import (
    ACTUALS,
    ACTUALS_SUFFIXES,
    BASELINES,
    OBSERVATIONS,
    PACKAGE_PARAMETERS,
    chart_file,
    parameter_file,
    rules_file,
)
from imis_plan.scenario.inheritance import ancestors

# Files that `about` names: input key -> how the name is written, and what finds the file.
NAMED = {
    "chart of accounts": (re.compile(r"""(?:^|[\s{,])chart_of_accounts\s*:\s*["']?([\w-]+)"""), chart_file),
    "procurement rules": (re.compile(r"""(?:^|[\s{,])procurement\s*:\s*["']?([\w-]+)"""), rules_file),
}
SHARED = ("defaults", "units", "sources", "benchmarks")  # names of the files that all scenarios share


def input_files(scenario: str, folder: Path) -> dict[str, Path]:
    """Every file of a scenario by its input key; only the file of the scenario itself is there even if it does not exist.

    The observed prices that are shipped are part of the package (`batch.manifest.package`); a folder's own are named here.
    """
    own = parameter_file(folder, f"{scenario}.yaml")
    bases = {f"base {path.stem}": path for path in ancestors(own, folder)} if own.is_file() else {}
    spent = [folder / ACTUALS / f"{scenario}{end}" for end in ACTUALS_SUFFIXES]
    found = {
        **{name: parameter_file(folder, f"{name}.yaml") for name in SHARED},
        "baseline": folder / BASELINES / f"{scenario}.yaml",
        **({"observations": folder / OBSERVATIONS} if folder.resolve() != PACKAGE_PARAMETERS else {}),
    }
    actuals = next(({"actuals": file} for file in spent if file.is_file()), {})
    named = named_inputs([own, *bases.values()], folder)
    return {"scenario": own} | bases | named | {key: file for key, file in found.items() if file.is_file()} | actuals


def named_inputs(files: list[Path], folder: Path) -> dict[str, Path]:
    """The chart of accounts and the procurement rules that a scenario names, or else the first of its bases that names one."""
    found = {}
    read = [names_in(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file()]
    for key, (_, find) in NAMED.items():
        names = (name for each in read for name in each[key])
        if file := next(filter(None, (find(name, folder) for name in names)), None):
            found[key] = file
    return found


@lru_cache(maxsize=256)
def names_in(file: Path, _mtime: int, _size: int) -> dict[str, list[str]]:
    """The names of other files in a file of that time and size, by input key."""
    text = file.read_text(encoding="utf-8")
    return {key: line.findall(text) for key, (line, _) in NAMED.items()}
