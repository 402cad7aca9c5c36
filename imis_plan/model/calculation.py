"""The calculation of an amount as a sentence, with which a reader can repeat it."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from imis_plan.model.budget_line import N_
from imis_plan.model.translator import current_translator

# Quantity, price and factors of the year. For equipment in stock, {calculation} ends with the quantity.
CALCULATION = N_("{calculation} = {quantity} x {currency} {price}/{unit} ({year}){factors}")
STOCK_CALCULATION = N_("{calculation} x {currency} {price}/{unit} ({year}){factors}")
TAX = N_(" / {factor} taxes in the price")
INFLATION = N_(" x {factor} inflation")
EXCHANGE = N_(" x {factor} exchange rate")
PLACEHOLDER = re.compile(r"\{([^}]+)\}")


def format_number(x: Any) -> str:
    """A number for readers: thousands grouped, with digits according to its size."""
    if isinstance(x, (str, bool)):
        return str(x)
    x = float(x)
    if abs(x - round(x)) < 1e-6 * max(1.0, abs(x)) and abs(x) < 1e15:
        return f"{round(x):,}"
    if abs(x) >= 1000:
        return f"{x:,.1f}"
    return f"{x:.6g}" if abs(x) < 1 else f"{x:,.4g}" if abs(x) < 100 else f"{x:,.2f}"


@lru_cache(maxsize=1024)
def split_template(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fixed texts and placeholder names of a template."""
    pieces = PLACEHOLDER.split(template)
    return tuple(pieces[0::2]), tuple(pieces[1::2])


def placeholders(template: str) -> tuple[str, ...]:
    """The names of the placeholders of a template; `{posts:post|posts}` is a word in the form that fits `posts`."""
    return split_template(template)[1]


class FormattedValues:
    """Numbers of one evaluation as text, each formatted once.

    choice_names : path of a choice -> its values and what readers see instead of them.
    """

    def __init__(self, values: Any, choice_names: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> None:
        self._values = values
        self._choice_names = choice_names
        self._horizon = len(values["t"])
        self._known: dict[str, list[str]] = {}
        self._formatted: dict[float, str] = {}
        self._factors: dict[tuple[str, bytes], list[str]] = {}
        self._translator = current_translator()

    def by_year(self, x: Any) -> list[str]:
        """A value or series as one text per year."""
        if np.ndim(x) == 0:
            return [self.format(x)] * self._horizon
        return [self.format(entry) for entry in x]

    def format(self, x: Any) -> str:
        """A number in the current language, or a text as it is."""
        if isinstance(x, (str, bool)):
            return x if isinstance(x, str) else self._translator.digits(format_number(x))
        if x not in self._formatted:
            self._formatted[x] = self._translator.digits(format_number(x))
        return self._formatted[x]

    def factors_by_year(self, series: np.ndarray, template: str) -> list[str]:
        """Factors as `factor_texts`, one text per year; many lines have the same series."""
        key = template, series.tobytes()
        if key not in self._factors:
            self._factors[key] = factor_texts(series.tolist(), template)
        return self._factors[key]

    def named_by_year(self, name: str) -> list[str]:
        """A driver or parameter as one text per year."""
        if name not in self._known:
            value = self._values[name]
            named = self._choice_names.get(name, {}).get(value) if isinstance(value, str) else None
            self._known[name] = self.by_year(self._translator.translate(named) if named else value)
        return self._known[name]

    def forms_by_year(self, forms: list[str], count: Any) -> list[str]:
        """The form of a word that fits a count, one per year."""
        return [self._translator.plural_form(forms, float(entry)) for entry in np.broadcast_to(count, self._horizon)]

    def fill_placeholder(self, placeholder: str, terms: Any) -> list[str]:
        """A number (`posts`), or a word in the form that fits it (`posts:post|posts`), one text per year."""
        name, _colon, forms = placeholder.partition(":")
        if forms:
            return self.forms_by_year(forms.split("|"), terms[name] if name in terms else self._values[name])
        return self.by_year(terms[name]) if name in terms else self.named_by_year(name)

    def fill_template(self, template: str, terms: Any) -> list[str]:
        """A template with its placeholders replaced, one text per year."""
        fixed, names = split_template(template)
        columns = [self.fill_placeholder(name, terms) for name in names]
        return ["".join(interleave(fixed, row)) for row in zip(*columns, strict=True)] if columns else [template] * self._horizon


def interleave(fixed: Any, row: Any) -> Iterator[str]:
    """Fixed texts and numbers in turn."""
    yield fixed[0]
    for entry, text in zip(row, fixed[1:], strict=True):
        yield entry
        yield text


def calculation_by_year(text: FormattedValues, line: Any, parameter: Any, money: Any, with_tax: float = 1.0) -> list[str]:
    """The calculation of each year's amount: that of the quantity, then price, index and exchange rate. Length: horizon.

    with_tax : the quoted price over the net price. [1]
    """
    translator = current_translator()
    if not line.applies:
        return text.fill_template(translator.translate(line.exclusion_reason), line.terms)
    quantity = text.by_year(money["quantity"])
    calculations = text.fill_template(translator.translate(line.working), template_terms(line, money["quantity"]))
    template = translator.translate(STOCK_CALCULATION if line.working.endswith("bought") else CALCULATION)
    price = {
        "currency": parameter.currency,
        "price": text.format(parameter.value),
        "unit": translator.unit(line.unit),
        "year": parameter.price_year,
    }
    (net,) = factor_texts([with_tax], TAX)
    indexed = text.factors_by_year(money["price_index"], INFLATION)
    converted = text.factors_by_year(money["exchange_rate"], EXCHANGE)
    return [
        template.format(calculation=calculation, quantity=count, factors=net + index + rate, **price)
        for calculation, count, index, rate in zip(calculations, quantity, indexed, converted, strict=True)
    ]


def template_terms(line: Any, quantity: Any) -> dict[str, Any]:
    """Terms of a calculation: those of the line, its quantity, and for a stock what is kept from last year."""
    terms = {**line.terms, "quantity": quantity}
    if "need" in terms:
        terms.setdefault("kept", np.maximum(terms["need"] - quantity, 0))
    return terms


def factor_texts(series: Any, template: str) -> list[str]:
    """` x 1.05 inflation` for each year; factors of exactly 1 are left out."""
    translator = current_translator()
    text = translator.translate(template)
    return [text.format(factor=translator.digits(f"{float(x):.8g}")) if x != 1 else "" for x in series]


def without_price(calculation: str) -> str:
    """A calculation up to its quantity; price and factors are left out. A text in other words stays as it is.

    calculation : as from `calculation_by_year`, in the current language.
    """
    found = price_pattern(current_translator().translate(STOCK_CALCULATION)).fullmatch(calculation)
    return found["calculation"] if found else calculation


@lru_cache(maxsize=16)
def price_pattern(template: str) -> re.Pattern[str]:
    """The pattern of a calculation with its price. template : `STOCK_CALCULATION` in a language; other calculations end alike."""
    patterns = {"calculation": "(?P<calculation>.*)", "year": r"\d+", "factors": ".*"}
    fixed, names = split_template(template)
    return re.compile("".join(interleave([re.escape(text) for text in fixed], [patterns.get(name, ".+?") for name in names])))
