"""The levers on the screen: each a name, a slider or a list, a field to type into, its unit, and a way back."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.levers import Lever
from imis_plan.explore.state import WhatIf, spoken
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.problems import BadInput

# More digits than these in a slider's value are the arithmetic of its steps.
DIGITS = ".12g"
FIELD, UNIT, BUTTON = "96px", "132px", "34px"
# The unit of a share is 1, which says nothing beside a field.
SHARE = "1"


def clean(value: float) -> float:
    """A value of a slider without the arithmetic of its steps."""
    return float(format(value, DIGITS))


class Control:
    """A lever on the screen. It shows what the state has, and passes on what its user does."""

    def __init__(self, state: WhatIf, lever: Lever) -> None:
        self.state, self.lever = state, lever
        self.wrong = widgets.HTML()
        self.back = widgets.Button(
            description="↺", tooltip=_("Back to where it was"), layout=widgets.Layout(width=BUTTON, flex="none")
        )
        self.back.on_click(lambda _button: self.reset())
        self.inputs = self.chooser() if lever.choices else self.slider_and_field()
        name = widgets.HTML(panels.lever_name(state.now.plan, lever))
        row = widgets.HBox([*self.inputs, self.back], layout=widgets.Layout(align_items="center"))
        self.box = widgets.VBox([name, row, self.wrong], layout=widgets.Layout(margin="0 0 4px 0"))
        self.box.add_class("imis-lever")
        self.show()

    def chooser(self) -> list[Any]:
        """A list for a choice or a switch."""
        listed = [(self.choice_text(value), value) for value in self.lever.choices]
        self.choice = widgets.Dropdown(options=listed, value=self.value, layout=widgets.Layout(width="auto", flex="1 1 auto"))
        self.choice.observe(lambda change: self.move(change["new"]), "value")
        return [self.choice]

    @staticmethod
    def choice_text(value: Any) -> str:
        """A choice as it is read."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return translate.translate_choice(str(value)).replace("_", " ")

    def slider_and_field(self) -> list[Any]:
        """A slider between low and high, and a field for any value that can be right."""
        lever = self.lever
        self.slider = widgets.FloatSlider(
            value=self.value,
            min=lever.low,
            max=lever.high,
            step=lever.step,
            readout=False,
            layout=widgets.Layout(width="auto", flex="1 1 80px"),
        )
        self.field = widgets.Text(continuous_update=False, layout=widgets.Layout(width=FIELD, flex="none"))
        self.slider.observe(lambda change: self.slide(change["new"]), "value")
        self.field.observe(lambda change: self.type(change["new"]), "value")
        unit = _("share, 0 to 1") if lever.parameter.unit == SHARE else translate_unit(lever.parameter.unit)
        return [self.slider, self.field, widgets.HTML(html.note(unit), layout=widgets.Layout(width=UNIT, flex="none"))]

    @property
    def value(self) -> Any:
        """The value that the plan has."""
        return self.state.now.plan[self.lever.path]

    def slide(self, value: float) -> None:
        """Move to where the slider is; where it only follows, nothing has to be done."""
        if clean(value) != self.value:
            self.move(int(clean(value)) if self.lever.parameter.integer else clean(value))

    def type(self, text: str) -> None:
        """Take what was typed, or say beside the field what is wrong with it."""
        if text != panels.value_text(self.state.now.plan.parameters[self.lever.path]):
            self.attempt(lambda: self.state.type(self.lever.path, text))

    def move(self, value: Any) -> None:
        """Take a value, or say what is wrong with it."""
        if value != self.value:
            self.attempt(lambda: self.state.move(self.lever.path, value))

    def reset(self) -> None:
        """Back to the value of the scenario."""
        self.attempt(lambda: self.state.reset(self.lever.path))

    @spoken
    def attempt(self, action: Any) -> None:
        """Do something that the parameters may refuse."""
        self.wrong.value = ""
        try:
            action()
        except BadInput as problem:
            self.wrong.value = html.error(problem)
        self.show()

    def show(self) -> None:
        """Show the value of the plan, unless what stands in the field is wrong and waits to be put right."""
        self.back.disabled = self.lever.path not in self.state.changes and not self.wrong.value
        if self.lever.choices:
            self.choice.value = self.value
        else:
            self.widen(float(self.value))
            # To correct a last digit would pull the slider back under the hand of who is already further.
            if clean(self.slider.value) != self.value:
                self.slider.value = self.value
            if not self.wrong.value:
                self.field.value = panels.value_text(self.state.now.plan.parameters[self.lever.path])

    def widen(self, value: float) -> None:
        """Make room for a value that was typed beyond the range."""
        self.slider.max = max(self.slider.max, value)
        self.slider.min = min(self.slider.min, value)

    def close(self) -> None:
        """Take it off the screen for good."""
        for widget in (*self.inputs, self.wrong, self.back, *self.box.children, self.box):
            widget.close()
