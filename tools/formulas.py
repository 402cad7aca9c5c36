"""Print formulas and tables into the pages of this folder, from the code and the parameters: `python -m tools.formulas`.

A page holds markers; the text between a marker and its end is generated and never edited:

    <!-- formula: imis_plan.model.drivers.insured -->
    <!-- end -->

`formula` takes the dotted name of a function; `table` takes a name of `tools.method_tables.TABLES` and its arguments.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.method_tables import TABLES

PAGES = ("method.md", "openimis.md", "prices.md", "../README.md")
FOLDER = Path(__file__).parents[1] / "docs"
MARKED = re.compile(r"(?P<start><!-- (?P<kind>formula|table): (?P<name>[^>]+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
UNIT = re.compile(r"^(?P<says>.*?) ?(?P<unit>\[[^]]+\](?:, \[[^]]+\])*)?$")
Place = tuple[int, int]
Span = tuple[Place, Place]
ARGUMENT = re.compile(r"^(\w+(?:, \w+)*) : .+(?:\n(?:   .*))*", re.MULTILINE)


class UnknownMarker(LookupError):
    """A marker names something that is not there."""


def find_function(name: str) -> Callable[..., Any]:
    """The function of a dotted name, as in `imis_plan.model.money.Prices.factors`."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: Any = reduce(getattr, parts[cut:], import_module(".".join(parts[:cut])))
        except ModuleNotFoundError:
            continue
        except AttributeError:
            break
        return found
    raise UnknownMarker(f"{name}: no such function; rename the marker or take it out")


def text_of(node: ast.expr, known: dict[str, str]) -> str | None:
    """A text that the code puts together, with <name> for what is known only when it runs; None for anything else."""
    text: str | None = None
    match node:
        case ast.Constant(value=str(constant)):
            text = constant
        case ast.JoinedStr(values=values):
            text = "".join(text_of(value, known) or "" for value in values)
        case ast.FormattedValue(value=value):
            text = f"<{ast.unparse(value).removesuffix('.key')}>"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            both = text_of(left, known), text_of(right, known)
            text = None if None in both else f"{both[0]}{both[1]}"
        case ast.Call(func=ast.Attribute(value=template, attr="format"), args=[ast.Name(id=name)]):
            text = (text_of(template, known) or "").replace("{}", f"<{name}>")
        case ast.Name(id=name):
            text = known.get(name, f"<{name}>")
        case ast.Attribute():
            text = f"<{ast.unparse(node)}>"
    return text


def texts_in(body: list[ast.stmt]) -> dict[str, str]:
    """Names to which the function gives a text: `of = f"server.sizing.{part}_"`."""
    known: dict[str, str] = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str()) | ast.JoinedStr() | ast.Call()):
                text = text_of(statement.value, known)
                if text is not None:
                    known[name] = text
    return known


def replacements(body: list[ast.stmt], known: dict[str, str], result: str | None) -> Iterator[tuple[Span, str]]:
    """What to print in place of a piece of code: `v["x.y"]` is the name x.y, and `return x` says what is returned."""
    for node in (node for statement in body for node in ast.walk(statement)):
        match node:
            case ast.Subscript(value=ast.Name(id="v"), slice=index) if text := text_of(index, known):
                yield span(node), text
            case ast.Call(args=[ast.Name(id="v") as v, second, *_]):
                yield (start_of(v), start_of(second)), ""
            case ast.Return(value=ast.expr() as value) if result and node.lineno == value.lineno:
                yield (start_of(node), start_of(value)), f"{result} = "


def start_of(node: ast.expr | ast.stmt) -> Place:
    """Line and column at which a piece of code begins."""
    return node.lineno, node.col_offset


def span(node: ast.expr) -> Span:
    """Where a piece of code begins and ends."""
    return start_of(node), (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)


def replace_spans(source: str, first_line: int, changes: list[tuple[Span, str]]) -> str:
    """The source from a line on, with some pieces replaced; of two that overlap the outer one counts."""
    text, lengths = source.encode(), [len(line) for line in source.encode().splitlines(keepends=True)]
    pieces, at = [], sum(lengths[: first_line - 1])
    for (start, end), new in sorted(changes):
        first, last = (sum(lengths[: line - 1]) + column for line, column in (start, end))
        if first >= at:
            pieces += [text[at:first].decode(), new]
            at = last
    return "".join([*pieces, text[at:].decode()])


def formula_code(function: Callable[..., Any], name: str) -> str:
    """The body of a function without its docstring, written as a formula."""
    source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise UnknownMarker(f"{name}: not a function")
    body = tree.body if ast.get_docstring(tree) is None else tree.body[1:]
    known = texts_in(body)
    returns = sum(isinstance(node, ast.Return) for node in ast.walk(tree))
    changes = list(replacements(body, known, tree.name if returns == 1 else None))
    text = textwrap.dedent(replace_spans(source, body[0].lineno, changes)).strip("\n").replace("lambda: ", "")
    return "\n".join(line for line in text.splitlines() if not sets_text(line, known))


def sets_text(line: str, known: dict[str, str]) -> bool:
    """Whether a line only names a text, which is written out where it is used."""
    return any(re.match(rf"{name} = f?['\"]", line) for name in known)


def arguments(function: Callable[..., Any]) -> list[str]:
    """What the docstring says about plain arguments, one line each."""
    found = ARGUMENT.finditer(inspect.getdoc(function) or "")
    return ["# " + " ".join(match.group().split()) for match in found]


def formula(name: str) -> str:
    """What a function gives, its unit, and the formula."""
    function = find_function(name)
    short = function.__name__
    head = (inspect.getdoc(function) or "").partition("\n\n")[0].replace("\n", " ")
    parts = UNIT.match(head)
    says, unit = (parts["says"], parts["unit"] or "") if parts else (head, "")
    takes = [arg for arg in inspect.signature(function).parameters if arg not in ("v", "self")]
    called = f"{short}({', '.join(takes)})" if takes else short
    code = "\n".join([*arguments(function), formula_code(function, name)])
    return f"`{called}` – {says} {escape_brackets(unit)}".rstrip() + f"\n```text\n{code}\n```\n"


def escape_brackets(unit: str) -> str:
    """A unit in square brackets that is not taken for a link."""
    return unit and "**" + unit.replace("[", "\\[").replace("]", "\\]") + "**"


def generated_text(kind: str, name: str) -> str:
    """What belongs between a marker and its end."""
    if kind == "formula":
        return formula(name)
    table, *rest = name.split()
    if table not in TABLES:
        raise UnknownMarker(f"{name}: no such table; there are {', '.join(TABLES)}")
    return TABLES[table](*rest)


def fill_page(page: str) -> str:
    """The page with everything between its markers made anew."""
    return MARKED.sub(lambda m: m["start"] + generated_text(m["kind"], m["name"]) + m["end"], page)


def marker_names(page: str, kind: str) -> list[str]:
    """Names in the markers of one kind."""
    return [match["name"] for match in MARKED.finditer(page) if match["kind"] == kind]


def main() -> None:
    """Bring the pages in step with the code."""
    for name in PAGES:
        page = FOLDER / name
        page.write_text(fill_page(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
