"""The state of the form: one scenario file, which every accepted answer is written to at once. It does not depend on widgets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from imis_plan.batch.publish import write_atomic
from imis_plan.explore.plan_form.asked import Asked, asked_in
from imis_plan.explore.plan_form.country_search import plan_name
from imis_plan.explore.results import Outcome, outcome
from imis_plan.facts.records import Country
from imis_plan.i18n import translate
from imis_plan.i18n.sentences import localized_sentence
from imis_plan.model.plan_problems import problems_of
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.folder import available_scenarios, scenario_names
from imis_plan.scenario.form import filled_in
from imis_plan.scenario.new_file import create, scenario_path
from imis_plan.scenario.new_scenario import report_language, scenario_text
from imis_plan.scenario.open_questions import OpenQuestions
from imis_plan.scenario.plan import Plan, answered, raise_problems, scenario_of, with_option
from imis_plan.scenario.questions import ABOUT, answer, answer_problems, read_answer, text_problems
from imis_plan.scenario.yaml_file import parse

NOTHING_THERE = "assumption: a new scheme, nothing exists yet"
ZERO = "0"


class StartState(traitlets.HasTraits):
    """A scenario that is being written, its answers, and its budget.

    name : of the scenario; empty until a country is chosen. language : of the form; that of the scenario once there is one.
    language_chosen : whether somebody chose it here.
    asked : the questions of the file, as it was opened. plan : of the file; None before a country is chosen. current : its
    budget, a draft where questions are open; None where not even typical values make one.
    typed : path -> (entry, source) as typed, so that a refused entry stays. refused : path -> an entry that is not valid.
    opened, changed : how often a scenario or a language was chosen, and how often an answer has changed; observe these.
    An answer that is not valid raises BadInput and changes neither the file nor the budget.
    """

    opened = traitlets.Int()
    changed = traitlets.Int()

    def __init__(self, folder: Path, language: str = translate.SOURCE) -> None:
        super().__init__()
        self.folder, self.language, self.name = folder, language, ""
        self.language_chosen = False
        self.asked: tuple[Asked, ...] = ()
        self.plan: Any = None
        self.current: Outcome | None = None
        self.typed: dict[str, tuple[str, str]] = {}
        self.refused: dict[str, str] = {}
        self._base, self._written = "", ""
        self._base_plan: Any = None
        self._about: dict[str, Any] = {}
        self._answers: dict[str, Mapping[str, Any]] = {}
        self._confirmed: frozenset[str] = frozenset()

    @property
    def path(self) -> Path:
        """The file of the scenario."""
        return self.folder / f"{self.name}.yaml"

    @property
    def text(self) -> str:
        """The text of the file as it was last written or opened."""
        return self._written

    @property
    def own_scenarios(self) -> list[str]:
        """Names of the scenarios in the folder."""
        return sorted(scenario_names(self.folder))

    def name_for(self, country: Country) -> str:
        """A name for the plan of a country that hides no scenario of the package."""
        name = plan_name(country)
        return f"{name}_own" if name in {*available_scenarios(self.folder)} - {*self.own_scenarios} else name

    @property
    def open_count(self) -> int:
        """How many questions are open."""
        return len(self.plan.open_questions) if self.plan else 0

    def begin(self, country: Country, name: str, *, replace: bool = False) -> Path:
        """Write the scenario of a country, as `imis-plan new` does, and open it.

        It gets the language of the form if somebody chose that or the country has it, else French or English as the country has
        it, else English; so do the comments of its file.
        replace : overwrite a file of this name. Raises BadInput if the name is not valid, or there is a file and not `replace`.
        """
        path = scenario_path(name, self.folder)
        own = self.language_chosen or self.language in country.languages
        with translate.using_language(self.language if own else report_language(country)):
            text = scenario_text(name, self.folder, country.iso3, translate=localized_sentence)
        if own:
            text = filled_in(text, path, {"language": self.language}, {})
        if replace and path.exists():
            write_atomic(path, text)
        else:
            create(path, text)
        self.open(name)
        return path

    def open(self, name: str) -> None:
        """Open a scenario of the folder. Raises BadInput if it has a problem besides open questions."""
        path = scenario_path(name, self.folder)
        text = path.read_text(encoding="utf-8")
        plan, current = self.read(text, path)
        self.name, self.language = name, translate.available_language(plan.about.language)
        self._base = self._written = text
        self._about, self._answers, self._confirmed = {}, {}, frozenset()
        self.typed, self.refused, self.plan, self.current = {}, {}, plan, current
        self.asked = tuple(asked_in(parse(text, path), plan))
        self.opened += 1

    def read(self, text: str, path: Path) -> tuple[Plan, Outcome | None]:
        """The plan in a text, and its budget unless a question has not even a typical value.

        Raises BadInput with what `imis-plan check` would report.
        """
        plan, variants = scenario_of(parse(text, path), self.folder)
        try:
            answered(plan, draft=True)
        except OpenQuestions:
            return plan, None
        raise_problems(problems_of([plan, *(with_option(plan, option, variants) for option in variants)]))
        return plan, outcome(plan)

    def give(self, path: str, text: str, source: str = "", *, keep: bool = True) -> None:
        """Answer a question; no text takes an answer of this visit back. Raises BadInput if the entry is not valid.

        keep : an entry that is refused stays, to be corrected.
        """
        if keep:
            self.typed[path] = (text, source)
        try:
            self._give({path: (text, source)})
        except BadInput:
            if keep:
                self.refused[path] = text
            raise
        else:
            self.typed[path] = (text, source)
            self.refused.pop(path, None)
        finally:
            self.changed += 1

    def give_zero(self) -> int:
        """Answer with 0 what asks for things that exist today and is open. Returns how many questions that were."""
        unanswered = [each.path for each in self.asked if each.is_existing and not each.answer and each.path not in self._answers]
        entries = dict.fromkeys(unanswered, (ZERO, NOTHING_THERE))
        self._give(entries)
        self.typed |= entries
        self.refused = {path: entry for path, entry in self.refused.items() if path not in entries}
        self.changed += 1
        return len(entries)

    def confirm(self, name: str, *, right: bool) -> None:
        """Confirm a part that was made up for a start, or take that back."""
        self._reload()
        self._update(self._about, self._answers, self._confirmed | {name} if right else self._confirmed - {name})
        self.changed += 1

    def is_confirmed(self, name: str) -> bool:
        """Whether a part has been confirmed in this visit."""
        return name in self._confirmed

    def choose_language(self, language: str) -> None:
        """Use another language for the form and for the reports of the scenario."""
        try:
            if self.name:
                self._reload()
                self._update({**self._about, "language": language}, self._answers, self._confirmed)
        finally:  # the form can have a language that its file cannot be given
            self.language, self.language_chosen = language, True
            self.opened += 1

    def shown(self, each: Asked) -> tuple[str, str]:
        """Entry and source that the fields of a question show."""
        return self.typed.get(each.path, (each.answer, each.source))

    def _give(self, entries: Mapping[str, tuple[str, str]]) -> None:
        """Answer some questions, all or none. Raises BadInput with all that is not valid by itself."""
        self._reload()
        about, answers = dict(self._about), dict(self._answers)
        found: list[Problem] = []
        for path, (text, source) in entries.items():
            key = path.removeprefix(ABOUT)
            into = about if path.startswith(ABOUT) else answers
            if not text.strip():
                into.pop(key, None)
            elif path.startswith(ABOUT):
                found += text_problems(text, path)
                about[key] = text.strip()
            else:
                data = answer(self._base_plan, path, read_answer(text), source)
                found += answer_problems(self._base_plan, path, data)
                answers[path] = data
        raise_problems(found)
        self._update(about, answers, self._confirmed)

    def _reload(self) -> None:
        """Begin from the file again if somebody else has changed it, so that none of their words is lost."""
        text = self.path.read_text(encoding="utf-8")
        if text != self._written:
            self._base = self._written = text
            self._about, self._answers, self._confirmed = {}, {}, frozenset()
        self._base_plan = scenario_of(parse(self._base, self.path), self.folder)[0]

    def _update(self, about: dict[str, Any], answers: dict[str, Any], confirmed: frozenset[str]) -> None:
        """Write the file with these answers, and calculate its budget; nothing changes if it is not valid."""
        text = filled_in(self._base, self.path, about, answers, confirmed)
        plan, current = self.read(text, self.path)
        write_atomic(self.path, text)
        self._written, self._about, self._answers, self._confirmed = text, about, answers, confirmed
        self.plan, self.current = plan, current
