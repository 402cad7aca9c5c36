"""The changes of a workbook as a scenario that is like the one it was made from: only what differs."""

from pathlib import Path
from typing import Any

import yaml

from imis_plan.scenario.check import HORIZON, has_range
from imis_plan.scenario.faults import BadInput, Fault
from imis_plan.scenario.leaf import Leaf
from imis_plan.scenario.library import library
from imis_plan.scenario.overlay import LIKE, laid_over
from imis_plan.scenario.place import Place
from imis_plan.scenario.plan import raise_if
from imis_plan.scenario.yamlfile import parse
from imis_plan.workbook.reading import Changes
from imis_plan.workbook.state import NO_OPTION, state_of
from imis_plan.workbook.typed import Typed

SCHEMA = "# yaml-language-server: $schema=like.schema.json"
HEAD = """\
# Scenario {name}: like {like} but for what was changed in the workbook {file}{option}.
# Nobody has given the sources of these values yet."""


def scenario_text(changes: Changes, name: str) -> str:
    """The text of a scenario of this name, checked.

    Raises BadInput if nothing was changed, or if what was cannot stand together.
    """
    leaves = changed_leaves(changes)
    if not leaves and not changes.rules:
        raise BadInput([Fault(changes.file, None, "", "nothing differs from the scenario", "type into the yellow cells first")])
    like = changes.plan.name
    option = "" if changes.option == NO_OPTION else f", with its option {changes.option}"
    head = HEAD.format(name=name, like=like, file=changes.file, option=option)
    data = {LIKE: like} | nested(leaves) | ({"funding": rules_of(changes)} if changes.rules else {})
    text = f"{SCHEMA}\n{head}\n" + yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=140)
    check(changes, name, text)
    return text


def check(changes: Changes, name: str, text: str) -> None:
    """Read the text as the scenario it will be."""
    folder = changes.plan.folder
    place = Place(parse(text, folder / f"{name}.yaml"))
    place.found.extend(place.document.faults)
    laid_over(state_of(changes.plan).base, library(folder), name, place)
    raise_if(place.found)


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


def nested(leaves: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Leaves by dotted path as nested mappings."""
    tree: dict[str, Any] = {}
    for path, data in leaves.items():
        *groups, key = path.split(".")
        at = tree
        for group in groups:
            at = at.setdefault(group, {})
        at[key] = Leafy(data)
    return tree


def rules_of(changes: Changes) -> list[dict[str, Any]]:
    """All rules of funding with the figures that were typed."""
    rules = []
    for k, rule in enumerate(changes.plan.funding):
        said = {key: plain(value) for key, value in dict(rule).items() if value is not None}
        said |= {name: one.value for name, one in changes.rules.get(k, {}).items()}
        rules.append(said)
    return rules


class Leafy(dict[str, Any]):
    """A leaf, written on one line."""


class Dumper(yaml.SafeDumper):
    """Writes leaves on one line each, and everything else on lines of its own."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Write out what stands twice."""
        return True


Dumper.add_representer(
    Leafy, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)


def target(changes: Changes, out: Path | None) -> Path:
    """Where the scenario goes: as named, or beside the one that it is like."""
    return out if out is not None else changes.plan.folder / f"{changes.plan.name}_changed.yaml"
