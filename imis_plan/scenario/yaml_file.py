"""Read a YAML file as plain data, with the line of every key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from imis_plan.problems import NO_VALUE, Problem
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.scenario_name import printable
from imis_plan.scenario.yaml_scalars import SCALARS, CoreLoader
from imis_plan.scenario.yaml_syntax import syntax_problem
from imis_plan.sentence import sentence

Keys = tuple[Any, ...]
MAX_LIST_INDEX = 1000
# A scenario has six levels and some ten kilobytes; the parser of the library ends the process at some ten thousand levels.
MAX_DEPTH, MAX_BYTES = 100, 5_000_000
# Replaces bytes that are not UTF-8.
REPLACEMENT_CHARACTER = "\N{REPLACEMENT CHARACTER}"
# Characters that change the direction of the text around them, so that a reader sees another text than a program.
BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
BIDIRECTIONAL_REMEDY = sentence("write the text without it; Arabic and Hebrew letters run from right to left by themselves")
TAG_PROBLEM = (sentence("a value with a tag (!)"), sentence("remove the tag, or put quotes around the value"))


@dataclass(frozen=True, eq=False)
class Document:
    """A file as plain data with the lines of its keys; `name` is the file name in messages and reports."""

    path: Path
    name: str
    data: dict[Any, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    first: int | None = 1

    def line(self, keys: Keys) -> int | None:
        """The line of the innermost of these keys that is in the file."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, self.first)

    def problem(self, keys: Keys, message: str, remedy: str, value: Any = NO_VALUE) -> Problem:
        """A problem at the line of the keys."""
        return Problem(self.name, self.line(keys), dotted(keys), message, remedy, value)


def dotted(keys: Keys) -> str:
    """`funding[0].share` for ("funding", 0, "share")."""
    # A small number is an index of a list, a large one a year of a history.
    parts = (f"[{key}]" if isinstance(key, int) and key < MAX_LIST_INDEX else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".")


class NodeReader:
    """Converts the YAML nodes of a file to plain data; collects lines and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Keys, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def plain_data(self, node: yaml.Node, keys: Keys) -> Any:
        """Plain data of a node; problems are collected."""
        if id(node) in self._seen:
            return self.report(self.lines[keys], keys, "an alias", "write the value here")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, keys))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain_data_at(item, (*keys, i), item) for i, item in enumerate(node.value)]
        return self.scalar(node, keys)

    def plain_data_at(self, node: yaml.Node, keys: Keys, line_node: yaml.Node) -> Any:
        """Plain data of a node with the line of another node: its key, or itself in a list."""
        self.lines[keys] = line_of(line_node)
        return self.plain_data(node, keys)

    def pairs(self, node: yaml.MappingNode, keys: Keys) -> Iterator[tuple[Any, Any]]:
        """Keys and values of a mapping; a repeated key is a problem."""
        for key_node, value_node in node.value:
            key = self.key(key_node, keys)
            path = (*keys, key)
            if path in self.lines:
                self.report(
                    line_of(key_node),
                    path,
                    "given twice",
                    sentence("keep one; the first is in line {line}", line=self.lines[path]),
                )
            else:
                yield key, self.plain_data_at(value_node, path, key_node)

    def key(self, node: yaml.Node, keys: Keys) -> Any:
        """A key: text or a number."""
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, keys)
        return self.report(line_of(node), keys, "a key made of several values", "give one word as the key")

    def scalar(self, node: yaml.Node, keys: Keys) -> Any:
        """Text, number, true, false or None."""
        if found := BIDIRECTIONAL.search(node.value):
            return self.report(line_of(node), keys, bidirectional_problem(found[0]), BIDIRECTIONAL_REMEDY)
        read = SCALARS.get(node.tag)
        try:
            return read(node.value) if read else self.report(line_of(node), keys, *TAG_PROBLEM)
        except ValueError:
            return self.report(line_of(node), keys, *TAG_PROBLEM)

    def report(self, line: int, keys: Keys, message: str, remedy: str) -> None:
        """Add a problem in a line."""
        self.problems.append(Problem(self.name, line, dotted(keys), message, remedy))


def bidirectional_problem(character: str) -> str:
    """What is wrong with a text that contains a character which changes its direction."""
    return sentence("an invisible character that changes the direction of the text (U+{ord})", ord=f"{ord(character):04X}")


def line_of(node: yaml.Node) -> int:
    """The line in which a node starts, counted from 1."""
    return int(node.start_mark.line) + 1


def read(path: Path) -> Document:
    """The document in a file, empty if there is no file; read again only after the file has changed."""
    if what := not_a_file(path):
        name = shown_name(path)
        return Document(path, name, problems=(Problem(name, None, "", what, "put a YAML file there"),))
    if not path.exists():
        return read_state(path, 0, -1)
    state = path.stat()
    if state.st_size > MAX_BYTES:
        return too_large(path, state.st_size)
    return read_state(path, state.st_mtime_ns, state.st_size)


def shown_name(path: Path) -> str:
    """How problems and reports call a file: its name and that of its folder."""
    return printable(f"{path.parent.name}/{path.name}".removeprefix("/"))


def too_large(path: Path, size: int) -> Document:
    """The document of a file that is not read because of its size."""
    name = shown_name(path)
    message = sentence("{number} million bytes, more than a file of parameters can have", number=f"{size / 1e6:,.0f}")
    right = sentence("remove what is no parameter; {number} million are read", number=f"{MAX_BYTES / 1e6:.0f}")
    return Document(path, name, problems=(Problem(name, None, "", message, right),))


@lru_cache(maxsize=256)
def read_state(path: Path, _mtime: int, size: int) -> Document:
    """The document in a file of that time and size; size -1 means no file."""
    return parse(path.read_bytes() if size >= 0 else "", path)


def parse(content: bytes | str, path: Path) -> Document:
    """The document in a text that is read from, or will be written to, `path`."""
    name = shown_name(path)
    reader, data = NodeReader(name), None
    text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
    try:
        node = compose(text)
        data = {} if node is None else reader.plain_data(node, ())
    except RecursionError:
        reader.report(1, (), "nested too deeply", "check the brackets")
    except yaml.YAMLError as error:
        line, message, remedy = syntax_problem(error, text)
        reader.report(line, (), message, remedy)
    if REPLACEMENT_CHARACTER in text and isinstance(content, bytes):
        reader.report(text[: text.index(REPLACEMENT_CHARACTER)].count("\n") + 1, (), "not UTF-8 text", "save the file as UTF-8")
    if data is not None and not isinstance(data, dict):
        reader.report(1, (), "not a mapping", "give lines of the form `name: value`")
    mapping = data if isinstance(data, dict) else {}
    return Document(path, name, mapping, reader.lines, tuple(reader.problems))


def compose(text: str) -> yaml.Node | None:
    """The YAML node tree of a text with one document. Raises RecursionError when it is nested too deeply."""
    check_depth(text)
    loader = CoreLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def check_depth(text: str) -> None:
    """Raise RecursionError for a text nested more deeply than a file of parameters. It is read as a stream, without recursion."""
    loader, depth = CoreLoader(text), 0
    try:
        while loader.check_event() and depth <= MAX_DEPTH:
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    finally:
        loader.dispose()
    if depth > MAX_DEPTH:
        raise RecursionError
