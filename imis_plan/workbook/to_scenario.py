"""The changes of a workbook as a scenario based on the one it was made from: only what differs."""

from pathlib import Path
from typing import Any

from imis_plan.scenario.parameter import Leaf
from imis_plan.scenario.parameter_checks import HORIZON, has_range
from imis_plan.scenario.plan import scenario_of
from imis_plan.scenario.problems import BadInput, Fault
from imis_plan.scenario.save import overlay
from imis_plan.scenario.yaml_file import parse
from imis_plan.workbook.read import Changes
from imis_plan.workbook.starting_point import NO_OPTION
from imis_plan.workbook.user_inputs import Typed


def scenario_text(changes: Changes, name: str) -> str:
    """The text of a scenario of this name, checked.

    Raises BadInput if nothing was changed, or if what was cannot stand together.
    """
    leaves = changed_leaves(changes)
    if not leaves and not changes.rules:
        raise BadInput([Fault(changes.file, None, "", "nothing differs from the scenario", "type into the yellow cells first")])
    plan, option = changes.plan, "" if changes.option == NO_OPTION else f", option {changes.option}"
    rules = {"funding": rules_of(changes)} if changes.rules else {}
    text = overlay(name, plan, leaves, f"workbook {changes.file}{option}", rules)
    scenario_of(parse(text, plan.folder / f"{name}.yaml"), plan.folder)
    return text


def changed_leaves(changes: Changes) -> dict[str, dict[str, Any]]:
    """Parameter -> what the new scenario says of it: the option's changes, then what was typed; what shapes the workbook too."""
    leaves = changes.plan.leaves
    shaped = {path: leaf for path, leaf in leaves.items() if leaf.layer in ("option", "what-if")}
    said = {path: carried(leaf) for path, leaf in shaped.items()}
    return said | {path: by_hand(leaves[path], one, changes.file) for path, one in changes.typed.items()}


def carried(leaf: Leaf) -> dict[str, Any]:
    """A leaf of an option or a what-if as a file gives it."""
    bare = leaf.confidence == "assumed" and not str(leaf.source).startswith("assumption")
    return leaf_data(leaf, plain(leaf.value), f"assumption: {leaf.source}" if bare else leaf.source)


def by_hand(leaf: Leaf, one: Typed, file: str) -> dict[str, Any]:
    """A leaf with a value that somebody typed."""
    return {
        **leaf_data(leaf, one.value, f"assumption: changed by hand in the workbook {file}, {one.cell}"),
        "confidence": "assumed",
    }


def leaf_data(leaf: Leaf, value: Any, source: str | None) -> dict[str, Any]:
    """What a file says of a leaf with a value: unit, price year and growth stay, its range is widened to hold it."""
    data: dict[str, Any] = {"value": value}
    number = has_range(leaf) and not isinstance(value, (list, dict, str, bool))
    if number and leaf.path != HORIZON:
        low, high = (value if end is None else end for end in (leaf.low, leaf.high))
        data |= {"low": min(low, value), "high": max(high, value)}
    data["unit"] = leaf.unit
    if leaf.price_year is not None:
        data["price_year"] = leaf.price_year
    if leaf.growth is not None and number:
        data["growth"] = leaf.growth
    return data | {"source": source, "confidence": leaf.confidence}


def plain(value: Any) -> Any:
    """A value as YAML writes it."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "items") else value


def rules_of(changes: Changes) -> list[dict[str, Any]]:
    """All rules of funding with the figures that were typed."""
    rules = []
    for k, rule in enumerate(changes.plan.funding):
        said = {key: plain(value) for key, value in dict(rule).items() if value is not None}
        said |= {name: one.value for name, one in changes.rules.get(k, {}).items()}
        rules.append(said)
    return rules


def target(changes: Changes, out: Path | None) -> Path:
    """Where the scenario goes: as named, or beside the one that it is based on."""
    return out if out is not None else changes.plan.folder / f"{changes.plan.name}_changed.yaml"
