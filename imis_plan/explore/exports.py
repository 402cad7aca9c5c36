"""Export a what-if: its ledger as a file, the what-if as a scenario, and the report of that scenario."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.report_request import report_page
from imis_plan.explore.state import ExplorerState, in_scenario_language
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput

WIDE_FIELD = widgets.Layout(width="320px")


class ExportPanel:
    """Buttons that export the ledger, save the what-if as a scenario, and create the report of that scenario."""

    def __init__(self, state: ExplorerState) -> None:
        self.state = state
        self.name = widgets.Text(
            description=_("Name"), placeholder=_("for example nepal_slower"), continuous_update=False, layout=WIDE_FIELD
        )
        self.note = widgets.Text(
            description=_("Reason"), placeholder=_("why these values"), continuous_update=False, layout=WIDE_FIELD
        )
        self.save_message, self.ledger_link, self.report_link = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.report_button = self.button(_("Create its report"), self.start_report)
        self.saved_name = ""
        self.tasks: set[Any] = set()
        self.box = widgets.VBox(
            [
                widgets.HTML(html.heading(_("Save and export"))),
                self.row(self.button(_("Export the ledger"), self.export), self.ledger_link),
                self.row(self.name, self.note, self.button(_("Save as scenario"), self.save)),
                self.save_message,
                self.row(self.report_button, self.report_link),
            ]
        )
        self.show()

    @staticmethod
    def button(text: str, action: Any) -> widgets.Button:
        """A button that calls an action."""
        button = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _button: action())
        return button

    @staticmethod
    def row(*parts: Any) -> widgets.HBox:
        """Widgets side by side, or below each other where there is no room."""
        return widgets.HBox(list(parts), layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

    def show(self) -> None:
        """Remove the link to a ledger, which is that of another plan after a change."""
        self.ledger_link.value = ""
        self.report_button.disabled = not self.saved_name

    @in_scenario_language
    def export(self) -> None:
        """Offer the ledger as a file."""
        text, name = self.state.ledger_csv(), f"{self.state.scenario}-what-if.csv"
        rows = text.count("\n") - 1
        words = _("{name}, {count} rows").format(name=name, count=rows)
        self.ledger_link.value = html.link(words, name, "text/csv;charset=utf-8", text.encode())

    @in_scenario_language
    def save(self) -> None:
        """Save the what-if as a scenario, or say why it cannot be saved."""
        try:
            path = self.state.save(self.name.value, self.note.value)
        except BadInput as problem:
            self.save_message.value = html.error(problem)
            return
        self.saved_name = path.stem
        text = _("Saved as {file}; it passes `imis-plan check {name}`.")
        self.save_message.value = html.note(text.format(file=f"{path.parent.name}/{path.name}", name=path.stem).replace("`", ""))
        self.show()

    @in_scenario_language
    def start_report(self) -> None:
        """Create the report of the saved scenario, while the explorer can still be used."""
        self.report_button.disabled = True
        self.report_link.value = html.note(_("The report is being created; this takes about ten seconds."))
        task = asyncio.ensure_future(self.make_report(self.saved_name, self.state.base.plan.folder))
        self.tasks.add(task)  # a task without a reference may be garbage collected before it is done
        task.add_done_callback(self.tasks.discard)

    async def make_report(self, name: str, folder: Path) -> None:
        """Offer the report as a file, or say why it failed."""
        try:
            page = await asyncio.get_running_loop().run_in_executor(
                None, partial(report_page, name, folder, draft=bool(self.state.draft))
            )
        except RuntimeError as error:
            self.report_link.value = html.note(_("The report failed: {reason}").format(reason=error))
        else:
            words = _("Report of {name} (one file, works offline)").format(name=name)
            self.report_link.value = html.link(words, f"{name}.html", "text/html;charset=utf-8", page)
        self.report_button.disabled = False
