"""The plan compared with the criteria of auditors, in sentences."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from imis_plan.analysis.assessment import STALE_YEARS, assessment, stale
from imis_plan.analysis.assessment.criteria import GAO, GHCC, MET, NOT, PARTLY
from imis_plan.i18n.formats import escape_markdown, join_with_and, label_and_value, quote, share
from imis_plan.i18n.translate import _, plural
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["old_prices", "self_assessment"]
__dir__ = only(__all__)

VERDICTS = {MET: lambda: _("met"), PARTLY: lambda: _("partly met"), NOT: lambda: _("not met")}
TALLIES: dict[str, Callable[[int], str]] = {
    MET: lambda n: plural("{count} met", "{count} met", n),
    PARTLY: lambda n: plural("{count} partly met", "{count} partly met", n),
    NOT: lambda n: plural("{count} not met", "{count} not met", n),
}
NAMED_PRICES = 3


def self_assessment(plan: Plan, ledger: pd.DataFrame, simulation: Any = None, actuals: Actuals | None = None) -> str:
    """How many criteria are met, and for GAO's four what keeps each from it."""
    table = assessment(plan, ledger, simulation, actuals)
    read = int(table.loc[table["standard"] == GHCC, "read"].sum())
    text = _(
        "The data of this plan are compared with the four characteristics of a reliable cost estimate of the United States Government "
        "Accountability Office (*Cost Estimating and Assessment Guide*, GAO-20-195G): {gao}. They are also compared with the principles of "
        "the reference case of the Global Health Cost Consortium (GHCC, ghcosting.org): {ghcc}. Of the GHCC, the original text of {read} "
        "principles was read; the others are stated by their subject."
    ).format(gao=tally(table, GAO), ghcc=tally(table, GHCC), read=read)
    gao = table[(table["standard"] == GAO) & (table["verdict"] != MET)]
    lacking = [
        "- " + label_and_value(f"**{_(row.criterion)}** – {VERDICTS[row.verdict]()}", escape_markdown(row.open))
        for row in gao.itertuples()
    ]
    return "\n".join([text, "", *lacking])


def tally(table: pd.DataFrame, standard: str) -> str:
    """How often each verdict falls: 2 met, 1 partly met and 1 not met."""
    counts = table.loc[table["standard"] == standard, "verdict"].value_counts()
    return join_with_and([TALLIES[key](int(counts[key])).format(count=counts[key]) for key in VERDICTS if counts.get(key)])


def old_prices(plan: Plan, ledger: pd.DataFrame, years: int = STALE_YEARS) -> str:
    """How much of the total rests on old prices, and on which."""
    table = stale(plan, years, ledger)
    if table.empty:
        return _("No price is more than {years} years older than the first year.").format(years=years)
    names = [
        _("{name} of {year} ({part})").format(
            name=quote(escape_markdown(_(row.description))), year=row.price_year, part=share(row.share, 1)
        )
        for row in table.head(NAMED_PRICES).itertuples()
    ]
    text = _("Prices more than {years} years older than the first year account for {part} of the total. The largest: {names}.")
    return text.format(years=years, part=share(table["share"].sum(), 1), names=join_with_and(names))
