"""The levers on the screen: each has a name, a slider or a list, a field to type into, its unit, and a reset button."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.levers import Lever
from imis_plan.explore.state import ExplorerState, in_scenario_language
from imis_plan.i18n import translate
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.problems import BadInput

# Further digits of a slider's value are floating-point errors of its steps.
DIGITS = ".12g"
FIELD, UNIT, BUTTON = "96px", "132px", "34px"
# The unit of a share is 1, which explains nothing next to a field.
SHARE = "1"


def clean(value: float) -> float:
    """A value of a slider without floating-point errors of its steps."""
    return float(format(value, DIGITS))


class Control:
    """A lever on the screen: shows a parameter of the state, and changes it."""

    def __init__(self, state: ExplorerState, lever: Lever) -> None:
        self.state, self.lever = state, lever
        self.message = widgets.HTML()
        self.reset_button = widgets.Button(
            description="↺", tooltip=_("Reset to the value of the scenario"), layout=widgets.Layout(width=BUTTON, flex="none")
        )
        self.reset_button.on_click(lambda _button: self.reset())
        self.inputs = self.choice_input() if lever.choices else self.slider_and_field()
        name = widgets.HTML(panels.lever_name(state.current.plan, lever))
        row = widgets.HBox([*self.inputs, self.reset_button], layout=widgets.Layout(align_items="center"))
        self.box = widgets.VBox([name, row, self.message], layout=widgets.Layout(margin="0 0 4px 0"))
        self.box.add_class("imis-lever")
        self.show()

    def choice_input(self) -> list[Any]:
        """A list for a choice or a switch."""
        listed = [(self.choice_text(value), value) for value in self.lever.choices]
        self.choice = widgets.Dropdown(options=listed, value=self.value, layout=widgets.Layout(width="auto", flex="1 1 auto"))
        self.choice.observe(lambda change: self.set_value(change["new"]), "value")
        return [self.choice]

    @staticmethod
    def choice_text(value: Any) -> str:
        """A choice as shown."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return translate.translate_choice(str(value)).replace("_", " ")

    def slider_and_field(self) -> list[Any]:
        """A slider between low and high, and a field for any valid value."""
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
        self.slider.observe(lambda change: self.take_slider_value(change["new"]), "value")
        self.field.observe(lambda change: self.take_text(change["new"]), "value")
        unit = _("share, 0 to 1") if lever.parameter.unit == SHARE else translate_unit(lever.parameter.unit)
        return [self.slider, self.field, widgets.HTML(html.note(unit), layout=widgets.Layout(width=UNIT, flex="none"))]

    @property
    def value(self) -> Any:
        """The value in the current plan."""
        return self.state.current.plan[self.lever.path]

    def take_slider_value(self, value: float) -> None:
        """Take the value of the slider, unless the plan has it already."""
        if clean(value) != self.value:
            self.set_value(int(clean(value)) if self.lever.parameter.integer else clean(value))

    def take_text(self, text: str) -> None:
        """Take a typed value, or show next to the field what is wrong with it."""
        if text != panels.value_text(self.state.current.plan.parameters[self.lever.path]):
            self.attempt(lambda: self.state.set_text(self.lever.path, text))

    def set_value(self, value: Any) -> None:
        """Take a value, or show what is wrong with it."""
        if value != self.value:
            self.attempt(lambda: self.state.set_value(self.lever.path, value))

    def reset(self) -> None:
        """Back to the value of the scenario."""
        self.attempt(lambda: self.state.reset(self.lever.path))

    @in_scenario_language
    def attempt(self, action: Any) -> None:
        """Run an action; if the parameters refuse it, show the reason."""
        self.message.value = ""
        try:
            action()
        except BadInput as problem:
            self.message.value = html.error(problem)
        self.show()

    def show(self) -> None:
        """Show the value of the plan; a wrong entry stays in the field to be corrected."""
        self.reset_button.disabled = self.lever.path not in self.state.changes and not self.message.value
        if self.lever.choices:
            self.choice.value = self.value
        else:
            self.extend_range(float(self.value))
            # Correcting a last digit would pull the slider back while its user still moves it.
            if clean(self.slider.value) != self.value:
                self.slider.value = self.value
            if not self.message.value:
                self.field.value = panels.value_text(self.state.current.plan.parameters[self.lever.path])

    def extend_range(self, value: float) -> None:
        """Extend the slider to a value that was typed beyond its range."""
        self.slider.max = max(self.slider.max, value)
        self.slider.min = min(self.slider.min, value)

    def close(self) -> None:
        """Close all widgets of the lever."""
        for widget in (*self.inputs, self.message, self.reset_button, *self.box.children, self.box):
            widget.close()
