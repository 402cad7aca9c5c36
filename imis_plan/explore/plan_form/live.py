"""A status line that screen readers announce, and that says when somebody looks at the form."""

from pathlib import Path

import anywidget
import traitlets


class LiveStatus(anywidget.AnyWidget):
    """Words for screen readers, which stay on the page and change; hidden from sight.

    text : the words. language : of the form around it. shown : how often a browser has shown it, since a kernel may have run
    before anybody opened the page. led : how often the budget of a plan was to be gone to.
    """

    _esm = Path(__file__).with_name("live.js")
    text = traitlets.Unicode("").tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
    shown = traitlets.Int(0).tag(sync=True)
    led = traitlets.Int(0).tag(sync=True)

    def lead_to_budget(self) -> None:
        """Move focus and page to the budget, which may not yet be on the page."""
        self.led += 1
