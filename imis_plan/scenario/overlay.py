"""One leaf laid over another: what a file, an option or a what-if says about a parameter that has been declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from imis_plan.scenario.location import Place
from imis_plan.scenario.parameter import Kind, Layer, Leaf, LeafInput
from imis_plan.scenario.parameter_checks import HORIZON, Problem, Rules, other_unit, problems, short_list
from imis_plan.scenario.problems import MISSING, Fault, did_you_mean
from imis_plan.scenario.provenance import provenance_problems
from imis_plan.scenario.roles import rounding_problems
from imis_plan.scenario.units import LCU, localised
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# What is said about one value does not hold for another.
OF_THE_VALUE = dict.fromkeys(("low", "high", "price_year", "source", "confidence", "growth", "note"))
# Asked of the declaration when it is read; `kind` keeps the answer.
SHAPES: tuple[Literal["path", "history", "table"], ...] = ("path", "history", "table")


def blank(data: Any, place: Place, layer: Layer) -> Leaf:
    """A leaf of which only the kind is known."""
    return Leaf(dotted(place.keys), None, "", kind_of(data), layer, place.document.name, place.line)


def kind_of(data: Any) -> Kind:
    """The kind of a leaf, from its declaration."""
    if not isinstance(data, dict):
        return "number"
    for shape in SHAPES:
        if data.get(shape) is True:
            return shape
    by_unit: dict[Any, Kind] = {"yes/no": "flag", "choice": "choice"}
    return "choice" if data.get("choices") else by_unit.get(str(data.get("unit")), "number")


def amended(base: Leaf, given: LeafInput, rules: Rules, **where: Any) -> Leaf:
    """A leaf with what is given laid over it. A new value leaves behind what was said about the old one.

    where : layer, file and line of what is given
    """
    fields = {name: getattr(given, name) for name in given.model_fields_set.difference(SHAPES)}
    if "value" in fields:
        fields = {**OF_THE_VALUE, "required": False, **fields, "value": frozen(fields["value"])}
    if "choices" in fields:
        fields["choices"] = tuple(fields["choices"] or ())
    fields["unit"] = localised(fields.get("unit") or base.unit, rules.currency)
    unit = rules.units.parse(fields["unit"])
    fields["currency"] = unit.currency if unit else None
    if base.currency and fields["currency"] != base.currency:
        # A bound in another currency says nothing here.
        fields |= {"min": fields.get("min"), "max": fields.get("max")}
    return replace(base, **fields, **where)


def frozen(value: Any) -> Any:
    """Lists as tuples and mappings as read-only ones."""
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


def in_currency(leaf: Leaf, currency: str) -> Leaf:
    """A leaf with its LCU named."""
    if LCU not in leaf.unit:
        return leaf
    return replace(leaf, unit=localised(leaf.unit, currency), currency=currency if leaf.currency == LCU else leaf.currency)


def lay(base: Leaf, data: Any, model: type[LeafInput], rules: Rules, place: Place, layer: Layer) -> Leaf:
    """The leaf that data makes of `base`; what is wrong is reported, and `base` stays if nothing can be made."""
    given = build(model, data, place)
    badly_declared = layer != "defaults" and base.layer == "defaults" and not base.unit
    if given is None or badly_declared:
        # The path was given after all: nobody has to hear that it is missing.
        return replace(base, required=False)
    leaf = amended(base, given, rules, layer=layer, file=place.document.name, line=place.line)
    for problem in faults_of(leaf, base, rules):
        report(problem, place)
    return leaf


def faults_of(leaf: Leaf, base: Leaf, rules: Rules) -> Iterator[Problem]:
    """All that is wrong with a leaf."""
    yield from no_value(leaf)
    yield from problems(leaf, rules)
    # The defaults are the declaration: there is nothing to depart from.
    yield from other_unit(base, leaf, rules.units) if leaf.layer != "defaults" else ()
    yield from provenance_problems(leaf, rules)
    yield from rounding_problems(leaf)


def no_value(leaf: Leaf) -> Iterator[Problem]:
    """A value that is absent though nobody else has to give it."""
    if leaf.value is None and not leaf.required:
        yield Problem("value", "no value", "give a value")


def report(problem: Problem, place: Place) -> None:
    """Report a problem at the line of its key; what is missing, and the value, go by the name of the leaf."""
    document, keys = place.document, place.below(problem.key).keys
    path = place.keys if problem.key == "value" or problem.value is MISSING else keys
    fault = Fault(document.name, document.line(keys), dotted(path), problem.what, problem.right, problem.value)
    place.found.append(fault)


@dataclass(frozen=True)
class Change:
    """What an option or a what-if says of leaves that name no source."""

    layer: Literal["option", "what-if"]
    source: str


def changed(leaves: Mapping[str, Leaf], changes: Mapping[str, Any], by: Change, rules: Rules, place: Place) -> dict[str, Leaf]:
    """The leaves that an option or a what-if changes.

    changes : path -> value, or path -> mapping as in a file
    place : where the changes stand, and where faults go
    """
    result = {}
    for path, data in changes.items():
        if path in leaves:
            told = {"source": by.source, "confidence": "assumed", **as_mapping(leaves[path], data)}
            result[path] = lay(leaves[path], told, LeafInput, rules, place.below(path), by.layer)
        else:
            place.below(path).report("no such parameter", near(path, leaves))
    return result


def as_mapping(base: Leaf, data: Any) -> dict[Any, Any]:
    """A change as a leaf. A bare value stays in the money of the leaf that it changes, and grows as that one grows."""
    if isinstance(data, dict) and (base.kind != "history" or "value" in data):
        return data
    kept = {"price_year": base.price_year, "growth": None if isinstance(data, list) else base.growth}
    return {"value": data, **{key: value for key, value in kept.items() if value is not None}}


def near(path: Any, leaves: Mapping[str, Leaf]) -> str:
    """The parameter that was probably meant."""
    name = str(path).rpartition(".")[2]
    same = [leaf for leaf in leaves if leaf.rpartition(".")[2] == name]
    close = did_you_mean(path, same or leaves) or (same[0] if same else None)
    return f"did you mean {close}?" if close else "see defaults.yaml for the names"


def short_lists(leaves: Mapping[str, Leaf]) -> Iterator[Fault]:
    """Lists that end before the last year of the plan, wherever they were written."""
    horizon = leaves[HORIZON].value if HORIZON in leaves else None
    if isinstance(horizon, int):
        for leaf in leaves.values():
            for problem in short_list(leaf, horizon):
                yield Fault(leaf.file, leaf.line, leaf.path, problem.what, problem.right, problem.value)
