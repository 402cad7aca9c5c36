"""An editable copy of a report notebook: chosen texts stand in cells of their own, in the words of one plan, to be rewritten."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from imis_plan.analysis.options import alternatives
from imis_plan.i18n import translate
from imis_plan.model.ledger import budget
from imis_plan.problems import BadInput, Problem, suggestion
from imis_plan.scenario.plan import Plan
from imis_plan.sections import narrative
from imis_plan.sentence import sentence

# A line of a cell that shows a text of the package: display.text(cost.text.headline(plan, ledger))
SHOWN = re.compile(r"display\.text\((?P<chapter>\w+)\.text\.(?P<name>\w+)\((?P<arguments>[\w, ]*)\)\)")
IMPORTS = re.compile(r"from imis_plan\.sections import \((?P<names>[^)]*)\)")
# The texts that analysts reword most; others are named.
USUAL = ("first_page.key_messages", "cost.headline", "cost.largest_components", "cost.by_year", "people.posts", "risk.cost_range")
CELL = '''\
display.text(
    narrative.fill(
        """
{text}
""",
        plan,
        ledger,
        language="{language}",
        name="{name}",
    )
)'''


class Shown(NamedTuple):
    """A text of the package that a notebook shows. arguments : names of the values that its function takes."""

    chapter: str
    name: str
    arguments: tuple[str, ...]

    @property
    def key(self) -> str:
        """What a user calls it: cost.headline."""
        return f"{self.chapter}.{self.name}"


def editable_copy(source: Path, plan: Plan, names: Collection[str] = ()) -> str:
    """The notebook `source` for one plan, as JSON, with the texts `names` to edit; without names, those of USUAL that it shows.

    The copy is in the language in use, and refuses another.

    Raises BadInput for names of texts that the notebook does not show.
    """
    notebook = nbformat.read(source, nbformat.NO_CONVERT)
    known = {shown.key for cell in notebook.cells for shown in texts_shown(cell)}
    unknown = [name for name in names if name not in known]
    if unknown:
        right = sentence("the notebook does not show such a text")
        raise BadInput(
            [Problem(source.name, None, "--text", right, suggestion(name, known, len(known)), name) for name in unknown]
        )
    chosen = set(names) or known & set(USUAL)
    values = values_of(plan)
    notebook.cells = [new for cell in notebook.cells for new in with_own_texts(cell, chosen, values)]
    for cell in notebook.cells:
        prepare(cell, plan)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def texts_shown(cell: Any) -> Iterator[Shown]:
    """The texts that the unindented lines of a code cell show."""
    lines = cell.source.splitlines() if cell.cell_type == "code" else []
    for found in filter(None, map(SHOWN.fullmatch, lines)):
        yield Shown(found["chapter"], found["name"], tuple(filter(None, found["arguments"].replace(" ", "").split(","))))


def values_of(plan: Plan) -> dict[str, Any]:
    """The values that a report notebook has under these names, and all chapters."""
    choices = alternatives(plan)
    return {"plan": plan, "ledger": budget(plan), "result": choices.simulation, "choices": choices, "actuals": None}


def with_own_texts(cell: Any, chosen: Collection[str], values: Mapping[str, Any]) -> Iterator[Any]:
    """A cell, split where it shows a chosen text, which gets a cell of its own."""
    texts = {shown.key: shown for shown in texts_shown(cell) if shown.key in chosen}
    if not texts:
        yield cell
        return
    rest: list[str] = []
    for line in cell.source.splitlines():
        found = SHOWN.fullmatch(line)
        shown = texts.get(f"{found['chapter']}.{found['name']}") if found else None
        if shown is None:
            rest.append(line)
            continue
        yield from same_cell(cell, rest)
        rest = []
        yield own_text_cell(cell, shown, values)
    yield from same_cell(cell, rest)


def same_cell(cell: Any, lines: Iterable[str]) -> Iterator[Any]:
    """A cell with some lines of another; none without lines."""
    if source := "\n".join(lines).strip("\n"):
        yield nbformat.from_dict({**cell, "id": f"{cell.id}-{len(source)}", "source": source})


def own_text_cell(cell: Any, shown: Shown, values: Mapping[str, Any]) -> Any:
    """A tagged cell with the text to edit."""
    function = getattr(import_module(f"imis_plan.sections.{shown.chapter}.text"), shown.name)
    words = function(*(values[name] for name in shown.arguments))
    template = narrative.template_of(words, values["plan"], values["ledger"]).replace("\\", "\\\\").replace('"""', r"\"\"\"")
    source = CELL.format(text=template, language=translate.current_language(), name=shown.key)
    tags = [*cell.metadata.get("tags", []), "own-text"]
    ident = f"text-{shown.key.replace('.', '-').replace('_', '-')}"
    return nbformat.from_dict({**cell, "id": ident, "source": source, "metadata": {**cell.metadata, "tags": tags}})


def prepare(cell: Any, plan: Plan) -> None:
    """Name the scenario and language of the copy, import `narrative`, and leave out outputs."""
    if cell.cell_type != "code":
        return
    cell.outputs, cell.execution_count = [], None
    if "parameters" in cell.metadata.get("tags", []):
        given = {"scenario": plan.name, "language": translate.current_language()}
        for name, value in given.items():
            cell.source = re.sub(rf'^{name} = ".*?"', f'{name} = "{value}"', cell.source, flags=re.MULTILINE)
    cell.source = IMPORTS.sub(lambda found: imported(found["names"]), cell.source)


def imported(names: str) -> str:
    """The import of the chapters, `narrative` among them."""
    listed = sorted({*re.findall(r"\w+", names), "narrative"})
    return "from imis_plan.sections import (\n" + "".join(f"    {name},\n" for name in listed) + ")"
