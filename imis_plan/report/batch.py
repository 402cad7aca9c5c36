"""All reports: check every scenario first, run the notebook for each, and put each finished report in place whole."""

import json
import os
import re
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from imis_plan.report import kernels, pdf, portfolio, render
from imis_plan.report.making import Files, InputsChangedError, Task, make
from imis_plan.report.staging import staged, write_whole
from imis_plan.scenario.faults import BadInput, Fault
from imis_plan.scenario.plan import find_parameters, load, scenarios
from imis_plan.views import i18n

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NOTEBOOK = Path("notebooks", "country_budget.ipynb")
FAILED = "report.failed.ipynb"
PARAMETERS = "parameters"
TAGGED = {
    PARAMETERS: "the cell that sets scenario and language",
    render.BRIEF: "the cells that make the briefing",
}


@dataclass(frozen=True)
class Result:
    """What became of one report; `reason` says why there is no new one and is None when there is."""

    name: str
    seconds: float = 0.0
    reason: str | None = None


def report(
    names: Iterable[str] = (),
    out: Path | str = "reports",
    *,
    parameters: Path | str | None = None,
    language: str | None = None,
    option: str | None = None,
    changes: Mapping[str, Any] | None = None,
    notebook: Path | str | None = None,
    jobs: int | None = None,
    paper: bool = False,
    brief: bool = False,
    on_result: Callable[[Result, int], None] | None = None,
) -> list[Result]:
    """Make the reports of the named scenarios, or of all, and the index; results in the order of the names.

    parameters : folder of the parameter files. notebook : the notebook to run. jobs : reports made at a time.
    paper : PDF beside each page. brief : the two pages for the cabinet.
    on_result : called with each result as it comes, and the number of reports in all.

    Raises BadInput, before any report is touched, when a named scenario has a fault. Without names a scenario with
    faults is one failed result among the others.
    """
    folder = Path(find_parameters(parameters))
    found = find_notebook(folder, notebook, tags=(PARAMETERS, render.BRIEF) if brief else (PARAMETERS,))
    plans, bad = _checked(list(dict.fromkeys(names)), folder, option, changes or {}, pdf.missing() if paper else [])
    if language:
        i18n.use(language)  # a language that nobody speaks is bad input, before any kernel starts
    tasks = [Task(plan, language or spoken(plan), found, folder, option, changes or {}, paper, brief) for plan in plans]
    results = []
    with closing(run(tasks, Path(out), jobs or os.cpu_count() or 1)) as made:
        for result in chain(bad, made):
            results.append(result)
            if on_result:
                on_result(result, len(bad) + len(tasks))
    portfolio.write(Path(out))
    return sorted(results, key=lambda result: result.name)


def spoken(plan: Any) -> str:
    """The scenario's own language where there is a catalogue for it, else English."""
    own: str = plan.about.language
    return own if own in i18n.languages() else i18n.SOURCE


def find_notebook(folder: Path, named: Path | str | None = None, tags: Iterable[str] = (PARAMETERS,)) -> Path:
    """The notebook that was named, else the one beside the parameters' folder, or beside the package.

    Raises BadInput when there is none.
    """
    usual = [folder.resolve().parent / NOTEBOOK, Path(__file__).parents[2] / NOTEBOOK]
    for place in [Path(named)] if named else usual:
        if place.is_file():
            return checked_notebook(place, tags)
    raise BadInput([Fault(Path(named or NOTEBOOK).as_posix(), None, "", "no such notebook", "name one with --notebook")])


def checked_notebook(place: Path, tags: Iterable[str] = (PARAMETERS,)) -> Path:
    """The notebook, if it has cells with these tags.

    Without one for its parameters papermill warns and every report is of one scenario.

    Raises BadInput when one is missing, or it is no notebook.
    """
    try:
        cells = json.loads(place.read_text(encoding="utf-8"))["cells"]
        found = {tag for cell in cells for tag in cell["metadata"].get("tags", ())}
    except (ValueError, KeyError, TypeError):
        raise BadInput([Fault(place.as_posix(), None, "", "not a notebook", "name a file made by Jupyter")]) from None
    missing = [tag for tag in tags if tag not in found]
    if missing:
        raise BadInput(
            [Fault(place.as_posix(), None, "", f"no cell tagged `{tag}`", f"tag {TAGGED[tag]} with it") for tag in missing]
        )
    return place


def _checked(
    names: list[str], folder: Path, option: str | None, changes: Mapping[str, Any], faults: list[Fault]
) -> tuple[list[Any], list[Result]]:
    """Plans of the scenarios, and failed results for the bad ones among those that nobody named; faults of the machine count."""
    plans, bad = [], {}
    for name in names or scenarios(folder):
        try:
            plans.append(_plan(name, folder, option, changes))
        except BadInput as error:
            bad[name] = error
    if faults or (names and bad):
        raise BadInput([*faults, *(fault for error in bad.values() for fault in error.faults)])
    if not plans and not bad:
        raise BadInput([Fault(folder.name, None, "", "no scenario in this folder", "make one with `imis-plan new NAME`")])
    return plans, [Result(name, reason=str(error)) for name, error in bad.items()]


def _plan(name: str, folder: Path, option: str | None, changes: Mapping[str, Any]) -> Any:
    if not NAME.fullmatch(name):  # it becomes the name of a folder
        right = "give a name that `imis-plan list` shows; another folder is named by --parameters"
        raise BadInput([Fault(name, None, "", "not the name of a scenario", right)])
    return load(name, option=option, parameters=folder, changes=dict(changes))


def run(tasks: list[Task], out: Path, jobs: int) -> Generator[Result, None, None]:
    """Make the reports, some at a time, each put in place or noted as failed as soon as it is made."""
    started = {}
    with ThreadPoolExecutor(max_workers=max(1, min(jobs, len(tasks)))) as pool:
        for task in tasks:
            started[pool.submit(_timed, task)] = task
        try:
            for future in as_completed(started):
                yield _kept(started[future], future, out)
        finally:
            _stop(pool, started)


def _stop(pool: ThreadPoolExecutor, futures: Iterable[Future[Any]]) -> None:
    """End what still runs, when somebody pressed Ctrl-C; nothing runs when all went well."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(future.done() for future in futures):
        kernels.stop_all()
        time.sleep(0.05)


def _timed(task: Task) -> tuple[Files, float]:
    start = time.perf_counter()
    try:
        return make(task), time.perf_counter() - start
    finally:
        kernels.close_loop()


def _kept(task: Task, future: Future[tuple[Files, float]], out: Path) -> Result:
    target = out / task.name
    try:
        files, seconds = future.result()
        keep(files, target)
    except kernels.NotebookError as failure:
        if failure.notebook is not None:
            write_whole(target / FAILED, kernels.text(failure.notebook))
        return Result(task.name, reason=str(failure))
    except (InputsChangedError, render.RenderError, pdf.PrintError) as error:
        return Result(task.name, reason=str(error))
    except Exception as error:  # noqa: BLE001 - one bad scenario does not stop the others; its reason is told at the end
        return Result(task.name, reason=f"{type(error).__name__}: {error}")
    return Result(task.name, seconds)


def keep(files: Files, target: Path) -> None:
    """Put the files of a finished report in place, all or none."""
    with staged(target) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
