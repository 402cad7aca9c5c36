"""A starting scenario: what every country must give, ready to be filled in."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem

NAME = re.compile(r"[a-z][a-z0-9_]*")
ABOUT = (
    ("country", "name of the country"),
    ("iso3", "its three letters in ISO 3166, as in NPL"),
    ("scheme", "the insurance scheme that runs the system"),
    ("title", "title of the report"),
    ("currency", "three letters in ISO 4217, as in NPR; LCU in the other files stands for it"),
    ("language", "language of the report: en, fr ..."),
    ("target", "what is planned and why, in a sentence or two"),
    ("date", "day of this version, as in 2026-11-30"),
    ("version", 'of this plan, as in "1.0"'),
)
# An editor finds the schema by this line only where nothing stands above it.
SCHEMA = "# yaml-language-server: $schema=schema.json"
HEAD = """\
{schema}
# Scenario {name}. Give every empty value, and a source for every "?"; `imis-plan check {name}` says what is missing and where.
# Whatever this file does not mention is taken from defaults.yaml. Any path there can be restated here in the same way.
# A value says where it is from: source is a key of sources.yaml (key: page or table), a sentence, or `assumption: why`.
# confidence: A primary source, B transcription of one, C weak or a single case, assumed: then low and high too.
"""


def write(name: str, folder: Path, like: str | None = None) -> Path:
    """Write `<name>.yaml` into the folder of parameters and return its path.

    like : a scenario to copy; without it, a form made from the declarations that every country must answer.

    Raises BadInput when the name cannot be one, the file is there already, or `like` is not a scenario.
    """
    path = place_for(name, folder)
    return create(path, copy(name, folder, like) if like else form(name, folder))


def place_for(name: str, folder: Path) -> Path:
    """The path of a scenario that is to be written. Raises BadInput when the name cannot be one."""
    from imis_plan.scenario.folder import RESERVED

    if not NAME.fullmatch(name) or name in RESERVED:
        raise _bad(name, "not a name for a scenario", "use small letters, digits and _, and no name such as defaults")
    return folder / f"{name}.yaml"


def create(path: Path, text: str) -> Path:
    """Write a file that was not there, whole or not at all, and return its path. Raises BadInput where it is there already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    try:
        # Unlike renaming, this fails where the name is taken, also by somebody who was faster.
        path.hardlink_to(draft)
    except FileExistsError:
        raise taken(path) from None
    finally:
        draft.unlink()
    return path


def taken(path: Path) -> BadInput:
    """That a file is there already."""
    return _bad(f"{path.parent.name}/{path.name}", "already there", "take another name, or remove the file first")


def _bad(subject: str, what: str, right: str) -> BadInput:
    return BadInput([Problem(subject, None, "", what, right)])


def copy(name: str, folder: Path, like: str) -> str:
    """Text of another scenario, with a line above it that says what it is a copy of."""
    from imis_plan.scenario.folder import scenarios

    known = sorted(scenarios(folder))
    if like not in known:
        raise _bad(like, "no such scenario", f"choose from {', '.join(known)}")
    text = (folder / f"{like}.yaml").read_text(encoding="utf-8").removeprefix(SCHEMA).lstrip("\n")
    head = f"# Scenario {name}, begun as a copy of {like}: change `about`, then every value that is {like}'s own."
    return f"{SCHEMA}\n{head}\n{text}"


def form(name: str, folder: Path) -> str:
    """Text of a scenario in which every value that a country must give is empty."""
    lines = [HEAD.format(schema=SCHEMA, name=name), "about:"]
    lines += [f'  {key}: ""  # {meaning}' for key, meaning in ABOUT]
    lines += _groups(required(folder))
    return "\n".join(lines) + "\n"


def required(folder: Path) -> dict[str, dict[str, Any]]:
    """Declarations that every country must answer: path -> the declaration's own keys."""
    from imis_plan.scenario.yaml_file import read

    return dict(_leaves(read(folder / "defaults.yaml").data, ()))


def _leaves(node: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(node, dict):
        return
    if node.get("required") is True:
        yield ".".join(keys), node
        return
    for key, below in node.items():
        yield from _leaves(below, (*keys, str(key)))


def _groups(parameters: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Lines of the leaves, nested as their paths are."""
    before: list[str] = []
    for path, parameter in parameters.items():
        *groups, key = path.split(".")
        shared = next((i for i, (a, b) in enumerate(zip(before, groups, strict=False)) if a != b), min(len(before), len(groups)))
        if shared == 0:
            yield ""
        yield from (f"{'  ' * depth}{groups[depth]}:" for depth in range(shared, len(groups)))
        yield from _leaf_lines(key, parameter, "  " * len(groups))
        before = groups


def _leaf_lines(key: str, parameter: dict[str, Any], indent: str) -> Iterator[str]:
    yield f"{indent}# {_in_words(parameter)}"
    yield f"{indent}{key}:"
    yield f"{indent}  value:{_hint(parameter)}"
    if _priced(str(parameter.get("unit", ""))):
        yield f"{indent}  # price_year: the year whose money the price is in, as in 2025"
    # Nothing at all would be a problem of form, and hide that the value is missing too.
    yield f'{indent}  source: "?"'
    yield f"{indent}  confidence:"


def _priced(unit: str) -> bool:
    """Whether a unit is local money for a thing; a rate of exchange, LCU/USD, has a year of its own."""
    return unit.startswith("LCU") and not unit.partition("/")[2].isupper()


def _in_words(parameter: dict[str, Any]) -> str:
    text = parameter.get("description", "")
    text = text.get("en", "") if isinstance(text, dict) else text
    return f"{' '.join(str(text).split())} [{parameter.get('unit', '')}]"


def _hint(parameter: dict[str, Any]) -> str:
    if parameter.get("choices"):
        return f"  # one of {', '.join(map(str, parameter['choices']))}"
    if parameter.get("path"):
        return "  # a number, or a list with one for each year"
    return "  # a mapping: year: number" if parameter.get("history") else ""
