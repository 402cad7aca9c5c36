"""Read a YAML file to plain data, with the line of every key."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from imis_plan.scenario.problems import MISSING, Problem
from imis_plan.scenario.regular_file import not_a_file
from imis_plan.scenario.yaml_scalars import SCALARS, CoreLoader

Keys = tuple[Any, ...]
LONGEST_LIST = 1000
# What stands for bytes that are no UTF-8.
REPLACED = "\N{REPLACEMENT CHARACTER}"
TAGGED = ("a value with a tag (!)", "leave the tag out, or put quotes around the value")


@dataclass(frozen=True, eq=False)
class Document:
    """A file's plain data and the lines of its keys; `name` is how problems and reports call it."""

    path: Path
    name: str
    data: dict[Any, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    first: int | None = 1

    def line(self, keys: Keys) -> int | None:
        """The line of the innermost of nested keys that the file has."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, self.first)

    def problem(self, keys: Keys, what: str, right: str, value: Any = MISSING) -> Problem:
        """A problem at the line of `keys`."""
        return Problem(self.name, self.line(keys), dotted(keys), what, right, value)


def dotted(keys: Keys) -> str:
    """`funding[0].share` for ("funding", 0, "share")."""
    # A number in a list's place is small, one in a history is a year.
    parts = (f"[{key}]" if isinstance(key, int) and key < LONGEST_LIST else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".")


class Reading:
    """The lines and problems gathered on the way through one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Keys, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, keys: Keys) -> Any:
        """Plain data of a node; the problems met are kept."""
        if id(node) in self._seen:
            return self.wrong(self.lines[keys], keys, "an alias", "write the value out: a reader looks for it here")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, keys))
        if isinstance(node, yaml.SequenceNode):
            return [self.at(item, (*keys, i), item) for i, item in enumerate(node.value)]
        return self.scalar(node, keys)

    def at(self, node: yaml.Node, keys: Keys, place: yaml.Node) -> Any:
        """Plain data of a node whose line is that of `place`: its key, or itself in a list."""
        self.lines[keys] = line_of(place)
        return self.plain(node, keys)

    def pairs(self, node: yaml.MappingNode, keys: Keys) -> Iterator[tuple[Any, Any]]:
        """Keys and values of a mapping; the second of two equal keys is a problem."""
        for key_node, value_node in node.value:
            key = self.key(key_node, keys)
            path = (*keys, key)
            if path in self.lines:
                self.wrong(line_of(key_node), path, "given twice", f"keep one; the first is in line {self.lines[path]}")
            else:
                yield key, self.at(value_node, path, key_node)

    def key(self, node: yaml.Node, keys: Keys) -> Any:
        """A key: text or a number."""
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, keys)
        return self.wrong(line_of(node), keys, "a key made of several values", "give one word as the key")

    def scalar(self, node: yaml.Node, keys: Keys) -> Any:
        """Text, number, true, false or nothing."""
        read = SCALARS.get(node.tag)
        try:
            return read(node.value) if read else self.wrong(line_of(node), keys, *TAGGED)
        except ValueError:
            return self.wrong(line_of(node), keys, *TAGGED)

    def wrong(self, line: int, keys: Keys, what: str, right: str) -> None:
        """Note a problem in a line."""
        self.problems.append(Problem(self.name, line, dotted(keys), what, right))


def line_of(node: yaml.Node) -> int:
    """The line in which a node starts, counted from 1."""
    return int(node.start_mark.line) + 1


def read(path: Path) -> Document:
    """The document in a file, empty if there is no such file; read again only after the file has changed."""
    if what := not_a_file(path):
        name = f"{path.parent.name}/{path.name}".removeprefix("/")
        return Document(path, name, problems=(Problem(name, None, "", what, "put a YAML file there"),))
    if not path.exists():
        return read_state(path, 0, -1)
    state = path.stat()
    return read_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def read_state(path: Path, _mtime: int, size: int) -> Document:
    """The document in a file, as it was at that time; size -1 is no file."""
    return parse(path.read_bytes() if size >= 0 else "", path)


def parse(content: bytes | str, path: Path) -> Document:
    """The document in a text that is, or might be, in `path`."""
    name = f"{path.parent.name}/{path.name}".removeprefix("/")
    reading, data = Reading(name), None
    text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
    try:
        node = compose(text)
        data = {} if node is None else reading.plain(node, ())
    except RecursionError:
        reading.wrong(1, (), "nested too deeply", "check the brackets")
    except yaml.YAMLError as error:
        reading.wrong(*unreadable(error, text))
    if REPLACED in text and isinstance(content, bytes):
        reading.wrong(text[: text.index(REPLACED)].count("\n") + 1, (), "not UTF-8 text", "save the file as UTF-8")
    if data is not None and not isinstance(data, dict):
        reading.wrong(1, (), "not a mapping", "give lines of the form `name: value`")
    kept = data if isinstance(data, dict) else {}
    return Document(path, name, kept, reading.lines, tuple(reading.problems))


def compose(text: str) -> yaml.Node | None:
    """The tree of YAML nodes of a text with one document."""
    loader = CoreLoader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def unreadable(error: yaml.YAMLError, text: str) -> tuple[int, Keys, str, str]:
    """Line, path, problem and remedy that stand for a whole file."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    here = text.splitlines()[line - 1 : line]
    if here and "\t" in here[0][: len(here[0]) - len(here[0].lstrip())]:
        return line, (), "a tab in the indentation", "indent with spaces"
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    return line, (), f"not YAML: {what}", "check indentation, colons and quotes here and in the line above"
