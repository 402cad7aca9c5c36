"""Prices of a plan that rest on observations, resolved with its money, and the sources that they cite."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imis_plan.problems import Problem
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.folder import PACKAGE_PARAMETERS
from imis_plan.scenario.from_observations import converted_anew, pending, resolved_parameters
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.scenario_sections import About
from imis_plan.scenario.yaml_file import read

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan


def with_cited(sources: Mapping[str, Any], parameters: Iterable[Parameter]) -> Mapping[str, Any]:
    """Sources with those of the observations behind the parameters that a folder of its own does not list."""
    cited = {row.observation.source for each in parameters if each.resolved for row in each.resolved.observations}
    absent = cited.difference(sources)
    shipped = read(PACKAGE_PARAMETERS / "sources.yaml").data if absent else {}
    return {**{key: shipped[key] for key in sorted(absent) if key in shipped}, **sources} if absent else sources


def with_observed_prices(
    parameters: dict[str, Parameter], about: About, rules: CheckContext, folder: Path, location: Location,
    scenario: Mapping[str, Parameter] | None = None, again: Iterable[Parameter] = (),
) -> tuple[dict[str, Parameter], list[Problem]]:  # fmt: skip
    """Parameters with those that rest on observed prices resolved, and warnings; problems are reported.

    scenario : all parameters of the scenario, where `parameters` are only some of them
    again : other parameters of the scenario that have to be resolved anew
    """
    asked = [*pending(parameters), *again]
    everything, file = scenario or parameters, location.document.path
    found, problems = resolved_parameters(asked, about, everything, rules, folder, file, location.found)
    location.found.extend(problem for problem in problems if not problem.warning)
    return {**parameters, **found}, [problem for problem in problems if problem.warning]


def with_observed(plan: "Plan", changed: dict[str, Parameter], location: Location) -> dict[str, Parameter]:
    """Changed parameters of a plan, with prices from observations: those named now, and all others where money changes."""
    file = plan.files[-1] if plan.files else plan.folder / plan.name
    asked = [*pending(changed), *converted_anew(plan.parameters, changed, plan.about)]
    everything = {**plan.parameters, **changed}
    found, problems = resolved_parameters(asked, plan.about, everything, plan.rules, plan.folder, file, location.found)
    location.found.extend(problem for problem in problems if not problem.warning)
    return {**changed, **found}
