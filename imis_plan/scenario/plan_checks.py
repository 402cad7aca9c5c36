"""All problems of scenarios and of what they share, returned as a list, not raised."""

from collections.abc import Iterable
from pathlib import Path

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.chart_of_accounts import charts_problems
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.folder import find_parameters, locate_scenario, scenarios
from imis_plan.scenario.model_names import ModelNames
from imis_plan.scenario.plan import read_scenario
from imis_plan.scenario.price_library import price_library
from imis_plan.scenario.procurement_rules import rules_problems


def shared_problems(folder: Path, known: ModelNames | None = None) -> list[Problem]:
    """All problems of what scenarios of a folder share besides their declarations: prices, charts, procurement rules."""
    sources = declarations(folder, known).sources
    return [*price_library(folder).errors, *charts_problems(folder, sources), *rules_problems(folder, sources)]


def check(
    names: Iterable[str | Path] | None = None, parameters: str | Path | None = None, known: ModelNames | None = None
) -> list[Problem]:
    """All problems of the named scenarios, or of all scenarios, and of what they share; each problem once."""
    folder = find_parameters(parameters)
    found: dict[Problem, None] = dict.fromkeys(shared_problems(folder, known))
    for name in scenarios(parameters) if names is None else names:
        try:
            read_scenario(*locate_scenario(name, parameters), known)
        except BadInput as error:
            found |= dict.fromkeys(error.problems)
    return list(BadInput(found).problems)
