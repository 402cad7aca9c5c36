"""A YAML loader with the scalars of the YAML 1.2 core schema: `NO`, `12:30`, `1_000` and dates are text."""

import re
import sys
from collections.abc import Callable
from typing import Any

import yaml

# The C library is five to eight times faster; not every build of PyYAML has it.
FastLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FastDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# More digits than any float has; Python does not read integers with thousands of digits.
MAX_DIGITS = 310
# The largest float; numbers above it are infinite, as they are with an exponent.
LARGEST = int(sys.float_info.max)
TAG = "tag:yaml.org,2002:"


class CoreLoader(FastLoader):  # type: ignore[misc]  # either of two bases
    """A loader that recognises the scalars of YAML 1.2; its base class reads all scalars as text."""


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.")),
):
    CoreLoader.add_implicit_resolver(TAG + tag, re.compile(f"(?:{pattern})$"), first)


def parse_int(text: str) -> int | float:
    """An integer of YAML 1.2; with hundreds of digits, a float."""
    base = {"0o": 8, "0x": 16}.get(text[:2])
    if not base and len(text) >= MAX_DIGITS:
        return float(text)
    number = int(text[2:], base) if base else int(text)
    return number if -LARGEST <= number <= LARGEST else float("inf") * (1 if number > 0 else -1)


def parse_float(text: str) -> float:
    """A float of YAML 1.2, including `.inf` and `.nan`."""
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


SCALARS: dict[str, Callable[[str], Any]] = {
    TAG + "null": lambda _: None,
    TAG + "bool": lambda text: text.lower() == "true",
    TAG + "int": parse_int,
    TAG + "float": parse_float,
    TAG + "str": str,
}
