"""Options beside the base."""

from typing import Any

import pandas as pd

from imis_plan.analysis import options as views, summary
from imis_plan.analysis.options import BASE, Alternatives
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized
from imis_plan.sections import anchors
from imis_plan.sections.amounts import signed_one_decimal, signed_share, table_unit, unit_cost
from imis_plan.sections.naming import component_name, line_name
from imis_plan.sections.public_names import only

__all__ = ["changes_by_component", "largest_changes", "options"]
__dir__ = only(__all__)


def options(found: Alternatives) -> dict[str, Any]:
    """What each option costs beside the base, and whom it needs."""
    table, plan = views.options(found), found.base.plan
    divisor, unit = table_unit(plan, float(table["total"].abs().max()))
    per_head = _("{currency} per insured person per year").format(currency=formats.currency_name(plan.about.currency))
    frame = pd.DataFrame({
        _("Total"): table["total"] / divisor,
        _("Difference"): table["difference"] / divisor,
        _("in per cent"): table["difference_share"],
        _("Recurrent, last year"): table["recurrent_after"] / divisor,
        _("Annualised cost"): table["annualised"] / divisor,
        _("P80"): table["p80"] / divisor,
        _("Posts"): table["posts"],
        per_head: table["per_insured_year"],
    })  # fmt: skip
    frame.index = pd.Index(
        [_("Base") if name == BASE else localized(plan.options[name].title) for name in table.index], name=_("Option")
    )
    tenths = [_("Total"), _("Recurrent, last year"), _("Annualised cost"), _("P80"), _("Posts")]
    given = dict.fromkeys(tenths, lambda x: formats.number(x, 1)) | {_("Difference"): signed_one_decimal, per_head: unit_cost}
    return {
        "frame": frame,
        "caption": _("Options compared with the base ({currency})").format(currency=unit),
        "key": "options",
        "links": {_("Option"): [option_target(found, str(name)) for name in table.index]},
        "formats": given | {_("in per cent"): signed_share},
        "notes": [*column_notes(), *(formats.label_and_value(name, reason) for name, reason in failed_options(found).items())],
        "emphasis": (_("Base"),),
    }


def option_target(found: Alternatives, name: str) -> str:
    """The lines that an option changes; for the base, the components."""
    if name == BASE:
        return anchors.table("components")
    return anchors.table(f"option.{name}") if name in found.cases and len(views.largest_moves(found.lines[name], 1)) else ""


def column_notes() -> list[str]:
    """What two of the columns mean, below the table."""
    return [
        _(
            "Annualised cost: in prices of the first year, with equipment spread over its useful life. It serves to "
            "compare options and must not be added to cash amounts."
        ),
        _(
            "P80: the amount that is sufficient in 80% of the simulated cases, without contingency. Its difference from"
            " the total shows the risk."
        ),
    ]


def failed_options(found: Alternatives) -> dict[str, str]:
    """Title of each option that could not be computed, and why."""
    given = found.base.plan.options
    text = _("could not be computed: {reason}")
    return {localized(given[name].title): text.format(reason=reason) for name, reason in found.problems.items()}


def largest_changes(found: Alternatives, option: str, count: int = 10) -> dict[str, Any]:
    """The lines that an option moves most."""
    plan, case = found.base.plan, found.cases[option]
    table = views.largest_moves(found.lines[option], count)
    titles = {role.key: localized(role.title) for role in case.plan.roles}
    divisor, unit = table_unit(plan, float(table[["base", "option"]].abs().max().max()) if len(table) else 0.0)
    frame = pd.DataFrame({
        _("Component"): [component_name(name) for name in table["component"]],
        _("Line"): [line_name(_(row.label), row.role_or_level, titles) for row in table.itertuples()],
        _("Base"): table["base"] / divisor,
        _("Option"): table["option"] / divisor,
        _("Difference"): table["difference"] / divisor,
    })  # fmt: skip
    caption = _("{option}: lines with the largest changes ({currency})").format(
        option=localized(plan.options[option].title), currency=unit
    )
    amounts = dict.fromkeys([_("Base"), _("Option")], lambda x: formats.number(x, 1)) | {_("Difference"): signed_one_decimal}
    links = [line_target(row) for row in table.itertuples()]
    return {
        "frame": frame, "caption": caption, "formats": amounts, "fold": True, "key": f"option.{option}", "links": {_("Line"): links},
    }  # fmt: skip


def line_target(row: Any) -> str:
    """The calculation of a line in the base; a line that only the option pays for has none."""
    return anchors.line(row.component, row.line, row.role_or_level) if row.base else ""


def changes_by_component(found: Alternatives) -> dict[str, Any]:
    """Difference to the base by component and option; columns add up to the differences of the totals."""
    plan = found.base.plan
    columns = {localized(plan.options[name].title): sums["difference"] for name, sums in found.components.items()}
    table = pd.DataFrame(columns).fillna(0.0)
    table.loc[summary.TOTAL] = table.sum()
    table = table[(table.abs() >= views.CENT).any(axis=1)]
    divisor, unit = table_unit(plan, float(table.abs().max().max()) if table.size else 0.0)
    frame = (table / divisor).rename(index={name: component_name(name) for name in table.index if name != summary.TOTAL})
    frame = frame.rename(index={summary.TOTAL: _("Total")})
    frame.index.name = _("Component")
    return {
        "frame": frame,
        "caption": _("Difference from the base by component ({currency})").format(currency=unit),
        "formats": dict.fromkeys(frame.columns, signed_one_decimal),
        "emphasis": (_("Total"),),
        "fold": True,
    }
