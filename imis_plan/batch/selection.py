"""Which reports are requested: of named scenarios, of all, of a table or of another folder.

Each is a task, a current report or a problem.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from imis_plan.batch import manifest, staleness
from imis_plan.batch.results import Result, Status
from imis_plan.batch.task import Request, Task
from imis_plan.i18n import translate
from imis_plan.kernels import tempdirs
from imis_plan.page import pdf
from imis_plan.page.selected_cells import ANNEX_TAG, BRIEF_TAG
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import (
    CHARTS,
    NOT_SCENARIOS,
    OBSERVATIONS,
    PACKAGE_PARAMETERS,
    PROCUREMENT,
    SCHEMA,
    available_scenarios,
    find_parameters,
    package_folder,
    parameter_file,
    scenarios,
)
from imis_plan.scenario.scenario_name import NOT_A_NAME, is_name, name_problem, printable
from imis_plan.sentence import sentence

NOTEBOOKS, NOTEBOOK = "notebooks", "country_budget.ipynb"
PARAMETERS_TAG = "parameters"
TAGS = {
    PARAMETERS_TAG: "the cell that sets scenario and language",
    BRIEF_TAG: "the cells that make the briefing",
    ANNEX_TAG: "the heading of the annex",
}
OnStale = Callable[[Task], None]


@dataclass(frozen=True)
class BatchRequest(Request):
    """What a user requests; arguments of `run.make_reports`."""

    names: tuple[str, ...] = ()
    out: Path = Path("reports")
    parameters: Path | str | None = None
    notebook: Path | str | None = None
    scenarios_source: Path | str | None = None
    ignored_columns: tuple[str, ...] = ()
    force: bool = False
    shard: tuple[int, int] | None = None


@dataclass(frozen=True)
class Selection:
    """The reports of a request: stale ones as tasks, each with the reason, and results of the current and the invalid ones.

    known : names of all scenarios there are. source : name of the folder or table they are in.
    batch_hash : hash of all inputs of a batch, those of its other shards included; empty without shards.
    """

    known: frozenset[str]
    source: str
    batch_hash: str = ""
    tasks: list[tuple[Task, str]] = field(default_factory=list)
    current: list[Result] = field(default_factory=list)
    invalid: list[Result] = field(default_factory=list)


@contextmanager
def select(request: BatchRequest, on_stale: OnStale | None = None) -> Iterator[Selection]:
    """What is to be done. While the block runs, scenario files made from a table or copied from a folder exist.

    on_stale : called with each task that is not current, as soon as that is known and before its scenario is checked.

    Raises BadInput, before anything is touched, when a named scenario or a row has a problem.
    """
    if request.language:
        translate.require_catalogue(request.language)  # a language without a catalogue is bad input, before any kernel starts
    folder = Path(find_parameters(request.parameters))
    tags = [PARAMETERS_TAG, *([BRIEF_TAG] if request.brief else []), *([ANNEX_TAG] if request.annex else [])]
    notebook = find_notebook(folder, request.notebook, tags)
    if request.scenarios_source is None:
        if request.ignored_columns:
            raise BadInput([no_table()])
        yield select_tasks(request, folder, notebook, [*dict.fromkeys(request.names)], on_stale)
        return
    tempdir = tempdirs.TempDir(tempdirs.folder_for_sockets())
    try:
        copy = tempdir.folder / printable(Path(request.scenarios_source).stem).replace("\\", "")
        yield select_tasks(request, copy, notebook, write_scenarios(request, folder, copy), on_stale)
    finally:
        tempdir.close()


def no_table() -> Problem:
    """The problem of columns to be ignored where there is no table."""
    return Problem("--ignore-columns", None, "", "there is no table", "name one with --scenarios, or leave the argument out")


def write_scenarios(request: BatchRequest, folder: Path, copy: Path) -> list[str]:
    """Names of the scenarios of a table or of a folder, written into another folder with all they are based on."""
    from imis_plan.scenario import scenario_table

    source = Path(str(request.scenarios_source))
    if len(request.names) > 1 or (source.is_dir() and request.names):
        remedy = (
            sentence("name one scenario, the base of all rows")
            if source.is_file()
            else sentence("a folder has all its scenarios")
        )
        raise BadInput(
            [
                Problem(
                    "--scenarios", None, "", sentence("cannot be combined with {names}", names=", ".join(request.names)), remedy
                )
            ]
        )
    copy.mkdir()
    own_prices = [folder / OBSERVATIONS] if folder.resolve() != PACKAGE_PARAMETERS else []
    for file in (*folder.glob("*.yaml"), folder / SCHEMA, *own_prices):  # what they share, and what they may be based on
        if file.is_file():
            shutil.copyfile(file, copy / file.name)
    for name in (CHARTS, PROCUREMENT):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, copy / name)
    if not source.is_dir():
        base, draft = next(iter(request.names), None), request.draft or None
        return scenario_table.write(source, folder, copy, base, request.ignored_columns, draft=draft)
    if request.ignored_columns:
        raise BadInput([no_table()])
    files = [file for file in sorted(source.glob("*.yaml")) if file.stem not in NOT_SCENARIOS and file.stem[0] not in "._"]
    for file in files:
        shutil.copyfile(file, copy / file.name)
    return [file.stem for file in files]


def select_tasks(
    request: BatchRequest, folder: Path, notebook: Path, names: list[str], on_stale: OnStale | None = None
) -> Selection:
    """Tasks, current reports and problems of the named scenarios, or of all."""
    own = scenarios(folder)
    if not own and not names:
        raise BadInput([Problem(folder.name, None, "", "no scenario in this folder", "make one with `imis-plan new NAME`")])
    chosen = sorted(names or own)
    first, step = request.shard or (1, 1)
    problems = pdf.check_browser() if request.pdf and not request.ledger_only else []
    no_browser = bool(problems)
    template = Task("", folder, notebook, **request.as_dict())
    batch_hash = compute_batch_hash(template, chosen) if request.shard else ""
    selection = Selection(frozenset(available_scenarios(folder)), folder.name, batch_hash)
    for name in chosen[first - 1 :: step]:
        try:
            add_task(selection, replace(template, name=name), request, on_stale)
        except BadInput as error:
            unanswered = all(problem.question for problem in error.problems)
            selection.invalid.append(Result(printable(name), error=str(error), unanswered=unanswered))
            problems += error.problems
    if no_browser or (names and problems):
        raise BadInput(problems) if not all(problem.question for problem in problems) else open_questions(problems)
    return selection


def open_questions(problems: list[Problem]) -> BadInput:
    """The error for scenarios without other problems."""
    from imis_plan.scenario.open_questions import OpenQuestions  # with pydantic, which current reports do not need

    return OpenQuestions(problems)


def compute_batch_hash(template: Task, names: Iterable[str]) -> str:
    """Hash of all that reports of these scenarios are made from: shards with the same one are parts of one batch."""
    found = [name for name in names if parameter_file(template.folder, f"{name}.yaml").is_file()]
    inputs = [manifest.inputs(name, template.folder, template.notebook) for name in found]
    return manifest.sha256(json.dumps([manifest.package(), manifest.versions(), template.content_fields, found, inputs]).encode())


def add_task(selection: Selection, task: Task, request: BatchRequest, on_stale: OnStale | None = None) -> None:
    """Add a task to those to do, or its report to the current ones. Raises BadInput when its scenario has problems."""
    if not is_name(task.name):  # it becomes the name of a folder
        raise BadInput([bad_name(task)])
    reason = staleness.stale_reason(task, request.out)
    if reason is None and not request.force:
        why, warnings = sentence("nothing it was made from has changed"), staleness.warnings_of(request.out / task.name)
        selection.current.append(Result(task.name, status=Status.CURRENT, reason=why, warnings=warnings))
        return
    if on_stale:
        on_stale(task)
    if (
        request.scenarios_source is None or Path(request.scenarios_source).is_dir()
    ):  # rows were checked when their files were written
        replace(task).plan  # noqa: B018 - loaded for its problems; the task itself loads it when its turn comes
    selection.tasks.append((task, reason or "--force"))


def bad_name(task: Task) -> Problem:
    """The problem of a name that no scenario can have: of its file, or of what was typed where no file is called so."""
    file = parameter_file(task.folder, f"{Path(task.name).name}.yaml")
    if file.is_file() and (problem := name_problem(file)):
        return problem
    remedy = sentence("give a name that `imis-plan list` shows; another folder is named by --parameters")
    return Problem(printable(task.name), None, "", NOT_A_NAME, remedy)


def find_notebook(
    folder: Path, named: Path | str | None = None, tags: Iterable[str] = (PARAMETERS_TAG,), option: str = "--notebook"
) -> Path:
    """The notebook that was named, else the one next to the parameters' folder, or that of the package.

    option : of the command line, which names a notebook.

    Raises BadInput when there is none.
    """
    usual = [folder.resolve().parent / NOTEBOOKS / NOTEBOOK, package_folder(NOTEBOOKS) / NOTEBOOK]
    for path in [Path(named)] if named else usual:
        if path.is_file():
            return check_notebook(path, tags)
    right = sentence("name one with {option}", option=option)
    raise BadInput([Problem(Path(named or f"{NOTEBOOKS}/{NOTEBOOK}").as_posix(), None, "", "no such notebook", right)])


def check_notebook(path: Path, tags: Iterable[str] = (PARAMETERS_TAG,)) -> Path:
    """The notebook, if it has cells with these tags.

    Without one for its parameters papermill warns and every report is of the scenario that the notebook names.

    Raises BadInput when one is missing, or it is no notebook.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found = {tag for cell in cells for tag in cell["metadata"].get("tags", ())}
    except (ValueError, KeyError, TypeError):
        raise BadInput([Problem(path.as_posix(), None, "", "not a notebook", "name a file made by Jupyter")]) from None
    missing = [tag for tag in tags if tag not in found]
    if missing:
        where = path.as_posix()
        raise BadInput(
            [
                Problem(
                    where, None, "", sentence("no cell tagged `{tag}`", tag=tag), sentence("tag {text} with it", text=TAGS[tag])
                )
                for tag in missing
            ]
        )
    return path
