"""Why one scenario costs more than another, and how far scenarios lie apart."""

from collections.abc import Callable

import pandas as pd

from imis_plan.analysis import comparison as views
from imis_plan.analysis.decomposition import CONTINGENCY, decompose_lines, factor_effects, sum_by_component
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, number, share
from imis_plan.i18n.translate import _, plural
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import usd
from imis_plan.sections.naming import NEGLIGIBLE, component_name, line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["leading_components", "reasons_for_difference", "unit_cost_range"]
__dir__ = only(__all__)

WORTH_NAMING = 0.02
FACTOR_LABELS: dict[str, Callable[[], str]] = {
    "volume": lambda: _("Volume"),
    "price": lambda: _("Price"),
    CONTINGENCY: lambda: _("Contingency on prices"),
    "timing": lambda: _("Timing"),
    "exchange": lambda: _("Exchange rate"),
}
IN_SENTENCE: dict[str, Callable[[], str]] = {
    "volume": lambda: _("volume"),
    "price": lambda: _("price"),
    CONTINGENCY: lambda: _("the contingency on prices"),
    "timing": lambda: _("timing"),
    "exchange": lambda: _("the exchange rate"),
}
# What it means that a factor raises the cost of the costlier scenario.
COST_MORE_BECAUSE: dict[str, Callable[[], str]] = {
    "volume": lambda: _("{costlier} buys more for each insured person"),
    "price": lambda: _("unit prices are higher in {costlier}, at the exchange rates of their price years"),
    CONTINGENCY: lambda: _("{costlier} adds more contingency to the price of each unit"),
    "timing": lambda: _("{costlier} pays later, at higher prices"),
    "exchange": lambda: _("domestic prices in {costlier} have increased more than the exchange rate explains"),
}


def reasons_for_difference(left: Plan, right: Plan) -> str:
    """Why an insured person and year costs more in one scenario than in the other: factors, components, scale."""
    lines = decompose_lines(left, right)
    table = sum_by_component(lines)
    total, (left_name, right_name) = table.loc[TOTAL], map(escape_markdown, views.display_names(left, right))
    gap = total["difference"]
    costlier, cheaper = (right, left) if gap > 0 else (left, right)
    names = {"costlier": right_name, "cheaper": left_name} if gap > 0 else {"costlier": left_name, "cheaper": right_name}
    high, low = max(total["left"], total["right"]), min(total["left"], total["right"])
    if abs(gap) < NEGLIGIBLE * high or usd(high) == usd(low):
        return _("{costlier} and {cheaper} cost the same per insured person per year: {cost}.").format(cost=usd(high), **names)
    sign = 1 if gap > 0 else -1
    parts = [headline(high, low, names), by_factor(sign * factor_effects(table), abs(gap), names)]
    parts += [
        by_component(sign * table["difference"].drop([TOTAL, CONTINGENCY], errors="ignore")),
        largest_line(lines, sign, costlier, names),
    ]
    parts += [scheme_size(costlier, cheaper, names)]
    return " ".join(filter(None, parts))


def headline(high: float, low: float, names: dict[str, str]) -> str:
    """Which one costs more, and by how much."""
    text = _("Per insured person per year, {costlier} costs {high} and {cheaper} costs {low}. The difference is {gap} ({part}).")
    part = _("{times} times as much").format(times=number(high / low, 1)) if high >= 2 * low > 0 else "+" + share(high / low - 1)
    return text.format(high=usd(high), low=usd(low), gap=usd(high - low), part=part, **names)


def by_factor(effects: pd.Series, gap: float, names: dict[str, str]) -> str:
    """The factor that explains most, the others that count, and those that work the other way."""
    lead = str(effects.idxmax())
    most, largest = (
        _("Most of the difference comes from {factor} ({amount}): {meaning}"),
        _("The largest part comes from {factor} ({amount}): {meaning}"),
    )
    text = most if effects[lead] > gap / 2 else largest
    first = text.format(factor=IN_SENTENCE[lead](), amount=usd(effects[lead]), meaning=COST_MORE_BECAUSE[lead]().format(**names))
    rest = effects.drop(lead)
    rest = rest[rest.abs() >= WORTH_NAMING * gap].sort_values(key=lambda x: x.abs(), ascending=False)
    others = [
        (_("{factor} adds {amount}") if x > 0 else _("{factor} reduces it by {amount}")).format(
            factor=IN_SENTENCE[str(name)](), amount=usd(x)
        )
        for name, x in rest.items()
    ]
    return (formats.join_with_semicolons([first, join_with_and(others)]) if others else first) + "."


def by_component(differences: pd.Series) -> str:
    """The components that add most to the difference, and one that reduces it; contingency follows the others."""
    up = differences[differences > 0].nlargest(3)
    named = [_("{name} ({amount})").format(name=component_name(str(name)), amount=usd(x)) for name, x in up.items()]
    if up.empty:
        return ""
    text = plural("The component that contributes most is {named}", "The components that contribute most are {named}", len(named))
    low = differences.idxmin()
    if differences[low] > -WORTH_NAMING * differences.sum():
        return text.format(named=join_with_and(named)) + "."
    reduction = _("; {name} reduces the difference ({amount})").format(
        name=component_name(str(low)), amount=usd(differences[low])
    )
    return text.format(named=join_with_and(named)) + reduction + "."


def largest_line(lines: pd.DataFrame, sign: int, costlier: Plan, names: dict[str, str]) -> str:
    """The line with the largest difference, and whether the cheaper scenario buys it at all."""
    moves = (sign * (lines["right"] - lines["left"])).drop(CONTINGENCY, level="component", errors="ignore")
    key = moves.idxmax()
    row = lines.loc[key]
    line = pd.Series({"label": row["label"], "role_or_level": key[2]})
    text = (
        _("The line with the largest difference is {line} ({amount}); {cheaper} does not have it.")
        if not min(row["left"], row["right"])
        else _("The line with the largest difference is {line} ({amount}).")
    )
    return text.format(line=line_in_sentence(costlier, line), amount=usd(moves[key]), **names)


def scheme_size(costlier: Plan, cheaper: Plan, names: dict[str, str]) -> str:
    """That fewer people share fixed costs, if the costlier scenario is the smaller one."""
    few, many = (views.insured_years(plan) / plan["time.horizon"] for plan in (costlier, cheaper))
    if few * 1.1 > many:
        return ""
    text = _("On average, {costlier} insures {few} people and {cheaper} {many}: fixed costs are spread over fewer people.")
    return text.format(few=compact(few), many=compact(many), **names)


def unit_cost_range(table: pd.DataFrame) -> str:
    """How far scenarios lie apart, from `compare`."""
    costs = table.set_index("name")[f"{views.USD_PER_PREFIX}insured_year"].dropna().sort_values()
    if costs.empty:
        return _("No scenario has insured people.")
    text = _(
        "The cost per insured person per year ranges from {low} in {lowest} to {high} in {highest}; the median of the "
        "{count} scenarios is {median}."
    )
    return text.format(
        low=usd(costs.iloc[0]),
        lowest=escape_markdown(costs.index[0]),
        high=usd(costs.iloc[-1]),
        highest=escape_markdown(costs.index[-1]),
        count=len(costs),
        median=usd(costs.median()),
    )


def leading_components(table: pd.DataFrame) -> str:
    """Which components lead the cost, in how many scenarios, from `compare`."""
    shares = views.cost_structure(table).fillna(0.0)
    counts = shares.idxmax()[shares.sum() > 0].value_counts()
    parts = [
        plural("{name} in {count} scenario", "{name} in {count} scenarios", count).format(
            name=component_name(str(name)), count=count
        )
        for name, count in counts.items()
    ]
    text = _(
        "The largest component is {parts}. The component whose share varies most is {name}: from {low} to {high} of the cost."
    )
    spread = shares.max(axis=1) - shares.min(axis=1)
    name = str(spread.idxmax())
    low, high = share(shares.loc[name].min()), share(shares.loc[name].max())
    return text.format(parts=join_with_and(parts), name=component_name(name), low=low, high=high)
