"""What one does with a what-if: keep it to compare, save it as a scenario, take its ledger or its report along."""

import asyncio
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.report_request import report_page
from imis_plan.explore.state import LETTERS, WhatIf, spoken
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput

WIDE_FIELD = widgets.Layout(width="320px")


class Kept:
    """Up to three what-ifs beside the base and what is shown."""

    def __init__(self, state: WhatIf) -> None:
        self.state = state
        self.table = widgets.HTML()
        self.back = {letter: self.button(_("Back to {letter}"), letter, state.take_back) for letter in LETTERS}
        keep = [self.button(_("Keep as {letter}"), letter, state.keep) for letter in LETTERS]
        rows = [widgets.HBox(list(row), layout=widgets.Layout(flex_flow="row wrap")) for row in (keep, self.back.values())]
        self.box = widgets.VBox([widgets.HTML(html.heading(_("Compare"))), *rows, self.table])
        self.show()

    @staticmethod
    def button(text: str, letter: str, action: Any) -> widgets.Button:
        """A button that does something with a letter."""
        made = widgets.Button(description=text.format(letter=letter))
        made.on_click(lambda _button: action(letter))
        return made

    @spoken
    def show(self) -> None:
        """Show what is kept."""
        for letter, button in self.back.items():
            button.disabled = letter not in self.state.kept
        self.table.value = panels.kept_table(self.state.base, self.state.now, self.state.kept) if self.state.kept else ""


class Saved:
    """The ledger as a file, the what-if as a scenario, and the report of that."""

    def __init__(self, state: WhatIf) -> None:
        self.state = state
        self.name = widgets.Text(placeholder=_("name, as in nepal_slower"), continuous_update=False, layout=WIDE_FIELD)
        self.note = widgets.Text(placeholder=_("why you assume what you changed"), continuous_update=False, layout=WIDE_FIELD)
        self.done, self.ledger, self.made = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.report = self.button(_("Make its report"), self.start_report)
        self.saved = ""
        self.tasks: set[Any] = set()
        self.box = widgets.VBox(
            [
                widgets.HTML(html.heading(_("Take it along"))),
                self.row(self.button(_("Export the ledger"), self.export), self.ledger),
                self.row(self.name, self.note, self.button(_("Save as scenario"), self.save)),
                self.done,
                self.row(self.report, self.made),
            ]
        )
        self.show()

    @staticmethod
    def button(text: str, action: Any) -> widgets.Button:
        """A button that does something."""
        made = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
        made.on_click(lambda _button: action())
        return made

    @staticmethod
    def row(*parts: Any) -> widgets.HBox:
        """Parts beside one another, or below where there is no room."""
        return widgets.HBox(list(parts), layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

    def show(self) -> None:
        """After a change the file that was offered is that of another plan."""
        self.ledger.value = ""
        self.report.disabled = not self.saved

    @spoken
    def export(self) -> None:
        """Offer the ledger as a file."""
        text, name = self.state.ledger_csv(), f"{self.state.scenario}-what-if.csv"
        rows = text.count("\n") - 1
        words = _("{name}, {count} rows").format(name=name, count=rows)
        self.ledger.value = html.link(words, name, "text/csv;charset=utf-8", text.encode())

    @spoken
    def save(self) -> None:
        """Save the what-if as a scenario, or say why that cannot be."""
        try:
            path = self.state.save(self.name.value, self.note.value)
        except BadInput as problem:
            self.done.value = html.error(problem)
            return
        self.saved = path.stem
        text = _("Saved as {file}; `imis-plan check {name}` accepts it.")
        self.done.value = html.note(text.format(file=f"{path.parent.name}/{path.name}", name=path.stem).replace("`", ""))
        self.show()

    @spoken
    def start_report(self) -> None:
        """Make the report of what was saved, while the explorer goes on working."""
        self.report.disabled = True
        self.made.value = html.note(_("The report is being made; it takes some ten seconds."))
        task = asyncio.ensure_future(self.make_report(self.saved, self.state.base.plan.folder))
        self.tasks.add(task)  # a task that nobody holds may be collected before it is done
        task.add_done_callback(self.tasks.discard)

    async def make_report(self, name: str, folder: Path) -> None:
        """Offer the report as a file, or say why it failed."""
        try:
            page = await asyncio.get_running_loop().run_in_executor(None, report_page, name, folder)
        except RuntimeError as error:
            self.made.value = html.note(_("The report failed: {reason}").format(reason=error))
        else:
            words = _("Report of {name}, one file that needs no network").format(name=name)
            self.made.value = html.link(words, f"{name}.html", "text/html;charset=utf-8", page)
        self.report.disabled = False
