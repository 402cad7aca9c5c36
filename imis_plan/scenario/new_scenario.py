"""Write a new scenario: a form with the values that every country must give."""

import os
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import available_scenarios, parameter_file
from imis_plan.scenario.own_folder import begin_parameters
from imis_plan.scenario.scenario_name import NOT_A_NAME, RESERVED, is_name, usable_name

ABOUT = (
    ("country", "name of the country"),
    ("iso3", "country code of three letters (ISO 3166), as in NPL"),
    ("scheme", "name of the insurance scheme that uses openIMIS"),
    ("title", "title of the report"),
    ("currency", "currency code of three letters (ISO 4217), as in NPR; other files call it LCU"),
    ("language", "language of the report: en, fr ..."),
    ("target", "what the plan shall achieve and why, in a sentence or two"),
    ("date", "date of this version, as in 2026-11-30"),
    ("version", 'version of this plan, as in "1.0"'),
)
# Editors find the schema by this line; it must be the first one.
STATUS_LINE = re.compile(r"^  status:.*\n", re.MULTILINE)
SCHEMA = "# yaml-language-server: $schema=schema.json"
HEAD = """\
{schema}
# Scenario {name}. Fill in every empty value, and a source for every "?". `imis-plan check {name}` lists what is missing, by line.
# Remove an entry of `money` to use the published figure. All other values come from defaults.yaml; to change one, give it here.
# source: a key of sources.yaml (`key: page or table`), a sentence, or `assumption: why`.
# confidence: A = primary source, B = transcription of one, C = weak source or single case, assumed = also give low and high.
"""


def write(name: str, folder: Path, like: str | None = None) -> Path:
    """Write `<name>.yaml` into the folder of parameters and return its path.

    like : a scenario to copy; without it, a form with the required parameters of defaults.yaml.

    Raises BadInput when the name is not valid, the file exists already, or `like` is not a scenario.
    """
    path = scenario_path(name, folder)
    return create(path, copied_text(name, folder, like) if like else form_text(name, folder))


def scenario_path(name: str, folder: Path) -> Path:
    """The path for a new scenario. Raises BadInput when the name is not valid."""
    if not is_name(name):
        remedy = f"{usable_name(name)}; reserved: {', '.join(sorted(RESERVED))}"
        raise _bad_input(name, NOT_A_NAME, remedy)
    return folder / f"{name}.yaml"


def create(path: Path, text: str) -> Path:
    """Write a new file, complete or not at all, and return its path. Raises BadInput when it exists already."""
    begin_parameters(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    try:
        # Unlike a rename, this fails when the file exists, even if another process has just created it.
        path.hardlink_to(draft)
    except FileExistsError:
        raise exists_already(path) from None
    finally:
        draft.unlink()
    return path


def exists_already(path: Path) -> BadInput:
    """The error for a file that exists already."""
    return _bad_input(f"{path.parent.name}/{path.name}", "already exists", "take another name, or remove the file first")


def _bad_input(subject: str, message: str, remedy: str) -> BadInput:
    return BadInput([Problem(subject, None, "", message, remedy)])


def copied_text(name: str, folder: Path, like: str) -> str:
    """Text of another scenario, with a comment that says which scenario was copied."""
    known = available_scenarios(folder)
    if like not in known:
        raise _bad_input(like, "no such scenario", f"choose from {', '.join(known)}")
    text = parameter_file(folder, f"{like}.yaml").read_text(encoding="utf-8").removeprefix(SCHEMA).lstrip("\n")
    text = STATUS_LINE.sub("", text, count=1)  # a copy is a draft
    head = f"# Scenario {name}, copied from {like}: change `about`, then every value that applies to {like} only."
    return f"{SCHEMA}\n{head}\n{text}"


def form_text(name: str, folder: Path) -> str:
    """Text of a scenario in which every value that a country must give is empty."""
    lines = [HEAD.format(schema=SCHEMA, name=name), "about:"]
    lines += [f'  {key}: ""  # {meaning}' for key, meaning in ABOUT]
    lines += _parameter_lines(required(folder))
    return "\n".join(lines) + "\n"


def required(folder: Path) -> dict[str, dict[str, Any]]:
    """Required parameters that the facts may not know: path -> declaration."""
    from imis_plan.scenario.from_facts import ALWAYS
    from imis_plan.scenario.yaml_file import read

    found = _required_parameters(read(parameter_file(folder, "defaults.yaml")).data, ())
    return {path: declaration for path, declaration in found if path not in ALWAYS}


def _required_parameters(node: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(node, dict):
        return
    if node.get("required") is True:
        yield ".".join(keys), node
        return
    for key, below in node.items():
        yield from _required_parameters(below, (*keys, str(key)))


def _parameter_lines(parameters: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Lines of the parameters, nested by their paths."""
    previous: list[str] = []
    for path, parameter in parameters.items():
        *groups, key = path.split(".")
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(previous, groups, strict=False)))
        if common == 0:
            yield ""
        yield from (f"{'  ' * depth}{groups[depth]}:" for depth in range(common, len(groups)))
        yield from _one_parameter_lines(key, parameter, "  " * len(groups))
        previous = groups


def _one_parameter_lines(key: str, parameter: dict[str, Any], indent: str) -> Iterator[str]:
    yield f"{indent}# {_description(parameter)}"
    yield f"{indent}{key}:"
    yield f"{indent}  value:{_value_comment(parameter)}"
    if _is_price(str(parameter.get("unit", ""))):
        yield f"{indent}  # price_year: year of the price level, as in 2025"
    # An empty source would be reported as not text, and hide that the value is missing.
    yield f'{indent}  source: "?"'
    yield f"{indent}  confidence:"


def _is_price(unit: str) -> bool:
    """Whether a unit is a price in local currency; an exchange rate, LCU/USD, is not."""
    return unit.startswith("LCU") and not unit.partition("/")[2].isupper()


def _description(parameter: dict[str, Any]) -> str:
    text = parameter.get("description", "")
    text = text.get("en", "") if isinstance(text, dict) else text
    return f"{' '.join(str(text).split())} [{parameter.get('unit', '')}]"


def _value_comment(parameter: dict[str, Any]) -> str:
    if parameter.get("choices"):
        return f"  # one of {', '.join(map(str, parameter['choices']))}"
    if parameter.get("path"):
        return "  # a number, or a list with a number for each year"
    return "  # a mapping: year: number" if parameter.get("history") else ""
