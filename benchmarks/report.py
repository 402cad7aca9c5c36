"""A report by part: where its processor time goes, what new parts take, and how often the model is evaluated.

Everything runs in this process, one step after the other, and each part is charged what it takes without the parts within it.
"""

import contextlib
import io
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import process_time
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from benchmarks import new_parts
from imis_plan import sections
from imis_plan.batch import data_files
from imis_plan.batch.task import Task
from imis_plan.kernels.preload import preload
from imis_plan.model.memoize import RecentResults
from imis_plan.model.simulated_cost import REMEMBERED
from imis_plan.page import pages
from imis_plan.scenario.folder import SIMULATIONS, find_parameters
from imis_plan.sections.figure_canvas import text_bitmap

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "notebooks" / "country_budget.ipynb"
SCENARIOS = ("nepal", "cameroon")
PARTS = ("load", "simulation", "options", "figures", "tables", "words", "files", "workbook", "page")
# What belongs to no part.
OTHER = "other"
# Functions of one part: module and name, as the code that calls them finds them.
FUNCTIONS = {
    "load": (("imis_plan.scenario.plan", "load"),),
    "simulation": (("imis_plan.model.simulation", "simulate_variants"), ("imis_plan.model.simulated_cost", "summarize")),
    "options": (("imis_plan.analysis.options", "alternatives"),),
    "figures": (("imis_plan.sections.display", "figure"),),
    "tables": (("imis_plan.sections.display", "table"), ("imis_plan.sections.display", "cards")),
    "words": (("imis_plan.sections.display", "text"),),
    "workbook": (("imis_plan.batch.data_files", "workbook"),),
}
# Modules of a chapter -> part.
MODULES = {"figures": "figures", "tables": "tables", "text": "words", "cards": "tables"}
COUNTED = {
    "evaluations": ("imis_plan.model.evaluate", "evaluate_values"),
    "ledgers": ("imis_plan.model.ledger", "taxes_by_row"),  # once for each whole ledger
}


class Meter:
    """Processor time by part; a part within another one is charged to itself only."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()
        self._parts = [OTHER]
        self._since = process_time()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Charge what happens in the block to a part."""
        self._charge()
        self._parts.append(name)
        try:
            yield
        finally:
            self._charge()
            self._parts.pop()

    def _charge(self) -> None:
        now = process_time()
        self.seconds[self._parts[-1]] += now - self._since
        self._since = now

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function, charged to a part."""

        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return run

    def counted(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function, counted."""

        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            self.counts[name] += 1
            return function(*args, **kwargs)

        return run


class Measured(NamedTuple):
    """Processor seconds of a report by part, and of each of `new_parts`; counts; and its executed notebook."""

    parts: dict[str, float]
    new: dict[str, float]
    counts: Counter[str]
    notebook: Any


def chapter_modules() -> Iterator[tuple[ModuleType, str]]:
    """Modules of the chapters with functions of one part, and the part."""
    for chapter in iter_modules(sections.__path__):
        if chapter.ispkg:
            for name, part in MODULES.items():
                with contextlib.suppress(ModuleNotFoundError):
                    yield import_module(f"imis_plan.sections.{chapter.name}.{name}"), part


def replacements(meter: Meter, new: Meter) -> Iterator[tuple[str, str, Callable[[Any], Any]]]:
    """Functions of a report, by their module and name, and how each is measured."""
    for part, places in FUNCTIONS.items():
        for place in places:
            yield *place, partial(meter.timed, name=part)
    for module, part in chapter_modules():
        for name, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__module__", "") == module.__name__ and not name.startswith("_"):
                yield module.__name__, name, partial(meter.timed, name=part)
    for counted, place in COUNTED.items():
        yield *place, partial(meter.counted, name=counted)
    for place in new_parts.FUNCTIONS:
        yield *place, partial(new.timed, name=f"function {'.'.join(place)}")
    for place in new_parts.OLDER:
        yield *place, partial(new.timed, name=OTHER)
    for name in new_parts.SHEETS:
        yield f"imis_plan.workbook.sheets.{name}", "write", partial(new.timed, name=f"sheet {name}")


@contextmanager
def metered(meter: Meter, new: Meter) -> Iterator[None]:
    """Charge the parts of a report, and what is new in it, while the block runs."""
    with contextlib.ExitStack() as stack:
        for place, name, measured in replacements(meter, new):
            module = import_module(place)
            stack.enter_context(patch.object(module, name, measured(getattr(module, name))))
        # As in a new process: no simulation is known, and no text is drawn.
        stack.enter_context(patch("imis_plan.model.simulated_cost.known", RecentResults(REMEMBERED)))
        text_bitmap.cache_clear()
        yield


def read_notebook(file: Path = NOTEBOOK) -> Any:
    """A notebook as nbformat reads it."""
    return nbformat.read(file, as_version=4)


def measure(scenario: str, notebook: Any = None) -> Measured:
    """Make the files of a report in this process, and measure. notebook : by default that of a country; it gets its outputs."""
    folder = Path(find_parameters()).resolve()
    preload(str(folder))
    InteractiveShell.instance()  # what cells show goes through it
    meter, new = Meter(), Meter()
    content = read_notebook() if notebook is None else notebook
    with metered(meter, new), contextlib.redirect_stdout(io.StringIO()), shared_simulations() as simulations:
        task = Task(scenario, folder, NOTEBOOK, Path(simulations))
        with meter.part("files"):
            record, _ = data_files.data_files(task)
        execute(content, scenario, record["language"], new)
        with meter.part("page"):
            content.metadata["imis_plan"] = {**record["about"], "made": {}, "files": []}
            pages.render_pages(content)
    return Measured(meter.seconds, {name: each for name, each in new.seconds.items() if name != OTHER}, meter.counts, content)


@contextmanager
def shared_simulations() -> Iterator[str]:
    """A folder of simulations for what makes the data files and what runs the notebook, which in a batch are two processes."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {SIMULATIONS: folder}):
        yield folder


def execute(notebook: Any, scenario: str, language: str, new: Meter) -> None:
    """Run the cells of a notebook one after the other, keep what they show, and charge statements that show what is new."""
    space: dict[str, Any] = {new_parts.CHARGED: new.part}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as shown:
            exec(compile(new_parts.charging(cell.source), str(NOTEBOOK), "exec"), space)  # noqa: S102 - our own notebook
        if "parameters" in cell.metadata.get("tags", ()):
            space |= {"scenario": scenario, "language": language}
        cell.outputs = [nbformat.v4.new_output("display_data", each.data, metadata=each.metadata) for each in shown.outputs]


def main(names: Sequence[str] = SCENARIOS, *, warm: bool = True) -> Any:
    """Print the parts of some reports, and return the executed notebook of the first. warm : without imports and fonts."""
    os.environ.setdefault("MPLBACKEND", "agg")
    if warm:
        measure(names[0])
    print("processor seconds of a report by part, in one process")
    print(f"  {'':12}" + "".join(f"{name:>11}" for name in (*PARTS, OTHER, "all")) + "   evaluations, ledgers")
    measured = {name: measure(name) for name in names}
    for name, found in measured.items():
        seconds = [*(found.parts[part] for part in (*PARTS, OTHER)), sum(found.parts.values())]
        counts = ", ".join(str(found.counts[counted]) for counted in COUNTED)
        print(f"  {name:12}" + "".join(f"{each:11.2f}" for each in seconds) + f"   {counts}")
    return measured[names[0]].notebook


if __name__ == "__main__":
    main()
