"""Budget lines of a scenario file, checked, and resolved to names of the model; every problem is reported at its line."""

import re
from collections.abc import Mapping
from dataclasses import replace
from keyword import iskeyword
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario.check_context import CheckContext
from imis_plan.scenario.dimensions import PURE, combined, dimension, dimension_of, dimension_text
from imis_plan.scenario.driver_units import DRIVER_UNITS, SINGLE
from imis_plan.scenario.expression import (
    CONSTANTS,
    BadExpression,
    Expression,
    as_calculation,
    names_in,
    parse_expression,
    renamed,
)
from imis_plan.scenario.inheritance import Locations
from imis_plan.scenario.line_attributes import GOODS, NON_CONSULTING, line_catalogue
from imis_plan.scenario.localized_text import TranslatedText
from imis_plan.scenario.location import Location
from imis_plan.scenario.parameter import Parameter
from imis_plan.scenario.scenario_lines import LINES, LineInput, ScenarioLine, line_parameters, lines_in, texts_of
from imis_plan.scenario.validation import build
from imis_plan.sentence import sentence

KEY = re.compile(r"[a-z][a-z0-9_]*")
# What a line may count: words, as in motorbike or person-day.
COUNTED_UNIT = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
# Marks of Markdown, HTML, formulas and file names, which have no place in the name of a line.
MARKS = re.compile(r"[<>`*\[\]\\|\"\n\r\t{}$#]|^[^\w(]")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Terms of a calculation that are neither drivers nor parameters.
TERMS = ("quantity", "need", "kept")
COUNTED = ("number", "path", "flag")


def scenario_lines(
    parameters: Mapping[str, Parameter], components: tuple[str, ...], locations: Locations
) -> Mapping[str, ScenarioLine]:
    """The lines of a scenario by key, those of its base scenarios first; problems are reported."""
    texts: dict[str, dict[Any, Any]] = {}
    where: dict[str, Location] = {}
    for location in locations:
        report_invalid_lines(location)
        for key, line, here in lines_in(location):
            texts[key] = texts.get(key, {}) | texts_of(key, line)
            where[key] = here
    built = {key: line_from(key, text, parameters, components, where[key]) for key, text in texts.items()}
    return {key: line for key, line in built.items() if line}


def rules_with_lines(rules: CheckContext, locations: Locations) -> CheckContext:
    """The rules with what the lines of the scenario count, and with ratios of it, as in motorbike/office."""
    counted = [line.get("unit") for location in locations for _, line, _ in lines_in(location)]
    units = [data.get("unit") for location in locations for data, _ in line_parameters(location)]
    names = [unit for unit in counted if isinstance(unit, str) and COUNTED_UNIT.fullmatch(unit)]
    ratios = [unit for unit in units if isinstance(unit, str)]
    return replace(rules, units=rules.units.also_counting(names, ratios)) if names or ratios else rules


def report_invalid_lines(location: Location) -> None:
    """Report entries of `lines` that are not lines, and names that they cannot have."""
    data, here = location.document.data.get(LINES) or {}, location.below(LINES)
    if not isinstance(data, dict):
        here.report("not a mapping", "give lines by name, each with component, label, kind, unit, quantity, price, code")
        return
    built_in = {line: component for component, lines in line_catalogue().lines.items() for line in lines}
    for name, line in data.items():
        if not isinstance(line, dict):
            here.below(name).report("not a line", "give component, label, kind, unit, quantity, price, code", line)
        elif not KEY.fullmatch(str(name)) or iskeyword(str(name)):
            here.below(name).report("not a name of a line", "use lower-case letters, digits and _, as in district_motorbikes")
        elif name in built_in:
            right = sentence("change its parameters instead, or choose another name")
            here.below(name).report(
                sentence("a line of the model has this name, in {component}", component=built_in[name]), right
            )


def line_from(
    key: str, text: dict[Any, Any], parameters: Mapping[str, Parameter], components: tuple[str, ...], location: Location
) -> ScenarioLine | None:
    """The line with these texts, or None; problems are reported at its location."""
    before = len(location.found)
    given = build(LineInput, text, location)
    if given is None:
        return None
    report_fields(given, parameters, components, location)
    units = {**DRIVER_UNITS, **{path: each.unit for path, each in parameters.items() if each.kind in COUNTED}}
    short = own_names(key, parameters)
    expression = checked_expression(given, units, short, location)
    report_price(given, parameters, location)
    working = checked_working(given, expression, {*units, *CONSTANTS}, short, location)
    if len(location.found) > before or expression is None:
        return None
    names = tuple(names_in(expression))
    by_year = any((name in DRIVER_UNITS and name not in SINGLE) or is_path(parameters.get(name)) for name in names)
    return ScenarioLine(
        key, given.component, TranslatedText.of(given.label), working,
        capital=given.kind == "capital", tradable=given.market == "world", unit=given.unit,
        driver=next((name for name in names if name in DRIVER_UNITS), "once"),
        expression=expression, in_use=given.in_use is not None, by_year=by_year,
        price=given.price, life=given.life or "", loss=given.loss or "",
        code=given.code, payment=given.payment,
        account_code=given.account_code or "", category=given.category or default_category(given.code),
        procurement=given.procurement or default_procurement(given.code), tax=given.tax,
        funder=given.funder or "",
    )  # fmt: skip


def is_path(parameter: Parameter | None) -> bool:
    """Whether a parameter has a value for each year."""
    return parameter is not None and parameter.kind == "path"


def own_names(key: str, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Short name -> path of the parameters that a line declares."""
    head = f"{LINES}.{key}."
    return {path.removeprefix(head): path for path in parameters if path.startswith(head)}


def report_fields(given: LineInput, parameters: Mapping[str, Parameter], components: tuple[str, ...], location: Location) -> None:
    """Report a component, a class, a text or a combination of fields that cannot be."""
    allowed = [name for name in components if name not in ("staff", "contingency")]
    if given.component not in allowed:
        right = sentence("add a role instead") if given.component == "staff" else suggestion(given.component, allowed)
        location.below("component").report("not a component for a line", right, given.component)
    if given.code not in line_catalogue().classes:
        location.below("code").report("unknown economic class", suggestion(given.code, line_catalogue().classes), given.code)
    if given.account_code and MARKS.search(given.account_code):
        right = sentence("use letters, digits, hyphens and points")
        location.below("account_code").report("a mark that a code cannot have", right, given.account_code)
    for text in given.label.values() if isinstance(given.label, Mapping) else (given.label,):
        if MARKS.search(text):
            location.below("label").report("a mark that a name cannot have", "use letters, digits, commas and brackets", text)
    report_quantity(given, parameters, location)


def report_quantity(given: LineInput, parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a quantity that is missing or given twice, and a life or a loss that does not belong to it."""
    if (given.quantity is None) == (given.in_use is None):
        both = given.quantity is not None
        location.report(
            sentence("quantity and in_use") if both else sentence("neither quantity nor in_use"), "give one of the two"
        )
    if given.in_use is not None and given.life is None:
        location.below("life").report("missing", "give it: what is in use is bought again after its life")
    if given.life is not None and given.kind == "recurrent":
        location.below("life").report("a life of something that is used up", "remove it, or give kind: capital", given.life)
    for name in ("life", "loss"):
        path = getattr(given, name)
        if path is not None and (path not in parameters or dimension(parameters[path].unit) != PURE):
            location.below(name).report("not a parameter in years or a share", suggestion(path, parameters, 0), path)


def report_price(given: LineInput, parameters: Mapping[str, Parameter], location: Location) -> None:
    """Report a price that does not exist, is not money, or is per something else than the line counts."""
    here, price = location.below("price"), parameters.get(given.price)
    prices = [path for path, each in parameters.items() if each.price_year is not None]
    if price is None or not price.currency or price.price_year is None:
        if price is None or price.value is not None:
            here.report("not a price", suggestion(given.price, prices, 0), given.price)
    elif combined(dimension(price.unit), dimension(given.unit), 1) != dimension(price.currency):
        here.report(
            sentence("the price is per {unit}", unit=price.unit.partition("/")[2]),
            sentence("give a price per {unit}", unit=given.unit),
            price.unit,
        )


def checked_expression(
    given: LineInput, units: Mapping[str, str], short: dict[str, str], location: Location
) -> Expression | None:
    """The expression with full names, or None; problems of its names and units are reported."""
    field = "in_use" if given.in_use is not None else "quantity"
    text, here = getattr(given, field), location.below(field)
    if text is None:
        return None
    try:
        expression = renamed(parse_expression(text), short)
        if unknown := [name for name in names_in(expression) if name not in units and name not in CONSTANTS]:
            for name in dict.fromkeys(unknown):
                here.report("no such driver or parameter", suggestion(name, [*short, *units, *CONSTANTS], 0), name)
            return None
        found = dimension_of(expression, units)
    except BadExpression as problem:
        here.report(problem.what, problem.right, text)
        return None
    if found is not None and found != dimension(given.unit):
        what = sentence("it counts {dimension}, and the line counts {unit}", dimension=dimension_text(found), unit=given.unit)
        here.report(what, "multiply by a parameter that converts one to the other", text)
    return expression


def checked_working(
    given: LineInput, expression: Expression | None, known: set[str], short: dict[str, str], location: Location
) -> TranslatedText:
    """The calculation with full names in it; names that do not exist are reported."""
    if given.working is None:
        default = "" if expression is None else as_calculation(expression)
        return TranslatedText.of(default + (" - {kept}" if given.in_use is not None else ""))
    here, texts = location.below("working"), given.working if isinstance(given.working, Mapping) else {"en": given.working}
    for text in texts.values():
        for name in PLACEHOLDER.findall(text):
            if short.get(name, name) not in known and name not in TERMS:
                here.report("no such name", suggestion(name, [*short, *known, *TERMS], 0), name)
        if MARKS.search(PLACEHOLDER.sub("x", text)):
            here.report("a mark that a calculation cannot have", "use letters, digits, + - x / and {names}", text)
    return TranslatedText.of({language: with_full_names(text, short) for language, text in texts.items()})


def with_full_names(text: str, short: Mapping[str, str]) -> str:
    """A calculation in which parameters of the line have their paths: {price} is {lines.district_motorbikes.price}."""
    return PLACEHOLDER.sub(lambda found: f"{{{short.get(found[1], found[1])}}}", text)


def default_category(code: str) -> str:
    """Expenditure category of lenders for an economic class: assets are goods, pay is salaries, all else is operating cost."""
    return "goods" if code.startswith("3") else "salaries" if code.startswith("21") else "operating"


def default_procurement(code: str) -> str:
    """Procurement category for an economic class: assets are goods, nobody procures pay, all else is non-consulting services."""
    return GOODS if code.startswith("3") else "none" if code.startswith("21") else NON_CONSULTING
