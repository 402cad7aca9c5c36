"""The levers on the screen: each has a name, a slider or a list, a field to type into, its unit, and a reset button."""

from typing import Any

import ipywidgets as widgets

from imis_plan.explore import html, panels
from imis_plan.explore.levers import Lever, nearest_position
from imis_plan.explore.slider import Slider
from imis_plan.explore.state import ExplorerState, in_scenario_language
from imis_plan.i18n.translate import _, translate_unit
from imis_plan.problems import BadInput
from imis_plan.sections.parameter_values import choice_name

FIELD, UNIT = "96px", "132px"
# The unit of a share is 1, which explains nothing next to a field.
SHARE = "1"


class Control:
    """A lever on the screen: shows a parameter of the state, and changes it."""

    def __init__(self, state: ExplorerState, lever: Lever) -> None:
        self.state, self.lever = state, lever
        self.name = panels.parameter_text(state.current.plan, lever.path)
        self.positions = lever.positions
        self.message = widgets.HTML()
        self.reset_button = widgets.Button(
            description=_("Reset"),
            tooltip=_("Reset to the value of the scenario: {name}").format(name=self.name),
            layout=widgets.Layout(width="auto", flex="none"),
        )
        self.reset_button.on_click(lambda _button: self.reset())
        self.inputs = self.choice_input() if lever.choices else self.slider_and_field()
        row = widgets.HBox([*self.inputs, self.reset_button])
        row.add_class("imis-x-row")
        self.box = widgets.VBox([widgets.HTML(panels.lever_name(state.current.plan, lever)), row, self.message])
        self.box.add_class("imis-lever")
        self.show()

    def choice_input(self) -> list[Any]:
        """A list for a choice or a switch."""
        listed = [(self.choice_text(value), value) for value in self.lever.choices]
        self.choice = widgets.Dropdown(
            options=listed, value=self.value, description=self.name, layout=widgets.Layout(width="auto", flex="1 1 auto")
        )
        self.choice.observe(lambda change: self.set_value(change["new"]), "value")
        return [self.choice]

    def choice_text(self, value: Any) -> str:
        """A choice as shown."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return choice_name(self.lever.parameter, str(value))

    def slider_and_field(self) -> list[Any]:
        """A slider between low and high, and a field for any valid value."""
        parameter = self.lever.parameter
        unit = _("share, 0 to 1") if parameter.unit == SHARE else translate_unit(parameter.unit)
        self.slider = Slider(label=self.name)
        self.field = widgets.Text(
            description=f"{self.name} [{unit}]", continuous_update=False, layout=widgets.Layout(width=FIELD, flex="none")
        )
        self.show_position()
        self.slider.observe(lambda change: self.take_position(change["new"]), "position")
        self.field.observe(lambda change: self.take_text(change["new"]), "value")
        return [self.slider, self.field, widgets.HTML(html.note(breakable(unit)), layout=widgets.Layout(width=UNIT, flex="none"))]

    @property
    def value(self) -> Any:
        """The value in the current plan."""
        return self.state.current.plan[self.lever.path]

    def take_position(self, position: int) -> None:
        """Take the value at a position of the slider, unless the plan has it already."""
        if position != nearest_position(self.positions, float(self.value)):
            value = self.positions[position]
            self.set_value(int(value) if self.lever.parameter.integer else value)

    def take_text(self, text: str) -> None:
        """Take a typed value, or show next to the field what is wrong with it."""
        if text != self.shown_value() or self.lever.path in self.state.refused:
            self.attempt(lambda: self.state.set_text(self.lever.path, text), text)

    def set_value(self, value: Any) -> None:
        """Take a value, or show what is wrong with it."""
        if value != self.value:
            self.attempt(lambda: self.state.set_value(self.lever.path, value), str(value))

    def reset(self) -> None:
        """Back to the value of the scenario."""
        self.attempt(lambda: self.state.reset(self.lever.path), "")

    @in_scenario_language
    def attempt(self, action: Any, text: str) -> None:
        """Run an action; if the parameters refuse it, show the reason. text : the entry."""
        self.message.value = ""
        try:
            action()
        except BadInput as problem:
            # The first one: those of other parameters often follow from a value that is out of bounds.
            self.message.value = html.error(BadInput(problem.problems[:1]))
            self.state.refuse(self.lever.path, text)
        else:
            self.state.accept(self.lever.path)
        self.show()

    def show(self) -> None:
        """Show the value of the plan; a wrong entry stays in the field to be corrected."""
        self.reset_button.disabled = self.lever.path not in self.state.changes and not self.message.value
        if self.lever.choices:
            self.choice.value = self.value
        else:
            self.show_position()
            if not self.message.value:
                self.field.value = self.shown_value()

    def shown_value(self) -> str:
        """The value of the plan as text."""
        return panels.value_text(self.state.current.plan.parameters[self.lever.path])

    def show_position(self) -> None:
        """Move the slider to the position closest to the value of the plan; one beyond its range becomes its end."""
        value = float(self.value)
        if not self.positions[0] <= value <= self.positions[-1]:
            self.positions = tuple(sorted({*self.positions, value}))
        self.slider.set_trait("last", len(self.positions) - 1)
        self.slider.position = nearest_position(self.positions, value)
        self.slider.text = f"{self.shown_value()} {translate_unit(self.lever.parameter.unit)}".removesuffix(f" {SHARE}")

    def close(self) -> None:
        """Close all widgets of the lever."""
        for widget in (*self.inputs, self.message, self.reset_button, *self.box.children, self.box):
            widget.close()


def breakable(unit: str) -> str:
    """A unit that goes on in the next line after a slash, where its place is too narrow, as in French."""
    return unit.replace("/", "/\N{ZERO WIDTH SPACE}")
