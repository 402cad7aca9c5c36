"""A question on the screen: a field for the answer, one for its source, help, and what is wrong with an entry."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore.plan_form import pieces
from imis_plan.explore.plan_form.asked import CONFIRM, Asked, label, right_answer
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import in_scenario_language
from imis_plan.i18n.sentences import refusals
from imis_plan.i18n.translate import _
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.open_questions import faults_in
from imis_plan.scenario.questions import ANSWER, SOURCE

FLAGS = ("true", "false")


class QuestionField:
    """The fields of one question: an entry is checked when it is complete, and one that is refused stays to be corrected."""

    def __init__(self, state: StartState, asked: Asked) -> None:
        self.state, self.asked = state, asked
        self.message = widgets.HTML()
        self.words = label(asked, state.plan)
        self.box = widgets.VBox(self.confirm_box() if asked.question.kind == CONFIRM else self.entry_and_source())
        self.box.add_class("imis-x-question")

    def confirm_box(self) -> list[Any]:
        """A box to tick for a part that was made up for a start."""
        self.ticked = widgets.Checkbox(value=self.state.is_confirmed(self.asked.path), description=self.words, indent=False)
        self.ticked.observe(lambda change: self.tick(right=change["new"]), "value")
        return [widgets.HTML(pieces.part_to_confirm(self.state.plan, self.asked.path)), self.ticked, self.message]

    def tick(self, *, right: bool) -> None:
        """Confirm the part, or take that back."""
        if right != self.state.is_confirmed(self.asked.path):
            self.attempt(lambda: self.state.confirm(self.asked.path, right=right))

    def entry_and_source(self) -> list[Any]:
        """The answer, its source where it needs one, and help."""
        text, source = self.state.shown(self.asked)
        self.entry = self.entry_field(text)
        self.entry.add_class("imis-x-answer")
        self.entry.observe(lambda _change: self.take(), "value")
        self.source = widgets.Text(value=source, description=_("Source (empty: your own assumption)"), continuous_update=False)
        self.source.add_class("imis-x-answer")
        self.source.observe(lambda _change: self.take(), "value")
        needs_source = self.asked.question.kind != "text"
        row = widgets.HBox([self.entry, self.source] if needs_source else [self.entry])
        row.add_class("imis-x-answers")
        return [row, widgets.HTML(pieces.question_help(self.asked)), self.message]

    def entry_field(self, text: str) -> Any:
        """A list where only some answers are possible, else a field to type into."""
        each = self.asked.question
        choices = each.choices or (FLAGS if each.kind == "flag" else ())
        if choices:
            options = [(_("not answered"), ""), *((choice, choice) for choice in choices)]
            return widgets.Dropdown(options=options, value=text if text in choices else "", description=self.words)
        return widgets.Text(value=text, description=self.words, continuous_update=False)

    def take(self) -> None:
        """Take the entry with its source."""
        entry, source = self.entry.value, self.source.value
        if (entry, source) != self.state.shown(self.asked):
            self.attempt(lambda: self.state.give(self.asked.path, entry, source))

    @in_scenario_language
    def attempt(self, action: Any) -> None:
        """Run an action; if the entry is refused, say why."""
        self.message.value = ""
        try:
            action()
        except BadInput as error:
            self.message.value = pieces.refusal(*self.reasons(error))
        except OSError as error:
            self.message.value = pieces.refusal(_("It cannot be saved: {reason}").format(reason=error))

    def reasons(self, error: BadInput) -> list[str]:
        """Why an entry is refused: what would be right for this question, or else in the words of `imis-plan check`."""
        return list(dict.fromkeys(self.reason(fault) for fault in faults_in(error.problems)))

    def reason(self, fault: Problem) -> str:
        """Why an entry or its source is refused."""
        if fault.file == ANSWER and fault.path == self.asked.path and self.asked.question.kind != "text":
            text = _("“{entry}” is not accepted. Give {right}.")
            return text.format(entry=self.entry.value, right=right_answer(self.asked, self.state.plan))
        (text,) = refusals([fault])
        return _("{name}: {value}").format(name=_("Source"), value=text) if fault.path.endswith(SOURCE) else text

    @in_scenario_language
    def show(self) -> None:
        """Show the entry that the state has, as after an answer that was given for this question from elsewhere."""
        if self.asked.question.kind == CONFIRM:
            self.ticked.value = self.state.is_confirmed(self.asked.path)
        elif self.asked.path not in self.state.refused:
            self.entry.value, self.source.value = self.state.shown(self.asked)
            self.message.value = ""
