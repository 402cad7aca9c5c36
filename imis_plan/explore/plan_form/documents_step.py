"""The last step: download the scenario file, report, briefing and workbook."""

import asyncio
from html import escape
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.plan_form import pieces
from imis_plan.explore.plan_form.country_step import button, wrapped
from imis_plan.explore.plan_form.documents import Made, make_documents
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import in_scenario_language
from imis_plan.i18n.translate import _

YAML = "text/yaml;charset=utf-8"


class DocumentsStep:
    """Links to the documents, each with its name; those that take time are made while the form can be used."""

    def __init__(self, state: StartState) -> None:
        self.state = state
        self.heading, self.scenario_link, self.links, self.progress = (widgets.HTML() for _part in range(4))
        self.name, self.made_from = state.name, ""
        self.button = button("", self.start, main=True)
        self.tasks: set[Any] = set()
        self.box = widgets.VBox(
            [
                self.heading,
                self.scenario_link,
                widgets.HBox([self.button, self.progress], layout=wrapped()),
                self.links,
            ]
        )
        self.show_names()
        self.show()

    @in_scenario_language
    def show_names(self) -> None:
        """Heading and button in the language of the form, which may have changed while documents are being made."""
        self.heading.value = html.heading(_("6. Download"))
        self.button.description = _("Make report, briefing and workbook")

    @in_scenario_language
    def show(self) -> None:
        """Offer the scenario file; say when documents are of an earlier version of it."""
        name = f"{self.state.name}.yaml"
        words = _("{name}: the plan itself, a text file that imis-plan and any editor read")
        self.scenario_link.value = html.link(words.format(name=name), name, YAML, self.state.text.encode())
        self.button.disabled = bool(self.tasks) or self.state.current is None
        if self.made_from and self.made_from != self.state.text and not self.tasks:
            self.progress.value = html.note(_("The plan has changed since these were made: make them again."))

    @in_scenario_language
    def start(self) -> None:
        """Begin to make the documents."""
        self.button.disabled = True
        self.show_seconds(0)
        task = asyncio.ensure_future(self.make())
        self.tasks.add(task)  # a task without a reference may be garbage collected before it is done

    @in_scenario_language
    def show_seconds(self, seconds: int) -> None:
        """How long it has taken so far."""
        words = _("Being made, {seconds} s so far; it takes about twenty seconds. You can go on meanwhile.")
        text, name = escape(words.format(seconds=seconds)), escape(_("Documents"))
        self.progress.value = html.section(f'<p><progress aria-label="{name}"></progress> {text}</p>')

    async def make(self) -> None:
        """Make the documents, and offer them or say why they cannot be made."""
        text, state = self.state.text, self.state
        try:
            made = await make_documents(
                state.name, state.folder, state.language, draft=bool(state.open_count), passed=self.show_seconds
            )
        except (RuntimeError, OSError) as error:
            self.show_failure(str(error))
        else:
            self.show_made(made, text)
        finally:
            self.tasks.clear()
        self.show()

    @in_scenario_language
    def show_failure(self, reason: str) -> None:
        """Why the documents cannot be made."""
        self.progress.value = pieces.refusal(_("They could not be made: {reason}").format(reason=reason))

    @in_scenario_language
    def show_made(self, made: list[Made], text: str) -> None:
        """Offer the documents. text : the scenario that they are of."""
        titles = {
            "report": _("{name}: the report, one page that works offline"),
            "briefing": _("{name}: the briefing of two pages"),
            "workbook": _("{name}: the workbook, which recalculates"),
        }
        links = [html.link(titles[each.part].format(name=each.name), each.name, each.kind, each.content) for each in made]
        self.links.value, self.progress.value, self.made_from = "".join(links), html.note(_("They are ready.")), text
