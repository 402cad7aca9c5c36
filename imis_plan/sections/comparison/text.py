"""Why one scenario costs more than another, and how far scenarios lie apart."""

from collections.abc import Callable

import pandas as pd

from imis_plan.analysis import comparison as views
from imis_plan.analysis.decomposition import FACTORS, RESERVE, decompose_lines, summed
from imis_plan.analysis.summary import TOTAL
from imis_plan.i18n import formats
from imis_plan.i18n.formats import compact, listed, number, plain, share
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
    "timing": lambda: _("Timing"),
    "exchange": lambda: _("Exchange rate"),
}
IN_SENTENCE: dict[str, Callable[[], str]] = {
    "volume": lambda: _("volume"),
    "price": lambda: _("price"),
    "timing": lambda: _("timing"),
    "exchange": lambda: _("the exchange rate"),
}
# What it means that a factor makes the dearer scenario dearer.
COST_MORE_BECAUSE: dict[str, Callable[[], str]] = {
    "volume": lambda: _("{dear} buys more for each insured person"),
    "price": lambda: _("the same things have higher prices in {dear}, at the exchange rates of their price years"),
    "timing": lambda: _("{dear} pays later, at prices that have risen further"),
    "exchange": lambda: _("prices at home in {dear} have risen further than its exchange rate has followed"),
}


def reasons_for_difference(left: Plan, right: Plan) -> str:
    """Why an insured person and year costs more in one scenario than in the other: factors, components, scale."""
    lines = decompose_lines(left, right)
    table = summed(lines)
    total, (left_name, right_name) = table.loc[TOTAL], map(plain, views.names(left, right))
    gap = total["difference"]
    dear, cheap = (right, left) if gap > 0 else (left, right)
    names = {"dear": right_name, "cheap": left_name} if gap > 0 else {"dear": left_name, "cheap": right_name}
    high, low = max(total["left"], total["right"]), min(total["left"], total["right"])
    if abs(gap) < NEGLIGIBLE * high:
        return _("{dear} and {cheap} cost the same per insured person and year: {cost}.").format(cost=usd(high), **names)
    sign = 1 if gap > 0 else -1
    parts = [headline(high, low, names), by_factor(sign * total[list(FACTORS)], abs(gap), names)]
    parts += [
        by_component(sign * table["difference"].drop([TOTAL, RESERVE], errors="ignore")),
        largest_line(lines, sign, dear, names),
    ]
    parts += [scheme_size(dear, cheap, names)]
    return " ".join(filter(None, parts))


def headline(high: float, low: float, names: dict[str, str]) -> str:
    """Which one is dearer, and how much."""
    text = _("Per insured person and year {dear} costs {high} and {cheap} {low}: {dear} is dearer by {gap} ({part}).")
    part = _("{times} times as much").format(times=number(high / low, 1)) if high >= 2 * low > 0 else "+" + share(high / low - 1)
    return text.format(high=usd(high), low=usd(low), gap=usd(high - low), part=part, **names)


def by_factor(effects: pd.Series, gap: float, names: dict[str, str]) -> str:
    """The factor that explains most, the others that count, and those that work the other way."""
    lead = str(effects.idxmax())
    most, largest = _("Most of it is {factor} ({amount}): {meaning}"), _("The largest part is {factor} ({amount}): {meaning}")
    text = most if effects[lead] > gap / 2 else largest
    first = text.format(factor=IN_SENTENCE[lead](), amount=usd(effects[lead]), meaning=COST_MORE_BECAUSE[lead]().format(**names))
    rest = effects.drop(lead)
    rest = rest[rest.abs() >= WORTH_NAMING * gap].sort_values(key=lambda x: x.abs(), ascending=False)
    others = [
        (_("{factor} adds {amount}") if x > 0 else _("{factor} takes {amount} off")).format(
            factor=IN_SENTENCE[str(name)](), amount=usd(x)
        )
        for name, x in rest.items()
    ]
    return (formats.series([first, listed(others)]) if others else first) + "."


def by_component(differences: pd.Series) -> str:
    """The components in which the dearer scenario is dearest, and the one where it is cheaper; contingency follows the others."""
    up = differences[differences > 0].nlargest(3)
    named = [_("{name} ({amount})").format(name=component_name(str(name)), amount=usd(x)) for name, x in up.items()]
    if up.empty:
        return ""
    text = plural("The component behind it is {named}", "The components behind it are {named}", len(named))
    low = differences.idxmin()
    if differences[low] > -WORTH_NAMING * differences.sum():
        return text.format(named=listed(named)) + "."
    cheaper = _("; it is cheaper in {name} ({amount})").format(name=component_name(str(low)), amount=usd(differences[low]))
    return text.format(named=listed(named)) + cheaper + "."


def largest_line(lines: pd.DataFrame, sign: int, dear: Plan, names: dict[str, str]) -> str:
    """The line that makes most of the difference, and whether the cheaper scenario buys it at all."""
    moves = (sign * (lines["right"] - lines["left"])).drop(RESERVE, level="component", errors="ignore")
    key = moves.idxmax()
    row = lines.loc[key]
    line = pd.Series({"label": row["label"], "role_or_level": key[2]})
    text = (
        _("The line that weighs most is {line} ({amount}), which {cheap} does not have.")
        if not min(row["left"], row["right"])
        else _("The line that weighs most is {line} ({amount}).")
    )
    return text.format(line=line_in_sentence(dear, line), amount=usd(moves[key]), **names)


def scheme_size(dear: Plan, cheap: Plan, names: dict[str, str]) -> str:
    """That fewer people share what every scheme needs once, if the dearer scenario is the smaller one."""
    few, many = (views.insured_years(plan) / plan["time.horizon"] for plan in (dear, cheap))
    if few * 1.1 > many:
        return ""
    text = _(
        "{dear} insures {few} people on average and {cheap} {many}: what a scheme needs whatever its size falls on fewer of them."
    )
    return text.format(few=compact(few), many=compact(many), **names)


def unit_cost_range(table: pd.DataFrame) -> str:
    """How far scenarios lie apart, from `compare`."""
    costs = table.set_index("name")[f"{views.PER}insured_year"].dropna().sort_values()
    if costs.empty:
        return _("No scenario insures anybody.")
    text = _(
        "An insured person and year costs from {low} in {cheap} to {high} in {dear}; half of the {count} scenarios stay below {middle}."
    )
    return text.format(
        low=usd(costs.iloc[0]),
        cheap=plain(costs.index[0]),
        high=usd(costs.iloc[-1]),
        dear=plain(costs.index[-1]),
        count=len(costs),
        middle=usd(costs.median()),
    )


def leading_components(table: pd.DataFrame) -> str:
    """Which components lead the cost, in how many scenarios, from `compare`."""
    shares = views.structure(table).fillna(0.0)
    counts = shares.idxmax()[shares.sum() > 0].value_counts()
    parts = [_("{name} in {count}").format(name=component_name(str(name)), count=count) for name, count in counts.items()]
    text = _("The largest component is {parts}. {name} differs most between scenarios: from {low} to {high} of the cost.")
    spread = shares.max(axis=1) - shares.min(axis=1)
    name = str(spread.idxmax())
    low, high = share(shares.loc[name].min()), share(shares.loc[name].max())
    return text.format(parts=listed(parts), name=component_name(name), low=low, high=high)
