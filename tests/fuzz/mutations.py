"""Mutations of real input files: other values in their places, and other text. `make test-fuzz` tries thousands, `make test` a few."""

import os
from typing import Any

import yaml
from hypothesis import HealthCheck, settings, strategies as st

# Examples of each test; `make test-fuzz` sets it. Without it, each run tries the same few.
EXAMPLES = int(os.environ.get("IMIS_PLAN_FUZZ", "0"))
NUMBERS = [
    0, 1, -1, 2, 0.5, 5.0, 719.859, 100, 1000, 1999, 2018, 2021, 2026, 2027, 2100, 10_000_000_000, 10**15, 10**30, 10**308, 10**309,
    1e308, 1e-308, -1e308, 5e-324, -0.5, 7.7, float("nan"), float("inf"), float("-inf"),
]  # fmt: skip
TEXTS = [
    "",
    " ",
    "yes",
    "given",
    "cloud",
    "percentile",
    "all",
    "5.0",
    "1e5",
    "assumption: why",
    "2026-01-31",
    "\u202e",
    "é" * 300,
    "{x}",
    "%s",
    "=1+1",
]
ODD = [None, True, False, [], {}, [1, 2], [0.1, "a"], [None], {2024: 0.1}, {2024: "a"}, {"a": {"b": 1}}, {"en": "a", "fr": "b"}, {1: 2}, [[1]]]  # fmt: skip
FAST: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
VALUES = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(TEXTS),
    st.sampled_from(ODD),
    st.integers(-10, 3000),
    st.floats(),
    st.lists(st.floats(0, 3), max_size=16),
    st.dictionaries(st.integers(1940, 2110), st.floats(0, 4000), max_size=12),
)
# What a spreadsheet, a copy or a slip of the hand leaves in a text.
PIECES = ["", ":", "-", "[", "}", '"', "'", "#", "&a", "*a", "!x", "\t", "\n", "  ", "\0", "\ufeff", "9", "e9", ".", ",", "null", "~", "|", "---\n", "é"]  # fmt: skip


def examples(few: int, share: float = 1.0) -> settings:
    """Settings of a test: `few` examples, the same in every run, or with `make test-fuzz` a share of thousands."""
    many = max(few, int(EXAMPLES * share))
    allowed = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=many if EXAMPLES else few, derandomize=not EXAMPLES, deadline=None, suppress_health_check=allowed
    )


def places(data, keys=()):
    """Keys of every value in plain data, those of groups too."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in pairs:
        yield (*keys, key)
        yield from places(part, (*keys, key))


def changed(data, keys, value):
    """Plain data with another value at these keys."""
    if not keys:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[keys[0]] = changed(data[keys[0]], keys[1:], value)
    return copy


class Dumper(FAST):  # type: ignore[misc]  # either of two bases
    """Writes plain data as YAML without aliases, which are a problem of their own."""

    def ignore_aliases(self, _data):
        """Every value is written out."""
        return True


def dumped(data):
    """Plain data as YAML; years of a history stay numbers."""
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False) if isinstance(data, dict) else str(data)


@st.composite
def other_values(draw, data, most=3):
    """The text of a file in which some places have other values."""
    every = list(places(data))
    for _ in range(draw(st.integers(1, most))):
        keys = draw(st.sampled_from(every))
        try:
            data = changed(data, keys, draw(VALUES))
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has replaced what was around it
    return dumped(data)


@st.composite
def other_text(draw, text):
    """A text with pieces cut, put in, doubled or swapped."""
    for _ in range(draw(st.integers(1, 3))):
        at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 40))
        doubled = text[at : at + cut] if draw(st.booleans()) else ""
        text = text[:at] + doubled + draw(st.sampled_from(PIECES)) + text[at + draw(st.sampled_from([0, cut])) :]
    return text
