"""The constant sentences of problems, extracted from the calls that report them: a method of extraction for Babel.

`Problem(file, line, path, "not a number", "give a number")` needs no mark, since every problem may be shown in another language.
A sentence with values in it is a `sentence("... {value} ...", value=value)`, which Babel finds as it finds `_()`.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import IO, Any

from babel.messages.extract import extract_python
from pydantic import BaseModel

from imis_plan.scenario.validation import key_words

# Function or method -> the places of message and remedy among its arguments.
PLACES = {
    "Problem": (3, 4),
    "key_problem": (1, 2),
    "invalid": (0, 1),
    "problem": (1, 2),
    "at": (2, 3),
    "bad_input": (1, 2),
    "code": (2, 3),
    "unreadable": (0, 1),
    "scheduler_problem": (0, 1),
    "refused": (0, 1),
    "_refused": (0, 1),
    "lacking_problem": (1,),
    "BadExpression": (0, 1),
    "FactUnavailable": (0, 1),
    "gap": (0, 1),
    "UnreadableText": (1, 2),
}
# `report` of a location has message and remedy first, that of the reader of YAML after line and keys.
REPORT, OF_LOCATION, OF_READER = "report", (0, 1), (2, 3)
READERS = ("self", "reader")
MARK = "N_"
# Packages whose pydantic models read files.
FILES = ("imis_plan.scenario", "imis_plan.analysis", "imis_plan.openimis")


def extract(file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """What Babel finds in Python code, and the constant sentences of problems: line, function, messages and comments."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for line, text in problem_messages(ast.parse(file.read())):
        yield line, MARK, text, []


def problem_messages(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every constant message and remedy."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((text.lineno, str(text.value)) for text in texts_of(node))


def texts_of(call: ast.Call) -> Iterator[Any]:
    """The constant texts at the places of message and remedy."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    places = PLACES.get(name, ())
    if name == REPORT:
        places = OF_READER if isinstance(call.func, ast.Attribute) and is_reader(call.func.value) else OF_LOCATION
    for node in map(dict(enumerate(call.args)).get, places):
        yield from constant_texts(node)


def is_reader(node: ast.expr) -> bool:
    """Whether `report` is called of a reader of YAML, by the names that it has in the code."""
    return isinstance(node, ast.Name) and node.id in READERS


def constant_texts(node: ast.expr | None) -> Iterator[Any]:
    """The constant texts that an argument may be: itself, or one that a condition chooses."""
    if isinstance(node, ast.IfExp):
        yield from (text for part in (node.body, node.orelse) for text in constant_texts(part))
    elif isinstance(node, ast.BoolOp):
        yield from (text for part in node.values for text in constant_texts(part))
    elif node and is_text(node):
        yield node


def required_keys() -> Iterator[tuple[str, str]]:
    """Module and words of every described key that a file must have, from the pydantic models of files."""
    for package in FILES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            import_module(module.name)
    for model in sorted(models(BaseModel), key=lambda each: (each.__module__, each.__qualname__)):
        for key, field in model.model_fields.items():
            if model.__module__.startswith(FILES) and field.is_required() and field.description:
                yield model.__module__, key_words(model, key)


def models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All models that are based on one."""
    for model in base.__subclasses__():
        yield model
        yield from models(model)


def is_text(node: ast.expr) -> Any:
    """Whether a node is a constant text that is not empty."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)
