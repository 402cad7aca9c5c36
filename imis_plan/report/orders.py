"""Which reports are wanted: of named scenarios, of all, or of the rows of a table; each a task, or a problem."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from imis_plan.i18n import translate
from imis_plan.page import pdf
from imis_plan.page.brief import BRIEF
from imis_plan.report import freshness, manifest, runs
from imis_plan.report.making import Request, Task
from imis_plan.report.outcome import CURRENT, Result
from imis_plan.report.tags import PARAMETERS, TAGGED
from imis_plan.scenario.folder import RESERVED, find_parameters, scenarios
from imis_plan.scenario.problems import BadInput, Problem

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NOTEBOOK = Path("notebooks", "country_budget.ipynb")


@dataclass(frozen=True)
class Orders(Request):
    """What a user asks of a batch; arguments of `batch.report`."""

    names: tuple[str, ...] = ()
    out: Path = Path("reports")
    parameters: Path | str | None = None
    notebook: Path | str | None = None
    table: Path | str | None = None
    force: bool = False
    shard: tuple[int, int] | None = None


@dataclass(frozen=True)
class Work:
    """What follows from orders: tasks with why each is to be done, reports that are current, and what is wrong with others.

    known : names of all scenarios there are. source : name of the folder or table they stand in.
    batch : hash of all that a batch cut into shards is made from, the other shards' part included; empty for one that is whole.
    """

    tasks: list[tuple[Task, str]]
    current: list[Result]
    bad: list[Result]
    known: frozenset[str]
    source: str
    batch: str = ""


@contextmanager
def work(orders: Orders, on_stale: Callable[[Task], None] | None = None) -> Iterator[Work]:
    """What is to be done. While the block runs, scenario files made from a table exist.

    on_stale : called with each task that is not current, as soon as that is known and before its scenario is checked.

    Raises BadInput, before anything is touched, when a named scenario or a row has a problem.
    """
    if orders.language:
        translate.require_catalogue(orders.language)  # a language that nobody speaks is bad input, before any kernel starts
    folder = Path(find_parameters(orders.parameters))
    notebook = find_notebook(folder, orders.notebook, (PARAMETERS, BRIEF) if orders.brief else (PARAMETERS,))
    if orders.table is None:
        yield sorted_out(orders, folder, notebook, [*dict.fromkeys(orders.names)], on_stale)
        return
    run = runs.Run(runs.temporary(), runs.PREFIX)
    try:
        into = run.folder / Path(orders.table).stem
        yield sorted_out(orders, into, notebook, written(orders, folder, into), on_stale)
    finally:
        run.close()


def written(orders: Orders, folder: Path, into: Path) -> list[str]:
    """Names of the scenarios of a table or of a folder, whose files are written into another folder beside what they rest on."""
    from imis_plan.scenario import scenario_table

    source = Path(str(orders.table))
    if len(orders.names) > 1 or (source.is_dir() and orders.names):
        right = "name one scenario, the base of all rows" if source.is_file() else "a folder has all its scenarios"
        raise BadInput([Problem("--scenarios", None, "", f"with {', '.join(orders.names)}", right)])
    into.mkdir()
    for file in folder.glob("*.yaml"):  # what they share, and what they may be based on
        shutil.copyfile(file, into / file.name)
    if not source.is_dir():
        return scenario_table.write(source, folder, into, next(iter(orders.names), None))
    files = [file for file in sorted(source.glob("*.yaml")) if file.stem not in RESERVED and file.stem[0] not in "._"]
    for file in files:
        shutil.copyfile(file, into / file.name)
    return [file.stem for file in files]


def sorted_out(
    orders: Orders, folder: Path, notebook: Path, names: list[str], on_stale: Callable[[Task], None] | None = None
) -> Work:
    """Tasks, current reports and problems of the named scenarios, or of all."""
    known = scenarios(folder)
    if not known and not names:
        raise BadInput([Problem(folder.name, None, "", "no scenario in this folder", "make one with `imis-plan new NAME`")])
    chosen = sorted(names or known)
    first, step = orders.shard or (1, 1)
    problems = pdf.check_browser() if orders.paper and not orders.ledger_only else []
    machine = bool(problems)
    model = Task("", folder, notebook, **orders.asked)
    batch = fingerprint(model, chosen) if orders.shard else ""
    found = Work([], [], [], frozenset(known), folder.name, batch)
    for name in chosen[first - 1 :: step]:
        try:
            take(found, replace(model, name=name), orders, on_stale)
        except BadInput as error:
            found.bad.append(Result(name, reason=str(error)))
            problems += error.problems
    if machine or (names and problems):
        raise BadInput(problems)
    return found


def fingerprint(model: Task, names: Iterable[str]) -> str:
    """Hash of all that reports of these scenarios are made from: shards with the same one are parts of one batch."""
    there = [name for name in names if (model.folder / f"{name}.yaml").is_file()]
    made_from = [manifest.inputs(name, model.folder, model.notebook) for name in there]
    return manifest.sha256(json.dumps([manifest.package(), manifest.versions(), model.shown, there, made_from]).encode())


def take(found: Work, task: Task, orders: Orders, on_stale: Callable[[Task], None] | None = None) -> None:
    """Put a task where it belongs. Raises BadInput when its scenario has problems."""
    if not NAME.fullmatch(task.name):  # it becomes the name of a folder
        right = "give a name that `imis-plan list` shows; another folder is named by --parameters"
        raise BadInput([Problem(task.name, None, "", "not the name of a scenario", right)])
    why = freshness.why(task, orders.out)
    if why is None and not orders.force:
        found.current.append(Result(task.name, status=CURRENT, why="nothing it was made from has changed"))
        return
    if on_stale:
        on_stale(task)
    if orders.table is None or Path(orders.table).is_dir():  # rows were checked when their files were written
        replace(task).plan  # noqa: B018 - loaded for its problems; the task itself loads it when its turn comes
    found.tasks.append((task, why or "--force"))


def find_notebook(folder: Path, named: Path | str | None = None, tags: Iterable[str] = (PARAMETERS,)) -> Path:
    """The notebook that was named, else the one beside the parameters' folder, or beside the package.

    Raises BadInput when there is none.
    """
    usual = [folder.resolve().parent / NOTEBOOK, Path(__file__).parents[2] / NOTEBOOK]
    for place in [Path(named)] if named else usual:
        if place.is_file():
            return checked_notebook(place, tags)
    raise BadInput([Problem(Path(named or NOTEBOOK).as_posix(), None, "", "no such notebook", "name one with --notebook")])


def checked_notebook(place: Path, tags: Iterable[str] = (PARAMETERS,)) -> Path:
    """The notebook, if it has cells with these tags.

    Without one for its parameters papermill warns and every report is of one scenario.

    Raises BadInput when one is missing, or it is no notebook.
    """
    try:
        cells = json.loads(place.read_text(encoding="utf-8"))["cells"]
        found = {tag for cell in cells for tag in cell["metadata"].get("tags", ())}
    except (ValueError, KeyError, TypeError):
        raise BadInput([Problem(place.as_posix(), None, "", "not a notebook", "name a file made by Jupyter")]) from None
    missing = [tag for tag in tags if tag not in found]
    if missing:
        raise BadInput(
            [Problem(place.as_posix(), None, "", f"no cell tagged `{tag}`", f"tag {TAGGED[tag]} with it") for tag in missing]
        )
    return place
