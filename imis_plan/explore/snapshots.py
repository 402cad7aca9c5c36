"""Compare what-ifs: up to three snapshots side by side, each of which can be restored."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.state import LETTERS, ExplorerState, in_scenario_language
from imis_plan.i18n.translate import _


class SnapshotPanel:
    """Snapshots of up to three what-ifs, compared with the base and the current what-if."""

    def __init__(self, state: ExplorerState) -> None:
        self.state = state
        self.table = widgets.HTML()
        self.restore_buttons = {letter: self.button(_("Restore {letter}"), letter, state.restore_snapshot) for letter in LETTERS}
        save_buttons = [self.button(_("Keep as {letter}"), letter, state.take_snapshot) for letter in LETTERS]
        layout = widgets.Layout(flex_flow="row wrap")
        rows = [widgets.HBox([*buttons], layout=layout) for buttons in (save_buttons, self.restore_buttons.values())]
        self.box = widgets.VBox([widgets.HTML(html.heading(_("Compare"))), *rows, self.table])
        self.show()

    @staticmethod
    def button(text: str, letter: str, action: Any) -> widgets.Button:
        """A button that calls an action with a letter."""
        button = widgets.Button(description=text.format(letter=letter))
        button.on_click(lambda _button: action(letter))
        return button

    @in_scenario_language
    def show(self) -> None:
        """Show the snapshots."""
        for letter, button in self.restore_buttons.items():
            button.disabled = letter not in self.state.snapshots
        snapshots = self.state.snapshots
        self.table.value = panels.snapshot_table(self.state.base, self.state.current, snapshots) if snapshots else ""
