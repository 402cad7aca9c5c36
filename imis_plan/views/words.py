"""Sentences made from the numbers. Each function returns Markdown in the language spoken now; no figure is typed into a text."""

from functools import partial

import pandas as pd

from imis_plan.views import formats, summary as views
from imis_plan.model import funding
from imis_plan.model.components import LABELS
from imis_plan.views.formats import compact, listed, number, plain, share
from imis_plan.model.grades import GRADES
from imis_plan.views.i18n import _, plural, said
from imis_plan.model.line import CAPITAL
from imis_plan.views.plausibility import plausibility

SMALL = 0.005


def currency(plan):
    """A function that writes amounts in the scenario's currency."""
    return partial(formats.money, currency=plan.about.currency)


def label(component: str) -> str:
    """Name of a component in the language spoken now."""
    return _(LABELS[component])


def line_label(row) -> str:
    """Name of a budget line, with its role where it has one."""
    return _(row.label)


def title(plan) -> str:
    """Heading of the report: country and scheme, horizon, version and date."""
    about, first = plan.about, plan["time.base_year"]
    facts = [
        _("Budget years {first} to {last}").format(first=first, last=first + plan["time.horizon"] - 1),
        _("amounts in {currency}, prices of the year of payment").format(currency=about.currency),
        _("version {version} of {date}").format(version=plain(about.version), date=plain(about.date)),
    ]
    option = [_("option: {option}").format(option=plain(said(plan.options[plan.option].title)))] if plan.option else []
    return (
        f"# {plain(said(about.title))}\n\n{plain(said(about.country))} · {plain(said(about.scheme))}  \n"
        + " · ".join(facts + option)
    )


def target(plan) -> str:
    """What the scenario wants to reach, and why that is plausible, in its author's words."""
    notes = "".join(f"\n- {plain(said(note))}" for note in plan.about.notes)
    return plain(said(plan.about.target)) + (f"\n{notes}" if notes else "")


def headline(plan, ledger: pd.DataFrame) -> str:
    """What it costs in all, a year, per insured; what recurs; what is unfunded; what it rests on."""
    h, lcu = views.headline(plan, ledger), currency(plan)
    people = _(
        "**{total}** ({usd}) from {first} to {last}, to run openIMIS for **{insured} insured** people in {last}: {yearly} a year on average."
    )
    sentences = [
        people.format(
            total=lcu(h["total"]), usd=formats.money(h["total_usd"], "USD"), first=h["first_year"], last=h["last_year"],
            insured=compact(h["insured"]), yearly=lcu(h["per_year"]),
        ),
        per_insured(plan, h),
        _("**{after} a year recur** when the roll-out is over ({last}, {usd}); over the whole plan {part} of the cost is recurrent.").format(
            after=lcu(h["recurrent_after"]), last=h["last_year"], usd=formats.money(h["recurrent_after_usd"], "USD"), part=share(h["recurrent_share"])
        ),
        unfunded(plan, h),
        _("Of the total, {assumed} is reckoned at prices that nobody has published and that are assumed here, each with a range and a reason.").format(
            assumed=share(h["assumed_share"])
        ),
    ]  # fmt: skip
    return "\n".join(f"- {sentence}" for sentence in sentences)


def per_insured(plan, h) -> str:
    """Cost per insured person and year."""
    if h["per_insured_year"] != h["per_insured_year"]:  # noqa: PLR0124  # not a number: nobody is insured
        return _("Nobody is insured in this plan, so there is no cost per person.")
    return _("That is **{lcu}** ({usd}) per insured person and year.").format(
        lcu=formats.exact(h["per_insured_year"], plan.about.currency),
        usd=formats.exact(h["per_insured_year_usd"], "USD"),
    )


def unfunded(plan, h) -> str:
    """How much nobody pays for yet."""
    lcu = currency(plan)
    if not plan.funding:
        return _("The scenario names no funder, so the **whole amount is still to be funded**.")
    if h["unfunded_share"] < SMALL:
        return _("Every line has a funder.")
    return _("**{gap} ({part} of the total) has no funder yet.**").format(
        gap=lcu(h["unfunded"]), part=share(h["unfunded_share"])
    )


def where_money_goes(plan, ledger: pd.DataFrame) -> str:
    """Which components and lines cost most."""
    lcu, total = currency(plan), ledger["amount"].sum()
    sums = ledger.groupby("component", sort=False)["amount"].sum().nlargest(3)
    top = listed(
        [_("{name} ({part})").format(name=label(name), part=share(amount / total)) for name, amount in sums.items()]
    )
    line = next(views.largest_lines(ledger, 1).itertuples())
    text = _(
        "Three components make up {part} of the cost: {top}. The largest single line is {line} at {amount}, {share} of everything."
    )
    return text.format(
        part=share(sums.sum() / total),
        top=top,
        line=named_line(plan, line),
        amount=lcu(line.amount),
        share=share(line.share),
    )


def named_line(plan, row) -> str:
    """A line for use in a sentence, with the role it belongs to."""
    titles = {role.key: said(role.title) for role in plan.roles}
    name = f"“{_(row.label)}”"
    return f"{name} ({titles[row.role_or_level]})" if row.role_or_level in titles else name


def by_year(plan, ledger: pd.DataFrame) -> str:
    """How the cost moves over the years, and what inflation and discounting make of it."""
    lcu, table = currency(plan), views.by_kind(ledger)
    years = table.loc[views.TOTAL].drop(views.TOTAL)
    peak = int(years.idxmax())
    capital = table.loc[CAPITAL, peak] / years[peak] if years[peak] else 0.0
    sentences = [
        _(
            "The dearest year is {peak} with {amount}, {capital} of it capital; the cheapest is {low} with {least}."
        ).format(
            peak=peak, amount=lcu(years[peak]), capital=share(capital), low=int(years.idxmin()), least=lcu(years.min())
        )
    ]
    h = views.headline(plan, ledger)
    sentences.append(
        _(
            "In the money of {base} the total is {real}; discounted at {rate} a year, it is worth {present} today."
        ).format(
            base=h["first_year"],
            real=lcu(h["real"]),
            rate=share(plan["money.discount_rate"], 1),
            present=lcu(h["present_value"]),
        )
    )
    sentences.append(exchange(plan))
    return " ".join(sentences)


def exchange(plan) -> str:
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


def volumes(plan) -> str:
    """What the money serves."""
    table = views.drivers(plan)
    first, last = table.columns[0], table.columns[-1]
    at = lambda name, year: compact(float(table.loc[name, year]))  # noqa: E731  # a table look-up, used seven times below
    text = _(
        "The insured go from {start} before the first year to {insured} at the end of {last}, {part} of a population of {population}. "
        "They are served by {facilities} facilities, {agents} enrolment agents and {offices} offices; {users} people use the system. "
        "In {last} that means {new} enrolments and {claims} claims, {paper} of them on paper."
    )
    return text.format(
        start=compact(float(plan["coverage.insured_at_start"])), insured=at("insured", last), last=last,
        part=share(table.loc["insured", last] / table.loc["population", last], 1), population=at("population", last),
        facilities=at("facilities", last), agents=at("agents", last), offices=at("offices", last), users=at("users", last),
        new=at("new_insured", last), claims=at("claims", last), paper=at("paper_claims", last), first=first,
    )  # fmt: skip


WAYS = {
    "workload": lambda: _("the workload"),
    "cover": lambda: _("presence that must be kept whatever the volume"),
    "ratio": lambda: _("the ratio of users to posts"),
}


def staff(plan) -> str:
    """How many people, and what binds."""
    table = views.staffing(plan)
    last = table[table["year"] == table["year"].max()]
    total, existing = last["posts"].sum(), last["existing"].sum()
    titles = {role.key: said(role.title) for role in plan.roles}
    text = plural(
        "The IT team needs {posts} post in {year}, against {existing} that exist.",
        "The IT team needs {posts} posts in {year}, against {existing} that exist.",
        total,
    ).format(posts=number(total, 1 if total % 1 else 0), year=int(table["year"].max()), existing=number(existing))
    needed = [role_sentence(row, titles[row.role]) for row in last.itertuples() if row.posts > 0]
    idle = [titles[row.role] for row in last.itertuples() if row.posts == 0]
    none = (
        [_("No post of {roles} is needed: its work is contracted, switched off or nil.").format(roles=listed(idle))]
        if idle
        else []
    )
    return "\n".join([text, "", *(f"- {sentence}" for sentence in needed + none)])


def role_sentence(row, name: str) -> str:
    """What one role needs in a year, and which way of reckoning asks for it."""
    text = _("**{name}**: {posts}, because {way} asks for {need}.")
    return text.format(
        name=plain(name),
        posts=number(row.posts, 1 if row.posts % 1 else 0),
        way=WAYS[row.binding](),
        need=number(row.need, 2),
    )


def job(plan, role) -> str:
    """Job description: what the role does and what its people must bring."""
    tasks = "\n".join(f"- {plain(said(task))}" for task in role.tasks)
    needs = "; ".join(plain(said(need)) for need in role.needs)
    return f"#### {plain(said(role.title))}\n\n{tasks}\n\n*{_('Must bring:')}* {needs}."


def component(plan, ledger: pd.DataFrame, name: str) -> str:
    """What a component costs, which of its lines leads, and whether it is switched off."""
    lcu, rows = currency(plan), ledger[ledger["component"] == name]
    total = rows["amount"].sum()
    if total == 0:
        reason = rows["working"].iloc[0]
        return f"### {label(name)}\n\n" + _("Nothing is budgeted here: {reason}.").format(reason=plain(reason))
    lead = rows.groupby(["label", "role_or_level"], sort=False)["amount"].sum().nlargest(1)
    (text_label, level), amount = next(iter(lead.items()))
    lead_name = named_line(plan, pd.Series({"label": text_label, "role_or_level": level}))
    text = _("{total} over the plan, {part} of the total. The leading line is {line} with {lead}.")
    return f"### {label(name)}\n\n" + text.format(
        total=lcu(total), part=share(total / ledger["amount"].sum(), 1), line=lead_name, lead=share(amount / total)
    )


def grades(ledger: pd.DataFrame) -> str:
    """How much of the total rests on which grade."""
    table = views.by_grade(ledger)
    parts = [
        _("{part} on grade {grade} ({meaning})").format(part=share(p, 1), grade=g, meaning=_(GRADES[g]))
        for g, p in table["price"].items()
        if g != "assumed"
    ]
    text = _(
        "By the grade of its price, the total rests {parts} and {assumed} on assumptions. Quantities count too: where the weakest "
        "figure behind an amount decides, {weakest} of the total rests on at least one assumption, such as a share of renewals or the "
        "minutes a claim takes. A better figure belongs in the scenario file; the report follows."
    )
    return text.format(
        parts=listed(parts),
        assumed=share(table.loc["assumed", "price"], 1),
        weakest=share(table.loc["assumed", "weakest"], 1),
    )


def exclusions(ledger: pd.DataFrame) -> str:
    """What the budget does not carry."""
    out = views.excluded(ledger)
    outside = [_(row.label).lower() for row in out.itertuples() if row.component == "other"]
    carried = ledger[(ledger["component"] == "other") & (ledger["amount"] > 0)]["label"].unique()
    inside = [_(name).lower() for name in carried]
    sentences = (
        [_("Beyond the ten components of openIMIS the budget carries {inside}.").format(inside=listed(inside))]
        if inside
        else []
    )
    if outside:
        sentences.append(
            _("It leaves out {outside}; each has a switch in the scenario file.").format(outside=listed(outside))
        )
    sentences.append(
        _(
            "It is the cost of the information system: benefits paid to providers and the schemes' other staff are not in it."
        )
    )
    return " ".join(sentences)


def plausible(plan, ledger: pd.DataFrame) -> str:
    """How the budget stands against published bands, with the reason where it lies outside."""
    table = plausibility(plan, ledger)
    inside = int((table["verdict"] == "within").sum())
    text = plural(
        "{inside} of {count} published bands holds this budget.",
        "{inside} of {count} published bands hold this budget.",
        inside,
    ).format(inside=inside, count=int((table["verdict"] != "").sum()))
    odd = [outside(plan, ledger, row) for row in table.itertuples() if row.verdict in ("below", "above")]
    return "\n".join([text, "", *(f"- {sentence}" for sentence in odd)])


def outside(plan, ledger: pd.DataFrame, row) -> str:
    """One band that the budget misses, and what the ledger says about it."""
    sums = ledger.groupby("component")["amount"].sum()
    top = sums.idxmax()
    verdicts = {"below": _("below"), "above": _("above")}
    text = _(
        "**{what}**: {value} is {verdict} the band of {low} to {high} ({basis}). {top} makes {part} of this budget."
    )
    digits = 2 if row.high < 100 else 0
    unit = "" if row.unit == "1" else f" {row.unit}"
    low, high, value = (number(x, digits) for x in (row.low, row.high, row.value))
    return text.format(
        what=_(row.what), value=value + unit, verdict=verdicts[row.verdict], low=low, high=high, basis=_(row.basis),
        top=label(top), part=share(sums[top] / sums.sum()),
    )  # fmt: skip


def funded(plan, ledger: pd.DataFrame) -> str:
    """Who pays, what is left, and what happens when a funder leaves."""
    if not plan.funding:
        return _("The scenario names no funder. Add `funding:` rules to see who pays what and what is left.")
    lcu, table = currency(plan), views.by_funder(plan, ledger)
    total = table.loc[views.TOTAL, views.TOTAL]
    payers = table[views.TOTAL].drop([views.TOTAL, funding.GAP], errors="ignore")
    parts = [
        _("{funder} pays {amount} ({part})").format(funder=plain(name), amount=lcu(x), part=share(x / total))
        for name, x in payers.items()
    ]
    gap = table.loc[funding.GAP, views.TOTAL] if funding.GAP in table.index else 0.0
    sentences = [
        listed(parts) + ".",
        _("{gap} ({part}) is not yet funded.").format(gap=lcu(gap), part=share(gap / total)),
    ]
    sentences += [after_leaving(lcu, row) for row in views.leaving(plan, ledger).itertuples()]
    notes = sorted({said(rule.note) for rule in plan.funding if rule.note})
    return "\n\n".join([" ".join(sentences), *(f"*{plain(note)}*" for note in notes)])


def after_leaving(lcu, row) -> str:
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


def hosting(plan) -> str:
    """The hosting that was chosen, its risks, and the size it is reckoned for."""
    table, last = views.drivers(plan), plan["time.base_year"] + plan["time.horizon"] - 1
    text = _(
        "openIMIS runs {where}. In {last} the peak hour asks for {backend} cores in the web application and {database} in the database; "
        "with memory and head-room that makes a production server of {cores} cores, and {storage} GB of disk. {risk}"
    )
    at = table[last]
    return text.format(
        where=HOSTING[plan["server.hosting"]][0](), last=last, backend=number(at["backend_cores"]), database=number(at["database_cores"]),
        cores=number(at["production_cores"]), storage=number(at["storage_gb"]), risk=HOSTING[plan["server.hosting"]][1](),
    )  # fmt: skip


HOSTING = {
    "ministry_room": (
        lambda: _("in the ministry's own server room"),
        lambda: _(
            "The risks are power, cooling, theft and the one person who knows the machines; data stay in the house."
        ),
    ),
    "government": (
        lambda: _("in the government's data centre"),
        lambda: _(
            "The risks are slow service and capacity that is shared with others; data stay in the country and the ministry keeps few machines."
        ),
    ),
    "cloud": (
        lambda: _("on rented cloud machines"),
        lambda: _(
            "The risks are a bill in foreign currency, a cut line to abroad, and rules on where personal data may be kept; nothing is bought and size follows need."
        ),
    ),
    "managed": (
        lambda: _("at a managed service"),
        lambda: _(
            "The risks are dependence on one provider and its price; the ministry needs the fewest skills of its own."
        ),
    ),
}
