"""Nested data of a scenario, by dotted path and as YAML with one line per parameter."""

from collections.abc import Mapping
from typing import Any

import yaml

LINE_WIDTH = 100000


class FlowMapping(dict[str, Any]):
    """A mapping that is written on one line."""


class Dumper(yaml.SafeDumper):
    """Writes parameters on one line and everything else on several."""


Dumper.add_representer(FlowMapping, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))


def value_at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, or None."""
    node: Any = data
    for key in path.split("."):
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def set_value(data: dict[str, Any], path: str, parameter: Any) -> None:
    """Set the value at a dotted path."""
    *groups, key = path.split(".")
    for group in groups:
        data = data.setdefault(group, {})
    data[key] = parameter


def with_flow_parameters(node: Any) -> Any:
    """The data, with each parameter as a mapping on one line."""
    if isinstance(node, dict):
        items = {key: with_flow_parameters(value) for key, value in node.items()}
        return FlowMapping(items) if "value" in node and "source" in node else items
    return [with_flow_parameters(item) for item in node] if isinstance(node, list) else node


def yaml_text(data: Any) -> str:
    """The data as YAML."""
    return yaml.dump(with_flow_parameters(data), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)
