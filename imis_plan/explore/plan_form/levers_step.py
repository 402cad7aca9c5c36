"""On to the levers: the explorer on the plan as it stands."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.app import Explorer
from imis_plan.explore.plan_form.country_step import button
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import ExplorerState, in_scenario_language
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput


class LeversStep:
    """A button that opens the levers; after another answer it opens them again on the changed plan."""

    def __init__(self, state: StartState) -> None:
        self.state = state
        self.opened_with = ""
        self.note, self.place = widgets.HTML(), widgets.VBox()
        self.button = button(_("Show the levers"), self.open)
        self.box = widgets.VBox([widgets.HTML(html.heading(_("5. What moves the cost"))), self.note, self.button, self.place])
        self.show()

    @in_scenario_language
    def show(self) -> None:
        """Say what the levers are for, and whether they began with an earlier version of the plan."""
        words = _("Move the parameters with the largest effect on cost and compare. The plan itself stays as it is.")
        if self.opened_with and self.opened_with != self.state.text:
            words = _("The plan has changed since these levers were opened: show them again to begin with it.")
        self.note.value = html.note(words)
        self.button.disabled = self.state.current is None

    @in_scenario_language
    def open(self) -> None:
        """Open the levers on the plan as it is saved."""
        try:
            explorer: Any = Explorer(ExplorerState(self.state.name, self.state.folder, draft=True))
        except BadInput as error:
            self.note.value = html.error(error)
            return
        explorer.scenario.layout.display = "none"  # these are the levers of this plan
        self.place.children, self.opened_with = [explorer], self.state.text
        self.show()
