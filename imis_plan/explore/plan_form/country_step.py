"""The first step: search a country and begin its plan, or open a plan of one's own again."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.plan_form import pieces
from imis_plan.explore.plan_form.country_search import is_named, matches
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import in_scenario_language
from imis_plan.facts.tables import countries
from imis_plan.i18n.sentences import refusals
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput

ROWS = 7
FORM = "imis-x-form"


class CountryStep:
    """Search, choice and name of a plan, and the plans to open again; a file is only replaced when that is asked for.

    begun : called after somebody has begun or opened a plan here.
    """

    def __init__(self, state: StartState, searched: str = "", begun: Callable[[], None] = lambda: None) -> None:
        self.state, self.begun = state, begun
        self.message = widgets.HTML()
        self.search = widgets.Text(value=searched, description=_("Country: a name, a part of it, or a code"))
        self.found = widgets.Select(description=_("Countries found"), rows=ROWS)
        self.name = widgets.Text(description=_("Name of the plan, which becomes that of its file"))
        self.begin_button = button(_("Begin the plan"), self.begin, main=True)
        self.replace_button = button(_("Replace the file: begin again without its answers"), self.replace)
        self.open_existing = button(_("Open the file and go on"), self.open_named)
        self.existing = widgets.HBox([self.open_existing, self.replace_button], layout=wrapped())
        self.plans = widgets.Dropdown(description=_("Plans of your own"))
        self.again = widgets.VBox([self.plans, button(_("Open it again"), self.open_chosen)])
        self.again.add_class("imis-x-again")
        self.box = widgets.VBox(
            [
                widgets.HTML(html.heading(_("1. Your country"))),
                self.again,
                self.search,
                self.found,
                self.name,
                self.begin_button,
                self.message,
                self.existing,
            ]
        )
        self.box.add_class(FORM)
        self.search.observe(lambda _change: self.show_found(), "value")
        self.found.observe(lambda _change: self.show_name(), "value")
        self.hide_existing()
        self.show_found()
        self.show_plans()

    @in_scenario_language
    def show_found(self) -> None:
        """The countries that the search may mean; the best one is chosen as soon as a part of its name or its code is typed."""
        found = matches(self.search.value, self.state.language)
        options = [(f"{country.name(self.state.language)} ({country.iso3})", country.iso3) for country in found]
        self.found.options = options
        text = self.search.value
        self.found.value = options[0][1] if is_named(text) else None
        unknown = (
            _("No country is called so; did you mean one of these?")
            if options
            else _("No country is called so; try its English or French name.")
        )
        self.message.value = pieces.refusal(unknown) if text.strip() and not is_named(text) else ""

    def show_name(self) -> None:
        """A name for the plan of the chosen country."""
        self.hide_existing()
        if self.found.value:
            self.name.value = self.state.name_for(countries()[self.found.value])

    def show_plans(self) -> None:
        """The plans of the folder, which may have been written since the kernel started."""
        names, chosen = self.state.own_scenarios, self.plans.value
        self.plans.options = names
        self.plans.value = chosen if chosen in names else next(iter(names), None)
        self.again.layout.display = "" if set(names) - {self.state.name} else "none"

    def hide_existing(self) -> None:
        """Nothing is asked about a file that exists."""
        self.existing.layout.display = "none"

    def begin(self) -> None:
        """Write the plan of the chosen country; if there is a file of its name, ask what to do with it."""
        self.write(replace=False)

    def replace(self) -> None:
        """Write the plan anew, as was asked for."""
        self.write(replace=True)

    def open_named(self) -> None:
        """Open the file that has the name of the plan."""
        self.attempt(lambda: self.state.open(self.name.value.strip()))

    def open_chosen(self) -> None:
        """Open the chosen plan."""
        self.attempt(lambda: self.state.open(self.plans.value))

    @in_scenario_language
    def write(self, *, replace: bool) -> None:
        """Write the plan of the chosen country."""
        name = self.name.value.strip()
        if not self.found.value:
            self.message.value = pieces.refusal(_("Choose a country in the list first."))
        elif not replace and name in self.state.own_scenarios:
            text = _("A file {name}.yaml exists already in {folder}. Open it, replace it, or give another name.")
            self.message.value = pieces.refusal(text.format(name=name, folder=self.state.folder))
            self.existing.layout.display = ""
        else:
            self.attempt(lambda: self.state.begin(countries()[self.found.value], name, replace=replace))

    @in_scenario_language
    def attempt(self, action: Callable[[], Any]) -> None:
        """Run an action, or say why it cannot be done."""
        self.message.value = html.note(_("One moment: facts and comparable scenarios are being read."))
        try:
            action()
        except BadInput as error:
            self.message.value = pieces.refusal(*refusals(error.problems))
        except OSError as error:
            self.message.value = pieces.refusal(_("It cannot be saved: {reason}").format(reason=error))
        else:
            self.message.value = ""
            self.hide_existing()
            self.show_plans()
            self.begun()


def button(text: str, action: Callable[[], Any], *, main: bool = False) -> Any:
    """A button that calls an action."""
    made = widgets.Button(description=text, layout=widgets.Layout(width="auto", flex="none"))
    made.on_click(lambda _button: action())
    if main:
        made.add_class("imis-x-main")
    return made


def wrapped() -> Any:
    """A layout of parts side by side, or below each other where there is no room."""
    return widgets.Layout(flex_flow="row wrap")
