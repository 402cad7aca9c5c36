"""Tables of the method page, made from the code and from `parameters/`."""

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from imis_plan.analysis.not_included import NOT_INCLUDED
from imis_plan.analysis.price_gaps import prices_without_own_observation
from imis_plan.analysis.summary import headline
from imis_plan.model import arrays, drivers as drivers_module, sizing, wisn
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.components import LABELS
from imis_plan.model.contingency import CONTINGENCY_LABELS, PHYSICAL
from imis_plan.model.evaluate import driver_formulas
from imis_plan.model.ledger import budget
from imis_plan.openimis import fact_names, graphql_queries
from imis_plan.scenario import folder
from imis_plan.scenario.plan import load
from imis_plan.scenario.scenario_sections import Role
from tools.line_formulas import Names, symbolic_lines

PARAMETERS = Path(__file__).parents[1] / "parameters"
# Placeholder for any role: staff lines and drivers exist once per role.
ANY_ROLE = Role(key="<role>", title="any", tasks=("any",), needs=("any",), level="national", stations={"<type>": ("any",)})


def rows(head: Iterable[str], body: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    lines = [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in (head, ["---" for _ in head], *body)]
    return "".join(f"| {line} |\n" for line in lines)


def code(text: Any) -> str:
    """A name in code style; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def lines(component: str) -> str:
    """Lines of a component: kind, tradable, unit, price, and the quantity as a formula."""
    body = [
        (
            line.label, code(line.line), line.kind, "yes" if line.tradable is True else "no", line.unit,
            code(line.price), code(line.quantity), "" if line.applies is True else code(line.applies),
        )
        for line in symbolic_lines((ANY_ROLE,))[component]
    ]  # fmt: skip
    head = ("line", "key", "kind", "tradable", "unit", "price", "quantity", "only if")
    return rows(head, body)


def overview() -> str:
    """Number of lines by component, and what chiefly moves them."""
    body: list[tuple[Any, ...]] = []
    for component, found in symbolic_lines((ANY_ROLE,)).items():
        kinds = [line.kind for line in found]
        moved = dict.fromkeys(line.driver for line in found)
        capital = kinds.count(CAPITAL)
        body.append((LABELS[component], code(component), len(kinds), capital, len(kinds) - capital, ", ".join(moved)))
    body.append((LABELS["contingency"], code("contingency"), len(CONTINGENCY_LABELS), "", "", "base cost, by component and kind"))
    return rows(("component", "key", "lines", "capital", "recurrent", "moved by"), body)


def described(name: str, formula: Any) -> tuple[str, str, str, str]:
    """Name, unit, meaning and module of a driver, from its docstring; a formula without one is shown instead."""
    level = formula.keywords.get("level") if isinstance(formula, partial) else None
    function = formula.func if isinstance(formula, partial) else formula
    head, _, unit = (inspect.getdoc(function) or "").partition("\n")[0].rpartition(" [")
    module = function.__module__.removeprefix("imis_plan.model.")
    meaning = head or code(function(Names()))
    return code(name), unit.removesuffix("]"), meaning + (f" Level: {level}." if level else ""), module


def drivers() -> str:
    """Every driver in the order of computation."""
    body = [described(name, formula) for name, formula in driver_formulas((ANY_ROLE,)).items()]
    return rows(("driver", "unit", "what it is", "module"), body)


def declared(prefix: str) -> dict[str, dict[str, Any]]:
    """Parameters of defaults.yaml below a path: rest of the path -> declaration."""
    group = yaml.safe_load((PARAMETERS / "defaults.yaml").read_text(encoding="utf-8"))
    for key in prefix.split("."):
        group = group[key]
    return {key: parameter for key, parameter in group.items() if "value" in parameter}


def parameters(prefix: str) -> str:
    """Default, range and source of the parameters below a path."""
    body = [
        (
            code(key),
            parameter["description"],
            parameter["value"],
            span(parameter),
            parameter["unit"],
            parameter["confidence"],
            parameter["source"],
        )
        for key, parameter in declared(prefix).items()
    ]
    return rows(("parameter", "what it is", "default", "range", "unit", "grade", "source"), body)


def functions() -> str:
    """The array functions of which formulas are made."""
    found = [f for _, f in inspect.getmembers(arrays, inspect.isfunction) if f.__module__ == arrays.__name__]
    body = [(code(f.__name__), (inspect.getdoc(f) or "").partition("\n")[0].partition(" [")[0]) for f in found]
    return rows(("function", "what it gives"), body)


# Numbers that formulas contain besides 0 and 1, and what they mean.
CONSTANTS = (
    (drivers_module.MONTHS, "months in a year"),
    (wisn.MINUTES_PER_HOUR, "minutes in an hour"),
    (sizing.SECONDS_PER_HOUR, "seconds in an hour"),
    (sizing.KB_PER_GB, "kilobytes in a gigabyte (decimal, as disks are sold)"),
    (
        arrays.TOLERANCE,
        "tolerance of `ceil`, `floor` and `round_up_to`: less than this above or below a whole number is a rounding error",
    ),
    (arrays.CENTS_PER_UNIT, "cents in a unit of any currency, to which amounts are rounded"),
    (arrays.CERTAIN_DIGITS, "digits that count when an amount is rounded to the cent"),
)


def constants() -> str:
    """Constants of the formulas with their meaning."""
    return rows(("number", "what it is"), ((f"{value:g}", meaning) for value, meaning in CONSTANTS))


def span(parameter: dict[str, Any]) -> str:
    """Lowest and highest plausible value."""
    return f"{parameter['low']} to {parameter['high']}" if "low" in parameter else ""


def physical() -> str:
    """Physical contingency by component."""
    body = [
        (LABELS[key], parameter["value"], span(parameter))
        for key, parameter in declared(f"contingency.{PHYSICAL.split('_')[0]}").items()
    ]
    return rows(("component", "share of the base cost", "range"), body)


def bands() -> str:
    """Published bands with which a budget is compared."""
    found = yaml.safe_load((PARAMETERS / "benchmarks.yaml").read_text(encoding="utf-8"))
    body = [
        (b["what"], f"{b['low']} to {b['high']}", b["unit"], b["year"], b["basis"], b["source"], code(b["measure"]))
        for b in found.values()
    ]
    return rows(("what", "band", "unit", "year", "what was studied", "source", "measure"), body)


def prices_to_observe(count: str) -> str:
    """The prices that most need an observation, over all scenarios: money, and money times half of the range."""
    found = prices_without_own_observation(load(name, parameters=PARAMETERS) for name in folder.scenarios(PARAMETERS))
    body = [
        (row.description, code(row.Index), code(row.item), f"{row.money / 1e6:.2f}", f"{row.uncertain / 1e6:.2f}", row.scenarios)
        for row in found.head(int(count)).itertuples()
    ]
    return rows(("price", "parameter", "item", "USD million", "± USD million", "scenarios"), body)


def scenarios() -> str:
    """Size and cost of each scenario, and the share that uses assumed prices."""
    body: list[tuple[str, ...]] = []
    for name in folder.scenarios(PARAMETERS):
        plan = load(name, parameters=PARAMETERS)
        h = headline(plan, budget(plan))
        cost = f"{h['total_usd'] / 1e6:,.1f}", f"{h['per_insured_year_usd']:.2f}"
        volumes = f"{h['insured']:,.0f}", f"{h['facilities']:,.0f}", f"{h['posts']:,g}"
        shares = (f"{h[key]:.0%}" for key in ("recurrent_share", "assumed_share"))
        body.append((f"[{name}](parameters/{name}.yaml)", *volumes, *cost, *shares))
    head = (
        "scenario", "insured at the end", "facilities", "IT posts", "total, USD million", "USD per insured and year", "recurrent",
        "at assumed prices",
    )  # fmt: skip
    return rows(head, body)


def queries() -> str:
    """What `imis-plan baseline` reads: each fact with its question in GraphQL and its right."""
    counted: dict[str, graphql_queries.Count | graphql_queries.Split] = {**graphql_queries.COUNTS, **graphql_queries.SPLITS}
    asked: dict[str, tuple[str, str]] = {name: (one.query, one.right) for name, one in counted.items()}
    asked |= {
        "covered": (graphql_queries.COVERED_PEOPLE, graphql_queries.POLICIES_RIGHT),
        "insured_families": ("the same", graphql_queries.POLICIES_RIGHT),
        "officers": (graphql_queries.OFFICERS_AT_WORK, graphql_queries.OFFICERS_RIGHT),
        "users_by_role": (
            f"{graphql_queries.ALL_ROLES}, then users of each",
            f"{graphql_queries.USERS_RIGHT}, {graphql_queries.ROLES_RIGHT}",
        ),
        "products": ("GET api/api_fhir_r4/InsurancePlan/?_count=1", graphql_queries.PRODUCTS_RIGHT),
        "population": (graphql_queries.VILLAGES, ""),
        "population_by_district": ("the same", ""),
        "which districts the account sees": (f"{graphql_queries.USER_DISTRICTS} against {graphql_queries.DISTRICTS}", ""),
    }
    body = [(fact_names.LABELS.get(name, name), code(text), right or "a login") for name, (text, right) in asked.items()]
    return rows(("fact", "query", "right"), body)


def not_included() -> str:
    """What no budget includes, as a list."""
    return "".join(f"- {item}\n" for item in NOT_INCLUDED)


TABLES: dict[str, Callable[..., str]] = {
    table.__name__: table
    for table in (
        bands,
        constants,
        drivers,
        functions,
        lines,
        not_included,
        overview,
        parameters,
        physical,
        prices_to_observe,
        queries,
        scenarios,
    )
}
