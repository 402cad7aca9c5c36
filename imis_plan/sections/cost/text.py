"""What it costs: in total, by year, and which components cost most."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.formats import compact, escape_markdown, join_with_and, number, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model.budget_line import CAPITAL
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.year_labels import full_year_label, year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections import draft
from imis_plan.sections.amounts import local_money
from imis_plan.sections.funding.text import funding_gap
from imis_plan.sections.naming import COMPLETE, NEGLIGIBLE, component_name, line_in_sentence
from imis_plan.sections.public_names import only

__all__ = ["by_year", "headline", "largest_components", "report_title", "target"]
__dir__ = only(__all__)


def report_title(plan: Plan) -> str:
    """Heading of the report, with what a reader must know of its amounts. Country, years and version stand in the title block."""
    first, last = plan["time.base_year"], plan["time.base_year"] + plan["time.horizon"] - 1
    money = _("Amounts are in {currency}, in nominal terms (prices of the year of payment), for {first} to {last}.")
    currency = formats.currency_with_code(plan.about.currency)
    facts = [money.format(currency=currency, first=full_year_label(plan, first), last=full_year_label(plan, last))]
    if plan.option:
        facts.append(_("Option: {option}.").format(option=escape_markdown(localized(plan.options[plan.option].title))))
    return f"# {escape_markdown(draft.title(plan))}\n\n{' '.join(facts)}"


def target(plan: Plan) -> str:
    """What the scenario wants to reach, and why that is plausible, in its author's words."""
    notes = "".join(f"\n- {escape_markdown(localized(note))}" for note in plan.about.notes)
    return escape_markdown(localized(plan.about.target)) + (f"\n{notes}" if notes else "")


def headline(plan: Plan, ledger: pd.DataFrame) -> str:
    """Total cost, cost a year and per insured person, recurrent cost, funding gap and share of assumed prices."""
    h, lcu = views.headline(plan, ledger), local_money(plan)
    people = _(
        "The total cost is **{total}** ({usd}) from {first} to {last}, or {yearly} a year on average. The system serves"
        " **{insured} insured people** in {last}."
    )
    sentences = [
        people.format(
            total=lcu(h["total"]),
            usd=formats.money(h["total_usd"], "USD"),
            first=year_label(plan, h["first_year"]),
            last=year_label(plan, h["last_year"]),
            insured=compact(h["insured"]),
            yearly=lcu(h["per_year"]),
        ),
        cost_per_insured(plan, h),
        f"{recurrent_cost(plan, h)} {running_cost_text(plan, ledger, h)}",
        funding_gap(plan, h),
        _(
            "{assumed} of the cost without contingency uses assumed prices: no published figure was found. Each of them has a range and a reason."
        ).format(assumed=share(h["assumed_share"])),
    ]
    return "\n".join(f"- {sentence}" for sentence in sentences)


def recurrent_cost(plan: Plan, h: Any) -> str:
    """What recurs in the last year, and how much of the roll-out that year has reached."""
    text = _(
        "Recurrent costs are **{after} a year** ({usd}) after the roll-out, in {last}. Over the whole plan, {part} of "
        "the cost is recurrent."
    )
    if h["rollout"] < COMPLETE:
        text = _(
            "Recurrent costs are **{after}** ({usd}) in {last}, when {reached} of the target is reached. Over the whole"
            " plan, {part} of the cost is recurrent."
        )
    return text.format(
        after=local_money(plan)(h["recurrent_after"]),
        last=year_label(plan, h["last_year"]),
        usd=formats.money(h["recurrent_after_usd"], "USD"),
        part=share(h["recurrent_share"]),
        reached=share(h["rollout"]),
    )


def running_cost_text(plan: Plan, ledger: pd.DataFrame, h: Any) -> str:
    """Recurrent cost and a year's part of the equipment, and why the budget of that year may be lower."""
    text = _(
        "With {replacement} for equipment, spread over its useful life, it costs **{running} a year** to keep the system running."
    ).format(
        running=local_money(plan)(h["running_cost"]),
        replacement=local_money(plan)(h["running_cost"] - h["recurrent_after"]),
    )
    return f"{text} {lower_last_budget(plan, ledger, h)}".rstrip()


def lower_last_budget(plan: Plan, ledger: pd.DataFrame, h: Any) -> str:
    """That the last year's budget is below what it costs to keep the system running, and why; "" where it is not."""
    budget = ledger.loc[ledger["year"] == h["last_year"], "amount"].sum()
    if h["running_cost"] - budget < NEGLIGIBLE * h["running_cost"]:
        return ""
    text = _("The budget of {last} is lower ({budget}), since it buys less equipment in that year.")
    return text.format(last=year_label(plan, h["last_year"]), budget=local_money(plan)(budget))


def cost_per_insured(plan: Plan, h: Any) -> str:
    """Cost per insured person and year."""
    if h["per_insured_year"] != h["per_insured_year"]:  # not a number: nobody is insured
        return _("Nobody is insured in this plan, so there is no cost per person.")
    return _("The cost per insured person per year is **{lcu}** ({usd}).").format(
        lcu=formats.money_with_cents(h["per_insured_year"], plan.about.currency),
        usd=formats.money_with_cents(h["per_insured_year_usd"], "USD"),
    )


def largest_components(plan: Plan, ledger: pd.DataFrame) -> str:
    """Which components and lines cost most; contingency buys nothing, so it is none of them."""
    lcu, total = local_money(plan), ledger["amount"].sum()
    sums = ledger[ledger["component"] != views.CONTINGENCY].groupby("component", sort=False)["amount"].sum().nlargest(3)
    sums = sums[sums > 0]
    if sums.empty:
        return _("Nothing is budgeted.")
    top = join_with_and(
        [_("{name} ({part})").format(name=component_name(name), part=share(amount / total)) for name, amount in sums.items()]
    )
    line = next(views.largest_lines(ledger, 1).itertuples())
    text = _(
        "The largest components account for {part} of the cost: {top}. The largest line is {line}: {amount}, or {share}"
        " of the total."
    )
    return text.format(
        part=share(sums.sum() / total),
        top=top,
        line=line_in_sentence(plan, line),
        amount=lcu(line.amount),
        share=share(line.share),
    )


def by_year(plan: Plan, ledger: pd.DataFrame) -> str:
    """How the cost moves over the years, and what inflation and discounting make of it."""
    lcu, table = local_money(plan), views.by_kind(ledger)
    years = table.loc[views.TOTAL].drop(views.TOTAL)
    peak = int(years.idxmax())
    capital = table.loc[CAPITAL, peak] / years[peak] if years[peak] else 0.0
    sentences = [
        _(
            "The highest-cost year is {peak} with {amount}, of which {capital} capital. The lowest-cost year is {low} with "
            "{least}."
        ).format(
            peak=year_label(plan, peak),
            amount=lcu(years[peak]),
            capital=share(capital),
            low=year_label(plan, years.idxmin()),
            least=lcu(years.min()),
        )
    ]
    h = views.headline(plan, ledger)
    sentences.append(
        _("In constant {base} prices the total is {real}. Discounted at {rate} a year, its present value is {present}.").format(
            base=year_label(plan, h["first_year"]),
            real=lcu(h["real"]),
            rate=share(plan["money.discount_rate"], 1),
            present=lcu(h["present_value"]),
        )
    )
    sentences.append(exchange_rate(plan))
    return " ".join(sentences)


def exchange_rate(plan: Plan) -> str:
    """The exchange rates of the plan."""
    prices = evaluate_plan(plan).prices
    first, last = prices.base_year, prices.years()[-1]
    how = {
        "constant_real": _("follows the difference between domestic and foreign inflation"),
        "pegged": _("keeps the parity with the {anchor}, which follows the difference between foreign inflation rates").format(
            anchor=formats.currency_name(plan["money.anchor"])
        ),
        "constant": _("is constant"),
        "given": _("follows the values given in the scenario"),
    }[plan["money.exchange_path"]]
    text = _("The exchange rate {how}: {one} {currency} per US dollar in {first}, {two} in {last}.")
    rates = prices.payment_rates()
    one, two = (number(float(rate), 2 if rate < 1000 else 0) for rate in (rates[0], rates[-1]))
    currency, years = formats.currency_name(plan.about.currency), (year_label(plan, year) for year in (first, last))
    return text.format(how=how, one=one, two=two, currency=currency, **dict(zip(("first", "last"), years, strict=True)))
