"""Principles of the reference case of the Global Health Cost Consortium (ghcosting.org), from the data.

The text of principles 1, 11 and 15 was read; the others are named from general knowledge, which the table of the report states.
"""

from imis_plan.analysis.assessment import points
from imis_plan.analysis.assessment.evidence import HALF, LITTLE, MOSTLY, STALE_YEARS, Evidence, Point
from imis_plan.analysis.summary import unit_costs, without_contingency
from imis_plan.i18n.formats import compact, join_with_and, money_with_cents, number, share
from imis_plan.i18n.translate import _, plural
from imis_plan.model.budget_line import CAPITAL, RECURRENT
from imis_plan.model.grades import PUBLISHED
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.parameter import Parameter

OWN_STOCK = ("office_it.", "phones.", "server.")
COUNTS = ("population.total", "facilities.number", "agents.number", "schemes.number")
USE = ("coverage.insured_at_start", "enrolment.renewal_rate", "claims.per_insured_year")
RATES = ("money.discount_rate", "money.home_inflation_forward", "money.planning_rate")
SIZES = ("coverage.", "population.", "facilities.", "agents.", "schemes.", "claims.")


def purpose(e: Evidence) -> list[Point]:
    """Purpose, population and service defined; financial planning in the view of a named payer."""
    insured = float(e.drivers.loc["insured"].iloc[-1])
    text = _("The purpose is a budget of cash costs; {insured} people are insured in the last year.")
    return [Point(insured > 0, text.format(insured=compact(insured))), points.payers(e)]


def perspective(e: Evidence) -> list[Point]:
    """Whose costs are counted."""
    text = _("Named payers cover {part} of the total (threshold: {threshold}).")
    paid = 1 - e.gap_share
    return [points.payers(e), Point(paid >= MOSTLY, text.format(part=share(paid, 1), threshold=share(MOSTLY)))]


def cost_type(e: Evidence) -> list[Point]:
    """Financial or economic cost."""
    sums = e.ledger.groupby("kind")["amount"].sum()
    both = _("Cash costs, with capital cost ({capital}) and recurrent cost shown separately.").format(
        capital=share(sums.get(CAPITAL, 0.0) / e.total)
    )
    stock = [
        p for p, parameter in e.plan.parameters.items() if p.startswith(OWN_STOCK) and p.endswith(".at_start") and parameter.value
    ]
    stock = [path for path in stock if not path.endswith(".age_at_start")]
    free = plural(
        "{count} kind of equipment is in use at the start and not valued.",
        "{count} kinds of equipment are in use at the start and not valued.",
        len(stock),
    )
    return [
        Point(sums.get(CAPITAL, 0.0) > 0 and sums.get(RECURRENT, 0.0) > 0, both),
        Point(not stock, free.format(count=len(stock))),
    ]


def units(e: Evidence) -> list[Point]:
    """Unit costs are given for what the money serves."""
    table = unit_costs(e.plan, e.ledger)
    known = int(table["lcu"].notna().sum())
    text = _("{known} of {count} unit costs can be computed: their quantity is above zero.").format(known=known, count=len(table))
    return points.point_per_item(known, len(table), text)


def horizon(e: Evidence) -> list[Point]:
    """The years cover the life of what is bought, and the system at full size."""
    bought = e.ledger[(e.ledger["kind"] == CAPITAL) & (e.ledger["amount"] > 0)]
    longest, years = float(bought["life"].max()) if len(bought) else 0.0, e.plan["time.horizon"]
    reached = float(e.drivers.loc["rollout"].iloc[-1])
    life = _("The plan covers {years} years; equipment is used for up to {longest} years.").format(
        years=years, longest=number(longest)
    )
    return [
        Point(1 < years >= longest, life),
        Point(reached >= 1, _("{part} of the target is reached in the last year.").format(part=share(reached))),
    ]


def scope(e: Evidence) -> list[Point]:
    """All inputs are included."""
    return [points.optional_lines(e), points.contingency(e)]


def quantities(e: Evidence) -> list[Point]:
    """Quantities come from records rather than from assumptions."""
    assumed = e.share(e.ledger["quantity_confidence"] == "assumed")
    text = _("For {part} of the cost, the quantity depends on at least one assumption (threshold: {threshold}).")
    return [Point(assumed <= HALF, text.format(part=share(assumed), threshold=share(HALF))), points.actuals(e)]


def sampling(e: Evidence) -> list[Point]:
    """What is counted instead of a sample."""
    return points.published(
        e,
        COUNTS,
        _("There is no sample, the whole country is counted: {known} of {count} counts are published; assumed: {names}."),
    )


def service_use(e: Evidence) -> list[Point]:
    """Where service use comes from."""
    return points.published(e, USE, _("{known} of {count} figures of use are published; assumed: {names}."))


def timing(e: Evidence) -> list[Point]:
    """How recent the facts are."""
    first = e.plan["time.base_year"]
    dated = {
        _("population"): e.plan["population.year"],
        _("inflation"): max(e.plan["money.home_inflation"]),
        _("exchange rate"): e.plan["money.planning_rate_year"],
    }
    facts = join_with_and([f"{name} {year}" for name, year in dated.items()])
    text = _("Latest figures: {facts}; the first year is {first} (threshold: {years} years).")
    fresh = sum(first - year <= STALE_YEARS for year in dated.values())
    sentence = text.format(facts=facts, first=year_label(e.plan, first), years=STALE_YEARS)
    return points.point_per_item(fresh, len(dated), sentence)


def is_price_of_the_country(parameter: Parameter) -> bool:
    """Whether a price is one of this country: from its file, or observed there."""
    return parameter.confidence in PUBLISHED if parameter.resolved else parameter.layer != "defaults"


def prices(e: Evidence) -> list[Point]:
    """Price sources fit the purpose and are described so that they can be adjusted elsewhere."""
    known = e.by_parameter(lambda parameter: parameter.confidence != "assumed")
    own = e.by_parameter(is_price_of_the_country)
    published = _("{part} of the cost uses prices that rest on published figures (threshold: {threshold}).").format(
        part=share(known), threshold=share(HALF)
    )
    country = _("{part} has a price of this country instead of a default.").format(part=share(own))
    old = _("{part} of the total uses prices more than {years} years old.").format(
        part=share(e.stale_share, 1), years=STALE_YEARS
    )
    bare = int((e.ledger["price_year"].isna() | e.ledger["price_currency"].isna()).sum())
    described = _("Of {count} rows {bare} have a price without currency or year.").format(count=len(e.ledger), bare=bare)
    return [
        Point(known >= HALF, published),
        Point(own >= HALF, country),
        Point(e.stale_share <= LITTLE, old),
        Point(bare == 0, described),
    ]


def capital(e: Evidence) -> list[Point]:
    """Capital is spread over its life for unit costs."""
    part, rate = points.annualised(e), float(e.plan["money.discount_rate"])
    text = _(
        "{part} of capital cost has its own useful life (threshold: {threshold}); the rest is spread over the years of the plan."
    )
    return [
        Point(part >= MOSTLY, text.format(part=share(part), threshold=share(MOSTLY))),
        Point(rate > 0, _("It is annualised at {rate}.").format(rate=share(rate, 1))),
    ]


def rates(e: Evidence) -> list[Point]:
    """Discounting, inflation and exchange rates."""
    parameters = [e.plan.parameters[path] for path in RATES]
    text = _("Discounted at {rate}; {known} of {count} rates (discount, inflation, exchange) are given with a range.")
    return points.with_range(parameters, text, rate=share(e.plan["money.discount_rate"], 1))


def shadow_prices(e: Evidence) -> list[Point]:
    """Items without a market price."""
    lines = without_contingency(e.ledger)
    rows = lines[(lines["quantity"] > 0) & (lines["unit_price"] == 0)]
    names = [_(label) for label in rows["label"].unique()]
    text = _("A budget needs no shadow prices; used at zero price: {names}.")
    return [Point(not names, text.format(names=join_with_and(names) if names else _("none")))]


def scale(e: Evidence) -> list[Point]:
    """How unit costs vary with size."""
    counts, sums = e.drivers.loc["average_insured"], e.ledger.groupby("year")["amount_real"].sum()
    first, last = (sums.loc[year] / counts.loc[year] if counts.loc[year] else 0.0 for year in (counts.index[0], counts.index[-1]))
    text = _(
        "In prices of the first year, the cost per insured person is {one} with {few} insured and {two} with {many} insured."
    )
    sentence = text.format(
        one=money_with_cents(first, e.plan.about.currency),
        few=compact(counts.iloc[0]),
        two=money_with_cents(last, e.plan.about.currency),
        many=compact(counts.iloc[-1]),
    )
    options = sum(any(path.startswith(SIZES) for path in option.changes) for option in e.plan.options.values())
    varied = plural("{count} option changes the size.", "{count} options change the size.", options).format(count=options)
    return [
        Point(abs(counts.iloc[-1] / counts.iloc[0] - 1) > LITTLE if counts.iloc[0] else False, sentence),
        Point(options > 0, varied),
    ]


def uncertainty(e: Evidence) -> list[Point]:
    """Uncertainty of the cost."""
    return [points.ranges(e), points.risk(e)]


def transparency(e: Evidence) -> list[Point]:
    """Others can repeat the calculation."""
    return [points.calculations(e), points.in_files(e)]
