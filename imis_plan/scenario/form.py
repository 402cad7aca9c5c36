"""Fill in a starting scenario from a notebook: the answers go into the form that `imis-plan new` wrote, and its comments stay."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imis_plan.problems import suggestion
from imis_plan.scenario import new_scenario
from imis_plan.scenario.folder import RESERVED, find_parameters
from imis_plan.scenario.location import Location
from imis_plan.scenario.plan import raise_if
from imis_plan.scenario.save import flow
from imis_plan.scenario.yaml_file import Document, read

# Written above the source, where the form has only a value.
RANGE = ("low", "high", "price_year")
OWN = "my_plans"


def own_folder(name: str = OWN) -> Path:
    """A folder of parameters for plans of one's own, beside the project's; what all scenarios share is copied there once.

    From here on it is the folder that `load` and the command line look into, in this kernel.
    """
    shared = find_parameters()
    own = shared if shared.parent.name == name else shared.parent / name / shared.name
    own.mkdir(parents=True, exist_ok=True)
    for file in [*(f"{kind}.yaml" for kind in sorted(RESERVED)), "schema.json", "defaults.schema.json"]:
        if not (own / file).exists():
            shutil.copyfile(shared / file, own / file)
    os.environ["IMIS_PLAN_PARAMETERS"] = str(own)
    return own


def begin(name: str, folder: Path) -> Path:
    """The file of a scenario: a form to fill in, unless there is a file already, which stays as it is."""
    path = new_scenario.place_for(name, folder)
    return path if path.exists() else new_scenario.write(name, folder)


def answer(path: Path, about: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Write answers into the file of a scenario, whole or not at all.

    about : what the scenario is about, by key. answers : path of a parameter -> value, source, confidence, and low and high.

    Raises BadInput for what the form does not ask; whether the answers are right, `load` says.
    """
    document = read(path)
    location, lines = Location(document), path.read_text(encoding="utf-8").splitlines()
    given: list[tuple[tuple[str, ...], Any]] = [(("about", key), value) for key, value in about.items()]
    given += [((*parameter.split("."), key), value) for parameter, said in answers.items() for key, value in said.items()]
    form = Form(document, lines, {})
    for keys, value in given:
        form.put(keys, value, location.below(*keys))
    raise_if(location.found)
    draft = path.with_name(f".{path.name}.part")
    draft.write_text("\n".join(form.whole()) + "\n", encoding="utf-8", newline="\n")
    draft.replace(path)


@dataclass(frozen=True)
class Form:
    """The lines of a form, and those that are to stand above some of them, by their number."""

    document: Document
    lines: list[str]
    added: dict[int, list[str]]

    def put(self, keys: tuple[str, ...], value: Any, location: Location) -> None:
        """Put one answer into its line, or above the source if the form has no line for it."""
        number, source = self.document.lines.get(keys), self.document.lines.get((*keys[:-1], "source"))
        if number:
            before, mark, comment = self.lines[number - 1].partition("  #")
            self.lines[number - 1] = f"{before.partition(':')[0]}: {flow(value)}{mark}{comment}"
        elif source and keys[-1] in RANGE:
            indent = self.lines[source - 1].partition("source")[0]
            self.added.setdefault(source - 1, []).append(f"{indent}{keys[-1]}: {flow(value)}")
        else:
            asked = [key for *above, key in self.document.lines if tuple(above) == keys[:-1]]
            location.report("not asked here", suggestion(keys[-1], asked), value)

    def whole(self) -> Iterator[str]:
        """The lines, each after those that are to stand above it."""
        for number, line in enumerate(self.lines):
            yield from self.added.get(number, ())
            yield line
