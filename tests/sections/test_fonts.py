"""Texts in any script: drawn with what fonts there are, or the font to install is named."""

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from imis_plan.sections import display, fonts

STIX = str(Path(mpl.get_data_path(), "fonts", "ttf", "STIXGeneral.ttf"))
# A letter that matplotlib's STIX font has, and the usual one has not.
RARE = next(
    chr(number)
    for number in sorted(fonts.covered(STIX) - fonts.covered(mpl.font_manager.findfont(fonts.USUAL)))
    if fonts.characters([chr(number)]) and number < 0xE000
)


@pytest.fixture
def machine(monkeypatch):
    """A machine with these fonts, as pairs of family and file."""

    def has(*found):
        monkeypatch.setattr(fonts, "fonts_of_this_machine", lambda: iter(found))
        fonts.fallback_fonts.cache_clear()

    yield has
    fonts.fallback_fonts.cache_clear()


@pytest.mark.parametrize(
    ("text", "letters", "font"),
    [
        ("नेपाल", "Devanagari letters (नपलाे)", "Noto Sans Devanagari"),
        ("አማርኛ", "Ethiopic letters (ማርኛአ)", "Noto Sans Ethiopic"),
        ("中文", "Chinese, Japanese and Korean letters (中文)", "Noto Sans CJK"),
        ("\N{SNOWBOARDER}", "these symbols (\N{SNOWBOARDER})", "Noto Sans Symbols 2 and Noto Emoji"),
    ],
)
def test_letters_that_no_font_has_are_named_with_the_font_to_install(text, letters, font, machine):
    """Before a report with boxes is passed on."""
    machine()
    (warning,) = fonts.missing_font_warnings(["Latin ", text])
    assert warning == (
        f"no font of this machine has {letters}: figures and PDF show boxes instead. Install {font}, then make the report again with --force"
    )


def test_latin_and_invisible_characters_need_nothing(machine):
    """Nor does what every report contains."""
    machine()
    assert fonts.missing_font_warnings(["é, ɛ, œ, ≥ 5 × 3 – “x”\u202f%\u200d\n"]) == []
    assert fonts.shaping_warnings(["Développement, Ωmega, Развитие, 中文"]) == []


def test_the_usual_font_has_every_letter_for_which_it_is_not_opened():
    """Whatever version of it matplotlib brings."""
    usual = fonts.covered(mpl.font_manager.findfont(fonts.USUAL))
    common = fonts.characters(chr(number) for number in range(0x10000) if fonts.COMMON.match(chr(number)))
    assert [each for each in sorted(common) if ord(each) not in usual] == []


def test_scripts_whose_letters_join_are_named_for_figures():
    """Drawn, but not as they are written."""
    (warning,) = fonts.shaping_warnings(["وزارة", "Bank"])
    assert warning.startswith("figures draw Arabic letters letter by letter, without joining or reordering them")


def figure(text):
    """A figure with a text everywhere."""
    fig, (ax, other) = plt.subplots(2)
    ax.bar([f"{text}1", "b"], [1, 2], label=f"{text}2")
    other.set_xticks([0, 1], [f"{text}4", "b"])
    ax.set_title(f"{text}3")
    ax.legend()
    return fig


def test_a_figure_uses_the_fonts_of_the_machine(machine, capsys):
    """Matplotlib would warn of every letter that it draws as a box, and warnings are errors here."""
    machine(("STIXGeneral", STIX))
    display.figure(figure(RARE), "caption", "alternative text")
    machine()
    with pytest.raises(UserWarning, match=r"Glyph .* missing from font"):
        display.figure(figure(RARE), "caption", "alternative text")


def test_a_figure_in_latin_letters_keeps_its_font(machine):
    """Nothing is looked up for it."""
    machine(("STIXGeneral", STIX))
    fig = figure("é")
    fonts.choose_fonts(fig)
    assert {tuple(text.get_fontfamily()) for text in fonts.texts_of(fig)} == {tuple(mpl.rcParams["font.family"])}
