"""Funders of declared lines: each line that names one is a funding rule at the head of the others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario.inheritance import Locations, last_file_with
from imis_plan.scenario.scenario_lines import LINES, ScenarioLine
from imis_plan.scenario.scenario_sections import FundingRule
from imis_plan.sentence import sentence


def with_line_funders(
    rules: Sequence[FundingRule], lines: Mapping[str, ScenarioLine], locations: Locations
) -> tuple[FundingRule, ...]:
    """The funding rules, after one for each line that names its funder. A rule that names the line decides instead of it."""
    named = {line for rule in rules for line in rule.lines or ()}
    paid = [line for line in lines.values() if line.funder]
    own = [rule for line in paid for rule in rules_of_line(line, rules, locations) if line.key not in named]
    return (*own, *rules)


def rules_of_line(line: ScenarioLine, rules: Sequence[FundingRule], locations: Locations) -> Iterator[FundingRule]:
    """The rule by which its funder pays a line, in all years, with taxes and indirect cost as in its first rule.

    A funder that no rule names is reported.
    """
    first = next((rule for rule in rules if line.funder in names_of(rule.funder)), None)
    if first is None:
        here = last_file_with(locations, LINES, line.key, "funder").below(LINES, line.key, "funder")
        known = [name for rule in rules for name in names_of(rule.funder)]
        right = suggestion(line.funder, known) if known else sentence("add `funding:` rules")
        here.report("no funding rule has this funder", right, line.funder)
        return
    scope = {"components": "all", "lines": (line.key,), "share": 1.0, "years": "all", "kind": None}
    yield first.model_copy(update={**scope, "cap": None, "cap_currency": None, "note": None})


def names_of(funder: Any) -> tuple[str, ...]:
    """The names of a funder in all languages."""
    return tuple(funder.values()) if isinstance(funder, Mapping) else (funder,)
