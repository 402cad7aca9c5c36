"""The ledger: it adds up, every amount can be redone from its row, and from its sentence."""

import math
import random
import re

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis import summary
from imis_plan.model.ledger import COLUMNS, budget
from imis_plan.scenario.plan import load
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of

MONEY = ("amount", "amount_usd", "amount_real")


@pytest.mark.parametrize("name", NAMES)
def test_total_components_years_and_headline_agree(name):
    """To the cent, in local money, in dollars and in real terms, for every scenario."""
    plan, ledger = plan_of(name), ledger_of(name)
    headline = summary.headline(plan, ledger)
    for value, said in zip(MONEY, ("total", "total_usd", "real"), strict=True):
        total, table = ledger[value].sum(), summary.by_component(ledger, value)

        assert table.loc["total", "total"] == pytest.approx(total, abs=0.005)
        assert table.drop("total")["total"].sum() == pytest.approx(total, abs=0.005)
        assert table.loc["total"].drop("total").sum() == pytest.approx(total, abs=0.005)
        assert headline[said] == pytest.approx(total, abs=0.005)


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_can_be_redone_from_its_row(name):
    """Quantity x unit price x price index x exchange rate, to the cent, for every row."""
    rows = ledger_of(name)
    factors = rows[["quantity", "unit_price", "price_index", "exchange_rate"]].astype(float)

    assert np.abs(factors.prod(axis=1) - rows["amount"]).max() < 0.00501  # half a cent


@pytest.mark.parametrize("name", NAMES)
def test_amounts_are_whole_cents_and_never_negative(name):
    """Nothing is given back, and no fraction of a cent hides in a total."""
    rows = ledger_of(name)
    for value in MONEY:
        cents = rows[value] * 100

        assert (rows[value] >= 0).all()
        assert np.abs(cents - cents.round()).max() < 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_what_it_is(name):
    """All columns are there; price, source, grade, driver and working are never empty."""
    plan, rows = plan_of(name), ledger_of(name)

    assert tuple(rows.columns) == COLUMNS
    for column in ("label", "driver", "quantity_unit", "price_currency", "price_path", "confidence", "source", "working"):
        assert rows[column].astype(bool).all(), column
    assert set(rows["kind"]) == {"capital", "recurrent"}
    assert set(rows["price_path"]) <= set(plan.parameters)
    assert set(rows["scenario"]) == {name}


@pytest.mark.parametrize("name", NAMES)
def test_every_line_has_every_year(name):
    """A year without cost is a row with 0, so that tables need no filling."""
    plan, rows = plan_of(name), ledger_of(name)
    base = rows[rows["component"] != "contingency"]
    counts = base.groupby(["component", "line", "role_or_level"]).size()

    assert set(counts) == {plan["time.horizon"]}


def test_a_row_knows_the_grade_and_source_of_its_price():
    """They are those of the parameter in the scenario file."""
    plan, rows = plan_of("tanzania"), ledger_of("tanzania")
    row = rows.query("line == 'allowances_agent'").iloc[0]
    parameter = plan.parameters["capacity.per_diem"]

    assert (row.confidence, row.source, row.unit_price, row.price_currency, row.price_year) == (
        "A",
        parameter.source,
        100_000,
        "TZS",
        2022,
    )
    assert row.quantity_confidence == "assumed"  # days and refreshers of the course are assumptions


def test_capital_has_its_life_and_one_offs_serve_the_whole_plan():
    """Five years of use, or the horizon; what recurs serves for its year."""
    plan, rows = plan_of("tanzania"), ledger_of("tanzania").set_index("line")

    assert set(rows.loc["workstations", "life"]) == {plan["office_it.workstations.life"]}
    assert set(rows.loc["customisation", "life"]) == {plan["time.horizon"]}
    assert set(rows.loc["rent", "life"]) == {1}


def test_an_option_names_itself_in_every_row():
    """A ledger says which variant of the scenario it is of."""
    option = budget(load("tanzania", "cloud", parameters=FOLDER))

    assert set(option["option"]) == {"cloud"}
    assert set(ledger_of("tanzania")["option"]) == {""}


def picked(seed, count=3):
    """Rows of Tanzania's ledger that cost something, picked by a fixed seed; contingency apart."""
    rows = ledger_of("tanzania")
    candidates = rows[(rows["amount"] > 0) & (rows["component"] != "contingency")]
    return [candidates.iloc[i] for i in random.Random(seed).sample(range(len(candidates)), count)]  # noqa: S311  # no secret


# "... = 1,250 x TZS 22/message part (2025) x 1.07 inflation x 2,640 exchange", or "... -> 391 bought x ..."
TAIL = re.compile(
    r"(?P<quantity>[\d,.]+)(?: handsets)?(?: bought)? x (?P<currency>[A-Z]{3}) (?P<price>[\d,.]+)/(?P<unit>.+?) \((?P<year>\d{4})\)(?P<factors>.*)$"
)
FACTOR = re.compile(r" x ([\d.]+(?:e[+-]\d+)?) (?:inflation|exchange)")


def printed(working):
    """Quantity, price and factors at the end of a sentence, as printed."""
    found = TAIL.search(working)
    assert found, working
    return found.groupdict()


def redone(working):
    """The amount that a reader gets from the sentence alone."""
    found = printed(working)
    quantity, price = (float(found[name].replace(",", "")) for name in ("quantity", "price"))
    return quantity * price * math.prod(float(x) for x in FACTOR.findall(found["factors"]))


def rounding(text):
    """Relative error of a printed number: half a unit of its last digit."""
    digits = text.replace(",", "").replace(".", "").lstrip("0")
    return 0.5 / int(digits) if digits else 0.0


@pytest.mark.parametrize("row", picked(2027), ids=lambda row: f"{row.component}.{row.line}.{row.year}")
def test_three_amounts_can_be_redone_from_their_sentences(row):
    """By hand, with the digits that are printed."""
    digits = printed(row.working)
    error = rounding(digits["quantity"]) + rounding(digits["price"]) + 1e-6  # factors have eight digits

    assert redone(row.working) == pytest.approx(row.amount, rel=error)


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_leads_to_its_amount(name):
    """The same for all rows of all scenarios: within one in a thousand, and mostly far closer."""
    rows = ledger_of(name)
    costly = rows[(rows["amount"] > 0) & (rows["component"] != "contingency")]
    off = [abs(redone(text) / amount - 1) for text, amount in zip(costly["working"], costly["amount"], strict=True)]

    assert max(off) < 1e-2  # quantities below a hundred are printed with four figures, prices below one with six
    assert np.median(off) < 1e-5


@pytest.mark.parametrize("name", NAMES)
def test_contingency_sentences_lead_to_their_amounts(name):
    """`82,345.67 TZS capital cost x 0.1`, for a simulated share with what it reaches."""
    lines = plan_of(name).replace({"contingency.method": "lines"})
    rows = pd.concat([ledger_of(name), budget(lines)]).query("component == 'contingency'")
    for row in rows.itertuples():
        target = (
            r" \((?:2\d{3}|FY 2\d{3}/\d\d): up to the expected cost, as simulated\)" if row.line == "risk_contingency" else ""
        )
        found = re.fullmatch(rf"([\d,.]+) [A-Z]{{3}} (?:capital|recurrent) cost x ([\d.e-]+){target}", row.working)
        assert found, row.working
        base, share = found.groups()

        assert float(base.replace(",", "")) * float(share) == pytest.approx(row.amount, rel=1e-3, abs=0.01)


def test_the_quantity_in_the_sentence_follows_from_the_drivers():
    """16,000 agents whose phones last: the product before the price is the quantity of the row."""
    plan = plan_of("tanzania").replace({"agents.number": 20_000})
    row = budget(plan).query("component == 'phones' and line == 'data'").iloc[-1]

    assert row.working.startswith("20,000 phones x 12 months x 2 GB = 480,000 x USD 0.71/GB (2022)")
    assert row.quantity == 20_000 * 12 * 2
