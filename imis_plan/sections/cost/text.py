"""What it costs, when, and who pays."""

from typing import Any

import pandas as pd

from imis_plan.analysis import summary as views
from imis_plan.i18n import formats
from imis_plan.i18n.formats import compact, listed, number, plain, share
from imis_plan.i18n.translate import _, localized
from imis_plan.model import funding
from imis_plan.model.budget_line import CAPITAL
from imis_plan.scenario.plan import Plan
from imis_plan.sections.naming import SMALL, WHOLE, currency, label, named_line


def title(plan: Plan) -> str:
    """Heading of the report, with what a reader must know of its amounts. Country, years and version stand in the title block."""
    first = plan["time.base_year"]
    money = _("Amounts are in {currency}, at prices of the year of payment, for {first} to {last}.")
    facts = [money.format(currency=plan.about.currency, first=first, last=first + plan["time.horizon"] - 1)]
    if plan.option:
        facts.append(_("Option: {option}.").format(option=plain(localized(plan.options[plan.option].title))))
    return f"# {plain(localized(plan.about.title))}\n\n{' '.join(facts)}"


def target(plan: Plan) -> str:
    """What the scenario wants to reach, and why that is plausible, in its author's words."""
    notes = "".join(f"\n- {plain(localized(note))}" for note in plan.about.notes)
    return plain(localized(plan.about.target)) + (f"\n{notes}" if notes else "")


def headline(plan: Plan, ledger: pd.DataFrame) -> str:
    """What it costs in all, a year, per insured; what recurs; what is unfunded; what it rests on."""
    h, lcu = views.headline(plan, ledger), currency(plan)
    people = _(
        "**{total}** ({usd}) from {first} to {last}, to run openIMIS for **{insured} insured** people in {last}: {yearly} a year on average."
    )
    sentences = [
        people.format(
            total=lcu(h["total"]),
            usd=formats.money(h["total_usd"], "USD"),
            first=h["first_year"],
            last=h["last_year"],
            insured=compact(h["insured"]),
            yearly=lcu(h["per_year"]),
        ),
        per_insured(plan, h),
        recurrent(plan, h),
        unfunded(plan, h),
        _(
            "Of the cost without contingency, {assumed} is at prices for which no published figure was found; they are assumed, each with a range and a reason."
        ).format(assumed=share(h["assumed_share"])),
    ]
    return "\n".join(f"- {sentence}" for sentence in sentences)


def recurrent(plan: Plan, h: Any) -> str:
    """What recurs in the last year, and how much of the roll-out that year has reached."""
    text = _(
        "**{after} a year recur** when the roll-out is over ({last}, {usd}); over the whole plan {part} of the cost is recurrent."
    )
    if h["rollout"] < WHOLE:
        text = _(
            "**{after} recur** in {last} ({usd}), when {reached} of the target is reached; over the whole plan {part} of the cost is recurrent."
        )
    return text.format(
        after=currency(plan)(h["recurrent_after"]),
        last=h["last_year"],
        usd=formats.money(h["recurrent_after_usd"], "USD"),
        part=share(h["recurrent_share"]),
        reached=share(h["rollout"]),
    )


def per_insured(plan: Plan, h: Any) -> str:
    """Cost per insured person and year."""
    if h["per_insured_year"] != h["per_insured_year"]:  # not a number: nobody is insured
        return _("Nobody is insured in this plan, so there is no cost per person.")
    return _("That is **{lcu}** ({usd}) per insured person and year.").format(
        lcu=formats.exact(h["per_insured_year"], plan.about.currency),
        usd=formats.exact(h["per_insured_year_usd"], "USD"),
    )


def unfunded(plan: Plan, h: Any) -> str:
    """How much nobody pays for yet."""
    lcu = currency(plan)
    if not plan.funding:
        return _("The scenario names no funder, so the **whole amount is still to be funded**.")
    if h["unfunded_share"] < SMALL:
        return _("Every line has a funder.")
    return _("**{gap} ({part} of the total) has no funder yet.**").format(gap=lcu(h["unfunded"]), part=share(h["unfunded_share"]))


def where_money_goes(plan: Plan, ledger: pd.DataFrame) -> str:
    """Which components and lines cost most."""
    lcu, total = currency(plan), ledger["amount"].sum()
    sums = ledger.groupby("component", sort=False)["amount"].sum().nlargest(3)
    sums = sums[sums > 0]
    if sums.empty:
        return _("Nothing is budgeted.")
    top = listed([_("{name} ({part})").format(name=label(name), part=share(amount / total)) for name, amount in sums.items()])
    line = next(views.largest_lines(ledger, 1).itertuples())
    text = _(
        "The dearest components make up {part} of the cost: {top}. The largest single line is {line} at {amount}, {share} of everything."
    )
    return text.format(
        part=share(sums.sum() / total),
        top=top,
        line=named_line(plan, line),
        amount=lcu(line.amount),
        share=share(line.share),
    )


def by_year(plan: Plan, ledger: pd.DataFrame) -> str:
    """How the cost moves over the years, and what inflation and discounting make of it."""
    lcu, table = currency(plan), views.by_kind(ledger)
    years = table.loc[views.TOTAL].drop(views.TOTAL)
    peak = int(years.idxmax())
    capital = table.loc[CAPITAL, peak] / years[peak] if years[peak] else 0.0
    sentences = [
        _("The dearest year is {peak} with {amount}, {capital} of it capital; the cheapest is {low} with {least}.").format(
            peak=peak, amount=lcu(years[peak]), capital=share(capital), low=int(years.idxmin()), least=lcu(years.min())
        )
    ]
    h = views.headline(plan, ledger)
    sentences.append(
        _("In the money of {base} the total is {real}; discounted at {rate} a year, it is worth {present} today.").format(
            base=h["first_year"],
            real=lcu(h["real"]),
            rate=share(plan["money.discount_rate"], 1),
            present=lcu(h["present_value"]),
        )
    )
    sentences.append(exchange(plan))
    return " ".join(sentences)


def exchange(plan: Plan) -> str:
    """Which exchange rates the plan reckons with."""
    prices = views.evaluation_of(plan).prices
    first, last = prices.base_year, prices.years()[-1]
    how = {
        "constant_real": _("moves with the difference between home and foreign inflation"),
        "constant": _("stays as it is"),
        "given": _("follows the path given in the scenario"),
    }[plan["money.exchange_path"]]
    text = _("The exchange rate {how}: {one} {currency} for a dollar in {first}, {two} in {last}.")
    one, two = (number(float(prices.rate[year]), 2 if prices.rate[year] < 1000 else 0) for year in (first, last))
    return text.format(how=how, one=one, two=two, currency=plan.about.currency, first=first, last=last)


def component(plan: Plan, ledger: pd.DataFrame, name: str) -> str:
    """What a component costs, which of its lines leads, and whether it is switched off."""
    lcu, rows = currency(plan), ledger[ledger["component"] == name]
    total = rows["amount"].sum()
    if total == 0:
        reason = rows["working"].iloc[0].partition(" = 0 x ")[0]  # what nothing is multiplied with says nothing
        return f"### {label(name)}\n\n" + _("Nothing is budgeted here: {reason}.").format(reason=plain(reason))
    lead = rows.groupby(["label", "role_or_level"], sort=False)["amount"].sum().nlargest(1)
    (text_label, level), amount = next(iter(lead.items()))
    lead_name = named_line(plan, pd.Series({"label": text_label, "role_or_level": level}))
    text = _("{total} over the plan, {part} of the total. The leading line is {line} with {lead}.")
    return f"### {label(name)}\n\n" + text.format(
        total=lcu(total), part=share(total / ledger["amount"].sum(), 1), line=lead_name, lead=share(amount / total)
    )


def funded(plan: Plan, ledger: pd.DataFrame) -> str:
    """Who pays, what is left, and what happens when a funder leaves."""
    if not plan.funding:
        return _("The scenario names no funder. Add `funding:` rules to see who pays what and what is left.")
    lcu, table = currency(plan), views.by_funder(plan, ledger)
    total = table.loc[views.TOTAL, views.TOTAL]
    payers = table[views.TOTAL].drop([views.TOTAL, funding.GAP], errors="ignore")
    parts = [
        _("{amount} ({part}) by {funder}").format(funder=plain(name), amount=lcu(x), part=share(x / total))
        for name, x in payers.items()
    ]
    gap = table.loc[funding.GAP, views.TOTAL] if funding.GAP in table.index else 0.0
    open_part = _("{gap} ({part}) is not yet funded.").format(gap=lcu(gap), part=share(gap / total))
    if gap / total < SMALL:
        open_part = _("Every line has a funder.")
    sentences = [_("So far the cost is borne as follows: {parts}.").format(parts=listed(parts)), open_part]
    sentences += [after_leaving(lcu, row) for row in views.leaving(plan, ledger).itertuples()]
    notes = sorted({localized(rule.note) for rule in plan.funding if rule.note})
    return "\n".join([" ".join(sentences), "", *(f"- {plain(note)}" for note in notes)])


def after_leaving(lcu: Any, row: Any) -> str:
    """What the year after a funder's last costs."""
    text = _(
        "**After {funder} leaves:** it pays {paid} in {last}; in {next} the system costs {recurrent} to run and {gap} has no funder."
    )
    return text.format(
        funder=plain(row.funder),
        paid=lcu(row.paid_before),
        last=row.last_year,
        next=row.next_year,
        recurrent=lcu(row.recurrent),
        gap=lcu(row.unfunded),
    )
