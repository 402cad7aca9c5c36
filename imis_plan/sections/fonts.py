"""Fonts for texts in any script: those of this machine, in figures beside the usual one, or what to install."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

USUAL = "DejaVu Sans"
# Latin, Greek and Cyrillic letters, punctuation, arrows and signs, all of which the usual font has: for these no font is opened.
COMMON = re.compile("[\u0020-\u02af\u0370-\u037e\u0384-\u0525\u2010-\u205e\u2190-\u22ff\u25a0-\u25ff]")
# A font of matplotlib that has a box for every character.
PLACEHOLDER = "Last Resort"
# Separators, control and format characters have no shape of their own.
SHAPELESS = frozenset("ZC")
# The name of a script stands before one of these words in the name of a character.
SCRIPT = re.compile(
    r"(.+?) (?:LETTER|SYLLABLE|VOWEL|CONSONANT|UNIFIED|COMPATIBILITY|SIGN|DIGIT|CAPITAL|SMALL|MARK|DANDA|NUMBER)\b"
)
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
# Scripts whose letters join, change places or run from right to left, which matplotlib does not draw.
SHAPED = frozenset((
        "ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI",
        "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER",
))  # fmt: skip
SHOWN = 12


def characters(texts: Iterable[str]) -> frozenset[str]:
    """The characters of texts that need a font."""
    return frozenset(each for each in set().union(*texts) if unicodedata.category(each)[0] not in SHAPELESS)


@lru_cache(maxsize=256)
def covered(file: str) -> frozenset[int]:
    """Numbers of the characters that the font in a file has; none where it cannot be read."""
    from matplotlib.font_manager import get_font

    try:
        return frozenset(get_font(file).get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()


@lru_cache(maxsize=64)
def fallback_fonts(wanted: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Families of this machine that together have what the usual font lacks, and the characters that none has."""
    missing = {each for each in wanted if not COMMON.match(each)}
    if not missing:
        return (), frozenset()
    from matplotlib.font_manager import findfont

    missing = {each for each in missing if ord(each) not in covered(findfont(USUAL))}
    families: dict[str, None] = {}
    for family, file in fonts_of_this_machine() if missing else ():
        if found := {each for each in missing if ord(each) in covered(file)}:
            missing -= found
            families[family] = None
        if not missing:
            break
    return tuple(families), frozenset(missing)


def fonts_of_this_machine() -> Iterator[tuple[str, str]]:
    """Family and file of every font of the system, upright and regular ones first.

    Those that only matplotlib has are left out, because a browser does not print with them. It learns of fonts that were
    installed since its last look.
    """
    from matplotlib import get_data_path
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for file in sorted(set(findSystemFonts()) - known):
        if covered(file):
            fontManager.addfont(file)
    own = get_data_path()
    entries = [each for each in fontManager.ttflist if not each.fname.startswith(own) and not each.name.startswith(PLACEHOLDER)]
    entries.sort(
        key=lambda entry: (entry.style != "normal", entry.weight not in (400, "normal", "regular"), entry.name, entry.fname)
    )
    yield from ((entry.name, entry.fname) for entry in entries)


def choose_fonts(fig: "Figure") -> None:
    """Give the texts of a figure fonts that have their letters, where the usual font has not."""
    texts = list(texts_of(fig))
    families, _ = fallback_fonts(characters(text.get_text() for text in texts))
    for text in texts if families else ():
        text.set_fontfamily([USUAL, *families])


def texts_of(fig: "Figure") -> "Iterator[Text]":
    """Every text of a figure: titles, labels, legends, and tick labels, which matplotlib makes only when asked for."""
    from matplotlib.text import Text

    axes = (axis for ax in fig.get_axes() for axis in (ax.xaxis, ax.yaxis) if axis.get_visible())
    yield from (label for axis in axes if may_have_words(axis) for label in axis.get_ticklabels())
    yield from fig.findobj(Text)


def may_have_words(axis: "Axis") -> bool:
    """Whether the tick labels of an axis may be other than numbers; to ask for them takes longer than all the rest."""
    from matplotlib.ticker import FixedFormatter, FuncFormatter, NullFormatter, ScalarFormatter

    formatter = axis.get_major_formatter()
    if isinstance(formatter, FixedFormatter):
        return bool(fallback_fonts(characters(map(str, formatter.seq)))[0])
    return not isinstance(formatter, (FuncFormatter, NullFormatter, ScalarFormatter))


def script(character: str) -> str:
    """The script of a character in capitals, as Unicode calls it; of what is no letter, `SYMBOLS`."""
    found = SCRIPT.match(unicodedata.name(character, ""))
    return found[1] if found and unicodedata.category(character)[0] in "LMN" else "SYMBOLS"


def missing_font_warnings(texts: Iterable[str]) -> list[str]:
    """A warning for each script in these texts that no font of this machine has, with the font to install."""
    _, missing = fallback_fonts(characters(texts))
    by_script: dict[str, list[str]] = {}
    for each in sorted(missing):
        by_script.setdefault(script(each), []).append(each)
    return [
        f"no font of this machine has {script_name(name)} ({''.join(signs[:SHOWN])}): figures and PDF show boxes instead. "
        f"Install {font_to_install(name)}, then make the report again with --force"
        for name, signs in sorted(by_script.items())
    ]


def shaping_warnings(texts: Iterable[str]) -> list[str]:
    """A warning for each script in texts that stand in figures, which matplotlib draws letter by letter, from left to right."""
    found = sorted({script(each) for each in characters(texts)} & SHAPED)
    return [
        f"figures draw {script_name(name)} letter by letter, without joining or reordering them: "
        "give roles, options and funders names in Latin letters, too, or read the figures before you pass the report on"
        for name in found
    ]


def script_name(name: str) -> str:
    """How a sentence calls the letters of a script."""
    if name in EAST_ASIAN:
        return "Chinese, Japanese and Korean letters"
    return "these symbols" if name == "SYMBOLS" else f"{name.title()} letters"


def font_to_install(name: str) -> str:
    """A free font with the letters of a script."""
    if name in EAST_ASIAN:
        return "Noto Sans CJK"
    return "Noto Sans Symbols 2 and Noto Emoji" if name == "SYMBOLS" else f"Noto Sans {name.title()}"
