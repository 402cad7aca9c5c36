"""The language of the command line: of its help, its messages and its tables for reading.

It is that of the person who types, and the same for the whole process. The language of what a command makes, of reports and of
data for programs, is another matter: `imis_plan.i18n.translate` has it, and `--language` sets it.
"""

import os

from imis_plan.i18n.sentences import localized_sentence
from imis_plan.i18n.translate import SOURCE, catalogue, languages, using_language
from imis_plan.problems import BadInput, Problem, suggestion

VARIABLE = "IMIS_PLAN_LANGUAGE"
# The variables that gettext reads, in its order: the first that is set decides.
LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_setting = {"language": SOURCE}


def environment_language() -> str:
    """The language that the environment asks for: IMIS_PLAN_LANGUAGE, else the locale as gettext reads it, else English.

    A locale without a catalogue gives English. Raises BadInput if IMIS_PLAN_LANGUAGE names a language without one.
    """
    if named := os.environ.get(VARIABLE, "").strip():
        if named not in languages():
            right = suggestion(named, languages())
            raise BadInput([Problem(VARIABLE, None, "", "there is no catalogue for it", right, named)])
        return named
    locale = next(filter(None, (os.environ.get(name) for name in LOCALE_VARIABLES)), "")
    known = (language_of(name) for name in locale.split(":"))
    return next((language for language in known if language in languages()), SOURCE)


def language_of(locale: str) -> str:
    """The language of a locale: fr of fr_TD.UTF-8; C and POSIX are English."""
    name = locale.partition(".")[0].partition("@")[0].partition("_")[0]
    return SOURCE if name in ("C", "POSIX") else name


def set_interface_language(language: str) -> None:
    """Use this language for the command line from now on."""
    _setting["language"] = language


def interface_language() -> str:
    """The language of the command line, as a code of two letters."""
    return _setting["language"]


def _(message: str) -> str:
    """A sentence in the language of the command line; in English if the catalogue does not have it."""
    return catalogue(interface_language()).gettext(message) if message else ""


def in_interface_language(text: str) -> str:
    """A sentence, with what fills it in, in the language of the command line."""
    with using_language(interface_language()):
        return localized_sentence(text)
