"""Fill in a new scenario from a notebook: values go into the form that `imis-plan new` writes; its comments are kept."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario import new_file, new_scenario
from imis_plan.scenario.folder import DEFAULTS, FOLDER, find_parameters, is_installed
from imis_plan.scenario.location import Location
from imis_plan.scenario.open_questions import TO_CONFIRM
from imis_plan.scenario.own_folder import begin_parameters
from imis_plan.scenario.plan import raise_problems
from imis_plan.scenario.save import flow_yaml
from imis_plan.scenario.yaml_file import Document, parse

# Written above the source, because the form has no lines for them.
RANGE_KEYS = ("low", "high", "price_year")
OWN_PLANS = "my_plans"


def own_folder(parameters: str | Path | None = None) -> Path:
    """A folder for the user's own plans, made if needed: what is not in it comes from the package.

    In a project made by `imis-plan init` it is that of the project; in a checkout it is `my_plans/parameters` next to the shared
    files, and outside any project it is there in the current folder.

    parameters : the folder at hand; by default as for `find_parameters`. It sets IMIS_PLAN_PARAMETERS, so that `load` and
    commands started from this kernel use the folder.
    """
    shared = find_parameters(parameters)
    layered = not (shared / DEFAULTS).is_file()
    parent = Path.cwd() if is_installed(shared) else shared.parent
    own = shared if layered or parent.name == OWN_PLANS else parent / OWN_PLANS / FOLDER
    os.environ["IMIS_PLAN_PARAMETERS"] = str(begin_parameters(own))
    return own


def create_form(name: str, folder: Path, country: str | None = None) -> Path:
    """The file of a scenario: a new one, or the existing file unchanged; `country` as for `new_scenario.write`."""
    path = new_file.scenario_path(name, folder)
    return path if path.exists() else new_scenario.write(name, folder, country)


def fill_in_form(
    path: Path, about: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]], confirmed: Collection[str] = ()
) -> None:
    """Write values into the file of a scenario, all or none; arguments and errors as for `filled_in`."""
    text = filled_in(path.read_text(encoding="utf-8"), path, about, answers, confirmed)
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def filled_in(
    text: str,
    path: Path,
    about: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, Any]],
    confirmed: Collection[str] = (),
) -> str:
    """The text of a scenario with values in it.

    about : values of the `about` section. answers : path of a parameter -> value, source, confidence, low and high; a range
    of None loses its lines.
    confirmed : parts that need not be confirmed any more.

    Raises BadInput for keys that are not in the form; `load` checks the values.
    """
    document = parse(text, path)
    location, lines = Location(document), text.splitlines()
    given: list[tuple[tuple[str, ...], Any]] = [(("about", key), value) for key, value in about.items()]
    given += [((*parameter.split("."), key), value) for parameter, entry in answers.items() for key, value in entry.items()]
    form = Form(document, lines, {}, set())
    for keys, value in given:
        form.set_value(keys, value, location.below(*keys))
    form.confirm(confirmed)
    raise_problems(location.found)
    return "\n".join(form.text_lines()) + "\n"


@dataclass(frozen=True)
class Form:
    """The lines of a form, the lines to insert above some of them, and those to remove, by line number from 0."""

    document: Document
    lines: list[str]
    added: dict[int, list[str]]
    removed: set[int]

    def set_value(self, keys: tuple[str, ...], value: Any, location: Location) -> None:
        """Write a value into its line, or above the source if the form has no line for it; a range of None loses its line."""
        number, source = self.document.lines.get(keys), self.document.lines.get((*keys[:-1], "source"))
        if value is None and keys[-1] in RANGE_KEYS:
            self.removed.update([number - 1] if number else [])
        elif number:
            before, mark, comment = self.lines[number - 1].partition("  #")
            self.lines[number - 1] = f"{before.partition(':')[0]}: {flow_yaml(value)}{mark}{comment}"
        elif source and keys[-1] in RANGE_KEYS:
            indent = self.lines[source - 1].partition("source")[0]
            self.added.setdefault(source - 1, []).append(f"{indent}{keys[-1]}: {flow_yaml(value)}")
        else:
            form_keys = [key for *parents, key in self.document.lines if tuple(parents) == keys[:-1]]
            location.report("not in the form", suggestion(keys[-1], form_keys), value)

    def confirm(self, names: Collection[str]) -> None:
        """Remove the lines that ask to confirm these parts; with the last of them the whole list."""
        listed = self.document.data.get(TO_CONFIRM) or []
        numbers = {name: self.document.lines[TO_CONFIRM, i] - 1 for i, name in enumerate(listed)}
        self.removed.update(number for name, number in numbers.items() if name in names)
        if listed and set(listed) <= set(names):
            self.removed.add(self.document.lines[(TO_CONFIRM,)] - 1)

    def text_lines(self) -> Iterator[str]:
        """All lines, with the inserted ones and without the removed ones."""
        for number, line in enumerate(self.lines):
            yield from self.added.get(number, ())
            if number not in self.removed:
                yield line
