"""The explorer as a whole: choice of the scenario, levers on the left, results on the right."""

import os
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.controls import Control
from imis_plan.explore.exports import ExportPanel
from imis_plan.explore.figure import figure, finding, key
from imis_plan.explore.levers import levers
from imis_plan.explore.results import changed_lines
from imis_plan.explore.server import SCENARIO_VARIABLE
from imis_plan.explore.snapshots import SnapshotPanel
from imis_plan.explore.state import ExplorerState, in_scenario_language
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput
from imis_plan.sections import draft

PICTURE = "356px"


def first(name: str) -> str:
    """The scenario to begin with: the one named on the command line (`imis-plan explore NAME`), or else this one."""
    return os.environ.get(SCENARIO_VARIABLE) or name


def explore(scenario: str, parameters: str | Path | None = None) -> "Explorer":
    """An explorer of a scenario, to be shown as the last line of a cell.

    Raises BadInput if the scenario cannot be used.
    """
    return Explorer(ExplorerState(scenario, parameters))


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The widgets of the explorer: controls that change `state`, and panels that show it."""

    def __init__(self, state: ExplorerState) -> None:
        self.state = state
        self.controls: list[Control] = []
        super().__init__()
        self.add_class("imis-explorer")
        self.state.observe(lambda _change: self.rebuild(), ["scenario", "option"])
        self.state.observe(lambda _change: self.show(), "current")
        self.state.observe(lambda _change: self.show_tiles(), "refused")
        self.state.observe(lambda _change: self.snapshots.show(), "snapshots")
        self.build()
        self.rebuild()
        self.show()

    @in_scenario_language
    def build(self) -> None:
        """Create the widgets that remain while levers move, in the language of the scenario."""
        state, self.language = self.state, self.state.language
        self.scenario = widgets.Dropdown(options=state.scenarios, value=state.scenario, description=_("Scenario"))
        self.option = widgets.Dropdown(description=_("Option"), layout=widgets.Layout(width="380px", max_width="98%"))
        self.message, self.tiles, self.explanation, self.changed_lines = (widgets.HTML() for _part in range(4))
        self.picture = widgets.HTML(layout=widgets.Layout(min_height=PICTURE))
        self.levers = widgets.VBox()
        self.tiles.add_class("imis-x-sticky")
        self.snapshots, self.exports = SnapshotPanel(state), ExportPanel(state)
        self.children = [
            widgets.HTML(html.STYLE + panels.intro()),
            self.head(),
            self.tiles,
            self.body(),
            self.snapshots.box,
            self.exports.box,
        ]
        self.scenario.observe(lambda change: self.attempt(lambda: self.choose_scenario(change["new"])), "value")
        self.option.observe(lambda change: self.attempt(lambda: self.choose_option(change["new"])), "value")

    def head(self) -> widgets.HBox:
        """The choice of scenario and option, and the button that resets all levers."""
        reset = widgets.Button(description=_("Reset all levers"), layout=widgets.Layout(width="auto"))
        reset.on_click(lambda _button: self.attempt(self.reset))
        return widgets.HBox([self.scenario, self.option, reset, self.message], layout=widgets.Layout(flex_flow="row wrap"))

    def body(self) -> widgets.HBox:
        """Levers and results, side by side where there is room."""
        left = widgets.VBox([widgets.HTML(html.heading(_("Parameters with the largest effect on cost"))), self.levers])
        right = widgets.VBox([self.explanation, self.picture, self.changed_lines])
        left.layout = widgets.Layout(flex="1 1 380px", min_width="300px", padding="0 12px 0 0")
        right.layout = widgets.Layout(flex="2 1 480px", min_width="300px")
        return widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap"))

    def choose_scenario(self, scenario: str) -> None:
        """Begin with another scenario."""
        if scenario != self.state.scenario:
            self.state.choose_scenario(scenario)

    def choose_option(self, option: str | None) -> None:
        """Choose an option of the scenario; None for no option."""
        if (option or "") != self.state.option:
            self.state.choose_option(option or "")

    def reset(self) -> None:
        """Reset all levers, and remove messages of wrong entries."""
        self.state.reset()
        self.state.accept()
        self.rebuild()

    @in_scenario_language
    def attempt(self, action: Callable[[], None]) -> None:
        """Run an action; if the parameters refuse it, undo the choice and show the reason."""
        try:
            action()
        except BadInput as problem:
            self.scenario.value, self.option.value = self.state.scenario, self.state.option
            self.message.value = html.error(problem)
        else:
            self.message.value = ""

    @in_scenario_language
    def rebuild(self) -> None:
        """Create the levers and options of the chosen scenario and option; in another language, all widgets."""
        if self.state.language != self.language:
            self.build()
        state, old = self.state, self.controls
        self.scenario.options = state.scenarios
        self.scenario.value = state.scenario
        titles = {name: translate.localized(option.title) for name, option in state.base.plan.options.items()}
        self.option.options = [(_("none (scenario unchanged)"), ""), *((title, name) for name, title in titles.items())]
        self.option.value = state.option
        self.controls = [Control(state, lever) for lever in levers(state.start_plan, state.changes)]
        self.levers.children = [control.box for control in self.controls]
        for control in old:
            control.close()

    @in_scenario_language
    def show(self) -> None:
        """Show the state, key figures first: each part appears on the page as soon as it is ready.

        ipywidgets merges moves of a slider that arrive faster than this.
        """
        base, current = self.state.base, self.state.current
        self.show_tiles()
        self.picture.value = html.picture(figure(base, current), key(base, current), finding(base, current))
        for control in self.controls:
            control.show()
        lines = changed_lines(base, current)
        notes = [draft.notice(current.plan), panels.sentence(base, current, lines)]
        self.explanation.value = "".join(html.note(text) for text in notes if text)
        self.changed_lines.value = panels.changed_lines_table(current, lines)
        self.snapshots.show()
        self.exports.show()

    @in_scenario_language
    def show_tiles(self) -> None:
        """Show the key figures, and which entries they do not include."""
        self.tiles.value = panels.tiles(self.state.base, self.state.current, self.state.refused)
