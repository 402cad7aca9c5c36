"""A slider over a list of values, by an input element of the browser itself."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Slider(anywidget.AnyWidget):
    """A slider that stops at whole positions only, so that no browser can round the value behind one.

    position, last : the position it is at, and the last one; the first is 0. label : its name for screen readers. text : the
    value at its position, with its unit.
    """

    _esm = Path(__file__).with_name("slider.js")
    position = traitlets.Int(0).tag(sync=True)
    last = traitlets.Int(0).tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.add_class("imis-x-slider")
