"""Names of groups of figures that vary together."""

from collections.abc import Callable, Sequence

from imis_plan.i18n.formats import escape_markdown, quote
from imis_plan.i18n.translate import _
from imis_plan.model.budget_line import N_
from imis_plan.model.correlation import DIGITAL, PAY, PRICES, VOLUMES
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["group_label"]
__dir__ = only(__all__)

LABELS = {
    PAY: N_("pay"),
    VOLUMES: N_("use of the scheme"),
    DIGITAL: N_("work on paper or phones"),
    "equipment": N_("prices of devices"),
}


def quoted(text: str) -> str:
    """A name inside a sentence of a report."""
    return quote(escape_markdown(text))


def group_label(plan: Plan, name: str, members: Sequence[str], write: Callable[[str], str] = quoted) -> str:
    """What a group is: a single figure by its description, prices by their currency, a tag of a scenario as it is.

    write : how names of figures and tags are written; `str` in a table.
    """
    if len(members) == 1:
        return write(_(plan.parameters[members[0]].description))
    kind, _space, unit = name.partition(" ")
    if kind == PRICES and unit:
        return _("prices in {currency}").format(currency=unit)
    return _(LABELS[name]) if name in LABELS else write(name)
