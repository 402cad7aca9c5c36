"""All messages to translate, extracted from code, templates, budget lines, notebooks and parameter files."""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import extract_from_dir

from imis_plan.facts.currencies import expected_inflation
from imis_plan.i18n.translate import UNIT
from imis_plan.model.components.capacity import LEVEL_LABELS
from imis_plan.model.evaluate import driver_formulas
from imis_plan.page.translation import paragraphs
from imis_plan.scenario.from_facts import REASONS
from imis_plan.scenario.line_attributes import FILE as CATALOGUE, EconomicClass, Package, line_catalogue
from imis_plan.scenario.price_library import price_library
from imis_plan.scenario.yaml_file import read
from tools.line_formulas import symbolic_lines
from tools.method_tables import ANY_ROLE
from tools.problem_messages import required_keys

ROOT = Path(__file__).parents[1]
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "sentence": None, "plural": (1, 2), "counted_sentence": (1, 2)}
# How each kind of file is read. The words of budget lines come from the lines themselves, which join some of them from parts.
METHODS = [
    ("model/components/__init__.py", "python"),
    ("model/components/**.py", "ignore"),
    ("**.py", "tools.problem_messages:extract"),
    ("page/templates/**.j2", "jinja2.ext:babel_extract"),
]
# Keys of parameter files whose values readers see. Titles and publishers in sources.yaml stay in the language of the publication.
TEXTS = frozenset({
    "description", "title", "title_plural", "tasks", "needs", "text", "target", "notes", "note", "what", "basis",
    "why_below", "why_above", "funder", "tax_bearer", "question", "meaning",
})  # fmt: skip
ABOUT = frozenset({"country", "scheme"})
WORD = re.compile(r"[^\W\d_]{2}")


class Message(NamedTuple):
    """A text to translate: its file, the text (or singular and plural), and its context, None for a sentence."""

    file: str
    text: str | tuple[str, ...]
    context: str | None = None


def messages() -> Iterator[Message]:
    """Every message of the project, in the order in which a translator meets the files."""
    yield from notebook_messages()
    yield from code_messages()
    yield from line_messages()
    yield from driver_messages()
    yield from parameter_messages()
    yield from item_messages()
    yield from facts_messages()
    yield from key_messages()


def code_messages() -> Iterator[Message]:
    """Sentences of the package and of its templates."""
    package = ROOT / "imis_plan"
    options = {"**.j2": {"silent": "false"}}
    for file, _line, text, _comments, context in extract_from_dir(package, METHODS, options, KEYWORDS):
        yield Message(f"imis_plan/{Path(file).as_posix()}", text, context)


def line_messages() -> Iterator[Message]:
    """Names, calculations and reasons of all budget lines."""
    for component, found in symbolic_lines((ANY_ROLE,)).items():
        for line in found:
            file = f"imis_plan/model/components ({component})"
            yield from (Message(file, text) for text in (line.label, line.working, line.exclusion_reason) if text)
            yield from (Message(file, part, UNIT) for part in unit_parts(line.unit))


def driver_messages() -> Iterator[Message]:
    """What every driver is, as its docstring says, and the levels of training that some are for; the workbook lists them."""
    yield from (Message("imis_plan/model/components/capacity.py", text) for text in LEVEL_LABELS.values())
    for function in driver_formulas((ANY_ROLE,)).values():
        plain = getattr(function, "func", function)
        text, _bracket, unit = (inspect.getdoc(plain) or "").split("\n", maxsplit=1)[0].rpartition("[")
        file = f"{plain.__module__.replace('.', '/')}.py"
        if text.strip():
            yield Message(file, text.strip())
            yield from (Message(file, part, UNIT) for part in unit_parts(unit.rstrip("]")))


def notebook_messages() -> Iterator[Message]:
    """The text of the notebooks that reports are made from, paragraph by paragraph: those that take a language."""
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        given = "".join(line for cell in cells if "parameters" in cell["metadata"].get("tags", ()) for line in cell["source"])
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown" and "language = " in given]
        yield from (Message(f"notebooks/{path.name}", words) for text in texts for _mark, words in paragraphs(text) if words)


def parameter_messages() -> Iterator[Message]:
    """The words of parameter files: descriptions, reasons, roles, options, funders, benchmarks, units, choices, classes."""
    for path in sorted(ROOT.glob("parameters/*.yaml"), key=lambda path: (path.stem != "defaults", path.stem)):
        data, file = read(path).data, f"parameters/{path.name}"
        if path.stem == "units":
            yield from (Message(file, text, UNIT) for text in unit_parts_of_file(data))
        elif path.stem != "sources":
            yield from (Message(file, text, context) for text, context in parameter_texts(data) if WORD.search(text))
    yield from (Message(f"imis_plan/scenario/{CATALOGUE.name}", each.title) for each in catalogue_titles())


def catalogue_titles() -> Iterator[EconomicClass | Package]:
    """What has a title in the catalogue of lines: economic classes and procurement packages."""
    yield from line_catalogue().classes.values()
    yield from line_catalogue().packages.values()


def item_messages() -> Iterator[Message]:
    """The units of observed prices, which `imis-plan prices` lists."""
    file = "parameters/observation_items.csv"
    for item in price_library(ROOT / "parameters").items.values():
        yield from (Message(file, part, UNIT) for part in unit_parts(item.unit))


def facts_messages() -> Iterator[Message]:
    """Why the facts expect an inflation rate, and why a value of a scenario is assumed for want of a fact."""
    yield from (Message("imis_plan/facts/data/expected_inflation.csv", each.reason) for each in expected_inflation().values())
    yield from (Message("imis_plan/scenario/from_facts.py", reason) for reason in REASONS)


def key_messages() -> Iterator[Message]:
    """What each key is that a file must have, as a problem says where it is missing."""
    yield from (Message(f"{module.replace('.', '/')}.py", words) for module, words in required_keys())


def unit_parts_of_file(data: Any) -> Iterator[str]:
    """The parts of all units."""
    for name in (*data["units"], *data["money"]):
        yield from unit_parts(name)


def unit_parts(unit: str) -> Iterator[str]:
    """What a unit is made of: person-day, and not USD/person-day."""
    yield from filter(WORD.search, (unit,) if unit == "yes/no" else unit.split("/"))


def parameter_texts(data: Any, key: Any = None) -> Iterator[tuple[str, str | None]]:
    """(text, context) of what readers see in the data of a file; texts given by language are left to their author."""
    if isinstance(data, dict) and key == "choices":
        yield from ((name, None) for name in data.values())
    elif isinstance(data, dict) and "en" not in data:
        for name, value in data.items():
            yield from parameter_texts(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from parameter_texts(value, key)
    elif isinstance(data, str):
        yield from translatable_text(key, data)


def translatable_text(key: Any, text: str) -> Iterator[tuple[str, str | None]]:
    """A text as readers see it; of a source, the text after its key."""
    if key == "source":
        _key, _colon, place = text.partition(": ")
        yield place, None
    elif key in TEXTS or key in ABOUT:
        yield text, None
