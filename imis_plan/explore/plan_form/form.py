"""The form as a whole: country, facts, budget and questions, levers, documents."""

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.app import first
from imis_plan.explore.plan_form import pieces
from imis_plan.explore.plan_form.budget_step import BudgetStep
from imis_plan.explore.plan_form.country_step import FORM, CountryStep
from imis_plan.explore.plan_form.documents_step import DocumentsStep
from imis_plan.explore.plan_form.levers_step import LeversStep
from imis_plan.explore.plan_form.live import LiveStatus
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import in_scenario_language
from imis_plan.i18n import translate
from imis_plan.i18n.interface import environment_language
from imis_plan.i18n.sentences import refusals
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput
from imis_plan.scenario.folder import writable_parameters
from imis_plan.scenario.new_scenario import country_of
from imis_plan.scenario.own_folder import begin_parameters
from imis_plan.scenario.plan import Plan

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}


def start(name: str = "", folder: str | Path | None = None) -> "StartForm":
    """The form, to be shown as the last line of a cell.

    name : a scenario of the folder, which is opened, or a country to search for; by default what `imis-plan start NAME` says.
    folder : parameters of one's own; by default the one at hand, made if needed.

    Raises BadInput for a folder within an installed package, or for a scenario with problems besides open questions.
    """
    place = begin_parameters(writable_parameters(folder))
    state, named = StartState(place, environment_language()), first(name)
    if named in state.own_scenarios:
        state.open(named)
        return StartForm(state)
    return StartForm(state, named)


class StartForm(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The widgets of the form; `state` is what they show and change."""

    def __init__(self, state: StartState, searched: str = "") -> None:
        self.state, self.searched = state, searched
        self.live, self.introduction, self.message = LiveStatus(), widgets.HTML(), widgets.HTML()
        names = [(LANGUAGE_NAMES.get(code, code), code) for code in translate.languages()]
        self.language = widgets.Dropdown(options=names, value=state.language)
        self.head = widgets.VBox([self.introduction, self.language, self.message])
        self.head.add_class(FORM)
        self.country, self.language_of_country = self.country_step(searched), state.language
        self.steps: list[Any] = []
        super().__init__()
        self.add_class("imis-explorer")
        self.add_class("imis-start")
        self.build()
        self.language.observe(lambda change: self.choose_language(change["new"]), "value")
        self.state.observe(lambda _change: self.build(), "opened")
        self.state.observe(lambda _change: self.show(), "changed")
        self.live.observe(lambda _change: self.country.show_plans(), "shown")

    @property
    def plan(self) -> Plan:
        """The plan as it stands, a draft where questions are open; to go on with in a notebook."""
        return self.state.plan

    def begin(self) -> None:
        """Begin the plan of the country that is searched for, or open it where there is one of its name.

        Raises BadInput if no country is found, or the plan has problems.
        """
        if self.state.name:
            return
        country = country_of(self.searched, self.searched)
        name = self.state.name_for(country) if country else ""
        if name in self.state.own_scenarios:
            self.state.open(name)
        elif country:
            self.state.begin(country, name)

    def answer(self, path: str, value: Any, source: str = "") -> None:
        """Answer a question as if it was typed: a parameter by its path, or a text such as `about.scheme`.

        source : who says so; by default it is an assumption. Raises BadInput if the answer is not valid.
        """
        self.state.give(path, str(value), source, keep=False)
        self.show_entries()

    def nothing_exists(self) -> None:
        """Answer with 0 what asks for things that exist today and is open: the scheme is a new one."""
        self.state.give_zero()
        self.show_entries()

    def confirm(self, name: str) -> None:
        """Confirm a part that was made up for a start, such as `funding`."""
        self.state.confirm(name, right=True)
        self.show_entries()

    def show_entries(self) -> None:
        """Show in the fields what was answered from a cell."""
        for step in self.steps[:1]:
            step.show_entries()

    @in_scenario_language
    def country_step(self, searched: str) -> CountryStep:
        """The first step in the current language."""
        return CountryStep(self.state, searched, self.live.lead_to_budget)

    @in_scenario_language
    def build(self) -> None:
        """Create the widgets of the scenario in the language of the form; what is the same for every scenario stays."""
        old = set(getattr(self, "children", ()))
        self.introduction.value = html.STYLE + pieces.STYLE + pieces.introduction()
        self.language.description, self.language.value = _("Language of this page and of the report"), self.state.language
        if self.language_of_country != self.state.language:
            self.country, self.language_of_country = self.country_step(self.country.search.value), self.state.language
        self.steps = [BudgetStep(self.state), LeversStep(self.state), self.documents_step()] if self.state.name else []
        self.children = [self.live, self.head, self.country.box, *(step.box for step in self.steps)]
        for widget in old - set(self.children):
            close_all(widget)
        self.announce()

    def documents_step(self) -> DocumentsStep:
        """The last step: the one there is, which may be making documents, unless it is of another scenario."""
        last = self.steps[-1] if self.steps else None
        if last is None or last.name != self.state.name:
            return DocumentsStep(self.state)
        last.show_names()
        last.show()
        return last

    @in_scenario_language
    def choose_language(self, language: str) -> None:
        """Use another language for the form and the scenario, or say why the scenario keeps its own."""
        if language == self.state.language:
            return
        self.message.value = ""
        try:
            self.state.choose_language(language)
        except BadInput as error:
            self.message.value = pieces.refusal(*refusals(error.problems))
        except OSError as error:
            self.message.value = pieces.refusal(_("It cannot be saved: {reason}").format(reason=error))

    @in_scenario_language
    def show(self) -> None:
        """Show the budget after an answer."""
        for step in self.steps:
            step.show()
        self.announce()

    def announce(self) -> None:
        """Say the budget to screen readers."""
        self.live.language = self.state.language
        if self.state.current is not None:
            self.live.text = pieces.announcement(self.state.current)


def close_all(widget: Any) -> None:
    """Close a widget and all that are in it."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.close()
