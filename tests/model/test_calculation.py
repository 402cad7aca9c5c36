"""The sentence from which a reader can redo an amount."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from imis_plan.i18n import using_language
from imis_plan.model.budget_line import RECURRENT, Line
from imis_plan.model.calculation import FormattedValues, calculation_by_year, format_number, without_price
from imis_plan.model.ledger import budget
from tests.model.plans import plan_of


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (1250, "1,250"),  # whole numbers whole, thousands grouped
        (1250.0000001, "1,250"),  # noise of binary fractions is no decimal
        (1234.56, "1,234.6"),  # thousands with one decimal
        (123.456, "123.46"),  # hundreds with two
        (12.3456, "12.35"),  # below a hundred four figures
        (0.0123456789, "0.0123457"),  # a share with six figures
        (0, "0"),
        (True, "True"),  # a switch is a word
        ("cloud", "cloud"),  # so is a choice
    ],
)
def test_numbers_have_as_many_digits_as_their_size_warrants(x, text):
    """Enough to redo the sum, no more."""
    assert format_number(x) == text


VALUES = {"t": np.arange(2.0), "agents": np.array([10.0, 20.0]), "phones.loss": 0.06, "server.hosting": "cloud"}
DATA = Line(
    "data", "Mobile data", RECURRENT, tradable=False, driver="agents", unit="GB", price="phones.data_price",
    quantity=np.array([120.0, 240.0]), working="{agents} agents x 12 months",
)  # fmt: skip
LEAF = SimpleNamespace(currency="USD", value=5, price_year=2025)
MONEY = {"quantity": np.array([120.0, 240.0]), "price_index": np.array([1.0, 1.05]), "exchange_rate": np.array([2.0, 1.0])}


def test_a_template_is_filled_once_for_each_year():
    """Series give another number each year, parameters the same one, a text without names itself."""
    text = FormattedValues(VALUES)
    assert text.fill_template("{agents} agents lose {phones.loss}", {}) == ["10 agents lose 0.06", "20 agents lose 0.06"]
    assert text.fill_template("{agents} on {server.hosting}", {"agents": 7}) == ["7 on cloud", "7 on cloud"]
    assert text.fill_template("once", {}) == ["once", "once"]


def test_a_template_may_have_words_in_the_form_that_fits_a_number():
    """A translation says 1 poste and 2 postes; half a post is singular in French, plural in English."""
    values = VALUES | {"posts": np.array([1.0, 2.0]), "roles.posts": 0.5}
    template = "{posts} {posts:poste|postes} x {roles.posts} {roles.posts:poste|postes}"
    assert FormattedValues(values).fill_template(template, {}) == ["1 poste x 0.5 postes", "2 postes x 0.5 postes"]
    with using_language("fr"):
        assert FormattedValues(values).fill_template(template, {}) == ["1 poste x 0,5 poste", "2 postes x 0,5 poste"]
        assert FormattedValues(values).fill_template(template, {"posts": 0}) == ["0 poste x 0,5 poste"] * 2


def test_the_sentence_names_quantity_price_inflation_and_exchange():
    """Factors of exactly one are left out."""
    assert calculation_by_year(FormattedValues(VALUES), DATA, LEAF, MONEY) == [
        "10 agents x 12 months = 120 x USD 5/GB (2025) x 2 exchange rate",
        "20 agents x 12 months = 240 x USD 5/GB (2025) x 1.05 inflation",
    ]


def test_a_switched_off_line_says_why():
    """The reason replaces the calculation."""
    off = Line(
        "data", "Mobile data", RECURRENT, tradable=False, driver="agents", unit="GB", price="phones.data_price",
        quantity=np.array([120.0, 240.0]), working="", applies=False, exclusion_reason="the host is {server.hosting}",
    )  # fmt: skip

    assert calculation_by_year(FormattedValues(VALUES), off, LEAF, MONEY) == ["the host is cloud"] * 2


@pytest.mark.parametrize(("language", "price"), [("en", r" x {currency} [\d,.]+/"), ("fr", r" x [\d\s,]+ {currency}/")])
@pytest.mark.parametrize("name", ["nepal", "zanzibar"])
def test_a_calculation_ends_with_its_quantity_where_the_price_says_nothing(name, language, price):
    """What is left out begins with the price, whatever zeros, factors and units stand around it."""
    with using_language(language):
        ledger = budget(plan_of(name))
        parts = [(text, without_price(text)) for text in ledger["working"]]

    priced = 0
    for (text, quantity), row in zip(parts, ledger.itertuples(), strict=True):
        rest = text.removeprefix(quantity)
        assert text == quantity + rest
        assert not rest or re.match(price.format(currency=row.price_currency), rest), text
        assert bool(rest) == bool(re.search(price.format(currency=row.price_currency), text)), text
        priced += bool(rest)
    assert priced > len(parts) / 2
