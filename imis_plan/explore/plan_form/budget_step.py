"""The middle of the form: published facts, the budget, which stays in view, and the questions that it depends on."""

from itertools import groupby
from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html
from imis_plan.explore.figure import figure, finding, key
from imis_plan.explore.plan_form import pieces
from imis_plan.explore.plan_form.country_step import FORM, button
from imis_plan.explore.plan_form.facts_found import facts_found
from imis_plan.explore.plan_form.question_field import QuestionField
from imis_plan.explore.plan_form.state import StartState
from imis_plan.explore.state import in_scenario_language
from imis_plan.i18n.translate import _, localized
from imis_plan.problems import BadInput


class BudgetStep:
    """Facts, budget and questions of the scenario."""

    def __init__(self, state: StartState) -> None:
        self.state = state
        self.saved, self.tiles, self.picture, self.counted, self.message = (widgets.HTML() for _part in range(5))
        self.tiles.add_class("imis-x-sticky")
        self.fields = [QuestionField(state, asked) for asked in state.asked]
        zero = button(_("A new scheme: nothing exists yet"), self.nothing_there)
        questions = widgets.VBox([*self.question_boxes()])
        questions.add_class(FORM)
        heading = widgets.HTML(html.heading(_("3. The first budget")))
        heading.add_class("imis-x-budget")  # by which `live.js` finds it
        self.box = widgets.VBox(
            [
                widgets.HTML(html.heading(_("2. What is published about {country}").format(country=self.country))),
                widgets.HTML(pieces.facts_list(state.plan, facts_found(state.plan))),
                heading,
                self.saved,
                self.tiles,
                self.picture,
                widgets.HTML(html.heading(_("4. What only you can know"))),
                self.counted,
                zero,
                self.message,
                questions,
            ]
        )
        self.show()

    @property
    def country(self) -> str:
        """The name of the country."""
        return localized(self.state.plan.about.country)

    def question_boxes(self) -> Any:
        """The questions below their headings."""
        for heading, fields in groupby(self.fields, key=lambda field: field.asked.heading):
            yield widgets.HTML(pieces.subheading(heading))
            yield from (field.box for field in fields)

    @in_scenario_language
    def nothing_there(self) -> None:
        """Answer with 0 what asks for things that exist today."""
        try:
            count = self.state.give_zero()
        except BadInput as error:
            self.message.value = html.error(error)
        else:
            self.message.value = html.note(_("Questions answered with 0: {count}.").format(count=count))
            self.show_entries()

    def show_entries(self) -> None:
        """Show in the fields what was answered from elsewhere."""
        for field in self.fields:
            field.show()

    @in_scenario_language
    def show(self) -> None:
        """Show the budget, and how many questions are open."""
        state = self.state
        self.saved.value = pieces.saved_in(str(state.path.resolve()))
        self.counted.value = html.note(pieces.counted(state.open_count, len(state.asked)))
        if state.current is None:
            self.tiles.value = html.note(pieces.no_budget(state.plan))
            self.picture.value = ""
            return
        self.tiles.value = pieces.budget_tiles(state.current, dict(state.refused))
        self.picture.value = html.picture(
            figure(state.current, state.current), key(state.current, state.current), finding(state.current, state.current)
        )
