"""Numbers, money and shares as people read them in English and French."""

from datetime import date

import pytest
from babel.numbers import format_decimal

from imis_plan.i18n import formats, translate

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})  # French groups with narrow and fixed spaces


def plain(text):
    """The text with ordinary spaces."""
    return text.translate(SPACES)


@pytest.mark.parametrize(
    ("x", "digits", "english", "french"),
    [
        (1234567.8, 0, "1,234,568", "1 234 568"),  # whole, grouped
        (1234.5, 1, "1,234.5", "1 234,5"),
        (0.125, 2, "0.12", "0,12"),  # half to even, as Python rounds
        (0, 0, "0", "0"),
        (-3.7, 0, "-4", "-4"),
        (-0.04, 1, "0.0", "0,0"),  # no sign before zero
    ],
)
def test_numbers_are_grouped_as_the_language_does(speak, x, digits, english, french):
    """Comma and point in English, space and comma in French."""
    assert formats.number(x, digits) == english
    speak("fr")
    assert plain(formats.number(x, digits)) == french


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("digits", "pattern"), [(0, "#,##0"), (1, "#,##0.0"), (3, "#,##0.000")])
@pytest.mark.parametrize("x", [0.0, 0.05, -999.95, 1234567.8, 999_999_999_999.4, 12_345_678_901_234_567.0, float("inf")])
def test_numbers_are_as_babel_writes_them(speak, language, digits, pattern, x):
    """A short way for the numbers of a budget, the library for those with more than fifteen digits: readers see no difference."""
    speak(language)
    assert formats.number(x, digits) == format_decimal(round(x, digits) + 0.0, format=pattern, locale=language)


@pytest.mark.parametrize(
    ("x", "english", "french"),
    [
        (9_999, "9,999", "9 999"),  # below ten thousand in full
        (12.5, "12.50", "12,50"),  # small and not whole: cents
        (12, "12", "12"),
        (123.4, "123", "123"),
        (12_345, "12.3 thousand", "12 300"),  # three figures; nobody writes 12,3 mille
        (1_243_567_890, "1.24 billion", "1,24 milliard"),
        (999_400, "999 thousand", "999 000"),
        (999_900, "1 million", "1 million"),  # rounded first
        (57_016_081_870, "57 billion", "57 milliards"),  # 57.0: a closing nought says nothing
        (345_600_000, "346 million", "346 millions"),
        (1_999_999, "2 million", "2 millions"),  # the word follows what is shown
        (-12_345, "-12.3 thousand", "-12 300"),
    ],
)
def test_large_numbers_have_three_figures_and_a_word(speak, x, english, french):
    """What a minister can say aloud."""
    assert formats.compact(x) == english
    speak("fr")
    assert plain(formats.compact(x)) == french


def test_money_stands_before_or_after_its_currency(speak):
    """NPR 1.24 billion in English, 1,24 milliard NPR in French; cents where an amount is small."""
    assert (formats.money(1_243_567_890, "NPR"), formats.money_with_cents(0.694, "USD")) == ("NPR 1.24 billion", "USD 0.69")
    speak("fr")
    assert (plain(formats.money(1_243_567_890, "NPR")), plain(formats.money_with_cents(0.694, "USD"))) == (
        "1,24 milliard de NPR",
        "0,69 USD",
    )


@pytest.mark.parametrize(("amount", "text"), [(391.18, "391 FCFA"), (4.35, "4,35 FCFA")])
def test_a_currency_without_cents_has_none_from_ten_on(speak, amount, text):
    """Nobody pays 391,18 francs; an average below ten keeps its decimals."""
    speak("fr")
    assert plain(formats.money_with_cents(amount, "XAF")) == text


def test_a_date_in_figures_is_that_of_the_language(speak):
    """English has the date that all its readers read alike."""
    assert formats.short_date(date(2026, 10, 2)) == "2026-10-02"
    speak("fr")
    assert formats.short_date(date(2026, 10, 2)) == "02/10/2026"


def test_a_day_of_every_year_is_in_words(speak):
    """The first day of a month is an ordinal number in French, and no other day."""
    assert formats.day_and_month(date(2027, 7, 16)) == "July 16"
    speak("fr")
    assert [formats.day_and_month(date(2027, 7, day)) for day in (1, 11, 16)] == ["1er juillet", "11 juillet", "16 juillet"]


@pytest.mark.parametrize(
    ("code", "name", "rounded", "full"),
    [
        ("XAF", "FCFA", "1,24 milliard de FCFA", "362 FCFA"),
        ("XOF", "F CFA", "1,24 milliard de F CFA", "362 F CFA"),
        ("CDF", "FC", "1,24 milliard de FC", "362 FC"),
        ("MRU", "UM", "1,24 milliard d’UM", "362 UM"),  # elision before a vowel
        ("USD", "USD", "1,24 milliard d’USD", "362 USD"),  # a sign such as $US is no word
        ("NPR", "NPR", "1,24 milliard de NPR", "362 NPR"),  # no French-speaking country uses it
    ],
)
def test_a_currency_has_the_name_that_its_french_readers_know(speak, code, name, rounded, full):
    """English reports have the code."""
    assert (formats.currency_name(code), formats.currency_with_code(code), formats.of_currency(code)) == (code, code, code)
    speak("fr")
    assert plain(formats.currency_name(code)) == name
    assert plain(formats.currency_with_code(code)) == (name if name == code else f"{name} ({code})")
    assert (plain(formats.money(1_243_567_890, code)), plain(formats.money(362.4, code))) == (rounded, full)


def test_shares_are_per_cent(speak):
    """0.412 is 41 %."""
    assert (formats.share(0.412), formats.share(0.4126, 1), formats.share(-1e-9, 1)) == ("41%", "41.3%", "0.0%")
    speak("fr")
    assert plain(formats.share(0.4126, 1)).replace(" ", "") == "41,3%"


def test_lists_end_with_and(speak):
    """a, b and c."""
    assert formats.join_with_and(["a", "b", "c"]).replace(", and", " and") == "a, b and c"
    assert formats.join_with_and(["a"]) == "a"
    speak("fr")
    assert formats.join_with_and(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain words", "plain words"),
        ("*bold* [link](x)", r"\*bold\* \[link\]\(x\)"),  # no mark has a meaning
        ("4\u202f%\u00a0: oui", "4\u202f%\u00a0: oui"),  # no-break spaces stay
        ("two\n  lines", "two lines"),  # a line break would end a list item
        (12, "12"),  # a version is text
    ],
)
def test_the_words_of_a_scenario_cannot_become_markup(words, shown):
    """A title with an asterisk is a title with an asterisk."""
    assert formats.escape_markdown(words) == shown


def joined():
    """Words put together by each of the functions that know the language's signs."""
    return formats.label_and_value("a", "b"), formats.join_with_semicolons(["a", "b", "c"]), formats.quote("a")


def test_signs_between_words_are_those_of_the_language():
    """French has a space before a colon and a semicolon, and its own quotation marks."""
    assert joined() == ("a: b", "a; b; c", "“a”")
    with translate.using_language("fr"):
        assert joined() == ("a\u00a0: b", "a\u202f; b\u202f; c", "«\u00a0a\u00a0»")


@pytest.mark.parametrize(("posts", "text"), [(3, "3"), (2.5, "2.5")])
def test_half_posts_have_a_decimal(posts, text):
    """Whole posts have none."""
    assert formats.count(posts) == text
