"""The files that a scenario is read from: what a manifest records, and what makes a report stale when it changes."""

from pathlib import Path

from imis_plan.scenario.folder import (
    ACTUALS,
    ACTUALS_SUFFIXES,
    BASELINES,
    OBSERVATIONS,
    PACKAGE_PARAMETERS,
    parameter_file,
)
from imis_plan.scenario.inheritance import ancestors

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
    return {"scenario": own} | bases | {key: file for key, file in found.items() if file.is_file()} | actuals
