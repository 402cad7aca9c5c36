"""The explorer as a whole: choice of the scenario, levers on the left, what they do on the right."""

import os
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.controls import Control
from imis_plan.explore.figure import figure, key, said
from imis_plan.explore.levers import levers
from imis_plan.explore.results import moved
from imis_plan.explore.server import FIRST
from imis_plan.explore.snapshots import Kept, Saved
from imis_plan.explore.state import WhatIf, spoken
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput

PICTURE = "356px"


def first(name: str) -> str:
    """The scenario to begin with: the one named on the command line (`imis-plan explore NAME`), or else this one."""
    return os.environ.get(FIRST) or name


def explore(scenario: str, parameters: str | Path | None = None) -> "Explorer":
    """An explorer of a scenario, to be shown as the last line of a cell.

    Raises BadInput if the scenario cannot be used.
    """
    return Explorer(WhatIf(scenario, parameters))


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """All of it: controls that change `state`, panels that show it."""

    def __init__(self, state: WhatIf) -> None:
        self.state = state
        self.controls: list[Control] = []
        super().__init__()
        self.add_class("imis-explorer")
        self.state.observe(lambda _change: self.rebuild(), ["scenario", "option"])
        self.state.observe(lambda _change: self.show(), "now")
        self.state.observe(lambda _change: self.kept.show(), "kept")
        self.build()
        self.rebuild()
        self.show()

    @spoken
    def build(self) -> None:
        """All that stays while levers move, in the language of the scenario."""
        state, self.language = self.state, self.state.language
        self.scenario = widgets.Dropdown(options=state.scenarios, value=state.scenario, description=_("Scenario"))
        self.option = widgets.Dropdown(description=_("Option"), layout=widgets.Layout(width="380px", max_width="98%"))
        self.wrong, self.tiles, self.why, self.lines = (widgets.HTML() for _part in range(4))
        self.picture = widgets.HTML(layout=widgets.Layout(min_height=PICTURE))
        self.levers = widgets.VBox()
        self.kept, self.saved = Kept(state), Saved(state)
        self.children = [widgets.HTML(html.STYLE + panels.intro()), self.head(), self.body(), self.kept.box, self.saved.box]
        self.scenario.observe(lambda change: self.attempt(lambda: self.choose(change["new"])), "value")
        self.option.observe(lambda change: self.attempt(lambda: self.take_option(change["new"])), "value")

    def head(self) -> widgets.HBox:
        """The choice of scenario and option, and the way back to the beginning."""
        reset = widgets.Button(description=_("Reset all levers"), layout=widgets.Layout(width="auto"))
        reset.on_click(lambda _button: self.attempt(self.reset))
        return widgets.HBox([self.scenario, self.option, reset, self.wrong], layout=widgets.Layout(flex_flow="row wrap"))

    def body(self) -> widgets.HBox:
        """Levers and what they do, side by side where there is room."""
        left = widgets.VBox([widgets.HTML(html.heading(_("What moves the cost most"))), self.levers])
        right = widgets.VBox([self.tiles, self.why, self.picture, self.lines])
        left.layout = widgets.Layout(flex="1 1 380px", min_width="300px", padding="0 12px 0 0")
        right.layout = widgets.Layout(flex="2 1 480px", min_width="300px")
        return widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap"))

    def choose(self, scenario: str) -> None:
        """Begin with another scenario."""
        if scenario != self.state.scenario:
            self.state.choose(scenario)

    def take_option(self, option: str | None) -> None:
        """Take an option of the scenario."""
        if (option or "") != self.state.option:
            self.state.take_option(option or "")

    def reset(self) -> None:
        """All levers back, and no message of a wrong entry left."""
        self.state.reset()
        self.rebuild()

    @spoken
    def attempt(self, action: Callable[[], None]) -> None:
        """Do something that the parameters may refuse; then the choice goes back, and the reason stands beside it."""
        try:
            action()
        except BadInput as problem:
            self.scenario.value, self.option.value = self.state.scenario, self.state.option
            self.wrong.value = html.error(problem)
        else:
            self.wrong.value = ""

    @spoken
    def rebuild(self) -> None:
        """Levers and options of the scenario and option chosen; where its language is another, all the rest too."""
        if self.state.language != self.language:
            self.build()
        state, old = self.state, self.controls
        self.scenario.options = state.scenarios
        self.scenario.value = state.scenario
        titles = {name: translate.localized(option.title) for name, option in state.base.plan.options.items()}
        self.option.options = [(_("none: the scenario as it is"), ""), *((title, name) for name, title in titles.items())]
        self.option.value = state.option
        self.controls = [Control(state, lever) for lever in levers(state.start, state.changes)]
        self.levers.children = [control.box for control in self.controls]
        for control in old:
            control.close()

    @spoken
    def show(self) -> None:
        """Show the state, what one looks at first before the rest: each part goes to the page as soon as it is there.

        Moves of a slider that come faster than this are taken together by ipywidgets.
        """
        base, now = self.state.base, self.state.now
        self.tiles.value = panels.tiles(base, now)
        self.picture.value = html.picture(figure(base, now), key(base, now), said(base, now))
        for control in self.controls:
            control.show()
        lines = moved(base, now)
        self.why.value = html.note(panels.sentence(base, now, lines))
        self.lines.value = panels.moved_table(now, lines)
        self.kept.show()
        self.saved.show()
