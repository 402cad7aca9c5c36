"""Nested data of a scenario by dotted path, and as text with each parameter on a line of its own."""

from collections.abc import Mapping
from typing import Any

import yaml

WIDEST = 100000


class Flow(dict[str, Any]):
    """A parameter, written on one line."""


class Dumper(yaml.SafeDumper):
    """Writes leaves on one line and everything else on several."""


Dumper.add_representer(Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))


def at(data: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path, or None."""
    node: Any = data
    for key in path.split("."):
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def put(data: dict[str, Any], path: str, parameter: Any) -> None:
    """Put a parameter at a dotted path."""
    *groups, key = path.split(".")
    for group in groups:
        data = data.setdefault(group, {})
    data[key] = parameter


def flowing(node: Any) -> Any:
    """The data with each parameter on a line of its own."""
    if isinstance(node, dict):
        items = {key: flowing(value) for key, value in node.items()}
        return Flow(items) if "value" in node and "source" in node else items
    return [flowing(item) for item in node] if isinstance(node, list) else node


def text_of(data: Any) -> str:
    """The data as YAML."""
    return yaml.dump(flowing(data), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=WIDEST)
