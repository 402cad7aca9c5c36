"""Load a scenario: checked, complete and read-only."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, get_args

from imis_plan.facts.fiscal_calendar import JANUARY_FIRST, FiscalCalendar, OwnCalendar, parse_start
from imis_plan.problems import BadInput, NoSuchParameter, Problem, suggestion
from imis_plan.scenario.about import about_from
from imis_plan.scenario.changes import ChangeOrigin, changed_parameters
from imis_plan.scenario.chart_of_accounts import NO_CHART, ChartOfAccounts, chart_from
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.declarations import declarations
from imis_plan.scenario.exchange_rate_checks import exchange_path_problems
from imis_plan.scenario.facility_types import FacilityType, facility_types, sum_problems, with_stations
from imis_plan.scenario.file_layers import scenario_parameters
from imis_plan.scenario.folder import DRAFT, locate_scenario
from imis_plan.scenario.from_facts import FISCAL_YEAR_START
from imis_plan.scenario.from_observations import converted_anew
from imis_plan.scenario.given_parameters import parameter_suggestion
from imis_plan.scenario.html_repr import two_column_table
from imis_plan.scenario.inheritance import inheritance_chain, is_complete
from imis_plan.scenario.line_checks import rules_with_lines, scenario_lines
from imis_plan.scenario.line_funders import with_line_funders
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Location
from imis_plan.scenario.model_names import ModelNames
from imis_plan.scenario.open_questions import OpenQuestions, counted, faults_in, is_open, questions_in, report_unconfirmed
from imis_plan.scenario.parameter import Confidence, Parameter, read_only
from imis_plan.scenario.parameter_checks import short_path_problems
from imis_plan.scenario.plan_prices import with_cited, with_observed, with_observed_prices
from imis_plan.scenario.procurement_rules import NO_RULES, ProcurementRules, rules_from
from imis_plan.scenario.relation_checks import relation_problems
from imis_plan.scenario.scenario_file import funding_from, options_from, roles_from
from imis_plan.scenario.scenario_lines import ScenarioLine
from imis_plan.scenario.scenario_sections import About, FundingRule, Option, Role
from imis_plan.scenario.series_checks import break_warnings, percent_warnings
from imis_plan.scenario.status import plan_status
from imis_plan.scenario.units import LCU
from imis_plan.scenario.yaml_file import Document, read
from imis_plan.sentence import sentence

WHAT_IF: Final = "what-if"
HTML_LANGUAGE = "en"


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario with its option and what-ifs applied. `plan[path]` is the value of a parameter.

    files : the files that the scenario is based on, then its own file
    warnings : what should be checked, such as an assumption that observed prices contradict
    questions : what its files leave open or ask to confirm
    chart : the country's own budget codes
    lines : budget lines that the scenario declares, by name
    facility_types : types of facilities with staff, by name; empty where the scenario has none
    procurement : the country's procurement rules
    origin : of a plan with what-ifs, the scenario or option that they change; None where there is no what-if
    """

    name: str
    option: str | None
    about: About
    parameters: Mapping[str, Parameter] = field(repr=False)
    roles: tuple[Role, ...] = field(repr=False)
    options: Mapping[str, Option] = field(repr=False)
    funding: tuple[FundingRule, ...] = field(repr=False)
    folder: Path = field(repr=False)
    sources: Mapping[str, Any] = field(repr=False)
    rules: CheckContext = field(repr=False)
    files: tuple[Path, ...] = field(default=(), repr=False)
    warnings: tuple[Problem, ...] = field(default=(), repr=False)
    questions: tuple[Problem, ...] = field(default=(), repr=False)
    chart: ChartOfAccounts = field(default=NO_CHART, repr=False)
    lines: Mapping[str, ScenarioLine] = field(default_factory=lambda: read_only({}), repr=False)
    facility_types: Mapping[str, FacilityType] = field(default_factory=lambda: read_only({}), repr=False)
    procurement: ProcurementRules = field(default=NO_RULES, repr=False)
    origin: "Plan | None" = field(default=None, repr=False)

    @property
    def open_questions(self) -> tuple[Problem, ...]:
        """The questions that neither the files nor an option or a what-if answers; with one of them the plan is a draft."""
        return tuple(each for each in self.questions if is_open(each, self.parameters))

    @property
    def fiscal(self) -> FiscalCalendar:
        """When its fiscal years begin; on 1 January where no parameter says so. Raises ValueError for a value that is no day."""
        start, own = self.parameters.get(FISCAL_YEAR_START), self.about.own_calendar
        calendar = OwnCalendar(own.offset, own.suffix) if own else None
        return parse_start(JANUARY_FIRST if start is None else str(start.value), calendar)

    def __getitem__(self, path: str) -> Any:
        """The value of a parameter. An unknown path raises a KeyError with the closest match."""
        if path not in self.parameters:
            raise NoSuchParameter(f"{path}: {parameter_suggestion(path, self.parameters)}")
        return self.parameters[path].value

    def _ipython_key_completions_(self) -> list[str]:
        """The paths that a notebook completes after `plan["`."""
        return list(self.parameters)

    def _repr_html_(self) -> str:
        first, years = self["time.base_year"], self["time.horizon"]
        counts = Counter(parameter.confidence for parameter in self.parameters.values())
        rows = {
            "Status": plan_status(self),
            "Country": in_language(self.about.country, HTML_LANGUAGE),
            "Scheme": in_language(self.about.scheme, HTML_LANGUAGE),
            "Years": f"{self.fiscal.label(first)} to {self.fiscal.label(first + years - 1)}, amounts in {self.about.currency}",
            "Target": in_language(self.about.target, HTML_LANGUAGE),
            "Option": self.option or f"none; available: {', '.join(self.options) or 'none'}",
            **({"Draft": counted(len(self.open_questions))} if self.open_questions else {}),
            "Parameters": f"{len(self.parameters)}: " + ", ".join(f"{counts[level]} {level}" for level in get_args(Confidence)),
        }
        return two_column_table(in_language(self.about.title, HTML_LANGUAGE), rows)

    def replace(self, changes: Mapping[str, Any], *, measured: bool = False) -> "Plan":
        """The plan with some parameters changed as a what-if: path -> value, or path -> mapping as in a file.

        measured : the values come from a reading of a running system, which may contradict the plan: no limit that other
            parameters determine applies, and a mean of counts may be a fraction

        Raises BadInput if a path or a value is wrong.
        """
        location = Location(Document(Path(WHAT_IF), sentence("what-if"), first=None))
        rules = replace(self.rules, units=self.rules.units.with_fractions()) if measured else self.rules
        new = changed_parameters(self.parameters, changes, ChangeOrigin(WHAT_IF, "what-if of the user"), rules, location)
        parameters = {**self.parameters, **with_observed(self, new, location)}
        beyond = () if measured else (*relation_problems(parameters, rules, new), *sum_problems(parameters, new))
        raise_problems([*location.found, *short_path_problems(parameters), *exchange_path_problems(parameters), *beyond])
        return replace(self, parameters=MappingProxyType(parameters), origin=self.origin or self)


def load(
    name: str | Path,
    option: str | None = None,
    parameters: str | Path | None = None,
    changes: Mapping[str, Any] | None = None,
    known: ModelNames | None = None,
    *,
    draft: bool | None = None,
    **overrides: Any,
) -> Plan:
    """A scenario by its name, or by the path of its file.

    option : name of one of its options; default: IMIS_PLAN_OPTION
    parameters : folder of the parameter files; default: see `find_parameters`
    changes : what-if, path -> value; `overrides` (with `__` for the dot) and the JSON in IMIS_PLAN_SET are what-ifs, too
    draft : whether typical values may stand for open questions; default: whether IMIS_PLAN_DRAFT is set

    Raises BadInput with all problems of all files, and OpenQuestions, which is one, where there are only open questions.
    """
    return answered(load_unanswered(name, option, parameters, changes, known, **overrides), draft=draft)


def load_unanswered(
    name: str | Path,
    option: str | None = None,
    parameters: str | Path | None = None,
    changes: Mapping[str, Any] | None = None,
    known: ModelNames | None = None,
    **overrides: Any,
) -> Plan:
    """A scenario as `load` reads it, whether or not its questions are answered; some parameters may have no value."""
    base, variants = read_scenario(*locate_scenario(name, parameters), known)
    option = option or os.environ.get("IMIS_PLAN_OPTION") or None
    plan = base if option is None else with_option(base, option, variants)
    keyword_changes = {path.replace("__", "."): value for path, value in overrides.items()}
    what_if = {**what_if_from_environment(), **(changes or {}), **keyword_changes}
    return plan.replace(what_if) if what_if else plan


def answered(plan: Plan, *, draft: bool | None) -> Plan:
    """The plan, if it has no open question, or is to be a draft and has a value for each of them. Raises OpenQuestions."""
    if draft is None:
        draft = bool(os.environ.get(DRAFT))
    absent = {path for path, parameter in plan.parameters.items() if parameter.open and parameter.value is None}
    without_value = [each for each in plan.open_questions if each.path in absent]
    if unanswered := without_value if draft else plan.open_questions:
        raise OpenQuestions(unanswered)
    return plan


def read_scenario(file: Path, folder: Path, known: ModelNames | None) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a file, and the parameters that each of its options changes."""
    return scenario_of(read(file), folder, known)


def scenario_of(
    document: Document, folder: Path, known: ModelNames | None = None
) -> tuple[Plan, dict[str, dict[str, Parameter]]]:
    """The scenario in a document, and the parameters that each of its options changes; its file is not read."""
    shared = declarations(folder, known)
    location = Location(document, (), [*shared.problems, *document.problems])
    locations = inheritance_chain(document, folder, location)
    for each in locations:
        if not each.document.data and not each.document.problems:
            each.report("empty file", "give `about`, and the values that differ from defaults.yaml")
    if not (is_complete(locations) and shared.readable):
        raise BadInput(location.found)
    about = about_from(shared, locations)
    rules = rules_with_lines(shared.rules(about.currency if about else LCU), locations)
    parameters = scenario_parameters(shared, rules, locations, about)
    warnings: list[Problem] = []
    if about:
        parameters, warnings = with_observed_prices(parameters, about, rules, folder, location)
    location.found.extend(relation_problems(parameters, rules))
    roles = roles_from(shared, locations)
    types = facility_types(locations, roles, parameters)
    roles = with_stations(roles, types)
    lines = scenario_lines(parameters, shared.known.components, locations)
    options, variants = options_from(parameters, rules, locations)
    if about:
        for name, changed in variants.items():
            again = converted_anew(parameters, changed, about)
            everything = {**parameters, **changed}
            variants[name], _ = with_observed_prices(changed, about, rules, folder, location, everything, again)
    layers = [parameters, *variants.values()]
    warnings += [warning for each in layers for warning in (*percent_warnings(each), *break_warnings(each, rules.units))]
    funding = with_line_funders(funding_from(shared, rules.currency, locations, parameters), lines, locations)
    chart = chart_from(about.chart_of_accounts if about else None, folder, shared.sources, locations)
    buying = rules_from(about.procurement if about else None, rules.currency, folder, shared.sources, locations)
    for each in locations:
        report_unconfirmed(each)
    if about is None or faults_in(location.found):
        raise BadInput(location.found)
    parts = (MappingProxyType(parameters), roles, MappingProxyType(options), funding)
    files = tuple(each.document.path for each in locations)
    optional = [each for variant in variants.values() for each in variant.values()]
    sources = with_cited(shared.sources, [*parameters.values(), *optional])
    asked = tuple(sorted(questions_in(location.found), key=lambda each: (each.file, each.line or 0)))
    rest: dict[str, Any] = {"questions": asked, "chart": chart, "lines": read_only(lines), "procurement": buying}
    rest["facility_types"] = read_only(types)
    return Plan(document.path.stem, None, about, *parts, folder, sources, rules, files, tuple(warnings), **rest), variants


def with_option(plan: Plan, option: str, variants: Mapping[str, Mapping[str, Parameter]]) -> Plan:
    """The plan with one of its options applied."""
    if option not in variants:
        file = f"{plan.folder.name}/{plan.name}.yaml"
        raise BadInput(
            [Problem(file, None, "options", sentence("no option {option}", option=option), suggestion(option, variants))]
        )
    return replace(plan, option=option, parameters=MappingProxyType({**plan.parameters, **variants[option]}))


def raise_problems(found: Iterable[Problem]) -> None:
    """Raise BadInput if there are problems."""
    if problems := list(found):
        raise BadInput(problems)


def what_if_from_environment() -> dict[str, Any]:
    """The what-if that a batch passes to the kernel of a notebook."""
    text = os.environ.get("IMIS_PLAN_SET", "")
    try:
        changes = json.loads(text or "{}")
    except ValueError:
        changes = None
    if not isinstance(changes, dict):
        raise BadInput([Problem("IMIS_PLAN_SET", None, "", "not a JSON object", 'give {"path": value}', text)])
    return changes
