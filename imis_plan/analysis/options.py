"""Options compared with the base: each variant of a scenario is evaluated by the same model, and the ledgers are compared.

The base is the scenario without any option. Changes of the user (what-ifs) apply to the base and to every option.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from imis_plan.analysis.annual_cost import annualised
from imis_plan.analysis.summary import cost_figures, drivers
from imis_plan.model.contingency_factors import SIMULATED
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import check_prices, ledger_of_amounts
from imis_plan.model.memoize import memoize
from imis_plan.model.simulated_cost import remember, simulate_together
from imis_plan.model.simulation import Simulation, planned_simulation, planned_simulations
from imis_plan.problems import BadInput
from imis_plan.scenario.changes import ChangeOrigin, changed_parameters
from imis_plan.scenario.folder import locate_scenario
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter_checks import short_path_problems
from imis_plan.scenario.plan import WHAT_IF, Plan, raise_problems, read_scenario
from imis_plan.scenario.plan_prices import with_observed
from imis_plan.scenario.relation_checks import relation_problems
from imis_plan.scenario.yaml_file import Document

BASE = ""
CENT = 0.005
LINE_KEY = ["component", "line", "role_or_level"]
CONFIDENCE = 0.8


class Case(NamedTuple):
    """A plan, its ledger without calculations, payers and taxes, and the figures by which options are compared."""

    plan: Plan
    ledger: pd.DataFrame
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Alternatives:
    """A scenario and its options, evaluated.

    base : the scenario without an option.
    cases : option -> the scenario with it, in the order of the file.
    problems : option -> why it could not be computed.
    simulation : of the plan at hand, what `planned` gives for it; the base and all options are simulated anyway.
    """

    base: Case
    cases: Mapping[str, Case]
    problems: Mapping[str, str]
    simulation: Simulation

    @cached_property
    def lines(self) -> Mapping[str, pd.DataFrame]:
        """Option -> the lines whose amount it changes (`moved_lines`), for texts and tables; read-only."""
        return {name: moved_lines(self.base.ledger, case.ledger) for name, case in self.cases.items()}

    @cached_property
    def components(self) -> Mapping[str, pd.DataFrame]:
        """Option -> what each component costs without and with it (`moved_components`); read-only."""
        return {name: moved_components(self.base.ledger, case.ledger) for name, case in self.cases.items()}


def alternatives(plan: Plan) -> Alternatives:
    """The base of a plan and all options of its scenario, computed.

    An option that cannot be loaded or computed is among the problems. Where the plan has an option itself and its file cannot be
    read again, the plan at hand is the base, and every option has the reason as its problem.
    """
    try:
        base = without_option(plan)
    except BadInput as error:
        alone = planned_simulation(plan)
        case = evaluate_case(plan, alone)
        return Alternatives(case, {}, dict.fromkeys(plan.options, str(error)), alone)
    tried = variants_or_problems(base)
    problems = {name: case for name, case in tried.items() if isinstance(case, str)}
    plans = {BASE: base} | {name: case for name, case in tried.items() if not isinstance(case, str)}
    results = dict(zip(plans, simulations(list(plans.values())), strict=True))
    own = results.get(plan.option or BASE)
    simulation = replace(own, plan=plan) if own and same_plan(own.plan, plan) else planned_simulation(plan)
    computed = {name: case_or_problem(each, results[name]) for name, each in plans.items() if name != BASE}
    problems |= {name: case for name, case in computed.items() if isinstance(case, str)}
    cases = {name: case for name, case in computed.items() if not isinstance(case, str)}
    return Alternatives(evaluate_case(base, results[BASE]), cases, problems, simulation)


def simulate_with_options(plan: Plan) -> None:
    """Simulate the base of a plan and its options together, as `alternatives` does; nothing for a plan without its file."""
    with suppress(BadInput):
        base = without_option(plan)
        simulations([base, *(each for each in variants_or_problems(base).values() if not isinstance(each, str))])


@memoize
def variants_or_problems(base: Plan) -> Mapping[str, Plan | str]:
    """Option -> its plan, or why it cannot be computed: the same plans for all sheets. Read-only: the result is cached."""
    return {name: variant_or_problem(base, name) for name in base.options}


def simulations(plans: list[Plan]) -> list[Simulation]:
    """Simulations of variants of a plan; contingencies are taken from them, and from others only where what-ifs keep them."""
    results = planned_simulations(plans)
    remember(results)
    simulate_together([each for each in plans if each["contingency.method"] in SIMULATED])
    return results


def same_plan(one: Plan, other: Plan) -> bool:
    """Whether two plans are the same, apart from the line numbers of their parameters: the file may have changed since."""
    pairs = ((parameter, other.parameters.get(path)) for path, parameter in one.parameters.items())
    same = (a is b or (b is not None and replace(a, line=None) == replace(b, line=None)) for a, b in pairs)
    return one.parameters.keys() == other.parameters.keys() and one.roles == other.roles and all(same)


def variant_or_problem(base: Plan, option: str) -> Plan | str:
    """The plan of an option, or why its base cost cannot be computed."""
    try:
        plan = variant(base, option)
        check_prices(plan, evaluate_plan(plan))
    except (BadInput, ValueError) as error:
        return str(error)
    return plan


def case_or_problem(plan: Plan, result: Simulation) -> Case | str:
    """The plan of an option with its ledger, or why there is none."""
    try:
        return evaluate_case(plan, result)
    except (BadInput, ValueError) as error:
        return str(error)


def evaluate_case(plan: Plan, result: Simulation) -> Case:
    """A variant of a plan with its ledger and what its simulation says, computed."""
    ledger = ledger_of_amounts(plan, evaluate_plan(plan))
    return Case(plan, ledger, comparison_figures(plan, ledger, result))


def comparison_figures(plan: Plan, ledger: pd.DataFrame, result: Simulation) -> dict[str, float]:
    """What options are compared by: columns of `options`."""
    shown = cost_figures(plan, ledger)
    return {name: float(shown[name]) for name in ("total", "total_usd", "recurrent_after", "posts")} | {
        "annualised": float(annualised(plan, ledger).mean()),
        "p80": float(np.quantile(result.total, CONFIDENCE)),
        "insured_years": float(drivers(plan).loc["average_insured"].sum()),
        "per_insured_year": float(shown["per_insured_year"]),
    }


def what_ifs(plan: Plan) -> dict[str, Any]:
    """The parameters of a plan that its user changed, by path."""
    return {path: parameter for path, parameter in plan.parameters.items() if parameter.layer == WHAT_IF}


def without_option(plan: Plan) -> Plan:
    """The plan without its option, from the file of its scenario; what-ifs still apply. Raises BadInput without the file."""
    if plan.option is None:
        return plan
    base, _ = read_scenario(*locate_scenario(plan.name, plan.folder), None)
    changed = what_ifs(plan)
    return replace(base, parameters=MappingProxyType({**base.parameters, **changed}), origin=base) if changed else base


def variant(base: Plan, option: str) -> Plan:
    """The plan with one of its options, as `load(name, option, changes=what-ifs)` would make it; the file is not read again.

    base : a plan without an option.

    Raises BadInput if the option does not fit the plan, as when a what-if of the horizon makes one of its lists too short.
    """
    text, file = base.options[option], f"{base.folder.name}/{base.name}.yaml"
    location = Location(Document(Path(file), file, first=None)).below("options", option, "changes")
    by = ChangeOrigin("option", f"option {option}: {in_language(text.title, 'en')}")
    new = with_observed(base, changed_parameters(base.parameters, text.changes, by, base.rules, location), location)
    parameters = {**base.parameters, **new, **what_ifs(base)}
    raise_problems([*location.found, *short_path_problems(parameters), *relation_problems(parameters, base.rules, new)])
    origin = variant(base.origin, option) if base.origin else None
    return replace(base, option=option, parameters=MappingProxyType(parameters), origin=origin)


def options(of: Plan | Alternatives) -> pd.DataFrame:
    """One row per option beside the base, which is the first row, with the index "".

    Columns: total [LCU], total_usd [USD], difference [LCU], difference_share [1], recurrent_after (of the last year) [LCU/year],
    posts (in the last year) [post], annualised (mean of the years, real) [LCU/year], p80 (base cost without contingency that is
    enough in eight of ten draws) [LCU], insured_years [person-year], per_insured_year [LCU], problem (why an option could not be
    computed; its figures are then not a number).
    """
    found = of if isinstance(of, Alternatives) else alternatives(of)
    rows = {BASE: found.base.figures} | {name: case.figures for name, case in found.cases.items()}
    names = [BASE, *(name for name in found.base.plan.options if name in rows or name in found.problems)]
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(names)
    total = table.loc[BASE, "total"]
    difference = table["total"] - total
    table.insert(2, "difference", difference)
    table.insert(3, "difference_share", difference / total if total else np.nan)
    return table.assign(problem=[found.problems.get(name, "") for name in names])


def moved_lines(base: pd.DataFrame, option: pd.DataFrame) -> pd.DataFrame:
    """Lines whose amount over all years differs between two ledgers, the largest difference first.

    Columns component, line, role_or_level, label, base, option, difference [LCU], price_path; a line of one ledger only
    costs nothing in the other. The table adds up to the difference of the totals.
    """
    sums = differences(base, option, LINE_KEY)
    sums = sums[sums["difference"].abs() >= CENT].sort_values("difference", key=lambda x: x.abs(), ascending=False)
    both = (
        pd.concat([each[[*LINE_KEY, "label", "price_path"]] for each in (base, option)])
        .drop_duplicates(LINE_KEY)
        .set_index(LINE_KEY)
    )
    table = both.reindex(sums.index).join(sums)
    return table[["label", *sums.columns, "price_path"]].reset_index()


def largest_moves(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """The lines that change most, at most `count`; without contingency, which follows the others."""
    return table[table["component"] != "contingency"].head(count).reset_index(drop=True)


def moved_components(base: pd.DataFrame, option: pd.DataFrame) -> pd.DataFrame:
    """What each component costs over all years in two ledgers. Index component; columns base, option, difference [LCU]."""
    return differences(base, option, ["component"])


def differences(base: pd.DataFrame, option: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums of two ledgers side by side. Columns base, option, difference [LCU]."""
    sums = [ledger.groupby(keys, sort=False)["amount"].sum() for ledger in (base, option)]
    table = pd.concat(sums, axis=1, keys=["base", "option"], sort=False).fillna(0.0)
    return table.assign(difference=table["option"] - table["base"])
